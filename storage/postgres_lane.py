"""A lane: one connection to a PostgreSQL server that gathers a tenant's writes into commits."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol

import asyncpg
from sqlalchemy.util import greenlet_spawn

from bot.errors.kinds import BursarError
from bot.errors.storage import StorageBusy
from bot.ids import TenantId, new_id
from storage.database import MAX_BATCH
from storage.postgres_driver import (
    LOST,
    RETRIED,
    connection_of,
    driver_of,
    from_driver,
)
from storage.postings import Misjudged
from storage.transaction import SqlTx

# After so many statements the rest waits for the next transaction: locks are held against other
# processes. A write whose entries are put off takes hardly one, and a few ask dozens of things.
_MAX_STATEMENTS: Final = 256
_TRIES: Final = 5
# A server that crashed is back in seconds; until then nobody knows what it kept.
_ASKS: Final = 60
_ASK_EVERY_S: Final = 0.25
NOW_US: Final = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
_FIRST_MARK: Final = (
    f"INSERT INTO lane_mark (lane, batch, at_us) VALUES ($1, '', {NOW_US}) "  # noqa: S608  # ours
    "ON CONFLICT DO NOTHING"
)
_MARK: Final = f"UPDATE lane_mark SET batch = $2, at_us = {NOW_US} WHERE lane = $1"  # noqa: S608  # ours
_ASK: Final = "SELECT batch FROM lane_mark WHERE lane = $1 FOR UPDATE"
_FORGET: Final = "DELETE FROM lane_mark WHERE lane = $1"
# What is not the failure of one write, but of all that are gathered with it.
_OF_BATCH: Final = (*RETRIED, *LOST, asyncio.CancelledError, Misjudged)
# So many batches take savepoints, or put nothing off, after one that had to be undone for it.
_CAREFUL_BATCHES: Final = 16


class _NeedsSavepoints(Exception):
    """A write failed in a batch that took none, and left something behind."""


class _NeedsRows(_NeedsSavepoints):
    """What was kept for the end of a batch was refused, and nobody knows whose it was."""


_UNKNOWN: Final = StorageBusy(
    "it is not known whether the last change was kept: look before repeating it"
)


@dataclass(slots=True)
class Write:
    """One waiting write. Any: each has its own type of result."""

    fn: Callable[[SqlTx], Any]
    tenant: TenantId | None
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class _Pool(Protocol):
    """What a lane needs of its database."""

    async def connect(self) -> SqlTx: ...
    async def connect_driver(self) -> Any: ...  # Any: asyncpg ships no types
    async def set_time(self, driver: Any) -> None: ...  # Any: asyncpg ships no types
    def count(self, size: int, failed: int) -> None: ...
    def announce(self, events: list[object]) -> None: ...


class Lane:
    """A connection that writes, and what waits for it."""

    def __init__(self, database: _Pool) -> None:
        self.queue: asyncio.Queue[Write | None] = asyncio.Queue()
        self._database = database
        self._id = new_id()
        self._tx: SqlTx | None = None
        # What a batch left to the next one, for it had taken long enough.
        self._left: list[Write] = []
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
            with suppress(*LOST, asyncpg.PostgresError):
                await driver_of(self._tx).execute(_FORGET, self._id)
                await driver_of(self._tx).close(timeout=1)

    async def _commit(self, batch: list[Write]) -> list[object]:
        """Run a batch; every write of it has a result or an error afterwards."""
        keeps_rows = True
        for attempt in range(1, _TRIES + 1):
            for write in batch:
                write.result = write.error = None
            batch_id: str | None = None
            events: list[object] = []
            try:
                tx = self._tx = self._tx or await self._database.connect()
                driver = driver_of(tx)
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
                if isinstance(error, LOST):
                    self._drop()
                    outcome = "aborted" if batch_id is None else await self._outcome(batch_id)
                    if outcome == "committed":
                        return events
                    if outcome == "unknown":
                        error = _UNKNOWN
                else:
                    await self._roll_back()
                if isinstance(error, (*RETRIED, *LOST)) and attempt < _TRIES:
                    # Jitter, so that two processes that met do not meet again.
                    await asyncio.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311
                    continue
                for write in batch:
                    write.result, write.error = None, from_driver(error)
                return []
            else:
                return events
            finally:
                if self._tx is not None:
                    self._tx.reset()
        for write in batch:
            write.result, write.error = None, StorageBusy("the database server is busy")
        return []

    def _run(self, tx: SqlTx, batch: list[Write], keeps_rows: bool) -> list[object]:
        """Run the writes of a batch, inside a greenlet, as a rule without savepoints.

        A savepoint costs a fifth of a write, and most writes that fail are refused before they
        change anything. Where one did change something, all are run again with savepoints.

        `keeps_rows` leaves what is to be sent, and the audit facts, to the end of the batch, in
        one statement each. Where one of those rows was refused, each write brings its own.

        Raises:
            _NeedsSavepoints, Misjudged: roll back and run it again.
        """
        connection = connection_of(tx)
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
                write.error = from_driver(error)
                tx.scope.back_to(mark)
        try:
            tx.scope.postings.write(connection)
        except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as error:
            # Written at once, it fails in the write whose it is.
            raise Misjudged from error
        try:
            return tx.before_commit()
        except Exception as error:
            is_of_all = isinstance(error, BursarError) or from_driver(error) is not error
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
            with suppress(*LOST, asyncpg.PostgresError):
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
                await driver_of(self._tx).execute("ROLLBACK")
        except (*LOST, asyncpg.PostgresError):
            self._drop()

    def _drop(self) -> None:
        """Give the connection up without a goodbye, which would wait for an answer."""
        tx, self._tx = self._tx, None
        if tx is not None:
            driver_of(tx).terminate()
