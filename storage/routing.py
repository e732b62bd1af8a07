"""Rules about which models are asked: a row a version, the newest holds."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.dialects.postgresql import insert

from bot.routing.rules import Rule, RuleBook, dump_rules, parse_rules
from storage.connection import Connection
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.models import routing_rules

_SAVE: Final = Statement(
    insert(routing_rules)
    .values({column.name: bindparam(column.name, type_=column.type) for column in routing_rules.c})
    .on_conflict_do_nothing()
    .inline()
)
_NEWEST: Final = Statement(
    select(routing_rules.c.version, routing_rules.c.rules)
    .where(routing_rules.c.tenant == bindparam("tenant"))
    .order_by(routing_rules.c.version.desc())
    .limit(literal_column("1"))
)


class SqlRouting:
    """The rules of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def get(self) -> RuleBook:
        row = self._conn.row(_NEWEST, tenant=self._scope.tenant)
        return RuleBook() if row is None else RuleBook(row["version"], parse_rules(row["rules"]))

    def save(self, rules: Sequence[Rule], version: int) -> bool:
        # The key says that nobody has made this version yet: who comes second keeps nothing.
        return bool(
            self._conn.run(
                _SAVE,
                tenant=self._scope.tenant,
                version=version + 1,
                rules=dump_rules(rules),
                at_us=self._scope.now_us,
            )
        )
