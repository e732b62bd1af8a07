"""People as rows with their roles, and as values."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import bindparam, select

from bot.access import Grant, Principal
from bot.clock import from_us
from bot.ids import PrincipalId, TenantId, WalletId
from bot.people.quiet import QuietHours
from storage.connection import Row
from storage.tables.people import principal, role_grant

# With their roles: one row each, one with empty roles for somebody without any.
with_roles = (
    select(*principal.c, role_grant.c.role.label("role"), role_grant.c.wallet_id.label("for_id"))
    .outerjoin_from(principal, role_grant, role_grant.c.principal_id == principal.c.id)
    .where(principal.c.tenant == bindparam("tenant"))
    .order_by(principal.c.name, principal.c.id, role_grant.c.role, role_grant.c.wallet_id)
)


def to_people(rows: Sequence[Row]) -> list[Principal]:
    """Put the rows of each person together, in the order in which they came."""
    people: list[Principal] = []
    for person_id, theirs in groupby(rows, key=lambda row: row["id"]):
        found = list(theirs)
        row = found[0]
        people.append(
            Principal(
                id=PrincipalId(person_id),
                tenant=TenantId(row["tenant"]),
                name=row["name"],
                handle=row["handle"],
                language=row["language"],
                zone=row["zone"],
                home_wallet_id=row["home_wallet_id"],
                is_disabled=row["state"] != "active",
                is_guest=bool(row["is_guest"]),
                quiet=QuietHours(row["quiet_from"], row["quiet_until"])
                if row["quiet_from"]
                else None,
                added_at=from_us(row["created_us"]),
                has_confirmed=row["confirmed_us"] > 0,
                plan=row["plan"] or None,
                grants=tuple(
                    Grant(one["role"], WalletId(one["for_id"]))
                    for one in found
                    if one["role"] is not None
                ),
            )
        )
    return people
