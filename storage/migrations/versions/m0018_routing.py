"""Rules about which models are asked, where providers are, and what was left out of a choice."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_TAKE_OUT_SQLITE = (
    "UPDATE model_call SET route = substr(route, instr(route, '\"routes\":') + 9,"
    " length(route) - instr(route, '\"routes\":') - 9)"
)
_TAKE_OUT_POSTGRES = (
    "UPDATE model_call SET route = substr(route, position('\"routes\":' in route) + 9,"
    " length(route) - position('\"routes\":' in route) - 9)"
)
INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add both, empty; what was chosen before gets the shape that it is kept in now."""
    op.create_table(
        "routing_rules",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("version", INT, autoincrement=False, nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("at_us", INT, nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_routing_rules_tenant")),
        sa.PrimaryKeyConstraint("tenant", "version", name=op.f("pk_routing_rules")),
        sqlite_strict=True,
    )
    op.add_column(
        "provider", sa.Column("region", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.create_index("ix_model_call_asked", "model_call", ["tenant", "principal_id", "begun_us"])
    op.execute("UPDATE model_call SET route = '{\"routes\":' || route || '}'")


def downgrade() -> None:
    """Take both away; a choice keeps its models and nothing else."""
    # The list of models stands last in the object.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(_TAKE_OUT_SQLITE if is_sqlite else _TAKE_OUT_POSTGRES)
    op.drop_index("ix_model_call_asked", table_name="model_call")
    op.drop_column("provider", "region")
    op.drop_table("routing_rules")
