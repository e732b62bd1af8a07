"""Several accounts a person, people who are not of the company yet, and looking back."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FAILED = sa.text("state IN ('dead', 'ambiguous')")
_INDEXES = (
    ("ix_proposal_made", ["tenant", "kind", "created_us"]),
    ("ix_proposal_requester", ["tenant", "requester_id", "created_us"]),
    ("ix_proposal_wallet", ["tenant", "wallet_id", "created_us"]),
)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, INT, server_default=sa.text("0"), nullable=False)


def upgrade() -> None:
    """Add link tokens and guests, and say of each request which wallet it is for."""
    op.create_table(
        "link_token",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_us", INT, nullable=False),
        sa.Column("expires_us", INT, nullable=False),
        sa.Column("used_us", INT, nullable=True),
        *(_text(name) for name in ("platform", "account", "external_id", "name")),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_link_token_tenant")),
        sa.ForeignKeyConstraint(
            ["principal_id", "tenant"],
            ["principal.id", "principal.tenant"],
            name=op.f("fk_link_token_principal_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_token_hash")),
        sqlite_strict=True,
    )
    op.add_column("identity", _text("name"))
    op.add_column("principal", _number("is_guest"))
    op.add_column("principal", _number("greeted_us"))
    op.add_column("proposal", sa.Column("wallet_id", sa.Text(), nullable=True))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    asked_for = "calls ->> '$.{}'" if is_sqlite else "calls::json ->> '{}'"
    op.execute(
        f"UPDATE proposal SET wallet_id = coalesce({asked_for.format('wallet_id')},"  # noqa: S608  # constants
        f" {asked_for.format('to_wallet_id')}) WHERE kind = 'request'"
    )
    for name, columns in _INDEXES:
        op.create_index(name, "proposal", columns)
    op.create_index(
        "ix_outbox_failed",
        "outbox",
        ["tenant", "id"],
        sqlite_where=_FAILED,
        postgresql_where=_FAILED,
    )


def downgrade() -> None:
    """Take it all away again; guests stay behind as people without a role."""
    op.drop_index(
        "ix_outbox_failed", table_name="outbox", sqlite_where=_FAILED, postgresql_where=_FAILED
    )
    for name, _ in _INDEXES:
        op.drop_index(name, table_name="proposal")
    op.drop_column("proposal", "wallet_id")
    for column in ("greeted_us", "is_guest"):
        op.drop_column("principal", column)
    op.drop_column("identity", "name")
    op.drop_table("link_token")
