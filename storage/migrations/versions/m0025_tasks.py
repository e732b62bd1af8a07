"""What people have to do."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables, empty."""
    op.create_table(
        "task",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("number", INT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_us", INT, nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("snoozed_us", INT, nullable=True),
        sa.Column("told_us", INT, nullable=True),
        sa.Column("version", INT, server_default=sa.text("1"), nullable=False),
        sa.Column("created_us", INT, nullable=False),
        sa.Column("changed_us", INT, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'inbox', 'done', 'cancelled')", name=op.f("ck_task_state")
        ),
        sa.CheckConstraint("rule IS NULL OR due_us IS NOT NULL", name=op.f("ck_task_rule")),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_task_tenant")),
        sa.ForeignKeyConstraint(
            ["principal_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_task_principal_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "tenant", "principal_id", "number", name=op.f("uq_task_tenant_principal_id_number")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_task_person", "task", ["principal_id", "state", "due_us"])
    op.create_table(
        "task_count",
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("last", INT, nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_task_count_tenant")),
        sa.ForeignKeyConstraint(
            ["principal_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_task_count_principal_id"),
        ),
        sa.PrimaryKeyConstraint("principal_id", name=op.f("pk_task_count")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Take both away."""
    op.drop_table("task_count")
    op.drop_table("task")
