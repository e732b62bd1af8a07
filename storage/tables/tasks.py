"""The tables of what people have to do."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)

from storage.tables.columns import (
    int_column,
    int_or_null,
    key_column,
    of_tenant,
    table,
    text_column,
    text_or_null,
)

_OVER = text("state IN ('done', 'cancelled')")

# `number` is what its person calls it. `rule` is the text of a recurrence, in `zone`; `due_us` its
# present occasion. `salt` is that of the digest which the audit log has of `text`.
task = table(
    "task",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("principal_id"),
    int_column("number"),
    text_column("text"),
    Column("salt", LargeBinary, nullable=False),
    text_column("state"),
    int_or_null("due_us"),
    text_or_null("rule"),
    text_column("zone"),
    int_or_null("snoozed_us"),
    int_or_null("told_us"),
    int_column("version", default=1),
    int_column("created_us"),
    int_column("changed_us"),
    CheckConstraint("state IN ('open', 'inbox', 'done', 'cancelled')", name="state"),
    CheckConstraint("rule IS NULL OR due_us IS NOT NULL", name="rule"),
    UniqueConstraint("tenant", "principal_id", "number"),
    of_tenant("principal_id", "principal"),
    Index("ix_task_person", "principal_id", "state", "due_us"),
    Index("ix_task_over", "tenant", "changed_us", sqlite_where=_OVER, postgresql_where=_OVER),
)
# The number that a person's last task got, so that none is used twice.
task_count = table(
    "task_count",
    key_column("principal_id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    int_column("last"),
    of_tenant("principal_id", "principal"),
)
