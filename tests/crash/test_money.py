"""Processes that are killed while they spend: what they answered is there, and all of it once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from bot.clock import ManualClock
from storage.database import Database
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.crash.money import NOW, Spend, plan
from tests.ledgers import KEY, LIFE, ORG, PROJECT, TEAM, Company, found_company
from tests.servers import PostgresServer

ROOT = Path(__file__).parents[2]
# `make crash` sets 1,000.
KILLS = int(os.environ.get("BURSAR_TEST_KILLS", "20"))  # noqa: TID251  # a test has no settings
# A plan passes about 100 points; a run dies in its first plan or in the second.
POINTS = 150
LIMIT = 10**12


class Runs:
    """The process that forks the runs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    @asynccontextmanager
    async def start(cls) -> AsyncIterator[Runs]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.crash.money",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        try:
            yield cls(process)
        finally:
            # Without input it would not close the pipe that the process waits at.
            await process.communicate(b"")

    async def run(self, *words: object) -> tuple[int, list[list[str]]]:
        """Do one run; return how it ended and what it answered, line by line."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write((" ".join(map(str, words)) + "\n").encode())
        lines: list[list[str]] = []
        while not lines or lines[-1][0] != "exit":
            line = await stdout.readline()
            assert line, "the process that forks is gone"
            lines.append(line.decode().split())
        return int(lines[-1][1]), lines[:-1]


async def prepare(url: str) -> None:
    database = await open_database(url, ManualClock(NOW))
    await database.write(found_company)
    books = Company(database)
    for wallet_id in (ORG, TEAM, PROJECT, KEY):
        await books.limit(wallet_id, LIMIT)
    await database.close()


async def crash(url: str, kills: int) -> None:
    """Kill a process so many times, let one come to its end, and look at what is there."""
    await prepare(url)
    chance = random.Random(kills)
    answered: Counter[tuple[str, str]] = Counter()
    plans_done = 0
    async with Runs.start() as runs:
        for number in range(kills + 1):
            is_last = number == kills
            dies_at = 0 if is_last else chance.randint(1, POINTS)
            # Far more plans than it can do before it dies; the last only brings to an end what
            # was begun.
            code, lines = await runs.run(
                url, plans_done + 1, plans_done + (1 if is_last else 99), dies_at
            )
            assert lines[0] == ["sound"], f"run {number}: {lines[0]}"
            assert code == (0 if is_last else -signal.SIGKILL), f"run {number} ended with {code}"
            answered.update((line[0], line[1]) for line in lines[1:])
            plans_done += sum(line[0] == "done" for line in lines)
    database = await open_database(url, ManualClock(NOW))
    try:
        steps = [step for seed in range(1, plans_done + 1) for step in plan(seed)]
        await check(database, steps, answered)
    finally:
        await database.close()


async def check(
    database: Database, steps: list[Spend], answered: Counter[tuple[str, str]]
) -> None:
    books = Company(database)
    await books.assert_sound()
    # Nothing was answered as settled twice, whatever was found done already.
    assert max(answered["settled", step.key] for step in steps) == 1

    def list_facts(tx: SqlTx) -> list[str]:
        return [orjson.loads(row[2])["detail"]["key"] for page in tx.audit.pages() for row in page]

    settled = [step.key for step in steps if step.cost is not None]
    assert Counter(await books.read(list_facts)) == Counter(settled)
    used = sum(step.charged for step in steps)
    forgotten = [step for step in steps if step.cost is None]
    held = sum(step.amount for step in forgotten)
    assert await books.figures(ORG) == (LIMIT, used, held, LIMIT - used - held)
    # Whoever died in between left holds behind; they end by themselves.
    assert isinstance(database.clock, ManualClock)
    database.clock.advance(LIFE + timedelta(seconds=1))
    assert await books.expire_all() == len(forgotten)
    assert await books.figures(ORG) == (LIMIT, used, 0, LIMIT - used)
    await books.assert_sound()


@pytest.mark.timeout(3600)
async def test_money_survives_kills_on_a_file(sqlite_path: Path) -> None:
    await crash(f"sqlite:///{sqlite_path}", KILLS)


@pytest.mark.timeout(3600)
async def test_money_survives_kills_beside_a_server(postgres: PostgresServer) -> None:
    await crash(postgres.create_database(), max(KILLS // 5, 3))
