"""An index of tasks that are over, so that what is old of them is found at night."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_OVER = sa.text("state IN ('done', 'cancelled')")


def upgrade() -> None:
    """Add it."""
    op.create_index(
        "ix_task_over",
        "task",
        ["tenant", "changed_us"],
        sqlite_where=_OVER,
        postgresql_where=_OVER,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_task_over", table_name="task")
