"""What a company lets go to channels that are no chats."""

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.alerts.channels import ChannelRule
from storage.connection import Connection
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
)
_SET: Final = Statement(
    _new.on_conflict_do_update(
        index_elements=[channel_rule.c.tenant, channel_rule.c.name],
        set_={"paused": _new.excluded.paused, "from_percent": _new.excluded.from_percent},
        where=(channel_rule.c.tenant == bindparam("tenant"))
        & (channel_rule.c.paused == bindparam("expected_paused", type_=Int))
        & (channel_rule.c.from_percent == bindparam("expected_percent", type_=Int)),
    ).inline()
)


class SqlChannels:
    """The rules of the scope's tenant. None is ever deleted, so that a change finds its row."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def list_rules(self) -> list[ChannelRule]:
        rows = self._conn.rows(_ALL, tenant=self._scope.tenant)
        return [ChannelRule(row["name"], bool(row["paused"]), row["from_percent"]) for row in rows]

    def set_rule(self, rule: ChannelRule, *, expected: ChannelRule) -> bool:
        return bool(
            self._conn.run(
                _SET,
                tenant=self._scope.tenant,
                name=rule.name,
                paused=int(rule.is_paused),
                from_percent=rule.from_percent,
                expected_paused=int(expected.is_paused),
                expected_percent=expected.from_percent,
            )
        )
