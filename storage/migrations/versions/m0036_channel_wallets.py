"""Of which wallets a channel that is no chat hears."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty: of all of them."""
    wallets = sa.Column("wallets", sa.Text(), server_default=sa.text("'[]'"), nullable=False)
    op.add_column("channel_rule", wallets)


def downgrade() -> None:
    """Drop the column: each channel hears of all of them again."""
    with op.batch_alter_table("channel_rule", schema=None) as batch:
        batch.drop_column("wallets")
