"""The tables of conversations, of what comes in and goes out, and of what was said."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)

from storage.tables.columns import (
    Int,
    int_column,
    int_or_null,
    key_column,
    of_tenant,
    serial_column,
    table,
    text_column,
    text_or_null,
)

# Tenant + platform + chat + thread + person: nothing is looked up without that key.
conversation = table(
    "conversation",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("platform"),
    text_column("chat"),
    text_column("thread"),
    text_column("principal_id"),
    text_or_null("topic_wallet_id"),
    # What the bot asked and waits to hear, as JSON; what it refused last, for `why`.
    text_or_null("question"),
    text_or_null("refusal"),
    int_column("created_us"),
    # Whether nobody else reads along; who the person is there; what the adapter needs to write.
    int_column("is_private", default=1),
    text_column("external_id", default=""),
    text_column("address", default=""),
    # When they wrote last, to the hour, and whether nothing arrives there any more.
    int_column("heard_us", default=0),
    int_column("is_gone", default=0),
    UniqueConstraint("tenant", "platform", "chat", "thread", "principal_id"),
    UniqueConstraint("id", "tenant"),
    of_tenant("principal_id", "principal"),
    Index("ix_conversation_principal_id", "principal_id"),
)
# Where people wrote, with nobody reading along or not, latest first.
_HEARD = text("is_gone = 0")
Index(
    "ix_conversation_heard",
    conversation.c.platform,
    conversation.c.is_private,
    conversation.c.heard_us,
    sqlite_where=_HEARD,
    postgresql_where=_HEARD,
)
inbox = table(
    "inbox",
    serial_column("id"),
    text_column("platform"),
    text_column("account"),
    text_column("dedupe_key"),
    # Who orders what: messages of one lane are taken one after the other.
    text_column("lane"),
    text_column("person"),
    text_column("payload"),
    text_column("state", default="new"),
    text_column("lease_owner", default=""),
    int_column("lease_until_us", default=0),
    int_column("attempts", default=0),
    text_column("reference", default=""),
    int_column("received_us"),
    int_or_null("done_us"),
    UniqueConstraint("platform", "account", "dedupe_key"),
    CheckConstraint("state IN ('new', 'leased', 'done', 'dead')", name="state"),
)
# By state first, and of every row: SQLite would not see that a statement asks only for what a
# partial index holds, and would read every message that there ever was.
Index("ix_inbox_state", inbox.c.state, inbox.c.lane, inbox.c.id)
outbox = table(
    "outbox",
    serial_column("id"),
    text_column("tenant"),
    text_column("conversation_id"),
    text_column("platform"),
    # reply, card, receipt, alert: how much a second copy or a lost one would matter.
    text_column("class"),
    # The card that a message edits, empty for a message of its own.
    text_column("card", default=""),
    text_column("reference", default=""),
    text_column("payload"),
    text_column("state", default="queued"),
    int_column("attempts", default=0),
    int_column("not_before_us", default=0),
    # The end of its reader's quiet hours; until then it holds up nothing that comes after it.
    int_column("held_until_us", default=0),
    text_column("platform_msg_id", default=""),
    # Handed over once without an answer: it may have arrived.
    int_column("was_tried", default=0),
    # The code of why it was not sent, for those who look after it.
    text_column("why", default=""),
    int_column("queued_us"),
    int_or_null("sent_us"),
    CheckConstraint("state IN ('queued', 'sending', 'sent', 'ambiguous', 'dead')", name="state"),
    of_tenant("conversation_id", "conversation"),
)
Index("ix_outbox_state", outbox.c.state, outbox.c.conversation_id, outbox.c.id)
# What did not arrive, for those who look after it.
_FAILED = text("state IN ('dead', 'ambiguous')")
Index(
    "ix_outbox_failed",
    outbox.c.tenant,
    outbox.c.id,
    sqlite_where=_FAILED,
    postgresql_where=_FAILED,
)
# Which message a card is, so that the next one of its name edits it; of every row, so that a
# conversation can go without all messages being looked through.
Index("ix_outbox_shown", outbox.c.conversation_id, outbox.c.card, outbox.c.id)
# What people wrote, kept apart from the chain, which holds only a salted digest of it.
content = table(
    "content",
    key_column("id"),
    text_column("tenant"),
    text_column("principal_id"),
    Column("salt", LargeBinary, nullable=False),
    text_column("body"),
    int_column("at_us"),
)
# What may still be erased.
_KEPT = text("body <> ''")
Index(
    "ix_content_person",
    content.c.principal_id,
    sqlite_where=_KEPT,
    postgresql_where=_KEPT,
)
# What was said in a conversation where a model reads, as short as it may be; `id` is the
# message's in the inbox. `actions` is a JSON list of names.
kept_turn = table(
    "kept_turn",
    Column("id", Int, primary_key=True, autoincrement=False),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("conversation_id"),
    text_column("principal_id"),
    text_column("said"),
    text_column("answered"),
    text_column("read_by"),
    text_column("actions"),
    text_or_null("wallet_id"),
    int_column("at_us"),
    of_tenant("conversation_id", "conversation"),
    Index("ix_kept_turn_talk", "tenant", "conversation_id", "id", "principal_id"),
    Index("ix_kept_turn_person", "principal_id", "at_us"),
    Index("ix_kept_turn_at", "tenant", "at_us"),
)
# What turns came to that are not kept any more: in a model's words, and counted by action where
# none was asked (JSON). `wallets` is a JSON list, latest first.
summary = table(
    "summary",
    key_column("conversation_id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("principal_id"),
    text_column("text"),
    text_column("counts"),
    text_column("wallets"),
    int_column("turns"),
    int_column("since_us"),
    int_column("until_us"),
    of_tenant("conversation_id", "conversation"),
    Index("ix_summary_person", "principal_id"),
    Index("ix_summary_until", "tenant", "until_us"),
)
