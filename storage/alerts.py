"""Alerts, and whose are muted.

Each step is one UPDATE that carries its guards, so that whoever comes second finds no row.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Text,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.alerts.model import Alert, Mute, Stage
from bot.clock import from_us, to_us
from bot.economy.ledger import Crossing
from bot.ids import PrincipalId, TenantId, WalletId
from storage.connection import Connection, Row
from storage.pages import old_among_oldest
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.alerts import alert, alert_mute
from storage.tables.columns import Int
from storage.tables.money import threshold_crossing as crossing

# Written out, so that SQLite sees that the partial indexes hold all that is asked for.
_is_untold = (crossing.c.told == literal_column("0"), crossing.c.wallet_id != literal_column("''"))
_is_open = alert.c.state == literal_column("'open'")
_runs = or_(alert.c.until_us.is_(None), alert.c.until_us > func.bursar_now())
_UNTOLD: Final = Statement(
    select(crossing.c.tenant, crossing.c.account_id)
    .where(*_is_untold)
    .order_by(crossing.c.account_id)
    .limit(bindparam("count", type_=Int))
)
_TAKE: Final = Statement(
    update(crossing)
    .where(
        crossing.c.tenant == bindparam("tenant"),
        crossing.c.account_id == bindparam("account"),
        *_is_untold,
    )
    .values(told=1)
    .returning(*crossing.c)
)
_FORGET_CROSSING: Final = Statement(
    delete(crossing).where(
        crossing.c.tenant == bindparam("tenant"),
        crossing.c.account_id == bindparam("account"),
        crossing.c.percent == bindparam("percentage"),
    )
)
_OPEN: Final = Statement(
    insert(alert)
    .values(
        id=bindparam("id"),
        tenant=bindparam("tenant"),
        wallet_id=bindparam("wallet_id"),
        period=bindparam("period"),
        percent=bindparam("percent"),
        account_id=bindparam("account_id"),
        opened_us=bindparam("opened_us"),
        due_us=bindparam("due_us"),
        until_us=bindparam("until_us"),
    )
    .inline()
)
_OVERTAKE: Final = Statement(
    update(alert)
    .where(
        alert.c.tenant == bindparam("tenant"),
        alert.c.wallet_id == bindparam("of_wallet"),
        alert.c.account_id == bindparam("of_account"),
        _is_open,
    )
    .values(state="ended")
)
_DUE: Final = Statement(
    select(alert)
    .where(_is_open, alert.c.due_us <= func.bursar_now())
    .order_by(alert.c.due_us)
    .limit(bindparam("count", type_=Int))
)
_OVER: Final = Statement(
    select(alert)
    .where(_is_open, alert.c.until_us <= func.bursar_now())
    .order_by(alert.c.until_us)
    .limit(bindparam("count", type_=Int))
)
_mine = (alert.c.tenant == bindparam("tenant"), alert.c.id == bindparam("alert_id"), _is_open)
_CLIMB: Final = Statement(
    update(alert)
    .where(
        *_mine,
        alert.c.step == bindparam("expected", type_=Int),
        alert.c.due_us <= func.bursar_now(),
    )
    .values(step=alert.c.step + 1, due_us=bindparam("next_us", type_=Int), snoozed_by=null())
)
_END: Final = Statement(update(alert).where(*_mine).values(state="ended"))
_UNSHARED: Final = Statement(
    select(alert)
    .where(
        alert.c.shared < literal_column("3"),
        alert.c.opened_us >= bindparam("after_us", type_=Int),
        or_(
            alert.c.opened_us > bindparam("after_us", type_=Int),
            alert.c.id > bindparam("after_id", type_=Text),
        ),
    )
    .order_by(alert.c.opened_us, alert.c.id)
    .limit(bindparam("count", type_=Int))
)
_SHARE: Final = Statement(
    update(alert)
    .where(
        alert.c.tenant == bindparam("tenant"),
        alert.c.id == bindparam("alert_id"),
        alert.c.state == bindparam("expected_state"),
        alert.c.shared == bindparam("expected", type_=Int),
        alert.c.shared_step == bindparam("expected_step", type_=Int),
    )
    .values(
        shared=bindparam("stage", type_=Int),
        shared_step=bindparam("next_step", type_=Int),
        shared_with=bindparam("channels", type_=Text),
    )
)
_LIST_OPEN: Final = Statement(
    select(alert)
    .where(alert.c.tenant == bindparam("tenant"), _is_open, _runs)
    .order_by(alert.c.opened_us.desc(), alert.c.id.desc())
    .limit(bindparam("count", type_=Int))
)
_of_wallet = (
    alert.c.tenant == bindparam("tenant"),
    alert.c.wallet_id == bindparam("of_wallet"),
    _is_open,
    _runs,
)
_ACKNOWLEDGE: Final = Statement(
    update(alert)
    .where(*_of_wallet)
    .values(
        state="acknowledged",
        answered_by=bindparam("who", type_=Text),
        answered_us=func.bursar_now(),
    )
    .returning(alert.c.id)
)
_REOPEN: Final = Statement(
    update(alert)
    .where(
        alert.c.tenant == bindparam("tenant"),
        alert.c.id == bindparam("alert_id"),
        alert.c.state == "acknowledged",
        alert.c.answered_by == bindparam("who"),
    )
    .values(state="open", answered_by=null(), answered_us=null())
)
_SNOOZE: Final = Statement(
    update(alert)
    .where(*_of_wallet)
    .values(due_us=bindparam("next_us", type_=Int), snoozed_by=bindparam("who", type_=Text))
    .returning(alert.c.id)
)
_mute = upsert(alert_mute).values(
    principal_id=bindparam("principal_id"),
    wallet_id=bindparam("wallet_id"),
    tenant=bindparam("tenant"),
    until_us=bindparam("until_us"),
    covers=bindparam("covers"),
)
_MUTE: Final = Statement(
    _mute.on_conflict_do_update(
        index_elements=[alert_mute.c.principal_id, alert_mute.c.wallet_id],
        set_={"until_us": _mute.excluded.until_us, "covers": _mute.excluded.covers},
        where=alert_mute.c.tenant == bindparam("tenant"),
    )
)
_still = or_(alert_mute.c.until_us.is_(None), alert_mute.c.until_us > func.bursar_now())
_UNMUTE: Final = Statement(
    delete(alert_mute).where(
        alert_mute.c.tenant == bindparam("tenant"),
        alert_mute.c.principal_id == bindparam("of_person"),
        alert_mute.c.wallet_id == bindparam("of_wallet"),
    )
)
_MUTES: Final = Statement(
    select(alert_mute)
    .where(
        alert_mute.c.tenant == bindparam("tenant"),
        alert_mute.c.principal_id == bindparam("of_person"),
        _still,
    )
    .order_by(alert_mute.c.wallet_id)
)
_DEAF: Final = Statement(
    select(alert_mute.c.principal_id).where(
        alert_mute.c.tenant == bindparam("tenant"),
        alert_mute.c.wallet_id == bindparam("of_wallet"),
        alert_mute.c.covers >= bindparam("least", type_=Int),
        _still,
    )
)
# Of every tenant. That a threshold was told stands with the ledger, not here.
_DROP_OLD: Final = Statement(
    delete(alert).where(
        alert.c.id.in_(old_among_oldest(alert, alert.c.opened_us, alert.c.state != "open"))
    )
)
# More than anybody reads.
_MOST_OPEN: Final = 200


class SqlAlerts:
    """The alerts of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def list_untold(self, limit: int) -> list[tuple[TenantId, int]]:
        rows = self._conn.rows(_UNTOLD, count=limit)
        return list(dict.fromkeys((TenantId(row[0]), row[1]) for row in rows))

    def take_crossings(self, account_id: int) -> list[Crossing]:
        rows = self._conn.rows(_TAKE, tenant=self._scope.tenant, account=account_id)
        taken = [
            Crossing(
                row["account_id"],
                WalletId(row["wallet_id"]),
                row["period"],
                row["percent"],
                row["used_nanos"],
                row["limit_nanos"],
            )
            for row in rows
        ]
        return sorted(taken, key=lambda one: one.percent)

    def forget_crossing(self, account_id: int, percent: int) -> bool:
        return bool(
            self._conn.run(
                _FORGET_CROSSING,
                tenant=self._scope.tenant,
                account=account_id,
                percentage=percent,
            )
        )

    def open(self, alert: Alert) -> None:
        self._conn.run(
            _OVERTAKE,
            tenant=self._scope.tenant,
            of_wallet=alert.wallet_id,
            of_account=alert.account_id,
        )
        self._conn.run(
            _OPEN,
            id=alert.id,
            tenant=self._scope.tenant,
            wallet_id=alert.wallet_id,
            period=alert.period,
            percent=alert.percent,
            account_id=alert.account_id,
            opened_us=to_us(alert.opened_at),
            due_us=_us(alert.due_at),
            until_us=_us(alert.until_at),
        )

    def list_due(self, limit: int) -> list[tuple[TenantId, Alert]]:
        rows = [*self._conn.rows(_OVER, count=limit), *self._conn.rows(_DUE, count=limit)]
        found = {row["id"]: (TenantId(row["tenant"]), _to_alert(row)) for row in rows}
        return list(found.values())

    def climb(self, alert: Alert, due_at: datetime | None) -> bool:
        return bool(
            self._conn.run(
                _CLIMB,
                tenant=self._scope.tenant,
                alert_id=alert.id,
                expected=alert.step,
                next_us=_us(due_at),
            )
        )

    def end(self, alert_id: str) -> bool:
        return bool(self._conn.run(_END, tenant=self._scope.tenant, alert_id=alert_id))

    def list_unshared(self, limit: int, after: Alert | None) -> list[tuple[TenantId, Alert]]:
        after_us, after_id = (0, "") if after is None else (to_us(after.opened_at), after.id)
        rows = self._conn.rows(_UNSHARED, count=limit, after_us=after_us, after_id=after_id)
        return [(TenantId(row["tenant"]), _to_alert(row)) for row in rows]

    def share(self, alert: Alert, stage: Stage, channels: Sequence[str]) -> bool:
        return bool(
            self._conn.run(
                _SHARE,
                tenant=self._scope.tenant,
                alert_id=alert.id,
                expected_state=alert.state,
                expected=int(alert.shared),
                expected_step=alert.shared_step,
                stage=int(stage),
                next_step=alert.step,
                channels=",".join(channels),
            )
        )

    def list_open(self) -> list[Alert]:
        rows = self._conn.rows(_LIST_OPEN, tenant=self._scope.tenant, count=_MOST_OPEN)
        return [_to_alert(row) for row in rows]

    def acknowledge(self, wallet_id: WalletId, by: PrincipalId) -> list[str]:
        rows = self._conn.rows(
            _ACKNOWLEDGE, tenant=self._scope.tenant, of_wallet=wallet_id, who=by
        )
        return sorted(row[0] for row in rows)

    def reopen(self, ids: Sequence[str], by: PrincipalId) -> int:
        return sum(
            self._conn.run(_REOPEN, tenant=self._scope.tenant, alert_id=one, who=by) for one in ids
        )

    def snooze(self, wallet_id: WalletId, until_at: datetime, by: PrincipalId) -> list[str]:
        rows = self._conn.rows(
            _SNOOZE,
            tenant=self._scope.tenant,
            of_wallet=wallet_id,
            next_us=to_us(until_at),
            who=by,
        )
        return sorted(row[0] for row in rows)

    def drop_old(self, before: datetime, limit: int) -> int:
        return self._conn.run(_DROP_OLD, before_us=to_us(before), count=limit)

    def mute(self, person_id: PrincipalId, mute: Mute) -> None:
        self._conn.run(
            _MUTE,
            tenant=self._scope.tenant,
            principal_id=person_id,
            wallet_id=mute.wallet_id,
            until_us=_us(mute.until_at),
            covers=int(mute.covers_below),
        )

    def unmute(self, person_id: PrincipalId, wallet_id: WalletId) -> bool:
        return bool(
            self._conn.run(
                _UNMUTE, tenant=self._scope.tenant, of_person=person_id, of_wallet=wallet_id
            )
        )

    def list_mutes(self, person_id: PrincipalId) -> list[Mute]:
        rows = self._conn.rows(_MUTES, tenant=self._scope.tenant, of_person=person_id)
        return [
            Mute(WalletId(row["wallet_id"]), _at(row["until_us"]), bool(row["covers"]))
            for row in rows
        ]

    def list_deaf(self, chain: Sequence[WalletId]) -> set[PrincipalId]:
        deaf: set[PrincipalId] = set()
        for step, one in enumerate(chain):
            rows = self._conn.rows(
                _DEAF, tenant=self._scope.tenant, of_wallet=one, least=min(step, 1)
            )
            deaf |= {PrincipalId(row[0]) for row in rows}
        return deaf


def _us(at: datetime | None) -> int | None:
    return None if at is None else to_us(at)


def _at(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)


def _to_alert(row: Row) -> Alert:
    state: Any = row["state"]  # Any: the table's own check says which there are
    return Alert(
        id=row["id"],
        wallet_id=WalletId(row["wallet_id"]),
        period=row["period"],
        percent=row["percent"],
        account_id=row["account_id"],
        opened_at=from_us(row["opened_us"]),
        due_at=_at(row["due_us"]),
        until_at=_at(row["until_us"]),
        state=state,
        step=row["step"],
        snoozed_by=row["snoozed_by"],
        answered_by=row["answered_by"],
        shared=Stage(row["shared"]),
        shared_step=row["shared_step"],
        shared_with=tuple(row["shared_with"].split(",")) if row["shared_with"] else (),
    )
