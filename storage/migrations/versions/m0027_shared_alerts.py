"""What channels that are no chats were told of an alert."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UNSHARED = sa.text("shared < 3")


def upgrade() -> None:
    """Add it; nothing was told before."""
    op.add_column("alert", sa.Column("shared", INT, server_default=sa.text("0"), nullable=False))
    op.create_index(
        "ix_alert_unshared",
        "alert",
        ["opened_us"],
        sqlite_where=_UNSHARED,
        postgresql_where=_UNSHARED,
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_alert_unshared", table_name="alert")
    op.drop_column("alert", "shared")
