"""What a writer knows of tables that change seldom: who is who, wallets, limits, models, rules.

Only a writer that has its database for itself may keep what it read beyond a transaction: every
change goes through it, and takes away what was read of the table before. On PostgreSQL another
process may change a row at any moment, so nothing is kept there.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from storage.connection import Row

# With more it starts over: companies whose people all talk today fit in.
_MOST: Final = 20_000

Key = tuple[object, ...]


@dataclass(slots=True)
class Answer:
    """The rows that a query gave, and what was made of them, by what made it."""

    rows: Sequence[Row]
    made: dict[object, Any] = field(default_factory=dict)  # Any: each maker has its own type


class KeptRows:
    """Answers to queries, each until a table changes that it looked at."""

    def __init__(self, effects: Mapping[str, frozenset[str]]) -> None:
        """Take what else changes with a table, by its triggers."""
        self._effects = effects
        self._answers: dict[Key, Answer] = {}
        self._keys: dict[str, set[Key]] = {}
        # Of accounts, as the last commit that moved them has found them: credit, debits, held.
        self.counters: dict[tuple[str, int], tuple[int, int, int]] = {}

    def find(self, key: Key) -> Answer | None:
        """Return the answer to a query, if it still holds."""
        return self._answers.get(key)

    def keep(self, key: Key, tables: Iterable[str], answer: Answer) -> None:
        """Keep an answer until one of the tables changes."""
        if len(self._answers) >= _MOST:
            self.forget()
        self._answers[key] = answer
        for table in tables:
            self._keys.setdefault(table, set()).add(key)

    def changed(self, table: str | None) -> None:
        """Forget what was read of a table that is about to change; None for any of them."""
        if table is None:
            self.forget()
            return
        for name in (table, *self._effects.get(table, ())):
            for key in self._keys.pop(name, ()):
                self._answers.pop(key, None)

    def keep_counters(self, tenant: str, found: Mapping[int, tuple[int, int, int]]) -> None:
        """Keep accounts' counters, by account, as they will stand after the commit."""
        if len(self.counters) >= _MOST:
            self.counters.clear()
        self.counters.update(((tenant, account), each) for account, each in found.items())

    def forget(self) -> None:
        """Forget everything: something was taken back, or another program wrote."""
        self._answers.clear()
        self._keys.clear()
        self.counters.clear()


_TRIGGERS: Final = "SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'"
_TARGET: Final = re.compile(r"\b(?:INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE)


def effects_of(driver: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """Return which tables triggers change when a table changes, also those of each other."""
    direct: dict[str, set[str]] = {}
    for table, sql in driver.execute(_TRIGGERS):
        # Behind its first BEGIN: before it stands what the trigger belongs to.
        body = re.split(r"\bBEGIN\b", sql, maxsplit=1, flags=re.IGNORECASE)[1]
        direct.setdefault(table, set()).update(_TARGET.findall(body))
    return {table: frozenset(_closure(table, direct)) for table in direct}


def _closure(table: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [table]
    while ahead:
        new = direct.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found
