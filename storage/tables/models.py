"""The tables of providers, prices, rules and calls to models."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, text

from storage.tables.columns import Int, int_column, int_or_null, key_column, table, text_column

# Where models are asked; `key_ref` says where the key is and never holds it. `models` is a JSON
# list of names, the one that is meant where none is named first.
provider = table(
    "provider",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    key_column("name"),
    text_column("kind"),
    text_column("base_url"),
    text_column("key_ref"),
    text_column("models"),
    int_column("connect_ms"),
    int_column("first_byte_ms"),
    int_column("total_ms"),
    text_column("state", default="active"),
    int_column("added_us"),
    text_column("structure", default="schema"),
    text_column("bound", default="max_tokens"),
    # Where answers are made, by a tag of the company; empty where nobody said.
    text_column("region", default=""),
    CheckConstraint("kind IN ('openai', 'anthropic', 'compatible')", name="kind"),
    CheckConstraint("state IN ('active', 'disabled')", name="state"),
    changes_seldom=True,
)
# What a company allows of models. A cap that is NULL is the operator's; `only_hosts` is a JSON
# list, empty for wherever the operator allows.
model_policy = table(
    "model_policy",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    int_or_null("paused_us"),
    text_column("paused_by", default=""),
    int_or_null("turn_nanos"),
    int_or_null("person_day_nanos"),
    int_or_null("bot_day_nanos"),
    text_column("personal_data", default="redact"),
    text_column("only_hosts", default="[]"),
    int_column("version"),
    CheckConstraint("personal_data IN ('warn', 'redact', 'block')", name="personal_data"),
    changes_seldom=True,
)
# What a company has set itself, in nano-dollars for a million tokens, from a time on.
model_price = table(
    "model_price",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    key_column("provider"),
    key_column("model"),
    Column("from_us", Int, primary_key=True, autoincrement=False),
    int_column("in_nanos"),
    int_column("cached_nanos"),
    int_column("out_nanos"),
    text_column("version"),
    # Of what goes into the provider's cache; NULL for the price of what is read.
    int_or_null("to_cache_nanos"),
    CheckConstraint("in_nanos >= 0 AND cached_nanos >= 0 AND out_nanos >= 0", name="prices"),
    changes_seldom=True,
)
# What a provider listed last, and of its configured models those that were told to be missing in
# it, or without a price: JSON lists of names. `why` is the code of why it listed nothing since.
model_list = table(
    "model_list",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    key_column("provider"),
    text_column("models"),
    int_or_null("listed_us"),
    int_or_null("asked_us"),
    text_column("why", default=""),
    text_column("missing", default="[]"),
    text_column("unpriced", default="[]"),
    ForeignKeyConstraint(["provider", "tenant"], ["provider.name", "provider.tenant"]),
)
# Which models are asked for what, as a JSON list of rules; the newest version holds.
routing_rules = table(
    "routing_rules",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    Column("version", Int, primary_key=True, autoincrement=False),
    text_column("rules"),
    int_column("at_us"),
    changes_seldom=True,
)
# One row a call, from the moment that money was set aside for it.
model_call = table(
    "model_call",
    key_column("key"),
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    text_column("wallet_id"),
    text_column("principal_id"),
    text_column("feature"),
    text_column("state", default="under_way"),
    int_column("hold_nanos"),
    int_column("prompt_nanos"),
    int_column("prompt_tokens"),
    text_column("route"),
    text_column("attempts", default="[]"),
    int_column("cost_nanos", default=0),
    int_column("latency_ms", default=0),
    int_column("begun_us"),
    int_column("until_us"),
    CheckConstraint("state IN ('under_way', 'done', 'failed', 'unknown')", name="state"),
    Index(
        "ix_model_call_until_us",
        "until_us",
        sqlite_where=text("state = 'under_way'"),
        postgresql_where=text("state = 'under_way'"),
    ),
    Index("ix_model_call_asked", "tenant", "principal_id", "begun_us"),
)
