"""Providers of models, and prices that a company has set itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import orjson
from sqlalchemy import Text, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import to_us
from bot.economy.prices import Price
from bot.economy.wallets import NamesChanged
from bot.models import TimeOuts
from bot.routing.providers import Abilities, ModelKey, Provider
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.models import model_price, provider

_ADD: Final = Statement(
    insert(provider)
    .values({column.name: bindparam(column.name, type_=column.type) for column in provider.c})
    .on_conflict_do_nothing()
    .inline()
)
_ALL: Final = Statement(
    select(provider)
    .where(provider.c.tenant == bindparam("tenant"))
    .order_by(provider.c.added_us, provider.c.name)
)
_SET_STATE: Final = Statement(
    update(provider)
    .where(
        provider.c.tenant == bindparam("tenant"),
        provider.c.name == bindparam("called"),
        provider.c.state != bindparam("new_state", type_=Text),
    )
    .values(state=bindparam("new_state", type_=Text))
)
_HOW: Final = ("connect_ms", "first_byte_ms", "total_ms", "structure", "bound")
# Only from what was shown: of two who change it at once the second changes nothing.
_TUNE: Final = Statement(
    update(provider)
    .where(
        provider.c.tenant == bindparam("tenant"),
        provider.c.name == bindparam("called"),
        *(
            provider.c[name] == bindparam(f"old_{name}", type_=provider.c[name].type)
            for name in _HOW
        ),
    )
    .values({name: bindparam(f"new_{name}", type_=provider.c[name].type) for name in _HOW})
)
_SET_REGION: Final = Statement(
    update(provider)
    .where(
        provider.c.tenant == bindparam("tenant"),
        provider.c.name == bindparam("called"),
        provider.c.region == bindparam("expected", type_=Text),
    )
    .values(region=bindparam("new_region", type_=Text))
)
_ADD_PRICE: Final = Statement(
    insert(model_price)
    .values({column.name: bindparam(column.name, type_=column.type) for column in model_price.c})
    .on_conflict_do_nothing()
    .inline()
)
_PRICES: Final = Statement(
    select(model_price)
    .where(model_price.c.tenant == bindparam("tenant"))
    .order_by(model_price.c.from_us)
)


def _to_provider(row: Row) -> Provider:
    return Provider(
        name=row["name"],
        kind=row["kind"],
        models=tuple(orjson.loads(row["models"])),
        base_url=row["base_url"],
        key_ref=row["key_ref"],
        time_outs=TimeOuts(
            row["connect_ms"] / 1000, row["first_byte_ms"] / 1000, row["total_ms"] / 1000
        ),
        abilities=Abilities(row["structure"], row["bound"]),
        is_disabled=row["state"] == "disabled",
        region=row["region"],
    )


def _to_providers(rows: Sequence[Row]) -> tuple[Provider, ...]:
    return tuple(_to_provider(row) for row in rows)


def _how(provider: Provider) -> dict[str, object]:
    limits, abilities = provider.time_outs, provider.abilities
    return {
        "connect_ms": round(limits.connect_s * 1000),
        "first_byte_ms": round(limits.first_byte_s * 1000),
        "total_ms": round(limits.total_s * 1000),
        "structure": abilities.structure,
        "bound": abilities.bound,
    }


def _to_price(row: Row) -> Price:
    return Price(
        row["in_nanos"],
        row["cached_nanos"],
        row["out_nanos"],
        row["version"],
        to_cache_nanos=row["to_cache_nanos"],
    )


def _to_prices(rows: Sequence[Row]) -> tuple[tuple[int, ModelKey, Price], ...]:
    return tuple(
        (row["from_us"], ModelKey(row["provider"], row["model"]), _to_price(row)) for row in rows
    )


class SqlProviders:
    """The providers and own prices of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def add(self, provider: Provider) -> bool:
        self._scope.committed.append(NamesChanged(self._scope.tenant))
        return bool(
            self._conn.run(
                _ADD,
                tenant=self._scope.tenant,
                name=provider.name,
                kind=provider.kind,
                base_url=provider.base_url,
                key_ref=provider.key_ref,
                models=orjson.dumps(provider.models).decode(),
                state="disabled" if provider.is_disabled else "active",
                added_us=self._scope.now_us,
                **_how(provider),
                region=provider.region,
            )
        )

    def list_all(self) -> list[Provider]:
        return [*self._conn.made(_to_providers, _ALL, tenant=self._scope.tenant)]

    def set_disabled(self, name: str, is_disabled: bool) -> bool:
        self._scope.committed.append(NamesChanged(self._scope.tenant))
        return bool(
            self._conn.run(
                _SET_STATE,
                tenant=self._scope.tenant,
                called=name,
                new_state="disabled" if is_disabled else "active",
            )
        )

    def tune(self, before: Provider, after: Provider) -> bool:
        old = {f"old_{name}": value for name, value in _how(before).items()}
        new = {f"new_{name}": value for name, value in _how(after).items()}
        return bool(
            self._conn.run(_TUNE, tenant=self._scope.tenant, called=before.name, **old, **new)
        )

    def set_region(self, name: str, region: str, *, expected: str) -> bool:
        return bool(
            self._conn.run(
                _SET_REGION,
                tenant=self._scope.tenant,
                called=name,
                new_region=region,
                expected=expected,
            )
        )

    def add_price(self, key: ModelKey, price: Price, from_at: datetime) -> bool:
        return bool(
            self._conn.run(
                _ADD_PRICE,
                tenant=self._scope.tenant,
                provider=key.provider,
                model=key.model,
                from_us=to_us(from_at),
                in_nanos=price.in_nanos,
                cached_nanos=price.cached_nanos,
                out_nanos=price.out_nanos,
                version=price.version,
                to_cache_nanos=price.to_cache_nanos,
            )
        )

    def list_prices(self, at: datetime) -> dict[ModelKey, Price]:
        # Asked without the time, so that the answer can be kept: a company sets few prices.
        found = self._conn.made(_to_prices, _PRICES, tenant=self._scope.tenant)
        at_us = to_us(at)
        # Oldest first: the one that holds is what stays.
        return {key: price for from_us, key, price in found if from_us <= at_us}
