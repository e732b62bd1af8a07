"""Five instances on PostgreSQL that are killed and paused: each date is sent once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import orjson
import pytest
from sqlalchemy import text

from storage.database import Database
from storage.engine import open_database
from tests.crash.lives import ROOT
from tests.crash.schedules import SharedClock, seed
from tests.ledgers import ACME
from tests.servers import PostgresServer

KILLS: Final = int(os.environ.get("BURSAR_TEST_KILLS", "20"))  # noqa: TID251  # a test has no settings
IS_FULL: Final = KILLS >= 1000
SCHEDULES: Final = 1000 if IS_FULL else 100
DAYS: Final = 5 if IS_FULL else 2
# So often a day somebody is killed and somebody else paused, while some of it falls due.
BLOWS: Final = 40 if IS_FULL else 4
INSTANCES: Final = 5
START: Final = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
DAY: Final = timedelta(days=1)
# Real time that anybody is paused for at most, who may hold locks that others wait for.
_LONGEST_PAUSE_S: Final = 4.0
_STEP_S: Final = 0.2


@dataclass
class Instances:
    """Processes of `tests.crash.schedules`."""

    process: asyncio.subprocess.Process
    pids: list[int] = field(default_factory=list)

    async def begin(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"\n")
        self.pids.append(int(await self.process.stdout.readline()))

    async def kill(self, index: int) -> None:
        self.signal(self.pids.pop(index), signal.SIGKILL)
        await self.begin()

    def signal(self, pid: int, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


@asynccontextmanager
async def instances(url: str, clock: Path, sent: Path) -> AsyncIterator[Instances]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.crash.schedules", url, clock, sent),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    made = Instances(process)
    try:
        assert await process.stdout.readline() == b"ready\n"
        for _ in range(INSTANCES):
            await made.begin()
        yield made
    finally:
        for pid in made.pids:
            made.signal(pid, signal.SIGKILL)
        process.kill()
        await process.communicate()


async def left(database: Database) -> tuple[int, int]:
    """Return how many schedules wait for their time or are being done, and messages not sent."""
    due = text(
        "SELECT (SELECT count(*) FROM schedule WHERE next_us <= bursar_now())"
        " + (SELECT count(*) FROM schedule_run WHERE state = 'open')"
    )
    row = await database.read(lambda tx: tx.connection.row(due))
    assert row is not None
    return row[0], await database.read(lambda tx: tx.outbox.depth())


async def beat(
    all_of_them: Instances, clock: SharedClock, database: Database, dice: random.Random
) -> None:
    """Kill one and pause another while something is due, until the rest have done it all."""
    await asyncio.sleep(dice.uniform(0.0, 0.08))
    await all_of_them.kill(dice.randrange(len(all_of_them.pids)))
    paused = dice.choice(all_of_them.pids)
    all_of_them.signal(paused, signal.SIGSTOP)
    waited = 0.0
    while any(await left(database)):
        await asyncio.sleep(_STEP_S)
        # Five such steps are longer than a lease, and longer than a living one needs.
        clock.advance(timedelta(seconds=10))
        waited += _STEP_S
        if waited > _LONGEST_PAUSE_S:
            all_of_them.signal(paused, signal.SIGCONT)
    all_of_them.signal(paused, signal.SIGCONT)


@pytest.mark.timeout(7200)
async def test_each_date_is_sent_once_and_second_copies_say_so(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    clock, sent = SharedClock(tmp_path / "clock"), tmp_path / "sent"
    clock.set(START)
    url, dice = postgres.create_database(), random.Random(20)
    database = await open_database(url, clock)
    await database.write(lambda tx: seed(tx, SCHEDULES), tenant=ACME)
    async with instances(url, tmp_path / "clock", sent) as all_of_them:
        for blow in range(1, DAYS * BLOWS + 1):
            clock.set(max(clock.now(), START + blow * DAY / BLOWS))
            await beat(all_of_them, clock, database, dice)
    runs = Counter[str]()
    for row in await database.read(
        lambda tx: tx.connection.rows(text("SELECT state, fence FROM schedule_run"))
    ):
        runs[row[0]] += 1
        runs["taken over"] += row[1] > 1
    await database.close()
    first, copies = Counter[str](), Counter[str]()
    for line in sent.read_bytes().splitlines():
        said, is_copy = orjson.loads(line)
        (copies if is_copy else first)[said] += 1
    wanted = SCHEDULES * DAYS
    print(  # noqa: T201  # `make crash` shows it
        f"{wanted} dates, {INSTANCES} instances, {DAYS * BLOWS} killed and as many paused:"
        f" {len(first | copies)} sent, {sum(copies.values())} marked copies,"
        f" {runs['taken over']} taken over"
    )
    assert runs["done"] == wanted, runs
    assert len(first | copies) == wanted
    # What came twice says of itself that it may have.
    assert max(first.values()) == 1
