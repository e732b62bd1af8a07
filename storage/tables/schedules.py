"""The tables of what Bursar does by itself, and of each time it did."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Text, UniqueConstraint, text

from storage.tables.columns import (
    int_column,
    int_or_null,
    key_column,
    of_tenant,
    table,
    text_column,
    text_or_null,
)

_ACTIVE = text("state = 'active'")
_OPEN = text("state = 'open'")

# `rule` is the text of a recurrence, in `zone`. `next_on` and `next_us` are its next occasion,
# and `planned_us` when that was found: later than now, if the clock was ahead then. `told` is what
# its job keeps of what it told last.
schedule = table(
    "schedule",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("kind"),
    text_column("subject"),
    text_or_null("owner_id"),
    text_column("rule"),
    text_column("zone"),
    int_column("grace_us"),
    text_column("catch_up"),
    text_column("state", default="active"),
    text_or_null("next_on"),
    int_or_null("next_us"),
    int_column("planned_us"),
    int_or_null("last_us"),
    text_column("last_result", default=""),
    text_column("told", default=""),
    CheckConstraint("state IN ('active', 'paused', 'over')", name="state"),
    CheckConstraint("catch_up IN ('one', 'none')", name="catch_up"),
    CheckConstraint("(state = 'active') = (next_us IS NOT NULL)", name="next"),
    UniqueConstraint("tenant", "kind", "subject"),
    UniqueConstraint("id", "tenant"),
    of_tenant("owner_id", "principal"),
    Index("ix_schedule_owner", "owner_id", "tenant"),
    Index(
        "ix_schedule_due",
        "next_us",
        "kind",
        sqlite_where=_ACTIVE,
        postgresql_where=_ACTIVE,
    ),
)
# One occasion of a schedule, claimed by who could write its row: `occasion` is the local date, or
# the instant of what comes once or was asked for. `fence` rises with each claim; what a process
# that lost it would still write is refused.
schedule_run = table(
    "schedule_run",
    key_column("id"),
    Column("schedule_id", Text, nullable=False),
    text_column("tenant"),
    text_column("kind"),
    text_column("occasion"),
    text_column("local_on"),
    int_column("at_us"),
    int_column("is_by_hand", default=0),
    text_column("state", default="open"),
    text_column("owner", default=""),
    int_column("fence", default=0),
    int_column("lease_until_us", default=0),
    text_column("result", default=""),
    int_or_null("done_us"),
    CheckConstraint("state IN ('open', 'done', 'missed', 'failed')", name="state"),
    UniqueConstraint("schedule_id", "occasion"),
    UniqueConstraint("schedule_id", "at_us"),
    of_tenant("schedule_id", "schedule"),
    Index("ix_schedule_run_tenant", "tenant", "at_us"),
    Index(
        "ix_schedule_run_open",
        "lease_until_us",
        "kind",
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    # One at a time: what is not done yet is not begun again beside itself.
    Index(
        "one_open_run",
        "schedule_id",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
)
