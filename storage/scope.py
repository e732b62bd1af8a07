"""What the repositories of one connection share: the tenant, the time, and what a write touched.

Every statement of a repository takes its tenant from here, and no repository can be asked for
another one: what belongs to somebody else cannot even be named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, func, select

from bot.audit.chain import AuditFact
from bot.clock import Clock, to_us
from bot.errors.money import LedgerBroken
from bot.ids import TenantId
from storage.postings import Postings
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.money import account, lapsing

if TYPE_CHECKING:
    from storage.connection import Connection

# Whoever moves an account holds it until the commit, so that the check at the end of the
# transaction sees this transaction's own movements and no other's.
_COUNTERS = Statement(
    select(account.c.cr, account.c.dr, account.c.held)
    .where(account.c.tenant == bindparam("tenant"), account.c.id == bindparam("id"))
    .with_for_update(key_share=True)
)
# The same with what an entry may draw beyond them, where it may be put off.
_ROOM = Statement(
    select(
        account.c.cr,
        account.c.dr,
        account.c.held,
        account.c.floor,
        account.c.overdraft,
        select(func.coalesce(func.sum(lapsing.c.amount), 0).cast(Int))
        .where(lapsing.c.account_id == account.c.id, lapsing.c.ends_us <= func.bursar_now())
        .correlate(account)
        .scalar_subquery()
        .label("lapsed"),
    )
    .where(account.c.tenant == bindparam("tenant"), account.c.id == bindparam("id"))
    .with_for_update(key_share=True, of=account)
)
# So many accounts are looked at in one statement; fewer are filled up with the last one.
_SIZES = (1, 2, 4, 8, 16, 64)
_MANY = {
    size: Statement(
        select(account.c.id, account.c.cr, account.c.dr, account.c.held).where(
            account.c.tenant == bindparam("tenant"),
            account.c.id.in_([bindparam(f"id_{index}", type_=Int) for index in range(size)]),
        )
    )
    for size in _SIZES
}


@dataclass(slots=True)
class LedgerGuard:
    """Whether money may move. One a process: a broken invariant stops every writer."""

    is_read_only: bool = False
    why: str = ""

    def close(self, why: str) -> None:
        """Stop all movements of money until the process was restarted by an operator."""
        self.is_read_only = True
        self.why = why


@dataclass(slots=True)
class _Expected:
    """What an account's counters must be at the end of the transaction."""

    tenant: TenantId
    cr: int
    dr: int
    held: int
    # What may be drawn beyond the counters; None where it was not asked.
    room: _Room | None = None


class _Room(NamedTuple):
    """How an account's counters may be drawn on; `is_endless` has no floor."""

    overdraft: int
    lapsed: int
    is_endless: bool


class Mark(NamedTuple):
    """How much was noted of each kind at some moment of a transaction."""

    facts: int
    movements: int
    committed: int
    touched: int
    outgoing: int
    postings: int


