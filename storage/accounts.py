"""Platform accounts: whose they are, and how guests come in."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import Text, and_, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.access import Principal
from bot.clock import from_us
from bot.economy.wallets import NamesChanged
from bot.ids import PrincipalId, TenantId, WalletId
from bot.people.links import Account, Link
from storage import roles, tenants
from storage.connection import Connection
from storage.people_rows import to_people
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.people import identity, pace, principal, role_grant

_MICROSECOND: Final = timedelta(microseconds=1)
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


class SqlAccounts:
    """The accounts of the scope's tenant; finding who wrote is the one question without one."""

    _conn: Connection
    _scope: Scope

    def find_linked(self, platform: str, account: str, external_id: str) -> Principal | None:
        """Return whom a platform account belongs to, with their tenant and their pause."""
        rows = self._conn.rows(
            _IDENTITY, platform=platform, account=account, external_id=external_id
        )
        if not rows:
            return None
        person, until_us = to_people(rows)[0], rows[0]["cooled_until_us"]
        return replace(person, cooled_until=from_us(until_us)) if until_us else person

    def find_host(self, platform: str, account: str) -> TenantId | None:
        """Return the company that an unknown account of a bot's account would belong to.

        The only one there is, else the one whose people write to that account of the bot's.
        """
        rows = self._conn.rows(tenants.TENANTS)
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
        self._conn.rows(roles.LOCK_OWNERS, tenant=self._scope.tenant)
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
