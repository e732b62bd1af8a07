"""What a compatible server takes: how it is told a shape, what it calls the bound on tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

USUAL = {"structure": "schema", "bound": "max_tokens"}


def upgrade() -> None:
    """Add both with what most servers take."""
    for name, value in USUAL.items():
        shown = sa.text(f"'{value}'")
        op.add_column("provider", sa.Column(name, sa.Text(), server_default=shown, nullable=False))


def downgrade() -> None:
    """Take them away."""
    for name in USUAL:
        op.drop_column("provider", name)
