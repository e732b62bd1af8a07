"""That an answer takes longer is shown, at most every four seconds, and harms nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.errors.sending import NotSent, Undeliverable
from bot.messages import InboundMessage
from bot.turns.busy import EACH_S, Busy
from tests.conftest import START

HELLO = InboundMessage("telegram", "bot", "1", "chat", "7", text="hello")


class Waits:
    """Waits of a test: each ends when it says so, or with what is waited for."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.begun = asyncio.Semaphore(0)
        self._go = asyncio.Semaphore(0)

    async def wait(self, done: asyncio.Event, seconds: float) -> None:
        self.begun.release()
        ended = asyncio.ensure_future(done.wait())
        going = asyncio.ensure_future(self._go.acquire())
        await asyncio.wait([ended, going], return_when=asyncio.FIRST_COMPLETED)
        for one in (ended, going):
            one.cancel()

    async def pass_s(self, seconds: float) -> None:
        """Let time go by and the wait end; return when the next one has begun."""
        self._clock.advance(timedelta(seconds=seconds))
        self._go.release()
        await self.begun.acquire()


class Screen:
    """Where it is shown; `error` is what happens instead."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.is_asked = asyncio.Event()
        self.error: Exception | None = None

    async def show(self, message: InboundMessage) -> None:
        self.is_asked.set()
        if self.error is not None:
            raise self.error
        self.shown.append(message.chat)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


async def test_it_is_shown_at_once_and_every_four_seconds(clock: ManualClock) -> None:
    waits, screen = Waits(clock), Screen()
    busy = Busy(clock, wait=waits.wait)
    busy.add("telegram", screen.show)
    with busy.during(HELLO), busy.asking(HELLO.turn):
        await waits.begun.acquire()
        assert screen.shown == ["chat"]
        await waits.pass_s(EACH_S / 2)
        assert screen.shown == ["chat"]
        await waits.pass_s(EACH_S / 2)
        assert screen.shown == ["chat"] * 2
    await busy.stop()
    assert screen.shown == ["chat"] * 2


async def test_a_second_question_to_a_model_shows_it_no_sooner(clock: ManualClock) -> None:
    waits, screen = Waits(clock), Screen()
    busy = Busy(clock, wait=waits.wait)
    busy.add("telegram", screen.show)
    other = replace(HELLO, key="2", chat="other")
    with busy.during(HELLO), busy.during(other):
        for turn in (HELLO.turn, HELLO.turn, other.turn):
            with busy.asking(turn):
                await waits.begun.acquire()
    assert screen.shown == ["chat", "other"]
    await busy.stop()


@pytest.mark.parametrize(
    "error", [RuntimeError("a bug"), Undeliverable("blocked"), TimeoutError(), NotSent("busy")]
)
async def test_what_is_not_shown_harms_nothing(clock: ManualClock, error: Exception) -> None:
    screen = Screen()
    screen.error = error
    busy = Busy(clock)
    busy.add("telegram", screen.show)
    with busy.during(HELLO), busy.asking(HELLO.turn):
        await screen.is_asked.wait()
    await busy.stop()


async def test_a_platform_that_wants_to_be_left_alone_is(clock: ManualClock) -> None:
    waits, screen = Waits(clock), Screen()
    screen.error = NotSent("too fast", retry_after_s=30.0)
    busy = Busy(clock, wait=waits.wait)
    busy.add("telegram", screen.show)
    with busy.during(HELLO), busy.asking(HELLO.turn):
        await waits.begun.acquire()
        screen.error = None
        await waits.pass_s(10)
        assert screen.shown == []
        await waits.pass_s(21)
        assert screen.shown == ["chat"]
    await busy.stop()


async def test_turns_and_platforms_that_nobody_knows_are_let_be(clock: ManualClock) -> None:
    screen = Screen()
    busy = Busy(clock)
    busy.add("slack", screen.show)
    with busy.during(HELLO), busy.asking(HELLO.turn), busy.asking("another"), busy.asking(""):
        await asyncio.sleep(0)
    await busy.stop()
    assert screen.shown == []
