"""Whole turns, from the inbox to the outbox, with the rule planner."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiosqlite
import uvloop

from bot.access import Principal
from bot.clock import SystemClock
from bot.ids import PrincipalId, WalletId
from bot.messages import InboundMessage, OutboxItem
from bot.ports import Tx
from bot.running import App
from storage.connection import SqliteConnection
from storage.engine import open_database
from storage.schema import upgrade_sqlite
from storage.sqlite_file import connect_file
from tests.bench.results import Measure, percentile
from tests.turns.chat import ACME, USD, limits, make_company, spend

CONVERSATIONS = 100
# Turns a second that are offered; the first is what must be kept up with.
PACES: Final = (500.0, 300.0, 200.0)
# What people say in a day: mostly questions, sometimes a draft that is changed and dropped.
SAID = (
    "how much has design spent this month?",
    "balance",
    "ask for 20 more for design until the end of the month",
    "make it 25",
    "no",
    "open requests",
    "who spent most this month?",
    "hello",
)


def people(tx: Tx) -> None:
    """Add a hundred members of Design, each with a terminal of their own."""
    make_company(tx)
    for number in range(CONVERSATIONS):
        person = Principal(
            PrincipalId(f"p{number}"),
            ACME,
            f"Person {number}",
            f"p{number}",
            "en",
            "Europe/Madrid",
            WalletId("design"),
        )
        tx.people.add(person)
        tx.people.link(person.id, "terminal", "bursar", person.handle)
        tx.people.give(person.id, "member", WalletId("design"))
    for number in range(200):
        spend(tx, "design", f"p{number % 10}", USD // 10, "gpt-5-mini", f"s{number}")


class _Run:
    """One run: who waits for which answer, and how long each took."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.waiting: dict[str, asyncio.Future[None]] = {}
        self.latencies: list[float] = []
        self.owners: dict[str, str] = {}

    async def send(self, item: OutboxItem) -> str:
        """Take an answer; the first one after a message ends the wait for it."""
        waiting = self.waiting.pop(item.chat, None)
        if waiting is not None:
            waiting.set_result(None)
        return str(item.id)

    async def say(self, person: str, number: int) -> None:
        """Say the next thing and wait for the answer."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting[person] = future
        message = InboundMessage(
            "terminal", "bursar", f"{person}.{number}", person, person, SAID[number % len(SAID)]
        )
        began = time.perf_counter()
        await self.app.receive(message)
        await future
        self.latencies.append(time.perf_counter() - began)

    async def talk(
        self, person: str, first: int, count: int, pace_s: float, offset_s: float
    ) -> None:
        """Hold one conversation, a message each `pace_s` seconds, or as fast as answers come."""
        start = time.perf_counter() + offset_s
        for number in range(count):
            if pace_s:
                await asyncio.sleep(max(0.0, start + number * pace_s - time.perf_counter()))
            await self.say(person, first + number)

    async def talk_all(self, first: int, count: int, rate: float) -> None:
        """Hold every conversation at once, `rate` messages a second in all; 0 waits for nobody."""
        gap_s = 1 / rate if rate else 0.0
        pace_s = CONVERSATIONS * gap_s
        await asyncio.gather(
            *(
                # People do not all write at the same moment: offered messages are spread evenly.
                # Nor the same thing: each is at another place of the script.
                self.talk(
                    f"p{number}", number + first, count, pace_s, number / rate if rate else 0
                )
                for number in range(CONVERSATIONS)
            )
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run gave: turns a second, latencies in seconds, and what a turn cost."""

    rate: float
    latencies: list[float]
    cpu_ms: float
    statements: float

    def ms(self, share: float) -> float:
        return percentile(self.latencies, share) * 1000


