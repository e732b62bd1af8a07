"""A person's own page: their wallet, the requests that wait, their accounts and quiet hours."""

from __future__ import annotations

from collections.abc import Sequence

from bot import telling
from bot.actions.accounts import AccountsReceipt, ListAccounts
from bot.actions.base import ActionCall, Receipt
from bot.actions.quiet import QuietHoursReceipt, ShowQuietHours
from bot.actions.request_lists import ListRequests, RequestLine, RequestsReceipt
from bot.actions.spend import BalanceReceipt, ShowBalance
from bot.deciding import executor
from bot.errors.kinds import Refused
from bot.messages import (
    BarBlock,
    Block,
    FieldsBlock,
    InboundMessage,
    Order,
    OrdersBlock,
    PageBlock,
    TextBlock,
)
from bot.ports import Actor, Tx
from bot.replies.amounts import usd
from bot.replies.balances import balance_text
from bot.replies.dates import long_date
from bot.replies.errors import error_text
from bot.replies.lists import request_state
from bot.replies.parts import shown
from bot.replies.previews import quiet_fields
from bot.replies.reader import Language, Reader
from bot.replies.receipts import receipt_text
from bot.replies.words import say
from bot.reports.balance import main_line

# More than one looks through: the rest is a question away.
MOST_REQUESTS = 20
MOST_ACCOUNTS = 10
# What the form has in it where nothing is set.
_USUAL_NIGHT = ("22:00", "07:00")


def own_page(tx: Tx, message: InboundMessage) -> Sequence[PageBlock]:
    """Make the page of a message's sender, in the caller's transaction; changes nothing."""
    person = tx.people.find_linked(message.platform, message.account, message.external_id)
    if person is None:
        return _unknown("en", "es")
    tx.enter(person.tenant)
    if person.is_disabled or person.is_guest:
        return _unknown(person.language)
    reader = telling.reader_of(person, tx.now)
    actor = Actor(person, None)
    calls = (ShowBalance(), ListRequests(which="open"), ListAccounts(), ShowQuietHours())
    return page([_look(tx, actor, call) for call in calls], reader)


def page(found: Sequence[Receipt | Refused], reader: Reader) -> tuple[PageBlock, ...]:
    """Lay out what was read, in its order; what was refused says why."""
    blocks: list[PageBlock] = [TextBlock(say(reader.language, "page.title"), is_title=True)]
    for one in found:
        if isinstance(one, BalanceReceipt):
            blocks += _balance(one, reader)
        elif isinstance(one, RequestsReceipt):
            blocks += _requests(one, reader)
        elif isinstance(one, AccountsReceipt):
            blocks += _accounts(one, reader)
        elif isinstance(one, QuietHoursReceipt):
            blocks += _quiet(one, reader)
        elif isinstance(one, Refused):
            blocks.append(TextBlock(error_text(one, reader)))
    return tuple(blocks)


def _accounts(receipt: AccountsReceipt, reader: Reader) -> list[PageBlock]:
    language = reader.language
    blocks: list[PageBlock] = [TextBlock(say(language, "page.accounts"), is_title=True)]
    for account in receipt.accounts[:MOST_ACCOUNTS]:
        name = f" · {shown(account.name)}" if account.name else ""
        since = say(language, "account.since", day=long_date(account.linked_at.date(), reader))
        # All of its id, so that it is this one and no other that ends alike.
        unlink = Order(
            say(language, "page.unlink"), f"/unlink {account.platform} {account.external_id}"
        )
        blocks.append(OrdersBlock(f"{shown(account.label)}{name} · {since}", (unlink,)))
    return [*blocks, TextBlock(say(language, "accounts.hint"))]


def _quiet(receipt: QuietHoursReceipt, reader: Reader) -> list[PageBlock]:
    language, hours = reader.language, receipt.hours
    title = TextBlock(say(language, "page.quiet"), is_title=True)
    begins, ends = _USUAL_NIGHT if hours is None else (hours.begins, hours.ends)
    label = "page.quiet.set" if hours is None else "page.quiet.change"
    orders = [Order(say(language, label), "/quiet", quiet_fields(begins, ends, language))]
    if hours is not None:
        orders.append(Order(say(language, "page.quiet.end"), "/quiet off"))
    return [title, OrdersBlock(receipt_text(receipt, reader), tuple(orders))]


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


def _asked(line: RequestLine, language: Language) -> str:
    if line.amount_nanos is None:
        return say(language, "request.join")
    return f"{usd(line.amount_nanos, language)} · {shown(line.wallet)}"


def _requests(receipt: RequestsReceipt, reader: Reader) -> list[Block]:
    language = reader.language
    if not receipt.requests:
        return [TextBlock(say(language, "requests.open.none"))]
    count = len(receipt.requests)
    title = say(language, "requests.open", number=count).rstrip(":")
    items = tuple(
        (
            f"#{line.ref} · {_asked(line, language)}",
            f"{shown(line.asked_by)} · {request_state(line, reader)}",
        )
        for line in receipt.requests[:MOST_REQUESTS]
    )
    blocks: list[Block] = [TextBlock(title, is_title=True), FieldsBlock(items)]
    if count > MOST_REQUESTS:
        more = say(language, "list.more", number=count - MOST_REQUESTS)
        return [*blocks, TextBlock(more)]
    return blocks
