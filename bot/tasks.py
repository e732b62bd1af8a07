"""Background tasks: kept, named, and their failures reported; and how long they wait."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

import structlog

from bot.errors.kinds import BursarError

_log = structlog.get_logger(__name__)


# Whoever needs the database looks at least so often whether it is back, so that all goes on
# within ten seconds of that, the work itself included.
LONGEST_OUTAGE_WAIT_S: Final = 5.0

# Waits for an event, or so many seconds.
Wait = Callable[[asyncio.Event, float], Awaitable[None]]


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but no longer than so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return


class TaskGroup:
    """Tasks that live as long as their owner. A failure is logged and handed to `on_failure`."""

    def __init__(self, on_failure: Callable[[str, BaseException], None] | None = None) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()  # Any: nobody takes their results
        self._on_failure = on_failure

    def start(
        self, work: Coroutine[Any, Any, Any], *, name: str, may_refuse: bool = False
    ) -> asyncio.Task[Any]:
        """Run a coroutine beside the caller; it is kept until it ends.

        With `may_refuse` an error of ours is an answer, to whoever waits for it, and no failure.
        """
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._refused if may_refuse else self._ended)
        return task

    async def join(self) -> None:
        """Wait until all tasks have ended by themselves."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
            # Done callbacks run in the next round of the loop.
            await asyncio.sleep(0)

    async def cancel(self) -> None:
        """Cancel all tasks and wait until they have ended."""
        for task in self._tasks:
            task.cancel()
        await self.join()

    def _refused(self, task: asyncio.Task[Any]) -> None:
        if not task.cancelled() and isinstance(task.exception(), BursarError):
            self._tasks.discard(task)
        else:
            self._ended(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            _log.error("task failed", task=task.get_name(), exc_info=error)
            if self._on_failure is not None:
                self._on_failure(task.get_name(), error)
