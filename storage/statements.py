"""Core statements as the drivers take them: compiled once a dialect, then run without SQLAlchemy.

Going through SQLAlchemy's engine for each call was measured six times slower than the driver.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.sql.compiler import SQLCompiler

DialectName = Literal["sqlite", "postgresql"]

_DIALECTS: Final = {
    "sqlite": sqlite_dialect(paramstyle="named"),
    "postgresql": PGDialect_asyncpg(),  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
}


@dataclass(frozen=True, slots=True)
class DriverSql:
    """SQL text, the values written into the statement, and the order of `$1`, `$2`, ...

    `is_change` tells what writes; `is_query` what only reads, without a lock either.
    """

    sql: str
    fixed: Mapping[str, Any]  # Any: what a driver takes, a string, an integer, bytes or None
    order: tuple[str, ...]
    is_change: bool
    is_query: bool


def compile_for(dialect: DialectName, element: Executable) -> DriverSql:
    """Compile one Core statement."""
    compiled: Compiled = element.compile(dialect=_DIALECTS[dialect])  # type: ignore[attr-defined]  # every Core statement has it
    assert isinstance(compiled, SQLCompiler)  # noqa: S101  # DDL is for migrations only
    # Lists after IN are spelt out; the values that each run brings are not known yet.
    open_names = {bind.key: None for bind in compiled.binds.values() if bind.required}
    expanded = compiled.construct_expanded_state(open_names)
    sql = expanded.statement
    # Text is whatever it begins with; of the others SQLAlchemy knows what they are, for a write
    # may begin with WITH too.
    is_change = not sql.startswith("SELECT") if element.is_text else element.is_dml
    return DriverSql(
        sql=sql,
        fixed={name: value for name, value in expanded.parameters.items() if value is not None},
        order=tuple(expanded.positiontup or ()),
        is_change=is_change,
        is_query=not is_change and " FOR " not in sql,
    )


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
    """A statement that is defined once, at import, and run often."""

    __slots__ = ("_compiled", "_element")

    def __init__(self, element: Executable) -> None:
        self._element = element
        self._compiled: dict[DialectName, DriverSql] = {}

    def for_dialect(self, dialect: DialectName) -> DriverSql:
        """Return the compiled form, made at first use."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = compile_for(dialect, self._element)
        return found
