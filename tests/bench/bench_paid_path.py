"""What the paid path adds to a call: around a model that answers at once."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Final

from bot.asks import Ask
from bot.call_books import CallLimits
from bot.clock import SystemClock
from bot.completions import Completions
from bot.economy import budgets
from bot.economy.prices import Price
from bot.ids import new_id
from bot.models import ModelAnswer, ModelMessage, ModelRequest, TimeOuts
from bot.operations.serve import loop_factory, spare_what_stays
from bot.routing.providers import ModelKey, Provider
from bot.tokens import TokenUsage
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.bench.load import paced
from tests.bench.results import Measure
from tests.fakes_models import Table
from tests.ledgers import ACME, BEN, ORG, TEAM, found_company
from tests.servers import empty_sqlite

RATE: Final = 100.0
SECONDS: Final = 5.0
CLIENTS: Final = 50
_USD: Final = 1_000_000_000
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
        budgets.set_limit(tx, wallet_id, "month", 10**6 * _USD, key=wallet_id, actor="bench")
    for name in ("one", "two", "three"):
        tx.providers.add(Provider(name, "openai", (f"{name}-small",)))
        key = ModelKey(name, f"{name}-small")
        tx.providers.add_price(key, Price(_USD, _USD, 4 * _USD, "bench"), tx.now)


async def _measure(path: Path) -> list[Measure]:
    clock = SystemClock()
    database = await open_database(f"sqlite:///{empty_sqlite(path)}", clock)
    try:
        await database.write(_found, tenant=ACME)
        limits = CallLimits(calls_per_day=10**9)
        completions = Completions(database, _AtOnce(), Table(), clock, limits=limits)

        async def call(client: int, turn: int) -> None:
            await completions.ask(Ask(new_id(), ACME, BEN, TEAM, "bench", _SAID, 200))

        await paced(call, clients=CLIENTS, rate=RATE, seconds=1.0)
        load = await paced(call, clients=CLIENTS, rate=RATE, seconds=SECONDS)
        await completions.stop()
    finally:
        await database.close()
    what = f"paid path around a model that answers at once, SQLite, {RATE:.0f}/s"
    return [
        Measure(f"{what}: calls", load.rate, "/s"),
        Measure(f"{what}: p50", load.ms(0.5), "ms", most=3),
        Measure(f"{what}: p99", load.ms(0.99), "ms", most=15),
    ]


def measure() -> list[Measure]:
    """Measure what a call waits for that is not the model."""
    spare_what_stays()
    with (
        tempfile.TemporaryDirectory(prefix="bursar-bench-") as folder,
        asyncio.Runner(loop_factory=loop_factory()) as runner,
    ):
        return runner.run(_measure(Path(folder) / "bench.db"))


SUBJECTS: Final = {"paid-path": measure}
