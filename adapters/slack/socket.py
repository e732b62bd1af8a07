"""Socket Mode: the connection that Slack delivers on where the bot has no public address.

The library's client mends most of what happens to it, but not all: it has been seen to sit on a
connection over which nothing comes any more. So it is watched from outside, and made anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import silent_logger
from adapters.slack.inbound import PLATFORM
from bot.clock import Clock
from bot.tasks import TaskGroup

_log = structlog.get_logger(__name__)

PING_S: Final = 5.0
# Pings go out all the time; a minute without an answer is a line that is cut.
DEAF_S: Final = 50.0
_CLOSE_S: Final = 5.0


class Socket:
    """One connection at a time. `on_connected` is called whenever a new one stands."""

    def __init__(
        self,
        app: AsyncApp,
        client: AsyncWebClient,
        clock: Clock,
        on_connected: Callable[[], None],
        *,
        ping_s: float = PING_S,
    ) -> None:
        self._app = app
        # Its own client: the app's token opens it, not the bot's, at the same address.
        self._web = client
        self._clock = clock
        self._on_connected = on_connected
        self._ping_s = ping_s
        self._handler: AsyncSocketModeHandler | None = None
        self._tasks = TaskGroup()
        self._answered: tuple[float | None, float] = (None, 0.0)
        self.is_greeted = False

    def open(self) -> None:
        """Begin to connect; it is tried until it stands."""
        handler = AsyncSocketModeHandler(
            self._app,
            app_token=self._web.token,
            logger=silent_logger(),
            web_client=self._web,
            ping_interval=self._ping_s,
        )
        handler.client.message_listeners.append(self._listen)
        self._handler = handler
        self.is_greeted = False
        self._answered = (None, self._clock.monotonic())
        connecting = handler.connect_async()  # type: ignore[no-untyped-call]  # the library's
        self._tasks.start(connecting, name="slack-socket")

    async def close(self) -> None:
        """Close the connection; what was acknowledged is kept."""
        handler, self._handler = self._handler, None
        if handler is None:
            return
        try:
            async with asyncio.timeout(_CLOSE_S):
                await handler.client.close()  # type: ignore[no-untyped-call]  # the library's
        except (TimeoutError, OSError) as error:
            _log.warning("socket not closed", platform=PLATFORM, exc_info=error)
        await self._tasks.cancel()

    async def reopen(self, why: str) -> None:
        """Let go of a connection that hears nothing, and make another."""
        _log.warning("socket made anew", platform=PLATFORM, code=why)
        await self.close()
        self.open()

    async def find_fault(self) -> str:
        """Return why nothing can be heard at present; empty when it can.

        A pong that is long overdue counts, whatever the library believes of the connection.
        """
        handler = self._handler
        if handler is None:
            return "closed"
        now = self._clock.monotonic()
        answered = handler.client.last_ping_pong_time
        if answered != self._answered[0]:
            self._answered = (answered, now)
        if now - self._answered[1] > DEAF_S:
            return "no_pong"
        if not self.is_greeted or not await handler.client.is_connected():
            return "not_connected"
        return ""

    async def _listen(
        self,
        _client: AsyncBaseSocketModeClient,
        message: dict[str, Any],  # Any: JSON
        _raw: str | None = None,
    ) -> None:
        if message.get("type") == "hello":
            self.is_greeted = True
            self._on_connected()
