"""Turns in which the process has died before: taken with no other turn beside them.

Whoever dies with others is no more to blame than they are, and a process that is killed again
right after its start dies in whatever it begins with. Only a turn that was alone, in a process
that stood, brings the process down itself, and only that one may be given up for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.tasks import Wait, wait_for

# A turn may be slow without being to blame for anything: the others wait no longer than this.
LONGEST_S: Final = 5.0
# So long a process must have gone on before the first of them: many times what a turn takes, and
# short enough that a process which is killed every second still gets through all it has.
STANDING_S: Final = 0.25


class Suspects:
    """Lets turns run side by side, or one by itself.

    `standing_s` is how long the first one by itself waits, so that a process that does not stand
    ends before it begins.
    """

    def __init__(self, *, standing_s: float = STANDING_S, wait: Wait = wait_for) -> None:
        self._standing_s = standing_s
        self._wait = wait
        self._running = 0
        self._nobody_runs = asyncio.Event()
        self._nobody_runs.set()
        self._may_begin = asyncio.Event()
        self._may_begin.set()
        self._one = asyncio.Lock()

    @asynccontextmanager
    async def beside_others(self) -> AsyncIterator[None]:
        """Run as one of many; wait first for one that runs by itself."""
        if not self._may_begin.is_set():
            await self._wait(self._may_begin, LONGEST_S)
        self._running += 1
        self._nobody_runs.clear()
        try:
            yield
        finally:
            self._running -= 1
            if not self._running:
                self._nobody_runs.set()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Run by itself, once those that run have ended."""
        async with self._one:
            if self._standing_s:
                await self._wait(asyncio.Event(), self._standing_s)
                self._standing_s = 0.0
            self._may_begin.clear()
            try:
                await self._wait(self._nobody_runs, LONGEST_S)
                yield
            finally:
                self._may_begin.set()
