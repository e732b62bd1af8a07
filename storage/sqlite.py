"""The database in a file: one writer that gathers, readers beside it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.clock import Clock
from bot.ids import TenantId
from storage.database import Database
from storage.sqlite_file import check_file, connect_file, take_lock
from storage.sqlite_queue import Write
from storage.sqlite_reads import GatheredReads
from storage.sqlite_writer import Writer
from storage.transaction import SqlTx

T = TypeVar("T")


class SqliteDatabase(Database):
    """A file, held by this process alone."""

    is_exclusive = True
    keeps_order = True

    def __init__(self, path: Path, clock: Clock) -> None:
        super().__init__(clock)
        self._path = path
        self._lock = take_lock(path)
        self._writer = Writer(path, clock, self.guard, self._announce, self._count)
        self._reads = GatheredReads(self._connect_reader, clock, self.guard)
        self._long_reads = GatheredReads(self._connect_reader, clock, self.guard)

    @classmethod
    def open(cls, path: Path, clock: Clock) -> SqliteDatabase:
        """Check the file, take it for this process, and open it.

        Raises:
            StorageDamaged, SchemaMismatch: see `check_file`.
            DatabaseInUse: another process has it open.
        """
        check_file(path)
        return cls(path, clock)

    async def read(
        self,
        fn: Callable[[SqlTx], T],
        *,
        tenant: TenantId | None = None,
        is_long: bool = False,
    ) -> T:
        return await (self._long_reads if is_long else self._reads).read(fn, tenant)

    async def write(
        self,
        fn: Callable[[SqlTx], T],
        *,
        tenant: TenantId | None = None,
        is_urgent: bool = False,
        may_rest: bool = False,
    ) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        write = Write(fn, tenant, loop, future, is_urgent)
        if may_rest:
            self._writer.submit_later(write)
        else:
            self._writer.submit(write)
        return await future

    async def close(self) -> None:
        await asyncio.to_thread(self._writer.stop)
        await self._reads.close()
        await self._long_reads.close()
        self._lock.close()

    def _connect_reader(self) -> sqlite3.Connection:
        driver = connect_file(self._path, self.clock, mode="rw")
        driver.execute("PRAGMA query_only=ON")
        return driver
