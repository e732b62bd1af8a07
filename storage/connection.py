"""An open connection as repositories see it: the same calls over sqlite3 and asyncpg.

A repository is a plain synchronous function of it. Over asyncpg the calls run in a greenlet that
lends the event loop each wait, so that one body serves both.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Executable
from sqlalchemy.util import await_only

from storage.kept_rows import Answer, KeptRows, effects_of
from storage.statements import DialectName, DriverSql, Statement, compile_for, in_arrays

T = TypeVar("T")


class Row(Protocol):
    """A row: values by column name or by position."""

    def __getitem__(self, key: str | int, /) -> Any: ...  # Any: the column's own type


# Longer answers are read once and not kept: an export, not a question that is asked again.
_KNOWN_ROWS: Final = 500


class Connection(ABC):
    """One open transaction on one driver. Never commits: its runner does."""

    dialect: DialectName

    def __init__(self) -> None:
        self._depth = 0
        # Rows that were changed and not rolled back, where the driver's runner asks for it.
        self.changed = 0
        # What was read since the last write: rules ask the same things in their own words, and
        # each statement is a way to the driver and back.
        self._known: dict[tuple[object, ...], Sequence[Row]] = {}
        # What was read of tables that change seldom, where it may outlast a transaction.
        self.kept: KeptRows | None = None
        self._put_off: Callable[[], None] | None = None

    def put_off(self, write: Callable[[], None]) -> None:
        """Run `write`, once, before the next statement: there is something that it must see."""
        self._known.clear()
        self._put_off = write

    def catch_up(self) -> None:
        """Write what was put off."""
        if self._put_off is not None:
            write, self._put_off = self._put_off, None
            write()

    def forget(self) -> None:
        """Read everything anew from here on: another operation begins, or something changed."""
        self._known.clear()

    def forget_all(self) -> None:
        """Forget what was put off too: the transaction is over."""
        self._known.clear()
        self._put_off = None

    def taken_back(self) -> None:
        """Forget what was read, whatever it is of: some of it may have been taken back."""
        self._known.clear()
        if self.kept is not None:
            self.kept.forget()

    def rows(self, statement: Statement | Executable, /, **values: object) -> Sequence[Row]:
        """Return every row of a query, or of a write with RETURNING."""
        compiled, bound = self._bind(statement, values)
        if not compiled.is_query:
            self._before_change(compiled)
            return self._fetch(compiled, bound)
        if self.kept is not None and (compiled.looks_at or compiled.stays):
            return self._keep(self.kept, compiled, bound).rows
        key = (compiled.sql, *bound.values())
        known = self._known.get(key)
        if known is None:
            known = self._fetch(compiled, bound)
            if len(known) <= _KNOWN_ROWS:
                self._known[key] = known
        return known

    def made(
        self, make: Callable[[Sequence[Row]], T], statement: Statement, /, **values: object
    ) -> T:
        """Return what a function makes of a query's rows; nobody may change it, for it is kept.

        The function must be one of a module, and look at nothing but the rows.
        """
        compiled, bound = self._bind(statement, values)
        if self.kept is None or not compiled.looks_at:
            return make(self.rows(statement, **values))
        answer = self._keep(self.kept, compiled, bound)
        if make not in answer.made:
            answer.made[make] = make(answer.rows)
        found: T = answer.made[make]
        return found

    def row(self, statement: Statement | Executable, /, **values: object) -> Row | None:
        """Return the first row or None."""
        found = self.rows(statement, **values)
        return found[0] if found else None

    def run(self, statement: Statement | Executable, /, **values: object) -> int:
        """Run a write; return how many rows it touched."""
        compiled, bound = self._bind(statement, values)
        self._before_change(compiled)
        return self._execute(compiled, bound)

    def run_many(self, statement: Statement, rows: Sequence[Mapping[str, object]], /) -> None:
        """Insert each row of values, in their order."""
        compiled = statement.for_dialect(self.dialect)
        self._before_change(compiled)
        self._execute_many(compiled, [{**compiled.fixed, **row} for row in rows])

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Keep what happens inside whole: an exception undoes it and travels on."""
        self._depth += 1
        name = f"step_{self._depth}"
        # What was put off before is not undone with what happens inside.
        self.catch_up()
        self.command(f"SAVEPOINT {name}")
        changed = self.changed
        try:
            yield
        except BaseException:
            # A full disk takes the whole transaction back, and a lost connection too; what went
            # wrong must not be hidden by a complaint about the savepoint.
            self.taken_back()
            if self.is_in_transaction:
                self.command(f"ROLLBACK TO SAVEPOINT {name}")
                self.command(f"RELEASE SAVEPOINT {name}")
                self.changed = changed
            raise
        else:
            self.command(f"RELEASE SAVEPOINT {name}")
        finally:
            self._depth -= 1

    def _keep(self, kept: KeptRows, compiled: DriverSql, bound: Mapping[str, object]) -> Answer:
        key = (compiled.sql, *bound.values())
        answer = kept.find(key)
        if answer is None:
            answer = Answer(self._fetch(compiled, bound))
            if len(answer.rows) <= _KNOWN_ROWS and (answer.rows or not compiled.stays):
                kept.keep(key, compiled.looks_at, answer)
        return answer

    def _before_change(self, compiled: DriverSql) -> None:
        self._known.clear()
        if self.kept is not None and compiled.is_change:
            self.kept.changed(compiled.changes)

    def _bind(
        self, statement: Statement | Executable, values: Mapping[str, object]
    ) -> tuple[DriverSql, Mapping[str, object]]:
        if isinstance(statement, Statement):
            compiled = statement.for_dialect(self.dialect)
        else:
            compiled = compile_for(self.dialect, statement)
        return compiled, {**compiled.fixed, **values} if compiled.fixed else values

    @property
    @abstractmethod
    def is_in_transaction(self) -> bool:
        """Whether the transaction still stands."""

    @abstractmethod
    def _fetch(self, compiled: DriverSql, values: Mapping[str, object]) -> Sequence[Row]: ...

    @abstractmethod
    def _execute(self, compiled: DriverSql, values: Mapping[str, object]) -> int: ...

    @abstractmethod
    def _execute_many(self, compiled: DriverSql, rows: Sequence[Mapping[str, object]]) -> None: ...

    @abstractmethod
    def command(self, sql: str) -> None:
        """Run one of SAVEPOINT and its like."""


