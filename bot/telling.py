"""Telling people something: queued in the outbox, where and when they may be told it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.access import Principal
from bot.charts.model import Chart
from bot.ids import PrincipalId
from bot.messages import (
    Block,
    Button,
    Conversation,
    MessageClass,
    OutboundMessage,
    TextBlock,
)
from bot.ports import Tx
from bot.replies.reader import Reader


def reader_of(person: Principal, now: datetime) -> Reader:
    """Return for whom words are made: their language, zone and name."""
    return Reader(person.language, ZoneInfo(person.zone), now, person.name)


def titled(text: str) -> tuple[Block, ...]:
    """Return a text as blocks, its first line as their title."""
    title, _, rest = text.partition("\n")
    return (TextBlock(title, is_title=True), *((TextBlock(rest),) if rest else ()))


def say(
    tx: Tx,
    place: Conversation,
    text: str,
    *,
    message_class: MessageClass = "reply",
    reference: str = "",
    held_until: datetime | None = None,
    buttons: tuple[Button, ...] = (),
    blocks: Sequence[Block] = (),
    chart: Chart | None = None,
) -> None:
    """Queue a message of its own."""
    message = OutboundMessage(
        conversation_id=place.id,
        text=text,
        message_class=message_class,
        reference=reference,
        reply_to=place.reply_to,
        held_until=held_until,
        buttons=buttons,
        blocks=tuple(blocks),
        chart=chart,
    )
    tx.outbox.add(message, place.platform)


def tell(
    tx: Tx,
    person: Principal,
    text: str,
    *,
    message_class: MessageClass,
    place: Conversation | None = None,
    buttons: tuple[Button, ...] = (),
    blocks: Sequence[Block] = (),
    chart: Chart | None = None,
    is_urgent: bool = False,
) -> None:
    """Tell a person what nobody did just now, after their quiet hours unless it is urgent.

    In `place`, else where they are told things. What somebody did, and a card that waits for an
    answer, is said at once.
    """
    held_until = None if is_urgent else quiet_until(person, tx.now)
    to = place or place_of(tx, person.id)
    say(
        tx,
        to,
        text,
        message_class=message_class,
        held_until=held_until,
        buttons=buttons,
        blocks=blocks,
        chart=chart,
    )


def quiet_until(person: Principal, now: datetime) -> datetime | None:
    """Return when a person's quiet hours end, if it is in them."""
    return None if person.quiet is None else person.quiet.end_after(now, ZoneInfo(person.zone))


def place_of(tx: Tx, person_id: PrincipalId) -> Conversation:
    """Return where a person is told things; a terminal of theirs if they never wrote."""
    found = tx.conversations.find_of_person(person_id)
    if found is not None:
        return found
    return tx.conversations.open("terminal", "terminal", "", person_id)
