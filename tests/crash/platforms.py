"""`bursar serve` with three platforms, dying at a chosen point or whenever it is killed.

Usage: python -m tests.crash.platforms SOCKET. Each connection is a life; see `lives`. Its first
line says the settings, the time, and the point to die at (0 for never). `port` says where it
listens; the line `settle` is answered by `settled` once everything taken is answered and sent.
It ends in order when the connection does.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import orjson

# What a life would load on its way is loaded once, before lives begin.
import adapters.slack.connection
import adapters.teams.building
import adapters.telegram.connection  # noqa: F401
from bot.app import open_app
from bot.clock import Clock
from bot.connect import open_platforms
from bot.messages import OutboxItem
from bot.operations.serve import run_until
from bot.platforms.model import Platform
from bot.platforms.outgoing import Send
from bot.platforms.pacing import Rate
from bot.running import App
from bot.settings.model import Settings, load_settings
from bot.turns.busy import ShowBusy
from storage.engine import open_database
from tests.crash.lives import fork_lives
from tests.crash.money import Death, make_mortal
from tests.platforms.slack_server import SteppingClock


class Life:
    """One life of the bot, from the connection's first line to its end."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._stop = asyncio.Event()
        self._opened: asyncio.Future[App] = asyncio.get_running_loop().create_future()

    async def live(self) -> None:
        reader, self._writer = await asyncio.open_connection(sock=self._connection)
        self._tell("pid", os.getpid())
        given, now, dies_at = orjson.loads(await reader.readline())
        self._death = Death(dies_at)
        listening = asyncio.ensure_future(self._listen(reader))
        # On this clock nobody waits for a pace: each look at it is a second later.
        await run_until(
            self._stop,
            load_settings(**given),
            self._open_app,
            self._open_platforms,
            SteppingClock(datetime.fromisoformat(now)),
            on_listening=lambda port: self._tell("port", port),
        )
        await listening

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            assert line == b"settle\n"
            await (await self._opened).settled()
            self._tell("settled")
        self._stop.set()

    @asynccontextmanager
    async def _open_app(self, settings: Settings, clock: Clock) -> AsyncIterator[App]:
        database = await open_database(settings.database.url.get_secret_value(), clock)
        make_mortal(database, self._death)
        async with open_app(settings, clock, database=database) as app:
            yield app
        await database.close()

    @asynccontextmanager
    async def _open_platforms(
        self, settings: Settings, app: App, clock: Clock
    ) -> AsyncIterator[Sequence[Platform]]:
        plain = app.add_channel

        def add_mortal(
            platform: str,
            send: Send,
            rates: Sequence[Rate] = (),
            *,
            shows_pictures: bool = False,
            show_busy: ShowBusy | None = None,
        ) -> None:
            async def send_or_die(item: OutboxItem) -> str:
                self._death.point()
                message_id = await send(item)
                self._death.point()
                return message_id

            plain(platform, send_or_die, rates, shows_pictures=shows_pictures, show_busy=show_busy)

        app.add_channel = add_mortal  # type: ignore[method-assign]  # with points around each send
        async with open_platforms(settings, app, clock) as platforms:
            self._opened.set_result(app)
            yield platforms

    def _tell(self, *what: Any) -> None:  # Any: what JSON can hold
        self._writer.write(orjson.dumps(what) + b"\n")


async def live(connection: socket.socket) -> None:
    """Live one life."""
    await Life(connection).live()


if __name__ == "__main__":
    fork_lives(sys.argv[1], live)
