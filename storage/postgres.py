"""The database on a PostgreSQL server.

Writes of one tenant go through one lane: a connection that gathers what waits into one
transaction with a savepoint each, as the SQLite writer does. So a hot account is locked once for
many writes instead of once for each; other tenants' lanes and other processes run beside it,
and the guarded statements decide whoever comes first (READ COMMITTED).
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

import asyncpg
import structlog
from sqlalchemy.util import greenlet_spawn

from bot.clock import Clock, SystemClock, to_us
from bot.errors.kinds import BursarError
from bot.errors.storage import StorageBusy
from bot.ids import TenantId
from bot.tasks import TaskGroup
from storage.connection import PostgresConnection
from storage.database import Database
from storage.postgres_driver import (
    LOST,
    connect,
    driver_of,
    driver_url,
    from_driver,
    unreachable,
)
from storage.postgres_lane import NOW_US, Lane, Write
from storage.schema import check_revision
from storage.transaction import SqlTx

T = TypeVar("T")
_log = structlog.get_logger(__name__)

# Longer than any statement may take: then the server has not said no, the line is dead. The
# system itself would find that out after a quarter of an hour.
_ANSWER_S: Final = 20.0
# A transaction in which nothing happens for so long is given up by the server, and its locks with
# it: whoever had it open is gone, and did not say so. One that only reads locks nothing, and may
# think for a while about what it has read.
_IDLE_S: Final = 5.0
_IDLE_READER_S: Final = 60.0
# Those of processes that ended without saying so.
_FORGET_OLD: Final = f"DELETE FROM lane_mark WHERE at_us < {NOW_US} - 86400000000"  # noqa: S608  # ours


class PostgresDatabase(Database):
    """A server, shared with other processes. The clock that decides is the server's."""

    def __init__(
        self,
        url: str,
        clock: Clock,
        *,
        readers: int = 4,
        idle_s: float = _IDLE_S,
    ) -> None:
        super().__init__(clock)
        self.url = driver_url(url)
        self._idle_s = idle_s
        self._reader_count = readers
        self._lanes: list[Lane] = []
        self._readers: asyncio.LifoQueue[SqlTx | None] = asyncio.LifoQueue()
        self._tasks = TaskGroup()
        self._is_closed = False

    @classmethod
    async def open(
        cls,
        url: str,
        clock: Clock,
        *,
        lanes: int = 4,
        readers: int = 4,
        idle_s: float = _IDLE_S,
    ) -> PostgresDatabase:
        """Connect and compare the schema.

        The server gives up a write in which nothing happens for `idle_s` seconds.

        Raises:
            StorageBusy: the server cannot be reached.
            SchemaMismatch: older (migrate) or newer (upgrade the program).
        """
        database = cls(url, clock, readers=readers, idle_s=idle_s)
        try:
            driver = await database.connect_driver()
        except (*LOST, asyncpg.PostgresError) as error:
            raise unreachable(url, error) from error
        try:
            found = None
            if await driver.fetchval("SELECT to_regclass('alembic_version')") is not None:
                found = await driver.fetchval("SELECT version_num FROM alembic_version")
            check_revision(found, "the database")
            await driver.execute(_FORGET_OLD)
        finally:
            await driver.close()
        for index in range(lanes):
            lane = Lane(database)
            database._tasks.start(lane.run(), name=f"postgres-lane-{index}")
            database._lanes.append(lane)
        for _ in range(readers):
            database._readers.put_nowait(None)
        return database

    async def read(
        self,
        fn: Callable[[SqlTx], T],
        *,
        tenant: TenantId | None = None,
        is_long: bool = False,
    ) -> T:
        # Each read has a connection of its own here, so that a long one keeps nobody waiting.
        tx = await self._readers.get()
        is_sound = False
        try:
            if tx is None:
                tx = await self.connect(is_reader=True)
            driver = driver_of(tx)
            tx.begin(tenant)
            async with driver.transaction(isolation="repeatable_read", readonly=True):
                await self.set_time(driver)
                result = await greenlet_spawn(fn, tx)
            is_sound = True
            return result
        except BursarError:
            is_sound = True
            raise
        except BaseException as error:
            ours = from_driver(error)
            if ours is error:
                raise
            raise ours from error
        finally:
            if tx is not None:
                tx.reset()
                if not is_sound:
                    driver_of(tx).terminate()
            self._readers.put_nowait(tx if is_sound else None)

    async def write(
        self,
        fn: Callable[[SqlTx], T],
        *,
        tenant: TenantId | None = None,
        is_urgent: bool = False,
        may_rest: bool = False,
    ) -> T:
        if self._is_closed:
            raise StorageBusy("the database is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        # One tenant, one lane: its writes never wait for each other's locks in this process.
        lane = self._lanes[zlib.crc32((tenant or "").encode()) % len(self._lanes)]
        lane.queue.put_nowait(Write(fn, tenant, future))
        return await future

    async def close(self) -> None:
        self._is_closed = True
        for lane in self._lanes:
            lane.queue.put_nowait(None)
        await self._tasks.join()
        while not self._readers.empty():
            tx = self._readers.get_nowait()
            if tx is not None:
                # One that was lost meanwhile says nothing more.
                with suppress(*LOST):
                    await driver_of(tx).close(timeout=1)

    async def connect(self, *, is_reader: bool = False) -> SqlTx:
        """Open a connection with its repositories."""
        driver = await self.connect_driver(is_reader=is_reader)
        return SqlTx(PostgresConnection(driver), self.clock, self.guard)

    async def connect_driver(
        self, *, is_reader: bool = False
    ) -> Any:  # Any: asyncpg ships no types
        """Open a connection of the driver's."""
        idle_s = _IDLE_READER_S if is_reader else self._idle_s
        return await connect(self.url, _ANSWER_S, idle_s)

    async def set_time(self, driver: Any) -> None:  # Any: asyncpg ships no types
        """Hand the transaction a clock that is not the machine's, as tests and the demo have."""
        if not isinstance(self.clock, SystemClock):
            await driver.execute(
                "SELECT set_config('bursar.now_us', $1, true)", str(to_us(self.clock.now()))
            )

    def count(self, size: int, failed: int) -> None:
        """Tell the counters what a batch carried."""
        self._count(size, failed)

    def announce(self, events: list[object]) -> None:
        """Tell the listeners what a commit announced."""
        self._announce(events)
