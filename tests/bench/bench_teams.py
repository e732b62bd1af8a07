"""Acknowledging Teams: signed deliveries over HTTP, kept durably, while their turns run."""

from __future__ import annotations

import asyncio
import json
import pickle
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

import uvloop

from adapters.teams.building import build_teams
from bot.clock import SystemClock
from bot.ids import PrincipalId
from bot.messages import OutboxItem
from bot.operations.serve import spare_what_stays
from bot.ports import Tx
from bot.running import App
from bot.settings.model import load_settings
from storage.engine import open_database
from storage.schema import upgrade_sqlite
from tests.bench.bench_turns import CONVERSATIONS, SAID, people
from tests.bench.results import Measure, percentile
from tests.platforms.teams_company import ACCOUNT, serve
from tests.platforms.teams_server import FakeTeams
from tests.turns.chat import ACME, limits

RATE: Final = 500
SECONDS: Final = 4
# The keys are fetched and statements compiled once a process.
WARM_UP: Final = 100


def _link(tx: Tx) -> None:
    people(tx)
    for number in range(CONVERSATIONS):
        tx.people.link(PrincipalId(f"p{number}"), "teams", ACCOUNT, f"29:p{number}")


async def _take(item: OutboxItem) -> str:
    """Take an answer: sending is not what is measured."""
    return str(item.id)


def _request(teams: FakeTeams, token: str, number: int) -> bytes:
    said = SAID[number // CONVERSATIONS % len(SAID)]
    body = json.dumps(teams.activity(f"p{number % CONVERSATIONS}", said)).encode()
    head = (
        "POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def measure_once(*, with_turns: bool = True) -> tuple[list[float], list[int], float]:
    """Return how long each acknowledgement took, the statuses, and the CPU of a delivery.

    Both times are in seconds; without turns, a delivery is only kept.
    """
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        path = Path(folder) / "bench.db"
        upgrade_sqlite(path)
        clock = SystemClock()
        database = await open_database(f"sqlite:///{path}", clock)
        stack.push_async_callback(database.close)
        await database.write(_link, tenant=ACME)
        teams = await stack.enter_async_context(FakeTeams(clock).running())
        settings = load_settings(teams=teams.settings())
        app = App(database, clock, limits())
        if with_turns:
            app.workers.start()
        adapter = build_teams(settings.teams, settings.server, app, clock)
        await stack.enter_async_context(adapter.running())
        stack.push_async_callback(app.stop)
        app.add_channel(adapter.name, _take)
        url = await stack.enter_async_context(serve(database, adapter))
        token = teams.token()
        requests = [_request(teams, token, number) for number in range(RATE * SECONDS + WARM_UP)]
        work = Path(folder) / "requests.pickle"
        work.write_bytes(pickle.dumps(requests))
        spare_what_stays()
        began = time.process_time()
        caller = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bench.teams_load"),
            *(url.rpartition(":")[2], str(work), str(RATE), str(WARM_UP)),
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await caller.communicate()
        if with_turns:
            await app.settled()
        cpu_s = (time.process_time() - began) / len(requests)
        found: dict[str, list[Any]] = json.loads(out)  # Any: JSON
        return found["latencies"], found["statuses"], cpu_s


def measure() -> list[Measure]:
    """Measure how long an acknowledgement takes at 500 deliveries a second, and its CPU."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        _, kept, kept_s = runner.run(measure_once(with_turns=False))
        latencies, statuses, turn_s = runner.run(measure_once())
    assert kept == statuses == [200]
    return [
        Measure("Teams, 500 signed deliveries/s: acknowledged, p50", _ms(latencies, 0.5), "ms"),
        Measure(
            "Teams, 500 signed deliveries/s: acknowledged, p99",
            _ms(latencies, 0.99),
            "ms",
            most=250,
        ),
        Measure("  CPU of a delivery that is only kept", kept_s * 1000, "ms"),
        Measure("  CPU of a delivery with its turn", turn_s * 1000, "ms"),
    ]


def _ms(latencies: list[float], share: float) -> float:
    return percentile(latencies, share) * 1000


SUBJECTS: Final = {"teams": measure}
