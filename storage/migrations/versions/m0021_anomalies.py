"""Hours of unusual spend, each told once a wallet, model and day."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBERS = ("spent_nanos", "low_nanos", "high_nanos", "since_us", "since_nanos", "person_nanos")


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "anomaly",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("tenant", "day", "wallet_id", "model", "basis", "principal_id")
        ),
        *(sa.Column(name, INT, nullable=False) for name in ("hour_us", *NUMBERS, "found_us")),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_anomaly_tenant")),
        sa.PrimaryKeyConstraint("tenant", "day", "wallet_id", "model", name=op.f("pk_anomaly")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop it: what was told once may be told again."""
    op.drop_table("anomaly")
