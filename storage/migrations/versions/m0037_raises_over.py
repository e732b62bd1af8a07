"""An index of raises whose end nobody has seen to, so that what it let pass is told."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

# Written out as it is asked for.
_UNSEEN = sa.text("is_ended = 0")


def upgrade() -> None:
    """Add it."""
    op.create_index(
        "ix_budget_raise_unseen",
        "budget_raise",
        ["until_us"],
        sqlite_where=_UNSEEN,
        postgresql_where=_UNSEEN,
    )


def downgrade() -> None:
    """Drop it. A raise that was seen to after its end is over for the older release too."""
    op.drop_index("ix_budget_raise_unseen", table_name="budget_raise")
    op.execute("UPDATE budget_raise SET is_ended = 1 WHERE is_ended = 2")
