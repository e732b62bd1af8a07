"""What was found unusual, kept once a wallet, model and day."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.reports.anomalies import Anomaly
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.reports import anomaly

_CLAIM: Final = Statement(
    insert(anomaly)
    .values({column.name: bindparam(column.name, type_=column.type) for column in anomaly.c})
    .on_conflict_do_nothing()
    .inline()
)
_SINCE: Final = Statement(
    select(anomaly)
    .where(anomaly.c.tenant == bindparam("tenant"), anomaly.c.day >= bindparam("from_on"))
    .order_by(anomaly.c.day.desc(), anomaly.c.hour_us.desc(), anomaly.c.wallet_id, anomaly.c.model)
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
