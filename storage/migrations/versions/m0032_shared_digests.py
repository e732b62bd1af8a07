"""Digests that a whole chat reads, buttons for all of it, and what a schedule told last."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, empty, and the columns: every button so far is one person's."""
    op.create_table(
        "shared_digest",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("wallets", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_shared_digest_tenant")),
        sa.ForeignKeyConstraint(
            ["conversation_id", "tenant"],
            ["conversation.id", "conversation.tenant"],
            name=op.f("fk_shared_digest_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_digest")),
        sa.UniqueConstraint(
            "tenant", "platform", "chat", name=op.f("uq_shared_digest_tenant_platform_chat")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_shared_digest_conversation_id", "shared_digest", ["conversation_id"])
    op.add_column(
        "offer", sa.Column("is_shared", INT, server_default=sa.text("0"), nullable=False)
    )
    op.add_column("schedule", sa.Column("told", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Drop them; chats are told nothing any more."""
    op.execute("DELETE FROM schedule_run WHERE kind = 'shared_digest'")
    op.execute("DELETE FROM schedule WHERE kind = 'shared_digest'")
    op.execute("DELETE FROM offer WHERE is_shared = 1")
    op.drop_column("schedule", "told")
    op.drop_column("offer", "is_shared")
    op.drop_table("shared_digest")
