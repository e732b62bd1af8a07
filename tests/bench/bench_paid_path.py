"""What the paid path adds to a call: around a model that answers at once."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.asks import Ask
from bot.call_books import CallLimits
from bot.clock import SystemClock
from bot.completions import Completions
from bot.economy import limit_changes
from bot.economy.caps import Caps
from bot.economy.prices import Price
from bot.ids import new_id
from bot.models import ModelAnswer, ModelMessage, ModelRequest, TimeOuts
from bot.operations.serve import loop_factory, spare_what_stays
from bot.routing.providers import ModelKey, Provider
from bot.tokens import TokenUsage
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.bench.load import Load, paced
from tests.bench.results import Measure
from tests.fakes_models import Table
from tests.ledgers import ACME, BEN, ORG, TEAM, found_company
from tests.servers import empty_sqlite

RATE: Final = 100.0
SECONDS: Final = 5.0
CLIENTS: Final = 50
# About what one of a call's transactions adds to the log of writes.
_COMMIT_BYTES: Final = 56 << 10
_USD: Final = 1_000_000_000
# Those that an operator begins with.
_CAPS: Final = Caps(1 * _USD, 10 * _USD, 100 * _USD)
_SAID: Final = (
    ModelMessage("system", "Be brief. " * 40),
    ModelMessage("user", "Why did it rise? " * 20),
)


class _AtOnce:
    """A provider that answers at once."""

    async def of(self, provider: Provider) -> _AtOnce:
        return self

    async def ask(self, request: ModelRequest) -> ModelAnswer:
        return ModelAnswer("It rose.", request.model, usage=TokenUsage(250, 20))

    async def look(self, time_outs: TimeOuts) -> None:
        pass

    async def list_models(self, time_outs: TimeOuts) -> tuple[str, ...]:
        return ()

    async def close(self) -> None:
        pass


def _found(tx: SqlTx) -> None:
    found_company(tx)
    for wallet_id in (ORG, TEAM):
        limit_changes.set_limit(tx, wallet_id, "month", 10**6 * _USD, key=wallet_id, actor="bench")
    for name in ("one", "two", "three"):
        tx.providers.add(Provider(name, "openai", (f"{name}-small",)))
        key = ModelKey(name, f"{name}-small")
        tx.providers.add_price(key, Price(_USD, _USD, 4 * _USD, "bench"), tx.now)


async def _measure(path: Path) -> list[Measure]:
    load, cpu_s = await _load(path, Caps())
    capped, _ = await _load(path.with_name("capped.db"), _CAPS)
    bare = _commit_twice(path.with_name("bare.db"))
    two = "two bare commits of as many bytes, one after the other"
    what = f"paid path around a model that answers at once, SQLite, {RATE:.0f}/s"
    return [
        Measure(f"{what}: calls", load.rate, "/s"),
        Measure("  p50", load.ms(0.5), "ms", most=3, baseline=bare.ms(0.5), baseline_name=two),
        Measure("  p99", load.ms(0.99), "ms", most=15, baseline=bare.ms(0.99), baseline_name=two),
        Measure("  CPU of a call", cpu_s * 1000, "ms"),
        Measure("  with caps on a turn, a person's day and the day: p50", capped.ms(0.5), "ms"),
        Measure("  with caps: p99", capped.ms(0.99), "ms", most=15),
    ]


async def _load(path: Path, caps: Caps) -> tuple[Load, float]:
    """Return how long calls waited, and the seconds of CPU that each took."""
    clock = SystemClock()
    database = await open_database(f"sqlite:///{empty_sqlite(path)}", clock)
    try:
        await database.write(_found, tenant=ACME)
        limits = CallLimits(calls_per_day=10**9, caps=caps)
        completions = Completions(database, _AtOnce(), Table(), clock, limits=limits)

        async def call(client: int, turn: int) -> None:
            await completions.ask(Ask(new_id(), ACME, BEN, TEAM, "bench", _SAID, 200))

        await paced(call, clients=CLIENTS, rate=RATE, seconds=1.0)
        began = time.process_time()
        load = await paced(call, clients=CLIENTS, rate=RATE, seconds=SECONDS)
        cpu_s = (time.process_time() - began) / load.count
        await completions.settled()
        return load, cpu_s
    finally:
        await database.close()


def _commit_twice(path: Path) -> Load:
    """Return what the disk alone takes for the two commits of a call."""
    latencies = []
    with closing(sqlite3.connect(path, isolation_level=None)) as driver:
        driver.execute("PRAGMA journal_mode=WAL")
        driver.execute("PRAGMA synchronous=FULL")
        driver.execute("CREATE TABLE kept (body TEXT)")
        began = time.perf_counter()
        for _ in range(int(RATE)):
            sent = time.perf_counter()
            for _ in range(2):
                driver.execute("INSERT INTO kept VALUES (?)", ("x" * _COMMIT_BYTES,))
            latencies.append(time.perf_counter() - sent)
            time.sleep(1 / RATE)
        return Load(len(latencies), time.perf_counter() - began, latencies)


def measure() -> list[Measure]:
    """Measure what a call waits for that is not the model."""
    spare_what_stays()
    with (
        tempfile.TemporaryDirectory(prefix="bursar-bench-") as folder,
        asyncio.Runner(loop_factory=loop_factory()) as runner,
    ):
        return runner.run(_measure(Path(folder) / "bench.db"))


SUBJECTS: Final = {"paid-path": measure}
