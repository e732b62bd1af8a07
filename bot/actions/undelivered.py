"""Messages that did not arrive: seeing them, and sending one again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from bot.access import require
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier
from bot.errors.kinds import Conflict, NotFound
from bot.messages import UndeliveredItem
from bot.ports import Actor, Tx

# Looked through; shown are the latest twenty.
_MOST: Final = 500


class ListUndelivered(ActionCall):
    """Show what did not arrive, or may not have, without what it said."""

    action: Literal["list_undelivered"] = "list_undelivered"


class SendAgain(ActionCall):
    """Send a message again that did not arrive, by its number in the list."""

    action: Literal["send_again"] = "send_again"
    number: Annotated[int, Field(strict=True, gt=0, lt=1 << 62)]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredLine:
    """One message: to whom, where, and the code of why it did not arrive."""

    number: int
    name: str
    platform: str
    why: str
    queued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredReceipt(Receipt):
    """What did not arrive, newest first."""

    lines: tuple[UndeliveredLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAgain(Receipt):
    """A message waits to be sent once more."""

    number: int
    name: str
    platform: str


def list_undelivered(call: ListUndelivered, tx: Tx, actor: Actor) -> Receipt:
    """List what did not arrive; of each message only to whom, where and why."""
    require(actor.person, "delivery.manage")
    lines = [_line(item, tx) for item in tx.outbox.list_failed(_MOST)]
    return UndeliveredReceipt(lines=tuple(lines))


def preview_again(call: SendAgain, tx: Tx, actor: Actor) -> Preview:
    """Show to whom a message would be sent again."""
    line = _line(_find(call, tx, actor), tx)
    return Preview(
        action=call.action, subject=line.name, target=line.platform, ref=str(call.number)
    )


def send_again(call: SendAgain, tx: Tx, actor: Actor) -> Receipt:
    """Queue a message again, once.

    Raises:
        Conflict: it is on its way already, or a later message has taken its card's place.
    """
    line = _line(_find(call, tx, actor), tx)
    if not tx.outbox.queue_again(call.number):
        raise Conflict(f"message {call.number} is not to be sent again")
    return SentAgain(number=call.number, name=line.name, platform=line.platform)


def _find(call: SendAgain, tx: Tx, actor: Actor) -> UndeliveredItem:
    require(actor.person, "delivery.manage")
    found = tx.outbox.find_failed(call.number)
    if found is None:
        raise NotFound("message", str(call.number))
    return found


def _line(item: UndeliveredItem, tx: Tx) -> UndeliveredLine:
    return UndeliveredLine(
        number=item.id,
        name=tx.people.get(item.principal_id).name,
        platform=item.platform,
        why=item.why,
        queued_at=item.queued_at,
    )


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ListUndelivered,
        Tier.T1,
        "delivery.manage",
        list_undelivered,
        examples={"en": ("undelivered",), "es": ("mensajes no entregados",)},
    ),
    Action(
        SendAgain,
        Tier.T3,
        "delivery.manage",
        send_again,
        preview_again,
        examples={"en": ("resend 57",), "es": ("reenvía 57",)},
    ),
)
