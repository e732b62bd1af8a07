"""When people first said yes to a change: until then they are new to it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column, with what is known of drafts that were confirmed before."""
    op.add_column(
        "principal", sa.Column("confirmed_us", INT, server_default=sa.text("0"), nullable=False)
    )
    op.execute(
        "UPDATE principal SET confirmed_us = coalesce((SELECT min(p.decided_us) FROM proposal p"
        " WHERE p.decided_by = principal.id AND p.tenant = principal.tenant"
        " AND p.state = 'executed'), 0)"
    )
    # Nothing read it: which preset holds follows from who writes where.
    op.drop_column("conversation", "preset")


def downgrade() -> None:
    """Take it away."""
    op.add_column(
        "conversation",
        sa.Column("preset", sa.Text(), server_default="chat", nullable=False),
    )
    op.drop_column("principal", "confirmed_us")
