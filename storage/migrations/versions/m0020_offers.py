"""Buttons that each hold one stored call for one person."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "offer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("expires_us", INT, nullable=False),
        sa.Column("used_us", INT, nullable=True),
        sa.Column("outcome", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_offer_tenant")),
        sa.ForeignKeyConstraint(
            ["conversation_id", "tenant"],
            ["conversation.id", "conversation.tenant"],
            name=op.f("fk_offer_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["principal_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_offer_principal_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_offer_token_hash")),
        sqlite_strict=True,
    )
    op.create_index("ix_offer_expires_us", "offer", ["expires_us"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("offer")
