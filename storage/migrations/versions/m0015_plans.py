"""The plan of a person, and how fast they go."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''"))


def _int(name: str) -> "sa.Column[int]":
    return sa.Column(name, INT, nullable=False, server_default=sa.text("0"))


def upgrade() -> None:
    """Add both: nobody was put on a plan, nobody was counted."""
    op.add_column("principal", _text("plan"))
    op.create_table(
        "pace",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        _text("messages"),
        _text("writes"),
        _int("cooled_until_us"),
        _text("cause"),
        _int("swallowed"),
        sa.PrimaryKeyConstraint("tenant", "principal_id", name="pk_pace"),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name="fk_pace_tenant"),
        sa.ForeignKeyConstraint(
            ["principal_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name="fk_pace_principal_id",
        ),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("pace")
    op.drop_column("principal", "plan")
