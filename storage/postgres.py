"""The database on a PostgreSQL server.

Writes of one tenant go through one lane: a connection that gathers what waits into one
transaction with a savepoint each, as the SQLite writer does. So a hot account is locked once for
many writes instead of once for each; other tenants' lanes and other processes run beside it,
and the guarded statements decide whoever comes first (READ COMMITTED).
"""

from __future__ import annotations

import asyncio
import random
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import asyncpg
import structlog
from sqlalchemy.util import greenlet_spawn

from bot.clock import Clock, SystemClock, to_us
from bot.errors.kinds import BursarError
from bot.errors.storage import StorageBusy, StorageDamaged, StorageFull
from bot.ids import TenantId, new_id
from bot.tasks import TaskGroup
from storage.connection import PostgresConnection
from storage.database import MAX_BATCH, Database
from storage.postings import Misjudged
from storage.sqlite import check_revision
from storage.transaction import SqlTx

T = TypeVar("T")
_log = structlog.get_logger(__name__)

# After so many statements the rest waits for the next transaction: locks are held against other
# processes. A write whose entries are put off takes hardly one, and a few ask dozens of things.
_MAX_STATEMENTS: Final = 256
_TRIES: Final = 5
# A server that crashed is back in seconds; until then nobody knows what it kept.
_ASKS: Final = 60
_ASK_EVERY_S: Final = 0.25
# Longer than any statement may take: then the server has not said no, the line is dead. The
# system itself would find that out after a quarter of an hour.
_ANSWER_S: Final = 20.0
# A transaction in which nothing happens for so long is given up by the server, and its locks with
# it: whoever had it open is gone, and did not say so. One that only reads locks nothing, and may
# think for a while about what it has read.
_IDLE_S: Final = 5.0
_IDLE_READER_S: Final = 60.0
_NOW_US: Final = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
_FIRST_MARK: Final = (
    f"INSERT INTO lane_mark (lane, batch, at_us) VALUES ($1, '', {_NOW_US}) "  # noqa: S608  # ours
    "ON CONFLICT DO NOTHING"
)
_MARK: Final = f"UPDATE lane_mark SET batch = $2, at_us = {_NOW_US} WHERE lane = $1"  # noqa: S608  # ours
_ASK: Final = "SELECT batch FROM lane_mark WHERE lane = $1 FOR UPDATE"
_FORGET: Final = "DELETE FROM lane_mark WHERE lane = $1"
# Those of processes that ended without saying so.
_FORGET_OLD: Final = f"DELETE FROM lane_mark WHERE at_us < {_NOW_US} - 86400000000"  # noqa: S608  # ours
_RETRIED: Final = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
)
_LOST: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # The driver has lost track of the protocol, as it may when a connection is cut mid-answer.
    asyncpg.InternalClientError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    ConnectionError,
    OSError,
    TimeoutError,
)


# What is not the failure of one write, but of all that are gathered with it.
_OF_BATCH: Final = (*_RETRIED, *_LOST, asyncio.CancelledError, Misjudged)
# So many batches take savepoints, or put nothing off, after one that had to be undone for it.
_CAREFUL_BATCHES: Final = 16


class _NeedsSavepoints(Exception):
    """A write failed in a batch that took none, and left something behind."""


class _NeedsRows(_NeedsSavepoints):
    """What was kept for the end of a batch was refused, and nobody knows whose it was."""


_UNKNOWN: Final = StorageBusy(
    "it is not known whether the last change was kept: look before repeating it"
)


def _from_driver(error: BaseException) -> BaseException:
    """Return the error of ours that a driver's error means; itself if it is a bug."""
    if isinstance(error, (asyncpg.DiskFullError, asyncpg.OutOfMemoryError)):
        return StorageFull("the database server has no room left")
    if isinstance(error, asyncpg.ReadOnlySQLTransactionError):
        return StorageBusy("the database server is read-only at present")
    if isinstance(error, (*_RETRIED, asyncpg.QueryCanceledError)):
        return StorageBusy("the database server is busy")
    if isinstance(error, (asyncpg.DataCorruptedError, asyncpg.IndexCorruptedError)):
        return StorageDamaged("the database server reports damaged data")
    if isinstance(error, asyncpg.TooManyConnectionsError):
        return StorageBusy("the database server has no connection left")
    if isinstance(error, _LOST) and not isinstance(error, BursarError):
        return StorageBusy("the connection to the database server was lost")
    return error