@dataclass(slots=True)
class Scope:
    """The state of one transaction on one connection; emptied before the next."""

    clock: Clock
    guard: LedgerGuard
    facts: list[AuditFact] = field(default_factory=list)
    committed: list[object] = field(default_factory=list)
    # Rows for the outbox: nothing in the transaction reads them, so they go out in one go.
    outgoing: list[dict[str, object]] = field(default_factory=list)
    postings: Postings = field(default_factory=Postings)
    _tenant: TenantId | None = None
    # By account, in the order of the first touch.
    _expected: dict[int, _Expected] = field(default_factory=dict)
    _undo: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def tenant(self) -> TenantId:
        """The tenant whose rows may be seen. Raises `RuntimeError` while none was entered."""
        if self._tenant is None:
            raise RuntimeError("a repository was used outside a tenant")
        return self._tenant

    def enter(self, tenant: TenantId | None) -> None:
        """Go on for another tenant, or for none."""
        self._tenant = tenant

    @property
    def now(self) -> datetime:
        """The present, aware UTC."""
        return self.clock.now()

    @property
    def now_us(self) -> int:
        """The present in microseconds since 1970."""
        return to_us(self.clock.now())

    def touch(self, connection: Connection, *account_ids: int) -> None:
        """Note accounts' counters before the transaction first moves them.

        Where several transactions run beside each other they are locked one by one, in this order.
        """
        new = [one for one in dict.fromkeys(account_ids) if one not in self._expected]
        if connection.dialect == "sqlite":
            for account_id, counters in _find_counters(connection, self.tenant, new).items():
                self._expected[account_id] = _Expected(self.tenant, *counters)
            return
        asks_room = self.postings.are_wanted
        for account_id in new:
            row = connection.row(
                _ROOM if asks_room else _COUNTERS, tenant=self.tenant, id=account_id
            )
            if row is not None:
                room = _Room(row[4], row[5], row[3] is None) if asks_room else None
                self._expected[account_id] = _Expected(self.tenant, row[0], row[1], row[2], room)

    def foresees(self, debit_id: int, credit_id: int, amount: int, *, moves_credit: bool) -> bool:
        """Tell whether an entry will be granted, by accounts that this transaction has locked."""
        debited = self._expected.get(debit_id)
        if debited is None or debited.room is None or credit_id not in self._expected:
            return False
        overdraft, lapsed, is_endless = debited.room
        free = debited.cr - debited.dr - debited.held - lapsed
        return is_endless or amount <= free + (0 if moves_credit else overdraft)

    def moved(self, account_id: int, *, cr: int = 0, dr: int = 0, held: int = 0) -> None:
        """Note what a movement must have done to an account's counters."""
        expected = self._expected[account_id]
        expected.cr += cr
        expected.dr += dr
        expected.held += held
        self._undo.append((account_id, cr, dr, held))

    def moved_to(self, account_id: int) -> tuple[int, int]:
        """Return what the credit and debits of an account must be by now that was moved here."""
        expected = self._expected[account_id]
        return expected.cr, expected.dr

    def mark(self) -> Mark:
        """Return where the transaction stands, for `back_to`."""
        return Mark(
            len(self.facts),
            len(self._undo),
            len(self.committed),
            len(self._expected),
            len(self.outgoing),
            len(self.postings),
        )

    def back_to(self, mark: Mark) -> None:
        """Forget what was noted since a mark, because it was rolled back."""
        facts, movements, committed, touched, outgoing, postings = mark
        self.postings.back_to(postings)
        del self.outgoing[outgoing:]
        del self.facts[facts:]
        del self.committed[committed:]
        for account_id, cr, dr, held in self._undo[movements:]:
            expected = self._expected[account_id]
            expected.cr -= cr
            expected.dr -= dr
            expected.held -= held
        del self._undo[movements:]
        # What was first touched since then may have been made since then, and is gone, or is no
        # longer locked, and may change.
        for account_id in list(self._expected)[touched:]:
            del self._expected[account_id]

    def check_touched(self, connection: Connection) -> None:
        """Compare the counters of every account moved with what its entries say.

        Raises:
            LedgerBroken: they differ; the transaction must not be committed. The guard is closed.
        """
        by_tenant: dict[TenantId, list[int]] = {}
        for account_id, expected in self._expected.items():
            by_tenant.setdefault(expected.tenant, []).append(account_id)
        for tenant, account_ids in by_tenant.items():
            found = _read_counters(connection, tenant, account_ids)
            for account_id in account_ids:
                self._compare(account_id, found.get(account_id))
            if connection.kept is not None:
                connection.kept.keep_counters(tenant, found)

    def _compare(self, account_id: int, found: tuple[int, int, int] | None) -> None:
        expected = self._expected[account_id]
        if found != (expected.cr, expected.dr, expected.held):
            self.guard.close(f"account {account_id}")
            raise LedgerBroken(
                "counters and transfers disagree",
                account_id=account_id,
                expected=(expected.cr, expected.dr, expected.held),
                found=found,
            )

    def reset(self) -> None:
        """Forget everything: the transaction is over."""
        self.facts.clear()
        self.outgoing.clear()
        self.committed.clear()
        self._expected.clear()
        self._undo.clear()
        self.postings.reset()
        self._tenant = None


def _find_counters(
    connection: Connection, tenant: TenantId, account_ids: list[int]
) -> dict[int, tuple[int, int, int]]:
    """Return counters as they are, from the last commit that moved them where that is kept."""
    if connection.kept is None:
        return _read_counters(connection, tenant, account_ids)
    kept = connection.kept.counters
    known = {one: kept[tenant, one] for one in account_ids if (tenant, one) in kept}
    rest = [one for one in account_ids if one not in known]
    return known | _read_counters(connection, tenant, rest) if rest else known


def _read_counters(
    connection: Connection, tenant: TenantId, account_ids: list[int]
) -> dict[int, tuple[int, int, int]]:
    found: dict[int, tuple[int, int, int]] = {}
    rest = account_ids
    while rest:
        size = next((size for size in _SIZES if size >= len(rest)), _SIZES[-1])
        some, rest = rest[:size], rest[size:]
        some += [some[-1]] * (size - len(some))
        values = {f"id_{index}": account_id for index, account_id in enumerate(some)}
        for row in connection.rows(_MANY[size], tenant=tenant, **values):
            found[row[0]] = (row[1], row[2], row[3])
    return found
