"""Showing whoever waits for a model that their answer is being worked on.

Only a remark: it delays no turn, fails none, and is not repeated when it did not arrive. What only
rules read is answered before anybody would see it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

import structlog

from bot.asks import Ask, Paid
from bot.clock import Clock
from bot.errors.sending import NotSent
from bot.messages import InboundMessage
from bot.platforms.pacing import Pacer, Rate
from bot.tasks import TaskGroup, Wait, wait_for

_log = structlog.get_logger(__name__)

# Clients show it for five seconds (Bot API, sendChatAction) or less; all others wait longer for
# their messages if there are more of these.
EACH_S: Final = 4.0
_RATES: Final = (Rate(1, EACH_S), Rate(10, 1.0, scope="app"))
# A platform that needs longer for it will show it too late.
_SHOW_S: Final = 3.0

ShowBusy = Callable[[InboundMessage], Awaitable[None]]


class PaidPath(Protocol):
    """What makes a paid call."""

    async def ask(self, ask: Ask) -> Paid: ...


class Busy:
    """Knows which message each turn answers, and how its platform shows that it takes longer."""

    def __init__(self, clock: Clock, *, wait: Wait = wait_for) -> None:
        self._clock = clock
        self._wait = wait
        self._shows: dict[str, tuple[ShowBusy, Pacer]] = {}
        self._turns: dict[str, InboundMessage] = {}
        self._tasks = TaskGroup()

    def add(self, platform: str, show: ShowBusy) -> None:
        """Show it on a platform through `show`."""
        self._shows[platform] = show, Pacer(_RATES, self._clock)

    @contextmanager
    def during(self, message: InboundMessage) -> Iterator[None]:
        """Know a message while its turn is taken."""
        self._turns[message.turn] = message
        try:
            yield
        finally:
            self._turns.pop(message.turn, None)

    @contextmanager
    def asking(self, turn: str) -> Iterator[None]:
        """Show it to whoever waits for a turn, again and again until the block ends."""
        message = self._turns.get(turn)
        shown = None if message is None else self._shows.get(message.platform)
        if message is None or shown is None:
            yield
            return
        done = asyncio.Event()
        self._tasks.start(self._show(message, done, *shown), name="busy")
        try:
            yield
        finally:
            done.set()

    async def stop(self) -> None:
        """End what is being shown."""
        await self._tasks.cancel()

    async def _show(
        self, message: InboundMessage, done: asyncio.Event, show: ShowBusy, pacer: Pacer
    ) -> None:
        while not done.is_set():
            wait_s = pacer.take(f"{message.chat} {message.thread}")
            if wait_s <= 0:
                try:
                    async with asyncio.timeout(_SHOW_S):
                        await show(message)
                except NotSent as error:
                    pacer.close(None, error.retry_after_s)
                except Exception as error:  # noqa: BLE001  # a remark must not end a turn
                    _log.info("not shown as busy", platform=message.platform, exc_info=error)
                    return
                wait_s = EACH_S
            await self._wait(done, wait_s)


class Noticed:
    """A paid path whose calls are noticed by whoever waits for them."""

    def __init__(self, paid: PaidPath, busy: Busy) -> None:
        self._paid = paid
        self._busy = busy

    async def ask(self, ask: Ask) -> Paid:
        """Make one call; see `bot/completions.py`."""
        with self._busy.asking(ask.turn):
            return await self._paid.ask(ask)
