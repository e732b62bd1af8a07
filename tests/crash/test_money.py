"""Processes that are killed while they spend: what they answered is there, and all of it once."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections import Counter
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
# A run passes about 200 points; it dies somewhere in the first of them.
POINTS = 150
LIMIT = 10**12


async def run(url: str, seed: int, dies_at: int) -> tuple[int, list[list[str]]]:
    """Run the process; return how it ended and what it answered, line by line."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.crash.money",
        url,
        str(seed),
        str(dies_at),
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    # A line that the process died over was answered to nobody.
    return process.returncode, [line.split() for line in output.decode().split("\n")[:-1]]


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
    for seed in range(1, kills + 2):
        is_last = seed == kills + 1
        code, lines = await run(url, seed, 0 if is_last else chance.randint(1, POINTS))
        assert lines[0] == ["sound"], f"run {seed}: {lines[0]}"
        assert code == (0 if is_last else -signal.SIGKILL), f"run {seed} ended with {code}"
        answered.update((line[0], line[1]) for line in lines[1:] if len(line) == 2)
    database = await open_database(url, ManualClock(NOW))
    try:
        steps = [step for seed in range(1, kills + 2) for step in plan(seed)]
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
