"""A database with a million transfers and as many audit rows, as the program itself leaves it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.audit.chain import AuditFact, Head, seal
from bot.clock import SystemClock, to_us
from storage.engine import open_database
from storage.sqlite_file import connect_file
from tests.bench.books import TENANT, Books, open_books
from tests.servers import empty_sqlite

TRANSFERS: Final = 1_000_000
_WALLETS: Final = 1000
_CHUNK: Final = 10_000


def make_million(path: Path, count: int = TRANSFERS) -> None:
    """Make the file. The triggers move the counters, so that the ledger adds up."""
    clock = SystemClock()
    empty_sqlite(path)

    async def open_accounts() -> Books:
        database = await open_database(f"sqlite:///{path}", clock)
        books = await open_books(database, wallets=_WALLETS)
        await database.close()
        return books

    books = asyncio.run(open_accounts())
    driver = connect_file(path, clock, mode="rw")
    try:
        # Only the seed may be lost here.
        driver.execute("PRAGMA synchronous=OFF")
        driver.execute("BEGIN IMMEDIATE")
        now_us = to_us(clock.now())
        driver.executemany(
            "INSERT INTO transfer (id, grp, tenant, kind, dr_acc, cr_acc, amount, actor, cause,"
            " at_us) VALUES (?, ?, ?, 'transfer', ?, ?, 1000, 'p', 'bench', ?)",
            (
                (
                    f"0192f0c0-0000-7000-8000-{number:012d}",
                    f"group-{number:012d}",
                    TENANT,
                    books.wallets[number % _WALLETS],
                    books.sink,
                    now_us,
                )
                for number in range(count)
            ),
        )
        _seal(driver, count, now_us)
        driver.execute("COMMIT")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        driver.close()


def _seal(driver: sqlite3.Connection, count: int, now_us: int) -> None:
    seq, digest = driver.execute("SELECT seq, hash FROM audit_head").fetchone()
    head = Head(seq, digest)
    for facts in _facts(count):
        rows = seal(facts, head, at_us=now_us)
        head = Head(rows[-1].seq, rows[-1].hash)
        driver.executemany(
            "INSERT INTO audit (seq, tenant, body, hash) VALUES (?, ?, ?, ?)",
            ((row.seq, row.tenant, row.body, row.hash) for row in rows),
        )
    driver.execute("UPDATE audit_head SET seq = ?, hash = ?", (head.seq, head.hash))


def _facts(count: int) -> Iterator[list[AuditFact]]:
    for first in range(0, count, _CHUNK):
        yield [
            AuditFact(
                TENANT,
                "p",
                "spend",
                f"group-{number:012d}",
                {"amount_nanos": 1000, "wallet_id": f"w{number % _WALLETS}"},
            )
            for number in range(first, min(first + _CHUNK, count))
        ]
