"""APScheduler as the clock: it says when, and nothing else.

Jobs live in memory and are set up anew at each start. What is due is read from the database, and
each job may run on several instances at once: the statements that end things decide who did it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from apscheduler.executors.base import BaseExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors.kinds import Unavailable
from bot.tasks import TaskGroup

_log = structlog.get_logger(__name__)


class _OwnTasks(BaseExecutor):  # type: ignore[misc]  # it ships no types
    """Runs jobs as tasks that are waited for when they are stopped.

    APScheduler's own cancels them at its end, waits for none, and logs each as a fault.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tasks = TaskGroup()

    def shutdown(self, wait: bool = True) -> None:  # as it is called
        """Leave the tasks to whoever stops them."""

    def _do_submit_job(self, job: Any, run_times: object) -> None:  # Any: it ships no types
        async def run() -> None:
            try:
                await job.func()
            finally:
                # Now it may be called again.
                self._run_job_success(job.id, ())

        self.tasks.start(run(), name=job.id)


class Ticker:
    """Calls jobs at intervals until it is stopped; a failing job is logged and called again."""

    def __init__(self) -> None:
        self._executor = _OwnTasks()
        self._scheduler: Any = AsyncIOScheduler(  # Any: it ships no types
            timezone="UTC", executors={"default": self._executor}
        )

    def every(self, seconds: float, job: Callable[[], Awaitable[object]], *, name: str) -> None:
        """Call a job each so many seconds; a call that is still running is not doubled."""

        async def run() -> None:
            try:
                await job()
            except Unavailable as error:
                _log.warning("job put off", job=name, code=error.code)
            except Exception as error:  # noqa: BLE001  # a job ends here: the clock goes on
                _log.error("job failed", job=name, exc_info=error)

        self._scheduler.add_job(
            run,
            "interval",
            seconds=seconds,
            id=name,
            replace_existing=True,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin to tick. Must be called on the running loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; a job that runs is cancelled, and has ended when this returns."""
        self._scheduler.shutdown(wait=False)
        await self._executor.tasks.cancel()
