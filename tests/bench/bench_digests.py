"""10,000 digests due at the same minute: real database, outbox and channel, a fake platform."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import uvloop

from bot.access import Principal
from bot.actions.digest import KIND, usual_plan
from bot.allowances import Allowances
from bot.clock import SystemClock
from bot.economy import limit_changes
from bot.economy.usage import Usage
from bot.economy.wallets import Wallet
from bot.ids import PrincipalId, WalletId
from bot.messages import InboundMessage, OutboxItem, PictureBlock
from bot.platforms.pacing import Rate
from bot.running import App
from bot.schedules.recurrence import Occasion
from scheduler.jobs.digest import digest_kind
from scheduler.runs import Runs
from storage.database import Database
from storage.engine import open_database
from storage.schema import upgrade_sqlite
from storage.transaction import SqlTx
from tests.bench.results import Measure, percentile
from tests.turns.chat import ACME, USD, limits, make_company

PEOPLE: Final = 10_000
TEAMS: Final = 40
_CHAT: Final = Rate(1, 1.0)
_AT_ONCE: Final = 500


def _make_teams(tx: SqlTx, on: datetime) -> None:
    """Add teams with two weeks behind them."""
    make_company(tx)
    for team in range(TEAMS):
        wallet_id = WalletId(f"t{team}")
        tx.wallets.add(Wallet(wallet_id, WalletId("company"), "team", f"Team {team}"))
        limit_changes.set_limit(tx, wallet_id, "month", 500 * USD, key=f"b{team}", actor="bench")
        for day in range(1, 21):
            at = on - timedelta(days=day)
            usage = Usage(
                id=f"u{team}.{day}", wallet_id=wallet_id, principal_id=PrincipalId("ana"),
                feature="chat", provider="test", model=f"model-{day % 3}", tokens_in=1,
                tokens_out=1, cost_nanos=(day % 7 + team % 5 + 1) * USD, price_version="b", at=at,
            )  # fmt: skip
            tx.usage.add(usage, at.astimezone(tx.zone).date())


def _add_people(tx: SqlTx, first: int, due_at: datetime) -> None:
    """Add leads, each heard of in a private chat, and a digest that is due for each."""
    for number in range(first, first + _AT_ONCE):
        handle = f"p{number}"
        person = Principal(
            PrincipalId(handle), ACME, f"Person {number}", handle, "es" if number % 2 else "en",
            "Europe/Madrid", WalletId(f"t{number % TEAMS}"),
        )  # fmt: skip
        tx.people.add(person)
        tx.people.give(person.id, "lead", WalletId(f"t{number % TEAMS}"))
        message = InboundMessage("fake", "bot", f"m{number}", f"c{number}", handle)
        tx.conversations.hear(message, person.id)
        local = due_at.astimezone(tx.zone)
        tx.schedules.put(usual_plan(person), Occasion(local.date(), due_at))


class Platform:
    """Takes what it is sent, and refuses nobody who keeps to a message a second and chat."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.pictures = 0
        self.too_fast = 0
        self.times: list[float] = []
        self._last: dict[str, float] = {}

    async def send(self, item: OutboxItem) -> str:
        now = time.monotonic()
        self.too_fast += now - self._last.get(item.chat, 0.0) < 1.0
        self._last[item.chat] = now
        self.times.append(now)
        self.taken[item.chat] += 1
        self.pictures += any(isinstance(block, PictureBlock) for block in item.message.blocks)
        await asyncio.sleep(0.02)
        return str(item.id)


def _resident_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


async def _run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        upgrade_sqlite(path)
        clock = SystemClock()
        database = await open_database(f"sqlite:///{path}", clock)
        due_at = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251  # when it runs
        await database.write(lambda tx: _make_teams(tx, due_at), tenant=ACME)
        for first in range(0, PEOPLE, _AT_ONCE):
            await database.write(partial(_add_people, first=first, due_at=due_at), tenant=ACME)
        found = await _send_all(database, clock)
        found["file"] = path.stat().st_size / 1e6
        await database.close()
    return found


async def _send_all(database: Database, clock: SystemClock) -> dict[str, float]:
    app, platform = App(database, clock, limits()), Platform()
    app.workers.start()
    app.add_channel("fake", platform.send, (_CHAT,), shows_pictures=True)
    runs = Runs(database, {KIND: digest_kind(Allowances())})
    began, cpu = time.monotonic(), time.process_time()
    memory = []
    await runs.tick()
    working = asyncio.ensure_future(runs.idle())
    while len(platform.times) < PEOPLE and time.monotonic() - began < 1800:
        await asyncio.sleep(0.25)
        memory.append((len(platform.times), _resident_mb()))
        if working.done() and time.monotonic() - platform.times[-1] > 60:
            break
    await working
    # Whatever would come twice comes now.
    await runs.tick()
    await runs.idle()
    await app.settled()
    took = platform.times[-1] - began
    await app.stop()
    # From when each team's chart is drawn once: what is kept is kept.
    warm = [mb for sent, mb in memory if sent >= PEOPLE // 10]
    return {
        "missed": PEOPLE - len(platform.taken),
        "twice": sum(platform.taken.values()) - len(platform.taken),
        "too_fast": platform.too_fast,
        "without": PEOPLE - platform.pictures,
        "first": platform.times[0] - began,
        "took": took,
        "cpu": (time.process_time() - cpu) / PEOPLE,
        "growth": percentile(warm[-20:], 0.5) - percentile(warm[:20], 0.5),
        "most": max(mb for _, mb in memory),
    }


def measure() -> list[Measure]:
    """Measure 10,000 digests of 40 teams in two languages."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(_run())
    return [
        Measure("10,000 digests due at once: missed", found["missed"], "", most=0),
        Measure("  sent twice", found["twice"], "", most=0),
        Measure("  faster than the platform allows a chat", found["too_fast"], "", most=0),
        Measure("  without a picture", found["without"], "", most=0),
        Measure("  until the first is sent", found["first"], "s", most=2),
        Measure("  until the last is sent", found["took"], "s"),
        Measure("  CPU of one, all of the process", found["cpu"] * 1000, "ms"),
        Measure("  memory, from a tenth sent to all sent", found["growth"], "MB", most=32),
        Measure("  memory, at most", found["most"], "MB"),
        Measure("  size of the database afterwards", found["file"], "MB"),
    ]


SUBJECTS: Final = {"digests": measure}
