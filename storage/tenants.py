"""Companies: what each is called, where it lives, and which there are."""

from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select

from bot.economy.wallets import Tenant
from bot.errors.kinds import NotFound
from bot.ids import TenantId
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.people import tenant

_TENANT: Final = Statement(select(tenant).where(tenant.c.id == bindparam("tenant")))
TENANTS: Final = Statement(select(tenant).order_by(tenant.c.created_us))
_ADD_TENANT: Final = Statement(insert(tenant).inline())


def _to_tenant(row: Row) -> Tenant:
    return Tenant(TenantId(row["id"]), row["name"], row["zone"], row["language"])


class SqlTenants:
    """The companies of a database, and the one of the scope."""

    _conn: Connection
    _scope: Scope
    _zones: dict[TenantId, ZoneInfo]

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
        return [_to_tenant(row) for row in self._conn.rows(TENANTS)]

    def add_tenant(self, company: Tenant) -> None:
        self._conn.run(
            _ADD_TENANT,
            id=company.id,
            name=company.name,
            zone=company.zone,
            language=company.language,
            created_us=self._scope.now_us,
        )
