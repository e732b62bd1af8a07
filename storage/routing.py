"""Rules about which models are asked: a row a version, the newest holds."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.dialects.postgresql import insert

from bot.routing.rules import Rule, RuleBook, dump_rules, parse_rules
from storage.connection import Connection, Row
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


def _to_book(rows: Sequence[Row]) -> RuleBook:
    return RuleBook(rows[0]["version"], parse_rules(rows[0]["rules"])) if rows else RuleBook()


class SqlRouting:
    """The rules of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def get(self) -> RuleBook:
        return self._conn.made(_to_book, _NEWEST, tenant=self._scope.tenant)

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
