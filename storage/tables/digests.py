"""The table of digests that a whole chat reads."""

from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint

from storage.tables.columns import key_column, of_tenant, table, text_column

# One a chat. `conversation_id` is that of who ordered it there; `wallets` is a JSON list. When it
# comes stands in `schedule`, with this id as its subject.
shared_digest = table(
    "shared_digest",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("platform"),
    text_column("chat"),
    text_column("conversation_id"),
    text_column("wallets"),
    UniqueConstraint("tenant", "platform", "chat"),
    of_tenant("conversation_id", "conversation"),
    Index("ix_shared_digest_conversation_id", "conversation_id"),
)