async def _connect(url: str, answer_s: float, idle_s: float) -> Any:  # Any: asyncpg ships no types
    return await asyncpg.connect(
        url,
        timeout=10,
        command_timeout=answer_s,
        statement_cache_size=512,
        server_settings={
            "application_name": "bursar",
            "lock_timeout": "2000",
            "statement_timeout": "15000",
            "idle_in_transaction_session_timeout": str(round(idle_s * 1000)),
            # A machine that is gone acknowledges nothing: the server ends what it had after 9 s.
            "tcp_keepalives_idle": "5",
            "tcp_keepalives_interval": "2",
            "tcp_keepalives_count": "2",
        },
    )


def driver_url(url: str) -> str:
    """Return a URL as asyncpg takes it, without SQLAlchemy's mark of the driver."""
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)


@dataclass(slots=True)
class _Write:
    """One waiting write. Any: each has its own type of result."""

    fn: Callable[[SqlTx], Any]
    tenant: TenantId | None
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class PostgresDatabase(Database):
    """A server, shared with other processes. The clock that decides is the server's."""

    def __init__(
        self,
        url: str,
        clock: Clock,
        *,
        lanes: int = 4,
        readers: int = 4,
        answer_s: float = _ANSWER_S,
        idle_s: float = _IDLE_S,
    ) -> None:
        super().__init__(clock)
        self.url = driver_url(url)
        self._answer_s = answer_s
        self._idle_s = idle_s
        self._reader_count = readers
        self._lanes: list[_Lane] = []
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
        answer_s: float = _ANSWER_S,
        idle_s: float = _IDLE_S,
    ) -> PostgresDatabase:
        """Connect and compare the schema.

        A connection on which no answer comes for `answer_s` seconds is given up; the server gives
        up a write in which nothing happens for `idle_s` seconds.

        Raises:
            StorageBusy: the server cannot be reached.
            SchemaMismatch: older (migrate) or newer (upgrade the program).
        """
        database = cls(url, clock, lanes=lanes, readers=readers, answer_s=answer_s, idle_s=idle_s)
        try:
            driver = await database.connect_driver()
        except (*_LOST, asyncpg.PostgresError) as error:
            raise StorageBusy("the database server cannot be reached: check its URL") from error
        try:
            found = None
            if await driver.fetchval("SELECT to_regclass('alembic_version')") is not None:
                found = await driver.fetchval("SELECT version_num FROM alembic_version")
            check_revision(found, "the database")
            await driver.execute(_FORGET_OLD)
        finally:
            await driver.close()
        for index in range(lanes):
            lane = _Lane(database)
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
            driver = _driver_of(tx)
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
            ours = _from_driver(error)
            if ours is error:
                raise
            raise ours from error
        finally:
            if tx is not None:
                tx.reset()
                if not is_sound:
                    _driver_of(tx).terminate()
            self._readers.put_nowait(tx if is_sound else None)

    async def write(
        self,
        fn: Callable[[SqlTx], T],
        *,
        tenant: TenantId | None = None,
        is_urgent: bool = False,
    ) -> T:
        if self._is_closed:
            raise StorageBusy("the database is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        # One tenant, one lane: its writes never wait for each other's locks in this process.
        lane = self._lanes[zlib.crc32((tenant or "").encode()) % len(self._lanes)]
        lane.queue.put_nowait(_Write(fn, tenant, future))
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
                with suppress(*_LOST):
                    await _driver_of(tx).close(timeout=1)

    async def connect(self, *, is_reader: bool = False) -> SqlTx:
        """Open a connection with its repositories."""
        driver = await self.connect_driver(is_reader=is_reader)
        return SqlTx(PostgresConnection(driver), self.clock, self.guard)

    async def connect_driver(
        self, *, is_reader: bool = False
    ) -> Any:  # Any: asyncpg ships no types
        """Open a connection of the driver's."""
        idle_s = _IDLE_READER_S if is_reader else self._idle_s
        return await _connect(self.url, self._answer_s, idle_s)

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


def _connection_of(tx: SqlTx) -> PostgresConnection:
    connection = tx.connection
    assert isinstance(connection, PostgresConnection)  # noqa: S101  # what the pool holds
    return connection


def _driver_of(tx: SqlTx) -> Any:  # Any: asyncpg ships no types
    return _connection_of(tx).driver


class _Lane:
    """A connection that writes, and what waits for it."""

    def __init__(self, database: PostgresDatabase) -> None:
        self.queue: asyncio.Queue[_Write | None] = asyncio.Queue()
        self._database = database
        self._id = new_id()
        self._tx: SqlTx | None = None
        # What a batch left to the next one, for it had taken long enough.
        self._left: list[_Write] = []
        # How many of the next batches give each write a savepoint.
        self._careful = 0
        # How many of the next batches write each entry at once.
        self._hasty = 0

    async def run(self) -> None:
        """Commit what waits, batch after batch, until None comes."""
        running = True
        while running or self._left:
            batch, self._left = self._left, []
            if not batch:
                first = await self.queue.get()
                if first is None:
                    break
                batch.append(first)
            while running and len(batch) < MAX_BATCH and not self.queue.empty():
                following = self.queue.get_nowait()
                if following is None:
                    running = False
                    break
                batch.append(following)
            events = await self._commit(batch)
            for write in batch:
                if write.future.done():
                    continue
                if write.error is not None:
                    write.future.set_exception(write.error)
                else:
                    write.future.set_result(write.result)
            self._database.count(len(batch), sum(write.error is not None for write in batch))
            self._database.announce(events)
        if self._tx is not None:
            with suppress(*_LOST, asyncpg.PostgresError):
                await _driver_of(self._tx).execute(_FORGET, self._id)
                await _driver_of(self._tx).close(timeout=1)

    async def _commit(self, batch: list[_Write]) -> list[object]:
        """Run a batch; every write of it has a result or an error afterwards."""
        keeps_rows = True
        for attempt in range(1, _TRIES + 1):
            for write in batch:
                write.result = write.error = None
            batch_id: str | None = None
            events: list[object] = []
            try:
                tx = self._tx = self._tx or await self._database.connect()
                driver = _driver_of(tx)
                batch_id = await self._begin(driver)
                await self._database.set_time(driver)
                events = await greenlet_spawn(self._run, tx, batch, keeps_rows)
                if await driver.execute("COMMIT") != "COMMIT":
                    # A function hid that a statement of its failed, and the server, which takes
                    # nothing more after that, rolled back.
                    if len(batch) > 1 and not self._careful:
                        raise _NeedsSavepoints
                    raise RuntimeError("a write went on after a statement had failed")
            except _NeedsSavepoints as needs:
                await self._roll_back()
                self._careful = _CAREFUL_BATCHES
                keeps_rows = keeps_rows and not isinstance(needs, _NeedsRows)
                continue
            except Misjudged:
                await self._roll_back()
                self._hasty = _CAREFUL_BATCHES
                continue
            except BaseException as error:  # noqa: BLE001  # every waiter must get an answer
                if isinstance(error, _LOST):
                    self._drop()
                    outcome = "aborted" if batch_id is None else await self._outcome(batch_id)
                    if outcome == "committed":
                        return events
                    if outcome == "unknown":
                        error = _UNKNOWN
                else:
                    await self._roll_back()
                if isinstance(error, (*_RETRIED, *_LOST)) and attempt < _TRIES:
                    # Jitter, so that two processes that met do not meet again.
                    await asyncio.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311
                    continue
                for write in batch:
                    write.result, write.error = None, _from_driver(error)
                return []
            else:
                return events
            finally:
                if self._tx is not None:
                    self._tx.reset()
        for write in batch:
            write.result, write.error = None, StorageBusy("the database server is busy")
        return []

    def _run(self, tx: SqlTx, batch: list[_Write], keeps_rows: bool) -> list[object]:
        """Run the writes of a batch, inside a greenlet, as a rule without savepoints.

        A savepoint costs a fifth of a write, and most writes that fail are refused before they
        change anything. Where one did change something, all are run again with savepoints.

        `keeps_rows` leaves what is to be sent, and the audit facts, to the end of the batch, in
        one statement each. Where one of those rows was refused, each write brings its own.

        Raises:
            _NeedsSavepoints, Misjudged: roll back and run it again.
        """
        connection = _connection_of(tx)
        asked_before = connection.asked
        is_alone = len(batch) == 1
        is_careful = self._careful > 0 and not is_alone
        self._careful -= is_careful
        # A savepoint must find written what came before it.
        tx.scope.postings.are_wanted = not (is_careful or self._hasty)
        self._hasty = max(0, self._hasty - 1)
        has_savepoint = False
        for index, write in enumerate(batch):
            if connection.asked - asked_before >= _MAX_STATEMENTS:
                # Before what an earlier try of the same batch left.
                self._left[:0] = batch[index:]
                del batch[index:]
                break
            if write.future.cancelled():
                continue
            mark = tx.scope.mark()
            tx.begin(write.tenant)
            changed = connection.changed
            # Alone, a failing write takes the transaction with it and needs no savepoint.
            if is_careful:
                connection.command(
                    "RELEASE SAVEPOINT op; SAVEPOINT op" if has_savepoint else "SAVEPOINT op"
                )
                has_savepoint = True
            try:
                write.result = write.fn(tx)
                if not keeps_rows:
                    tx.write_out()
            except BaseException as error:
                if is_alone or isinstance(error, _OF_BATCH):
                    raise
                if is_careful:
                    connection.command("ROLLBACK TO SAVEPOINT op")
                elif (
                    isinstance(error, asyncpg.PostgresError)
                    or connection.changed != changed
                    or tx.scope.postings.has_written_since(mark.postings)
                ):
                    raise _NeedsSavepoints from error
                write.error = _from_driver(error)
                tx.scope.back_to(mark)
        try:
            tx.scope.postings.write(connection)
        except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as error:
            # Written at once, it fails in the write whose it is.
            raise Misjudged from error
        try:
            return tx.before_commit()
        except Exception as error:
            is_of_all = isinstance(error, BursarError) or _from_driver(error) is not error
            if is_of_all or is_alone or not keeps_rows:
                raise
            raise _NeedsRows from error

    async def _begin(self, driver: Any) -> str:  # Any: asyncpg ships no types
        """Begin a transaction with a mark in it, and return the mark."""
        batch_id = new_id()
        await driver.execute("BEGIN")
        if await driver.execute(_MARK, self._id, batch_id) == "UPDATE 0":
            # The row must be there before: it is what `_outcome` waits for.
            await driver.execute("ROLLBACK")
            await driver.execute(_FIRST_MARK, self._id)
            await driver.execute("BEGIN")
            await driver.execute(_MARK, self._id, batch_id)
        return batch_id

    async def _outcome(self, batch_id: str) -> str:
        """Ask what became of a batch whose answer was lost; it is never run again blind.

        By a mark of its own and not by the server's number of the transaction: a server that
        crashed gives numbers that it had not written down to others.
        """
        for _ in range(_ASKS):
            with suppress(*_LOST, asyncpg.PostgresError):
                driver = await self._database.connect_driver()
                try:
                    # Waits for a transaction that is still going on.
                    found = await driver.fetchval(_ASK, self._id)
                finally:
                    await driver.close()
                return "committed" if found == batch_id else "aborted"
            await asyncio.sleep(_ASK_EVERY_S)
        return "unknown"

    async def _roll_back(self) -> None:
        try:
            if self._tx is not None:
                await _driver_of(self._tx).execute("ROLLBACK")
        except (*_LOST, asyncpg.PostgresError):
            self._drop()

    def _drop(self) -> None:
        """Give the connection up without a goodbye, which would wait for an answer."""
        tx, self._tx = self._tx, None
        if tx is not None:
            _driver_of(tx).terminate()
