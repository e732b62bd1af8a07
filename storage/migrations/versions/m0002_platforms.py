"""Chats of real platforms: who reads along, how to write there, and what became of a message."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SHOWN = sa.text("card <> '' AND platform_msg_id <> ''")


def _flag(name: str, default: str = "0") -> "sa.Column[int]":
    return sa.Column(name, INT, server_default=sa.text(default), nullable=False)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def upgrade() -> None:
    """Add what is known of a chat and of a message on its way."""
    for column in (
        _flag("is_private", "1"),
        _text("external_id"),
        _text("address"),
        _flag("heard_us"),
        _flag("is_gone"),
    ):
        op.add_column("conversation", column)
    op.add_column("outbox", _flag("was_tried"))
    op.add_column("outbox", _text("why"))
    op.create_index(
        "ix_outbox_shown",
        "outbox",
        ["conversation_id", "card", "id"],
        sqlite_where=_SHOWN,
        postgresql_where=_SHOWN,
    )


def downgrade() -> None:
    """Take it all away again; cards that hang are then shown anew and not edited."""
    op.drop_index(
        "ix_outbox_shown", table_name="outbox", sqlite_where=_SHOWN, postgresql_where=_SHOWN
    )
    for column in ("was_tried", "why"):
        op.drop_column("outbox", column)
    for column in ("is_private", "external_id", "address", "heard_us", "is_gone"):
        op.drop_column("conversation", column)
