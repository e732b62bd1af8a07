"""What was used, by provider: read from the calls themselves, a span at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Text, bindparam, case, func, select

from bot.clock import to_us
from bot.economy.charges import Charge
from bot.economy.usage import CORRECTION
from bot.ids import PrincipalId, WalletId
from storage.connection import Connection
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.usage import usage

_is_correction = case((usage.c.feature == CORRECTION, 1), else_=0).label("is_correction")
_KEYS: Final = (usage.c.provider, usage.c.model, usage.c.wallet_id, usage.c.principal_id)
_BETWEEN: dict[int | None, Statement] = {}


def _between(wallets: int | None) -> Statement:
    """Return the query for so many wallets, None for all; each is compiled once."""
    found = _BETWEEN.get(wallets)
    if found is None:
        sums = [
            func.sum(usage.c[name]).cast(Int).label(name)
            for name in ("tokens_in", "tokens_out", "tokens_cached", "cost_nanos")
        ]
        query = select(
            *_KEYS, _is_correction, func.sum(1 - _is_correction).cast(Int).label("calls"), *sums
        ).where(
            usage.c.tenant == bindparam("tenant"),
            usage.c.at_us >= bindparam("from_us"),
            usage.c.at_us < bindparam("until_us"),
        )
        if wallets is not None:
            # Any: bound values
            names: list[Any] = [bindparam(f"wallet_{i}", type_=Text) for i in range(wallets)]
            query = query.where(usage.c.wallet_id.in_(names))
        query = query.group_by(*_KEYS, _is_correction).order_by(*_KEYS, _is_correction)
        found = _BETWEEN[wallets] = Statement(query)
    return found


class SqlCharges:
    """The charges of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def list_between(
        self, from_at: datetime, until_at: datetime, wallet_ids: Sequence[WalletId] | None = None
    ) -> list[Charge]:
        rows = self._conn.rows(
            _between(None if wallet_ids is None else len(wallet_ids)),
            tenant=self._scope.tenant,
            from_us=to_us(from_at),
            until_us=to_us(until_at),
            **{f"wallet_{index}": one for index, one in enumerate(wallet_ids or ())},
        )
        return [
            Charge(
                provider=row["provider"],
                model=row["model"],
                wallet_id=WalletId(row["wallet_id"]),
                person_id=PrincipalId(row["principal_id"]),
                is_correction=bool(row["is_correction"]),
                calls=row["calls"],
                tokens_in=row["tokens_in"],
                tokens_out=row["tokens_out"],
                tokens_cached=row["tokens_cached"],
                cost_nanos=row["cost_nanos"],
            )
            for row in rows
        ]
