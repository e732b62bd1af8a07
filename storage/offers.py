"""Offers: buttons that each hold one stored call, used once where it writes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Text, bindparam, case, delete, func, insert, select, update

from bot.clock import from_us, to_us
from bot.ids import ConversationId, PrincipalId
from bot.proposals.offers import NewOffer, Offered
from storage.connection import Connection
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.offers import offer
from storage.tokens import hash_token

_MICROSECOND: Final = timedelta(microseconds=1)
_ADD: Final = Statement(
    insert(offer)
    .values(
        id=bindparam("id"),
        tenant=bindparam("tenant"),
        token_hash=bindparam("token_hash"),
        conversation_id=bindparam("conversation_id"),
        principal_id=bindparam("principal_id"),
        label=bindparam("label"),
        call=bindparam("call"),
        expires_us=bindparam("expires_us"),
        is_shared=bindparam("is_shared"),
    )
    .inline()
)
_FIND: Final = Statement(
    select(
        offer,
        case((offer.c.expires_us <= func.bursar_now(), 1), else_=0).label("is_expired"),
    ).where(offer.c.tenant == bindparam("tenant"), offer.c.token_hash == bindparam("token_hash"))
)
_USE: Final = Statement(
    update(offer)
    .where(
        offer.c.tenant == bindparam("tenant"),
        offer.c.id == bindparam("offer_id"),
        offer.c.used_us.is_(None),
        offer.c.expires_us > func.bursar_now(),
    )
    .values(used_us=func.bursar_now(), outcome=bindparam("ended", type_=Text))
)
_gone = offer.alias("gone")
_DROP_OLD: Final = Statement(
    delete(offer).where(
        offer.c.id.in_(
            select(_gone.c.id)
            .where(_gone.c.expires_us <= func.bursar_now() - bindparam("age_us", type_=Int))
            .order_by(_gone.c.expires_us)
            .limit(bindparam("count", type_=Int))
            .with_for_update(skip_locked=True)
        )
    )
)


class SqlOffers:
    """The offers of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def add(
        self,
        offers: Sequence[NewOffer],
        *,
        conversation_id: ConversationId,
        person_id: PrincipalId,
        expires_at: datetime,
        is_shared: bool = False,
    ) -> None:
        self._conn.run_many(
            _ADD,
            [
                {
                    "id": one.id,
                    "tenant": self._scope.tenant,
                    "token_hash": hash_token(one.token),
                    "conversation_id": conversation_id,
                    "principal_id": person_id,
                    "label": one.label,
                    "call": one.call,
                    "expires_us": to_us(expires_at),
                    "is_shared": int(is_shared),
                }
                for one in offers
            ],
        )

    def find(self, token: str) -> Offered | None:
        row = self._conn.row(_FIND, tenant=self._scope.tenant, token_hash=hash_token(token))
        if row is None:
            return None
        used_us = row["used_us"]
        return Offered(
            id=row["id"],
            token=token,
            conversation_id=ConversationId(row["conversation_id"]),
            person_id=PrincipalId(row["principal_id"]),
            label=row["label"],
            call=row["call"],
            expires_at=from_us(row["expires_us"]),
            is_expired=bool(row["is_expired"]),
            used_at=None if used_us is None else from_us(used_us),
            outcome=row["outcome"],
            is_shared=bool(row["is_shared"]),
        )

    def use(self, offer_id: str, outcome: str) -> bool:
        return bool(
            self._conn.run(_USE, tenant=self._scope.tenant, offer_id=offer_id, ended=outcome)
        )

    def drop_old(self, age: timedelta, limit: int) -> int:
        return self._conn.run(_DROP_OLD, age_us=age // _MICROSECOND, count=limit)
