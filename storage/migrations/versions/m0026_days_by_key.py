"""Sums of usage by day in the order of their key on SQLite, so that a month lies together."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Copy what is there into a table without row ids; PostgreSQL has no such thing."""
    _copy(has_rowid=False)


def downgrade() -> None:
    """Copy it back into a table with them."""
    _copy(has_rowid=True)


def _copy(*, has_rowid: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.create_table(
        "usage_day_new",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("tenant", "day", "wallet_id", "principal_id", "model")
        ),
        *(
            sa.Column(name, INT, nullable=False)
            for name in ("calls", "tokens_in", "tokens_out", "cost_nanos")
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_usage_day_tenant")),
        sa.PrimaryKeyConstraint(
            "tenant", "day", "wallet_id", "principal_id", "model", name=op.f("pk_usage_day")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=has_rowid,
    )
    op.execute(
        "INSERT INTO usage_day_new (tenant, day, wallet_id, principal_id, model, calls,"
        " tokens_in, tokens_out, cost_nanos)"
        " SELECT tenant, day, wallet_id, principal_id, model, calls, tokens_in, tokens_out,"
        " cost_nanos FROM usage_day ORDER BY tenant, day, wallet_id, principal_id, model"
    )
    op.drop_table("usage_day")
    op.rename_table("usage_day_new", "usage_day")
