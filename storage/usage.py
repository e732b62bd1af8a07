"""Usage and its sums by day, written in one transaction."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, Text, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.clock import to_us
from bot.economy.usage import Grouping, SpendLine, Usage
from bot.ids import PrincipalId, WalletId
from storage.connection import Connection
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.usage import usage, usage_day

_ADD: Final = Statement(
    insert(usage)
    .values({column.name: bindparam(column.name, type_=column.type) for column in usage.c})
    .on_conflict_do_nothing()
    .inline()
)
_day = insert(usage_day).values(
    {column.name: bindparam(column.name, type_=column.type) for column in usage_day.c}
)
_ADD_DAY: Final = Statement(
    _day.on_conflict_do_update(
        index_elements=list(usage_day.primary_key),
        set_={
            name: usage_day.c[name] + _day.excluded[name]
            for name in ("calls", "tokens_in", "tokens_out", "cost_nanos")
        },
    )
)
_MODELS: Final = Statement(
    select(usage_day.c.model)
    .where(usage_day.c.tenant == bindparam("tenant"))
    .distinct()
    .order_by(usage_day.c.model)
)
_HEADINGS: Final[dict[Grouping, Any]] = {  # Any: a column or an expression of one
    "wallet": usage_day.c.wallet_id,
    "person": usage_day.c.principal_id,
    "model": usage_day.c.model,
    "day": usage_day.c.day,
    "month": func.substr(usage_day.c.day, 1, 7),
}


_Shape = tuple[Grouping | None, int | None, bool, bool]
_SUMS: Final[dict[_Shape, Statement]] = {}


def _sum_statement(
    grouping: Grouping | None, wallets: int | None, has_person: bool, has_model: bool
) -> Statement:
    """Return the query of a shape; each is compiled once."""
    sums = [
        func.coalesce(func.sum(usage_day.c[name]), 0).cast(Int).label(name)
        for name in ("cost_nanos", "calls", "tokens_in", "tokens_out")
    ]
    # Any: its columns depend on the grouping.
    everything: Select[Any] = select(*list[Any](sums))
    query = everything.where(
        usage_day.c.tenant == bindparam("tenant"),
        usage_day.c.day >= bindparam("from_on"),
        usage_day.c.day <= bindparam("until_on"),
    )
    if wallets is not None:
        names = [bindparam(f"wallet_{index}", type_=Text) for index in range(wallets)]
        query = query.where(usage_day.c.wallet_id.in_(names))
    if has_person:
        query = query.where(usage_day.c.principal_id == bindparam("person_id"))
    if has_model:
        query = query.where(usage_day.c.model == bindparam("model_name"))
    if grouping is not None:
        heading = _HEADINGS[grouping].label("heading")
        query = query.add_columns(heading).group_by(heading)
        order = (heading,) if grouping in {"day", "month"} else (sums[0].desc(), heading)
        query = query.order_by(*order)
    return Statement(query)


class SqlUsage:
    """The usage of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def add(self, usage: Usage, on: date) -> bool:
        kept = self._conn.run(
            _ADD,
            id=usage.id,
            tenant=self._scope.tenant,
            wallet_id=usage.wallet_id,
            principal_id=usage.principal_id,
            feature=usage.feature,
            provider=usage.provider,
            model=usage.model,
            tokens_in=usage.tokens_in,
            tokens_out=usage.tokens_out,
            cost_nanos=usage.cost_nanos,
            price_version=usage.price_version,
            is_estimated=int(usage.is_estimated),
            tokens_cached=usage.tokens_cached,
            tokens_reasoning=usage.tokens_reasoning,
            estimate_nanos=usage.estimate_nanos,
            attempt=usage.attempt,
            reason=usage.reason,
            latency_ms=usage.latency_ms,
            at_us=to_us(usage.at),
        )
        if kept:
            self._conn.run(
                _ADD_DAY,
                tenant=self._scope.tenant,
                day=on.isoformat(),
                wallet_id=usage.wallet_id,
                principal_id=usage.principal_id,
                model=usage.model,
                calls=1,
                tokens_in=usage.tokens_in,
                tokens_out=usage.tokens_out,
                cost_nanos=usage.cost_nanos,
            )
        return bool(kept)

    def sum_by(
        self,
        grouping: Grouping | None,
        *,
        from_on: date,
        until_on: date,
        wallet_ids: Sequence[WalletId] | None = None,
        person_id: PrincipalId | None = None,
        model: str | None = None,
    ) -> list[SpendLine]:
        shape = (
            grouping,
            None if wallet_ids is None else len(wallet_ids),
            person_id is not None,
            model is not None,
        )
        statement = _SUMS.get(shape)
        if statement is None:
            statement = _SUMS[shape] = _sum_statement(*shape)
        values: dict[str, object] = {
            "tenant": self._scope.tenant,
            "from_on": from_on.isoformat(),
            "until_on": until_on.isoformat(),
            "person_id": person_id,
            "model_name": model,
        }
        values |= {f"wallet_{index}": value for index, value in enumerate(wallet_ids or ())}
        lines = [
            SpendLine(
                heading=row["heading"] if grouping is not None else "",
                cost_nanos=row["cost_nanos"],
                calls=row["calls"],
                tokens_in=row["tokens_in"],
                tokens_out=row["tokens_out"],
            )
            for row in self._conn.rows(statement, **values)
        ]
        return [line for line in lines if line.calls]

    def list_models(self) -> list[str]:
        return [row[0] for row in self._conn.rows(_MODELS, tenant=self._scope.tenant)]