class SqliteConnection(Connection):
    """sqlite3 itself, in the thread of the writer or of a reader."""

    dialect: DialectName = "sqlite"

    def __init__(self, driver: sqlite3.Connection) -> None:
        super().__init__()
        self.driver = driver
        # Rises whenever another connection has committed.
        self._version = -1

    @property
    def is_in_transaction(self) -> bool:
        return self.driver.in_transaction

    def _fetch(self, compiled: DriverSql, values: Mapping[str, object]) -> Sequence[Row]:
        found = self.driver.execute(compiled.sql, values).fetchall()
        if compiled.is_change:
            self.changed += len(found)
        return found

    def _execute(self, compiled: DriverSql, values: Mapping[str, object]) -> int:
        count = self.driver.execute(compiled.sql, values).rowcount
        self.changed += count
        return count

    def _execute_many(self, compiled: DriverSql, rows: Sequence[Mapping[str, object]]) -> None:
        self.driver.executemany(compiled.sql, rows)
        self.changed += len(rows)

    def command(self, sql: str) -> None:
        self.driver.execute(sql)

    def keep_rows(self) -> None:
        """Keep what is read of tables that change seldom: nobody else writes to the file."""
        self.kept = KeptRows(effects_of(self.driver))

    def look_for_others(self) -> None:
        """Forget what was read if some other program has written to the file after all."""
        version = self.driver.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._version = version
            self.taken_back()


class PostgresConnection(Connection):
    """A connection of asyncpg, inside a greenlet."""

    dialect: DialectName = "postgresql"

    def __init__(self, driver: Any) -> None:  # Any: asyncpg ships no types
        super().__init__()
        self.driver = driver
        # Ways to the server and back, so that a runner can tell how long it has held its locks.
        self.asked = 0

    @property
    def is_in_transaction(self) -> bool:
        return bool(not self.driver.is_closed() and self.driver.is_in_transaction())

    def _fetch(self, compiled: DriverSql, values: Mapping[str, object]) -> Sequence[Row]:
        self.catch_up()
        self.asked += 1
        found: Sequence[Row] = await_only(
            self.driver.fetch(compiled.sql, *[values[name] for name in compiled.order])
        )
        if compiled.is_change:
            self.changed += len(found)
        return found

    def _execute(self, compiled: DriverSql, values: Mapping[str, object]) -> int:
        self.catch_up()
        self.asked += 1
        status: str = await_only(
            self.driver.execute(compiled.sql, *[values[name] for name in compiled.order])
        )
        # "INSERT 0 1", "UPDATE 3", "DELETE 0": the count stands last.
        count = int(status.rpartition(" ")[2])
        self.changed += count
        return count

    def _execute_many(self, compiled: DriverSql, rows: Sequence[Mapping[str, object]]) -> None:
        self.catch_up()
        self.asked += 1
        self.changed += len(rows)
        # One statement: run once a row, the server takes three times as long.
        columns = [[row[name] for row in rows] for name in compiled.order]
        await_only(self.driver.execute(in_arrays(compiled.sql), *columns))

    def command(self, sql: str) -> None:
        self.asked += 1
        await_only(self.driver.execute(sql))
