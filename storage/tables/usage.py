"""The tables of what calls used, each and in sums by day and by hour."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint

from storage.tables.columns import Int, int_column, key_column, table, text_column

# One row a model call. `cost_nanos` is what was settled, overrun included.
usage = table(
    "usage",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    text_column("wallet_id"),
    text_column("principal_id"),
    text_column("feature"),
    text_column("provider"),
    text_column("model"),
    int_column("tokens_in"),
    int_column("tokens_out"),
    int_column("cost_nanos"),
    text_column("price_version"),
    int_column("is_estimated", default=0),
    int_column("at_us"),
    int_column("tokens_cached", default=0),
    int_column("tokens_reasoning", default=0),
    int_column("estimate_nanos", default=0),
    int_column("attempt", default=1),
    text_column("reason", default=""),
    int_column("latency_ms", default=0),
    Index("ix_usage_tenant", "tenant", "at_us"),
)
# Kept in the transaction that writes `usage`; `day` is the tenant's local date, as ISO text.
usage_day = table(
    "usage_day",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    key_column("day"),
    key_column("wallet_id"),
    key_column("principal_id"),
    key_column("model"),
    int_column("calls"),
    int_column("tokens_in"),
    int_column("tokens_out"),
    int_column("cost_nanos"),
    is_by_key=True,
)
# Moved by a trigger of the row in `usage`, so that no path can write one without the other.
# `hour_us` is the first instant of an hour of UTC. Of calls alone: what a bill corrected was spent
# at no hour.
usage_hour = table(
    "usage_hour",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    key_column("wallet_id"),
    key_column("model"),
    Column("hour_us", Int, primary_key=True, autoincrement=False),
    int_column("calls"),
    int_column("cost_nanos"),
    is_by_key=True,
)
# Bills of providers, by the digest of their file. `corrections` is JSON: what would make our
# figures theirs, and who bears it.
bill_import = table(
    "bill_import",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    key_column("id"),
    text_column("ref"),
    text_column("provider"),
    text_column("from_on"),
    text_column("until_on"),
    text_column("corrections"),
    text_column("state", default="open"),
    int_column("imported_us"),
    text_column("corrected_by", default=""),
    int_column("corrected_us", default=0),
    UniqueConstraint("tenant", "ref"),
    CheckConstraint("state IN ('open', 'corrected')", name="state"),
)
