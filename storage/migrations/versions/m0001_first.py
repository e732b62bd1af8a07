"""The first schema."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import triggers_0001 as triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table, and what the database enforces by itself."""
    op.create_table(
        "audit",
        sa.Column("seq", INT, autoincrement=False, nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_head",
        sa.Column("id", INT, autoincrement=False, nullable=False),
        sa.Column("seq", INT, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
        sqlite_strict=True,
    )
    op.create_table(
        "content",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at_us", INT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content")),
        sqlite_strict=True,
    )
    op.create_table(
        "inbox",
        sa.Column("id", INT, sa.Identity(always=False), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="new", nullable=False),
        sa.Column("lease_owner", sa.Text(), server_default="", nullable=False),
        sa.Column("lease_until_us", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("attempts", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("reference", sa.Text(), server_default="", nullable=False),
        sa.Column("received_us", INT, nullable=False),
        sa.Column("done_us", INT, nullable=True),
        sa.CheckConstraint(
            "state IN ('new', 'leased', 'done', 'dead')", name=op.f("ck_inbox_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "platform", "account", "dedupe_key", name=op.f("uq_inbox_platform_account_dedupe_key")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_inbox_state", "inbox", ["state", "lane", "id"], unique=False)
    op.create_table(
        "open_hold",
        sa.Column("hold_id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("grp", sa.Text(), nullable=False),
        sa.Column("expires_us", INT, nullable=False),
        sa.PrimaryKeyConstraint("hold_id", "tenant", name=op.f("pk_open_hold")),
        sqlite_strict=True,
    )
    op.create_index("ix_open_hold_expires_us", "open_hold", ["expires_us"], unique=False)
    op.create_index("ix_open_hold_grp", "open_hold", ["grp"], unique=False)
    op.create_table(
        "tenant",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_us", INT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant")),
        sa.UniqueConstraint("name", name=op.f("uq_tenant_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "account",
        sa.Column("id", INT, sa.Identity(always=False), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("cr", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("dr", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("held", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("moved", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("overdraft", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("floor", INT, nullable=True),
        sa.CheckConstraint(
            "floor IS NOT NULL OR kind IN ('source', 'sink', 'overrun')",
            name=op.f("ck_account_bottom"),
        ),
        sa.CheckConstraint(
            "kind IN ('budget', 'quota', 'source', 'sink', 'overrun')",
            name=op.f("ck_account_kind"),
        ),
        sa.CheckConstraint("cr BETWEEN 0 AND 4611686018427387904", name=op.f("ck_account_cr")),
        sa.CheckConstraint("dr BETWEEN 0 AND 4611686018427387904", name=op.f("ck_account_dr")),
        sa.CheckConstraint(
            "floor IS NULL OR cr - dr - held >= floor", name=op.f("ck_account_floor")
        ),
        sa.CheckConstraint("held BETWEEN 0 AND 4611686018427387904", name=op.f("ck_account_held")),
        sa.CheckConstraint("moved BETWEEN 0 AND dr", name=op.f("ck_account_moved")),
        sa.CheckConstraint("overdraft >= 0", name=op.f("ck_account_overdraft")),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_account_tenant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint(
            "tenant",
            "kind",
            "owner",
            "unit",
            "period",
            name=op.f("uq_account_tenant_kind_owner_unit_period"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "change",
        sa.Column("id", INT, sa.Identity(always=False), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("step", INT, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("undo", sa.Text(), nullable=True),
        sa.Column("undone_us", INT, nullable=True),
        sa.Column("at_us", INT, nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_change_tenant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("proposal_id", "step", name=op.f("uq_change_proposal_id_step")),
        sqlite_strict=True,
    )
    op.create_index("ix_change_principal_id", "change", ["principal_id", "id"], unique=False)
    op.create_table(
        "principal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("home_wallet_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("created_us", INT, nullable=False),
        sa.CheckConstraint("state IN ('active', 'disabled')", name=op.f("ck_principal_state")),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_principal_tenant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_principal")),
        sa.UniqueConstraint("id", "tenant", name=op.f("uq_principal_id_tenant")),
        sa.UniqueConstraint("tenant", "handle", name=op.f("uq_principal_tenant_handle")),
        sqlite_strict=True,
    )
    op.create_table(
        "usage",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("wallet_id", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("tokens_in", INT, nullable=False),
        sa.Column("tokens_out", INT, nullable=False),
        sa.Column("cost_nanos", INT, nullable=False),
        sa.Column("price_version", sa.Text(), nullable=False),
        sa.Column("is_estimated", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("at_us", INT, nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_usage_tenant")),
        sa.PrimaryKeyConstraint("id", "tenant", name=op.f("pk_usage")),
        sqlite_strict=True,
    )
    op.create_index("ix_usage_tenant", "usage", ["tenant", "at_us"], unique=False)
    op.create_table(
        "usage_day",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("wallet_id", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("calls", INT, nullable=False),
        sa.Column("tokens_in", INT, nullable=False),
        sa.Column("tokens_out", INT, nullable=False),
        sa.Column("cost_nanos", INT, nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_usage_day_tenant")),
        sa.PrimaryKeyConstraint(
            "tenant", "day", "wallet_id", "principal_id", "model", name=op.f("pk_usage_day")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "wallet",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("cost_centre", sa.Text(), nullable=True),
        sa.Column("thresholds", sa.Text(), server_default="[80,90,95]", nullable=False),
        sa.Column("overdraft_percent", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("created_us", INT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('organisation', 'team', 'project', 'person', 'key')",
            name=op.f("ck_wallet_kind"),
        ),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_wallet_state")),
        sa.CheckConstraint(
            "overdraft_percent BETWEEN 0 AND 100", name=op.f("ck_wallet_overdraft")
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_wallet_parent")),
        sa.ForeignKeyConstraint(
            ["parent_id", "tenant"],
            ["wallet.id", "wallet.tenant"],
            name=op.f("fk_wallet_parent_id"),
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_wallet_tenant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wallet")),
        sa.UniqueConstraint("id", "tenant", name=op.f("uq_wallet_id_tenant")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_wallet_open_name",
        "wallet",
        ["tenant", "name_key"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "budget_raise",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("wallet_id", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("amount_nanos", INT, nullable=False),
        sa.Column("from_us", INT, nullable=False),
        sa.Column("until_us", INT, nullable=False),
        sa.CheckConstraint("amount_nanos > 0", name=op.f("ck_budget_raise_amount")),
        sa.CheckConstraint("until_us >= from_us", name=op.f("ck_budget_raise_order")),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_budget_raise_tenant")),
        sa.ForeignKeyConstraint(
            ["wallet_id", "tenant"],
            ["wallet.id", "wallet.tenant"],
            name=op.f("fk_budget_raise_wallet_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant", name=op.f("pk_budget_raise")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_budget_raise_wallet_id",
        "budget_raise",
        ["wallet_id", "span", "until_us"],
        unique=False,
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("preset", sa.Text(), server_default="chat", nullable=False),
        sa.Column("topic_wallet_id", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("created_us", INT, nullable=False),
        sa.ForeignKeyConstraint(
            ["principal_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_conversation_principal_id"),
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_conversation_tenant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("id", "tenant", name=op.f("uq_conversation_id_tenant")),
        sa.UniqueConstraint(
            "tenant",
            "platform",
            "chat",
            "thread",
            "principal_id",
            name=op.f("uq_conversation_tenant_platform_chat_thread_principal_id"),
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_conversation_principal_id", "conversation", ["principal_id"], unique=False)
    op.create_table(
        "identity",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("linked_us", INT, nullable=False),
        sa.ForeignKeyConstraint(
            ["principal_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_identity_principal_id"),
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_identity_tenant")),
        sa.PrimaryKeyConstraint("platform", "account", "external_id", name=op.f("pk_identity")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_identity_principal_id"), "identity", ["principal_id"], unique=False)
    op.create_table(
        "lapsing",
        sa.Column("seq", INT, autoincrement=False, nullable=False),
        sa.Column("account_id", INT, nullable=False),
        sa.Column("amount", INT, nullable=False),
        sa.Column("ends_us", INT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_lapsing_account_id")
        ),
        sa.PrimaryKeyConstraint("seq", "account_id", name=op.f("pk_lapsing")),
        sqlite_strict=True,
    )
    op.create_index("ix_lapsing_account_id", "lapsing", ["account_id", "ends_us"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("requester_id", sa.Text(), nullable=False),
        sa.Column("calls", sa.Text(), nullable=False),
        sa.Column("tier", INT, nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("version", INT, server_default=sa.text("1"), nullable=False),
        sa.Column("preview", sa.Text(), server_default="{}", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_us", INT, nullable=False),
        sa.Column("expires_us", INT, nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_us", INT, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reminded", INT, server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("kind IN ('draft', 'request')", name=op.f("ck_proposal_kind")),
        sa.CheckConstraint(
            "state IN ('pending', 'confirmed', 'executed', 'failed', 'discarded', 'expired', 'superseded')",
            name=op.f("ck_proposal_state"),
        ),
        sa.ForeignKeyConstraint(
            ["requester_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_proposal_requester_id"),
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_proposal_tenant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("id", "tenant", name=op.f("uq_proposal_id_tenant")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_proposal_expiry",
        "proposal",
        ["expires_us"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_proposal_pending",
        "proposal",
        ["conversation_id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("ix_proposal_ref", "proposal", ["tenant", "ref"], unique=False)
    op.create_index(
        "one_open_ref",
        "proposal",
        ["tenant", "kind", "ref"],
        unique=True,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "role_grant",
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("wallet_id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("given_us", INT, nullable=False),
        sa.CheckConstraint(
            "role IN ('owner', 'admin', 'finance', 'lead', 'member', 'viewer')",
            name=op.f("ck_role_grant_role"),
        ),
        sa.ForeignKeyConstraint(
            ["principal_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_role_grant_principal_id"),
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_role_grant_tenant")),
        sa.PrimaryKeyConstraint("principal_id", "role", "wallet_id", name=op.f("pk_role_grant")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_role_grant_tenant"), "role_grant", ["tenant"], unique=False)
    op.create_table(
        "threshold_crossing",
        sa.Column("account_id", INT, nullable=False),
        sa.Column("percent", INT, nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("wallet_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("used_nanos", INT, nullable=False),
        sa.Column("limit_nanos", INT, nullable=False),
        sa.Column("at_us", INT, nullable=False),
        sa.Column("told", INT, server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_threshold_crossing_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant"], ["tenant.id"], name=op.f("fk_threshold_crossing_tenant")
        ),
        sa.PrimaryKeyConstraint("account_id", "percent", name=op.f("pk_threshold_crossing")),
        sqlite_strict=True,
    )
    op.create_table(
        "transfer",
        sa.Column("seq", INT, sa.Identity(always=False), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("grp", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("dr_acc", INT, nullable=False),
        sa.Column("cr_acc", INT, nullable=False),
        sa.Column("amount", INT, nullable=False),
        sa.Column("hold_id", sa.Text(), nullable=True),
        sa.Column("expires_us", INT, nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("at_us", INT, nullable=False),
        sa.CheckConstraint(
            "(kind IN ('post', 'void', 'expire')) = (hold_id IS NOT NULL)",
            name=op.f("ck_transfer_resolves"),
        ),
        sa.CheckConstraint(
            "kind <> 'hold' OR expires_us IS NOT NULL", name=op.f("ck_transfer_hold_ends")
        ),
        sa.CheckConstraint(
            "kind IN ('transfer', 'move', 'hold', 'post', 'void', 'expire')",
            name=op.f("ck_transfer_kind"),
        ),
        sa.CheckConstraint(
            "amount BETWEEN 1 AND 1000000000000000000", name=op.f("ck_transfer_amount")
        ),
        sa.CheckConstraint("dr_acc <> cr_acc", name=op.f("ck_transfer_sides")),
        sa.ForeignKeyConstraint(["cr_acc"], ["account.id"], name=op.f("fk_transfer_cr_acc")),
        sa.ForeignKeyConstraint(["dr_acc"], ["account.id"], name=op.f("fk_transfer_dr_acc")),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_transfer_tenant")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_transfer")),
        sa.UniqueConstraint("id", "tenant", name=op.f("uq_transfer_id_tenant")),
        sqlite_strict=True,
    )
    op.create_index("ix_transfer_grp", "transfer", ["grp"], unique=False)
    op.create_index(
        "one_resolution",
        "transfer",
        ["hold_id", "tenant"],
        unique=True,
        sqlite_where=sa.text("hold_id IS NOT NULL"),
        postgresql_where=sa.text("hold_id IS NOT NULL"),
    )
    op.create_table(
        "wallet_limit",
        sa.Column("wallet_id", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("amount_nanos", INT, nullable=False),
        sa.CheckConstraint(
            "span IN ('day', 'week', 'month', 'total')", name=op.f("ck_wallet_limit_span")
        ),
        sa.CheckConstraint(
            "amount_nanos BETWEEN 0 AND 1000000000000000000", name=op.f("ck_wallet_limit_amount")
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_wallet_limit_tenant")),
        sa.ForeignKeyConstraint(
            ["wallet_id", "tenant"],
            ["wallet.id", "wallet.tenant"],
            name=op.f("fk_wallet_limit_wallet_id"),
        ),
        sa.PrimaryKeyConstraint("wallet_id", "span", name=op.f("pk_wallet_limit")),
        sqlite_strict=True,
    )
    op.create_table(
        "button",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("version", INT, nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("used_us", INT, nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id", "tenant"],
            ["proposal.id", "proposal.tenant"],
            name=op.f("fk_button_proposal_id"),
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_button")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_button_proposal_id"), "button", ["proposal_id"], unique=False)
    op.create_table(
        "card",
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("version", INT, nullable=False),
        sa.Column("shown_us", INT, nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id", "tenant"],
            ["proposal.id", "proposal.tenant"],
            name=op.f("fk_card_proposal_id"),
        ),
        sa.PrimaryKeyConstraint("proposal_id", "conversation_id", name=op.f("pk_card")),
        sqlite_strict=True,
    )
    op.create_index("ix_card_conversation_id", "card", ["conversation_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", INT, sa.Identity(always=False), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("class", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), server_default="", nullable=False),
        sa.Column("reference", sa.Text(), server_default="", nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("attempts", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("not_before_us", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("platform_msg_id", sa.Text(), server_default="", nullable=False),
        sa.Column("queued_us", INT, nullable=False),
        sa.Column("sent_us", INT, nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'ambiguous', 'dead')",
            name=op.f("ck_outbox_state"),
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id", "tenant"],
            ["conversation.id", "conversation.tenant"],
            name=op.f("fk_outbox_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_strict=True,
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "conversation_id", "id"], unique=False)

    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in triggers.SQLITE_UP if is_sqlite else triggers.POSTGRES_UP:
        op.execute(statement)


def downgrade() -> None:
    """Drop everything."""
    op.drop_index("ix_outbox_state", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index("ix_card_conversation_id", table_name="card")
    op.drop_table("card")
    op.drop_index(op.f("ix_button_proposal_id"), table_name="button")
    op.drop_table("button")
    op.drop_table("wallet_limit")
    op.drop_index(
        "one_resolution",
        table_name="transfer",
        sqlite_where=sa.text("hold_id IS NOT NULL"),
        postgresql_where=sa.text("hold_id IS NOT NULL"),
    )
    op.drop_index("ix_transfer_grp", table_name="transfer")
    op.drop_table("transfer")
    op.drop_table("threshold_crossing")
    op.drop_index(op.f("ix_role_grant_tenant"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index(
        "one_open_ref",
        table_name="proposal",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index("ix_proposal_ref", table_name="proposal")
    op.drop_index(
        "ix_proposal_pending",
        table_name="proposal",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index(
        "ix_proposal_expiry",
        table_name="proposal",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_table("proposal")
    op.drop_index("ix_lapsing_account_id", table_name="lapsing")
    op.drop_table("lapsing")
    op.drop_index(op.f("ix_identity_principal_id"), table_name="identity")
    op.drop_table("identity")
    op.drop_index("ix_conversation_principal_id", table_name="conversation")
    op.drop_table("conversation")
    op.drop_index("ix_budget_raise_wallet_id", table_name="budget_raise")
    op.drop_table("budget_raise")
    op.drop_index(
        "ix_wallet_open_name",
        table_name="wallet",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_table("wallet")
    op.drop_table("usage_day")
    op.drop_index("ix_usage_tenant", table_name="usage")
    op.drop_table("usage")
    op.drop_table("principal")
    op.drop_index("ix_change_principal_id", table_name="change")
    op.drop_table("change")
    op.drop_table("account")
    op.drop_table("tenant")
    op.drop_index("ix_open_hold_grp", table_name="open_hold")
    op.drop_index("ix_open_hold_expires_us", table_name="open_hold")
    op.drop_table("open_hold")
    op.drop_index("ix_inbox_state", table_name="inbox")
    op.drop_table("inbox")
    op.drop_table("content")
    op.drop_table("audit_head")
    op.drop_table("audit")

    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in triggers.SQLITE_DOWN if is_sqlite else triggers.POSTGRES_DOWN:
        op.execute(statement)
