"""What changes budgets: a limit that is set, a raise with an end, a move of what is left.

What is changed is changed at once in the running period, and in those that a clock that was
ahead has opened; periods to come are opened with the limit as it is by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.economy.budgets import (
    Books,
    Budget,
    budget_key,
    check_above,
    find_running,
    get_open_wallet,
    give_credit,
    list_budgets,
    main_limit,
    open_budget,
    open_source,
    overdraft_of,
    raise_key,
    record_crossings,
)
from bot.economy.ledger import Account, Entry, Movement, Shortfall
from bot.economy.periods import Period, Span, period_at
from bot.economy.wallets import Limit, TemporaryRaise
from bot.errors.kinds import Conflict, InvalidInput
from bot.errors.money import InsufficientFunds
from bot.ids import IdempotencyKey, WalletId

# What one transfer may carry, so that a period can always be opened with its limit.
MAX_LIMIT_NANOS: Final = 10**18


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
    budget = find_running(books, wallet, span)
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
            give_credit(books, one, delta, key=its_key, actor=actor, cause="set_limit")
        elif delta < 0:
            _take_credit(books, one, -delta, key=its_key, actor=actor, cause="set_limit")
        if amount_nanos is not None:
            overdraft = overdraft_of(wallet, Limit(wallet_id, span, amount_nanos))
            books.ledger.set_overdraft(one.id, overdraft)
    if delta < 0 and account is not None:
        record_crossings(books, [wallet])
    return before


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
    budget = find_running(books, wallet, limit.span)
    assert budget is not None  # noqa: S101  # `limit` is its limit
    books.wallets.claim_limit(wallet_id, limit.span)
    account = open_budget(books, budget)
    books.wallets.add_raise(raise_)
    for one in (account, *_list_later(books, wallet_id, limit.span)):
        give_credit(
            books,
            one,
            amount_nanos,
            key=raise_key(raise_, one),
            actor=actor,
            cause="raise",
            until_at=until_at,
        )
    return raise_


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
    budget = find_running(books, wallet, raise_.span)
    account = _level_account(books, wallet.id, raise_.span, budget)
    running = () if account is None else ((account, f"{key}:end"),)
    opened = _list_later(books, wallet.id, raise_.span)
    for one, its_key in (*running, *((one, f"{key}:end:{one.id}") for one in opened)):
        if books.ledger.has_posted(IdempotencyKey(raise_key(raise_, one))):
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
        account.id,
        open_source(books, account),
        amount,
        until_at,
        moves_credit=True,
        is_forced=True,
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
