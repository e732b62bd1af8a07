"""The table of offers: buttons that each hold one stored call, mostly for one person."""

from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint

from storage.tables.columns import (
    int_column,
    int_or_null,
    key_column,
    of_tenant,
    table,
    text_column,
)

# 128 random bits, kept as a hash. `call` is JSON; `label` is what the button said. One that
# writes is used once; `outcome` is what came of it. A shared one stands where a whole chat reads.
offer = table(
    "offer",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("token_hash"),
    text_column("conversation_id"),
    text_column("principal_id"),
    text_column("label"),
    text_column("call"),
    int_column("expires_us"),
    int_or_null("used_us"),
    text_column("outcome", default=""),
    int_column("is_shared", default=0),
    UniqueConstraint("token_hash"),
    of_tenant("conversation_id", "conversation"),
    of_tenant("principal_id", "principal"),
    Index("ix_offer_expires_us", "expires_us"),
    Index("ix_offer_conversation_id", "conversation_id"),
)
