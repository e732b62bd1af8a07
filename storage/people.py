"""Tenants, people, their platform accounts and their roles."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Text, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.access import Grant, Principal, Role
from bot.allowances import PlanName
from bot.clock import from_us
from bot.economy.wallets import NamesChanged, Tenant
from bot.errors import NotFound
from bot.ids import PrincipalId, TenantId, WalletId
from bot.links import Account, Link
from bot.quiet import QuietHours
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.people import identity, pace, principal, role_grant, tenant

# As many as there are.
_MOST_ROLES: Final = 6
_MICROSECOND: Final = timedelta(microseconds=1)

_TENANT: Final = Statement(select(tenant).where(tenant.c.id == bindparam("tenant")))
_TENANTS: Final = Statement(select(tenant).order_by(tenant.c.created_us))
_ADD_TENANT: Final = Statement(insert(tenant).inline())
_LINK: Final = Statement(
    upsert(identity)
    .values(
        platform=bindparam("platform"),
        account=bindparam("account"),
        external_id=bindparam("external_id"),
        tenant=bindparam("tenant"),
        principal_id=bindparam("principal_id"),
        linked_us=bindparam("linked_us"),
        name=bindparam("name"),
    )
    .on_conflict_do_nothing()
    .inline()
)
_ACCOUNTS: Final = Statement(
    select(identity)
    .where(
        identity.c.tenant == bindparam("tenant"),
        identity.c.principal_id == bindparam("principal_id"),
    )
    .order_by(identity.c.linked_us, identity.c.platform, identity.c.external_id)
)
# Whose people write to a bot's account: two rows say that it is more than one company's.
_BOT_TENANTS: Final = Statement(
    select(identity.c.tenant)
    .where(
        identity.c.platform == bindparam("platform"), identity.c.account == bindparam("account")
    )
    .distinct()
    .limit(2)
)
_host = principal.alias("host")
_visitor = principal.alias("visitor")
# From a guest to somebody who is here, and from nobody else: an account that is linked already
# must be unlinked first.
_RELINK: Final = Statement(
    update(identity)
    .where(
        identity.c.tenant == bindparam("tenant"),
        identity.c.platform == bindparam("at_platform"),
        identity.c.account == bindparam("at_account"),
        identity.c.external_id == bindparam("who"),
        identity.c.principal_id == bindparam("guest_id"),
        select(_visitor.c.id)
        .where(
            _visitor.c.tenant == bindparam("tenant"),
            _visitor.c.id == bindparam("guest_id"),
            _visitor.c.is_guest == 1,
        )
        .exists(),
        select(_host.c.id)
        .where(
            _host.c.tenant == bindparam("tenant"),
            _host.c.id == bindparam("person_id", type_=Text),
            _host.c.is_guest == 0,
            _host.c.state == "active",
        )
        .exists(),
    )
    .values(
        principal_id=bindparam("person_id", type_=Text),
        linked_us=bindparam("linked", type_=Int),
        name=bindparam("called", type_=Text),
    )
)
_rest = identity.alias("rest")
_owning = role_grant.alias("owning")
_owner = principal.alias("owner")
# An owner's last account goes only if another owner has one: nobody could let them in again.
_UNLINK: Final = Statement(
    delete(identity).where(
        identity.c.tenant == bindparam("tenant"),
        identity.c.principal_id == bindparam("principal_id"),
        identity.c.platform == bindparam("platform"),
        identity.c.account == bindparam("account"),
        identity.c.external_id == bindparam("external_id"),
        ~select(_owning.c.principal_id)
        .where(
            _owning.c.tenant == bindparam("tenant"),
            _owning.c.principal_id == bindparam("principal_id"),
            _owning.c.role == "owner",
        )
        .exists()
        | select(_rest.c.principal_id)
        .join(role_grant, role_grant.c.principal_id == _rest.c.principal_id)
        .join(_owner, _owner.c.id == _rest.c.principal_id)
        .where(
            _rest.c.tenant == bindparam("tenant"),
            role_grant.c.tenant == bindparam("tenant"),
            role_grant.c.role == "owner",
            _owner.c.state == "active",
            (_rest.c.platform != bindparam("platform"))
            | (_rest.c.account != bindparam("account"))
            | (_rest.c.external_id != bindparam("external_id")),
        )
        .exists(),
    )
)
# With their roles: one row each, one with empty roles for somebody without any.
_with_roles = (
    select(*principal.c, role_grant.c.role.label("role"), role_grant.c.wallet_id.label("for_id"))
    .outerjoin_from(principal, role_grant, role_grant.c.principal_id == principal.c.id)
    .where(principal.c.tenant == bindparam("tenant"))
    .order_by(principal.c.name, principal.c.id, role_grant.c.role, role_grant.c.wallet_id)
)
_PERSON: Final = Statement(_with_roles.where(principal.c.id == bindparam("id")))
# Whom a platform account belongs to: the one question that comes before a tenant is known.
_IDENTITY: Final = Statement(
    select(
        *principal.c,
        role_grant.c.role.label("role"),
        role_grant.c.wallet_id.label("for_id"),
        func.coalesce(pace.c.cooled_until_us, 0).label("cooled_until_us"),
    )
    .join_from(
        identity,
        principal,
        and_(principal.c.id == identity.c.principal_id, principal.c.tenant == identity.c.tenant),
    )
    .outerjoin(role_grant, role_grant.c.principal_id == principal.c.id)
    .outerjoin(
        pace,
        and_(pace.c.tenant == principal.c.tenant, pace.c.principal_id == principal.c.id),
    )
    .where(
        identity.c.platform == bindparam("platform"),
        identity.c.account == bindparam("account"),
        identity.c.external_id == bindparam("external_id"),
    )
    .order_by(role_grant.c.role, role_grant.c.wallet_id)
)
# So many names are looked up in one statement; fewer are filled up with the last one.
_NAMES_AT_ONCE: Final = 20
_NAMES: Final = Statement(
    select(principal.c.id, principal.c.name).where(
        principal.c.tenant == bindparam("tenant"),
        principal.c.id.in_([bindparam(f"id_{i}", type_=Text) for i in range(_NAMES_AT_ONCE)]),
    )
)
_PEOPLE: Final = Statement(_with_roles.where(principal.c.is_guest == 0))
_BY_HANDLE: Final = Statement(
    _with_roles.where(principal.c.handle == bindparam("handle"), principal.c.is_guest == 0)
)
_holding = role_grant.alias("holding")
_WITH_ROLE: Final = Statement(
    _with_roles.where(
        principal.c.id.in_(
            select(_holding.c.principal_id).where(
                _holding.c.tenant == bindparam("tenant"),
                _holding.c.role.in_(
                    [bindparam(f"role_{index}", type_=Text) for index in range(_MOST_ROLES)]
                ),
            )
        )
    )
)
_ADD: Final = Statement(
    insert(principal)
    .values({column.name: bindparam(column.name, type_=column.type) for column in principal.c})
    .inline()
)
_others = role_grant.alias("others")
_other = principal.alias("other")
# Whoever still could give the role again: an owner who is shut out could not.
_other_owner = (
    select(_others.c.principal_id)
    .join(_other, _other.c.id == _others.c.principal_id)
    .where(
        _others.c.tenant == bindparam("tenant"),
        _others.c.role == "owner",
        _others.c.principal_id != bindparam("person_id", type_=Text),
        _other.c.state == "active",
    )
    .exists()
)
_held = role_grant.alias("held")
_DISABLE: Final = Statement(
    update(principal)
    .where(
        principal.c.tenant == bindparam("tenant"),
        principal.c.id == bindparam("person_id", type_=Text),
        principal.c.state == "active",
        ~select(_held.c.principal_id)
        .where(
            _held.c.tenant == bindparam("tenant"),
            _held.c.principal_id == bindparam("person_id", type_=Text),
            _held.c.role == "owner",
        )
        .exists()
        | _other_owner,
    )
    .values(state="disabled")
)
_ENABLE: Final = Statement(
    update(principal)
    .where(
        principal.c.tenant == bindparam("tenant"),
        principal.c.id == bindparam("person_id", type_=Text),
        principal.c.state == "disabled",
    )
    .values(state="active")
)
_SET_QUIET: Final = Statement(
    update(principal)
    .where(
        principal.c.tenant == bindparam("tenant"),
        principal.c.id == bindparam("person_id"),
        principal.c.quiet_from == bindparam("was_from", type_=Text),
        principal.c.quiet_until == bindparam("was_until", type_=Text),
    )
    .values(
        quiet_from=bindparam("new_from", type_=Text),
        quiet_until=bindparam("new_until", type_=Text),
    )
)
_CONFIRMED: Final = Statement(
    update(principal)
    .where(
        principal.c.tenant == bindparam("tenant"),
        principal.c.id == bindparam("person_id"),
        principal.c.confirmed_us == 0,
    )
    .values(confirmed_us=bindparam("at", type_=Int))
)
_PLAN: Final = Statement(
    select(principal.c.plan).where(
        principal.c.tenant == bindparam("tenant"), principal.c.id == bindparam("person_id")
    )
)
_SET_PLAN: Final = Statement(
    update(principal)
    .where(
        principal.c.tenant == bindparam("tenant"),
        principal.c.id == bindparam("person_id"),
        principal.c.plan == bindparam("was", type_=Text),
    )
    .values(plan=bindparam("new", type_=Text))
)
_a_guest = (
    principal.c.tenant == bindparam("tenant"),
    principal.c.id == bindparam("guest_id"),
    principal.c.is_guest == 1,
)
_LOCK_GUEST: Final = Statement(select(principal.c.id).where(*_a_guest).with_for_update())
_GREET: Final = Statement(
    update(principal)
    .where(*_a_guest, principal.c.greeted_us <= bindparam("before", type_=Int))
    .values(greeted_us=bindparam("at", type_=Int))
)
_ADMIT: Final = Statement(
    update(principal)
    .where(*_a_guest)
    .values(
        is_guest=0,
        name=bindparam("new_name", type_=Text),
        handle=bindparam("new_handle", type_=Text),
        home_wallet_id=bindparam("home", type_=Text),
    )
)
_GIVE: Final = Statement(
    upsert(role_grant)
    .values(
        principal_id=bindparam("principal_id"),
        role=bindparam("role"),
        wallet_id=bindparam("wallet_id"),
        tenant=bindparam("tenant"),
        given_us=bindparam("given_us"),
    )
    .on_conflict_do_nothing()
    .inline()
)
# Two owners who are removed at the same moment wait for each other, or none would be left.
_LOCK_OWNERS: Final = Statement(
    select(role_grant.c.principal_id)
    .where(role_grant.c.tenant == bindparam("tenant"), role_grant.c.role == "owner")
    .order_by(role_grant.c.principal_id)
    .with_for_update()
)
# The last owner cannot be taken away: nobody could give the role again.
_TAKE: Final = Statement(
    delete(role_grant).where(
        role_grant.c.tenant == bindparam("tenant"),
        role_grant.c.principal_id == bindparam("person_id", type_=Text),
        role_grant.c.role == bindparam("role"),
        role_grant.c.wallet_id == bindparam("wallet_id"),
        (role_grant.c.role != "owner") | _other_owner,
    )
)


def _clocks(quiet: QuietHours | None) -> tuple[str, str]:
    return ("", "") if quiet is None else (quiet.begins, quiet.ends)


def _to_tenant(row: Row) -> Tenant:
    return Tenant(TenantId(row["id"]), row["name"], row["zone"], row["language"])


def _to_people(rows: Sequence[Row]) -> list[Principal]:
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


class SqlPeople:
    """The people of the scope's tenant; finding who wrote is the one question without one."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope
        self._zones: dict[TenantId, ZoneInfo] = {}

    def tenant(self) -> Tenant:
        """Return the company."""
        row = self._conn.row(_TENANT, tenant=self._scope.tenant)
        if row is None:
            raise NotFound("tenant", self._scope.tenant)
        return _to_tenant(row)

    def zone(self) -> ZoneInfo:
        """Return the company's zone; it is set once, when the company is made."""
        found = self._zones.get(self._scope.tenant)
        if found is None:
            found = self._zones[self._scope.tenant] = ZoneInfo(self.tenant().zone)
        return found

    def list_tenants(self) -> list[Tenant]:
        """Return every company in the database, oldest first: for commands of the operator."""
        return [_to_tenant(row) for row in self._conn.rows(_TENANTS)]

    def add_tenant(self, company: Tenant) -> None:
        self._conn.run(
            _ADD_TENANT,
            id=company.id,
            name=company.name,
            zone=company.zone,
            language=company.language,
            created_us=self._scope.now_us,
        )

    def find_linked(self, platform: str, account: str, external_id: str) -> Principal | None:
        """Return whom a platform account belongs to, with their tenant and their pause."""
        rows = self._conn.rows(
            _IDENTITY, platform=platform, account=account, external_id=external_id
        )
        if not rows:
            return None
        person, until_us = _to_people(rows)[0], rows[0]["cooled_until_us"]
        return replace(person, cooled_until=from_us(until_us)) if until_us else person

    def find_host(self, platform: str, account: str) -> TenantId | None:
        """Return the company that an unknown account of a bot's account would belong to.

        The only one there is, else the one whose people write to that account of the bot's.
        """
        rows = self._conn.rows(_TENANTS)
        if len(rows) != 1:
            found = self._conn.rows(_BOT_TENANTS, platform=platform, account=account)
            return TenantId(found[0][0]) if len(found) == 1 else None
        return TenantId(rows[0]["id"])

    def list_accounts(self, person_id: PrincipalId) -> list[Account]:
        """Return a person's platform accounts, the one that was linked first first."""
        rows = self._conn.rows(_ACCOUNTS, tenant=self._scope.tenant, principal_id=person_id)
        return [
            Account(
                row["platform"],
                row["account"],
                row["external_id"],
                row["name"],
                from_us(row["linked_us"]),
            )
            for row in rows
        ]

    def link(
        self,
        person_id: PrincipalId,
        platform: str,
        account: str,
        external_id: str,
        name: str = "",
    ) -> bool:
        """Link a platform account to a person; False if it is somebody's already."""
        return bool(
            self._conn.run(
                _LINK,
                platform=platform,
                account=account,
                external_id=external_id,
                tenant=self._scope.tenant,
                principal_id=person_id,
                linked_us=self._scope.now_us,
                name=name,
            )
        )

    def relink(self, link: Link, guest_id: PrincipalId) -> bool:
        """Link a guest's account to the person of a link token.

        False if it is not that guest's any more, or the person is shut out.
        """
        return bool(
            self._conn.run(
                _RELINK,
                tenant=self._scope.tenant,
                at_platform=link.platform,
                at_account=link.account,
                who=link.external_id,
                guest_id=guest_id,
                person_id=link.person_id,
                linked=self._scope.now_us,
                called=link.name,
            )
        )

    def unlink(self, person_id: PrincipalId, account: Account) -> bool:
        """Take an account from a person; False if it is not theirs, or the last of all owners."""
        self._conn.rows(_LOCK_OWNERS, tenant=self._scope.tenant)
        return bool(
            self._conn.run(
                _UNLINK,
                tenant=self._scope.tenant,
                principal_id=person_id,
                platform=account.platform,
                account=account.account,
                external_id=account.external_id,
            )
        )

    def lock_guest(self, guest_id: PrincipalId) -> bool:
        """Hold a guest until the commit, so that they ask once; False if they are none."""
        row = self._conn.row(_LOCK_GUEST, tenant=self._scope.tenant, guest_id=guest_id)
        return row is not None

    def greet(self, guest_id: PrincipalId, every: timedelta) -> bool:
        """Note that a guest is answered; False if they were so short a time ago."""
        now_us = self._scope.now_us
        return bool(
            self._conn.run(
                _GREET,
                tenant=self._scope.tenant,
                guest_id=guest_id,
                before=now_us - every // _MICROSECOND,
                at=now_us,
            )
        )

    def admit(
        self, guest_id: PrincipalId, name: str, handle: str, home_wallet_id: WalletId | None
    ) -> bool:
        """Make a guest one of the company's people; False if they are already."""
        self._scope.committed.append(NamesChanged(self._scope.tenant))
        return bool(
            self._conn.run(
                _ADMIT,
                tenant=self._scope.tenant,
                guest_id=guest_id,
                new_name=name,
                new_handle=handle,
                home=home_wallet_id,
            )
        )

    def get(self, person_id: PrincipalId) -> Principal:
        """Return a person with what they may do now. Raises `NotFound`."""
        rows = self._conn.rows(_PERSON, tenant=self._scope.tenant, id=person_id)
        if not rows:
            raise NotFound("person", person_id)
        return _to_people(rows)[0]

    def find_by_handle(self, handle: str) -> Principal | None:
        rows = self._conn.rows(_BY_HANDLE, tenant=self._scope.tenant, handle=handle)
        return _to_people(rows)[0] if rows else None

    def list_all(self) -> list[Principal]:
        """Return everybody, disabled ones too, by name; guests are nobody of the company."""
        return _to_people(self._conn.rows(_PEOPLE, tenant=self._scope.tenant))

    def list_with_role(self, roles: Sequence[Role]) -> list[Principal]:
        """Return whoever holds one of up to six roles somewhere, with all they hold, by name."""
        padded = [*roles, *[roles[-1]] * (_MOST_ROLES - len(roles))]
        rows = self._conn.rows(
            _WITH_ROLE,
            tenant=self._scope.tenant,
            **{f"role_{index}": role for index, role in enumerate(padded)},
        )
        return _to_people(rows)

    def names(self, ids: Iterable[str]) -> dict[PrincipalId, str]:
        """Return what people are called, guests too; ids that are nobody's are left out."""
        rest = list(dict.fromkeys(ids))
        found: dict[PrincipalId, str] = {}
        while rest:
            some, rest = rest[:_NAMES_AT_ONCE], rest[_NAMES_AT_ONCE:]
            some += [some[-1]] * (_NAMES_AT_ONCE - len(some))
            values = {f"id_{index}": one for index, one in enumerate(some)}
            for row in self._conn.rows(_NAMES, tenant=self._scope.tenant, **values):
                found[PrincipalId(row[0])] = row[1]
        return found

    def add(self, person: Principal, *, email: str | None = None) -> None:
        self._conn.run(
            _ADD,
            id=person.id,
            tenant=self._scope.tenant,
            name=person.name,
            handle=person.handle,
            language=person.language,
            zone=person.zone,
            email=email,
            home_wallet_id=person.home_wallet_id,
            state="active",
            created_us=self._scope.now_us,
            is_guest=int(person.is_guest),
            greeted_us=0,
            confirmed_us=0,
            quiet_from="" if person.quiet is None else person.quiet.begins,
            quiet_until="" if person.quiet is None else person.quiet.ends,
            plan=person.plan or "",
        )
        self._scope.committed.append(NamesChanged(self._scope.tenant))

    def set_disabled(self, person_id: PrincipalId, is_disabled: bool) -> bool:
        """Shut a person out or let them in again.

        False when it was so before, or no other owner would be left who is not shut out.
        """
        self._scope.committed.append(NamesChanged(self._scope.tenant))
        if is_disabled:
            self._conn.rows(_LOCK_OWNERS, tenant=self._scope.tenant)
        return bool(
            self._conn.run(
                _DISABLE if is_disabled else _ENABLE,
                tenant=self._scope.tenant,
                person_id=person_id,
            )
        )

    def set_quiet(
        self, person_id: PrincipalId, quiet: QuietHours | None, *, expected: QuietHours | None
    ) -> bool:
        """Set a person's quiet hours, or end them; False when they are not the expected ones."""
        before, after = _clocks(expected), _clocks(quiet)
        return bool(
            self._conn.run(
                _SET_QUIET,
                tenant=self._scope.tenant,
                person_id=person_id,
                was_from=before[0],
                was_until=before[1],
                new_from=after[0],
                new_until=after[1],
            )
        )

    def note_confirmed(self, person_id: PrincipalId) -> None:
        """Keep when a person first said yes to a change; later ones change nothing."""
        self._conn.run(
            _CONFIRMED, tenant=self._scope.tenant, person_id=person_id, at=self._scope.now_us
        )

    def find_plan(self, person_id: PrincipalId) -> PlanName | None:
        """Return the plan that a person was put on; None for the usual one."""
        row = self._conn.row(_PLAN, tenant=self._scope.tenant, person_id=person_id)
        return None if row is None else row[0] or None

    def set_plan(
        self, person_id: PrincipalId, plan: PlanName | None, *, expected: PlanName | None
    ) -> bool:
        """Put a person on a plan, None for the usual one; False if not on `expected`."""
        return bool(
            self._conn.run(
                _SET_PLAN,
                tenant=self._scope.tenant,
                person_id=person_id,
                was=expected or "",
                new=plan or "",
            )
        )

    def give(self, person_id: PrincipalId, role: Role, wallet_id: WalletId | None) -> bool:
        """Give a role; False when it was held before."""
        return bool(
            self._conn.run(
                _GIVE,
                principal_id=person_id,
                role=role,
                wallet_id=wallet_id or "",
                tenant=self._scope.tenant,
                given_us=self._scope.now_us,
            )
        )

    def take(self, person_id: PrincipalId, role: Role, wallet_id: WalletId | None) -> bool:
        """Take a role; False when it was not held, or was the last owner's.

        The last is whoever has no other owner beside them who is not shut out.
        """
        if role == "owner":
            self._conn.rows(_LOCK_OWNERS, tenant=self._scope.tenant)
        return bool(
            self._conn.run(
                _TAKE,
                tenant=self._scope.tenant,
                person_id=person_id,
                role=role,
                wallet_id=wallet_id or "",
            )
        )
