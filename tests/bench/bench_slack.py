"""Slack over HTTP: signed deliveries in, whole turns, answers out, with a durable inbox."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any, Final

import uvloop
from aiohttp import web

from adapters.slack.connection import Slack
from bot.access import Principal
from bot.clock import SystemClock
from bot.gateway.application import build_application
from bot.gateway.metrics import Metrics
from bot.ids import PrincipalId, WalletId
from bot.operations.serve import spare_what_stays
from bot.operations.watch import Watch
from bot.ports import Tx
from bot.running import App
from bot.settings.platforms import SlackSettings
from storage.engine import open_database
from storage.schema import upgrade_sqlite
from tests.bench.results import Measure
from tests.bench.slack_load import ONE_BY_ONE, PEOPLE, RATE, RATE_S, user_of
from tests.platforms.slack_server import BOT_TOKEN, SECRET, TEAM
from tests.turns.chat import ACME, USD, limits, make_company, spend


def people(tx: Tx) -> None:
    """Add members of Design, each with an account in Slack."""
    make_company(tx)
    for number in range(PEOPLE):
        handle = f"p{number}"
        person = Principal(
            PrincipalId(handle), ACME, f"Person {number}", handle, "en", "Europe/Madrid",
            WalletId("design"),
        )  # fmt: skip
        tx.people.add(person)
        tx.people.link(person.id, "slack", TEAM, user_of(number))
        tx.people.give(person.id, "member", WalletId("design"))
    for number in range(200):
        spend(tx, "design", f"p{number % 10}", USD // 10, "gpt-5-mini", f"s{number}")


async def measure_once() -> dict[str, dict[str, float]]:
    """Run the app here and Slack in another process, as they are on two machines."""
    slack = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.slack_load", stdin=PIPE, stdout=PIPE
    )
    assert slack.stdin is not None
    assert slack.stdout is not None
    api_port = int(await slack.stdout.readline())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        upgrade_sqlite(path)
        clock = SystemClock()
        database = await open_database(f"sqlite:///{path}", clock)
        await database.write(people, tenant=ACME)
        app = App(database, clock, limits())
        app.workers.start()
        platform = Slack(_settings(api_port), app, clock)
        async with platform.running():
            app.add_channel(platform.name, platform.send, platform.rates)
            metrics = Metrics()
            application = build_application(
                Watch(database, metrics, lambda: False),
                metrics,
                max_body_bytes=256 << 10,
                body_s=15,
                platforms=platform.routes(),
            )
            runner = web.AppRunner(application, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            spare_what_stays()
            slack.stdin.write(f"{runner.addresses[0][1]}\n".encode())
            await slack.stdin.drain()
            began = time.process_time()
            found: dict[str, Any] = json.loads(await slack.stdout.readline())  # Any: JSON
            turns = found["most"]["count"] + RATE * RATE_S + 2 * ONE_BY_ONE
            found["cpu"] = {"turn": (time.process_time() - began) / turns}
            await slack.wait()
            await runner.cleanup()
            await app.stop()
        await database.close()
    return found


def _settings(port: int) -> SlackSettings:
    return SlackSettings.model_validate(
        {
            "bot_token": BOT_TOKEN,
            "signing_secret": SECRET,
            "mode": "http",
            "api_base_url": f"http://127.0.0.1:{port}/api",
        }
    )


def measure() -> list[Measure]:
    """Measure acknowledgements at 500 a second, turns as fast as they go, and one by one."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(measure_once())
    offered, most, idle = found["offered"], found["most"], found["idle"]
    return [
        Measure(f"acknowledged at {RATE:.0f} signed deliveries/s: offered", offered["rate"], "/s"),
        Measure("  acknowledgement, p50", offered["p50"] * 1000, "ms"),
        Measure("  acknowledgement, p99", offered["p99"] * 1000, "ms", most=250),
        Measure("  lost", offered["lost"], "", most=0),
        Measure("  doubled", offered["doubled"], "", most=0),
        Measure("whole turns over HTTP, to their last answer", most["turns"], "/s", least=300),
        Measure("  lost", most["lost"], "", most=0),
        Measure("  doubled", most["doubled"], "", most=0),
        Measure("message to answer, idle, p50", idle["p50"] * 1000, "ms", most=25),
        Measure("CPU a turn, from delivery to answer", found["cpu"]["turn"] * 1000, "ms"),
        Measure("message to answer, idle, p99", idle["p99"] * 1000, "ms", most=100),
    ]


SUBJECTS: Final = {"slack": measure}
