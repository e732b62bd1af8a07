"""What providers of models offer, as they listed it last."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, empty: the next sync fills it."""
    op.create_table(
        "model_list",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("models", sa.Text(), nullable=False),
        sa.Column("listed_us", INT, nullable=True),
        sa.Column("asked_us", INT, nullable=True),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("missing", sa.Text(), server_default="[]", nullable=False),
        sa.Column("unpriced", sa.Text(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_model_list_tenant")),
        sa.ForeignKeyConstraint(
            ["provider", "tenant"],
            ["provider.name", "provider.tenant"],
            name=op.f("fk_model_list_provider"),
        ),
        sa.PrimaryKeyConstraint("tenant", "provider", name=op.f("pk_model_list")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop the table; the next sync would fill it anew."""
    op.drop_table("model_list")
