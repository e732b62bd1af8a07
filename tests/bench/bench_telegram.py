"""Telegram: how soon a call of the webhook is answered, with its row in the inbox."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

import orjson
import structlog
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from adapters.telegram.connection import Telegram
from adapters.telegram.menu import list_menus
from bot.clock import SystemClock
from bot.gateway.application import build_application
from bot.gateway.metrics import Metrics
from bot.leases import DatabaseLease
from bot.operations.serve import loop_factory
from bot.operations.watch import Watch
from bot.running import App
from storage.engine import open_database
from storage.schema import upgrade_sqlite
from storage.statements import Statement
from storage.tables.messages import inbox
from storage.transaction import SqlTx
from tests.bench.load import Load, paced
from tests.bench.results import Measure
from tests.platforms.telegram_chat import settings_for
from tests.platforms.telegram_server import TelegramServer
from tests.turns.chat import ACME, limits, make_company

_RATE: Final = 500.0
_SECONDS: Final = 5.0
_CLIENTS: Final = 50
_SECRET: Final = "webhook-secret-0123456789"  # noqa: S105  # of no real bot
_HEAD: Final = (
    "POST /telegram/webhook HTTP/1.1\r\nHost: bursar.example\r\n"
    f"X-Telegram-Bot-Api-Secret-Token: {_SECRET}\r\n"
    "Content-Type: application/json\r\nContent-Length: "
).encode()


def _update(number: int) -> bytes:
    """Write one person's message; a hundred people nobody knows, so that the ack is measured."""
    person = 10_000 + number % 100
    message = {
        "message_id": number + 1,
        "from": {"id": person, "is_bot": False, "first_name": "Person"},
        "chat": {"id": person, "type": "private"},
        "date": 1_795_003_200,
        "text": "how much has design spent this month?",
    }
    return orjson.dumps({"update_id": number, "message": message})


async def measure_once() -> tuple[Load, float]:
    """Return how 500 calls a second were answered, and the CPU of one in ms, its turn included."""
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        path = Path(folder) / "bench.db"
        upgrade_sqlite(path)
        database = await open_database(f"sqlite:///{path}", clock)
        stack.push_async_callback(database.close)
        await database.write(make_company, tenant=ACME)
        server = await stack.enter_async_context(TelegramServer(clock).running())
        settings = settings_for(
            server,
            mode="webhook",
            webhook_url="https://bursar.example/telegram/webhook",
            webhook_secret=_SECRET,
        )
        app = App(database, clock, limits())
        app.workers.start()
        stack.push_async_callback(app.stop)
        telegram = Telegram(settings, app, clock, DatabaseLease(database, "bench"), list_menus())
        await stack.enter_async_context(telegram.running())
        application = build_application(
            Watch(database, Metrics(), lambda: False),
            Metrics(),
            max_body_bytes=256 << 10,
            body_s=5,
            platforms=telegram.routes(),
        )
        door = TestServer(application)
        await door.start_server()
        stack.push_async_callback(door.close)
        # The menus come last.
        await server.until(lambda: len(server.commands) == len(list_menus()))
        callers = [await _Caller.connect(door.port or 0) for _ in range(_CLIENTS)]
        numbers = itertools.count(1)

        async def call(client: int, _turn: int) -> None:
            await callers[client].post(_update(next(numbers)))

        began_s = time.process_time()
        load = await paced(call, clients=_CLIENTS, rate=_RATE, seconds=_SECONDS)
        await app.settled()
        cpu_ms = (time.process_time() - began_s) * 1000 / load.count
        kept = await database.read(_count)
        if kept != load.count:
            raise RuntimeError(f"{kept} of {load.count} are in the inbox")
        for caller in callers:
            caller.close()
        return load, cpu_ms


def _count(tx: SqlTx) -> int:
    row = tx.connection.row(Statement(select(func.count()).select_from(inbox)))
    return 0 if row is None else int(row[0])


class _Caller:
    """A connection that is kept open, as Telegram's are; as cheap as can be, beside the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, port: int) -> _Caller:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, body: bytes) -> None:
        head = _HEAD + str(len(body)).encode() + b"\r\n\r\n"
        self._writer.write(head + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(answer.partition(b"\r\n")[0].decode())

    def close(self) -> None:
        self._writer.close()


def measure() -> list[Measure]:
    """Measure the webhook at 500 calls a second, the median of three runs."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        load, cpu_ms = sorted(
            (runner.run(measure_once()) for _ in range(3)), key=lambda run: run[0].ms(0.99)
        )[1]
    return [
        Measure("webhook at 500/s offered: answered", load.rate, "/s"),
        Measure("  call to answer, with its row in the inbox, p50", load.ms(0.5), "ms"),
        Measure("  call to answer, p99", load.ms(0.99), "ms", most=250),
        Measure("  CPU of a call with its turn, caller included", cpu_ms, "ms"),
    ]


SUBJECTS: Final = {"telegram": measure}
