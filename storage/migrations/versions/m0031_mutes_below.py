"""Whether a mute covers what is below its wallet."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add it; what was muted before is that wallet alone, as its reader was told."""
    op.add_column(
        "alert_mute", sa.Column("covers", INT, server_default=sa.text("0"), nullable=False)
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("alert_mute", "covers")
