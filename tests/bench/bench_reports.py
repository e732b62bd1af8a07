"""What a month's report costs over a million calls, from sums by day and from the calls."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import bindparam, func, select

from bot.clock import ManualClock, to_us
from bot.economy.money import NANOS_PER_USD
from bot.economy.wallets import Tenant, Wallet
from bot.ids import TenantId, WalletId
from bot.reports.anomalies import find_anomalies
from bot.reports.balance import balance
from bot.reports.movers import movers
from storage.database import Database
from storage.engine import open_database
from storage.sqlite_file import connect_file
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.usage import usage
from storage.transaction import SqlTx
from tests.bench.results import Measure, percentile
from tests.servers import empty_sqlite

T = TypeVar("T")

CALLS: Final = 1_000_000
_TENANT: Final = TenantId("bench")
# All calls are of one month, the hardest case: 400 people, each with a wallet of their own and a
# project's, and three of twelve models in each.
_FIRST: Final = date(2026, 11, 1)
_DAYS: Final = 30
_PEOPLE: Final = 400
_PROJECTS: Final = 60
_MODELS: Final = 12
_RUNS: Final = 100
_NAIVE_RUNS: Final = 3
_NOW: Final = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
_COLUMNS: Final = (
    "id, tenant, wallet_id, principal_id, feature, provider, model, tokens_in, tokens_out,"
    " cost_nanos, price_version, at_us"
)
# The report as it would be without sums.
_NAIVE: Final = Statement(
    select(
        usage.c.wallet_id,
        usage.c.model,
        *(
            func.sum(column).cast(Int)
            for column in (usage.c.cost_nanos, usage.c.tokens_in, usage.c.tokens_out)
        ),
        func.count(),
    )
    .where(
        usage.c.tenant == bindparam("tenant"),
        usage.c.at_us >= bindparam("from_us"),
        usage.c.at_us < bindparam("until_us"),
    )
    .group_by(usage.c.wallet_id, usage.c.model)
    .order_by(usage.c.wallet_id, usage.c.model)
)


def make_calls(path: Path, count: int = CALLS) -> None:
    """Make a file with so many calls. The trigger sums hours; days are summed as they would be."""
    empty_sqlite(path)

    async def found() -> None:
        database = await open_database(f"sqlite:///{path}", ManualClock(_NOW))

        def make(tx: SqlTx) -> None:
            tx.people.add_tenant(Tenant(_TENANT, "Bench", "UTC", "en"))
            tx.wallets.add(Wallet(WalletId("org"), None, "organisation", "Bench"))
            for number in range(_PROJECTS):
                tx.wallets.add(Wallet(_project(number), WalletId("org"), "project", f"P{number}"))
            for number in range(_PEOPLE):
                parent = _project(number % _PROJECTS)
                tx.wallets.add(Wallet(WalletId(f"own{number}"), parent, "person", f"O{number}"))

        await database.write(make, tenant=_TENANT)
        await database.close()

    asyncio.run(found())
    driver = connect_file(path, ManualClock(_NOW), mode="rw")
    try:
        # Only the seed may be lost here.
        driver.execute("PRAGMA synchronous=OFF")
        driver.execute("BEGIN IMMEDIATE")
        marks = ", ".join("?" * 12)
        driver.executemany(f"INSERT INTO usage ({_COLUMNS}) VALUES ({marks})", _calls(count))  # noqa: S608  # our own names
        driver.execute(
            "INSERT INTO usage_day SELECT tenant, date(at_us / 1000000, 'unixepoch') AS day,"
            " wallet_id, principal_id, model, count(*), sum(tokens_in), sum(tokens_out),"
            " sum(cost_nanos) FROM usage GROUP BY tenant, day, wallet_id, principal_id, model"
        )
        driver.execute("COMMIT")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        driver.close()


def _project(number: int) -> WalletId:
    return WalletId(f"project{number}")


def _calls(count: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(5)  # believable, not secret
    first_us = to_us(datetime(_FIRST.year, _FIRST.month, _FIRST.day, tzinfo=UTC))
    step_us = _DAYS * 86_400_000_000 // count
    for number in range(count):
        person = chance.randrange(_PEOPLE)
        wallet = f"own{person}" if chance.random() < 0.5 else _project(person % _PROJECTS)
        model = (person + chance.randrange(3)) % _MODELS
        yield (
            f"call-{number:08d}",
            _TENANT,
            wallet,
            f"person{person}",
            "chat",
            "p",
            f"model-{model}",
            chance.randrange(200, 4000),
            chance.randrange(20, 800),
            chance.randrange(NANOS_PER_USD // 1000, NANOS_PER_USD // 20),
            "1",
            first_us + number * step_us,
        )


def naive(tx: SqlTx) -> Any:  # Any: rows as the driver gives them
    """Return the report of the month straight from the calls."""
    return tx.connection.rows(
        _NAIVE,
        tenant=_TENANT,
        from_us=to_us(datetime(2026, 11, 1, tzinfo=UTC)),
        until_us=to_us(datetime(2026, 12, 1, tzinfo=UTC)),
    )


def from_sums(tx: SqlTx) -> Any:  # Any: compared with the other's rows
    """Return the same report from the sums by day."""
    return tx.usage.sum_across(
        ("wallet", "model"), from_on=_FIRST, until_on=_FIRST + timedelta(days=_DAYS - 1)
    )


async def _times(database: Database, fn: Callable[[SqlTx], object], runs: int) -> list[float]:
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        await database.read(fn, tenant=_TENANT)
        found.append((time.perf_counter() - began) * 1000)
    return found


async def _measure(path: Path) -> dict[str, list[float]]:
    database = await open_database(f"sqlite:///{path}", ManualClock(_NOW))
    try:
        cells = await database.read(from_sums, tenant=_TENANT)
        rows = await database.read(naive, tenant=_TENANT)
        same = [
            (*x.headings, x.cost_nanos, x.tokens_in, x.tokens_out, x.calls) for x in cells
        ] == [tuple(row) for row in rows]
        assert same, "the sums and the calls differ"
        days = _FIRST + timedelta(days=_DAYS - 1)
        found = {
            "sums": await _times(database, from_sums, _RUNS),
            "calls": await _times(database, naive, _NAIVE_RUNS),
            "export": await _times(
                database,
                lambda tx: tx.usage.sum_across(
                    ("wallet", "model", "person", "day"), from_on=_FIRST, until_on=days
                ),
                _NAIVE_RUNS,
            ),
            "balance": await _times(database, lambda tx: balance(tx, WalletId("org")), _RUNS),
            "movers": await _times(database, lambda tx: movers(tx, days), _RUNS),
        }
        began = time.perf_counter()
        await database.write(lambda tx: find_anomalies(tx, _NOW), tenant=_TENANT)
        found["anomalies"] = [(time.perf_counter() - began) * 1000]
    finally:
        await database.close()
    return found


def measure() -> list[Measure]:
    """A month of a million calls on SQLite, by wallet and model."""
    with tempfile.TemporaryDirectory(prefix="bursar-bench-") as name:
        path = Path(name) / "bursar.db"
        make_calls(path)
        with sqlite3.connect(path) as driver:
            days, hours = (
                driver.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  # our own names
                for table in ("usage_day", "usage_hour")
            )
        found = asyncio.run(_measure(path))
    slow = percentile(found["calls"], 0.5)
    what = f"{CALLS:,} calls in a month"
    return [
        Measure(f"{what}: sums by day kept", days, "rows"),
        Measure("  sums by hour kept", hours, "rows"),
        Measure("  report by wallet and model, p50", percentile(found["sums"], 0.5), "ms"),
        Measure(
            "  the same, p95",
            percentile(found["sums"], 0.95),
            "ms",
            most=200,
            baseline=slow,
            baseline_name="the same report straight from the calls, p50",
        ),
        Measure("  every wallet, model, person and day", percentile(found["export"], 0.5), "ms"),
        Measure(
            "  balance and forecast of the company, p95", percentile(found["balance"], 0.95), "ms"
        ),
        Measure("  what moved a day, p95", percentile(found["movers"], 0.95), "ms"),
        Measure("  unusual hours looked for, once", found["anomalies"][0], "ms"),
    ]


SUBJECTS: Final = {"reports": measure}
