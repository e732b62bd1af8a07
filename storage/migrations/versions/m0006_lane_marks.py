"""What a lane committed last, so that a commit whose answer was lost can be asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of marks."""
    op.create_table(
        "lane_mark",
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("at_us", INT, nullable=False),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_lane_mark")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop it: nothing but running lanes looks at it."""
    op.drop_table("lane_mark")
