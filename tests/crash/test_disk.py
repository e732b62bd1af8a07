"""Disks that fail under a real process: full, log and all, or not able to say what they keep."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Final

from bot.clock import ManualClock
from storage.engine import open_database
from tests.ledgers import found_company

ROOT: Final = Path(__file__).parents[2]
SIZE: Final = 50_000
EX_IOERR: Final = 74


class Process:
    """A process that writes to a database, order by order."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    @asynccontextmanager
    async def start(cls, path: Path, clock: ManualClock) -> AsyncIterator[Process]:
        database = await open_database(f"sqlite:///{path}", clock)
        await database.write(found_company)
        await database.close()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.crash.disk",
            f"sqlite:///{path}",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        made = cls(process)
        assert (await made._line()).startswith("ready")
        try:
            yield made
        finally:
            # Without input it would not close the pipe that the process waits at.
            await process.communicate(b"")

    async def do(self, order: str) -> str:
        """Give an order; return its answer, empty if the process ended without one."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{order}\n".encode())
        return await self._line()

    async def _line(self) -> str:
        assert self.process.stdout is not None
        return (await self.process.stdout.readline()).decode().strip()


def whole(path: Path) -> tuple[str, int]:
    """Open a file as the next start does; return SQLite's own verdict and how much is kept."""
    with closing(sqlite3.connect(path)) as driver:
        verdict = driver.execute("PRAGMA integrity_check").fetchone()[0]
        return verdict, driver.execute("SELECT count(*) FROM content").fetchone()[0]


def size_of(path: Path) -> int:
    return path.stat().st_size


async def test_an_fsync_that_fails_ends_the_process_before_it_answers(
    sqlite_path: Path, clock: ManualClock
) -> None:
    """F11: the kernel itself refuses; what waits is never answered."""
    async with Process.start(sqlite_path, clock) as process:
        for _ in range(3):
            assert await process.do(f"write {SIZE}") == "done"
        assert await process.do("unsynced") == "done"
        assert await process.do(f"write {SIZE}") == ""
        assert await process.process.wait() == EX_IOERR
        assert process.process.stderr is not None
        assert b"fsync failed" in await process.process.stderr.read()
    verdict, kept = whole(sqlite_path)
    assert verdict == "ok"
    # The fourth was written and not acknowledged: it may be there, and nothing else is missing.
    assert kept in {3, 4}
    database = await open_database(f"sqlite:///{sqlite_path}", clock)
    await database.close()


async def test_a_full_disk_fails_writes_whole_until_there_is_room(
    sqlite_path: Path, clock: ManualClock
) -> None:
    """F9: neither the log nor the file can grow; the kernel itself refuses."""
    log = sqlite_path.with_name(sqlite_path.name + "-wal")
    async with Process.start(sqlite_path, clock) as process:
        assert await process.do("write 10") == "done"
        size = max(size_of(sqlite_path), size_of(log))
        assert await process.do(f"limit {size + 4 * SIZE}") == "done"
        kept = 1
        while (answer := await process.do(f"write {SIZE}")) == "done":
            kept += 1
        assert 1 < kept < 40
        # The log is what is full: nothing was folded back into the file yet.
        assert size_of(log) > size + 3 * SIZE
        assert answer == "storage_full"
        for _ in range(3):
            assert await process.do(f"write {SIZE}") == "storage_full"
        # Reads go on, and nothing of what failed is there.
        assert await process.do("count") == str(kept)
        assert await process.do("limit 0") == "done"
        for _ in range(3):
            assert await process.do(f"write {SIZE}") == "done"
        assert await process.do("count") == str(kept + 3)
    assert whole(sqlite_path) == ("ok", kept + 3)
