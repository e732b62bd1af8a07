"""Quiet hours of people, and messages that wait for their end."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns: nobody has quiet hours, nothing waits for them."""
    for name in ("quiet_from", "quiet_until"):
        column = sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False)
        op.add_column("principal", column)
    op.add_column(
        "outbox", sa.Column("held_until_us", INT, server_default=sa.text("0"), nullable=False)
    )


def downgrade() -> None:
    """Take them away; what waited is sent."""
    op.drop_column("outbox", "held_until_us")
    for name in ("quiet_until", "quiet_from"):
        op.drop_column("principal", name)
