"""The thread that writes into an SQLite file, many writes to a commit.

It takes what waits, up to `MAX_BATCH`, into one `BEGIN IMMEDIATE` and answers only after COMMIT:
one fsync for all of them. One transaction a call through an asynchronous session was measured at
364 to 719 a second with a p99 near one second; this way it is tens of thousands with the same
durability.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog

from bot.clock import Clock
from bot.errors.kinds import BursarError
from bot.errors.storage import StorageBusy
from storage.connection import SqliteConnection
from storage.database import MAX_BATCH
from storage.failures import breaks_batch, from_sqlite, is_failed_fsync
from storage.scope import LedgerGuard
from storage.sqlite_file import connect_file
from storage.sqlite_queue import Write, WriteQueue
from storage.transaction import SqlTx

_log = structlog.get_logger(__name__)

# The log is looked at once in so many batches, and folded back into the file from this size on.
_LOOK_EVERY: Final = 16
_WAL_BYTES: Final = 8 << 20
# Of a write that may rest: enough for whoever handed it over to go on meanwhile.
REST_S: Final = 0.002
# So many batches take savepoints after one that had to be undone without them.
_CAREFUL_BATCHES: Final = 16


class _NeedsSavepoints(Exception):
    """A write failed in a batch that took none, and left something behind."""


class _NeedsRows(_NeedsSavepoints):
    """What was kept for the end of a batch was refused, and nobody knows whose it was."""


class Writer:
    """The thread that writes, from when it is made until it is stopped."""

    def __init__(
        self,
        path: Path,
        clock: Clock,
        guard: LedgerGuard,
        announce: Callable[[list[object]], None],
        count: Callable[[int, int], None],
    ) -> None:
        self._driver = connect_file(path, clock, mode="rw")
        self._driver.execute("PRAGMA journal_mode=WAL")
        self._driver.execute("PRAGMA synchronous=FULL")
        # Only this thread checkpoints, and between batches: never inside somebody's commit.
        self._driver.execute("PRAGMA wal_autocheckpoint=0")
        self._connection = SqliteConnection(self._driver)
        self._connection.keep_rows()
        self._tx = SqlTx(self._connection, clock, guard)
        self._announce = announce
        self._count = count
        self._queue = WriteQueue()
        # Those that may rest, until the next one or their time comes; the lock keeps the order.
        self._resting: deque[Write] = deque()
        self._handing_over = threading.Lock()
        self._wal = path.with_name(path.name + "-wal")
        self._batches = 0
        # How many of the next batches give each write a savepoint.
        self._careful = 0
        self._is_stopped = False
        self._thread = threading.Thread(target=self._run, name="bursar-writer", daemon=True)
        self._thread.start()

    def submit(self, write: Write) -> None:
        """Queue a write; its future is resolved after the commit that carries it."""
        with self._handing_over:
            self._wake()
            self._queue.put(write)
        if self._is_stopped:
            self._refuse_rest()

    def submit_later(self, write: Write) -> None:
        """Queue a write in its turn, and wake the writer for it within `REST_S`."""
        with self._handing_over:
            self._resting.append(write)
        write.loop.call_later(REST_S, self._wake_late)

    def _wake_late(self) -> None:
        with self._handing_over:
            self._wake()
        if self._is_stopped:
            self._refuse_rest()

    def _wake(self) -> None:
        while self._resting:
            self._queue.put(self._resting.popleft())

    def stop(self) -> None:
        """Finish what is queued, fold the log into the file, and close."""
        with self._handing_over:
            self._wake()
            self._queue.put(None)
        self._thread.join()
        self._is_stopped = True
        self._refuse_rest()

    def _refuse_rest(self) -> None:
        """Answer writes that came too late, for nobody will take them from the queue."""
        for write in self._queue.take_late():
            write.error = StorageBusy("the database is closed")
            self._answer([write], [])

    def _run(self) -> None:
        while batch := self._queue.take(MAX_BATCH):
            self._answer(batch, self._commit(batch))
            self._checkpoint()
        self._checkpoint(force=True)
        self._driver.close()

    def _commit(self, batch: list[Write]) -> list[object]:
        """Run a batch in one transaction; return what to announce. Every write is answered.

        As a rule without savepoints, which cost a seventh of a write: most writes that fail are
        refused before they change anything. Where one did change something, all are run again
        with savepoints; and where a row was refused that had been kept for the end, once more,
        with each write's own rows inside its savepoint.
        """
        is_careful = self._careful > 0
        self._careful -= is_careful
        keeps_rows = True
        while True:
            try:
                return self._attempt(batch, is_careful=is_careful, keeps_rows=keeps_rows)
            except _NeedsSavepoints as needs:
                self._careful = _CAREFUL_BATCHES
                is_careful = True
                keeps_rows = keeps_rows and not isinstance(needs, _NeedsRows)

    def _attempt(self, batch: list[Write], *, is_careful: bool, keeps_rows: bool) -> list[object]:
        tx, driver = self._tx, self._driver
        try:
            driver.execute("BEGIN IMMEDIATE")
            self._connection.look_for_others()
            for write in self._queue.in_turn(batch):
                self._step(write, is_careful=is_careful, keeps_rows=keeps_rows)
            try:
                events = tx.before_commit()
            except Exception as error:
                is_of_all = isinstance(error, BursarError) or breaks_batch(error)
                if is_of_all or not (keeps_rows and len(batch) > 1 and driver.in_transaction):
                    raise
                raise _NeedsRows from error
            driver.execute("COMMIT")
        except _NeedsSavepoints:
            driver.execute("ROLLBACK")
            self._connection.taken_back()
            for write in batch:
                write.result = write.error = None
            raise
        except BaseException as error:  # noqa: BLE001  # every waiter must get an answer
            self._give_up(batch, error)
            return []
        else:
            return events
        finally:
            tx.reset()

    def _step(self, write: Write, *, is_careful: bool, keeps_rows: bool) -> None:
        """Run one write so that it stands or falls alone; what breaks the batch travels on.

        `keeps_rows` leaves what is to be sent, and the audit facts, to the end of the batch.
        """
        tx, driver = self._tx, self._driver
        if write.future.cancelled():
            return
        mark = tx.scope.mark()
        tx.begin(write.tenant)
        changed = tx.connection.changed
        if is_careful:
            driver.execute("SAVEPOINT op")
        try:
            write.result = write.fn(tx)
            if not keeps_rows:
                tx.write_out()
        except BaseException as error:
            # A full disk takes back more than the statement that met it.
            if breaks_batch(error) or not driver.in_transaction:
                raise
            if is_careful:
                driver.execute("ROLLBACK TO op")
                self._connection.taken_back()
            elif isinstance(error, sqlite3.Error) or tx.connection.changed != changed:
                raise _NeedsSavepoints from error
            write.error = error
            tx.scope.back_to(mark)
        if is_careful:
            driver.execute("RELEASE op")

    def _give_up(self, batch: list[Write], error: BaseException) -> None:
        if is_failed_fsync(error):
            # The page cache can no longer be trusted: acknowledging anything after this would
            # be a guess. The next start recovers from the log.
            _log.critical("fsync failed")
            import os

            os._exit(74)  # EX_IOERR
        with suppress(sqlite3.Error):
            if self._driver.in_transaction:
                self._driver.execute("ROLLBACK")
        self._connection.taken_back()
        ours = from_sqlite(error) if isinstance(error, sqlite3.Error) else error
        for write in batch:
            write.result, write.error = None, ours

    def _answer(self, batch: list[Write], events: list[object]) -> None:
        by_loop: dict[asyncio.AbstractEventLoop, list[Write]] = {}
        for write in batch:
            by_loop.setdefault(write.loop, []).append(write)
        for loop, writes in by_loop.items():
            # One call for all: waking the loop for each would cost more than the writes.
            with suppress(RuntimeError):  # the loop was closed: nobody waits any more
                loop.call_soon_threadsafe(self._resolve, writes, events)

    def _resolve(self, writes: list[Write], events: list[object]) -> None:
        for write in writes:
            if write.future.done():
                continue
            if write.error is not None:
                write.future.set_exception(write.error)
            else:
                write.future.set_result(write.result)
        self._count(len(writes), sum(write.error is not None for write in writes))
        self._announce(events)

    def _checkpoint(self, *, force: bool = False) -> None:
        """Fold the log back once it is long; it starts over when no reader needs it."""
        self._batches += 1
        if not force:
            if self._batches % _LOOK_EVERY:
                return
            with suppress(OSError):
                if self._wal.stat().st_size < _WAL_BYTES:
                    return
        with suppress(sqlite3.Error):
            self._driver.execute(f"PRAGMA wal_checkpoint({'TRUNCATE' if force else 'PASSIVE'})")
