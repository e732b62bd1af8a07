"""Whole turns, from the inbox to the outbox, with the rule planner."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Final

import uvloop

from bot.access import Principal
from bot.app import App
from bot.clock import SystemClock
from bot.ids import PrincipalId, WalletId
from bot.messages import InboundMessage, OutboxItem
from bot.ports import Tx
from storage.engine import open_database
from storage.schema import upgrade_sqlite
from tests.bench.results import Measure
from tests.turns.chat import ACME, USD, limits, make_company, spend

CONVERSATIONS = 100
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


async def measure_once(each: int, rate: float = 0.0) -> tuple[float, float, float]:
    """Return turns a second, and the median and the p95 of the time to the answer, in seconds.

    `rate` is how many turns a second are offered in all; 0 says the next thing at once.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        upgrade_sqlite(path)
        database = await open_database(f"sqlite:///{path}", SystemClock())
        await database.write(people, tenant=ACME)
        app = App(database, SystemClock(), limits())
        run = _Run(app)
        app.workers.start()
        app.add_channel("terminal", run.send)
        # A first round of everything: statements are compiled and names read once a process.
        await run.talk_all(0, len(SAID), 0.0)
        run.latencies.clear()
        began = time.perf_counter()
        await run.talk_all(len(SAID), each, rate)
        seconds = time.perf_counter() - began
        await app.settled()
        await app.stop()
        await database.close()
    ordered = sorted(run.latencies)
    return (
        len(ordered) / seconds,
        ordered[len(ordered) // 2],
        ordered[int(len(ordered) * 0.95)],
    )


def measure() -> list[Measure]:
    """Measure how many turns there are in a second, and how long one takes at 500 a second."""
    # On the loop that `bursar serve` runs on.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        most, _, _ = runner.run(measure_once(30))
        offered, median, late = runner.run(measure_once(40, 500.0))
        _, easy, easy_late = runner.run(measure_once(40, 400.0))
    return [
        Measure("whole turns, 100 conversations, as fast as answers come", most, "/s", least=500),
        Measure("  at 500/s offered: turns taken", offered, "/s"),
        Measure("  at 500/s offered: message to answer, p50", median * 1000, "ms"),
        Measure("  at 500/s offered: message to answer, p95", late * 1000, "ms", most=100),
        Measure("  at 400/s offered: message to answer, p50", easy * 1000, "ms"),
        Measure("  at 400/s offered: message to answer, p95", easy_late * 1000, "ms"),
    ]


SUBJECTS: Final = {"turns": measure}
