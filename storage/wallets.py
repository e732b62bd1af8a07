"""Wallets, limits and temporary raises."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import orjson
from sqlalchemy import Text, bindparam, delete, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.economy.periods import SPANS, Span
from bot.economy.wallets import Limit, NamesChanged, TemporaryRaise, Wallet, name_key
from bot.errors.kinds import InvalidInput, NotFound
from bot.ids import TenantId, WalletId
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.money import budget_raise, wallet, wallet_limit

# Deeper than any company's tree; stops a cycle, which the rules do not let arise.
MAX_DEPTH: Final = 16
_DAY_US: Final = 86_400_000_000

_mine = wallet.c.tenant == bindparam("tenant")
_BY_ID: Final = Statement(select(wallet).where(_mine, wallet.c.id == bindparam("id")))
_BY_NAME: Final = Statement(
    select(wallet).where(
        _mine, wallet.c.name_key == bindparam("name_key"), wallet.c.state == "open"
    )
)
_ALL: Final = Statement(select(wallet).where(_mine).order_by(wallet.c.name, wallet.c.id))

_start = (
    select(*wallet.c, literal_column("0").label("depth"))
    .where(_mine, wallet.c.id == bindparam("id"))
    .cte("chain", recursive=True)
)
_chain = _start.union_all(
    select(*wallet.c, (_start.c.depth + 1).label("depth"))
    .where(wallet.c.id == _start.c.parent_id, _mine)
    .where(_start.c.depth < MAX_DEPTH)
)
_CHAIN: Final = Statement(select(_chain).order_by(_chain.c.depth))
_ADD: Final = Statement(
    insert(wallet)
    .values({column.name: bindparam(column.name, type_=column.type) for column in wallet.c})
    .on_conflict_do_nothing()
    .inline()
)
_one = (_mine, wallet.c.id == bindparam("wallet_id"))
_RENAME: Final = Statement(
    update(wallet)
    .where(*_one)
    .values(name=bindparam("new_name", type_=Text), name_key=bindparam("new_key", type_=Text))
)
_SET_STATE: Final = Statement(
    update(wallet)
    .where(*_one, wallet.c.state != bindparam("new_state", type_=Text))
    .values(state=bindparam("new_state", type_=Text))
)
# SQLite has one writer, and no such clause.
_CLAIM: Final = Statement(select(wallet.c.id).where(*_one).with_for_update())
_SET_THRESHOLDS: Final = Statement(
    update(wallet).where(*_one).values(thresholds=bindparam("percents", type_=Text))
)
_LIMITS: dict[int, Statement] = {}
_RAISES: dict[int, Statement] = {}
_limit_key = (
    wallet_limit.c.tenant == bindparam("tenant"),
    wallet_limit.c.wallet_id == bindparam("wid"),
    wallet_limit.c.span == bindparam("which"),
)
# Whoever opens a period and whoever changes what it is opened with take turns.
_CLAIM_LIMIT: Final = Statement(
    select(wallet_limit.c.amount_nanos).where(*_limit_key).with_for_update(key_share=True)
)
_NEW_LIMIT: Final = Statement(
    insert(wallet_limit)
    .values(
        wallet_id=bindparam("wid"),
        span=bindparam("which"),
        tenant=bindparam("tenant"),
        amount_nanos=bindparam("amount"),
    )
    .on_conflict_do_nothing()
    .inline()
)
_CHANGE_LIMIT: Final = Statement(
    update(wallet_limit)
    .where(*_limit_key, wallet_limit.c.amount_nanos == bindparam("expected", type_=Int))
    .values(amount_nanos=bindparam("amount", type_=Int))
)
_DROP_LIMIT: Final = Statement(
    delete(wallet_limit).where(
        *_limit_key, wallet_limit.c.amount_nanos == bindparam("expected", type_=Int)
    )
)
_ADD_RAISE: Final = Statement(
    insert(budget_raise)
    .values(
        id=bindparam("id"),
        tenant=bindparam("tenant"),
        wallet_id=bindparam("wallet_id"),
        span=bindparam("which"),
        amount_nanos=bindparam("amount"),
        from_us=bindparam("from_us"),
        until_us=bindparam("until_us"),
    )
    .on_conflict_do_nothing()
    .inline()
)
_RAISE: Final = Statement(
    select(budget_raise).where(
        budget_raise.c.tenant == bindparam("tenant"), budget_raise.c.id == bindparam("id")
    )
)
# Once, also when the clock is set back to before the end that it was given.
_is_running: Final = budget_raise.c.is_ended != 1
_END_RAISE: Final = Statement(
    update(budget_raise)
    .where(
        budget_raise.c.tenant == bindparam("tenant"),
        budget_raise.c.id == bindparam("raise_id"),
        budget_raise.c.until_us == bindparam("expected", type_=Int),
        budget_raise.c.until_us > func.bursar_now(),
        _is_running,
    )
    .values(until_us=bindparam("ends", type_=Int), is_ended=1)
)
# Its time is over, and it counts for nothing wherever that is asked: this one only says that it
# was seen, so that a clock which is set back has it count again.
_SEEN: Final = 2
_is_lapsed = (
    budget_raise.c.is_ended == literal_column("0"),
    budget_raise.c.until_us <= func.bursar_now(),
)
_LAPSED: Final = Statement(
    select(budget_raise)
    .where(*_is_lapsed)
    .order_by(budget_raise.c.until_us)
    .limit(bindparam("count", type_=Int))
)
_SEE_LAPSED: Final = Statement(
    update(budget_raise)
    .where(
        budget_raise.c.tenant == bindparam("tenant"),
        budget_raise.c.id == bindparam("raise_id"),
        *_is_lapsed,
    )
    .values(is_ended=_SEEN)
)


def _to_wallet(row: Row) -> Wallet:
    return Wallet(
        id=WalletId(row["id"]),
        parent_id=row["parent_id"],
        kind=row["kind"],
        name=row["name"],
        thresholds=tuple(orjson.loads(row["thresholds"])),
        overdraft_percent=row["overdraft_percent"],
        is_closed=row["state"] != "open",
        cost_centre=row["cost_centre"],
    )


def _to_wallets(rows: Sequence[Row]) -> tuple[Wallet, ...]:
    return tuple(_to_wallet(row) for row in rows)


def _to_limits(rows: Sequence[Row]) -> tuple[Limit, ...]:
    limits = [Limit(WalletId(row["wallet_id"]), row["span"], row["amount_nanos"]) for row in rows]
    return tuple(sorted(limits, key=lambda limit: (limit.wallet_id, SPANS.index(limit.span))))


def _to_raise(row: Row) -> TemporaryRaise:
    return TemporaryRaise(
        id=row["id"],
        wallet_id=WalletId(row["wallet_id"]),
        span=row["span"],
        amount_nanos=row["amount_nanos"],
        from_at=from_us(row["from_us"]),
        until_at=from_us(row["until_us"]),
    )


class SqlWallets:
    """The wallets of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def get(self, wallet_id: WalletId) -> Wallet:
        found = self.find(wallet_id)
        if found is None:
            raise NotFound("wallet", wallet_id)
        return found

    def find(self, wallet_id: WalletId) -> Wallet | None:
        found = self._conn.made(_to_wallets, _BY_ID, tenant=self._scope.tenant, id=wallet_id)
        return found[0] if found else None

    def find_by_name(self, name: str) -> Wallet | None:
        found = self._conn.made(
            _to_wallets, _BY_NAME, tenant=self._scope.tenant, name_key=name_key(name)
        )
        return found[0] if found else None

    def chain(self, wallet_id: WalletId) -> list[Wallet]:
        found = self._conn.made(_to_wallets, _CHAIN, tenant=self._scope.tenant, id=wallet_id)
        if not found:
            raise NotFound("wallet", wallet_id)
        return [*found]

    def list_all(self) -> list[Wallet]:
        return [*self._conn.made(_to_wallets, _ALL, tenant=self._scope.tenant)]

    def add(self, new: Wallet) -> None:
        made = self._conn.run(
            _ADD,
            id=new.id,
            tenant=self._scope.tenant,
            parent_id=new.parent_id,
            kind=new.kind,
            name=new.name,
            name_key=name_key(new.name),
            cost_centre=new.cost_centre,
            thresholds=orjson.dumps(list(new.thresholds)).decode(),
            overdraft_percent=new.overdraft_percent,
            state="open",
            created_us=self._scope.now_us,
        )
        if not made:
            raise _taken(new.name)
        self._announce()

    def rename(self, wallet_id: WalletId, name: str) -> None:
        same = self.find_by_name(name)
        if same is not None and same.id != wallet_id:
            raise _taken(name)
        self._conn.run(
            _RENAME,
            tenant=self._scope.tenant,
            wallet_id=wallet_id,
            new_name=name,
            new_key=name_key(name),
        )
        self._announce()

    def claim(self, wallet_id: WalletId) -> None:
        self._conn.row(_CLAIM, tenant=self._scope.tenant, wallet_id=wallet_id)

    def set_closed(self, wallet_id: WalletId, is_closed: bool) -> bool:
        self._announce()
        return bool(
            self._conn.run(
                _SET_STATE,
                tenant=self._scope.tenant,
                wallet_id=wallet_id,
                new_state="closed" if is_closed else "open",
            )
        )

    def set_thresholds(self, wallet_id: WalletId, percents: Sequence[int]) -> None:
        self._conn.run(
            _SET_THRESHOLDS,
            tenant=self._scope.tenant,
            wallet_id=wallet_id,
            percents=orjson.dumps(list(percents)).decode(),
        )

    def list_limits(self, wallet_ids: Sequence[WalletId]) -> list[Limit]:
        if not wallet_ids:
            return []
        statement = _LIMITS.get(len(wallet_ids))
        if statement is None:
            statement = _LIMITS[len(wallet_ids)] = Statement(
                select(wallet_limit).where(
                    wallet_limit.c.tenant == bindparam("tenant"),
                    wallet_limit.c.wallet_id.in_(_names("wallet", len(wallet_ids))),
                )
            )
        return [
            *self._conn.made(
                _to_limits, statement, tenant=self._scope.tenant, **_values("wallet", wallet_ids)
            )
        ]

    def set_limit(
        self, wallet_id: WalletId, span: Span, amount_nanos: int | None, *, expected: int | None
    ) -> bool:
        key = {"tenant": self._scope.tenant, "wid": wallet_id, "which": span}
        if amount_nanos is None:
            return expected is None or bool(self._conn.run(_DROP_LIMIT, **key, expected=expected))
        if expected is None:
            return bool(self._conn.run(_NEW_LIMIT, **key, amount=amount_nanos))
        return bool(self._conn.run(_CHANGE_LIMIT, **key, amount=amount_nanos, expected=expected))

    def claim_limit(self, wallet_id: WalletId, span: Span) -> Limit | None:
        row = self._conn.row(_CLAIM_LIMIT, tenant=self._scope.tenant, wid=wallet_id, which=span)
        return None if row is None else Limit(wallet_id, span, row["amount_nanos"])

    def list_raises(self, wallet_ids: Sequence[WalletId], at: datetime) -> list[TemporaryRaise]:
        if not wallet_ids:
            return []
        statement = _RAISES.get(len(wallet_ids))
        if statement is None:
            statement = _RAISES[len(wallet_ids)] = Statement(
                select(budget_raise)
                .where(
                    budget_raise.c.tenant == bindparam("tenant"),
                    budget_raise.c.wallet_id.in_(_names("wallet", len(wallet_ids))),
                    budget_raise.c.until_us > bindparam("day_us", type_=Int),
                    _is_running,
                )
                .order_by(budget_raise.c.from_us, budget_raise.c.id)
            )
        at_us = to_us(at)
        # Asked for the whole day, so that the answer can be kept.
        rows = self._conn.rows(
            statement,
            tenant=self._scope.tenant,
            day_us=at_us - at_us % _DAY_US,
            **_values("wallet", wallet_ids),
        )
        return [_to_raise(row) for row in rows if row["until_us"] > at_us]

    def add_raise(self, raise_: TemporaryRaise) -> None:
        self._conn.run(
            _ADD_RAISE,
            id=raise_.id,
            tenant=self._scope.tenant,
            wallet_id=raise_.wallet_id,
            which=raise_.span,
            amount=raise_.amount_nanos,
            from_us=to_us(raise_.from_at),
            until_us=to_us(raise_.until_at),
        )

    def end_raise(self, raise_id: str, at: datetime) -> TemporaryRaise | None:
        row = self._conn.row(_RAISE, tenant=self._scope.tenant, id=raise_id)
        if row is None:
            return None
        ended = self._conn.run(
            _END_RAISE,
            tenant=self._scope.tenant,
            raise_id=raise_id,
            expected=row["until_us"],
            ends=max(to_us(at), row["from_us"]),
        )
        return _to_raise(row) if ended else None

    def list_lapsed(self, limit: int) -> list[tuple[TenantId, TemporaryRaise]]:
        rows = self._conn.rows(_LAPSED, count=limit)
        return [(TenantId(row["tenant"]), _to_raise(row)) for row in rows]

    def see_lapsed(self, raise_id: str) -> bool:
        return bool(self._conn.run(_SEE_LAPSED, tenant=self._scope.tenant, raise_id=raise_id))

    def _announce(self) -> None:
        self._scope.committed.append(NamesChanged(self._scope.tenant))


def _taken(name: str) -> InvalidInput:
    return InvalidInput("name", "is taken by another wallet", example=f"{name} 2")


def _names(prefix: str, count: int) -> list[object]:
    return [bindparam(f"{prefix}_{index}", type_=Text) for index in range(count)]


def _values(prefix: str, values: Sequence[str]) -> dict[str, str]:
    return {f"{prefix}_{index}": value for index, value in enumerate(values)}
