"""Usage and its sums by day and by hour, written in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, Text, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.economy.usage import CORRECTION, Grouping, HourSpend, SpendCell, SpendLine, Usage
from bot.ids import PrincipalId, WalletId
from storage.connection import Connection
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.usage import usage, usage_day, usage_hour

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


_HOUR_US: Final = 3_600_000_000
_hour = (usage.c.at_us - usage.c.at_us % _HOUR_US).label("hour_us")
_SPENT: Final = Statement(
    select(
        _hour,
        usage.c.wallet_id,
        usage.c.model,
        usage.c.principal_id,
        func.sum(usage.c.cost_nanos).cast(Int).label("cost_nanos"),
    )
    .where(
        usage.c.tenant == bindparam("tenant"),
        usage.c.at_us >= bindparam("from_us"),
        usage.c.at_us < bindparam("until_us"),
        # What bills correct was spent at no hour, and by nobody.
        usage.c.feature != CORRECTION,
    )
    .group_by(_hour, usage.c.wallet_id, usage.c.model, usage.c.principal_id)
    .order_by(_hour, usage.c.wallet_id, usage.c.model, usage.c.principal_id)
)
_of_pair = (
    usage_hour.c.tenant == bindparam("tenant"),
    usage_hour.c.wallet_id == bindparam("spent_from"),
    usage_hour.c.model == bindparam("model_name"),
)
_HOURS: Final = Statement(
    select(usage_hour.c.hour_us, usage_hour.c.cost_nanos)
    .where(
        *_of_pair,
        usage_hour.c.hour_us >= bindparam("from_us"),
        usage_hour.c.hour_us < bindparam("until_us"),
    )
    .order_by(usage_hour.c.hour_us)
)
_FIRST_HOUR: Final = Statement(
    select(usage_hour.c.hour_us).where(*_of_pair).order_by(usage_hour.c.hour_us).limit(1)
)

_Shape = tuple[tuple[Grouping, ...], int | None, bool, bool, bool]
_SUMS: Final[dict[_Shape, Statement]] = {}


def _sum_statement(
    groupings: tuple[Grouping, ...],
    wallets: int | None,
    has_person: bool,
    has_model: bool,
    is_by_amount: bool,
) -> Statement:
    """Return the query of a shape; each is compiled once."""
    sums = [
        func.coalesce(func.sum(usage_day.c[name]), 0).cast(Int).label(name)
        for name in ("cost_nanos", "calls", "tokens_in", "tokens_out")
    ]
    # Any: its columns depend on the groupings.
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
    if groupings:
        headings = [
            _HEADINGS[grouping].label(f"heading_{index}")
            for index, grouping in enumerate(groupings)
        ]
        query = query.add_columns(*headings).group_by(*headings)
        query = query.order_by(*([sums[0].desc()] if is_by_amount else []), *headings)
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
                calls=int(usage.feature != CORRECTION),
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
        is_by_amount = grouping is not None and grouping not in {"day", "month"}
        lines = [
            SpendLine(cell.headings[0] if cell.headings else "", *_figures(cell))
            for cell in self._sums(
                () if grouping is None else (grouping,),
                from_on,
                until_on,
                wallet_ids,
                person_id,
                model,
                is_by_amount=is_by_amount,
            )
        ]
        return [line for line in lines if line.calls or line.cost_nanos]

    def sum_across(
        self,
        groupings: Sequence[Grouping],
        *,
        from_on: date,
        until_on: date,
        wallet_ids: Sequence[WalletId] | None = None,
    ) -> list[SpendCell]:
        return self._sums(tuple(groupings), from_on, until_on, wallet_ids)

    def _sums(
        self,
        groupings: tuple[Grouping, ...],
        from_on: date,
        until_on: date,
        wallet_ids: Sequence[WalletId] | None,
        person_id: PrincipalId | None = None,
        model: str | None = None,
        *,
        is_by_amount: bool = False,
    ) -> list[SpendCell]:
        shape = (
            groupings,
            None if wallet_ids is None else len(wallet_ids),
            person_id is not None,
            model is not None,
            is_by_amount,
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
        count = len(groupings)
        return [
            SpendCell(
                headings=tuple(row[f"heading_{index}"] for index in range(count)),
                cost_nanos=row["cost_nanos"],
                calls=row["calls"],
                tokens_in=row["tokens_in"],
                tokens_out=row["tokens_out"],
            )
            for row in self._conn.rows(statement, **values)
        ]

    def list_spent(self, from_at: datetime, until_at: datetime) -> list[HourSpend]:
        rows = self._conn.rows(
            _SPENT,
            tenant=self._scope.tenant,
            from_us=to_us(from_at),
            until_us=to_us(until_at),
        )
        return [
            HourSpend(
                from_us(row["hour_us"]),
                row["wallet_id"],
                row["model"],
                row["principal_id"],
                row["cost_nanos"],
            )
            for row in rows
        ]

    def list_hours(
        self, wallet_id: WalletId, model: str, from_at: datetime, until_at: datetime
    ) -> dict[datetime, int]:
        rows = self._conn.rows(
            _HOURS,
            tenant=self._scope.tenant,
            spent_from=wallet_id,
            model_name=model,
            from_us=to_us(from_at),
            until_us=to_us(until_at),
        )
        return {from_us(row["hour_us"]): row["cost_nanos"] for row in rows}

    def find_first_hour(self, wallet_id: WalletId, model: str) -> datetime | None:
        row = self._conn.row(
            _FIRST_HOUR, tenant=self._scope.tenant, spent_from=wallet_id, model_name=model
        )
        return None if row is None else from_us(row["hour_us"])

    def list_models(self) -> list[str]:
        return [row[0] for row in self._conn.rows(_MODELS, tenant=self._scope.tenant)]


def _figures(cell: SpendCell) -> tuple[int, int, int, int]:
    return cell.cost_nanos, cell.calls, cell.tokens_in, cell.tokens_out
