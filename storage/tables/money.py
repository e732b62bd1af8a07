"""The tables of wallets, limits and the ledger."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

from storage.tables.columns import (
    CAP,
    Int,
    int_column,
    int_or_null,
    key_column,
    of_tenant,
    serial_column,
    table,
    text_column,
    text_or_null,
)

wallet = table(
    "wallet",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_or_null("parent_id"),
    text_column("kind"),
    text_column("name"),
    # Case-folded and without marks, so that two names that read alike cannot stand side by side.
    text_column("name_key"),
    text_or_null("cost_centre"),
    text_column("thresholds", default="[80,90,95]"),
    int_column("overdraft_percent", default=0),
    text_column("state", default="open"),
    int_column("created_us"),
    CheckConstraint("kind IN ('organisation', 'team', 'project', 'person', 'key')", name="kind"),
    CheckConstraint("state IN ('open', 'closed')", name="state"),
    CheckConstraint("overdraft_percent BETWEEN 0 AND 100", name="overdraft"),
    CheckConstraint("parent_id <> id", name="parent"),
    UniqueConstraint("id", "tenant"),
    of_tenant("parent_id", "wallet"),
    changes_seldom=True,
)
Index(
    "ix_wallet_open_name",
    wallet.c.tenant,
    wallet.c.name_key,
    unique=True,
    sqlite_where=wallet.c.state == "open",
    postgresql_where=wallet.c.state == "open",
)
# What a wallet may spend in a window; the account of a period takes it over when it is opened.
wallet_limit = table(
    "wallet_limit",
    key_column("wallet_id"),
    key_column("span"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    int_column("amount_nanos"),
    of_tenant("wallet_id", "wallet"),
    CheckConstraint("amount_nanos BETWEEN 0 AND 1000000000000000000", name="amount"),
    CheckConstraint("span IN ('day', 'week', 'month', 'total')", name="span"),
    changes_seldom=True,
)
# A temporary raise. Accounts of periods that it reaches into are credited with it until it ends.
budget_raise = table(
    "budget_raise",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    text_column("wallet_id"),
    text_column("span"),
    int_column("amount_nanos"),
    int_column("from_us"),
    int_column("until_us"),
    # 1 where it was ended before its time, and stays so when the clock is set back to before that;
    # 2 where somebody has seen to what its end let pass.
    int_column("is_ended", default=0),
    of_tenant("wallet_id", "wallet"),
    CheckConstraint("amount_nanos > 0", name="amount"),
    CheckConstraint("until_us >= from_us", name="order"),
    Index("ix_budget_raise_wallet_id", "wallet_id", "span", "until_us"),
    changes_seldom=True,
)
_UNSEEN = budget_raise.c.is_ended == literal_column("0")
Index(
    "ix_budget_raise_unseen",
    budget_raise.c.until_us,
    sqlite_where=_UNSEEN,
    postgresql_where=_UNSEEN,
)
# `cr - dr - held` is what is free. Counters change only through rows of `transfer` (triggers).
# `floor` is NULL where an account has no bottom: sources, sinks, overruns.
account = table(
    "account",
    serial_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("unit"),
    text_column("kind"),
    text_column("owner"),
    text_column("period"),
    int_column("cr", default=0),
    int_column("dr", default=0),
    int_column("held", default=0),
    # The part of `dr` that was credit handed on or taken back, not spent.
    int_column("moved", default=0),
    # What may be drawn beyond the credit before a new debit is refused.
    int_column("overdraft", default=0),
    int_or_null("floor"),
    CheckConstraint(f"cr BETWEEN 0 AND {CAP}", name="cr"),
    CheckConstraint(f"dr BETWEEN 0 AND {CAP}", name="dr"),
    CheckConstraint(f"held BETWEEN 0 AND {CAP}", name="held"),
    CheckConstraint("moved BETWEEN 0 AND dr", name="moved"),
    CheckConstraint("overdraft >= 0", name="overdraft"),
    CheckConstraint("floor IS NULL OR cr - dr - held >= floor", name="floor"),
    CheckConstraint("kind IN ('budget', 'quota', 'source', 'sink', 'overrun')", name="kind"),
    CheckConstraint("floor IS NOT NULL OR kind IN ('source', 'sink', 'overrun')", name="bottom"),
    UniqueConstraint("tenant", "kind", "owner", "unit", "period"),
)
# One row carries both sides, so an unbalanced entry cannot be written. No UPDATE, no DELETE.
transfer = table(
    "transfer",
    serial_column("seq"),
    text_column("id"),
    text_column("grp"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("kind"),
    Column("dr_acc", ForeignKey("account.id"), nullable=False),
    Column("cr_acc", ForeignKey("account.id"), nullable=False),
    int_column("amount"),
    Column("hold_id", Text, nullable=True),
    # The end of a hold; of a temporary raise's credit, from when on it no longer counts.
    int_or_null("expires_us"),
    text_column("actor"),
    text_column("cause"),
    int_column("at_us"),
    # Keys come from callers, so that two tenants may well choose the same one.
    UniqueConstraint("id", "tenant"),
    CheckConstraint("kind IN ('transfer', 'move', 'hold', 'post', 'void', 'expire')", name="kind"),
    CheckConstraint("amount BETWEEN 1 AND 1000000000000000000", name="amount"),
    CheckConstraint("dr_acc <> cr_acc", name="sides"),
    CheckConstraint(
        "(kind IN ('post', 'void', 'expire')) = (hold_id IS NOT NULL)", name="resolves"
    ),
    CheckConstraint("kind <> 'hold' OR expires_us IS NOT NULL", name="hold_ends"),
    Index("ix_transfer_grp", "grp"),
)
# A hold resolves once, whatever races.
Index(
    "one_resolution",
    transfer.c.hold_id,
    transfer.c.tenant,
    unique=True,
    sqlite_where=transfer.c.hold_id.is_not(None),
    postgresql_where=transfer.c.hold_id.is_not(None),
)
# Credit with an end, by trigger: what of an account's credit stops counting when. What takes such
# credit back stands here below zero.
lapsing = table(
    "lapsing",
    Column("seq", Int, primary_key=True, autoincrement=False),
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    int_column("amount"),
    int_column("ends_us"),
    Index("ix_lapsing_account_id", "account_id", "ends_us"),
)
# Holds that are not resolved yet: the reaper's list, emptied by trigger with each resolution.
open_hold = table(
    "open_hold",
    key_column("hold_id"),
    key_column("tenant"),
    text_column("grp"),
    int_column("expires_us"),
    is_by_key=True,
)
# `told` is set by whoever tells it; a quota's has no wallet and is told in the turn.
threshold_crossing = table(
    "threshold_crossing",
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("percent", Int, primary_key=True),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("wallet_id"),
    text_column("period"),
    int_column("used_nanos"),
    int_column("limit_nanos"),
    int_column("at_us"),
    int_column("told", default=0),
)
_UNTOLD = text("told = 0 AND wallet_id <> ''")
Index(
    "ix_threshold_crossing_untold",
    threshold_crossing.c.told,
    threshold_crossing.c.account_id,
    sqlite_where=_UNTOLD,
    postgresql_where=_UNTOLD,
)
