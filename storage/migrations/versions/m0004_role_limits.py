"""How much a role may do at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table. Without a row everybody may do what their roles allow, as before."""
    op.create_table(
        "role_limit",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.Column("amount_nanos", INT, nullable=False),
        sa.CheckConstraint("role IN ('finance', 'lead')", name=op.f("ck_role_limit_role")),
        sa.CheckConstraint(
            "permission IN ('request.decide', 'budget.raise', 'budget.move', 'wallet.limit')",
            name=op.f("ck_role_limit_permission"),
        ),
        sa.CheckConstraint(
            "amount_nanos BETWEEN 1 AND 1000000000000000000", name=op.f("ck_role_limit_amount")
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_role_limit_tenant")),
        sa.PrimaryKeyConstraint("tenant", "role", "permission", name=op.f("pk_role_limit")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop it, limits and all: what they bounded is as wide as the roles again."""
    op.drop_table("role_limit")
