"""Model calls on their way, and what they came to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Text, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.economy.calls import CallOutcome, KeptCall, ModelCall
from bot.ids import PrincipalId, TenantId, WalletId
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.models import model_call
from storage.tables.people import principal

_BEGIN: Final = Statement(
    insert(model_call)
    .values(
        key=bindparam("key"),
        tenant=bindparam("tenant"),
        wallet_id=bindparam("wallet_id"),
        principal_id=bindparam("principal_id"),
        feature=bindparam("feature"),
        hold_nanos=bindparam("hold_nanos"),
        prompt_nanos=bindparam("prompt_nanos"),
        prompt_tokens=bindparam("prompt_tokens"),
        route=bindparam("route"),
        begun_us=bindparam("begun_us"),
        until_us=bindparam("until_us"),
    )
    .on_conflict_do_nothing()
    .inline()
)
# One statement looks whether it is under way and ends it: whoever comes second finds nothing.
_END: Final = Statement(
    update(model_call)
    .where(
        model_call.c.tenant == bindparam("tenant"),
        model_call.c.key == bindparam("called", type_=Text),
        model_call.c.state == "under_way",
    )
    .values(
        state=bindparam("new_state", type_=Text),
        attempts=bindparam("tried", type_=Text),
        cost_nanos=bindparam("cost", type_=Int),
        latency_ms=bindparam("took_ms", type_=Int),
    )
    .returning(*model_call.c)
)
_GIVE_UP: Final = Statement(
    update(model_call)
    .where(
        model_call.c.tenant == bindparam("tenant"),
        model_call.c.key == bindparam("called", type_=Text),
        model_call.c.state == "under_way",
    )
    .values(state="unknown", cost_nanos=model_call.c.prompt_nanos)
    .returning(*model_call.c)
)
_OF_PERSON: Final = Statement(
    select(model_call)
    .where(
        model_call.c.tenant == bindparam("tenant"),
        model_call.c.principal_id == bindparam("person_id", type_=Text),
    )
    .order_by(model_call.c.begun_us.desc(), model_call.c.key.desc())
    .limit(bindparam("limit", type_=Int))
)
_OVERDUE: Final = Statement(
    select(model_call.c.tenant, model_call.c.key)
    .where(model_call.c.state == "under_way", model_call.c.until_us <= func.bursar_now())
    .order_by(model_call.c.until_us)
    .limit(bindparam("limit", type_=Int))
)
_is_over = (
    model_call.c.begun_us < bindparam("before_us", type_=Int),
    model_call.c.state != "under_way",
)
# By the people, for whom there is an index: none by time is written with every call.
_LIST_OLD: Final = Statement(
    select(model_call.c.key)
    .where(
        model_call.c.tenant == bindparam("tenant"),
        model_call.c.principal_id.in_(
            select(principal.c.id).where(principal.c.tenant == bindparam("tenant"))
        ),
        *_is_over,
    )
    .limit(bindparam("count", type_=Int))
)
_DROP: Final = Statement(
    delete(model_call).where(
        model_call.c.tenant == bindparam("tenant"),
        model_call.c.key == bindparam("called", type_=Text),
        *_is_over,
    )
)


def _to_call(row: Row) -> ModelCall:
    return ModelCall(
        key=row["key"],
        wallet_id=WalletId(row["wallet_id"]),
        person_id=PrincipalId(row["principal_id"]),
        feature=row["feature"],
        hold_nanos=row["hold_nanos"],
        prompt_nanos=row["prompt_nanos"],
        prompt_tokens=row["prompt_tokens"],
        route=row["route"],
        begun_at=from_us(row["begun_us"]),
        until_at=from_us(row["until_us"]),
    )


class SqlCalls:
    """The model calls of the scope's tenant; which are overdue is asked for all of them."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def begin(self, call: ModelCall) -> bool:
        return bool(
            self._conn.run(
                _BEGIN,
                key=call.key,
                tenant=self._scope.tenant,
                wallet_id=call.wallet_id,
                principal_id=call.person_id,
                feature=call.feature,
                hold_nanos=call.hold_nanos,
                prompt_nanos=call.prompt_nanos,
                prompt_tokens=call.prompt_tokens,
                route=call.route,
                begun_us=to_us(call.begun_at),
                until_us=to_us(call.until_at),
            )
        )

    def end(self, key: str, outcome: CallOutcome) -> ModelCall | None:
        row = self._conn.row(
            _END,
            tenant=self._scope.tenant,
            called=key,
            new_state=outcome.state,
            tried=outcome.attempts,
            cost=outcome.cost_nanos,
            took_ms=outcome.latency_ms,
        )
        return None if row is None else _to_call(row)

    def give_up(self, key: str) -> ModelCall | None:
        row = self._conn.row(_GIVE_UP, tenant=self._scope.tenant, called=key)
        return None if row is None else _to_call(row)

    def list_of(self, person_id: PrincipalId, limit: int) -> list[KeptCall]:
        rows = self._conn.rows(
            _OF_PERSON, tenant=self._scope.tenant, person_id=person_id, limit=limit
        )
        return [
            KeptCall(
                feature=row["feature"],
                state=row["state"],
                hold_nanos=row["hold_nanos"],
                cost_nanos=row["cost_nanos"],
                latency_ms=row["latency_ms"],
                route=row["route"],
                attempts=row["attempts"],
                begun_at=from_us(row["begun_us"]),
            )
            for row in rows
        ]

    def list_overdue(self, limit: int) -> list[tuple[TenantId, str]]:
        return [
            (TenantId(row["tenant"]), row["key"]) for row in self._conn.rows(_OVERDUE, limit=limit)
        ]

    def list_old(self, before: datetime, limit: int) -> list[str]:
        rows = self._conn.rows(
            _LIST_OLD, tenant=self._scope.tenant, before_us=to_us(before), count=limit
        )
        return [row[0] for row in rows]

    def drop_old(self, keys: Sequence[str], before: datetime) -> int:
        values = {"tenant": self._scope.tenant, "before_us": to_us(before)}
        return sum(self._conn.run(_DROP, called=key, **values) for key in keys)
