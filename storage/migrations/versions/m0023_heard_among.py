"""Channels in which people wrote lately are looked up too, to read back what was missed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

INDEX = "ix_conversation_heard"
BEFORE = sa.text("is_private = 1 AND is_gone = 0")
AFTER = sa.text("is_gone = 0")


def upgrade() -> None:
    """Let the index hold what others read along, apart from what nobody does."""
    _replace(["platform", "is_private", "heard_us"], AFTER)


def downgrade() -> None:
    """Hold only what nobody else reads."""
    _replace(["platform", "heard_us"], BEFORE)


def _replace(columns: list[str], where: sa.TextClause) -> None:
    op.drop_index(INDEX, table_name="conversation")
    op.create_index(
        INDEX,
        "conversation",
        columns,
        unique=False,
        sqlite_where=where,
        postgresql_where=where,
    )