class _Statements:
    """Counts what the driver is asked to run."""

    def __init__(self) -> None:
        self.count = 0

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count inside the block; each row of an `executemany` is one."""
        kept = {name: getattr(SqliteConnection, name) for name in _CALLS}

        def counted(call: Callable[..., Any]) -> Callable[..., Any]:  # Any: handed on as it is
            def run(*args: Any) -> Any:
                self.count += len(args[2]) if call is kept["_execute_many"] else 1
                return call(*args)

            return run

        for name, call in kept.items():
            setattr(SqliteConnection, name, counted(call))
        try:
            yield
        finally:
            for name, call in kept.items():
                setattr(SqliteConnection, name, call)


_CALLS: Final = ("_fetch", "_execute", "_execute_many", "command")


async def measure_once(each: int, rate: float = 0.0, *, counts: bool = False) -> Taken:
    """Hold a hundred conversations of `each` messages, after a first round of everything.

    `rate` is how many turns a second are offered in all; 0 says the next thing at once.
    `counts` counts statements, which itself costs a little.
    """
    statements = _Statements()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        path = Path(folder) / "bench.db"
        upgrade_sqlite(path)
        database = await open_database(f"sqlite:///{path}", SystemClock())
        await database.write(people, tenant=ACME)
        app = App(database, SystemClock(), limits())
        run = _Run(app)
        app.workers.start()
        app.add_channel("terminal", run.send)
        try:
            # A first round of everything: statements are compiled and names read once a process.
            await run.talk_all(0, len(SAID), 0.0)
            await app.settled()
            run.latencies.clear()
            if counts:
                stack.enter_context(statements.counting())
            began, cpu = time.perf_counter(), time.process_time()
            await run.talk_all(len(SAID), each, rate)
            seconds = time.perf_counter() - began
            await app.settled()
            cpu_s = time.process_time() - cpu
        finally:
            # Its threads would keep the process alive after a failure.
            await app.stop()
            await database.close()
    turns = len(run.latencies)
    return Taken(turns / seconds, run.latencies, cpu_s / turns * 1000, statements.count / turns)


async def measure_floor(each: int) -> Taken:
    """Keep and answer the same messages as a bot would that does nothing else.

    One aiosqlite connection, one transaction a call: the message in, two look-ups for the sender,
    the answer out, the message done. Nobody is understood, no right, quota or budget is asked.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "floor.db"
        upgrade_sqlite(path)
        database = await open_database(f"sqlite:///{path}", SystemClock())
        await database.write(people, tenant=ACME)
        places = await database.write(_open_places, tenant=ACME)
        await database.close()
        lock = asyncio.Lock()

        def connect() -> sqlite3.Connection:
            driver = connect_file(path, SystemClock(), mode="rw")
            driver.execute("PRAGMA synchronous=FULL")
            return driver

        async with aiosqlite.Connection(connect, iter_chunk_size=64) as driver:

            async def step(sql: str, *values: object) -> Sequence[Any]:  # Any: rows of the driver
                async with lock:
                    await driver.execute("BEGIN IMMEDIATE")
                    found = await driver.execute_fetchall(sql, values)
                    await driver.execute("COMMIT")
                return list(found)

            async def answer(person: int, number: int) -> None:
                said, handle = SAID[number % len(SAID)], f"p{person}"
                key = f"{handle}.{number}"
                ((row_id,),) = await step(_KEEP, key, handle, handle, said)
                await step("SELECT principal_id FROM identity WHERE external_id = ?", handle)
                await step("SELECT * FROM conversation WHERE id = ?", places[person])
                await step(_ANSWER, ACME, places[person], said)
                await step("UPDATE inbox SET state = 'done' WHERE id = ?", row_id)

            latencies: list[float] = []

            async def talk(person: int) -> None:
                for number in range(each):
                    began = time.perf_counter()
                    await answer(person, number)
                    latencies.append(time.perf_counter() - began)

            began, cpu = time.perf_counter(), time.process_time()
            await asyncio.gather(*(talk(person) for person in range(CONVERSATIONS)))
            seconds, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    return Taken(len(latencies) / seconds, latencies, cpu_s / len(latencies) * 1000, 15)


_KEEP: Final = (
    "INSERT INTO inbox (platform, account, dedupe_key, lane, person, payload, received_us)"
    " VALUES ('terminal', 'bursar', ?, ?, ?, ?, 0) RETURNING id"
)
_ANSWER: Final = (
    "INSERT INTO outbox (tenant, conversation_id, platform, class, payload, queued_us)"
    " VALUES (?, ?, 'terminal', 'reply', ?, 0)"
)


def _open_places(tx: Tx) -> list[str]:
    return [
        tx.conversations.open("terminal", f"p{number}", "", PrincipalId(f"p{number}")).id
        for number in range(CONVERSATIONS)
    ]


def measure() -> list[Measure]:
    """Measure how many turns there are in a second, what one costs, and how long it takes."""
    # On the loop that `bursar serve` runs on.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        floor = runner.run(measure_floor(10))
        most = runner.run(measure_once(30))
        counted = runner.run(measure_once(len(SAID), counts=True))
        paced = {rate: runner.run(measure_once(24, rate)) for rate in PACES}
    measures = [
        Measure(
            "whole turns, 100 conversations, as fast as answers come",
            most.rate,
            "/s",
            least=500,
            baseline=floor.rate,
            baseline_name="the same messages kept and answered unread, aiosqlite, "
            "one transaction a call",
        ),
        Measure("  CPU a turn, with who talks", most.cpu_ms, "ms", baseline=floor.cpu_ms),
        Measure("  statements a turn", counted.statements, ""),
    ]
    for rate, taken in paced.items():
        at = f"  at {rate:.0f}/s offered"
        most_p95 = 100 if rate == PACES[0] else None
        measures += [
            Measure(f"{at}: turns taken", taken.rate, "/s"),
            Measure(f"{at}: message to answer, p50", taken.ms(0.5), "ms"),
            Measure(f"{at}: message to answer, p95", taken.ms(0.95), "ms", most=most_p95),
        ]
    return measures


SUBJECTS: Final = {"turns": measure}
