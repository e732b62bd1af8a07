"""The tables of companies, their people, accounts and roles."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Text, UniqueConstraint

from storage.tables.columns import (
    int_column,
    int_or_null,
    key_column,
    of_tenant,
    table,
    text_column,
    text_or_null,
)

tenant = table(
    "tenant",
    key_column("id"),
    text_column("name"),
    text_column("zone"),
    text_column("language"),
    int_column("created_us"),
    UniqueConstraint("name"),
    changes_seldom=True,
)
principal = table(
    "principal",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("name"),
    text_column("handle"),
    text_column("language"),
    text_column("zone"),
    text_or_null("email"),
    text_or_null("home_wallet_id"),
    text_column("state", default="active"),
    int_column("created_us"),
    # Somebody who wrote and is not of the company: they may ask to be let in and nothing else.
    int_column("is_guest", default=0),
    # When a guest was last told so.
    int_column("greeted_us", default=0),
    # Quiet hours in the person's zone, as "22:00"; both empty for none.
    text_column("quiet_from", default=""),
    text_column("quiet_until", default=""),
    # When they first said yes to a change; 0 for whoever never did.
    int_column("confirmed_us", default=0),
    # Empty for the company's usual one.
    text_column("plan", default=""),
    CheckConstraint("state IN ('active', 'disabled')", name="state"),
    UniqueConstraint("tenant", "handle"),
    UniqueConstraint("id", "tenant"),
    changes_seldom=True,
)
# How fast a person goes: the times of their last messages and changes, 16 digits each, and the
# pause that they are in or were in last.
pace = table(
    "pace",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    key_column("principal_id"),
    text_column("messages", default=""),
    text_column("writes", default=""),
    int_column("cooled_until_us", default=0),
    text_column("cause", default=""),
    int_column("swallowed", default=0),
    of_tenant("principal_id", "principal"),
)
# A platform account belongs to one person; a person may have several accounts.
identity = table(
    "identity",
    key_column("platform"),
    key_column("account"),
    key_column("external_id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    Column("principal_id", Text, nullable=False, index=True),
    int_column("linked_us"),
    # What the account called itself when it was linked: it proves nothing.
    text_column("name", default=""),
    of_tenant("principal_id", "principal"),
    changes_seldom=True,
)
# What links an account: 256 random bits, kept as a hash, for one person and a few minutes. Used
# once, by the account that stands here from then on.
link_token = table(
    "link_token",
    key_column("id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False),
    text_column("principal_id"),
    text_column("token_hash"),
    int_column("created_us"),
    int_column("expires_us"),
    int_or_null("used_us"),
    text_column("platform", default=""),
    text_column("account", default=""),
    text_column("external_id", default=""),
    text_column("name", default=""),
    UniqueConstraint("token_hash"),
    of_tenant("principal_id", "principal"),
)
# `wallet_id` is empty for a role that holds everywhere in the tenant.
role_grant = table(
    "role_grant",
    key_column("principal_id"),
    key_column("role"),
    key_column("wallet_id"),
    Column("tenant", ForeignKey("tenant.id"), nullable=False, index=True),
    int_column("given_us"),
    of_tenant("principal_id", "principal"),
    CheckConstraint(
        "role IN ('owner', 'admin', 'finance', 'lead', 'member', 'viewer')", name="role"
    ),
    changes_seldom=True,
)
# What a role may do at a time of something that moves money; no row, no bound of its own.
role_limit = table(
    "role_limit",
    Column("tenant", ForeignKey("tenant.id"), primary_key=True),
    key_column("role"),
    key_column("permission"),
    int_column("amount_nanos"),
    CheckConstraint("role IN ('finance', 'lead')", name="role"),
    CheckConstraint(
        "permission IN ('request.decide', 'budget.raise', 'budget.move', 'wallet.limit')",
        name="permission",
    ),
    CheckConstraint("amount_nanos BETWEEN 1 AND 1000000000000000000", name="amount"),
    changes_seldom=True,
)
