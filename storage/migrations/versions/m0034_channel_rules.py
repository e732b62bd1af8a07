"""What a company lets go to channels that are no chats."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, empty: everything goes there."""
    op.create_table(
        "channel_rule",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("paused", INT, server_default=sa.text("0"), nullable=False),
        sa.Column("from_percent", INT, server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("paused IN (0, 1)", name=op.f("ck_channel_rule_paused")),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_channel_rule_tenant")),
        sa.PrimaryKeyConstraint("tenant", "name", name=op.f("pk_channel_rule")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("channel_rule")
