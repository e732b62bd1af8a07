"""What the ledger asks of the database.

Counters are moved by triggers on `transfer` (see `migrations/triggers_0001.py` and `_0005.py`);
an INSERT here takes a row only while the drawn account has the amount free, so that asking and
taking are one statement.
"""

from typing import Any, Final

from sqlalchemy import (
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.money import account, lapsing, open_hold, threshold_crossing, transfer


def _lapsed() -> Any:  # Any: a scalar subquery of one integer
    return (
        select(func.coalesce(func.sum(lapsing.c.amount), 0).cast(Int))
        .where(lapsing.c.account_id == account.c.id, lapsing.c.ends_us <= func.bursar_now())
        .correlate(account)
        .scalar_subquery()
    )


_ACCOUNT: Final = (*account.c, _lapsed().label("lapsed"))
_KEY: Final = and_(
    account.c.tenant == bindparam("tenant"),
    account.c.kind == bindparam("kind"),
    account.c.owner == bindparam("owner"),
    account.c.unit == bindparam("unit"),
    account.c.period == bindparam("period"),
)
BY_KEY = Statement(select(*_ACCOUNT).where(_KEY))
# Accounts are never deleted, and keep what they are named by.
ID_BY_KEY = Statement(select(account.c.id).where(_KEY), stays=True)
BY_ID = Statement(
    select(*_ACCOUNT).where(
        account.c.tenant == bindparam("tenant"), account.c.id == bindparam("id")
    )
)
# Periods of one window sort by their text.
LATER = Statement(
    select(*_ACCOUNT)
    .where(
        account.c.tenant == bindparam("tenant"),
        account.c.kind == bindparam("kind"),
        account.c.owner == bindparam("owner"),
        account.c.unit == bindparam("unit"),
        account.c.period > bindparam("period"),
        account.c.period.like(bindparam("of_span", type_=Text)),
    )
    .order_by(account.c.period)
)
SET_OVERDRAFT = Statement(
    update(account)
    .where(account.c.tenant == bindparam("tenant"), account.c.id == bindparam("account_id"))
    .values(
        overdraft=bindparam("new_overdraft", type_=Int),
        # The floor only ever sinks: what was allowed once may have been used.
        floor=case(
            (
                account.c.floor > -bindparam("new_overdraft", type_=Int),
                -bindparam("new_overdraft", type_=Int),
            ),
            else_=account.c.floor,
        ),
    )
)
MAKE = Statement(
    insert(account)
    .values(
        tenant=bindparam("tenant"),
        kind=bindparam("kind"),
        owner=bindparam("owner"),
        unit=bindparam("unit"),
        period=bindparam("period"),
        overdraft=bindparam("overdraft"),
        floor=bindparam("floor"),
    )
    .on_conflict_do_nothing()
    # No credit of an account that is new can have lapsed.
    .returning(*account.c, literal_column("0").label("lapsed"))
)
LOWER_FLOOR = Statement(
    update(account)
    .where(account.c.tenant == bindparam("tenant"), account.c.id == bindparam("id"))
    .values(
        floor=case(
            (
                account.c.cr - account.c.dr - account.c.held - bindparam("by", type_=Int)
                < account.c.floor,
                account.c.cr - account.c.dr - account.c.held - bindparam("by", type_=Int),
            ),
            else_=account.c.floor,
        )
    )
)


def _insert_transfer(source: Select[Any]) -> Statement:
    columns = [column.name for column in transfer.c if column.name != "seq"]
    return Statement(
        insert(transfer).from_select(columns, source).on_conflict_do_nothing().inline()
    )


def _posting(*, is_guarded: bool) -> Statement:
    values = (
        bindparam("id", type_=Text),
        bindparam("grp", type_=Text),
        account.c.tenant,
        bindparam("kind", type_=Text),
        account.c.id,
        bindparam("credit_id", type_=Int),
        bindparam("amount", type_=Int),
        null().cast(Text),
        bindparam("expires_us", type_=Int),
        bindparam("actor", type_=Text),
        bindparam("cause", type_=Text),
        bindparam("at_us", type_=Int),
    )
    source = select(*values).where(
        account.c.tenant == bindparam("tenant"), account.c.id == bindparam("debit_id")
    )
    if is_guarded:
        overdraft = case(
            (bindparam("kind", type_=Text) == "move", literal_column("0")),
            else_=account.c.overdraft,
        )
        free = account.c.cr - account.c.dr - account.c.held + overdraft
        source = source.where(
            or_(
                account.c.floor.is_(None),
                # Asking and taking are one statement: a read followed by a write would let two
                # spends have the same budget.
                free - bindparam("amount", type_=Int) >= _lapsed(),
            )
        )
    # PostgreSQL reads the condition again on the row as it is once the lock is had.
    return _insert_transfer(source.with_for_update(key_share=True, of=account))


POST = _posting(is_guarded=True)
FORCE = _posting(is_guarded=False)

_TAKEN_TOGETHER: dict[int, Statement] = {}


def taken_together(count: int) -> Statement:
    """Return what posts or holds so many amounts, each on an account of its own, or none.

    No credit is moved by it: an overdraft counts for all of them.
    """
    found = _TAKEN_TOGETHER.get(count)
    if found is not None:
        return found
    entry = union_all(
        *(
            select(
                literal_column(str(step)).label("step"),
                bindparam(f"id_{step}", type_=Text).label("id"),
                bindparam(f"grp_{step}", type_=Text).label("grp"),
                bindparam(f"kind_{step}", type_=Text).label("kind"),
                bindparam(f"debit_{step}", type_=Int).label("debit_id"),
                bindparam(f"credit_{step}", type_=Int).label("credit_id"),
                bindparam(f"amount_{step}", type_=Int).label("amount"),
                bindparam(f"ends_{step}", type_=Int).label("expires_us"),
                bindparam(f"actor_{step}", type_=Text).label("actor"),
                bindparam(f"cause_{step}", type_=Text).label("cause"),
            )
            for step in range(count)
        )
    ).cte("entry")
    mine = account.c.tenant == bindparam("tenant")
    free = account.c.cr - account.c.dr - account.c.held + account.c.overdraft
    granted = (
        select(func.count())
        .select_from(entry.join(account, account.c.id == entry.c.debit_id))
        .where(mine, or_(account.c.floor.is_(None), free - entry.c.amount >= _lapsed()))
        .correlate(None)
        .scalar_subquery()
    )
    known = (
        select(transfer.c.seq)
        .where(
            transfer.c.tenant == bindparam("tenant"),
            transfer.c.id.in_([bindparam(f"id_{step}", type_=Text) for step in range(count)]),
        )
        .exists()
    )
    source = (
        select(
            entry.c.id,
            entry.c.grp,
            account.c.tenant,
            entry.c.kind,
            account.c.id,
            entry.c.credit_id,
            entry.c.amount,
            null().cast(Text),
            entry.c.expires_us,
            entry.c.actor,
            entry.c.cause,
            bindparam("at_us", type_=Int),
        )
        .join(account, account.c.id == entry.c.debit_id)
        .where(mine, granted == literal_column(str(count)), ~known)
        .order_by(entry.c.step)
    )
    columns = [column.name for column in transfer.c if column.name != "seq"]
    made = Statement(insert(transfer).from_select(columns, source).inline())
    return _TAKEN_TOGETHER.setdefault(count, made)


_hold = transfer.alias("hold")
_RESOLVED_TOGETHER: dict[int, Statement] = {}


def resolved_together(count: int) -> Statement:
    """Return what ends so many holds alike; one that was ended before is left out."""
    found = _RESOLVED_TOGETHER.get(count)
    if found is not None:
        return found
    how = bindparam("how", type_=Text)
    made = _insert_transfer(
        select(
            # Ended once, so that no other row has this id; beside that of the hold in its index.
            _hold.c.id + literal_column("'/end'"),
            _hold.c.grp,
            _hold.c.tenant,
            how,
            _hold.c.dr_acc,
            _hold.c.cr_acc,
            case((how == "post", bindparam("post_amount", type_=Int)), else_=_hold.c.amount),
            _hold.c.id,
            null().cast(Int),
            bindparam("resolver", type_=Text),
            bindparam("why", type_=Text),
            bindparam("now_us", type_=Int),
        )
        .where(
            _hold.c.id.in_([bindparam(f"hold_{at}", type_=Text) for at in range(count)]),
            _hold.c.kind == "hold",
            _hold.c.tenant == bindparam("tenant"),
        )
        .order_by(_hold.c.seq.desc())
    )
    return _RESOLVED_TOGETHER.setdefault(count, made)


TRANSFER_BY_ID = Statement(
    select(transfer).where(
        transfer.c.tenant == bindparam("tenant"), transfer.c.id == bindparam("id")
    )
)
OPEN_HOLDS = Statement(
    select(transfer)
    .join(open_hold, open_hold.c.hold_id == transfer.c.id)
    .where(
        transfer.c.tenant == bindparam("tenant"),
        transfer.c.grp == bindparam("grp"),
        open_hold.c.tenant == transfer.c.tenant,
    )
    .order_by(transfer.c.seq.desc())
)
_end = transfer.alias("ended")
EXPIRED_HOLDS = Statement(
    select(transfer)
    .join(_end, and_(_end.c.hold_id == transfer.c.id, _end.c.tenant == transfer.c.tenant))
    .where(
        transfer.c.tenant == bindparam("tenant"),
        transfer.c.grp == bindparam("grp"),
        _end.c.kind == "expire",
    )
    .order_by(transfer.c.seq.desc())
)
OF_GROUP = Statement(
    select(
        transfer.c.id,
        transfer.c.kind,
        transfer.c.dr_acc,
        transfer.c.cr_acc,
        transfer.c.amount,
        transfer.c.expires_us,
    )
    .where(
        transfer.c.tenant == bindparam("tenant"),
        transfer.c.grp == bindparam("grp"),
        transfer.c.hold_id.is_(None),
    )
    .order_by(transfer.c.seq)
)
# Of every tenant: the reaper's question, and the only one here without a tenant.
EXPIRED = Statement(
    select(open_hold.c.tenant, open_hold.c.grp)
    .where(open_hold.c.expires_us <= func.bursar_now())
    .group_by(open_hold.c.tenant, open_hold.c.grp)
    .order_by(func.min(open_hold.c.expires_us))
    .limit(bindparam("limit", type_=Int))
)
RESOLVED = Statement(
    select(transfer.c.kind)
    .where(
        transfer.c.tenant == bindparam("tenant"),
        transfer.c.grp == bindparam("grp"),
        transfer.c.hold_id.is_not(None),
    )
    .limit(literal_column("1"))
)
CROSSING = Statement(
    insert(threshold_crossing)
    .values(
        account_id=bindparam("account_id"),
        percent=bindparam("percent"),
        tenant=bindparam("tenant"),
        wallet_id=bindparam("wallet_id"),
        period=bindparam("period"),
        used_nanos=bindparam("used_nanos"),
        limit_nanos=bindparam("limit_nanos"),
        at_us=bindparam("at_us"),
    )
    .on_conflict_do_nothing()
    .inline()
)


_LIST: dict[tuple[int, int], Statement] = {}


def list_of(owners: int, periods: int) -> Statement:
    """Return the query for so many owners and periods, compiled once for each count."""
    found = _LIST.get((owners, periods))
    if found is None:
        found = _LIST[owners, periods] = Statement(
            select(*_ACCOUNT).where(
                account.c.tenant == bindparam("tenant"),
                account.c.kind == bindparam("kind"),
                account.c.unit == bindparam("unit"),
                account.c.owner.in_([bindparam(f"owner_{i}", type_=Text) for i in range(owners)]),
                account.c.period.in_(
                    [bindparam(f"period_{i}", type_=Text) for i in range(periods)]
                ),
            )
        )
    return found
