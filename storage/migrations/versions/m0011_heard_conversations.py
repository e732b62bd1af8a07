"""What people wrote in lately is looked up, however many conversations lie behind."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

HEARD = sa.text("is_private = 1 AND is_gone = 0")


def upgrade() -> None:
    """Add the index."""
    op.create_index(
        "ix_conversation_heard",
        "conversation",
        ["platform", "heard_us"],
        unique=False,
        sqlite_where=HEARD,
        postgresql_where=HEARD,
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_conversation_heard", table_name="conversation")
