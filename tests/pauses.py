"""Waiting by a clock that the test sets."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.clock import ManualClock


class Stoppable(Protocol):
    """What ends when it is told to, and what it does by then is done."""

    async def stop(self) -> None: ...


@dataclass
class Pauses:
    """Waits by the test's clock."""

    clock: ManualClock
    waits: list[float] = field(default_factory=list)
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, event: asyncio.Event, seconds: float) -> None:
        until = self.clock.monotonic() + seconds
        self.waits.append(seconds)
        while not event.is_set() and self.clock.monotonic() < until:
            await self._moved.wait()

    async def advance(self, seconds: float) -> None:
        """Move the clock on, and let whoever waits look at it."""
        self.clock.advance(timedelta(seconds=seconds))
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
        await settle()

    async def stop(self, what: Stoppable) -> None:
        """Stop what waits by this clock."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(what.stop())
            await settle()
            await self.advance(0)


def skip(seconds: float) -> None:
    """Move the time of the running loop on: what it was to end by then, it ends next.

    Real time-outs can be as long as they are in use, and end once what they wait for has begun.
    """
    loop = asyncio.get_running_loop()
    now = loop.time
    loop.time = lambda: now() + seconds  # type: ignore[method-assign]  # of this loop alone


async def settle() -> None:
    """Let every task run until it waits for something else."""
    for _ in range(50):
        await asyncio.sleep(0)
