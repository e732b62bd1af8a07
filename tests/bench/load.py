"""Ways to load something: as fast as it answers, or at a pace."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.bench.results import percentile

Call = Callable[[int, int], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Load:
    """What a load gave. Latencies are in seconds."""

    count: int
    seconds: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        return self.count / self.seconds

    def ms(self, share: float) -> float:
        return percentile(self.latencies, share) * 1000


async def median_of(rounds: int, run: Callable[[], Awaitable[Load]], share: float) -> Load:
    """Run several times and keep the round in the middle: one stall of the disk is not ours."""
    loads = sorted([await run() for _ in range(rounds)], key=lambda load: load.ms(share))
    return loads[rounds // 2]


async def closed_loop(call: Call, *, clients: int, seconds: float) -> Load:
    """Each client asks again as soon as it was answered: the most that can be done."""
    latencies: list[float] = []
    gc.collect()
    began = time.perf_counter()
    end = began + seconds

    async def client(number: int) -> None:
        turn = 0
        while (sent := time.perf_counter()) < end:
            await call(number, turn)
            latencies.append(time.perf_counter() - sent)
            turn += 1

    await asyncio.gather(*(client(number) for number in range(clients)))
    return Load(len(latencies), time.perf_counter() - began, latencies)


async def paced(call: Call, *, clients: int, rate: float, seconds: float) -> Load:
    """Each client asks at set times; a late answer counts from when it should have been asked."""
    latencies: list[float] = []
    every_s = clients / rate
    gc.collect()
    began = time.perf_counter() + 0.05

    async def client(number: int) -> None:
        due = began + every_s * number / clients
        turn = 0
        while due < began + seconds:
            wait_s = due - time.perf_counter()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            await call(number, turn)
            latencies.append(time.perf_counter() - due)
            due += every_s
            turn += 1

    await asyncio.gather(*(client(number) for number in range(clients)))
    return Load(len(latencies), time.perf_counter() - began, latencies)
