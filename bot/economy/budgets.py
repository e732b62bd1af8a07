"""Budgets: the accounts that a wallet's limits become in each period.

A limit is credit on the account of the running period, moved there from the tenant's source
when the account is opened; a temporary raise is credit with an end. So what binds is always one
account with one free amount, and a new period starts by being used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.economy.ledger import (
    Account,
    AccountKey,
    Crossing,
    Entry,
    Ledger,
    Movement,
)
from bot.economy.periods import Period, Span, period_at
from bot.economy.wallets import Limit, TemporaryRaise, Wallet, WalletStore
from bot.errors.kinds import Conflict, InvalidInput
from bot.errors.money import InsufficientFunds, WalletClosed
from bot.ids import IdempotencyKey, WalletId

T = TypeVar("T")
UNIT: Final = "nusd"
_MAIN_FIRST: Final[tuple[Span, ...]] = ("month", "total", "week", "day")
_NEARLY_ALL_PERCENT: Final = 99


class Books(Protocol):
    """What rules about money need of an open transaction."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def wallets(self) -> WalletStore: ...
    @property
    def now(self) -> datetime:
        """The present by the caller's clock, aware UTC."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """The tenant's zone, in which periods begin and end."""
        ...


@dataclass(frozen=True, slots=True)
class Budget:
    """A wallet's limit in a running period. `account` is None until the period's first use.

    `sink` is what was spent of it, there where somebody is shown the budget: it also holds what no
    budget was left for, and what a bill gave back, which on `account` is credit as a limit is.
    """

    wallet: Wallet
    limit: Limit
    period: Period
    raises: tuple[TemporaryRaise, ...]
    account: Account | None
    sink: Account | None = None

    @property
    def limit_nanos(self) -> int:
        """What may be spent in the period: limit and raises that have not ended."""
        if self.account is not None:
            return self.account.limit - (self.sink.dr if self.sink is not None else 0)
        return self.limit.amount_nanos + sum(raise_.amount_nanos for raise_ in self.raises)

    @property
    def used_nanos(self) -> int:
        """What was spent in the period; without what is only held."""
        if self.sink is not None:
            return self.sink.cr - self.sink.dr
        return self.account.used if self.account is not None else 0

    @property
    def held_nanos(self) -> int:
        """What is set aside for calls that run."""
        return self.account.held if self.account is not None else 0

    @property
    def free_nanos(self) -> int:
        """What may still be spent, overdraft included; below zero after a lowered limit."""
        if self.account is not None:
            return self.account.free
        return self.limit_nanos + overdraft_of(self.wallet, self.limit)

    def is_passed(self, percent: int) -> bool:
        """Tell whether so much of it is used at this moment: a raise may have ended that.

        All of it is where less is left than a hundredth: what is set aside for a call is more
        than it comes to, so that calls are refused before the last nano is spent.
        """
        limit_nanos = self.limit_nanos
        least = min(percent, _NEARLY_ALL_PERCENT) * limit_nanos
        return limit_nanos > 0 and self.used_nanos * 100 >= least


def overdraft_of(wallet: Wallet, limit: Limit) -> int:
    """Return how many nanos may be spent beyond a limit."""
    return limit.amount_nanos * wallet.overdraft_percent // 100


def budget_key(wallet_id: WalletId, period: Period) -> AccountKey:
    """Name the account of a wallet's limit in a period."""
    return AccountKey("budget", wallet_id, UNIT, period.key)


def sink_key(wallet_id: WalletId, period: Period) -> AccountKey:
    """Name the account that takes what a wallet spent in a period."""
    return AccountKey("sink", wallet_id, UNIT, period.key)


