"""Sums of usage by hour are of calls alone: what a bill corrected was spent at no hour."""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

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
_FILL = """
    INSERT INTO usage_hour (tenant, wallet_id, model, hour_us, calls, cost_nanos)
    SELECT
        tenant, wallet_id, model, at_us - at_us % 3600000000 AS hour_us,
        count(*), sum(cost_nanos)
    FROM usage WHERE GROUP BY 1, 2, 3, 4
"""
_IS_CALL = "feature <> 'correction'"


def upgrade() -> None:
    """Sum calls only, from now on and of what is there."""
    _sum_where(f"WHEN (NEW.{_IS_CALL})", f"WHERE {_IS_CALL}")


def downgrade() -> None:
    """Sum every row again."""
    _sum_where("", "")


def _sum_where(when: str, where: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER usage_sums_hours")
        op.execute(
            f"CREATE TRIGGER usage_sums_hours AFTER INSERT ON usage {when} BEGIN {_ADD} END"
        )
    else:
        op.execute("DROP TRIGGER usage_sums_hours ON usage")
        op.execute(
            "CREATE TRIGGER usage_sums_hours AFTER INSERT ON usage FOR EACH ROW"
            f" {when} EXECUTE FUNCTION usage_sums_hours()"
        )
    op.execute("DELETE FROM usage_hour")
    op.execute(_FILL.replace("WHERE", where))
