"""Core statements as the drivers take them: compiled once a dialect, then run without SQLAlchemy.

Going through SQLAlchemy's engine for each call was measured six times slower than the driver.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from sqlalchemy import Executable, Table, TextClause
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase

from storage.tables import metadata
from storage.tables.columns import CHANGES_SELDOM

DialectName = Literal["sqlite", "postgresql"]


def _sqlite() -> DefaultDialect:
    dialect = sqlite_dialect(paramstyle="named")
    # The driver counts no rows of an INSERT that begins with WITH.
    dialect.cte_follows_insert = True
    return dialect


_DIALECTS: Final = {
    "sqlite": _sqlite(),
    "postgresql": PGDialect_asyncpg(),  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
}


@dataclass(frozen=True, slots=True)
class DriverSql:
    """SQL text, the values written into the statement, and the order of `$1`, `$2`, ...

    `is_change` tells what writes; `is_query` what only reads, without a lock either. `changes` is
    the table that a change writes to, None for one that nobody knows. `looks_at` are the tables
    of a query whose answer holds until one of them changes, which they seldom do; empty for
    any other. `stays` tells of a query that whatever it found once, it will always find.
    """

    sql: str
    fixed: Mapping[str, Any]  # Any: what a driver takes, a string, an integer, bytes or None
    order: tuple[str, ...]
    is_change: bool
    is_query: bool
    changes: str | None
    looks_at: frozenset[str]
    stays: bool


def compile_for(dialect: DialectName, element: Executable, *, stays: bool = False) -> DriverSql:
    """Compile one Core statement; `stays` as in `DriverSql`."""
    compiled: Compiled = element.compile(dialect=_DIALECTS[dialect])  # type: ignore[attr-defined]  # every Core statement has it
    assert isinstance(compiled, SQLCompiler)  # noqa: S101  # DDL is for migrations only
    # Lists after IN are spelt out; the values that each run brings are not known yet.
    open_names = {bind.key: None for bind in compiled.binds.values() if bind.required}
    expanded = compiled.construct_expanded_state(open_names)
    sql = expanded.statement
    # Text is whatever it begins with; of the others SQLAlchemy knows what they are, for a write
    # may begin with WITH too.
    is_change = not sql.startswith("SELECT") if isinstance(element, TextClause) else element.is_dml
    is_query = not is_change and " FOR " not in sql
    return DriverSql(
        sql=sql,
        fixed={name: value for name, value in expanded.parameters.items() if value is not None},
        order=tuple(expanded.positiontup or ()),
        is_change=is_change,
        is_query=is_query,
        changes=_target_of(element),
        looks_at=_lasting_tables(sql) if is_query else frozenset(),
        stays=stays,
    )


def _target_of(element: Executable) -> str | None:
    if isinstance(element, UpdateBase) and isinstance(element.table, Table):
        return element.table.name
    return None


_WORD: Final = re.compile(r"(?<![.:\w])\w+")


def _lasting_tables(sql: str) -> frozenset[str]:
    """Return the tables of a query if all of them change seldom, and the time plays no part."""
    words = frozenset(_WORD.findall(sql))
    # A column or a label may be called as a table is: that is one too many, and never one too few.
    found = words & metadata.tables.keys()
    is_lasting = "bursar_now" not in words and all(
        metadata.tables[name].info.get(CHANGES_SELDOM) for name in found
    )
    return found if is_lasting else frozenset()


_VALUES: Final = re.compile(r" VALUES \(((?:\$\d+::\w+(?:, )?)+)\)")


@cache
def in_arrays(sql: str) -> str:
    """Return an INSERT of one row for PostgreSQL as one of many, with an array a column.

    Raises:
        ValueError: it is not a plain INSERT of nothing but bound values.
    """
    found = _VALUES.search(sql)
    if found is None or found.end() != len(sql):
        raise ValueError(f"cannot be run for many rows at once: {sql}")
    arrays = re.sub(r"::\w+", r"\g<0>[]", found[1])
    return f"{sql[: found.start()]} SELECT * FROM unnest({arrays})"  # noqa: S608  # compiled SQL


class Statement:
    """A statement that is defined once, at import, and run often; `stays` as in `DriverSql`."""

    __slots__ = ("_compiled", "_element", "_stays")

    def __init__(self, element: Executable, *, stays: bool = False) -> None:
        self._element = element
        self._stays = stays
        self._compiled: dict[DialectName, DriverSql] = {}

    def for_dialect(self, dialect: DialectName) -> DriverSql:
        """Return the compiled form, made at first use."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = compile_for(
                dialect, self._element, stays=self._stays
            )
        return found
