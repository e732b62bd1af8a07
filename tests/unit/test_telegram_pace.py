"""Telegram's limits, whoever sends what to whom."""

import asyncio
from datetime import timedelta

import pytest

from adapters.telegram.pace import Pace
from bot.clock import ManualClock
from bot.errors.sending import NotSent


@pytest.fixture
def pace(clock: ManualClock) -> Pace:
    async def wait(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))
        await asyncio.sleep(0)

    return Pace(clock, wait)


async def send(pace: Pace, clock: ManualClock, chats: list[str]) -> list[tuple[float, str]]:
    sent: list[tuple[float, str]] = []

    async def one(chat: str) -> None:
        async with pace.call(chat):
            sent.append((clock.monotonic(), chat))

    await asyncio.gather(*map(one, chats))
    return sent


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(at <= other < at + seconds for other in times) for at in times)


async def test_a_chat_is_written_to_once_a_second(pace: Pace, clock: ManualClock) -> None:
    sent = await send(pace, clock, ["1", "2"] * 10)
    for chat in ("1", "2"):
        assert most_within([at for at, to in sent if to == chat], 1.0) == 1


async def test_a_group_is_written_to_twenty_times_a_minute(pace: Pace, clock: ManualClock) -> None:
    sent = await send(pace, clock, ["-5"] * 45)
    assert most_within([at for at, _ in sent], 60.0) == 20
    # A person is not held to that.
    sent = await send(pace, clock, ["5"] * 45)
    assert most_within([at for at, _ in sent], 60.0) > 40


async def test_all_chats_together_get_thirty_a_second(pace: Pace, clock: ManualClock) -> None:
    sent = await send(pace, clock, [str(number) for number in range(1, 101)])
    assert 20 <= most_within([at for at, _ in sent], 1.0) <= 30


async def test_what_telegram_says_is_obeyed_for_a_chat_and_then_for_all(
    pace: Pace, clock: ManualClock
) -> None:
    assert not pace.refused("1", 30.0)
    ((at, _),) = await send(pace, clock, ["2"])
    assert at < 1
    ((at, _),) = await send(pace, clock, ["1"])
    assert at >= 30
    assert not pace.refused("1", 30.0)
    assert pace.refused("2", 30.0)
    ((at, _),) = await send(pace, clock, ["3"])
    assert at >= 60


async def test_a_process_that_ends_waits_for_nothing_long(pace: Pace, clock: ManualClock) -> None:
    pace.refused("1", 30.0)
    pace.end()
    assert await send(pace, clock, ["2", "2"])
    with pytest.raises(NotSent):
        await send(pace, clock, ["1"])
