"""Whether a temporary raise was ended before its time, so that it is ended once."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the mark; raises that were ended earlier have their end behind them."""
    op.add_column(
        "budget_raise",
        sa.Column("is_ended", INT, server_default=sa.text("0"), nullable=False),
    )


def downgrade() -> None:
    """Take the mark away."""
    op.drop_column("budget_raise", "is_ended")
