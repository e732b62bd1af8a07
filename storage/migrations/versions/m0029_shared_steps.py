"""Which step of an alert, and what is unusual, channels that are no chats were told."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KNOWN = """
UPDATE alert SET shared_with = 'email,webhook,pagerduty', shared_step = step WHERE shared > 0
"""
_RUNS = sa.text("over_us IS NULL")
_UNSHARED = sa.text("shared < 3")


def upgrade() -> None:
    """Add it: every channel knows of what was shared, and what was found before is over."""
    for name in ("alert", "anomaly"):
        op.add_column(name, sa.Column("shared_with", sa.Text(), server_default="", nullable=False))
    op.add_column("alert", _count("shared_step"))
    op.execute(_KNOWN)
    op.add_column("anomaly", sa.Column("answered_by", sa.Text(), nullable=True))
    op.add_column("anomaly", sa.Column("over_us", INT, nullable=True))
    op.add_column("anomaly", _count("shared"))
    op.execute("UPDATE anomaly SET shared = 3, over_us = found_us")
    op.create_index(
        "ix_anomaly_runs", "anomaly", ["tenant"], sqlite_where=_RUNS, postgresql_where=_RUNS
    )
    op.create_index(
        "ix_anomaly_unshared",
        "anomaly",
        ["found_us"],
        sqlite_where=_UNSHARED,
        postgresql_where=_UNSHARED,
    )


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, INT, server_default=sa.text("0"), nullable=False)


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_anomaly_unshared", table_name="anomaly")
    op.drop_index("ix_anomaly_runs", table_name="anomaly")
    for name in ("shared", "over_us", "answered_by", "shared_with"):
        op.drop_column("anomaly", name)
    for name in ("shared_step", "shared_with"):
        op.drop_column("alert", name)
