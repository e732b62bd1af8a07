"""Quotas: so many uses in a span, counted by the ledger in units of their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.allowances import PlanName
from bot.economy.budgets import Books
from bot.economy.ledger import AccountKey, Crossing, Entry, Movement, Shortfall, Unit
from bot.economy.periods import Period
from bot.errors.kinds import KeyReused
from bot.errors.plans import QuotaExceeded
from bot.ids import IdempotencyKey, WalletId


@dataclass(frozen=True, slots=True)
class Quota:
    """How many uses of a unit an owner has in a period, and the plan that says so, if one does."""

    owner: str
    unit: Unit
    period: Period
    limit: int
    plan: PlanName | None = None

    @property
    def account(self) -> AccountKey:
        """The account on which it is counted."""
        return AccountKey("quota", self.owner, self.unit, self.period.key)


@dataclass(frozen=True, slots=True)
class Nearly:
    """A quota of which most is used, told once in a period; `opens_at` is when the next begins."""

    unit: Unit
    used: int
    limit: int
    opens_at: datetime | None


# From so much of a quota on whoever uses it is told.
NOTICE_PERCENT: Final = 80
_SOURCE: Final = "quota"


def admit(books: Books, quota: Quota, count: int, *, key: str) -> tuple[Nearly, ...]:
    """Ask and count in one step. Repeating it with the same key counts once, in any period.

    The limit is the one with which the period's first use came; another takes hold with the
    next, or by `add_to`. Returns what whoever uses it is to be told: nothing, or one notice.

    Raises:
        QuotaExceeded: fewer than `count` are left; nothing was counted.
    """
    return count_use(books, quota, use_of(books, quota, count, key=key))


def use_of(books: Books, quota: Quota, count: int, *, key: str) -> Movement:
    """Return the movement that counts a use. Its account is opened, nothing is counted."""
    account_id = _open(books, quota)
    sink_key = AccountKey("sink", _SOURCE, quota.unit, "")
    sink_id, _ = books.ledger.open_id(sink_key, is_bottomless=True)
    return Movement(
        IdempotencyKey(key), quota.owner, "quota", (Entry(account_id, sink_id, count),)
    )


def count_use(books: Books, quota: Quota, use: Movement) -> tuple[Nearly, ...]:
    """Count a use, as `admit` says of it."""
    try:
        is_new = books.ledger.transfer(use)
    except KeyReused:
        # It was counted before, in a period that is over.
        return ()
    except Shortfall as short:
        raise QuotaExceeded(
            quota.unit,
            limit=short.account.limit,
            period=quota.period.key,
            asked=use.entries[0].amount,
            left=max(short.account.free, 0),
            opens_at=quota.period.until_at,
            plan=quota.plan,
        ) from short
    return notice_of(books, quota, use) if is_new else ()


def add_to(books: Books, quota: Quota, count: int, *, key: str, actor: str) -> None:
    """Give more uses in the period that runs, beside the limit. Repeating it adds once."""
    more = Entry(_source(books, quota.unit), _open(books, quota), count, moves_credit=True)
    books.ledger.transfer(Movement(IdempotencyKey(key), actor, "quota", (more,)))


def _open(books: Books, quota: Quota) -> int:
    account_id, is_new = books.ledger.open_id(quota.account)
    if is_new and quota.limit:
        source_id = _source(books, quota.unit)
        opening = Entry(source_id, account_id, quota.limit, moves_credit=True)
        books.ledger.transfer(
            Movement(IdempotencyKey(f"open:{account_id}"), "bursar", "open", (opening,))
        )
    return account_id


def _source(books: Books, unit: Unit) -> int:
    key = AccountKey("source", _SOURCE, unit, "")
    return books.ledger.open_id(key, is_bottomless=True)[0]


def notice_of(books: Books, quota: Quota, use: Movement) -> tuple[Nearly, ...]:
    """Return the notice if a use just counted passed the threshold, and nobody did before."""
    (entry,) = use.entries
    account_id = entry.debit_id
    limit, used = books.ledger.moved_to(account_id)
    mark = NOTICE_PERCENT * limit
    if not (used - entry.amount) * 100 < mark <= used * 100:
        return ()
    crossing = Crossing(account_id, WalletId(""), quota.period.key, NOTICE_PERCENT, used, limit)
    if not books.ledger.record_crossing(crossing):
        # More was given meanwhile, so that it was passed twice.
        return ()
    return (Nearly(quota.unit, used, limit, quota.period.until_at),)
