"""The tables of what Bursar found in the usage."""

from sqlalchemy import Column, ForeignKey, Index, text

from storage.tables.columns import (
    int_column,
    int_or_null,
    key_column,
    table,
    text_column,
    text_or_null,
)

# One a wallet, model and local date, so that several processes tell it once. `basis` is what the
# hour was compared with; `over_us` is when it was not unusual any more. `shared` is what channels
# that are no chats were told: see `bot.alerts.model.Stage`.
anomaly = table(
    "anomaly",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    key_column("day"),
    key_column("wallet_id"),
    key_column("model"),
    int_column("hour_us"),
    int_column("spent_nanos"),
    int_column("low_nanos"),
    int_column("high_nanos"),
    text_column("basis"),
    int_column("since_us"),
    int_column("since_nanos"),
    text_column("principal_id"),
    int_column("person_nanos"),
    int_column("found_us"),
    text_or_null("answered_by"),
    int_or_null("over_us"),
    int_column("shared", default=0),
    text_column("shared_with", default=""),
)
_RUNS = text("over_us IS NULL")
Index("ix_anomaly_runs", anomaly.c.tenant, sqlite_where=_RUNS, postgresql_where=_RUNS)
_UNSHARED = text("shared < 3")
Index(
    "ix_anomaly_unshared",
    anomaly.c.found_us,
    sqlite_where=_UNSHARED,
    postgresql_where=_UNSHARED,
)
