"""What tokens cost that a provider puts into its cache, where a company says so itself."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column; nothing in it is the price of what is only read."""
    op.add_column("model_price", sa.Column("to_cache_nanos", INT, nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("model_price", "to_cache_nanos")
