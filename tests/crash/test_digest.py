"""Kill -9 in the middle of digests to many (F4): nobody is missed, a copy says that it is one."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from bot.clock import ManualClock
from bot.platforms.outgoing import _AT_ONCE
from storage.engine import open_database
from storage.tables.schedules import schedule_run
from storage.transaction import SqlTx
from tests.crash.digest import DUE, prepare

_ALL = int(os.environ.get("BURSAR_TEST_KILLS", "60"))  # noqa: TID251  # `make crash`
KILLS = max(_ALL // 20, 1)
PEOPLE = 500 if _ALL >= 1000 else 30


def live(url: str, kill_at: int) -> tuple[bool, list[tuple[str, bool]]]:
    """Run the process; return whether it ended by itself, and what it sent, marked or not."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.digest", url, str(kill_at)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in {0, -9}, done.stderr
    lines = [line.split() for line in done.stdout.split("\n") if line.startswith("sent ")]
    return done.returncode == 0, [(chat, marked == "True") for _, chat, marked in lines]


async def results(url: str) -> list[str]:
    database = await open_database(url, ManualClock(DUE))

    def look(tx: SqlTx) -> list[str]:
        assert tx.outbox.depth() == 0
        return [row[0] for row in tx.connection.rows(select(schedule_run.c.result))]

    found = await database.read(look)
    await database.close()
    return found


def test_a_digest_to_many_reaches_everybody_whenever_the_process_dies(
    sqlite_template: Path, tmp_path: Path
) -> None:
    chance = random.Random(2026)
    kills = number = 0
    while kills < KILLS:
        path = tmp_path / f"{number}.db"
        url = f"sqlite:///{path}"
        number += 1
        shutil.copy(sqlite_template, path)
        asyncio.run(prepare(url, PEOPLE))
        taken: Counter[str] = Counter()
        marked: Counter[str] = Counter()
        here, finished = 0, False
        while not finished:
            # Each person has a few steps of their own, in their commit and around their message.
            kill_at = chance.randint(1, 3 * PEOPLE) if kills < KILLS else 0
            finished, sent = live(url, kill_at)
            for chat, is_marked in sent:
                taken[chat] += 1
                marked[chat] += is_marked
            here += not finished
            kills += not finished
        assert len(taken) == PEOPLE, "somebody was missed"
        assert asyncio.run(results(url)) == ["sent"] * PEOPLE
        # What was on its way as the process died may come twice, and then says so: for each
        # reader one copy a death at most, and no more of them than are on their way at once.
        copies = {chat: count - 1 for chat, count in taken.items() if count > 1}
        assert all(marked[chat] >= copies[chat] for chat in copies)
        assert all(count <= here for count in copies.values())
        assert sum(copies.values()) <= here * _AT_ONCE
