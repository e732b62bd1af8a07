"""Bills of providers that were imported, and whether their corrections were posted."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "bill_import",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Text(), nullable=False),
        sa.Column("corrections", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("imported_us", INT, nullable=False),
        sa.Column("corrected_by", sa.Text(), server_default="", nullable=False),
        sa.Column("corrected_us", INT, server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("state IN ('open', 'corrected')", name=op.f("ck_bill_import_state")),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_bill_import_tenant")),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_bill_import")),
        sa.UniqueConstraint("tenant", "ref", name=op.f("uq_bill_import_tenant_ref")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop the table; what was corrected stays in usage and ledger."""
    op.drop_table("bill_import")
