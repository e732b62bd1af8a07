"""Link tokens: used once, by one UPDATE that also looks at the time."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Text, bindparam, delete, func, insert, select, update

from bot.clock import to_us
from bot.ids import LinkId, PrincipalId, TenantId, new_id, new_link_token
from bot.people.links import LINK_LIFE, Link
from storage.connection import Connection, Row
from storage.pages import old_among_oldest
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.people import link_token
from storage.tokens import hash_token

_MICROSECOND: Final = timedelta(microseconds=1)
_ISSUE: Final = Statement(
    insert(link_token)
    .values(
        id=bindparam("id"),
        tenant=bindparam("tenant"),
        principal_id=bindparam("principal_id"),
        token_hash=bindparam("token_hash"),
        created_us=func.bursar_now(),
        expires_us=func.bursar_now() + bindparam("life_us", type_=Int),
    )
    .inline()
)
_REDEEM: Final = Statement(
    update(link_token)
    .where(
        link_token.c.token_hash == bindparam("hashed"),
        link_token.c.used_us.is_(None),
        link_token.c.expires_us > func.bursar_now(),
    )
    .values(
        used_us=func.bursar_now(),
        platform=bindparam("at_platform", type_=Text),
        account=bindparam("at_account", type_=Text),
        external_id=bindparam("who", type_=Text),
        name=bindparam("called", type_=Text),
    )
    .returning(*link_token.c)
)
_USED: Final = Statement(
    select(link_token).where(
        link_token.c.tenant == bindparam("tenant"),
        link_token.c.id == bindparam("id"),
        link_token.c.used_us.is_not(None),
    )
)
# Of every tenant.
_DROP_OLD: Final = Statement(
    delete(link_token).where(
        link_token.c.id.in_(old_among_oldest(link_token, link_token.c.expires_us))
    )
)


def _to_link(row: Row) -> Link:
    return Link(
        id=LinkId(row["id"]),
        tenant=TenantId(row["tenant"]),
        person_id=PrincipalId(row["principal_id"]),
        platform=row["platform"],
        account=row["account"],
        external_id=row["external_id"],
        name=row["name"],
    )


class SqlLinks:
    """The link tokens of the scope's tenant; redeeming one is how a tenant is found."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def issue(self, person_id: PrincipalId, life: timedelta = LINK_LIFE) -> str:
        token = new_link_token()
        self._conn.run(
            _ISSUE,
            id=new_id(),
            tenant=self._scope.tenant,
            principal_id=person_id,
            token_hash=hash_token(token),
            life_us=life // _MICROSECOND,
        )
        return token

    def redeem(
        self, token: str, platform: str, account: str, external_id: str, name: str
    ) -> Link | None:
        row = self._conn.row(
            _REDEEM,
            hashed=hash_token(token),
            at_platform=platform,
            at_account=account,
            who=external_id,
            called=name,
        )
        return None if row is None else _to_link(row)

    def find(self, link_id: LinkId) -> Link | None:
        row = self._conn.row(_USED, tenant=self._scope.tenant, id=link_id)
        return None if row is None else _to_link(row)

    def drop_old(self, before: datetime, limit: int) -> int:
        return self._conn.run(_DROP_OLD, before_us=to_us(before), count=limit)
