"""The tables of alerts, and of whose are muted."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, text

from storage.tables.columns import (
    int_column,
    int_or_null,
    key_column,
    of_tenant,
    table,
    text_column,
    text_or_null,
)

# `step` counts the rungs climbed, `due_us` is the next one's time; `until_us` the period's end.
alert = table(
    "alert",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("wallet_id"),
    text_column("period"),
    int_column("percent"),
    int_column("account_id"),
    text_column("state", default="open"),
    int_column("step", default=0),
    int_column("opened_us"),
    int_or_null("due_us"),
    int_or_null("until_us"),
    text_or_null("snoozed_by"),
    text_or_null("answered_by"),
    int_or_null("answered_us"),
    # What channels that are no chats were told: see `bot.alerts.model.Stage`.
    int_column("shared", default=0),
    int_column("shared_step", default=0),
    text_column("shared_with", default=""),
    of_tenant("wallet_id", "wallet"),
    CheckConstraint("state IN ('open', 'acknowledged', 'ended')", name="state"),
    Index("ix_alert_wallet_id", "wallet_id"),
)
_OPEN = text("state = 'open'")
Index("ix_alert_due", alert.c.due_us, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("ix_alert_until", alert.c.until_us, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index(
    "ix_alert_open", alert.c.tenant, alert.c.opened_us, sqlite_where=_OPEN, postgresql_where=_OPEN
)
_UNSHARED = text("shared < 3")
Index(
    "ix_alert_unshared",
    alert.c.opened_us,
    sqlite_where=_UNSHARED,
    postgresql_where=_UNSHARED,
)
# What somebody hears nothing of; NULL is for good. `covers` is 1 where that is so of the wallets
# below too.
alert_mute = table(
    "alert_mute",
    key_column("principal_id"),
    key_column("wallet_id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    int_or_null("until_us"),
    int_column("covers", default=0),
    of_tenant("principal_id", "principal"),
    of_tenant("wallet_id", "wallet"),
    Index("ix_alert_mute_wallet_id", "wallet_id"),
)
# What a company lets go to a channel that is no chat; without a row, everything. `wallets` is a
# JSON list; an empty one is all of them.
channel_rule = table(
    "channel_rule",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    key_column("name"),
    int_column("paused", default=0),
    int_column("from_percent", default=0),
    text_column("wallets", default="[]"),
    CheckConstraint("paused IN (0, 1)", name="paused"),
)
