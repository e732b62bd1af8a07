"""How much the roles of a tenant may do at a time."""

from typing import Final

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.access import AmountPermission, Role, RoleLimit
from storage.connection import Connection
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.people import role_limit

_key = (
    role_limit.c.tenant == bindparam("tenant"),
    role_limit.c.role == bindparam("for_role"),
    role_limit.c.permission == bindparam("for_permission"),
)
_LIMITS: Final = Statement(
    select(role_limit)
    .where(role_limit.c.tenant == bindparam("tenant"))
    .order_by(role_limit.c.role, role_limit.c.permission)
)
_NEW_LIMIT: Final = Statement(
    insert(role_limit)
    .values(
        tenant=bindparam("tenant"),
        role=bindparam("for_role"),
        permission=bindparam("for_permission"),
        amount_nanos=bindparam("amount"),
    )
    .on_conflict_do_nothing()
    .inline()
)
_CHANGE_LIMIT: Final = Statement(
    update(role_limit)
    .where(*_key, role_limit.c.amount_nanos == bindparam("expected", type_=Int))
    .values(amount_nanos=bindparam("amount", type_=Int))
)
_DROP_LIMIT: Final = Statement(
    delete(role_limit).where(*_key, role_limit.c.amount_nanos == bindparam("expected", type_=Int))
)


class SqlRights:
    """The limits of the scope's tenant; a change names what it takes the limit to be."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def list_all(self) -> list[RoleLimit]:
        """Return the limits that there are, by role and permission."""
        rows = self._conn.rows(_LIMITS, tenant=self._scope.tenant)
        return [RoleLimit(row["role"], row["permission"], row["amount_nanos"]) for row in rows]

    def set_limit(
        self,
        role: Role,
        permission: AmountPermission,
        amount_nanos: int | None,
        *,
        expected: int | None,
    ) -> bool:
        key = {
            "tenant": self._scope.tenant,
            "for_role": role,
            "for_permission": permission,
        }
        if amount_nanos is None:
            return bool(self._conn.run(_DROP_LIMIT, **key, expected=expected))
        if expected is None:
            return bool(self._conn.run(_NEW_LIMIT, **key, amount=amount_nanos))
        return bool(self._conn.run(_CHANGE_LIMIT, **key, amount=amount_nanos, expected=expected))
