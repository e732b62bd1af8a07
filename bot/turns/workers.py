"""Who takes which message when: in order within a lane, lanes side by side, fair to people."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

import structlog

from bot.errors.kinds import Unavailable
from bot.errors.talk import OutOfTurn
from bot.tasks import LONGEST_OUTAGE_WAIT_S, TaskGroup, Wait, wait_for
from bot.turns.steps import Delivery

_log = structlog.get_logger(__name__)

# As many turns at once wait for a commit together, and so share it; more would only queue.
WORKERS: Final = 128


class Workers:
    """A fixed number of tasks over as many lanes as there are.

    People take turns: whoever has just been served goes to the end, so that one who sends ten
    thousand messages delays nobody but themselves.
    """

    def __init__(
        self,
        take: Callable[[Delivery], Awaitable[None]],
        *,
        count: int = WORKERS,
        wait: Wait = wait_for,
    ) -> None:
        self._take = take
        self._count = count
        self._wait = wait
        self._tasks = TaskGroup()
        self._lanes: dict[str, deque[Delivery]] = {}
        # Each person's lanes that have something to do and that nobody works on.
        self._ready: dict[str, deque[str]] = {}
        self._people: deque[str] = deque()
        self._wake = asyncio.Semaphore(0)
        self._idle = asyncio.Event()
        self._idle.set()
        self._open = 0
        self._stop = asyncio.Event()

    def start(self) -> None:
        """Begin to work. Must be called on the running loop."""
        for number in range(self._count):
            self._tasks.start(self._work(), name=f"worker-{number}")

    def add(self, deliveries: Iterable[Delivery]) -> None:
        """Queue accepted messages behind what their lanes hold already."""
        for delivery in deliveries:
            lane = delivery.message.lane
            waiting = self._lanes.get(lane)
            self._open += 1
            self._idle.clear()
            if waiting is not None:
                waiting.append(delivery)
                continue
            self._lanes[lane] = deque([delivery])
            self._make_ready(lane)

    async def idle(self) -> None:
        """Return when every message that was added is finished."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Finish the turns that run and take no further ones; what waits stays in the inbox."""
        self._stop.set()
        for _ in range(self._count):
            self._wake.release()
        await self._tasks.join()

    def _make_ready(self, lane: str) -> None:
        person = self._person_of(lane)
        lanes = self._ready.get(person)
        if lanes is None:
            lanes = self._ready[person] = deque()
            self._people.append(person)
        lanes.append(lane)
        self._wake.release()

    def _person_of(self, lane: str) -> str:
        message = self._lanes[lane][0].message
        return f"{message.platform}:{message.external_id}"

    def _next_lane(self) -> str:
        person = self._people.popleft()
        lanes = self._ready[person]
        lane = lanes.popleft()
        if lanes:
            self._people.append(person)
        else:
            del self._ready[person]
        return lane

    async def _work(self) -> None:
        while True:
            await self._wake.acquire()
            if self._stop.is_set():
                return
            lane = self._next_lane()
            await self._serve(self._lanes[lane][0])
            self._open -= 1
            waiting = self._lanes[lane]
            waiting.popleft()
            if waiting:
                self._make_ready(lane)
            else:
                del self._lanes[lane]
            if not self._open:
                self._idle.set()

    async def _serve(self, delivery: Delivery) -> None:
        """Take a message until it is done; the database being away only makes it later."""
        wait_s = 0.0
        while not self._stop.is_set():
            try:
                await self._take(delivery)
            except Unavailable as error:
                wait_s = min(max(error.retry_after_s, wait_s * 2), LONGEST_OUTAGE_WAIT_S)
                if not isinstance(error, OutOfTurn):
                    _log.warning("turn put off", code=error.code, retry_after_s=wait_s)
                await self._wait(self._stop, wait_s)
            except Exception as error:  # noqa: BLE001  # the lane behind it must go on
                # Not even the apology could be written: the lease runs out and it comes again.
                _log.error("turn lost", exc_info=error)
                return
            else:
                return
