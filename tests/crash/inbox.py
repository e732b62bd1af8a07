"""The whole app behind a socket, dying at a chosen point or whenever it is killed.

Usage: python -m tests.crash.inbox SOCKET. Each connection is a run: its first line says the
database's URL and the point to die at (0 for never). Each further line of the connection is a
delivery, answered by `ack KEY` once it is kept; `sent ID` says that the platform was given a
message. At `end` everything is finished first.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import orjson

from bot.app import open_app
from bot.clock import ManualClock
from bot.messages import InboundMessage, OutboxItem
from bot.running import App
from bot.settings.model import load_settings
from bot.tasks import TaskGroup
from storage.engine import open_database
from storage.schema import upgrade_sqlite
from tests.crash.lives import fork_lives
from tests.crash.money import Death, make_mortal
from tests.turns.chat import ACME, Chat, limits, make_company

START: Final = datetime(2026, 11, 18, 12, tzinfo=UTC)
PLATFORM: Final = "terminal"


def to_message(line: bytes) -> InboundMessage:
    """Read a delivery as `test_inbox.py` writes it."""
    key, person, chat, text = orjson.loads(line)
    return InboundMessage(PLATFORM, "bursar", key, chat, person, text)


class Run:
    """One life of the app, from the connection's first line to its end."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    async def serve(self) -> None:
        reader, self._writer = await asyncio.open_connection(sock=self._connection)
        self._tell("pid", os.getpid())
        url, dies_at = orjson.loads(await reader.readline())
        self._death = Death(dies_at)
        clock = ManualClock(START)
        settings = load_settings(
            database={"url": url},
            plans={"basic": {"reads_per_day": 100_000, "writes_per_day": 100_000}},
            pace={"messages": 1000, "messages_s": 1, "writes": 1000, "writes_s": 1},
        )
        deliveries = TaskGroup()
        async with AsyncExitStack() as stack:
            database = await open_database(url, clock)
            stack.push_async_callback(database.close)
            make_mortal(database, self._death)
            self._app = await stack.enter_async_context(
                open_app(settings, clock, database=database)
            )
            self._app.add_channel(PLATFORM, self._send)
            while (line := await reader.readline()) != b"end\n":
                deliveries.start(self._take(line), name="delivery")
            await deliveries.join()
            await self._app.settled()
        self._tell("ended")
        await self._writer.drain()

    async def _take(self, line: bytes) -> None:
        message = to_message(line)
        await self._app.receive(message)
        self._tell("ack", message.key)

    async def _send(self, item: OutboxItem) -> str:
        self._death.point()
        self._tell("sent", item.id)
        self._death.point()
        return str(item.id)

    def _tell(self, *what: object) -> None:
        self._writer.write(orjson.dumps(what) + b"\n")


async def warm_up(path: Path) -> None:
    """Take a few turns, so that no life begins with loading what the first one needs."""
    upgrade_sqlite(path)
    clock = ManualClock(START)
    database = await open_database(f"sqlite:///{path}", clock)
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, limits())
    chat = Chat(app, database, clock)
    app.workers.start()
    app.add_channel(PLATFORM, chat.send)
    for text in ("balance of launch", "raise launch by 3", "yes"):
        await chat.say("elena", text)
    await app.stop()
    await database.close()


def main(path: str) -> None:
    asyncio.run(warm_up(Path(path).with_name("warm.db")))
    fork_lives(path, lambda connection: Run(connection).serve())


if __name__ == "__main__":
    main(sys.argv[1])
