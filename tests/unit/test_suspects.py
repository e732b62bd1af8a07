"""Turns beside each other, and one by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from bot.tasks import TaskGroup, wait_for
from bot.turns.suspects import LONGEST_S, STANDING_S, Suspects


class Turns:
    """Turns that end when they are told to."""

    def __init__(self) -> None:
        self.running: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}
        self._tasks = TaskGroup()

    def begin(self, name: str, place: Callable[[], AbstractAsyncContextManager[None]]) -> None:
        self._ends[name] = asyncio.Event()

        async def take() -> None:
            async with place():
                self.running.append(name)
                await self._ends[name].wait()
                self.running.remove(name)

        self._tasks.start(take(), name=name)

    async def end(self, *names: str) -> None:
        for name in names:
            self._ends[name].set()
        await settle()

    async def join(self) -> None:
        for end in self._ends.values():
            end.set()
        await self._tasks.join()


async def settle() -> None:
    """Let every task go on as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_one_by_itself_waits_for_those_that_run_and_others_wait_for_it() -> None:
    suspects, turns = Suspects(standing_s=0.0), Turns()
    turns.begin("ana", suspects.beside_others)
    turns.begin("ben", suspects.beside_others)
    turns.begin("suspect", suspects.alone)
    await settle()
    turns.begin("late", suspects.beside_others)
    await settle()
    assert turns.running == ["ana", "ben"]
    await turns.end("ana")
    assert turns.running == ["ben"]
    await turns.end("ben")
    assert turns.running == ["suspect"]
    await turns.end("suspect")
    assert turns.running == ["late"]
    await turns.join()


async def test_two_by_themselves_come_one_after_the_other() -> None:
    suspects, turns = Suspects(standing_s=0.0), Turns()
    for name in ("one", "two"):
        turns.begin(name, suspects.alone)
    await settle()
    assert turns.running == ["one"]
    await turns.end("one")
    assert turns.running == ["two"]
    await turns.join()
    turns.begin("after", suspects.beside_others)
    await settle()
    assert turns.running == ["after"]
    await turns.join()


async def test_a_slow_one_by_itself_holds_the_others_up_only_for_so_long() -> None:
    patience: list[asyncio.Event] = []

    async def wait(event: asyncio.Event, seconds: float) -> None:
        assert seconds == LONGEST_S
        over = asyncio.Event()
        patience.append(over)
        first = [asyncio.ensure_future(x.wait()) for x in (event, over)]
        _, rest = await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        for waiting in rest:
            waiting.cancel()

    suspects, turns = Suspects(standing_s=0.0, wait=wait), Turns()
    turns.begin("suspect", suspects.alone)
    await settle()
    patience[-1].set()
    await settle()
    turns.begin("ana", suspects.beside_others)
    await settle()
    assert turns.running == ["suspect"]
    patience[-1].set()
    await settle()
    assert turns.running == ["suspect", "ana"]
    await turns.join()


async def test_a_turn_that_fails_leaves_the_door_as_it_was() -> None:
    suspects, turns = Suspects(standing_s=0.0, wait=wait_for), Turns()
    for place in (suspects.beside_others, suspects.alone):
        try:
            async with place():
                raise ValueError("a bug")
        except ValueError:
            pass
    turns.begin("suspect", suspects.alone)
    await settle()
    assert turns.running == ["suspect"]
    await turns.join()


async def test_only_a_process_that_has_stood_for_a_while_takes_the_first_by_itself() -> None:
    waited: list[float] = []
    stands = asyncio.Event()

    async def wait(event: asyncio.Event, seconds: float) -> None:
        waited.append(seconds)
        if seconds == STANDING_S:
            await stands.wait()

    suspects, turns = Suspects(wait=wait), Turns()
    turns.begin("suspect", suspects.alone)
    await settle()
    turns.begin("ana", suspects.beside_others)
    await settle()
    assert turns.running == ["ana"]
    await turns.end("ana")
    stands.set()
    await settle()
    assert turns.running == ["suspect"]
    await turns.end("suspect")
    turns.begin("second", suspects.alone)
    await settle()
    assert turns.running == ["second"]
    assert waited.count(STANDING_S) == 1
    await turns.join()
