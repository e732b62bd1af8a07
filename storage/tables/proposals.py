"""The tables of proposals, their cards and buttons, and of changes that can be undone."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Text, UniqueConstraint, text

from storage.tables.columns import (
    int_column,
    int_or_null,
    key_column,
    of_tenant,
    serial_column,
    table,
    text_column,
    text_or_null,
)

# `kind` draft: the asker's own yes commits it. request: somebody else's does.
proposal = table(
    "proposal",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("kind"),
    text_column("ref"),
    text_column("conversation_id"),
    text_column("requester_id"),
    text_column("calls"),
    int_column("tier"),
    text_column("state", default="pending"),
    int_column("version", default=1),
    text_column("preview", default="{}"),
    text_or_null("reason"),
    int_column("created_us"),
    int_column("expires_us"),
    text_or_null("decided_by"),
    int_or_null("decided_us"),
    # The code of how it ended (rejected, cancelled, insufficient_funds ...) and what was said.
    text_or_null("outcome"),
    text_or_null("note"),
    int_column("reminded", default=0),
    # The wallet that a request would give to.
    text_or_null("wallet_id"),
    CheckConstraint("kind IN ('draft', 'request')", name="kind"),
    CheckConstraint(
        "state IN ('pending', 'confirmed', 'executed', 'failed', 'discarded', 'expired',"
        " 'superseded')",
        name="state",
    ),
    Index("ix_proposal_ref", "tenant", "ref"),
    Index("ix_proposal_made", "tenant", "kind", "created_us"),
    Index("ix_proposal_requester", "tenant", "requester_id", "created_us"),
    Index("ix_proposal_wallet", "tenant", "wallet_id", "created_us"),
    UniqueConstraint("id", "tenant"),
    of_tenant("requester_id", "principal"),
)
_PENDING = text("state = 'pending'")
# References are short, so they come back; never while one is still waited for.
Index(
    "one_open_ref",
    proposal.c.tenant,
    proposal.c.kind,
    proposal.c.ref,
    unique=True,
    sqlite_where=_PENDING,
    postgresql_where=_PENDING,
)
Index(
    "ix_proposal_pending",
    proposal.c.conversation_id,
    sqlite_where=_PENDING,
    postgresql_where=_PENDING,
)
Index(
    "ix_proposal_expiry",
    proposal.c.expires_us,
    sqlite_where=_PENDING,
    postgresql_where=_PENDING,
)
# Where a proposal's card hangs, so that every copy closes. `version` is the one shown there.
card = table(
    "card",
    key_column("proposal_id"),
    key_column("conversation_id"),
    text_column("tenant"),
    int_column("version"),
    int_column("shown_us"),
    of_tenant("proposal_id", "proposal"),
    Index("ix_card_conversation_id", "conversation_id"),
)
# A button: 128 random bits, kept as a hash, for one proposal, version, choice and conversation.
button = table(
    "button",
    key_column("token_hash"),
    Column("proposal_id", Text, nullable=False, index=True),
    text_column("tenant"),
    text_column("conversation_id"),
    int_column("version"),
    text_column("choice"),
    int_or_null("used_us"),
    of_tenant("proposal_id", "proposal"),
)
# What was done and how it is taken back; `undo` is NULL where it cannot be.
change = table(
    "change",
    serial_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("principal_id"),
    text_column("proposal_id"),
    int_column("step"),
    text_column("action"),
    text_or_null("undo"),
    int_or_null("undone_us"),
    int_column("at_us"),
    UniqueConstraint("proposal_id", "step"),
    Index("ix_change_principal_id", "principal_id", "id"),
)
