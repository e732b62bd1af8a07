import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.audit.anchors import find_last_anchor
from bot.clock import Clock, ManualClock
from bot.gateway.metrics import Metrics
from bot.operations.serve import _on_signal, run_until
from bot.platforms.model import Platform
from bot.settings.model import Settings, load_settings
from storage.database import Database
from storage.engine import migrate, open_database


class App:
    """An app whose work takes as long as the test says."""

    def __init__(self, database: Database, finished: asyncio.Event) -> None:
        self.database = database
        self.finished = finished
        self.was_stopped = 0

    def observe(self, observer: Metrics) -> None:
        observer.turn_done("answered", 0.0)

    async def stop(self) -> None:
        self.was_stopped += 1
        await self.finished.wait()


@asynccontextmanager
async def no_platforms(
    _settings: Settings, _app: App, _clock: Clock
) -> AsyncIterator[Sequence[Platform]]:
    yield ()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return load_settings(
        database={"url": database_url},
        server={"port": 0},
        audit={"anchor_file": tmp_path / "anchor.jsonl"},
    )


async def test_it_serves_until_stopped_then_drains_and_anchors(
    settings: Settings, clock: ManualClock
) -> None:
    stop, finished = asyncio.Event(), asyncio.Event()
    apps: list[App] = []

    @asynccontextmanager
    async def open_app(settings: Settings, clock: Clock) -> AsyncIterator[App]:
        database = await open_database(settings.database.url.get_secret_value(), clock)
        apps.append(App(database, finished))
        yield apps[0]
        await database.close()

    listening: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    running = asyncio.ensure_future(
        run_until(stop, settings, open_app, no_platforms, clock, on_listening=listening.set_result)
    )
    port = await listening
    async with ClientSession(f"http://127.0.0.1:{port}") as session:
        for path in ("/health/live", "/health/ready", "/metrics"):
            async with session.get(path) as response:
                assert response.status == 200
    stop.set()
    finished.set()
    await running
    assert apps[0].was_stopped
    anchor = find_last_anchor(settings.audit.anchor_file)
    assert anchor is not None
    assert anchor.head.seq == 0


async def test_work_that_does_not_end_is_left_for_the_next_start(
    settings: Settings, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.serve.DRAIN_S", 0.01)
    stop = asyncio.Event()
    stop.set()

    @asynccontextmanager
    async def open_app(settings: Settings, clock: Clock) -> AsyncIterator[App]:
        database = await open_database(settings.database.url.get_secret_value(), clock)
        yield App(database, asyncio.Event())
        await database.close()

    await run_until(stop, settings, open_app, no_platforms, clock)


def start(folder: Path) -> subprocess.Popen[bytes]:
    asyncio.run(migrate(f"sqlite:///{folder / 'bursar.db'}"))
    surroundings = {
        **{name: text for name, text in os.environ.items() if not name.startswith("BURSAR_")},  # noqa: TID251  # for a process of its own
        "BURSAR_DATABASE__URL": f"sqlite:///{folder / 'bursar.db'}",
        "BURSAR_AUDIT__ANCHOR_FILE": str(folder / "anchor.jsonl"),
        "BURSAR_SERVER__PORT": "0",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "serve"],
        env=surroundings,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_real_process_in_order(number: int, tmp_path: Path) -> None:
    with start(tmp_path) as process:
        assert process.stderr is not None
        line = json.loads(process.stderr.readline())
        assert line["event"] == "serving"
        # Over the loop that `serve` runs on, which is not the one of the other tests.
        for path in ("/health/live", "/health/ready", "/metrics"):
            connection = http.client.HTTPConnection("127.0.0.1", line["port"], timeout=10)
            connection.request("GET", path)
            assert connection.getresponse().status == 200, path
            connection.close()
        process.send_signal(number)
        rest = [json.loads(line)["event"] for line in process.stderr]
        assert process.wait() == 0
    assert rest == ["stopping", "drained"]
    assert (tmp_path / "anchor.jsonl").exists()


async def test_a_second_signal_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    _on_signal(signal.SIGTERM, stop, loop)
    assert stop.is_set()
    assert codes == []
    _on_signal(signal.SIGINT, stop, loop)
    assert codes == [130]


async def test_what_cannot_be_closed_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = asyncio.Event()
    monkeypatch.setattr(os, "_exit", lambda code: ended.set())
    monkeypatch.setattr("bot.operations.serve.DRAIN_S", 0.0)
    monkeypatch.setattr("bot.operations.serve._CLOSE_S", 0.0)
    _on_signal(signal.SIGTERM, asyncio.Event(), asyncio.get_running_loop())
    await ended.wait()
