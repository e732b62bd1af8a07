"""Looks over the shoulder of a writer that keeps what it read: is it still so?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from bot.ids import TenantId
from storage import scope
from storage.connection import Connection, SqliteConnection


@contextmanager
def kept_rows_checked() -> Iterator[list[str]]:
    """Read again what is taken from memory; yield what of it was not as the file has it."""
    stale: list[str] = []
    rows, find = SqliteConnection.rows, scope._find_counters

    def checked_rows(self: SqliteConnection, statement: Any, /, **values: object) -> Sequence[Any]:
        found = rows(self, statement, **values)
        if self.kept is not None:
            compiled, bound = self._bind(statement, values)
            if compiled.looks_at or compiled.stays:
                with suppress(sqlite3.Error):
                    fresh = self.driver.execute(compiled.sql, bound).fetchall()
                    if [tuple(row) for row in fresh] != [tuple(row) for row in found]:  # type: ignore[arg-type]  # rows of sqlite3
                        stale.append(compiled.sql)
        return found

    def checked_counters(
        connection: Connection, tenant: TenantId, account_ids: list[int]
    ) -> dict[int, tuple[int, int, int]]:
        found = find(connection, tenant, account_ids)
        with suppress(sqlite3.Error):
            if account_ids and found != scope._read_counters(connection, tenant, account_ids):
                stale.append(f"counters of {account_ids}")
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqliteConnection, "rows", checked_rows)
        patch.setattr(scope, "_find_counters", checked_counters)
        yield stale
