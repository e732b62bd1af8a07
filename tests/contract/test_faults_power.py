"""Power that fails: whatever the disk kept of what was not synced, what was answered is there."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from bot.clock import ManualClock
from storage import sqlite_writer
from storage.sqlite import SqliteDatabase
from tests.ledgers import ORG, TEAM, Company, fact, found_company

# A disk writes a sector whole or not at all, and sectors in any order.
SECTOR: Final = 512
STEPS: Final = 24
LIMIT: Final = 10**6


@dataclass(frozen=True)
class Files:
    """What a file and its log are at a moment at which all of both is synced."""

    file: bytes
    log: bytes

    def put(self, path: Path) -> None:
        """Write both, as they would be found after the machine was started again."""
        path.write_bytes(self.file)
        path.with_name(path.name + "-wal").write_bytes(self.log)
        path.with_name(path.name + "-shm").unlink(missing_ok=True)


@dataclass(frozen=True)
class Moment:
    """A commit or a checkpoint: what was on the disk, what was being written, what was known.

    `answered` counts the writes that were answered before it began, `asked` those that it ends.
    """

    before: Files
    after: Files
    answered: int
    asked: int


class Recorder:
    """The writer's connection; notes both files around whatever makes it sync."""

    def __init__(self, driver: sqlite3.Connection, path: Path) -> None:
        self._driver = driver
        self._file = path
        self._log = path.with_name(path.name + "-wal")
        self._synced = self._look()
        self.moments: list[Moment] = []
        self.answered = 0
        self.asked = 0

    def _look(self) -> Files:
        return Files(self._file.read_bytes(), self._log.read_bytes())

    def execute(self, sql: str) -> sqlite3.Cursor:
        cursor = self._driver.execute(sql)
        if sql == "COMMIT" or sql.startswith("PRAGMA wal_checkpoint"):
            now = self._look()
            self.moments.append(Moment(self._synced, now, self.answered, self.asked))
            self._synced = now
        return cursor

    def __getattr__(self, name: str) -> Any:  # Any: whatever the connection has
        return getattr(self._driver, name)


@pytest.fixture
async def books(
    sqlite_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Company]:
    # So that the log is folded back, and started over, within a few steps.
    monkeypatch.setattr(sqlite_writer, "_LOOK_EVERY", 7)
    monkeypatch.setattr(sqlite_writer, "_WAL_BYTES", 1)
    database = SqliteDatabase.open(sqlite_path, clock)
    await database.write(found_company)
    made = Company(database)
    await made.limit(ORG, LIMIT)
    await made.limit(TEAM, LIMIT)
    yield made
    await database.close()


async def record(books: Company, path: Path) -> list[Moment]:
    """Spend, one after the other; return the moments at which power may fail."""
    database = books.database
    assert isinstance(database, SqliteDatabase)
    writer: Any = database._writer  # Any: its connection is replaced
    assert writer._driver.execute("PRAGMA synchronous").fetchone()[0] == 2
    recorder = writer._driver = Recorder(writer._driver, path)
    for step in range(STEPS):
        recorder.asked = step + 1
        await books.write(lambda tx, step=step: tx.record(fact("asked", step=step)))  # type: ignore[misc]  # bound now
        await books.spend(TEAM, 1, f"k{step}")
        recorder.answered = step + 1
    writer._driver = recorder._driver
    return recorder.moments


def torn(old: bytes, new: bytes, chance: random.Random, share: float) -> bytes:
    """Return a file of which only some of the sectors that were being written are new."""
    size = max(len(old), len(new))
    result = bytearray(old.ljust(size, b"\0"))
    for at in range(0, size, SECTOR):
        if chance.random() < share:
            result[at : at + SECTOR] = new[at : at + SECTOR].ljust(min(SECTOR, size - at), b"\0")
    shorter = chance.choice([len(old), size, chance.randint(len(old), size)])
    return bytes(result[: max(shorter, len(old))])


async def look(path: Path, files: Files, clock: ManualClock) -> tuple[int, int]:
    """Open what the disk kept as the next start does; return what is spent and asked for."""
    files.put(path)
    database = SqliteDatabase.open(path, clock)
    try:
        books = Company(database)
        await books.assert_sound()
        limit, used, held, free = await books.figures(TEAM)
        assert limit == used + held + free == LIMIT
        assert await books.figures(ORG) == (limit, used, held, free)
        facts = await books.read(lambda tx: sum(len(page) for page in tx.audit.pages()))
        # It goes on from there.
        await books.spend(TEAM, 1, "after")
        await books.assert_sound()
        return used, facts
    finally:
        await database.close()


async def test_what_was_answered_survives_whatever_the_disk_kept(
    books: Company, sqlite_path: Path, tmp_path: Path, clock: ManualClock
) -> None:
    before = await books.read(lambda tx: sum(len(page) for page in tx.audit.pages()))
    moments = await record(books, sqlite_path)
    assert any(moment.before.file != moment.after.file for moment in moments), "no checkpoint"
    assert any(moment.before.log[:32] != moment.after.log[:32] for moment in moments), (
        "the log was never started over"
    )
    chance = random.Random(4)
    path = tmp_path / "kept.db"
    for number, moment in enumerate(moments):
        for share in (0.5, (0.0, 0.95)[number % 2]):
            kept = Files(
                torn(moment.before.file, moment.after.file, chance, share),
                torn(moment.before.log, moment.after.log, chance, share),
            )
            used, facts = await look(path, kept, clock)
            assert moment.answered <= used <= moment.asked
            assert moment.answered <= facts - before <= moment.asked


async def test_a_log_cut_short_of_what_was_synced_is_seen_to_lose(
    books: Company, sqlite_path: Path, tmp_path: Path, clock: ManualClock
) -> None:
    """What the other test would see if a commit did not wait for the disk."""
    moments = await record(books, sqlite_path)
    path = tmp_path / "kept.db"
    lost = 0
    for before, moment in zip(moments, moments[2:], strict=False):
        if before.after.file == moment.before.file:
            used, _ = await look(path, Files(moment.before.file, before.before.log), clock)
            lost += used < moment.answered
    assert lost
