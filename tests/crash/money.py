"""Processes that spend by a plan and die at a chosen point; run by `test_money.py`.

Each line of input is a run: a database's URL, the first and the last plan to do, and the point to
die at (0 for never). It is done in a process of its own, forked from here, so that a thousand of
them do not load Python a thousand times. Keys come from the plans, so that whatever a dead
process had done is found and not done again. Each line of output is something that was answered
as done, and at the end how the process ended.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bot.clock import ManualClock
from bot.economy import spending
from bot.errors.money import HoldResolved
from bot.ids import WalletId
from storage.database import Database
from storage.engine import open_database
from storage.transaction import SqlTx
from storage.verify import verify_ledger
from tests.ledgers import ACME, KEY, LIFE, OTHER, TEAM, fact

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
STEPS = 24
TASKS = 4


@dataclass(frozen=True)
class Spend:
    """One hold and what becomes of it: settled at a cost, given back, or forgotten (None)."""

    key: str
    wallet_id: WalletId
    amount: int
    cost: int | None

    @property
    def charged(self) -> int:
        return self.cost or 0


def plan(seed: int) -> list[Spend]:
    """Return what a run spends; a cost above the amount happens too, and zero gives back."""
    chance = random.Random(seed)
    return [
        Spend(
            f"s{seed}-{index}",
            chance.choice([KEY, TEAM, OTHER]),
            amount := chance.randint(1, 1000),
            chance.choice([amount, amount // 2, 0, amount + 7, None]),
        )
        for index in range(STEPS)
    ]


class Death:
    """Ends the process, as a cut of power would, when it passes so many points."""

    def __init__(self, at: int) -> None:
        self._at = at
        self._points = count(1)

    def point(self) -> None:
        if next(self._points) == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


class DyingDriver:
    """The writer's connection with a point around each BEGIN and COMMIT."""

    def __init__(self, driver: sqlite3.Connection, death: Death) -> None:
        self._driver = driver
        self._death = death

    def execute(self, sql: str) -> sqlite3.Cursor:
        self._death.point()
        cursor = self._driver.execute(sql)
        if sql == "COMMIT":
            self._death.point()
        return cursor

    def __getattr__(self, name: str) -> Any:  # Any: whatever the connection has
        return getattr(self._driver, name)


def make_mortal(database: Database, death: Death) -> None:
    """Put points before BEGIN, in every step, around COMMIT and before the answer."""
    from storage.sqlite import SqliteDatabase

    if isinstance(database, SqliteDatabase):
        writer: Any = database._writer  # Any: its methods are replaced
        writer._driver = DyingDriver(writer._driver, death)
        answer = writer._answer

        def die_or_answer(batch: list[Any], events: list[object]) -> None:
            death.point()
            answer(batch, events)

        writer._answer = die_or_answer
        return
    import asyncpg

    execute = asyncpg.Connection.execute

    async def die_or_execute(driver: Any, query: str, *values: Any, **more: Any) -> Any:
        death.point()
        done = await execute(driver, query, *values, **more)
        if query == "COMMIT":
            death.point()
        return done

    asyncpg.Connection.execute = die_or_execute


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = await open_database(url, ManualClock(NOW))
    yield database
    await database.close()


async def spend(database: Database, step: Spend) -> None:
    def hold(tx: SqlTx) -> None:
        spending.hold(
            tx,
            step.wallet_id,
            step.amount,
            key=step.key,
            actor="x",
            life=LIFE,
        )

    def settle(tx: SqlTx) -> None:
        # In one commit with the money: a fact that is there twice is money that moved twice.
        tx.record(fact("settled", key=step.key))
        spending.settle(tx, step.wallet_id, step.charged, key=step.key, actor="x")

    await database.write(hold, tenant=ACME)
    say("held", step.key)
    if step.cost is None:
        return
    try:
        await database.write(settle, tenant=ACME)
    except HoldResolved:
        # By the process that died after its commit.
        say("found", step.key)
    else:
        say("settled", step.key)


async def work(database: Database, steps: list[Spend]) -> None:
    for step in steps:
        await spend(database, step)


async def main(url: str, first: int, last: int, dies_at: int) -> None:
    async with opened(url) as database:
        faults: list[object] = [*await database.read(verify_ledger)]
        chain = await database.read(lambda tx: tx.audit.verify())
        say("sound" if not faults and chain is None else f"broken {faults} {chain}")
        make_mortal(database, Death(dies_at))
        for seed in range(first, last + 1):
            steps = plan(seed)
            await asyncio.gather(*(work(database, steps[task::TASKS]) for task in range(TASKS)))
            say("done", seed)


def run(line: str) -> None:
    """Do one line of input in this process, and leave it."""
    url, *numbers = line.split()
    code = 1
    try:
        asyncio.run(main(url, *map(int, numbers)))
        code = 0
    except Exception:  # noqa: BLE001  # this process ends here
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    for run_line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(run_line)
        _, status = os.waitpid(child, 0)
        say("exit", os.waitstatus_to_exitcode(status))
