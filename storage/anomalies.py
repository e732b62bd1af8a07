"""What was found unusual, kept once a wallet, model and day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import Text, and_, bindparam, delete, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.alerts.model import Stage
from bot.clock import from_us, to_us
from bot.ids import PrincipalId, TenantId, WalletId
from bot.reports.anomalies import Anomaly, KeptAnomaly
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.reports import anomaly

_LATER: Final = frozenset({"answered_by", "over_us", "shared", "shared_with"})
_CLAIM: Final = Statement(
    insert(anomaly)
    .values(
        {
            column.name: bindparam(column.name, type_=column.type)
            for column in anomaly.c
            if column.name not in _LATER
        }
    )
    .on_conflict_do_nothing()
    .inline()
)
_SINCE: Final = Statement(
    select(anomaly)
    .where(anomaly.c.tenant == bindparam("tenant"), anomaly.c.day >= bindparam("from_on"))
    .order_by(anomaly.c.day.desc(), anomaly.c.hour_us.desc(), anomaly.c.wallet_id, anomaly.c.model)
)
_runs = anomaly.c.over_us.is_(None)
_RUNNING: Final = Statement(
    select(anomaly)
    .where(anomaly.c.tenant == bindparam("tenant"), _runs)
    .order_by(anomaly.c.day, anomaly.c.wallet_id, anomaly.c.model)
)
_this = (
    anomaly.c.tenant == bindparam("tenant"),
    anomaly.c.day == bindparam("of_day"),
    anomaly.c.wallet_id == bindparam("of_wallet"),
    anomaly.c.model == bindparam("of_model"),
)
_END: Final = Statement(
    update(anomaly).where(*_this, _runs).values(over_us=bindparam("ended_us", type_=Int))
)
_ACKNOWLEDGE: Final = Statement(
    update(anomaly)
    .where(
        anomaly.c.tenant == bindparam("tenant"),
        anomaly.c.wallet_id == bindparam("of_wallet"),
        _runs,
        anomaly.c.answered_by.is_(None),
    )
    .values(answered_by=bindparam("who", type_=Text))
)
_UNSEEN_TO: Final = Statement(
    select(anomaly.c.wallet_id)
    .where(
        anomaly.c.tenant == bindparam("tenant"),
        anomaly.c.wallet_id == bindparam("of_wallet"),
        _runs,
        anomaly.c.answered_by.is_(None),
    )
    .limit(1)
)
# Written out, so that SQLite sees that the partial index holds all that is asked for.
_UNSHARED: Final = Statement(
    select(anomaly)
    .where(
        anomaly.c.shared < literal_column("3"),
        anomaly.c.found_us > literal_column("0"),
        # As `KeptAnomaly.stage` has it: those that have no news stand before none that has.
        or_(
            anomaly.c.shared < int(Stage.triggered),
            and_(anomaly.c.answered_by.is_not(None), anomaly.c.shared < int(Stage.acknowledged)),
            anomaly.c.over_us.is_not(None),
        ),
    )
    .order_by(anomaly.c.found_us, anomaly.c.wallet_id, anomaly.c.model)
    .limit(bindparam("count", type_=Int))
)
_SHARE: Final = Statement(
    update(anomaly)
    .where(
        *_this,
        anomaly.c.shared == bindparam("expected", type_=Int),
    )
    .values(
        shared=bindparam("stage", type_=Int),
        shared_with=bindparam("channels", type_=Text),
    )
)
# A day at a time, the oldest of which one is over: a row for each wallet and model at most.
_gone = anomaly.alias("gone")
_DROP_OLD: Final = Statement(
    delete(anomaly).where(
        anomaly.c.tenant == bindparam("tenant"),
        anomaly.c.day
        == select(func.min(_gone.c.day))
        .where(
            _gone.c.tenant == bindparam("tenant"),
            _gone.c.day < bindparam("before_on", type_=Text),
            _gone.c.over_us.is_not(None),
        )
        .scalar_subquery(),
        anomaly.c.over_us.is_not(None),
    )
)


class SqlAnomalies:
    """What was found unusual in the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def claim(self, found: Anomaly, at: datetime) -> bool:
        # The key decides: of several that find the same at once, one inserts.
        return bool(
            self._conn.run(
                _CLAIM,
                tenant=self._scope.tenant,
                day=found.day.isoformat(),
                wallet_id=found.wallet_id,
                model=found.model,
                hour_us=to_us(found.hour_at),
                spent_nanos=found.spent_nanos,
                low_nanos=found.low_nanos,
                high_nanos=found.high_nanos,
                basis=found.basis,
                since_us=to_us(found.since_at),
                since_nanos=found.since_nanos,
                principal_id=found.person_id,
                person_nanos=found.person_nanos,
                found_us=to_us(at),
            )
        )

    def list_since(self, from_on: date) -> list[Anomaly]:
        rows = self._conn.rows(_SINCE, tenant=self._scope.tenant, from_on=from_on.isoformat())
        return [_to_anomaly(row) for row in rows]

    def list_running(self) -> list[Anomaly]:
        rows = self._conn.rows(_RUNNING, tenant=self._scope.tenant)
        return [_to_anomaly(row) for row in rows]

    def end(self, found: Anomaly, at: datetime) -> bool:
        return bool(self._conn.run(_END, ended_us=to_us(at), **self._key_of(found)))

    def acknowledge(self, wallet_id: WalletId, by: PrincipalId) -> int:
        return self._conn.run(_ACKNOWLEDGE, tenant=self._scope.tenant, of_wallet=wallet_id, who=by)

    def has_unseen_to(self, wallet_id: WalletId) -> bool:
        row = self._conn.row(_UNSEEN_TO, tenant=self._scope.tenant, of_wallet=wallet_id)
        return row is not None

    def drop_old(self, before: date) -> int:
        return self._conn.run(_DROP_OLD, tenant=self._scope.tenant, before_on=before.isoformat())

    def list_unshared(self, limit: int) -> list[tuple[TenantId, KeptAnomaly]]:
        rows = self._conn.rows(_UNSHARED, count=limit)
        return [(TenantId(row["tenant"]), _to_kept(row)) for row in rows]

    def share(self, kept: KeptAnomaly, channels: Sequence[str]) -> bool:
        # The one that was told of decides: of several that tell at once, one finds it as it was.
        return bool(
            self._conn.run(
                _SHARE,
                expected=int(kept.shared),
                stage=int(kept.stage),
                channels=",".join(channels),
                **self._key_of(kept.found),
            )
        )

    def _key_of(self, found: Anomaly) -> dict[str, object]:
        return {
            "tenant": self._scope.tenant,
            "of_day": found.day.isoformat(),
            "of_wallet": found.wallet_id,
            "of_model": found.model,
        }


def _to_kept(row: Row) -> KeptAnomaly:
    return KeptAnomaly(
        found=_to_anomaly(row),
        is_answered=row["answered_by"] is not None,
        is_over=row["over_us"] is not None,
        shared=Stage(row["shared"]),
        shared_with=tuple(row["shared_with"].split(",")) if row["shared_with"] else (),
    )


def _to_anomaly(row: Row) -> Anomaly:
    return Anomaly(
        wallet_id=row["wallet_id"],
        model=row["model"],
        day=date.fromisoformat(row["day"]),
        hour_at=from_us(row["hour_us"]),
        spent_nanos=row["spent_nanos"],
        low_nanos=row["low_nanos"],
        high_nanos=row["high_nanos"],
        basis=row["basis"],
        since_at=from_us(row["since_us"]),
        since_nanos=row["since_nanos"],
        person_id=row["principal_id"],
        person_nanos=row["person_nanos"],
    )
