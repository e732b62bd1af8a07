"""The tables, as both databases hold them.

Only text, 64-bit integers and bytes, so that both drivers hand back the same values untouched.
Times are microseconds since 1970 (`_us`), money is nano-dollars, flags are 0 or 1, JSON is text.
SQLite's tables are STRICT: a value of another type is an error and not a silent REAL.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.sql.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# STRICT tables on SQLite know INTEGER only, which holds 64 bits there.
Int = BigInteger().with_variant(Integer(), "sqlite")

# 2**62: counters stay well inside 63 bits, so that no sum of two can overflow.
_CAP = 1 << 62


def _table(name: str, *items: SchemaItem) -> Table:
    return Table(name, metadata, *items, sqlite_strict=True)


def _text(name: str, *, default: str | None = None) -> "Column[str]":
    return Column(name, Text, nullable=False, server_default=default)


def _text_or_null(name: str) -> "Column[str | None]":
    return Column(name, Text, nullable=True)


def _int(name: str, *, default: int | None = None) -> "Column[int]":
    return Column(
        name, Int, nullable=False, server_default=None if default is None else text(str(default))
    )


def _int_or_null(name: str) -> "Column[int | None]":
    return Column(name, Int, nullable=True)


def _key(name: str) -> "Column[str]":
    return Column(name, Text, primary_key=True)


def _serial(name: str) -> "Column[int]":
    return Column(name, Int, Identity(always=False), primary_key=True)


def _of_tenant(column: str, table: str) -> ForeignKeyConstraint:
    """Refer to a row of the same tenant: what belongs to another cannot be pointed at."""
    return ForeignKeyConstraint([column, "tenant"], [f"{table}.id", f"{table}.tenant"])


tenant = _table(
    "tenant",
    _key("id"),
    _text("name"),
    _text("zone"),
    _text("language"),
    _int("created_us"),
    UniqueConstraint("name"),
)

principal = _table(
    "principal",
    _key("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text("name"),
    _text("handle"),
    _text("language"),
    _text("zone"),
    _text_or_null("email"),
    _text_or_null("home_wallet_id"),
    _text("state", default="active"),
    _int("created_us"),
    # Somebody who wrote and is not of the company: they may ask to be let in and nothing else.
    _int("is_guest", default=0),
    # When a guest was last told so.
    _int("greeted_us", default=0),
    # Quiet hours in the person's zone, as "22:00"; both empty for none.
    _text("quiet_from", default=""),
    _text("quiet_until", default=""),
    # When they first said yes to a change; 0 for whoever never did.
    _int("confirmed_us", default=0),
    # Empty for the company's usual one.
    _text("plan", default=""),
    CheckConstraint("state IN ('active', 'disabled')", name="state"),
    UniqueConstraint("tenant", "handle"),
    UniqueConstraint("id", "tenant"),
)

# How fast a person goes: the times of their last messages and changes, 16 digits each, and the
# pause that they are in or were in last.
pace = _table(
    "pace",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    _key("principal_id"),
    _text("messages", default=""),
    _text("writes", default=""),
    _int("cooled_until_us", default=0),
    _text("cause", default=""),
    _int("swallowed", default=0),
    _of_tenant("principal_id", "principal"),
)

# A platform account belongs to one person; a person may have several accounts.
identity = _table(
    "identity",
    _key("platform"),
    _key("account"),
    _key("external_id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    Column("principal_id", Text, nullable=False, index=True),
    _int("linked_us"),
    # What the account called itself when it was linked: it proves nothing.
    _text("name", default=""),
    _of_tenant("principal_id", "principal"),
)

# What links an account: 256 random bits, kept as a hash, for one person and a few minutes. Used
# once, by the account that stands here from then on.
link_token = _table(
    "link_token",
    _key("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text("principal_id"),
    _text("token_hash"),
    _int("created_us"),
    _int("expires_us"),
    _int_or_null("used_us"),
    _text("platform", default=""),
    _text("account", default=""),
    _text("external_id", default=""),
    _text("name", default=""),
    UniqueConstraint("token_hash"),
    _of_tenant("principal_id", "principal"),
)

# `wallet_id` is empty for a role that holds everywhere in the tenant.
role_grant = _table(
    "role_grant",
    _key("principal_id"),
    _key("role"),
    _key("wallet_id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False, index=True),
    _int("given_us"),
    _of_tenant("principal_id", "principal"),
    CheckConstraint(
        "role IN ('owner', 'admin', 'finance', 'lead', 'member', 'viewer')", name="role"
    ),
)

# What a role may do at a time of something that moves money; no row, no bound of its own.
role_limit = _table(
    "role_limit",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    _key("role"),
    _key("permission"),
    _int("amount_nanos"),
    CheckConstraint("role IN ('finance', 'lead')", name="role"),
    CheckConstraint(
        "permission IN ('request.decide', 'budget.raise', 'budget.move', 'wallet.limit')",
        name="permission",
    ),
    CheckConstraint("amount_nanos BETWEEN 1 AND 1000000000000000000", name="amount"),
)

wallet = _table(
    "wallet",
    _key("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text_or_null("parent_id"),
    _text("kind"),
    _text("name"),
    # Case-folded and without marks, so that two names that read alike cannot stand side by side.
    _text("name_key"),
    _text_or_null("cost_centre"),
    _text("thresholds", default="[80,90,95]"),
    _int("overdraft_percent", default=0),
    _text("state", default="open"),
    _int("created_us"),
    CheckConstraint("kind IN ('organisation', 'team', 'project', 'person', 'key')", name="kind"),
    CheckConstraint("state IN ('open', 'closed')", name="state"),
    CheckConstraint("overdraft_percent BETWEEN 0 AND 100", name="overdraft"),
    CheckConstraint("parent_id <> id", name="parent"),
    UniqueConstraint("id", "tenant"),
    _of_tenant("parent_id", "wallet"),
)
Index(
    "ix_wallet_open_name",
    wallet.c.tenant,
    wallet.c.name_key,
    unique=True,
    sqlite_where=wallet.c.state == "open",
    postgresql_where=wallet.c.state == "open",
)

# What a wallet may spend in a window; the account of a period takes it over when it is opened.
wallet_limit = _table(
    "wallet_limit",
    _key("wallet_id"),
    _key("span"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _int("amount_nanos"),
    _of_tenant("wallet_id", "wallet"),
    CheckConstraint("amount_nanos BETWEEN 0 AND 1000000000000000000", name="amount"),
    CheckConstraint("span IN ('day', 'week', 'month', 'total')", name="span"),
)

# A temporary raise. Accounts of periods that it reaches into are credited with it until it ends.
budget_raise = _table(
    "budget_raise",
    _key("id"),
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    _text("wallet_id"),
    _text("span"),
    _int("amount_nanos"),
    _int("from_us"),
    _int("until_us"),
    # Ended before its time. It stays so when the clock is set back to before that.
    _int("is_ended", default=0),
    _of_tenant("wallet_id", "wallet"),
    CheckConstraint("amount_nanos > 0", name="amount"),
    CheckConstraint("until_us >= from_us", name="order"),
    Index("ix_budget_raise_wallet_id", "wallet_id", "span", "until_us"),
)

# `cr - dr - held` is what is free. Counters change only through rows of `transfer` (triggers).
# `floor` is NULL where an account has no bottom: sources, sinks, overruns.
account = _table(
    "account",
    _serial("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text("unit"),
    _text("kind"),
    _text("owner"),
    _text("period"),
    _int("cr", default=0),
    _int("dr", default=0),
    _int("held", default=0),
    # The part of `dr` that was credit handed on or taken back, not spent.
    _int("moved", default=0),
    # What may be drawn beyond the credit before a new debit is refused.
    _int("overdraft", default=0),
    _int_or_null("floor"),
    CheckConstraint(f"cr BETWEEN 0 AND {_CAP}", name="cr"),
    CheckConstraint(f"dr BETWEEN 0 AND {_CAP}", name="dr"),
    CheckConstraint(f"held BETWEEN 0 AND {_CAP}", name="held"),
    CheckConstraint("moved BETWEEN 0 AND dr", name="moved"),
    CheckConstraint("overdraft >= 0", name="overdraft"),
    CheckConstraint("floor IS NULL OR cr - dr - held >= floor", name="floor"),
    CheckConstraint("kind IN ('budget', 'quota', 'source', 'sink', 'overrun')", name="kind"),
    CheckConstraint("floor IS NOT NULL OR kind IN ('source', 'sink', 'overrun')", name="bottom"),
    UniqueConstraint("tenant", "kind", "owner", "unit", "period"),
)

# One row carries both sides, so an unbalanced entry cannot be written. No UPDATE, no DELETE.
transfer = _table(
    "transfer",
    _serial("seq"),
    _text("id"),
    _text("grp"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text("kind"),
    Column("dr_acc", ForeignKey("account.id"), nullable=False),
    Column("cr_acc", ForeignKey("account.id"), nullable=False),
    _int("amount"),
    Column("hold_id", Text, nullable=True),
    # The end of a hold; of a temporary raise's credit, from when on it no longer counts.
    _int_or_null("expires_us"),
    _text("actor"),
    _text("cause"),
    _int("at_us"),
    # Keys come from callers, so that two tenants may well choose the same one.
    UniqueConstraint("id", "tenant"),
    CheckConstraint("kind IN ('transfer', 'move', 'hold', 'post', 'void', 'expire')", name="kind"),
    CheckConstraint("amount BETWEEN 1 AND 1000000000000000000", name="amount"),
    CheckConstraint("dr_acc <> cr_acc", name="sides"),
    CheckConstraint(
        "(kind IN ('post', 'void', 'expire')) = (hold_id IS NOT NULL)", name="resolves"
    ),
    CheckConstraint("kind <> 'hold' OR expires_us IS NOT NULL", name="hold_ends"),
    Index("ix_transfer_grp", "grp"),
)
# A hold resolves once, whatever races.
Index(
    "one_resolution",
    transfer.c.hold_id,
    transfer.c.tenant,
    unique=True,
    sqlite_where=transfer.c.hold_id.is_not(None),
    postgresql_where=transfer.c.hold_id.is_not(None),
)
# Credit with an end, by trigger: what of an account's credit stops counting when. What takes such
# credit back stands here below zero.
lapsing = _table(
    "lapsing",
    Column("seq", Int, primary_key=True, autoincrement=False),
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    _int("amount"),
    _int("ends_us"),
    Index("ix_lapsing_account_id", "account_id", "ends_us"),
)

# Holds that are not resolved yet: the reaper's list, emptied by trigger with each resolution.
open_hold = _table(
    "open_hold",
    _key("hold_id"),
    _key("tenant"),
    _text("grp"),
    _int("expires_us"),
    Index("ix_open_hold_expires_us", "expires_us"),
    Index("ix_open_hold_grp", "grp"),
)

threshold_crossing = _table(
    "threshold_crossing",
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("percent", Int, primary_key=True),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text("wallet_id"),
    _text("period"),
    _int("used_nanos"),
    _int("limit_nanos"),
    _int("at_us"),
    _int("told", default=0),
)

# One row a model call. `cost_nanos` is what was settled, overrun included.
usage = _table(
    "usage",
    _key("id"),
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    _text("wallet_id"),
    _text("principal_id"),
    _text("feature"),
    _text("provider"),
    _text("model"),
    _int("tokens_in"),
    _int("tokens_out"),
    _int("cost_nanos"),
    _text("price_version"),
    _int("is_estimated", default=0),
    _int("at_us"),
    _int("tokens_cached", default=0),
    _int("tokens_reasoning", default=0),
    _int("estimate_nanos", default=0),
    _int("attempt", default=1),
    _text("reason", default=""),
    _int("latency_ms", default=0),
    Index("ix_usage_tenant", "tenant", "at_us"),
)

# Where models are asked; `key_ref` says where the key is and never holds it. `models` is a JSON
# list of names, the one that is meant where none is named first.
provider = _table(
    "provider",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    _key("name"),
    _text("kind"),
    _text("base_url"),
    _text("key_ref"),
    _text("models"),
    _int("connect_ms"),
    _int("first_byte_ms"),
    _int("total_ms"),
    _text("state", default="active"),
    _int("added_us"),
    _text("structure", default="schema"),
    _text("bound", default="max_tokens"),
    # Where answers are made, by a tag of the company; empty where nobody said.
    _text("region", default=""),
    CheckConstraint("kind IN ('openai', 'anthropic', 'compatible')", name="kind"),
    CheckConstraint("state IN ('active', 'disabled')", name="state"),
)

# What a company allows of models. A cap that is NULL is the operator's; `only_hosts` is a JSON
# list, empty for wherever the operator allows.
model_policy = _table(
    "model_policy",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    _int_or_null("paused_us"),
    _text("paused_by", default=""),
    _int_or_null("turn_nanos"),
    _int_or_null("person_day_nanos"),
    _int_or_null("bot_day_nanos"),
    _text("personal_data", default="redact"),
    _text("only_hosts", default="[]"),
    _int("version"),
    CheckConstraint("personal_data IN ('warn', 'redact', 'block')", name="personal_data"),
)

# What a company has set itself, in nano-dollars for a million tokens, from a time on.
model_price = _table(
    "model_price",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    _key("provider"),
    _key("model"),
    Column("from_us", Int, primary_key=True, autoincrement=False),
    _int("in_nanos"),
    _int("cached_nanos"),
    _int("out_nanos"),
    _text("version"),
    # Of what goes into the provider's cache; NULL for the price of what is read.
    _int_or_null("to_cache_nanos"),
    CheckConstraint("in_nanos >= 0 AND cached_nanos >= 0 AND out_nanos >= 0", name="prices"),
)

# Which models are asked for what, as a JSON list of rules; the newest version holds.
routing_rules = _table(
    "routing_rules",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    Column("version", Int, primary_key=True, autoincrement=False),
    _text("rules"),
    _int("at_us"),
)

# One row a call, from the moment that money was set aside for it.
model_call = _table(
    "model_call",
    _key("key"),
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    _text("wallet_id"),
    _text("principal_id"),
    _text("feature"),
    _text("state", default="under_way"),
    _int("hold_nanos"),
    _int("prompt_nanos"),
    _int("prompt_tokens"),
    _text("route"),
    _text("attempts", default="[]"),
    _int("cost_nanos", default=0),
    _int("latency_ms", default=0),
    _int("begun_us"),
    _int("until_us"),
    CheckConstraint("state IN ('under_way', 'done', 'failed', 'unknown')", name="state"),
    Index(
        "ix_model_call_until_us",
        "until_us",
        sqlite_where=text("state = 'under_way'"),
        postgresql_where=text("state = 'under_way'"),
    ),
    Index("ix_model_call_asked", "tenant", "principal_id", "begun_us"),
)

# Kept in the transaction that writes `usage`; `day` is the tenant's local date, as ISO text.
usage_day = _table(
    "usage_day",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    _key("day"),
    _key("wallet_id"),
    _key("principal_id"),
    _key("model"),
    _int("calls"),
    _int("tokens_in"),
    _int("tokens_out"),
    _int("cost_nanos"),
)

# Tenant + platform + chat + thread + person: nothing is looked up without that key.
conversation = _table(
    "conversation",
    _key("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text("platform"),
    _text("chat"),
    _text("thread"),
    _text("principal_id"),
    _text_or_null("topic_wallet_id"),
    # What the bot asked and waits to hear, as JSON; what it refused last, for `why`.
    _text_or_null("question"),
    _text_or_null("refusal"),
    _int("created_us"),
    # Whether nobody else reads along; who the person is there; what the adapter needs to write.
    _int("is_private", default=1),
    _text("external_id", default=""),
    _text("address", default=""),
    # When they wrote last, to the hour, and whether nothing arrives there any more.
    _int("heard_us", default=0),
    _int("is_gone", default=0),
    UniqueConstraint("tenant", "platform", "chat", "thread", "principal_id"),
    UniqueConstraint("id", "tenant"),
    _of_tenant("principal_id", "principal"),
    Index("ix_conversation_principal_id", "principal_id"),
)
# Where people wrote with nobody reading along, latest first.
_HEARD = text("is_private = 1 AND is_gone = 0")
Index(
    "ix_conversation_heard",
    conversation.c.platform,
    conversation.c.heard_us,
    sqlite_where=_HEARD,
    postgresql_where=_HEARD,
)

inbox = _table(
    "inbox",
    _serial("id"),
    _text("platform"),
    _text("account"),
    _text("dedupe_key"),
    # Who orders what: messages of one lane are taken one after the other.
    _text("lane"),
    _text("person"),
    _text("payload"),
    _text("state", default="new"),
    _text("lease_owner", default=""),
    _int("lease_until_us", default=0),
    _int("attempts", default=0),
    _text("reference", default=""),
    _int("received_us"),
    _int_or_null("done_us"),
    UniqueConstraint("platform", "account", "dedupe_key"),
    CheckConstraint("state IN ('new', 'leased', 'done', 'dead')", name="state"),
)
# By state first, and of every row: SQLite would not see that a statement asks only for what a
# partial index holds, and would read every message that there ever was.
Index("ix_inbox_state", inbox.c.state, inbox.c.lane, inbox.c.id)

outbox = _table(
    "outbox",
    _serial("id"),
    _text("tenant"),
    _text("conversation_id"),
    _text("platform"),
    # reply, card, receipt, alert: how much a second copy or a lost one would matter.
    _text("class"),
    # The card that a message edits, empty for a message of its own.
    _text("card", default=""),
    _text("reference", default=""),
    _text("payload"),
    _text("state", default="queued"),
    _int("attempts", default=0),
    _int("not_before_us", default=0),
    # The end of its reader's quiet hours; until then it holds up nothing that comes after it.
    _int("held_until_us", default=0),
    _text("platform_msg_id", default=""),
    # Handed over once without an answer: it may have arrived.
    _int("was_tried", default=0),
    # The code of why it was not sent, for those who look after it.
    _text("why", default=""),
    _int("queued_us"),
    _int_or_null("sent_us"),
    CheckConstraint("state IN ('queued', 'sending', 'sent', 'ambiguous', 'dead')", name="state"),
    _of_tenant("conversation_id", "conversation"),
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
# Which message a card is, so that the next one of its name edits it.
_SHOWN = text("card <> '' AND platform_msg_id <> ''")
Index(
    "ix_outbox_shown",
    outbox.c.conversation_id,
    outbox.c.card,
    outbox.c.id,
    sqlite_where=_SHOWN,
    postgresql_where=_SHOWN,
)

# `kind` draft: the asker's own yes commits it. request: somebody else's does.
proposal = _table(
    "proposal",
    _key("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text("kind"),
    _text("ref"),
    _text("conversation_id"),
    _text("requester_id"),
    _text("calls"),
    _int("tier"),
    _text("state", default="pending"),
    _int("version", default=1),
    _text("preview", default="{}"),
    _text_or_null("reason"),
    _int("created_us"),
    _int("expires_us"),
    _text_or_null("decided_by"),
    _int_or_null("decided_us"),
    # The code of how it ended (rejected, cancelled, insufficient_funds ...) and what was said.
    _text_or_null("outcome"),
    _text_or_null("note"),
    _int("reminded", default=0),
    # The wallet that a request would give to.
    _text_or_null("wallet_id"),
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
    _of_tenant("requester_id", "principal"),
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
card = _table(
    "card",
    _key("proposal_id"),
    _key("conversation_id"),
    _text("tenant"),
    _int("version"),
    _int("shown_us"),
    _of_tenant("proposal_id", "proposal"),
    Index("ix_card_conversation_id", "conversation_id"),
)

# A button: 128 random bits, kept as a hash, for one proposal, version, choice and conversation.
button = _table(
    "button",
    _key("token_hash"),
    Column("proposal_id", Text, nullable=False, index=True),
    _text("tenant"),
    _text("conversation_id"),
    _int("version"),
    _text("choice"),
    _int_or_null("used_us"),
    _of_tenant("proposal_id", "proposal"),
)

# What was done and how it is taken back; `undo` is NULL where it cannot be.
change = _table(
    "change",
    _serial("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text("principal_id"),
    _text("proposal_id"),
    _int("step"),
    _text("action"),
    _text_or_null("undo"),
    _int_or_null("undone_us"),
    _int("at_us"),
    UniqueConstraint("proposal_id", "step"),
    Index("ix_change_principal_id", "principal_id", "id"),
)

# `hash` is sha256(previous hash || body). No UPDATE, no DELETE.
audit = _table(
    "audit",
    Column("seq", Int, primary_key=True, autoincrement=False),
    _text("tenant"),
    Column("body", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

audit_head = _table(
    "audit_head",
    Column("id", Int, primary_key=True, autoincrement=False),
    _int("seq"),
    Column("hash", LargeBinary, nullable=False),
)

# Which batch of writes a lane committed last: how a commit whose answer was lost is found again.
# Only the server's lanes write it; a file has no answers to lose.
lane_mark = _table("lane_mark", _key("lane"), _text("batch"), _int("at_us"))

# What people wrote, kept apart from the chain, which holds only a salted digest of it.
content = _table(
    "content",
    _key("id"),
    _text("tenant"),
    _text("principal_id"),
    Column("salt", LargeBinary, nullable=False),
    _text("body"),
    _int("at_us"),
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
kept_turn = _table(
    "kept_turn",
    Column("id", Int, primary_key=True, autoincrement=False),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text("conversation_id"),
    _text("principal_id"),
    _text("said"),
    _text("answered"),
    _text("read_by"),
    _text("actions"),
    _text_or_null("wallet_id"),
    _int("at_us"),
    _of_tenant("conversation_id", "conversation"),
    Index("ix_kept_turn_talk", "tenant", "conversation_id", "id", "principal_id"),
    Index("ix_kept_turn_person", "principal_id", "at_us"),
    Index("ix_kept_turn_at", "tenant", "at_us"),
)

# What turns came to that are not kept any more: in a model's words, and counted by action where
# none was asked (JSON). `wallets` is a JSON list, latest first.
summary = _table(
    "summary",
    _key("conversation_id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    _text("principal_id"),
    _text("text"),
    _text("counts"),
    _text("wallets"),
    _int("turns"),
    _int("since_us"),
    _int("until_us"),
    _of_tenant("conversation_id", "conversation"),
    Index("ix_summary_person", "principal_id"),
    Index("ix_summary_until", "tenant", "until_us"),
)

# What one of several processes does alone; `fence` rises with each holder.
lease = _table(
    "lease",
    _key("name"),
    _text("owner"),
    _int("fence"),
    _int("until_us"),
)
