"""The clock that calls jobs: one call of each at a time, and an end that is quiet."""

from __future__ import annotations

import asyncio
import logging

import pytest

from scheduler.ticker import Ticker

SOON = 0.001


async def test_a_job_that_runs_is_stopped_without_a_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            # As a transaction that is given up: it takes a moment.
            await asyncio.sleep(0)
            ended.set()

    ticker = Ticker()
    ticker.every(SOON, job, name="job")
    ticker.start()
    with caplog.at_level(logging.WARNING):
        await begun.wait()
        await ticker.stop()
        assert ended.is_set()
        # What would be logged late is logged by now.
        await asyncio.sleep(0)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_job_is_called_again_when_it_has_ended_or_failed() -> None:
    calls: list[int] = []
    thrice, running = asyncio.Event(), 0

    async def job() -> None:
        nonlocal running
        running += 1
        assert running == 1
        await asyncio.sleep(0)
        running -= 1
        calls.append(1)
        if len(calls) == 3:
            thrice.set()
        raise ValueError

    ticker = Ticker()
    ticker.every(SOON, job, name="job")
    ticker.start()
    await thrice.wait()
    await ticker.stop()


async def test_one_that_was_stopped_calls_nothing_more() -> None:
    called = asyncio.Event()

    async def job() -> None:
        called.set()

    ticker = Ticker()
    ticker.every(SOON, job, name="job")
    ticker.start()
    await called.wait()
    await ticker.stop()
    called.clear()
    loop = asyncio.get_running_loop()
    passed = asyncio.Event()
    loop.call_later(10 * SOON, passed.set)
    await passed.wait()
    assert not called.is_set()
