"""Caps on what models cost: for a turn, for a person in a day, for the whole bot in a day.

Each is an account of its own that holds nothing and may be drawn so far: the statement that sets
money aside for a call is also the one that checks that the cap has room for it. A cap that is
changed holds from the next call on, with what was used before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from bot.economy.budgets import Books
from bot.economy.ledger import AccountKey, Entry, Movement, Resolution, Shortfall
from bot.economy.periods import period_at
from bot.errors.plans import CostCapReached
from bot.ids import IdempotencyKey, PrincipalId

CapKind = Literal["turn", "person_day", "bot_day"]
# In this order, so that what most calls share is taken first; see `Ledger.hold`.
KINDS: Final[tuple[CapKind, ...]] = ("turn", "person_day", "bot_day")
_BOT: Final = "bot"
# A day of the whole bot is counted also where nothing caps it: what it cost is told. A thousand
# million dollars, and so no cap.
_UNCAPPED: Final = 10**18


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps in nano-dollars, None for no cap of that kind."""

    turn: int | None = None
    person_day: int | None = None
    bot_day: int | None = None

    def of(self, kind: CapKind) -> int | None:
        """Return the cap of a kind."""
        return {"turn": self.turn, "person_day": self.person_day, "bot_day": self.bot_day}[kind]

    def over(self, usual: Caps) -> Caps:
        """Return these caps, with the usual ones where there is none."""
        mine = {kind: self.of(kind) for kind in KINDS}
        return Caps(**{k: usual.of(k) if cap is None else cap for k, cap in mine.items()})


@dataclass(frozen=True, slots=True)
class CapUse:
    """How much of a cap is used or set aside in its day."""

    kind: CapKind
    cap_nanos: int | None
    used_nanos: int


def hold_under(
    books: Books,
    caps: Caps,
    amount_nanos: int,
    *,
    key: str,
    turn: str,
    person_id: PrincipalId,
    life: timedelta,
) -> tuple[Movement, ...]:
    """Return the movement that sets a call's most aside under every cap; none where none is set.

    `turn` names the turn that the call belongs to; all its calls share one cap.
    """
    owners: dict[CapKind, str] = {"turn": turn, "person_day": person_id, "bot_day": _BOT}
    expires_at = books.now + life
    places = {
        _key(books, kind, owners[kind], books.now): cap
        for kind in KINDS
        if (cap := caps.of(kind)) is not None and amount_nanos
    }
    periods = {place.period for place in places}
    found = books.ledger.list_accounts("quota", [x.owner for x in places], sorted(periods), "nusd")
    known = {account.key: account for account in found}
    entries = []
    for place, cap in places.items():
        account = known.get(place) or books.ledger.make_account(place, overdraft=cap)[0]
        if account.overdraft != cap:
            books.ledger.set_overdraft(account.id, cap)
        entries.append(Entry(account.id, _sink(books), amount_nanos, expires_at))
    return (Movement(_group(key), person_id, "cap", tuple(entries)),) if entries else ()


def hold_caps(books: Books, movement: Movement) -> None:
    """Set a call's most aside. Repeating it with the same key changes nothing.

    Raises:
        CostCapReached: a cap has less room; nothing was set aside.
    """
    try:
        books.ledger.hold(movement)
    except Shortfall as short:
        raise _reached(books, short) from short


def release_caps(books: Books, *, key: str, actor: str) -> None:
    """Give back what was set aside under caps, where anything still is."""
    open_holds = books.ledger.list_open_holds(_group(key))
    books.ledger.resolve(open_holds, "void", actor=actor, cause="cap")


def settle_caps(
    books: Books,
    cost_nanos: int,
    *,
    key: str,
    actor: str,
    begun_at: datetime,
    is_late: bool = False,
) -> None:
    """Count what a call came to, and give back the rest. It counts whole, also beyond a cap.

    What the whole bot costs in a day is counted without a cap too, on the day on which the call
    was begun. `is_late` says that what was
    set aside may have expired; it counts all the same. Once a call: the caller ends it in the
    same transaction.
    """
    held_under = open_holds = books.ledger.list_open_holds(_group(key))
    if is_late and not open_holds:
        held_under = books.ledger.list_expired_holds(_group(key))
        for held in held_under if cost_nanos else ():
            over = Entry(held.debit_id, held.credit_id, cost_nanos)
            _count(books, over, f"{held.id}:late", actor)
    if open_holds:
        # The same was set aside under each.
        amount = min(cost_nanos, open_holds[0].amount)
        how: Resolution = "post" if amount else "void"
        books.ledger.resolve(open_holds, how, amount, actor=actor, cause="cap")
        for held in open_holds if cost_nanos > amount else ():
            over = Entry(held.debit_id, held.credit_id, cost_nanos - amount)
            _count(books, over, f"{held.id}:rest", actor)
    place = _key(books, "bot_day", _BOT, begun_at)
    bot_id, _ = books.ledger.open_id(place, overdraft=_UNCAPPED)
    if cost_nanos and all(held.debit_id != bot_id for held in held_under):
        _count(books, Entry(bot_id, _sink(books), cost_nanos), f"{key}:bot", actor)


def read_caps(books: Books, caps: Caps, person_id: PrincipalId) -> tuple[CapUse, ...]:
    """Return the caps, with how much of those by the day is used; a turn's starts at nothing."""
    owners: Iterable[tuple[CapKind, str]] = (("person_day", person_id), ("bot_day", _BOT))
    found = [CapUse("turn", caps.turn, 0)]
    for kind, owner in owners:
        account = books.ledger.find_account(_key(books, kind, owner, books.now))
        used = 0 if account is None else account.dr + account.held
        found.append(CapUse(kind, caps.of(kind), used))
    return tuple(found)


def own_cost_nanos(books: Books, on: date) -> int:
    """Return what Bursar's own calls to models came to on a local day."""
    account = books.ledger.find_account(
        AccountKey("quota", f"bot_day:{_BOT}", "nusd", f"day:{on}")
    )
    return 0 if account is None else account.dr


_SINK: Final = AccountKey("sink", "cap", "nusd", "")


def _key(books: Books, kind: CapKind, owner: str, at: datetime) -> AccountKey:
    period = "turn" if kind == "turn" else period_at("day", at, books.zone).key
    return AccountKey("quota", f"{kind}:{owner}", "nusd", period)


def _group(key: str) -> IdempotencyKey:
    return IdempotencyKey(f"{key}:cap")


def _sink(books: Books) -> int:
    return books.ledger.open_id(_SINK, is_bottomless=True)[0]


def _count(books: Books, entry: Entry, key: str, actor: str) -> None:
    """Post what was charged and not set aside; a cap that is full gives way."""
    movement = Movement(IdempotencyKey(key), actor, "cap", (entry,))
    try:
        books.ledger.transfer(movement)
    except Shortfall as short:
        # The next call finds the cap as it is, and all of what was used.
        account = short.account
        wider = account.overdraft + entry.amount - account.free
        books.ledger.set_overdraft(account.id, wider)
        books.ledger.transfer(movement)


def _reached(books: Books, short: Shortfall) -> CostCapReached:
    account = short.account
    kind = account.key.owner.partition(":")[0]
    return CostCapReached(
        kind,
        limit_nanos=account.overdraft,
        used_nanos=account.dr + account.held,
        needed_nanos=short.needed,
        opens_at=None if kind == "turn" else period_at("day", books.now, books.zone).until_at,
    )
