"""Reads on an SQLite file, beside its writer: what waits for a connection shares its snapshot.

A hop to a thread and back costs more than most reads, so a connection takes all that waits in one
hop, as the writer does. They see one state of the file, and what two of them ask in the same
words is asked once.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import aiosqlite

from bot.clock import Clock
from bot.ids import TenantId
from bot.tasks import TaskGroup
from storage.connection import SqliteConnection
from storage.failures import from_sqlite
from storage.scope import LedgerGuard
from storage.transaction import SqlTx

T = TypeVar("T")

# So many reads share one snapshot; with more, the first would wait long for the last.
_MOST_TOGETHER: Final = 64


@dataclass(slots=True)
class _Read:
    """One waiting read. Any: each has its own type of result."""

    fn: Callable[[SqlTx], Any]
    tenant: TenantId | None
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class _Reader(aiosqlite.Connection):
    """A reader's thread. One hop to it for whole reads: one a statement would cost more."""

    async def run(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        """Run a plain function of the driver's connection in the thread."""
        result: T = await self._execute(fn, self._conn)  # type: ignore[no-untyped-call]  # aiosqlite
        return result


class GatheredReads:
    """One connection that only reads, opened at the first read.

    One and not several: threads that each go on for some microseconds at a time wait for each
    other more than they help.
    """

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        clock: Clock,
        guard: LedgerGuard,
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._guard = guard
        self._reader: _Reader | None = None
        self._tx: SqlTx | None = None
        self._is_busy = False
        self._opening = asyncio.Lock()
        self._waiting: deque[_Read] = deque()
        self._tasks = TaskGroup()

    async def read(self, fn: Callable[[SqlTx], T], tenant: TenantId | None) -> T:
        """Run a function on one consistent view, with others that wait at this moment."""
        if self._tx is None:
            await self._open()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append(_Read(fn, tenant, future))
        if not self._is_busy:
            # In the next round of the loop, so that all that are asked for in this one share.
            loop.call_soon(self._dispatch)
        return await future

    async def close(self) -> None:
        """Finish what runs and close the connection."""
        await self._tasks.join()
        if self._reader is not None:
            await self._reader.close()

    async def _open(self) -> None:
        async with self._opening:
            if self._reader is None:
                reader = _Reader(self._connect, iter_chunk_size=64)
                _ = await reader
                self._reader = reader
            if self._tx is None:
                self._tx = await self._reader.run(
                    lambda driver: SqlTx(SqliteConnection(driver), self._clock, self._guard)
                )

    def _dispatch(self) -> None:
        if self._is_busy or not self._waiting or self._reader is None or self._tx is None:
            return
        count = min(len(self._waiting), _MOST_TOGETHER)
        reads = [self._waiting.popleft() for _ in range(count)]
        self._is_busy = True
        self._tasks.start(self._serve(self._reader, self._tx, reads), name="sqlite-reads")

    async def _serve(self, reader: _Reader, tx: SqlTx, reads: list[_Read]) -> None:
        try:
            await reader.run(lambda driver: _read_all(driver, tx, reads))
        except Exception as error:  # noqa: BLE001  # every waiter must get an answer
            ours = from_sqlite(error) if isinstance(error, sqlite3.Error) else error
            for read in reads:
                read.error = read.error or ours
        finally:
            self._is_busy = False
        for read in reads:
            if read.future.done():
                continue
            if read.error is not None:
                read.future.set_exception(read.error)
            else:
                read.future.set_result(read.result)
        self._dispatch()


def _read_all(driver: sqlite3.Connection, tx: SqlTx, reads: list[_Read]) -> None:
    """Run reads on one snapshot, in the thread; each has its own result or error."""
    try:
        for read in reads:
            if read.future.cancelled():
                continue
            # A failed read of the disk has ended the transaction of those before it.
            if not driver.in_transaction:
                tx.begin(read.tenant)
                driver.execute("BEGIN")
            tx.enter(read.tenant)
            try:
                read.result = read.fn(tx)
            except sqlite3.Error as error:
                read.error = from_sqlite(error)
                read.error.__cause__ = error
            except BaseException as error:  # noqa: BLE001  # theirs, and not the others'
                read.error = error
    finally:
        if driver.in_transaction:
            driver.execute("COMMIT")
        tx.reset()
