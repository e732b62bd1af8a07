"""A spend: hold a bounded estimate, then settle what it came to, release it, or let it expire.

A spend is one group over the wallet and every ancestor with a limit: all or nothing. A hold
resolves exactly once. What a provider charged beyond the hold is posted all the same, from what
is free or else as an overrun: nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.economy.budgets import (
    Books,
    open_budget_ids,
    record_crossings,
    sink_key,
)
from bot.economy.ledger import AccountKey, Crossing, Entry, Movement, Resolution, Shortfall
from bot.economy.wallets import Wallet
from bot.errors.money import HoldResolved, InsufficientFunds, WalletClosed
from bot.ids import HoldId, IdempotencyKey, WalletId


@dataclass(frozen=True, slots=True)
class Settled:
    """What a hold came to. `overrun_nanos` is what was charged beyond hold and budget.

    `was_held` says that it counts in the periods of its hold; otherwise in those that run.
    """

    cost_nanos: int
    overrun_nanos: int
    crossings: tuple[Crossing, ...]
    was_held: bool


def hold(
    books: Books, wallet_id: WalletId, amount_nanos: int, *, key: str, actor: str, life: timedelta
) -> None:
    """Set an estimate aside on the wallet and all above it.

    Repeating it with the same key changes nothing.

    Raises:
        InsufficientFunds: names the wallet whose budget binds; nothing was held.
        WalletClosed: the wallet or one above it is closed.
    """
    for movement in hold_of(books, wallet_id, amount_nanos, key=key, actor=actor, life=life):
        set_aside(books, movement)


def hold_of(
    books: Books, wallet_id: WalletId, amount_nanos: int, *, key: str, actor: str, life: timedelta
) -> tuple[Movement, ...]:
    """Return the movement that sets an estimate aside; none where no limit is on its way.

    The budgets' accounts are opened, nothing is held.

    Raises:
        WalletClosed: the wallet or one above it is closed.
    """
    chain = books.wallets.chain(wallet_id)
    _refuse_closed(chain)
    expires_at = books.now + life
    entries = [
        Entry(account_id, sink_id, amount_nanos, expires_at)
        for account_id, sink_id in _open_sides(books, chain)
    ]
    return (Movement(IdempotencyKey(key), actor, "spend", tuple(entries)),) if entries else ()


def set_aside(books: Books, movement: Movement) -> None:
    """Hold what `hold_of` returned. Raises `InsufficientFunds`, as `hold` says of it."""
    try:
        books.ledger.hold(movement)
    except Shortfall as short:
        raise _binding(short) from short


def settle(books: Books, wallet_id: WalletId, cost_nanos: int, *, key: str, actor: str) -> Settled:
    """Post what a held spend came to, once.

    A cost above the hold posts the hold and charges the rest. A spend whose hold expired, or
    that had no limit to be held against when it began, is charged whole. Zero releases.

    Raises:
        HoldResolved: it was settled or released before; nothing changed.
    """
    chain = books.wallets.chain(wallet_id)
    open_holds = books.ledger.list_open_holds(key)
    if open_holds:
        # The same was set aside on each.
        amount = min(cost_nanos, open_holds[0].amount)
        how: Resolution = "post" if amount else "void"
        books.ledger.resolve(open_holds, how, amount, actor=actor, cause="spend")
        rest = cost_nanos - amount
        sides = [(held.debit_id, held.credit_id) for held in open_holds]
    else:
        if books.ledger.how_resolved(key) in {"post", "void"} or books.ledger.has_posted(
            _rest_key(key, 0)
        ):
            raise HoldResolved(HoldId(key))
        rest = cost_nanos
        sides = _open_sides(books, chain)[::-1]
    overrun = 0
    for step, (debit_id, credit_id) in enumerate(sides):
        if rest > 0 and not _charge(
            books, Entry(debit_id, credit_id, rest), key=_rest_key(key, step), actor=actor
        ):
            overrun = rest
    least_nanos = open_holds[0].amount if open_holds else 0
    crossings = record_crossings(books, chain, least_nanos=least_nanos)
    return Settled(cost_nanos, overrun, tuple(crossings), was_held=bool(open_holds))


def release(books: Books, *, key: str, actor: str) -> bool:
    """Give a held spend back whole; False when nothing of it was open any more."""
    open_holds = books.ledger.list_open_holds(key)
    books.ledger.resolve(open_holds, "void", actor=actor, cause="release")
    return bool(open_holds)


def give_back(
    books: Books, wallet_id: WalletId, amount_nanos: int, *, key: str, actor: str
) -> bool:
    """Give back what was charged too much: as budget, to the wallet and all above it.

    What was spent stays spent; the credit of the running periods grows by it. False if the same
    was given back before.
    """
    entries = [
        Entry(sink_id, account_id, amount_nanos)
        for account_id, sink_id in _open_sides(books, books.wallets.chain(wallet_id))
    ]
    movement = Movement(IdempotencyKey(key), actor, "correction", tuple(entries))
    return bool(entries) and books.ledger.transfer(movement)


def expire(books: Books, key: str) -> bool:
    """Give back a hold whose time is over; False when it was ended before."""
    open_holds = books.ledger.list_open_holds(key)
    books.ledger.resolve(open_holds, "expire", actor="bursar", cause="expire")
    return bool(open_holds)


def _rest_key(key: str, step: int) -> IdempotencyKey:
    return IdempotencyKey(f"{key}:rest:{step}")


def _charge(books: Books, entry: Entry, *, key: IdempotencyKey, actor: str) -> bool:
    """Post a cost that nothing was held for; False when it went to the overrun account."""
    try:
        books.ledger.transfer(Movement(key, actor, "late", (entry,)))
    except Shortfall as short:
        owner = short.account.key
        overrun, _ = books.ledger.open_id(
            AccountKey("overrun", owner.owner, owner.unit, owner.period), is_bottomless=True
        )
        entry = Entry(overrun, entry.credit_id, entry.amount)
        books.ledger.transfer(Movement(key, actor, "overrun", (entry,)))
        return False
    return True


def _open_sides(books: Books, chain: Sequence[Wallet]) -> list[tuple[int, int]]:
    """Return each running budget's account, and the one that takes what is spent of it."""
    return [
        (account_id, books.ledger.open_id(sink_key(wallet_id, period), is_bottomless=True)[0])
        for wallet_id, period, account_id in open_budget_ids(books, chain)
    ]


def _refuse_closed(chain: Sequence[Wallet]) -> None:
    for wallet in chain:
        if wallet.is_closed:
            raise WalletClosed(wallet.id)


def _binding(short: Shortfall) -> InsufficientFunds:
    owner = short.account.key
    return InsufficientFunds(
        WalletId(owner.owner),
        needed_nanos=short.needed,
        free_nanos=short.account.free,
        period=owner.period,
    )
