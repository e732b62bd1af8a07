"""The table of files that wait until their reader takes them."""

from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint

from storage.tables.columns import (
    int_column,
    int_or_null,
    key_column,
    of_tenant,
    table,
    text_column,
)

# `id` goes out in the card that offers it, 128 random bits; whose it is, is looked at when it
# comes back. The bytes are block `number` of the row `outbox_id`, which may be forgotten first.
# `upload_url` is there while the file is on its way, its digest as long as the row.
offered_file = table(
    "offered_file",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("principal_id"),
    int_column("outbox_id"),
    int_column("number"),
    text_column("name"),
    text_column("state", default="offered"),
    int_column("expires_us"),
    int_or_null("answered_us"),
    text_column("upload_url", default=""),
    text_column("url_digest", default=""),
    text_column("content_url", default=""),
    text_column("unique_id", default=""),
    text_column("given_name", default=""),
    text_column("file_type", default=""),
    UniqueConstraint("tenant", "outbox_id", "number"),
    of_tenant("principal_id", "principal"),
    Index("ix_offered_file_expires_us", "expires_us"),
)
