"""Offers: a message with buttons, each of which holds one stored call for one person.

Below what a whole chat is told they are anybody's of the company who reads there: see `tell_all`.
A tap does what that person would have done by the slash command of the same call: rights, daily
allowances and caps are those of the tap. What only reads is shown as often as it is tapped. What
writes is used once: where the action says that a tap is its yes (`Action.is_tapped`) it is done,
else it becomes a draft with a card of its own. See `bot/deciding/taps.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot import telling
from bot.access import Principal
from bot.actions.base import ActionCall
from bot.charts.model import Chart
from bot.ids import new_id, new_token
from bot.messages import (
    Block,
    Button,
    Choice,
    Conversation,
    MessageClass,
    OutboundMessage,
)
from bot.ports import Tx
from bot.proposals.offers import NewOffer

# So long a button counts; afterwards what it says may no longer be what is meant.
OFFER_LIFE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: its label, in its reader's words, names the effect of the call behind it."""

    label: str
    call: ActionCall
    style: Choice = "edit"


def tell(
    tx: Tx,
    person: Principal,
    text: str,
    offers: Sequence[Offer],
    *,
    message_class: MessageClass = "alert",
    place: Conversation | None = None,
    life: timedelta = OFFER_LIFE,
    blocks: Sequence[Block] = (),
    chart: Chart | None = None,
    is_urgent: bool = False,
) -> None:
    """Tell a person something, after their quiet hours, with buttons that are theirs alone.

    What is urgent does not wait for their end. In `place`, else where they are told things.
    `blocks` say the same as `text` where there is more than text; `chart` is shown with it. In the
    caller's transaction: message and buttons are kept together.
    """
    to = place or telling.place_of(tx, person.id)
    kept = [NewOffer(new_id(), new_token(), x.label, x.call.model_dump_json()) for x in offers]
    if kept:
        tx.offers.add(kept, conversation_id=to.id, person_id=person.id, expires_at=tx.now + life)
    buttons = tuple(
        Button(offer.label, new.token, offer.style)
        for offer, new in zip(offers, kept, strict=True)
    )
    telling.tell(
        tx,
        person,
        text,
        message_class=message_class,
        place=to,
        buttons=buttons,
        blocks=blocks,
        chart=chart,
        is_urgent=is_urgent,
    )


def tell_all(
    tx: Tx,
    place: Conversation,
    person: Principal,
    text: str,
    offers: Sequence[Offer] = (),
    *,
    life: timedelta = OFFER_LIFE,
    blocks: Sequence[Block] = (),
    chart: Chart | None = None,
) -> None:
    """Tell everybody in the chat of a conversation something, at once, in a person's name.

    Its buttons are for everybody who reads there and is of the company. Each tap is the order of
    who taps: their rights count, and the answer is theirs alone. What writes works once for all.
    """
    kept = [NewOffer(new_id(), new_token(), x.label, x.call.model_dump_json()) for x in offers]
    if kept:
        tx.offers.add(
            kept,
            conversation_id=place.id,
            person_id=person.id,
            expires_at=tx.now + life,
            is_shared=True,
        )
    message = OutboundMessage(
        conversation_id=place.id,
        text=text,
        message_class="alert",
        buttons=tuple(
            Button(offer.label, new.token, offer.style)
            for offer, new in zip(offers, kept, strict=True)
        ),
        blocks=tuple(blocks),
        chart=chart,
        is_for_all=True,
    )
    tx.outbox.add(message, place.platform)
