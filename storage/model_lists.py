"""What providers offer, as they listed it last."""

from typing import Final

import orjson
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.routing.lists import ModelList
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.models import model_list

_ALL: Final = Statement(
    select(model_list)
    .where(model_list.c.tenant == bindparam("tenant"))
    .order_by(model_list.c.provider)
)
_put = insert(model_list).values(
    {column.name: bindparam(column.name, type_=column.type) for column in model_list.c}
)
_PUT: Final = Statement(
    _put.on_conflict_do_update(
        index_elements=[model_list.c.tenant, model_list.c.provider],
        set_={
            column.name: _put.excluded[column.name]
            for column in model_list.c
            if not column.primary_key
        },
    ).inline()
)
# Of many that would ask again, one notes that it does.
_ASK_AGAIN: Final = Statement(
    update(model_list)
    .where(
        model_list.c.tenant == bindparam("tenant"),
        model_list.c.provider == bindparam("name"),
        model_list.c.asked_us == bindparam("expected", type_=Int),
        model_list.c.why != "",
    )
    .values(asked_us=bindparam("at_us", type_=Int))
)


class SqlModelLists:
    """The lists of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def list_all(self) -> dict[str, ModelList]:
        rows = self._conn.rows(_ALL, tenant=self._scope.tenant)
        return {row["provider"]: _to_list(row) for row in rows}

    def ask_again(self, kept: ModelList) -> bool:
        return bool(
            self._conn.run(
                _ASK_AGAIN,
                tenant=self._scope.tenant,
                name=kept.provider,
                expected=None if kept.asked_at is None else to_us(kept.asked_at),
                at_us=self._scope.now_us,
            )
        )

    def put(self, found: ModelList) -> None:
        self._conn.run(
            _PUT,
            tenant=self._scope.tenant,
            provider=found.provider,
            models=orjson.dumps(found.models).decode(),
            listed_us=None if found.listed_at is None else to_us(found.listed_at),
            asked_us=None if found.asked_at is None else to_us(found.asked_at),
            why=found.why,
            missing=orjson.dumps(found.missing).decode(),
            unpriced=orjson.dumps(found.unpriced).decode(),
        )


def _to_list(row: Row) -> ModelList:
    return ModelList(
        provider=row["provider"],
        models=tuple(orjson.loads(row["models"])),
        listed_at=None if row["listed_us"] is None else from_us(row["listed_us"]),
        asked_at=None if row["asked_us"] is None else from_us(row["asked_us"]),
        why=row["why"],
        missing=tuple(orjson.loads(row["missing"])),
        unpriced=tuple(orjson.loads(row["unpriced"])),
    )
