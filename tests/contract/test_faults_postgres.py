"""A server that goes away at the worst moments: whatever was asked happens exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest
from sqlalchemy import text

from bot.clock import ManualClock
from bot.economy import spending
from bot.errors.storage import StorageBusy
from bot.tasks import TaskGroup
from storage import postgres_lane
from storage.postgres import PostgresDatabase
from storage.transaction import SqlTx
from tests.ledgers import LIFE, TEAM, Company, found_company
from tests.pauses import skip
from tests.servers import PostgresServer

LONGER_THAN_ANY_S = 30
KILL_ITSELF = text("SELECT pg_terminate_backend(pg_backend_pid())")
# Waits until they have ended, for at most a minute.
KILL_OTHERS = """
    SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity
    WHERE application_name = 'bursar' AND pid <> pg_backend_pid()
"""


@pytest.fixture
async def url(postgres: PostgresServer) -> str:
    return postgres.create_database()


@pytest.fixture
async def books(url: str, clock: ManualClock) -> AsyncIterator[Company]:
    database = await PostgresDatabase.open(url, clock)
    await database.write(found_company)
    made = Company(database)
    await made.limit(TEAM, 1000)
    yield made
    await made.assert_sound()
    await database.close()


class Line:
    """A way to a server that falls silent: nothing is refused, and nothing arrives."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._socket = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
        self._door: asyncio.Server | None = None
        self._name = parts.path
        self._pumps = TaskGroup()
        self._open: list[asyncio.StreamWriter] = []
        self._silent: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Line:
        self._door = await asyncio.start_server(self._join, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._door is not None
        self._door.close()
        for writer in self._open:
            writer.transport.abort()
        await self._pumps.join()

    @property
    def url(self) -> str:
        assert self._door is not None
        port = self._door.sockets[0].getsockname()[1]
        return f"postgresql://postgres@127.0.0.1:{port}{self._name}"

    def fall_silent(self) -> None:
        """Swallow whatever comes on what is connected now; what connects later gets through.

        Whoever waits for an answer to what was swallowed has waited for as long as anybody does.
        """
        self._silent.update(self._open)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(self._socket)
        self._open += [writer, back]
        self._pumps.start(self._pump(reader, back), name="there")
        self._pumps.start(self._pump(there, writer), name="back")

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while found := await reader.read(1 << 16):
                if writer in self._silent:
                    skip(LONGER_THAN_ANY_S)
                else:
                    writer.write(found)
        if writer not in self._silent:
            writer.close()


async def kill_all(url: str) -> None:
    """End every connection that Bursar has, as a restart of the server does."""
    driver = await asyncpg.connect(url)
    try:
        await driver.execute(KILL_OTHERS)
    finally:
        await driver.close()


class CommitBreaker:
    """Loses the connection around one COMMIT. Any: asyncpg ships no types."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, is_sent: bool) -> None:
        self.is_armed = False
        self.is_sent = is_sent
        execute = asyncpg.Connection.execute

        async def break_commit(driver: Any, query: str, *values: Any, **more: Any) -> Any:
            if not (self.is_armed and query == "COMMIT"):
                return await execute(driver, query, *values, **more)
            self.is_armed = False
            if self.is_sent:
                await execute(driver, query)
            driver.terminate()
            raise asyncpg.ConnectionDoesNotExistError("connection was closed")

        monkeypatch.setattr(asyncpg.Connection, "execute", break_commit)


async def busy_or_figures(books: Company) -> object:
    """Look once; a reader whose connection was lost says so once, and there are four."""
    try:
        return await books.figures(TEAM)
    except StorageBusy:
        return "busy"


async def test_a_backend_ended_in_the_middle_is_replaced(books: Company) -> None:
    tries = []

    def hold(tx: SqlTx) -> None:
        spending.hold(tx, TEAM, 10, key="k", actor="x", life=LIFE)
        tries.append(1)
        if len(tries) == 1:
            tx.connection.rows(KILL_ITSELF)

    await books.write(hold)
    assert len(tries) == 2
    assert await books.figures(TEAM) == (1000, 0, 10, 990)


@pytest.mark.parametrize("is_sent", [True, False], ids=["after it was sent", "before"])
async def test_a_commit_whose_answer_is_lost_happens_once(
    books: Company, monkeypatch: pytest.MonkeyPatch, is_sent: bool
) -> None:
    breaker = CommitBreaker(monkeypatch, is_sent=is_sent)
    heard: list[object] = []
    books.database.on_commit(heard.extend)

    def spend(index: int, tx: SqlTx) -> str:
        # Without a key of its own it would be spent again if it were run again blindly.
        key = f"{index}:{tx.connection.rows(text('SELECT gen_random_uuid()::text'))[0][0]}"
        spending.hold(tx, TEAM, 10, key=key, actor="x", life=LIFE)
        tx.announce(index)
        return key

    breaker.is_armed = True
    keys = await asyncio.gather(
        *(books.write(lambda tx, index=index: spend(index, tx)) for index in range(5))  # type: ignore[misc]  # bound now
    )
    assert not breaker.is_armed
    assert await books.figures(TEAM) == (1000, 0, 50, 950)
    for key in keys:
        assert await books.release(key)
    assert sorted(heard, key=str) == [0, 1, 2, 3, 4]


async def test_an_outcome_that_nobody_can_tell_is_not_tried_again(
    books: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaker = CommitBreaker(monkeypatch, is_sent=True)

    async def tell_nothing(lane: object, batch_id: str) -> str:
        return "unknown"

    with monkeypatch.context() as lost:
        lost.setattr(postgres_lane.Lane, "_outcome", tell_nothing)
        breaker.is_armed = True
        with pytest.raises(StorageBusy, match="not known"):
            await books.hold(TEAM, 10, "k")
    # It had happened; whoever looks, as the message says, finds it and may repeat it.
    assert await books.figures(TEAM) == (1000, 0, 10, 990)
    await books.hold(TEAM, 10, "k")
    assert await books.figures(TEAM) == (1000, 0, 10, 990)


@pytest.mark.parametrize(("end", "outcome"), [("COMMIT", "committed"), ("ROLLBACK", "aborted")])
async def test_a_commit_that_is_still_going_on_is_waited_for(
    books: Company, url: str, end: str, outcome: str
) -> None:
    assert isinstance(books.database, PostgresDatabase)
    lane = books.database._lanes[0]
    ours, looker = await asyncpg.connect(url), await asyncpg.connect(url)
    try:
        batch_id = await lane._begin(ours)
        asked = asyncio.ensure_future(lane._outcome(batch_id))
        while not await looker.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            assert not asked.done()
        await ours.execute(end)
        assert await asked == outcome
    finally:
        await ours.close()
        await looker.close()


async def test_a_mark_that_was_cleared_away_is_made_anew_before_it_is_needed(
    books: Company, url: str
) -> None:
    driver = await asyncpg.connect(url)
    try:
        await driver.execute("DELETE FROM lane_mark")
        await books.hold(TEAM, 10, "k")
        assert await driver.fetchval("SELECT count(*) FROM lane_mark") == 1
    finally:
        await driver.close()


async def test_every_connection_comes_back(books: Company, url: str) -> None:
    await asyncio.gather(*(books.figures(TEAM) for _ in range(8)))
    await kill_all(url)
    await asyncio.gather(*(books.hold(TEAM, 1, f"k{index}") for index in range(20)))
    answers = [await busy_or_figures(books) for _ in range(8)]
    assert answers[4:] == [(1000, 0, 20, 980)] * 4


async def test_a_line_that_falls_silent_is_given_up_and_what_was_asked_happens_once(
    url: str, clock: ManualClock
) -> None:
    """As a firewall that forgot the connection does: the system itself would wait for minutes."""
    async with Line(url) as line:
        database = await PostgresDatabase.open(line.url, clock)
        await database.write(found_company)
        books = Company(database)
        await books.limit(TEAM, 1000)
        await asyncio.gather(*(busy_or_figures(books) for _ in range(8)))
        line.fall_silent()
        await asyncio.gather(*(books.hold(TEAM, 1, f"k{index}") for index in range(20)))
        answers = [await busy_or_figures(books) for _ in range(8)]
        assert answers[4:] == [(1000, 0, 20, 980)] * 4
        await database.close()
    driver = await asyncpg.connect(url)
    assert await driver.fetchval("SELECT count(*) FROM transfer WHERE kind = 'hold'") == 20
    await driver.close()


async def test_a_client_that_died_in_the_middle_of_a_write_holds_nobody_up(
    books: Company, url: str, clock: ManualClock
) -> None:
    dead = await PostgresDatabase.open(url, clock, idle_s=0.2)
    driver = await dead.connect_driver()
    # Locks what every spend of the team must have, and says nothing more.
    await driver.execute("BEGIN; SELECT id FROM account FOR UPDATE")
    await books.hold(TEAM, 1, "k1")
    assert await busy_or_figures(books) == (1000, 0, 1, 999)
    driver.terminate()
    await dead.close()


async def test_the_server_gives_a_silent_write_up_in_seconds(books: Company) -> None:
    def ask(tx: SqlTx) -> str:
        row = tx.connection.row(
            text("SELECT current_setting('idle_in_transaction_session_timeout')")
        )
        assert row is not None
        return str(row[0])

    assert await books.write(ask) == "5s"


async def test_spends_are_exact_while_connections_are_cut(books: Company, url: str) -> None:
    async def cut() -> None:
        for _ in range(5):
            await kill_all(url)

    _, *answers = await asyncio.gather(
        cut(), *(books.hold(TEAM, 1, f"k{index}") for index in range(200)), return_exceptions=True
    )
    assert {type(x) for x in answers if isinstance(x, BaseException)} <= {StorageBusy}
    # Whatever was not answered is asked again; what had happened all the same counts once.
    for index in range(200):
        for _ in range(5):
            try:
                await books.hold(TEAM, 1, f"k{index}")
            except StorageBusy:
                continue
            break
    await kill_all(url)
    assert await books.write(lambda tx: len(tx.ledger.list_open_holds("k0"))) == 1

    def held(tx: SqlTx) -> int:
        return sum(len(tx.ledger.list_open_holds(f"k{index}")) for index in range(200))

    assert await books.write(held) == 200


async def test_a_statement_that_failed_unseen_is_never_answered_as_done(books: Company) -> None:
    def hide(tx: SqlTx) -> str:
        spending.hold(tx, TEAM, 10, key="k", actor="x", life=LIFE)
        with suppress(asyncpg.IntegrityConstraintViolationError):
            tx.connection.run(text("INSERT INTO tenant (id) VALUES ('acme')"))
        return "done"

    with pytest.raises((RuntimeError, asyncpg.PostgresError)):
        await books.write(hide)
    assert await books.figures(TEAM) == (1000, 0, 0, 1000)


async def test_a_read_cannot_write(books: Company) -> None:
    with pytest.raises(StorageBusy):
        await books.read(lambda tx: tx.wallets.set_closed(TEAM, True))


async def test_a_server_that_is_not_there_is_busy(clock: ManualClock) -> None:
    with pytest.raises(StorageBusy, match=r"database\.url"):
        await PostgresDatabase.open("postgresql://bursar@127.0.0.1:1/bursar", clock)


async def test_a_write_after_the_end_is_refused(url: str, clock: ManualClock) -> None:
    database = await PostgresDatabase.open(url, clock)
    await database.close()
    with pytest.raises(StorageBusy):
        await database.write(lambda tx: None)