def list_budgets(books: Books, wallets: Sequence[Wallet]) -> list[Budget]:
    """Return the running budgets of some wallets in their order, changing nothing."""
    ids = [wallet.id for wallet in wallets]
    limits = books.wallets.list_limits(ids)
    if not limits:
        return []
    periods = {span: period_at(span, books.now, books.zone) for span in {x.span for x in limits}}
    accounts = {
        (account.key.owner, account.key.period): account
        for account in books.ledger.list_accounts(
            "budget", ids, [period.key for period in periods.values()], UNIT
        )
    }
    raises = books.wallets.list_raises(ids, books.now)
    by_wallet: dict[WalletId, list[Limit]] = {}
    for limit in limits:
        by_wallet.setdefault(limit.wallet_id, []).append(limit)
    return [
        Budget(
            wallet,
            limit,
            periods[limit.span],
            tuple(x for x in raises if x.wallet_id == wallet.id and x.span == limit.span),
            accounts.get((wallet.id, periods[limit.span].key)),
        )
        for wallet in wallets
        for limit in by_wallet.get(wallet.id, ())
    ]


def read_budgets(books: Books, wallets: Sequence[Wallet]) -> list[Budget]:
    """Return them as they are shown to people: as reports and files of the period have them."""
    found = list_budgets(books, wallets)
    if not any(budget.account is not None for budget in found):
        return found
    sinks = {
        (sink.key.owner, sink.key.period): sink
        for sink in books.ledger.list_accounts(
            "sink",
            [wallet.id for wallet in wallets],
            sorted({budget.period.key for budget in found}),
            UNIT,
        )
    }
    return [
        replace(budget, sink=sinks.get((budget.wallet.id, budget.period.key)))
        if budget.account is not None
        else budget
        for budget in found
    ]


def open_budget_ids(books: Books, wallets: Sequence[Wallet]) -> list[tuple[WalletId, Period, int]]:
    """Return the running budgets' accounts in the order of the wallets, opened where need be.

    What stands on them is not read: whoever draws on them is refused by the ledger.
    """
    limits = books.wallets.list_limits([wallet.id for wallet in wallets])
    if not limits:
        return []
    periods = {span: period_at(span, books.now, books.zone) for span in {x.span for x in limits}}
    known = books.ledger.find_ids(
        "budget", [(x.wallet_id, periods[x.span].key) for x in limits], UNIT
    )
    places = [
        (limit.wallet_id, periods[limit.span])
        for wallet in wallets
        for limit in limits
        if limit.wallet_id == wallet.id
    ]
    if any((wallet_id, period.key) not in known for wallet_id, period in places):
        opened = [(budget, _open(books, budget)) for budget in list_budgets(books, wallets)]
        return [
            (budget.wallet.id, budget.period, account.id)
            for budget, account in opened
            if account is not None
        ]
    return [(wallet_id, period, known[wallet_id, period.key]) for wallet_id, period in places]


def open_budget(books: Books, budget: Budget) -> Account:
    """Return the period's account, opened and credited if this is its first use.

    Raises:
        Conflict: the limit was taken away at the same moment.
    """
    account = _open(books, budget)
    if account is None:
        raise Conflict(f"limit of {budget.wallet.id!r} was taken away meanwhile")
    return account


def _open(books: Books, budget: Budget) -> Account | None:
    """Do the same; None where the limit has just been taken away.

    The credit's keys derive from the account, so that whoever comes first posts it and nobody
    posts it twice. What it is opened with is read once more while nobody else may change it:
    whoever changes the limit then looks for what was opened, and finds it.
    """
    if budget.account is not None:
        return budget.account
    limit = books.wallets.claim_limit(budget.wallet.id, budget.limit.span)
    if limit is None:
        return None
    raises = [
        raise_
        for raise_ in books.wallets.list_raises([budget.wallet.id], books.now)
        if raise_.span == limit.span
    ]
    account, is_new = books.ledger.open_account(
        budget_key(budget.wallet.id, budget.period),
        overdraft=overdraft_of(budget.wallet, limit),
    )
    if not is_new:
        return account
    credits: list[tuple[str, int, datetime | None]] = [
        (f"open:{account.id}", limit.amount_nanos, None)
    ]
    credits += [
        (raise_key(raise_, account), raise_.amount_nanos, raise_.until_at) for raise_ in raises
    ]
    for key, amount, until_at in credits:
        give_credit(
            books, account, amount, key=key, actor="bursar", cause="open", until_at=until_at
        )
    return books.ledger.refresh(account.id)


