"""Sums of usage by hour, moved by the row that is summed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_ADD = """
    INSERT INTO usage_hour (tenant, wallet_id, model, hour_us, calls, cost_nanos)
    VALUES (
        NEW.tenant, NEW.wallet_id, NEW.model, NEW.at_us - NEW.at_us % 3600000000,
        1, NEW.cost_nanos
    )
    ON CONFLICT (tenant, wallet_id, model, hour_us) DO UPDATE SET
        calls = usage_hour.calls + 1,
        cost_nanos = usage_hour.cost_nanos + excluded.cost_nanos;
"""
SQLITE_UP = [f"CREATE TRIGGER usage_sums_hours AFTER INSERT ON usage BEGIN {_ADD} END"]
POSTGRES_UP = [
    f"""
    CREATE FUNCTION usage_sums_hours() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {_ADD} RETURN NULL; END
    $$
    """,
    """
    CREATE TRIGGER usage_sums_hours AFTER INSERT ON usage
    FOR EACH ROW EXECUTE FUNCTION usage_sums_hours()
    """,
]
_FILL = """
    INSERT INTO usage_hour (tenant, wallet_id, model, hour_us, calls, cost_nanos)
    SELECT
        tenant, wallet_id, model, at_us - at_us % 3600000000 AS hour_us,
        count(*), sum(cost_nanos)
    FROM usage GROUP BY 1, 2, 3, 4
"""


def upgrade() -> None:
    """Sum what was used so far, and have each new row do so from now on."""
    op.create_table(
        "usage_hour",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("wallet_id", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("hour_us", INT, autoincrement=False, nullable=False),
        sa.Column("calls", INT, nullable=False),
        sa.Column("cost_nanos", INT, nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_usage_hour_tenant")),
        sa.PrimaryKeyConstraint(
            "tenant", "wallet_id", "model", "hour_us", name=op.f("pk_usage_hour")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.execute(_FILL)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_UP if is_sqlite else POSTGRES_UP:
        op.execute(statement)


def downgrade() -> None:
    """Drop the sums; every row that they were made of is still there."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER usage_sums_hours")
    else:
        op.execute("DROP TRIGGER usage_sums_hours ON usage")
        op.execute("DROP FUNCTION usage_sums_hours()")
    op.drop_table("usage_hour")
