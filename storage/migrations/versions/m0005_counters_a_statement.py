"""Move counters once a statement on PostgreSQL; SQLite knows triggers of rows only."""

from alembic import op

from storage.migrations import triggers_0001, triggers_0005

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put one trigger in the place of two."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in triggers_0005.POSTGRES_UP:
            op.execute(statement)


def downgrade() -> None:
    """Put the two triggers of a row back."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in (*triggers_0005.POSTGRES_DOWN, *triggers_0001.POSTGRES_TRANSFER):
            op.execute(statement)
