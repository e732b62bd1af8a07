"""Sending what waits in the outbox, in order within a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final, Protocol

import structlog

from bot.clock import Clock, to_us
from bot.errors import Unavailable
from bot.messages import OutboxItem
from bot.tasks import TaskGroup

_log = structlog.get_logger(__name__)

# As many conversations at once; each has at most one message on its way.
_AT_ONCE: Final = 100
# Doubled with each try; a platform that says when to come back is believed instead.
_FIRST_WAIT: Final = timedelta(seconds=1)
_LONGEST_WAIT: Final = timedelta(minutes=5)
MOST_TRIES: Final = 10

Send = Callable[[OutboxItem], Awaitable[str]]


class OutboxStore(Protocol):
    """What sending needs of the database."""

    async def advance(
        self, results: Sequence[tuple[int, str, str, int]], platform: str, count: int
    ) -> Sequence[OutboxItem]:
        """Keep how sending went and claim what comes next, in one transaction.

        Results are (id, state, platform's id, not before in microseconds); next come the oldest
        unsent message of each conversation.
        """
        ...


class Channel:
    """One platform's messages on their way out."""

    def __init__(self, platform: str, store: OutboxStore, send: Send, clock: Clock) -> None:
        self._platform = platform
        self._store = store
        self._send = send
        self._clock = clock
        self._wake = asyncio.Event()
        self._wake.set()
        self._idle = asyncio.Event()
        self._tasks = TaskGroup()
        self._stopping = False

    def start(self) -> None:
        """Begin to send. Must be called on the running loop."""
        self._tasks.start(self._run(), name=f"outbox-{self._platform}")

    def wake(self) -> None:
        """Say that there may be something to send."""
        self._idle.clear()
        self._wake.set()

    async def idle(self) -> None:
        """Return when nothing waits that could be sent now."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Finish what is on its way; what waits stays in the outbox."""
        self._stopping = True
        self._wake.set()
        await self._tasks.join()

    async def _run(self) -> None:
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._send_all()
            except Unavailable as error:
                _log.warning("outbox put off", code=error.code)
                await asyncio.sleep(error.retry_after_s)
                self._wake.set()
            except Exception as error:  # noqa: BLE001  # what waits must still be sent
                _log.error("outbox failed", exc_info=error)
                await asyncio.sleep(_FIRST_WAIT.total_seconds())
                self._wake.set()
            if not self._wake.is_set():
                self._idle.set()

    async def _send_all(self) -> None:
        results: Sequence[tuple[int, str, str, int]] = ()
        while True:
            items = await self._store.advance(results, self._platform, _AT_ONCE)
            if not items:
                return
            results = await asyncio.gather(*(self._send_one(item) for item in items))

    async def _send_one(self, item: OutboxItem) -> tuple[int, str, str, int]:
        try:
            message_id = await self._send(item)
        except Unavailable as error:
            if item.attempts >= MOST_TRIES:
                _log.error("message given up", outbox_id=item.id, code=error.code)
                return item.id, "dead", "", 0
            wait = max(
                timedelta(seconds=error.retry_after_s),
                min(_FIRST_WAIT * 2 ** (item.attempts - 1), _LONGEST_WAIT),
            )
            return item.id, "queued", "", to_us(self._clock.now() + wait)
        except Exception as error:  # noqa: BLE001  # one message must not stop the others
            _log.error("message not sent", outbox_id=item.id, exc_info=error)
            return item.id, "dead", "", 0
        return item.id, "sent", message_id, 0
