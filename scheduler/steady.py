"""Whether the database's clock goes as time does, before anything is done because of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.ports import Database
from bot.schedules.model import replan_ahead

_log = structlog.get_logger(__name__)

# A step that is set right by then does no harm: what is due waits a minute, and ten after a step
# that no summer time and no small repair explains.
_MOST_GAP: Final = timedelta(seconds=60)
_HOLD_S: Final = 60.0
_LONG_GAP: Final = timedelta(days=1)
_LONG_HOLD_S: Final = 600.0
# Longer than anybody leaves Bursar switched off: a clock that lost its battery looks like it.
_LONGEST_AWAY: Final = timedelta(days=45)
_AT_ONCE: Final = 500


class SteadyClock:
    """Compares the database's clock with one that only measures how much time has passed.

    After a step, forward or back, nothing is due for a while, so that a clock that is wrong for a
    moment sends nothing. When it has gone back, what was planned by it is planned anew.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._last: tuple[datetime, float] | None = None
        self._free_from = 0.0
        self._is_behind = True

    async def is_steady(self) -> bool:
        """Look, and tell whether what is due by the database's clock may be done."""
        now = await self._database.read(lambda tx: tx.schedules.now())
        passed = self._clock.monotonic()
        self._compare(now, passed, await self._expected(passed))
        self._last = now, passed
        if passed < self._free_from:
            return False
        if self._is_behind:
            while await self._replan() == _AT_ONCE:
                continue
            self._is_behind = False
        return True

    def only(self, job: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        """Return a job that does nothing while the clock is not steady."""

        async def run() -> None:
            if await self.is_steady():
                await job()

        return run

    async def _expected(self, passed: float) -> datetime | None:
        """Return what the clock should say, None where nothing is known of it."""
        if self._last is not None:
            then, passed_then = self._last
            return then + timedelta(seconds=passed - passed_then)
        return await self._database.read(lambda tx: tx.schedules.last_planned())

    def _compare(self, now: datetime, passed: float, expected: datetime | None) -> None:
        if expected is None:
            return
        # After a start nobody knows how long it was away.
        away = _LONGEST_AWAY if self._last is None else _MOST_GAP
        step = now - expected
        if -_MOST_GAP <= step <= away:
            return
        hold_s = _LONG_HOLD_S if abs(step) > _LONG_GAP else _HOLD_S
        self._free_from = passed + hold_s
        self._is_behind = self._is_behind or step < timedelta(0)
        _log.error("the clock stepped", seconds=step.total_seconds(), held_s=hold_s)

    async def _replan(self) -> int:
        return await self._database.write(lambda tx: replan_ahead(tx, _AT_ONCE))
