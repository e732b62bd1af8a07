"""Kill -9 at the steps of confirm -> execute -> reply: once each, or not at all."""

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

from bot.audit.chain import Verifier
from bot.clock import ManualClock
from bot.economy.budgets import list_budgets
from bot.ids import WalletId
from storage.engine import open_database
from storage.tables.messages import outbox
from storage.transaction import SqlTx
from tests.crash.conversation import START
from tests.turns.chat import ACME, USD, make_company

KILLS = int(os.environ.get("BURSAR_TEST_KILLS", "60")) // 2  # noqa: TID251  # `make crash`
ROUNDS = 4


async def prepare(path: Path) -> None:
    database = await open_database(f"sqlite:///{path}", ManualClock(START))
    await database.write(make_company, tenant=ACME)
    await database.close()


def run(path: Path, kill_at: int) -> tuple[bool, list[str], int]:
    """Run the process; return whether it ended by itself, what it sent, and its steps."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.crash.conversation",
            f"sqlite:///{path}",
            str(ROUNDS),
            str(kill_at),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    lines = done.stdout.split("\n")
    sent = [line.removeprefix("sent ") for line in lines if line.startswith("sent ")]
    steps = [int(line.removeprefix("steps ")) for line in lines if line.startswith("steps ")]
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode == 0, sent, steps[0] if steps else 0


async def check(path: Path, sent: Counter[str], kills: int) -> None:
    """Compare the company with what the script says it must be."""
    database = await open_database(f"sqlite:///{path}", ManualClock(START))

    def look(tx: SqlTx) -> None:
        tx.enter(ACME)
        budget = list_budgets(tx, [tx.wallets.get(WalletId("launch"))])[0]
        assert budget.limit_nanos == (200 + sum(10 + n for n in range(ROUNDS))) * USD
        requests = tx.proposals.list_requests(only_open=False)
        assert Counter(x.state for x in requests) == {"executed": ROUNDS}
        assert tx.inbox.depth() == 0
        assert tx.outbox.depth() == 0
        verifier = Verifier()
        for page in tx.audit.pages():
            assert verifier.check(page) is None
        assert verifier.check_end(tx.audit.head()) is None
        queued = {str(row[0]) for row in tx.connection.rows(select(outbox.c.id))}
        assert set(sent) == queued, "a message was lost"
        # Sent and killed before that was kept: the one message that may come twice.
        assert sum(sent.values()) - len(queued) <= kills

    await database.read(look)
    await database.close()


def test_what_was_confirmed_happens_once_whenever_the_process_dies(
    sqlite_template: Path, tmp_path: Path
) -> None:
    chance = random.Random(2026)
    kills = 0
    number = 0
    while kills < KILLS:
        path = tmp_path / f"{number}.db"
        number += 1
        shutil.copy(sqlite_template, path)
        asyncio.run(prepare(path))
        sent: Counter[str] = Counter()
        here = 0
        finished = False
        while not finished:
            kill_at = chance.randint(1, 60) if kills < KILLS else 0
            finished, lines, _ = run(path, kill_at)
            sent.update(lines)
            here += not finished
            kills += not finished
        asyncio.run(check(path, sent, here))
