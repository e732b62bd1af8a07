"""Budgets: the accounts that a wallet's limits become in each period, and what changes them.

A limit is credit on the account of the running period, moved there from the tenant's source
when the account is opened; a temporary raise is credit with an end. So what binds is always one
account with one free amount, and a new period starts by being used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    Shortfall,
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
# What one transfer may carry, so that a period can always be opened with its limit.
MAX_LIMIT_NANOS: Final = 10**18


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
    """A wallet's limit in a running period. `account` is None until the period's first use."""

    wallet: Wallet
    limit: Limit
    period: Period
    raises: tuple[TemporaryRaise, ...]
    account: Account | None

    @property
    def limit_nanos(self) -> int:
        """What may be spent in the period: limit and raises that have not ended."""
        if self.account is not None:
            return self.account.limit
        return self.limit.amount_nanos + sum(raise_.amount_nanos for raise_ in self.raises)

    @property
    def used_nanos(self) -> int:
        """What was spent in the period; without what is only held."""
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
        return self.limit_nanos + _overdraft(self.wallet, self.limit)

    def is_passed(self, percent: int) -> bool:
        """Tell whether so much of it is used at this moment: a raise may have ended that.

        All of it is where less is left than a hundredth: what is set aside for a call is more
        than it comes to, so that calls are refused before the last nano is spent.
        """
        limit_nanos = self.limit_nanos
        least = min(percent, _NEARLY_ALL_PERCENT) * limit_nanos
        return limit_nanos > 0 and self.used_nanos * 100 >= least


def _overdraft(wallet: Wallet, limit: Limit) -> int:
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
        overdraft=_overdraft(budget.wallet, limit),
    )
    if not is_new:
        return account
    credits: list[tuple[str, int, datetime | None]] = [
        (f"open:{account.id}", limit.amount_nanos, None)
    ]
    credits += [
        (_raise_key(raise_, account), raise_.amount_nanos, raise_.until_at) for raise_ in raises
    ]
    for key, amount, until_at in credits:
        _credit(books, account, amount, key=key, actor="bursar", cause="open", until_at=until_at)
    return books.ledger.refresh(account.id)


def _source(books: Books, account: Account) -> int:
    # One for each period, or its counter would rise with every period until it is full.
    key = AccountKey("source", "limits", UNIT, account.key.period)
    return books.ledger.open_id(key, is_bottomless=True)[0]


def _credit(
    books: Books,
    account: Account,
    amount: int,
    *,
    key: str,
    actor: str,
    cause: str,
    until_at: datetime | None = None,
) -> None:
    if not amount:
        return
    entry = Entry(_source(books, account), account.id, amount, until_at, moves_credit=True)
    books.ledger.transfer(Movement(IdempotencyKey(key), actor, cause, (entry,)))


def _take_credit(
    books: Books,
    account: Account,
    amount: int,
    *,
    key: str,
    actor: str,
    cause: str,
    until_at: datetime | None = None,
) -> None:
    # A limit may be set below what was used: nothing more is spent then, but nothing is refused
    # after the fact.
    books.ledger.lower_floor(account.id, amount)
    entry = Entry(
        account.id, _source(books, account), amount, until_at, moves_credit=True, is_forced=True
    )
    books.ledger.transfer(Movement(IdempotencyKey(key), actor, cause, (entry,)))


def _level_account(
    books: Books, wallet_id: WalletId, span: Span, budget: Budget | None
) -> Account | None:
    """Return the running account of a limit, opened with the limit as it is; None without one.

    A first use that meets a change of the limit then finds the account or has made it, and
    either way the change levels it.
    """
    if budget is not None:
        return open_budget(books, budget)
    return books.ledger.find_account(budget_key(wallet_id, period_at(span, books.now, books.zone)))


def _list_later(books: Books, wallet_id: WalletId, span: Span) -> Sequence[Account]:
    """Return what a clock that was ahead, maybe another instance's, has opened of a limit.

    It was opened with the limit as it was then, and its period is still to come. The limit must
    be claimed or changed before, or what is being opened at this moment is not found.
    """
    return books.ledger.list_later(budget_key(wallet_id, period_at(span, books.now, books.zone)))


def _raise_key(raise_: TemporaryRaise, account: Account) -> str:
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


def _find_running(books: Books, wallet: Wallet, span: Span) -> Budget | None:
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


def set_limit(
    books: Books,
    wallet_id: WalletId,
    span: Span,
    amount_nanos: int | None,
    *,
    key: str,
    actor: str,
) -> int | None:
    """Set or take away a wallet's limit, at once for the running period; return the old one.

    Raises:
        Conflict: somebody else changed it at the same moment; nothing changed.
        InvalidInput: the limit is larger than any that can be kept.
    """
    if amount_nanos is not None and amount_nanos > MAX_LIMIT_NANOS:
        raise InvalidInput("amount", "out of range", example="250.00")
    wallet = get_open_wallet(books, wallet_id)
    budget = _find_running(books, wallet, span)
    before = None if budget is None else budget.limit.amount_nanos
    if before == amount_nanos:
        return before
    account = _level_account(books, wallet_id, span, budget)
    if not books.wallets.set_limit(wallet_id, span, amount_nanos, expected=before):
        raise Conflict(f"limit of {wallet_id!r} changed meanwhile")
    # An account that outlived its limit kept the credit that it had: level it with what the
    # limit is now.
    delta = (amount_nanos or 0) - (before or 0)
    running = () if account is None else ((account, key),)
    later = ((one, f"{key}:{one.id}") for one in _list_later(books, wallet_id, span))
    for one, its_key in (*running, *later):
        if delta > 0:
            _credit(books, one, delta, key=its_key, actor=actor, cause="set_limit")
        elif delta < 0:
            _take_credit(books, one, -delta, key=its_key, actor=actor, cause="set_limit")
        if amount_nanos is not None:
            overdraft = _overdraft(wallet, Limit(wallet_id, span, amount_nanos))
            books.ledger.set_overdraft(one.id, overdraft)
    if delta < 0 and account is not None:
        record_crossings(books, [wallet])
    return before


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


def raise_limit(
    books: Books,
    wallet_id: WalletId,
    amount_nanos: int,
    *,
    until_at: datetime | None,
    key: str,
    actor: str,
) -> TemporaryRaise | None:
    """Raise a wallet's main limit, for good or until a time; return the raise if temporary.

    The wallets above must have the amount free in their own running budgets.

    Raises:
        InsufficientFunds: a wallet above has less free; nothing was raised.
    """
    wallet = get_open_wallet(books, wallet_id)
    limit = main_limit(books, wallet_id)
    check_above(books, wallet_id, amount_nanos)
    if until_at is None:
        set_limit(
            books,
            wallet_id,
            limit.span,
            limit.amount_nanos + amount_nanos,
            key=key,
            actor=actor,
        )
        return None
    if until_at <= books.now:
        raise InvalidInput("until", "is past", example="until the end of the month")
    raise_ = TemporaryRaise(key, wallet_id, limit.span, amount_nanos, books.now, until_at)
    budget = _find_running(books, wallet, limit.span)
    assert budget is not None  # noqa: S101  # `limit` is its limit
    books.wallets.claim_limit(wallet_id, limit.span)
    account = open_budget(books, budget)
    books.wallets.add_raise(raise_)
    for one in (account, *_list_later(books, wallet_id, limit.span)):
        _credit(
            books,
            one,
            amount_nanos,
            key=_raise_key(raise_, one),
            actor=actor,
            cause="raise",
            until_at=until_at,
        )
    return raise_


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


def end_raise(books: Books, raise_id: str, *, key: str, actor: str) -> TemporaryRaise:
    """End a temporary raise before its time.

    Raises:
        Conflict: it is over already.
    """
    raise_ = books.wallets.end_raise(raise_id, books.now)
    if raise_ is None:
        raise Conflict(f"raise {raise_id!r} is over")
    wallet = books.wallets.get(raise_.wallet_id)
    books.wallets.claim_limit(wallet.id, raise_.span)
    budget = _find_running(books, wallet, raise_.span)
    account = _level_account(books, wallet.id, raise_.span, budget)
    running = () if account is None else ((account, f"{key}:end"),)
    opened = _list_later(books, wallet.id, raise_.span)
    for one, its_key in (*running, *((one, f"{key}:end:{one.id}") for one in opened)):
        if books.ledger.has_posted(IdempotencyKey(_raise_key(raise_, one))):
            # The credit still lapses at the time that it was given with; so does what takes it
            # back, or it would be missing twice from then on.
            _take_credit(
                books,
                one,
                raise_.amount_nanos,
                key=its_key,
                actor=actor,
                cause="end_raise",
                until_at=raise_.until_at,
            )
    record_crossings(books, [wallet])
    return raise_


def see_lapsed(books: Books, raise_: TemporaryRaise) -> bool:
    """See once to a raise whose time is over: what use has passed since; False if it was seen."""
    if not books.wallets.see_lapsed(raise_.id):
        return False
    record_crossings(books, [books.wallets.get(raise_.wallet_id)])
    return True


def move_budget(
    books: Books,
    source_id: WalletId,
    target_id: WalletId,
    amount_nanos: int,
    *,
    key: str,
    actor: str,
) -> Period:
    """Move unspent budget of the running period from one wallet to another.

    Both need a limit for the same window (the source's main one). Limits of later periods stay.

    Raises:
        InsufficientFunds: the source has less free; nothing moved.
        InvalidInput: the target has no limit in that window, or both are the same wallet.
    """
    if source_id == target_id:
        raise InvalidInput(
            "wallet", "source and target are the same", example="from Data to Design"
        )
    source, target = get_open_wallet(books, source_id), get_open_wallet(books, target_id)
    span = main_limit(books, source_id).span
    budgets = {
        x.wallet.id: x for x in list_budgets(books, [source, target]) if x.limit.span == span
    }
    if target_id not in budgets:
        raise InvalidInput("wallet", f"target has no {span} limit", example="set a limit first")
    debit, credit = (open_budget(books, budgets[x]) for x in (source_id, target_id))
    movement = Movement(
        IdempotencyKey(key),
        actor,
        "move_budget",
        (Entry(debit.id, credit.id, amount_nanos, moves_credit=True),),
    )
    try:
        books.ledger.transfer(movement)
    except Shortfall as short:
        raise InsufficientFunds(
            source_id,
            needed_nanos=amount_nanos,
            # An overdraft may be spent, but not handed on.
            free_nanos=short.account.free - short.account.overdraft,
            period=budgets[source_id].period.key,
        ) from short
    record_crossings(books, [source])
    return budgets[source_id].period
