"""What a company lets go to channels that are no chats."""

from collections.abc import Sequence
from typing import Final

import orjson
from sqlalchemy import Text, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.alerts.channels import ChannelRule
from bot.ids import WalletId
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.alerts import channel_rule
from storage.tables.columns import Int

_ALL: Final = Statement(
    select(channel_rule)
    .where(channel_rule.c.tenant == bindparam("tenant"))
    .order_by(channel_rule.c.name)
)
_new = insert(channel_rule).values(
    tenant=bindparam("tenant"),
    name=bindparam("name"),
    paused=bindparam("paused"),
    from_percent=bindparam("from_percent"),
    wallets=bindparam("wallets"),
)
_SET: Final = Statement(
    _new.on_conflict_do_update(
        index_elements=[channel_rule.c.tenant, channel_rule.c.name],
        set_={name: _new.excluded[name] for name in ("paused", "from_percent", "wallets")},
        where=(channel_rule.c.tenant == bindparam("tenant"))
        & (channel_rule.c.paused == bindparam("expected_paused", type_=Int))
        & (channel_rule.c.from_percent == bindparam("expected_percent", type_=Int))
        & (channel_rule.c.wallets == bindparam("expected_wallets", type_=Text)),
    ).inline()
)


class SqlChannels:
    """The rules of the scope's tenant. None is ever deleted, so that a change finds its row."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def list_rules(self) -> list[ChannelRule]:
        rows = self._conn.rows(_ALL, tenant=self._scope.tenant)
        return [_to_rule(row) for row in rows]

    def set_rule(self, rule: ChannelRule, *, expected: ChannelRule) -> bool:
        return bool(
            self._conn.run(
                _SET,
                tenant=self._scope.tenant,
                name=rule.name,
                paused=int(rule.is_paused),
                from_percent=rule.from_percent,
                wallets=_dump(rule.wallet_ids),
                expected_paused=int(expected.is_paused),
                expected_percent=expected.from_percent,
                expected_wallets=_dump(expected.wallet_ids),
            )
        )


def _dump(wallet_ids: Sequence[WalletId]) -> str:
    return orjson.dumps(wallet_ids).decode()


def _to_rule(row: Row) -> ChannelRule:
    wallet_ids = tuple(WalletId(one) for one in orjson.loads(row["wallets"]))
    return ChannelRule(row["name"], bool(row["paused"]), row["from_percent"], wallet_ids)
