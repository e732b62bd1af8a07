"""What is kept of talks where a model reads, and what people may have erased."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add both tables, empty, and find a person's words behind the chain."""
    op.create_table(
        "kept_turn",
        sa.Column("id", INT, autoincrement=False, nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("answered", sa.Text(), nullable=False),
        sa.Column("read_by", sa.Text(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("wallet_id", sa.Text(), nullable=True),
        sa.Column("at_us", INT, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "tenant"],
            ["conversation.id", "conversation.tenant"],
            name="fk_kept_turn_conversation_id",
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name="fk_kept_turn_tenant"),
        sa.PrimaryKeyConstraint("id", name="pk_kept_turn"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_kept_turn_talk",
        "kept_turn",
        ["tenant", "conversation_id", "id", "principal_id"],
    )
    op.create_index("ix_kept_turn_person", "kept_turn", ["principal_id", "at_us"])
    op.create_index("ix_kept_turn_at", "kept_turn", ["tenant", "at_us"])
    op.create_table(
        "summary",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("wallets", sa.Text(), nullable=False),
        sa.Column("turns", INT, nullable=False),
        sa.Column("since_us", INT, nullable=False),
        sa.Column("until_us", INT, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "tenant"],
            ["conversation.id", "conversation.tenant"],
            name="fk_summary_conversation_id",
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name="fk_summary_tenant"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_summary"),
        sqlite_strict=True,
    )
    op.create_index("ix_summary_person", "summary", ["principal_id"])
    op.create_index("ix_summary_until", "summary", ["tenant", "until_us"])
    kept = sa.text("body <> ''")
    op.create_index(
        "ix_content_person",
        "content",
        ["principal_id"],
        sqlite_where=kept,
        postgresql_where=kept,
    )


def downgrade() -> None:
    """Take them away, with all that was kept."""
    op.drop_index("ix_content_person", table_name="content")
    op.drop_table("summary")
    op.drop_table("kept_turn")
