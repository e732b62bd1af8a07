"""What was spent before there was a limit to count it: a new limit counts its whole period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.economy.budgets import (
    UNIT,
    Books,
    find_running,
    open_budget,
    record_crossings,
    sink_key,
)
from bot.economy.ledger import AccountKey, Entry, Movement
from bot.economy.periods import FIRST_DAY, Period, Span, period_at
from bot.economy.usage import UsageStore
from bot.ids import IdempotencyKey, WalletId


class UsageBooks(Books, Protocol):
    """What it needs of an open transaction."""

    @property
    def usage(self) -> UsageStore: ...


def count_earlier(books: UsageBooks, wallet_ids: Sequence[WalletId], span: Span) -> int:
    """Return what a wallet has spent in the running period that no account of it has.

    Args:
        books: the open transaction.
        wallet_ids: the wallet, and all that are below it, closed ones too.
        span: of the limit that it has, or is to get.
    """
    period = period_at(span, books.now, books.zone)
    today = books.now.astimezone(books.zone).date()
    lines = books.usage.sum_by(
        "wallet", from_on=period.first_on or FIRST_DAY, until_on=today, wallet_ids=wallet_ids
    )
    sink = books.ledger.find_account(sink_key(wallet_ids[0], period))
    counted = 0 if sink is None else sink.cr - sink.dr
    return max(sum(line.cost_nanos for line in lines) - counted, 0)


def charge_earlier(
    books: UsageBooks, wallet_ids: Sequence[WalletId], span: Span, *, key: str, actor: str
) -> int:
    """Charge a limit that was just set with what its period had spent before; return how much.

    What is more than the limit goes to the overrun account, as any cost does that no budget is
    left for. Repeating it finds nothing any more.
    """
    wallet = books.wallets.get(wallet_ids[0])
    budget = find_running(books, wallet, span)
    earlier = 0 if budget is None else count_earlier(books, wallet_ids, span)
    if budget is None or not earlier:
        return 0
    account = open_budget(books, budget)
    within = min(earlier, max(account.free, 0))
    sink_id, _ = books.ledger.open_id(sink_key(wallet.id, budget.period), is_bottomless=True)
    entries = [Entry(account.id, sink_id, within)] if within else []
    if within < earlier:
        entries.append(Entry(_overrun(books, wallet.id, budget.period), sink_id, earlier - within))
    books.ledger.transfer(
        Movement(IdempotencyKey(f"{key}:earlier"), actor, "earlier", tuple(entries))
    )
    record_crossings(books, [wallet])
    return earlier


def _overrun(books: Books, wallet_id: WalletId, period: Period) -> int:
    key = AccountKey("overrun", wallet_id, UNIT, period.key)
    return books.ledger.open_id(key, is_bottomless=True)[0]
