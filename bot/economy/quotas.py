"""Quotas: so many uses in a span, counted by the ledger in units of their own."""

from dataclasses import dataclass
from typing import Final

from bot.economy.budgets import Books
from bot.economy.ledger import AccountKey, Entry, Movement, Shortfall, Unit
from bot.economy.periods import Period
from bot.errors import KeyReused, QuotaExceeded
from bot.ids import IdempotencyKey


@dataclass(frozen=True, slots=True)
class Quota:
    """How many uses of a unit an owner has in a period."""

    owner: str
    unit: Unit
    period: Period
    limit: int


_SOURCE: Final = "quota"


def admit(books: Books, quota: Quota, count: int, *, key: str) -> None:
    """Ask and count in one step. Repeating it with the same key counts once, in any period.

    The limit is the one with which the period's first use came; another takes hold with the next.

    Raises:
        QuotaExceeded: fewer than `count` are left; nothing was counted.
    """
    account, is_new = books.ledger.open_account(
        AccountKey("quota", quota.owner, quota.unit, quota.period.key)
    )
    if is_new and quota.limit:
        source, _ = books.ledger.open_account(
            AccountKey("source", _SOURCE, quota.unit, ""), is_bottomless=True
        )
        opening = Entry(source.id, account.id, quota.limit, moves_credit=True)
        books.ledger.transfer(
            Movement(IdempotencyKey(f"open:{account.id}"), "bursar", "open", (opening,))
        )
    sink, _ = books.ledger.open_account(
        AccountKey("sink", _SOURCE, quota.unit, ""), is_bottomless=True
    )
    used = Entry(account.id, sink.id, count)
    try:
        books.ledger.transfer(Movement(IdempotencyKey(key), quota.owner, "quota", (used,)))
    except KeyReused:
        # It was counted before, in a period that is over.
        return
    except Shortfall as short:
        raise QuotaExceeded(quota.unit, limit=quota.limit, period=quota.period.key) from short
