"""A person's own page: what their wallet has left, and the requests that wait."""

from __future__ import annotations

from collections.abc import Sequence

from bot import cards, executor
from bot.actions.base import ActionCall, Receipt
from bot.actions.reads import (
    BalanceReceipt,
    ListRequests,
    RequestsReceipt,
    ShowBalance,
)
from bot.errors import Refused
from bot.messages import BarBlock, Block, FieldsBlock, InboundMessage, TextBlock
from bot.ports import Actor, Tx
from bot.replies.amounts import usd
from bot.replies.balances import balance_text
from bot.replies.errors import error_text
from bot.replies.lists import request_state
from bot.replies.parts import shown
from bot.replies.reader import Language, Reader
from bot.replies.words import say
from bot.reports.balance import main_line

# More than one looks through: the rest is a question away.
MOST_REQUESTS = 20


def own_page(tx: Tx, message: InboundMessage) -> Sequence[Block]:
    """Make the page of a message's sender, in the caller's transaction; changes nothing."""
    person = tx.people.find_linked(message.platform, message.account, message.external_id)
    if person is None:
        return _unknown("en", "es")
    tx.enter(person.tenant)
    if person.is_disabled:
        return _unknown(person.language)
    reader = cards.reader_of(person, tx.now)
    actor = Actor(person, None)
    return page(
        [_look(tx, actor, ShowBalance()), _look(tx, actor, ListRequests(which="open"))], reader
    )


def page(found: Sequence[Receipt | Refused], reader: Reader) -> tuple[Block, ...]:
    """Lay out what was read, in its order; what was refused says why."""
    blocks: list[Block] = [TextBlock(say(reader.language, "page.title"), is_title=True)]
    for one in found:
        if isinstance(one, BalanceReceipt):
            blocks += _balance(one, reader)
        elif isinstance(one, RequestsReceipt):
            blocks += _requests(one, reader)
        elif isinstance(one, Refused):
            blocks.append(TextBlock(error_text(one, reader)))
    return tuple(blocks)


def _look(tx: Tx, actor: Actor, call: ActionCall) -> Receipt | Refused:
    try:
        return executor.read(tx, actor, call)
    except Refused as refusal:
        return refusal


def _unknown(*languages: Language) -> tuple[Block, ...]:
    return tuple(TextBlock(say(language, "short.unknown_person")) for language in languages)


def _balance(receipt: BalanceReceipt, reader: Reader) -> list[Block]:
    line = main_line(receipt.balance.lines)
    if line is None:
        return [TextBlock(balance_text(receipt.balance, reader))]
    first, _, rest = balance_text(receipt.balance, reader).partition("\n")
    blocks: list[Block] = [BarBlock(first, line.percent)]
    return [*blocks, TextBlock(rest)] if rest else blocks


def _requests(receipt: RequestsReceipt, reader: Reader) -> list[Block]:
    language = reader.language
    if not receipt.requests:
        return [TextBlock(say(language, "requests.open.none"))]
    count = len(receipt.requests)
    title = say(language, "requests.open", number=count).rstrip(":")
    items = tuple(
        (
            f"#{line.ref} · {usd(line.amount_nanos, language)} · {shown(line.wallet)}",
            f"{shown(line.asked_by)} · {request_state(line, reader)}",
        )
        for line in receipt.requests[:MOST_REQUESTS]
    )
    blocks: list[Block] = [TextBlock(title, is_title=True), FieldsBlock(items)]
    if count > MOST_REQUESTS:
        more = say(language, "list.more", number=count - MOST_REQUESTS)
        return [*blocks, TextBlock(more)]
    return blocks
