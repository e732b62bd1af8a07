"""Roles of people, and who is shut out; an owner is left in any case."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Text, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.access import Principal, Role
from bot.economy.wallets import NamesChanged
from bot.ids import PrincipalId, WalletId
from storage.connection import Connection
from storage.people_rows import to_people, with_roles
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.people import principal, role_grant

# As many as there are.
_MOST_ROLES: Final = 6
_holding = role_grant.alias("holding")
_WITH_ROLE: Final = Statement(
    with_roles.where(
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
LOCK_OWNERS: Final = Statement(
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


class SqlRoles:
    """What the people of the scope's tenant are."""

    _conn: Connection
    _scope: Scope

    def set_disabled(self, person_id: PrincipalId, is_disabled: bool) -> bool:
        """Shut a person out or let them in again.

        False when it was so before, or no other owner would be left who is not shut out.
        """
        self._scope.committed.append(NamesChanged(self._scope.tenant))
        if is_disabled:
            self._conn.rows(LOCK_OWNERS, tenant=self._scope.tenant)
        return bool(
            self._conn.run(
                _DISABLE if is_disabled else _ENABLE,
                tenant=self._scope.tenant,
                person_id=person_id,
            )
        )

    def list_with_role(self, roles: Sequence[Role]) -> list[Principal]:
        """Return whoever holds one of up to six roles somewhere, with all they hold, by name."""
        padded = [*roles, *[roles[-1]] * (_MOST_ROLES - len(roles))]
        rows = self._conn.rows(
            _WITH_ROLE,
            tenant=self._scope.tenant,
            **{f"role_{index}": role for index, role in enumerate(padded)},
        )
        return to_people(rows)

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
            self._conn.rows(LOCK_OWNERS, tenant=self._scope.tenant)
        return bool(
            self._conn.run(
                _TAKE,
                tenant=self._scope.tenant,
                person_id=person_id,
                role=role,
                wallet_id=wallet_id or "",
            )
        )
