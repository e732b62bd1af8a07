"""One consistent look at a database, beside whoever has it open and writes.

For what an operator asks: checks, exports, backups. It takes no lock, changes nothing, and sees
the database as it was when it began, however long it takes.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.util import greenlet_spawn

from bot.clock import Clock
from bot.errors.storage import StorageBusy
from storage.connection import SqliteConnection
from storage.engine import sqlite_path
from storage.failures import from_sqlite
from storage.schema import check_revision
from storage.scope import LedgerGuard
from storage.sqlite_file import check_file, connect_file
from storage.transaction import SqlTx

T = TypeVar("T")


class Snapshot(ABC):
    """A read transaction that stays open."""

    @abstractmethod
    async def run(self, fn: Callable[[SqlTx], T]) -> T:
        """Run a plain function that reads."""


@asynccontextmanager
async def open_snapshot(url: str, clock: Clock) -> AsyncIterator[Snapshot]:
    """Look at a database whose schema is this program's.

    Raises:
        StorageDamaged, SchemaMismatch: see `storage.sqlite_file.check_file`.
        StorageBusy: the server cannot be reached, or another program holds the file.
    """
    path = sqlite_path(url)
    if path is not None:
        check_file(path)
        driver = connect_file(path, clock, mode="ro")
        try:
            driver.execute("BEGIN")
            yield _SqliteSnapshot(driver, clock)
        except sqlite3.Error as error:
            raise from_sqlite(error) from error
        finally:
            driver.close()
        return
    from storage.postgres_driver import driver_url

    async with connect_patiently(driver_url(url)) as server:
        found = None
        if await server.fetchval("SELECT to_regclass('alembic_version')") is not None:
            found = await server.fetchval("SELECT version_num FROM alembic_version")
        check_revision(found, "the database")
        async with server.transaction(isolation="repeatable_read", readonly=True):
            yield _PostgresSnapshot(server, clock)


@asynccontextmanager
async def connect_patiently(url: str) -> AsyncIterator[Any]:  # Any: asyncpg ships no types
    """Connect to a server for work that may take minutes.

    Raises:
        StorageBusy: it cannot be reached, or the connection was lost.
    """
    import asyncpg

    from storage.postgres_driver import unreachable

    lost = (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError, TimeoutError)
    try:
        driver = await asyncpg.connect(
            url, timeout=10, server_settings={"application_name": "bursar-operations"}
        )
    except (*lost, asyncpg.PostgresError) as error:
        raise unreachable(url, error) from error
    try:
        yield driver
    except lost as error:
        raise StorageBusy("the connection to the database server was lost") from error
    finally:
        await driver.close()


class _SqliteSnapshot(Snapshot):
    def __init__(self, driver: sqlite3.Connection, clock: Clock) -> None:
        self._tx = SqlTx(SqliteConnection(driver), clock, LedgerGuard())

    async def run(self, fn: Callable[[SqlTx], T]) -> T:
        try:
            return fn(self._tx)
        finally:
            self._tx.reset()


class _PostgresSnapshot(Snapshot):
    def __init__(self, driver: Any, clock: Clock) -> None:  # Any: asyncpg ships no types
        from storage.connection import PostgresConnection

        self._tx = SqlTx(PostgresConnection(driver), clock, LedgerGuard())

    async def run(self, fn: Callable[[SqlTx], T]) -> T:
        try:
            return await greenlet_spawn(fn, self._tx)
        finally:
            self._tx.reset()


def is_there(path: Path) -> bool:
    """Tell whether a database file, or what is left of one, stands at a path."""
    return any(path.with_name(path.name + end).exists() for end in ("", "-wal", "-shm"))
