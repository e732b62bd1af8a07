"""A full disk, a lock, a damaged file, a second process: explained, and nothing is lost."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import ManualClock
from bot.errors.kinds import Unavailable
from bot.errors.storage import DatabaseInUse, StorageBusy, StorageDamaged, StorageFull
from storage import sqlite_file
from storage.sqlite import SqliteDatabase
from storage.transaction import SqlTx
from tests.ledgers import ANA, TEAM, Company, found_company

ROOT = Path(__file__).parents[2]
BIG = "x" * 20_000


@pytest.fixture
async def books(sqlite_path: Path, clock: ManualClock) -> AsyncIterator[Company]:
    database = SqliteDatabase.open(sqlite_path, clock)
    await database.write(found_company)
    made = Company(database)
    await made.limit(TEAM, 1000)
    yield made
    await made.assert_sound()
    await database.close()


def writer(books: Company) -> sqlite3.Connection:
    """The connection that writes; idle whenever no write is waited for."""
    database = books.database
    assert isinstance(database, SqliteDatabase)
    return database._writer._driver


def fill_disk(books: Company, *, pages_left: int = 3) -> None:
    pages = writer(books).execute("PRAGMA page_count").fetchone()[0]
    writer(books).execute(f"PRAGMA max_page_count={pages + pages_left}")


def free_disk(books: Company) -> None:
    writer(books).execute("PRAGMA max_page_count=1000000")


async def keep(books: Company, content: str) -> str:
    return await books.write(lambda tx: tx.audit.keep_content(ANA, content, b"salt"))


async def kept(books: Company) -> set[str]:
    rows = await books.read(lambda tx: tx.connection.rows(text("SELECT id FROM content")))
    return {row[0] for row in rows}


@asynccontextmanager
async def waiting_writer(books: Company) -> AsyncIterator[None]:
    """Have the writer wait until the block ends, and take at once what was queued in it."""
    is_waiting, may_go_on = threading.Event(), threading.Event()

    def wait(_: SqlTx) -> None:
        is_waiting.set()
        may_go_on.wait()

    waits = asyncio.ensure_future(books.write(wait))
    await asyncio.to_thread(is_waiting.wait)
    try:
        yield
        # The next round of the loop hands over what was begun.
        await asyncio.sleep(0)
    finally:
        may_go_on.set()
    await waits


async def test_a_full_disk_fails_the_whole_batch_and_loses_nothing(books: Company) -> None:
    before = await keep(books, "first")
    fill_disk(books)
    async with waiting_writer(books):
        answers = asyncio.gather(
            *(books.hold(TEAM, 1, f"k{index}") for index in range(20)),
            *(keep(books, BIG) for _ in range(20)),
            return_exceptions=True,
        )
    assert {type(x) for x in await answers} == {StorageFull}
    assert await kept(books) == {before}
    assert await books.figures(TEAM) == (1000, 0, 0, 1000)
    free_disk(books)
    await books.spend(TEAM, 5)
    await keep(books, BIG)
    assert await books.figures(TEAM) == (1000, 5, 0, 995)


async def test_what_was_answered_before_the_disk_was_full_is_there(books: Company) -> None:
    fill_disk(books, pages_left=60)
    known = set()
    for _ in range(40):
        try:
            known.add(await keep(books, BIG))
        except StorageFull:
            break
    else:
        pytest.fail("the disk was never full")
    assert known
    assert await kept(books) == known
    free_disk(books)


async def test_a_full_disk_inside_a_savepoint_is_a_full_disk(books: Company) -> None:
    def write(tx: SqlTx) -> None:
        with tx.savepoint(), tx.savepoint():
            tx.audit.keep_content(ANA, BIG * 10, b"salt")

    fill_disk(books)
    with pytest.raises(StorageFull):
        await books.write(write)
    free_disk(books)
    await books.write(write)


async def test_a_write_that_hides_a_full_disk_is_not_answered_as_done(books: Company) -> None:
    def write(tx: SqlTx) -> str:
        try:
            tx.audit.keep_content(ANA, BIG * 10, b"salt")
        except sqlite3.Error:
            return "done"
        return "fitted"

    fill_disk(books)
    with pytest.raises((Unavailable, sqlite3.Error)):
        await books.write(write)
    free_disk(books)
    assert await books.write(write) == "fitted"


async def test_a_lock_by_another_program_passes(books: Company, sqlite_path: Path) -> None:
    writer(books).execute("PRAGMA busy_timeout=0")
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answers = await asyncio.gather(
            *(books.hold(TEAM, 1, f"k{index}") for index in range(5)), return_exceptions=True
        )
        assert {type(x) for x in answers} == {StorageBusy}
        assert await books.figures(TEAM) == (1000, 0, 0, 1000)
        other.execute("ROLLBACK")
    await books.hold(TEAM, 1, "k0")
    assert await books.figures(TEAM) == (1000, 0, 1, 999)


async def test_a_read_that_is_given_up_leaves_its_reader_usable(books: Company) -> None:
    reads = [asyncio.ensure_future(books.figures(TEAM)) for _ in range(10)]
    await asyncio.sleep(0)
    for read in reads[::2]:
        read.cancel()
    await asyncio.gather(*reads, return_exceptions=True)
    for _ in range(4):
        assert await books.figures(TEAM) == (1000, 0, 0, 1000)


async def test_a_read_cannot_write(books: Company) -> None:
    with pytest.raises((sqlite3.Error, Unavailable)):
        await books.read(lambda tx: tx.wallets.set_closed(TEAM, True))
    assert not (await books.read(lambda tx: tx.wallets.get(TEAM))).is_closed


async def test_a_write_given_up_before_its_turn_is_not_done(books: Company) -> None:
    async with waiting_writer(books):
        write = asyncio.ensure_future(books.hold(TEAM, 1, "k"))
        await asyncio.sleep(0)
        write.cancel()
    assert write.cancelled()
    assert await books.figures(TEAM) == (1000, 0, 0, 1000)


async def test_a_write_after_the_end_is_refused(sqlite_path: Path, clock: ManualClock) -> None:
    database = SqliteDatabase.open(sqlite_path, clock)
    await database.write(found_company)
    await database.close()
    with pytest.raises(StorageBusy):
        await database.write(lambda tx: None)


async def make_company(path: Path, clock: ManualClock) -> None:
    database = SqliteDatabase.open(path, clock)
    await database.write(found_company)
    await database.close()


def overwrite(path: Path, at: int, what: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(what)


def damage_file(path: Path, damage: str) -> None:
    size = path.stat().st_size
    if damage == "corrupt":
        overwrite(path, 3 * 4096, b"\xff" * 4096 * 8)
    elif damage == "all but the first page":
        overwrite(path, 4096, b"\xff" * (size - 4096))
    elif damage == "no database":
        overwrite(path, 0, b"not a database at all")
    elif damage == "missing":
        path.unlink()
    else:
        with path.open("r+b") as file:
            file.truncate(size // 2 if damage == "truncated" else 0)


def contents(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


@pytest.mark.parametrize("damage", ["corrupt", "no database", "truncated", "emptied", "missing"])
async def test_a_damaged_file_is_refused_and_left_alone(
    sqlite_path: Path, clock: ManualClock, damage: str
) -> None:
    await make_company(sqlite_path, clock)
    damage_file(sqlite_path, damage)
    before = contents(sqlite_path)
    for _ in range(2):
        with pytest.raises(StorageDamaged, match="bursar restore") as caught:
            SqliteDatabase.open(sqlite_path, clock)
        assert caught.value.facts["path"] == str(sqlite_path)
    assert contents(sqlite_path) == before


async def test_damage_met_later_is_told_as_such(sqlite_path: Path, clock: ManualClock) -> None:
    await make_company(sqlite_path, clock)
    database = SqliteDatabase.open(sqlite_path, clock)
    books = Company(database)
    damage_file(sqlite_path, "all but the first page")
    with pytest.raises(StorageDamaged):
        await books.read(lambda tx: tx.wallets.list_all())
    with pytest.raises(StorageDamaged):
        await books.limit(TEAM, 5)
    await database.close()


async def test_a_file_that_another_program_holds_is_busy_and_not_damaged(
    sqlite_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "_BUSY_MS", 1)
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageBusy):
            SqliteDatabase.open(sqlite_path, clock)
        other.execute("ROLLBACK")
    await SqliteDatabase.open(sqlite_path, clock).close()


HOLDER = """
import sys, pathlib
from bot.clock import SystemClock
from storage.sqlite import SqliteDatabase
from bot.errors.kinds import BursarError
try:
    database = SqliteDatabase.open(pathlib.Path(sys.argv[1]), SystemClock())
except BursarError as error:
    print(error.code, flush=True)
    sys.exit()
print("open", flush=True)
sys.stdin.readline()
"""


async def test_a_second_process_is_refused_until_the_first_is_gone(
    sqlite_path: Path, clock: ManualClock
) -> None:
    async def start() -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            HOLDER,
            str(sqlite_path),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )

    first = await start()
    assert first.stdout is not None
    assert await first.stdout.readline() == b"open\n"
    with pytest.raises(DatabaseInUse, match="stop it first"):
        SqliteDatabase.open(sqlite_path, clock)
    first.kill()
    await first.wait()
    # The lock went with the process, however it went.
    database = SqliteDatabase.open(sqlite_path, clock)
    second = await start()
    output, _ = await second.communicate()
    assert output == b"database_in_use\n"
    await database.close()
