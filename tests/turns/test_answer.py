"""Waiting for what a delivery does: the first one, its copies, and another instance's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.running import App
from bot.turns.steps import Delivery
from bot.turns.turn import TurnOutcome, Turns
from tests.turns.chat import Chat


class Gate:
    """Lets no turn begin until it is opened."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.opened = asyncio.Event()


@pytest.fixture
async def gate(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gate]:
    made = Gate()
    take = Turns.take

    async def wait(turns: Turns, delivery: Delivery) -> TurnOutcome:
        made.began.set()
        await made.opened.wait()
        return await take(turns, delivery)

    monkeypatch.setattr(Turns, "take", wait)
    yield made
    made.opened.set()


async def test_a_copy_waits_for_the_turn_of_the_first(chat: Chat, gate: Gate) -> None:
    message = chat.message("ana", "balance")
    first = asyncio.ensure_future(chat.app.answer(message, within_s=60))
    await gate.began.wait()
    copies = [asyncio.ensure_future(chat.app.answer(message, within_s=60)) for _ in range(8)]
    # As many trips to the database as a copy makes before it waits.
    for _ in range(3):
        await chat.database.read(lambda tx: tx.inbox.depth())
        assert not any(each.done() for each in (first, *copies))
    gate.opened.set()
    assert await asyncio.gather(first, *copies) == [True] * 9
    await chat.app.settled()
    assert len(chat.sent) == 1
    assert chat.app._awaited == {}


async def test_a_copy_waits_for_one_that_nobody_waited_for(chat: Chat, gate: Gate) -> None:
    message = chat.message("ana", "balance")
    assert await chat.app.receive(message)
    copy = asyncio.ensure_future(chat.app.answer(message, within_s=60))
    await gate.began.wait()
    gate.opened.set()
    assert await copy
    assert await chat.app.answer(message, within_s=60)


async def test_whoever_waits_too_long_is_told(chat: Chat, gate: Gate) -> None:
    message = chat.message("ana", "balance")
    assert not await chat.app.answer(message, within_s=0)
    assert not await chat.app.answer(message, within_s=0)
    gate.opened.set()
    await chat.app.settled()
    assert await chat.app.answer(message, within_s=0)
    assert chat.app._awaited == {}


async def test_a_copy_of_what_another_instance_has_is_done_when_that_is(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = chat.message("ana", "balance")
    row_id = await chat.database.write(lambda tx: tx.inbox.accept(message, "elsewhere"))
    assert row_id is not None
    assert not await chat.app.answer(message, within_s=0)
    look = App._is_finished

    async def end_after_the_look(app: App, row: int) -> bool:
        found = await look(app, row)
        await chat.database.write(lambda tx: tx.inbox.finish(row, "elsewhere"))
        return found

    monkeypatch.setattr(App, "_is_finished", end_after_the_look)
    assert await chat.app.answer(message, within_s=0)
