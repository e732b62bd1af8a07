"""Alerts with their ladder, and whose alerts are muted."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("state = 'open'")
_UNTOLD = sa.text("told = 0 AND wallet_id <> ''")


def upgrade() -> None:
    """Add both, empty. What was passed before anybody was told of it is no news any more."""
    op.execute("UPDATE threshold_crossing SET told = 1")
    op.create_index(
        "ix_threshold_crossing_untold",
        "threshold_crossing",
        ["told", "account_id"],
        sqlite_where=_UNTOLD,
        postgresql_where=_UNTOLD,
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("wallet_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("percent", INT, nullable=False),
        sa.Column("account_id", INT, nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'open'"), nullable=False),
        sa.Column("step", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("opened_us", INT, nullable=False),
        sa.Column("due_us", INT, nullable=True),
        sa.Column("until_us", INT, nullable=True),
        sa.Column("snoozed_by", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_us", INT, nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'acknowledged', 'ended')", name=op.f("ck_alert_state")
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_alert_tenant")),
        sa.ForeignKeyConstraint(
            ["wallet_id", "tenant"],
            ["wallet.id", "wallet.tenant"],
            name=op.f("fk_alert_wallet_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sqlite_strict=True,
    )
    op.create_index("ix_alert_wallet_id", "alert", ["wallet_id"])
    for name, columns in (
        ("ix_alert_due", ["due_us"]),
        ("ix_alert_until", ["until_us"]),
        ("ix_alert_open", ["tenant", "opened_us"]),
    ):
        op.create_index(name, "alert", columns, sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_table(
        "alert_mute",
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("wallet_id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("until_us", INT, nullable=True),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_alert_mute_tenant")),
        sa.ForeignKeyConstraint(
            ["principal_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_alert_mute_principal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["wallet_id", "tenant"],
            ["wallet.id", "wallet.tenant"],
            name=op.f("fk_alert_mute_wallet_id"),
        ),
        sa.PrimaryKeyConstraint("principal_id", "wallet_id", name=op.f("pk_alert_mute")),
        sqlite_strict=True,
    )
    op.create_index("ix_alert_mute_wallet_id", "alert_mute", ["wallet_id"])


def downgrade() -> None:
    """Take both away."""
    op.drop_table("alert_mute")
    op.drop_table("alert")
    op.drop_index("ix_threshold_crossing_untold", table_name="threshold_crossing")
