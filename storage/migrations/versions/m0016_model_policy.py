"""What a company allows of models: a pause, caps, where, and what happens with personal data."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table, empty: each company has the usual rules."""
    op.create_table(
        "model_policy",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("paused_us", INT, nullable=True),
        _text("paused_by", ""),
        *(
            sa.Column(name, INT, nullable=True)
            for name in ("turn_nanos", "person_day_nanos", "bot_day_nanos")
        ),
        _text("personal_data", "redact"),
        _text("only_hosts", "[]"),
        sa.Column("version", INT, nullable=False),
        sa.CheckConstraint(
            "personal_data IN ('warn', 'redact', 'block')",
            name=op.f("ck_model_policy_personal_data"),
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_model_policy_tenant")),
        sa.PrimaryKeyConstraint("tenant", name=op.f("pk_model_policy")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop it: an older program knows no rules."""
    op.drop_table("model_policy")


def _text(name: str, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default=sa.text(f"'{default}'"), nullable=False)
