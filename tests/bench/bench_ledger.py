"""Writes: one transfer, one audit row and one outbox row each, as every change of money makes.

Closed loop: each client asks again once it was answered, which shows the most that can be done.
Paced: so many a second are asked for whatever the answers, which shows what a caller waits.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import aiosqlite
import orjson

from bot.audit.chain import AuditFact, Head, seal
from bot.clock import SystemClock, to_us
from bot.operations.serve import loop_factory, spare_what_stays
from storage.database import Database
from storage.engine import open_database
from storage.sqlite_file import connect_file
from tests.bench.books import TENANT, Books, open_books, spend
from tests.bench.load import Call, Load, closed_loop, median_of, paced
from tests.bench.results import Measure
from tests.servers import PostgresServer, empty_sqlite

CLIENTS: Final = 200
SECONDS: Final = 3.0
ROUNDS: Final = 3
PACE: Final = 5000.0
# What a pool of an ordinary service has; more would only wait for the same row.
POOL: Final = 16

_keys = itertools.count()

_TRANSFER: Final = (
    "INSERT INTO transfer (id, grp, tenant, kind, dr_acc, cr_acc, amount, actor, cause, at_us)"
    " VALUES ({}, {}, {}, 'transfer', {}, {}, 1000, 'p', 'bench', {})"
)
_AUDIT: Final = "INSERT INTO audit (seq, tenant, body, hash) VALUES ({}, {}, {}, {})"
_OUTBOX: Final = (
    "INSERT INTO outbox (tenant, conversation_id, platform, class, payload, queued_us)"
    " VALUES ({}, {}, 'terminal', 'reply', {}, {})"
)
_PAYLOAD: Final = orjson.dumps({"text": "Spent $0.000001.", "buttons": []}).decode()


def measure_sqlite() -> list[Measure]:
    """Through `Database.write`, against one aiosqlite transaction a call."""
    spare_what_stays()
    with tempfile.TemporaryDirectory(prefix="bursar-bench-") as folder:
        return _run(_sqlite(Path(folder)))


async def _sqlite(folder: Path) -> list[Measure]:
    baseline = await _one_by_one_sqlite(empty_sqlite(folder / "one-by-one.db"))
    path = empty_sqlite(folder / "bursar.db")
    database = await open_database(f"sqlite:///{path}", SystemClock())
    books = await open_books(database, wallets=CLIENTS)
    call = _through(database, lambda client: books.wallets[client], books)
    await closed_loop(call, clients=CLIENTS, seconds=1.0)
    fast = await median_of(
        ROUNDS, lambda: closed_loop(call, clients=CLIENTS, seconds=SECONDS), 0.5
    )
    steady = await median_of(
        ROUNDS, lambda: paced(call, clients=CLIENTS, rate=PACE, seconds=SECONDS), 0.99
    )
    await database.close()
    what = f"SQLite FULL, {CLIENTS} clients"
    return [
        Measure(
            f"{what}, closed loop: writes",
            fast.rate,
            "/s",
            least=5000,
            baseline=baseline.rate,
            baseline_name="one aiosqlite transaction a call, the same rows",
            least_ratio=8,
        ),
        *_latencies(f"{what}, closed loop", fast),
        Measure(f"{what}, paced at {PACE:,.0f}/s: writes", steady.rate, "/s"),
        *_latencies(f"{what}, paced at {PACE:,.0f}/s", steady, most_p99=20),
        *_latencies("baseline, closed loop", baseline),
    ]


def measure_postgres() -> list[Measure]:
    """One hot account, against SELECT FOR UPDATE in one transaction a call."""
    spare_what_stays()
    with tempfile.TemporaryDirectory(prefix="bursar-bench-") as folder, _server(folder) as server:
        return _run(_postgres(server))


def _run(work: Coroutine[Any, Any, list[Measure]]) -> list[Measure]:
    """Run on the loop that `bursar serve` runs on."""
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        return runner.run(work)


@contextmanager
def _server(folder: str) -> Iterator[PostgresServer]:
    with PostgresServer.start(Path(folder), is_durable=True) as server:
        yield server


async def _postgres(server: PostgresServer) -> list[Measure]:
    baseline = await _one_by_one_postgres(server.create_database())
    database = await open_database(server.create_database(), SystemClock())
    books = await open_books(database, wallets=1)
    call = _through(database, lambda _: books.wallets[0], books)
    await closed_loop(call, clients=CLIENTS, seconds=1.0)
    fast = await median_of(
        ROUNDS, lambda: closed_loop(call, clients=CLIENTS, seconds=SECONDS), 0.5
    )
    await database.close()
    what = f"PostgreSQL, one hot account, {CLIENTS} clients"
    return [
        Measure(
            f"{what}: writes",
            fast.rate,
            "/s",
            baseline=baseline.rate,
            baseline_name=f"SELECT FOR UPDATE, one transaction a call, pool of {POOL}",
            least_ratio=3,
        ),
        *_latencies(what, fast),
        *_latencies("baseline", baseline),
    ]


def _through(database: Database, wallet_of: Callable[[int], int], books: Books) -> Call:
    async def call(client: int, turn: int) -> None:
        work = spend(books, wallet_of(client), f"k{next(_keys)}")
        await database.write(work, tenant=TENANT)

    return call


def _latencies(what: str, load: Load, *, most_p99: float | None = None) -> list[Measure]:
    return [
        Measure(f"{what}: p50", load.ms(0.5), "ms"),
        Measure(f"{what}: p99", load.ms(0.99), "ms", most=most_p99),
    ]


# The baselines: the same rows under the same triggers, without gathering.


async def _one_by_one_sqlite(path: Path) -> Load:
    clock = SystemClock()
    database = await open_database(f"sqlite:///{path}", clock)
    books = await open_books(database, wallets=CLIENTS)
    await database.close()
    lock = asyncio.Lock()

    def connect() -> sqlite3.Connection:
        driver = connect_file(path, clock, mode="rw")
        driver.execute("PRAGMA synchronous=FULL")
        return driver

    async with aiosqlite.Connection(connect, iter_chunk_size=64) as driver:

        async def call(client: int, turn: int) -> None:
            key, now_us = f"b{next(_keys)}", to_us(clock.now())
            wallet = books.wallets[client]
            # A connection has one transaction at a time, and a file one writer.
            async with lock:
                await driver.execute("BEGIN IMMEDIATE")
                cursor = await driver.execute(
                    "SELECT cr - dr - held FROM account WHERE id = ?", (wallet,)
                )
                row = await cursor.fetchone()
                assert row is not None
                assert row[0] >= 1000
                await driver.execute(
                    _TRANSFER.format("?", "?", "?", "?", "?", "?"),
                    (key, key, TENANT, wallet, books.sink, now_us),
                )
                cursor = await driver.execute("SELECT seq, hash FROM audit_head")
                row = await cursor.fetchone()
                assert row is not None
                sealed = _sealed(Head(row[0], row[1]), wallet, now_us)
                await driver.execute(_AUDIT.format("?", "?", "?", "?"), sealed)
                await driver.execute(
                    "UPDATE audit_head SET seq = ?, hash = ?", (sealed[0], sealed[3])
                )
                await driver.execute(
                    _OUTBOX.format("?", "?", "?", "?"),
                    (TENANT, books.conversation_id, _PAYLOAD, now_us),
                )
                await driver.execute("COMMIT")

        await closed_loop(call, clients=CLIENTS, seconds=1.0)
        return await median_of(
            ROUNDS, lambda: closed_loop(call, clients=CLIENTS, seconds=SECONDS), 0.5
        )


async def _one_by_one_postgres(url: str) -> Load:
    import asyncpg

    clock = SystemClock()
    database = await open_database(url, clock)
    books = await open_books(database, wallets=1)
    await database.close()
    transfer = _TRANSFER.format("$1", "$2", "$3", "$4", "$5", "$6")
    audit = _AUDIT.format("$1", "$2", "$3", "$4")
    outbox = _OUTBOX.format("$1", "$2", "$3", "$4")
    wallet = books.wallets[0]

    async def once(driver: Any) -> None:  # Any: asyncpg ships no types
        key, now_us = f"b{next(_keys)}", to_us(clock.now())
        async with driver.transaction():
            free = await driver.fetchval(
                "SELECT cr - dr - held FROM account WHERE id = $1 FOR UPDATE", wallet
            )
            assert free >= 1000
            await driver.execute(transfer, key, key, TENANT, wallet, books.sink, now_us)
            row = await driver.fetchrow("SELECT seq, hash FROM audit_head FOR UPDATE")
            sealed = _sealed(Head(row[0], row[1]), wallet, now_us)
            await driver.execute(audit, *sealed)
            await driver.execute("UPDATE audit_head SET seq = $1, hash = $2", sealed[0], sealed[3])
            await driver.execute(outbox, TENANT, books.conversation_id, _PAYLOAD, now_us)

    async with asyncpg.create_pool(url, min_size=POOL, max_size=POOL) as pool:

        async def call(client: int, turn: int) -> None:
            async with pool.acquire() as driver:
                await once(driver)

        await closed_loop(call, clients=CLIENTS, seconds=1.0)
        return await median_of(
            ROUNDS, lambda: closed_loop(call, clients=CLIENTS, seconds=SECONDS), 0.5
        )


def _sealed(head: Head, wallet: int, now_us: int) -> tuple[int, str, bytes, bytes]:
    fact = AuditFact(TENANT, "p", "spend", str(wallet), {"amount_nanos": 1000})
    (row,) = seal([fact], head, at_us=now_us)
    return row.seq, row.tenant, row.body, row.hash


SUBJECTS: Final = {"ledger-sqlite": measure_sqlite, "ledger-postgres": measure_postgres}
