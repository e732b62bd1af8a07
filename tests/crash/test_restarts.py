"""F26: a PostgreSQL server that is killed under load; everything once, and nobody has to help."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

import orjson
import pytest

from bot.clock import ManualClock
from bot.errors.kinds import Unavailable
from bot.errors.money import HoldResolved
from bot.errors.storage import StorageBusy
from bot.messages import OutboxItem
from bot.running import App
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.ledgers import KEY, LIFE, ORG, TEAM, Company, fact, found_company
from tests.servers import PostgresServer
from tests.turns.chat import ACME, Chat, limits, make_company

# `make crash` sets 1,000.
KILLS: Final = int(os.environ.get("BURSAR_TEST_KILLS", "20"))  # noqa: TID251  # a test has no settings
RESTARTS: Final = max(KILLS // 50, 1)
TASKS: Final = 40
LIMIT: Final = 10**9
# In a run of all tests it would say how busy the machine is.
BACK_S: Final = 10.0 if KILLS >= 1000 else None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A server of its own: the others' tests must not notice."""
    with PostgresServer.start(tmp_path_factory.mktemp("restarted"), is_durable=True) as made:
        yield made


class Load:
    """Tasks that hold and settle until they are told to stop; each repeats what was refused."""

    def __init__(self, books: Company) -> None:
        self.books = books
        self.is_over = False
        self.settled: list[str] = []
        self.refused = 0
        self._waiters: list[tuple[int, asyncio.Event]] = []

    async def work(self, task: int) -> None:
        number = 0
        while not self.is_over:
            key = f"{task}-{number}"
            number += 1
            await self.until_done(lambda key=key: self.books.hold(KEY, 5, key))  # type: ignore[misc]  # bound now
            await self.until_done(lambda key=key: self._settle(key))  # type: ignore[misc]  # bound now
            self.settled.append(key)
            for count, event in self._waiters:
                if len(self.settled) >= count:
                    event.set()

    async def _settle(self, key: str) -> None:
        def settle(tx: SqlTx) -> None:
            from bot.economy import spending

            # In one commit with the money: a fact that is there twice is money that moved twice.
            tx.record(fact("settled", key=key))
            spending.settle(tx, KEY, 3, key=key, actor="x")

        try:
            await self.books.write(settle)
        except HoldResolved:
            # It had happened; only the answer was lost.
            return

    async def until_done(self, call: Callable[[], Awaitable[object]]) -> None:
        while True:
            try:
                await call()
            except StorageBusy:
                self.refused += 1
                await asyncio.sleep(0.05)
            else:
                return

    async def reach(self, more: int) -> None:
        """Return when so many more are settled."""
        event = asyncio.Event()
        self._waiters.append((len(self.settled) + more, event))
        await event.wait()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("how", ["kill", "restart"])
async def test_money_is_exact_while_the_server_is_killed(
    server: PostgresServer, clock: ManualClock, how: str
) -> None:
    database = await open_database(await asyncio.to_thread(server.create_database), clock)
    await database.write(found_company)
    books = Company(database)
    for wallet_id in (ORG, TEAM):
        await books.limit(wallet_id, LIMIT)
    load = Load(books)
    tasks = asyncio.gather(*(load.work(task) for task in range(TASKS)))
    try:
        for number in range(RESTARTS):
            await load.reach(100)
            await asyncio.to_thread(getattr(server, how))
            async with asyncio.timeout(BACK_S):
                await load.until_done(lambda n=number: books.hold(KEY, 1, f"back-{n}"))  # type: ignore[misc]  # bound now
                await load.reach(TASKS)
    except BaseException:
        # Without a server they would try for ever.
        tasks.cancel()
        raise
    load.is_over = True
    await tasks
    count = len(load.settled)
    assert len(set(load.settled)) == count
    assert await books.figures(ORG) == (
        LIMIT,
        3 * count,
        RESTARTS,
        LIMIT - 3 * count - RESTARTS,
    )

    def list_facts(tx: SqlTx) -> list[str]:
        return [orjson.loads(row[2])["detail"]["key"] for page in tx.audit.pages() for row in page]

    assert Counter(await books.read(list_facts)) == Counter(load.settled)
    clock.advance(LIFE)
    assert await books.expire_all() == RESTARTS
    await books.assert_sound()
    await database.close()


@pytest.mark.timeout(300)
async def test_a_conversation_goes_on_by_itself_after_the_server_was_killed(
    server: PostgresServer, clock: ManualClock
) -> None:
    database = await open_database(await asyncio.to_thread(server.create_database), clock)
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, limits())
    app.workers.start()
    chat = Chat(app, database, clock)
    given: Counter[int] = Counter()

    async def send(item: OutboxItem) -> str:
        given[item.id] += 1
        return str(item.id)

    app.add_channel("terminal", send)

    async def say(handle: str) -> None:
        message = chat.message(handle, "balance")
        while True:
            try:
                await app.receive(message)
            except Unavailable:
                # As a platform does that was told to come again.
                await asyncio.sleep(0.05)
            else:
                return

    people = ("ana", "ben", "carla", "elena")
    said = asyncio.gather(*(say(people[number % 4]) for number in range(200)))
    await asyncio.to_thread(server.kill)
    async with asyncio.timeout(BACK_S and BACK_S * 3):
        await said
        await app.settled()
    assert len(given) == 200
    assert await database.read(lambda tx: tx.inbox.depth()) == 0
    assert await database.read(lambda tx: tx.outbox.depth()) == 0
    await app.stop()
    await database.close()