def open_source(books: Books, account: Account) -> int:
    """Return the id of the account that the credit of a period comes from and goes back to."""
    # One for each period, or its counter would rise with every period until it is full.
    key = AccountKey("source", "limits", UNIT, account.key.period)
    return books.ledger.open_id(key, is_bottomless=True)[0]


def give_credit(
    books: Books,
    account: Account,
    amount: int,
    *,
    key: str,
    actor: str,
    cause: str,
    until_at: datetime | None = None,
) -> None:
    """Post credit to a budget's account, once for each key; it lapses at `until_at`, if set."""
    if not amount:
        return
    entry = Entry(open_source(books, account), account.id, amount, until_at, moves_credit=True)
    books.ledger.transfer(Movement(IdempotencyKey(key), actor, cause, (entry,)))


def raise_key(raise_: TemporaryRaise, account: Account) -> str:
    """Name the posting that gave a raise's credit to an account."""
    return f"raise:{raise_.id}:{account.id}"


def record_crossings(
    books: Books, wallets: Sequence[Wallet], *, least_nanos: int = 0
) -> list[Crossing]:
    """Record each threshold that use has passed and that was not recorded in its period.

    `least_nanos` is what the last call set aside: where less is left, nothing like it is let in.
    """
    crossings = []
    for budget in list_budgets(books, wallets):
        account = budget.account
        if account is None:
            continue
        for percent in sorted({*budget.wallet.thresholds, 100}):
            if not budget.is_passed(percent):
                break
            is_left = account.used < account.limit
            if percent == 100 and is_left and account.free + account.held >= least_nanos:
                break
            crossing = Crossing(
                account.id,
                budget.wallet.id,
                budget.period.key,
                percent,
                account.used,
                account.limit,
            )
            if books.ledger.record_crossing(crossing):
                crossings.append(crossing)
    return crossings


def find_running(books: Books, wallet: Wallet, span: Span) -> Budget | None:
    """Return the running budget of a wallet's limit; None without one."""
    return next((x for x in list_budgets(books, [wallet]) if x.limit.span == span), None)


def get_open_wallet(books: Books, wallet_id: WalletId) -> Wallet:
    """Return a wallet that money may move in.

    Raises:
        NotFound: there is none.
        WalletClosed: it, or one above it, is closed.
    """
    return open_chain(books, wallet_id)[0]


def open_chain(books: Books, wallet_id: WalletId) -> Sequence[Wallet]:
    """Return a wallet that money may move in, and those above it. Raises as above."""
    chain = books.wallets.chain(wallet_id)
    for wallet in chain:
        if wallet.is_closed:
            raise WalletClosed(wallet.id)
    return chain


def main_limit(books: Books, wallet_id: WalletId) -> Limit:
    """Return the limit that a raise without a window means: month, else the widest there is.

    Raises:
        InvalidInput: the wallet has no limit that could be raised.
    """
    return _main({x.span: x for x in books.wallets.list_limits([wallet_id])})


def main_budget(budgets: Sequence[Budget]) -> Budget:
    """Return the running budget of a wallet's main limit, out of all that it has.

    Raises:
        InvalidInput: the wallet has no limit that could be raised.
    """
    return _main({x.limit.span: x for x in budgets})


def _main(by_span: Mapping[Span, T]) -> T:
    for span in _MAIN_FIRST:
        if span in by_span:
            return by_span[span]
    raise InvalidInput("wallet", "has no limit to raise", example="set a limit first")


def check_above(books: Books, wallet_id: WalletId, amount_nanos: int) -> None:
    """Refuse a raise that a wallet above could not pay for.

    Raises:
        InsufficientFunds: names the wallet above, its period and what it has free.
    """
    above = books.wallets.chain(wallet_id)[1:]
    for budget in list_budgets(books, above):
        check_free(budget, amount_nanos)


def check_free(budget: Budget, amount_nanos: int) -> None:
    """Raise `InsufficientFunds` unless a budget has an amount free."""
    if budget.free_nanos < amount_nanos:
        raise InsufficientFunds(
            budget.wallet.id,
            needed_nanos=amount_nanos,
            free_nanos=budget.free_nanos,
            period=budget.period.key,
        )
