"""Conversations can go: what names one is found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_SHOWN = sa.text("card <> '' AND platform_msg_id <> ''")


def upgrade() -> None:
    """Index offers by their conversation, and messages all instead of shown cards alone."""
    op.create_index("ix_offer_conversation_id", "offer", ["conversation_id"], unique=False)
    op.drop_index("ix_outbox_shown", table_name="outbox")
    op.create_index("ix_outbox_shown", "outbox", ["conversation_id", "card", "id"], unique=False)


def downgrade() -> None:
    """Index as before."""
    op.drop_index("ix_outbox_shown", table_name="outbox")
    op.create_index(
        "ix_outbox_shown",
        "outbox",
        ["conversation_id", "card", "id"],
        unique=False,
        sqlite_where=_SHOWN,
        postgresql_where=_SHOWN,
    )
    op.drop_index("ix_offer_conversation_id", table_name="offer")
