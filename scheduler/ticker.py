"""APScheduler as the clock: it says when, and nothing else.

Jobs live in memory and are set up anew at each start. What is due is read from the database, and
each job may run on several instances at once: the statements that end things decide who did it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import Unavailable

_log = structlog.get_logger(__name__)


class Ticker:
    """Calls jobs at intervals until it is stopped; a failing job is logged and called again."""

    def __init__(self) -> None:
        self._scheduler: Any = AsyncIOScheduler(timezone="UTC")  # Any: it ships no types

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

    def stop(self) -> None:
        """Tick no more; a job that runs is not waited for."""
        self._scheduler.shutdown(wait=False)
