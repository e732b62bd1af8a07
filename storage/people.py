"""People: who they are, and what is set for each.

Their companies, accounts and roles have modules of their own; a transaction has them in one.
"""

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Text, bindparam, insert, select, update

from bot.access import Principal
from bot.allowances import PlanName
from bot.economy.wallets import NamesChanged
from bot.errors.kinds import NotFound
from bot.ids import PrincipalId, TenantId
from bot.people.quiet import QuietHours
from storage.accounts import SqlAccounts
from storage.connection import Connection
from storage.people_rows import to_people, with_roles
from storage.roles import SqlRoles
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.people import principal
from storage.tenants import SqlTenants

_PERSON: Final = Statement(with_roles.where(principal.c.id == bindparam("id")))
# So many names are looked up in one statement; fewer are filled up with the last one.
_NAMES_AT_ONCE: Final = 20
_NAMES: Final = Statement(
    select(principal.c.id, principal.c.name).where(
        principal.c.tenant == bindparam("tenant"),
        principal.c.id.in_([bindparam(f"id_{i}", type_=Text) for i in range(_NAMES_AT_ONCE)]),
    )
)
_PEOPLE: Final = Statement(with_roles.where(principal.c.is_guest == 0))
_BY_HANDLE: Final = Statement(
    with_roles.where(principal.c.handle == bindparam("handle"), principal.c.is_guest == 0)
)
_ADD: Final = Statement(
    insert(principal)
    .values({column.name: bindparam(column.name, type_=column.type) for column in principal.c})
    .inline()
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


def _clocks(quiet: QuietHours | None) -> tuple[str, str]:
    return ("", "") if quiet is None else (quiet.begins, quiet.ends)


class SqlPeople(SqlTenants, SqlAccounts, SqlRoles):
    """Everything about the people of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope
        self._zones: dict[TenantId, ZoneInfo] = {}

    def get(self, person_id: PrincipalId) -> Principal:
        """Return a person with what they may do now. Raises `NotFound`."""
        found = self._conn.made(to_people, _PERSON, tenant=self._scope.tenant, id=person_id)
        if not found:
            raise NotFound("person", person_id)
        return found[0]

    def find_by_handle(self, handle: str) -> Principal | None:
        found = self._conn.made(to_people, _BY_HANDLE, tenant=self._scope.tenant, handle=handle)
        return found[0] if found else None

    def list_all(self) -> list[Principal]:
        """Return everybody, disabled ones too, by name; guests are nobody of the company."""
        return [*self._conn.made(to_people, _PEOPLE, tenant=self._scope.tenant)]

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
