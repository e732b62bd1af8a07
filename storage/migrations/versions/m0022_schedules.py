"""What Bursar does by itself, and each time it did."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add both tables, empty."""
    op.create_table(
        "schedule",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("grace_us", INT, nullable=False),
        sa.Column("catch_up", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("next_on", sa.Text(), nullable=True),
        sa.Column("next_us", INT, nullable=True),
        sa.Column("planned_us", INT, nullable=False),
        sa.Column("last_us", INT, nullable=True),
        sa.Column("last_result", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'paused', 'over')", name=op.f("ck_schedule_state")
        ),
        sa.CheckConstraint("catch_up IN ('one', 'none')", name=op.f("ck_schedule_catch_up")),
        sa.CheckConstraint(
            "(state = 'active') = (next_us IS NOT NULL)", name=op.f("ck_schedule_next")
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_schedule_tenant")),
        sa.ForeignKeyConstraint(
            ["owner_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_schedule_owner_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sa.UniqueConstraint(
            "tenant", "kind", "subject", name=op.f("uq_schedule_tenant_kind_subject")
        ),
        sa.UniqueConstraint("id", "tenant", name=op.f("uq_schedule_id_tenant")),
        sqlite_strict=True,
    )
    active, open_ = sa.text("state = 'active'"), sa.text("state = 'open'")
    op.create_index("ix_schedule_owner", "schedule", ["owner_id", "tenant"])
    op.create_index(
        "ix_schedule_due",
        "schedule",
        ["next_us", "kind"],
        sqlite_where=active,
        postgresql_where=active,
    )
    op.create_table(
        "schedule_run",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("schedule_id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("local_on", sa.Text(), nullable=False),
        sa.Column("at_us", INT, nullable=False),
        sa.Column("is_by_hand", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("fence", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until_us", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("done_us", INT, nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'missed', 'failed')", name=op.f("ck_schedule_run_state")
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id", "tenant"],
            ["schedule.id", "schedule.tenant"],
            name=op.f("fk_schedule_run_schedule_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_run")),
        sa.UniqueConstraint(
            "schedule_id", "occasion", name=op.f("uq_schedule_run_schedule_id_occasion")
        ),
        sa.UniqueConstraint(
            "schedule_id", "at_us", name=op.f("uq_schedule_run_schedule_id_at_us")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_schedule_run_tenant", "schedule_run", ["tenant", "at_us"])
    op.create_index(
        "ix_schedule_run_open",
        "schedule_run",
        ["lease_until_us", "kind"],
        sqlite_where=open_,
        postgresql_where=open_,
    )
    op.create_index(
        "one_open_run",
        "schedule_run",
        ["schedule_id"],
        unique=True,
        sqlite_where=open_,
        postgresql_where=open_,
    )


def downgrade() -> None:
    """Take them away, with all that was planned."""
    op.drop_table("schedule_run")
    op.drop_table("schedule")
