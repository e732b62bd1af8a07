"""The whole ledger against itself: at start, hourly, and after every fault in tests.

Each question is one statement of aggregates that both databases answer in a few passes over the
transfers; what it returns is only what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, union_all

from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.money import account, lapsing, open_hold, transfer
from storage.transaction import SqlTx

# Enough for an operator to see what is wrong, however much it is.
MAX_FAULTS: Final = 100
_COUNTERS: Final = ("cr", "dr", "moved", "held", "lapsing")


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not add up. `subject` is an account, a unit or a hold, `what` a counter of it."""

    tenant: str
    subject: str
    what: str
    expected: int
    found: int


def verify_ledger(tx: SqlTx) -> list[Fault]:
    """Check every invariant of every tenant's ledger; return what is broken, at most so much.

    Debits equal credits in each unit, counters equal the replay of the transfers, and what is
    listed as held is what no transfer has resolved. Changes nothing; a million transfers take
    a few seconds, so it belongs into a read.
    """
    rows = tx.connection.rows
    faults = [
        Fault(row["tenant"], row["unit"], "debits = credits", row["dr"], row["cr"])
        for row in rows(_UNBALANCED)
    ]
    faults += [
        Fault(row["tenant"], f"account {row['id']}", name, row[f"replayed_{name}"], row[name])
        for row in rows(_DIFFERING)
        for name in _COUNTERS
        if row[f"replayed_{name}"] != row[name]
    ]
    faults += [
        Fault(row["tenant"], f"hold {row['id']}", "listed as open", row["expected"], row["found"])
        for row in (*rows(_NOT_LISTED), *rows(_LISTED_IN_VAIN))
    ]
    return faults[:MAX_FAULTS]


def _sum(value: ColumnElement[int]) -> ColumnElement[int]:
    # PostgreSQL sums 64-bit integers into a wider type.
    return func.coalesce(func.sum(value), 0).cast(Int)


_UNBALANCED: Final = Statement(
    select(
        account.c.tenant,
        account.c.unit,
        _sum(account.c.dr).label("dr"),
        _sum(account.c.cr).label("cr"),
    )
    .group_by(account.c.tenant, account.c.unit)
    .having(func.sum(account.c.dr) != func.sum(account.c.cr))
    .limit(MAX_FAULTS)
)

_resolution = transfer.alias("resolution")
_is_unresolved = and_(
    transfer.c.kind == "hold",
    ~exists().where(
        _resolution.c.hold_id == transfer.c.id, _resolution.c.tenant == transfer.c.tenant
    ),
)


# Any: the columns of a select are not part of its type.
def _replay(side: ColumnElement[int], where: ColumnElement[bool], **counters: Any) -> Any:
    """Sum transfers by one of their sides into columns of the counters."""
    columns = [
        _sum(counters[name]).label(name) if name in counters else literal(0).label(name)
        for name in _COUNTERS
    ]
    return select(side.label("account_id"), *columns).where(where).group_by(side)


_moves_money = transfer.c.kind.in_(["transfer", "move", "post"])
_handed_on = case((transfer.c.kind == "move", transfer.c.amount), else_=0)
_ending = case(
    (and_(transfer.c.kind == "move", transfer.c.expires_us.is_not(None)), transfer.c.amount),
    else_=0,
)
_parts = union_all(
    _replay(
        transfer.c.dr_acc,
        _moves_money,
        dr=transfer.c.amount,
        moved=_handed_on,
        lapsing=-_ending,
    ),
    _replay(transfer.c.cr_acc, _moves_money, cr=transfer.c.amount, lapsing=_ending),
    _replay(transfer.c.dr_acc, _is_unresolved, held=transfer.c.amount),
).subquery("parts")
_replayed = (
    select(_parts.c.account_id, *(_sum(_parts.c[name]).label(name) for name in _COUNTERS))
    .group_by(_parts.c.account_id)
    .subquery("replayed")
)
_lapsing = (
    select(lapsing.c.account_id, _sum(lapsing.c.amount).label("lapsing"))
    .group_by(lapsing.c.account_id)
    .subquery("lapsing_sum")
)
_kept = {name: account.c[name] for name in _COUNTERS if name != "lapsing"} | {
    "lapsing": func.coalesce(_lapsing.c.lapsing, 0)
}
_found = {name: func.coalesce(_replayed.c[name], 0) for name in _COUNTERS}
_DIFFERING: Final = Statement(
    select(
        account.c.id,
        account.c.tenant,
        *(_kept[name].label(name) for name in _COUNTERS),
        *(_found[name].label(f"replayed_{name}") for name in _COUNTERS),
    )
    .outerjoin(_replayed, _replayed.c.account_id == account.c.id)
    .outerjoin(_lapsing, _lapsing.c.account_id == account.c.id)
    .where(or_(*(_kept[name] != _found[name] for name in _COUNTERS)))
    .order_by(account.c.id)
    .limit(MAX_FAULTS)
)

_NOT_LISTED: Final = Statement(
    select(
        transfer.c.id,
        transfer.c.tenant,
        literal(1).label("expected"),
        literal(0).label("found"),
    )
    .where(
        _is_unresolved,
        ~exists().where(
            open_hold.c.hold_id == transfer.c.id, open_hold.c.tenant == transfer.c.tenant
        ),
    )
    .limit(MAX_FAULTS)
)
_LISTED_IN_VAIN: Final = Statement(
    select(
        open_hold.c.hold_id.label("id"),
        open_hold.c.tenant,
        literal(0).label("expected"),
        literal(1).label("found"),
    )
    .where(
        ~exists().where(
            transfer.c.id == open_hold.c.hold_id,
            transfer.c.tenant == open_hold.c.tenant,
            _is_unresolved,
        )
    )
    .limit(MAX_FAULTS)
)
