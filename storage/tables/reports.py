"""The tables of what Bursar found in the usage."""

from sqlalchemy import Column, ForeignKey

from storage.tables.columns import int_column, key_column, table, text_column

# One a wallet, model and local date, so that several processes tell it once. `basis` is what the
# hour was compared with.
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
)
