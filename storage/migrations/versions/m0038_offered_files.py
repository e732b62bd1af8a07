"""Files that wait until their reader takes them."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = ("upload_url", "url_digest", "content_url", "unique_id", "given_name", "file_type")


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "offered_file",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("outbox_id", INT, nullable=False),
        sa.Column("number", INT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="offered", nullable=False),
        sa.Column("expires_us", INT, nullable=False),
        sa.Column("answered_us", INT, nullable=True),
        *(sa.Column(name, sa.Text(), server_default="", nullable=False) for name in _EMPTY),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_offered_file_tenant")),
        sa.ForeignKeyConstraint(
            ["principal_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_offered_file_principal_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offered_file")),
        sa.UniqueConstraint(
            "tenant", "outbox_id", "number", name=op.f("uq_offered_file_tenant_outbox_id_number")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_offered_file_expires_us", "offered_file", ["expires_us"])


def downgrade() -> None:
    """Drop it; what was offered must be asked for again."""
    op.drop_table("offered_file")
