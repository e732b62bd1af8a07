"""What a crash, a bug, a repeat or a slow database leaves behind, and what becomes of it."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.deciding.answers import CardAnswers
from bot.errors.storage import StorageBusy
from bot.running import App
from bot.turns.orders import Orders
from bot.turns.steps import Delivery
from bot.turns.suspects import Suspects
from bot.turns.turn import TurnOutcome, Turns
from storage.database import Database
from storage.inbox import LEASE_US, MAX_ATTEMPTS
from storage.transaction import SqlTx
from tests.turns.chat import ACME, Chat, limits, make_company


async def test_every_delivery_five_times_and_shuffled_counts_once(chat: Chat) -> None:
    """P2: a request that is delivered again and again is one request."""
    said = [
        chat.message("ana", "ask for 20 more for design until the end of the month"),
        chat.message("ana", "yes"),
        chat.message("ben", "yes"),
    ]
    for message in said:
        await chat.app.receive(message)
        await chat.app.settled()
    again = said * 5
    random.Random(7).shuffle(again)
    answers = len(chat.sent)
    for message in again:
        assert await chat.app.receive(message) is False
    await chat.app.settled()
    assert len(chat.sent) == answers

    def count(tx: SqlTx) -> list[str]:
        return [x.state for x in tx.proposals.list_requests(only_open=False)]

    assert await chat.database.read(count, tenant=ACME) == ["executed"]


async def test_messages_of_a_conversation_are_answered_in_order(chat: Chat) -> None:
    texts = [f"ask for {n} more for design until the end of the month" for n in range(10, 30)]
    await asyncio.gather(*(chat.app.receive(chat.message("ana", text)) for text in texts))
    await chat.app.settled()
    cards = [item.message.text for to, item in chat.sent if item.message.buttons]
    assert len(cards) == 20
    for number, card in enumerate(cards, start=10):
        assert f"${number}.00" in card


async def test_what_was_accepted_before_a_crash_is_answered_after_it(
    database: Database, clock: ManualClock
) -> None:
    await database.write(make_company, tenant=ACME)
    dead = App(database, clock, limits())
    chat = Chat(dead, database, clock)
    # Accepted, acknowledged, and the process is gone before any worker took it.
    assert await dead.receive(chat.message("ana", "balance"))
    clock.advance(timedelta(microseconds=LEASE_US))
    app = App(database, clock, limits())
    app.workers.start()
    app.add_channel("terminal", chat.send)
    assert await app.take_over() == 1
    await app.settled()
    assert "Design" in chat.told("ana")
    await app.stop()


async def test_a_message_that_never_ends_is_given_up_with_an_apology(
    database: Database, clock: ManualClock
) -> None:
    await database.write(make_company, tenant=ACME)
    chat = Chat(App(database, clock, limits()), database, clock)
    await chat.app.receive(chat.message("ana", "balance"))
    for attempt in range(2, MAX_ATTEMPTS + 1):
        clock.advance(timedelta(microseconds=LEASE_US))
        (found,) = await database.write(
            lambda tx: tx.inbox.claim("crashing", count=9, takes_all=False)
        )
        assert found.attempts == attempt
        await database.write(
            lambda tx, one=found: tx.inbox.begin(one.id, "crashing", one.attempts)  # type: ignore[misc]  # bound now
        )
    clock.advance(timedelta(microseconds=LEASE_US))
    app = App(database, clock, limits(), suspects=Suspects(standing_s=0.0))
    app.workers.start()
    app.add_channel("terminal", chat.send)
    assert await app.take_over() == 1
    await app.settled()
    assert chat.sent[-1][1].message.reference
    assert await database.read(lambda tx: tx.inbox.depth()) == 0
    await app.stop()


async def lease_elsewhere(chat: Chat, owner: str = "elsewhere") -> None:
    """Let what waits be taken over by another instance."""
    chat.clock.advance(timedelta(microseconds=LEASE_US))
    found = await chat.database.write(lambda tx: tx.inbox.claim(owner, count=9, takes_all=False))
    assert len(found) == 1


async def test_whoever_lost_a_message_to_another_does_not_give_it_up(
    database: Database, clock: ManualClock
) -> None:
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, limits(), suspects=Suspects(standing_s=0.0))
    app.add_channel("terminal", (chat := Chat(app, database, clock)).send)
    message = chat.message("ana", "balance")
    row_id = await database.write(lambda tx: tx.inbox.accept(message, app._owner))
    assert row_id is not None
    await lease_elsewhere(chat)
    await app._take(Delivery(row_id, message, MAX_ATTEMPTS + 1))
    await app.settled()
    assert chat.sent == []
    # It waits still, and whoever has it answers.
    assert await database.read(lambda tx: tx.inbox.depth()) == 1
    await app.stop()


async def test_a_bug_after_the_message_was_lost_to_another_says_nothing(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        await lease_elsewhere(chat)
        raise ZeroDivisionError

    monkeypatch.setattr(Orders, "prepare", broken)
    assert await chat.say("ana", "balance") == ""
    assert await chat.database.read(lambda tx: tx.inbox.depth()) == 1


class Deadly:
    """A message that ends every process that takes it, so that nothing after it is done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.died = asyncio.Event()
        take = Turns.take

        async def take_or_die(turns: Turns, delivery: Delivery) -> TurnOutcome:
            if delivery.message.text != "die":
                return await take(turns, delivery)
            self.died.set()
            return await asyncio.Future()

        monkeypatch.setattr(Turns, "take", take_or_die)


async def test_what_waits_behind_a_message_that_ends_the_process_is_answered(
    database: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.write(make_company, tenant=ACME)
    deadly = Deadly(monkeypatch)
    chat = Chat(App(database, clock, limits()), database, clock)
    for text in ("die", "balance", "balance"):
        assert await chat.app.receive(chat.message("ana", text))
    for _ in range(MAX_ATTEMPTS - 1):
        clock.advance(timedelta(microseconds=LEASE_US))
        app = App(database, clock, limits(), suspects=Suspects(standing_s=0.0))
        deadly.died.clear()
        app.workers.start()
        assert await app.take_over() == 3
        await deadly.died.wait()
        await app.workers._tasks.cancel()
    clock.advance(timedelta(microseconds=LEASE_US))
    app = App(database, clock, limits(), suspects=Suspects(standing_s=0.0))
    app.workers.start()
    app.add_channel("terminal", chat.send)
    await app.take_over()
    await app.settled()
    first, *rest = chat.sent
    assert first[1].message.reference
    assert ["Design" in item.message.text for _, item in rest] == [True, True]
    await app.stop()


async def test_a_bug_ends_the_message_with_a_reference_and_half_does_nothing(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    await chat.say("ana", "ask for 20 more for design until the end of the month")
    with monkeypatch.context() as patched:
        patched.setattr(CardAnswers, "_act", broken)
        answer = await chat.say("ana", "yes")
    reference = chat.sent[-1][1].message.reference
    assert reference
    assert reference in answer
    # The draft still waits, and the next yes does it.
    assert "Ben Ortiz" in await chat.say("ana", "yes")


async def test_a_database_that_is_away_only_makes_it_later(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = 3
    write = chat.database.write

    async def sometimes(fn: object, **kwargs: object) -> object:
        nonlocal away
        if away and fn.__qualname__.startswith("Turns"):  # type: ignore[attr-defined]  # a lambda
            away -= 1
            error = StorageBusy("away")
            error.retry_after_s = 0.0
            raise error
        return await write(fn, **kwargs)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(chat.database, "write", sometimes)
    assert "Design" in await chat.say("ana", "balance")
    assert away == 0


async def test_a_person_who_writes_much_delays_nobody(chat: Chat) -> None:
    """F30: whoever has just been served goes to the end."""
    for _ in range(300):
        chat.app.workers.add([])
    noisy = [chat.message("ana", "balance") for _ in range(300)]
    await asyncio.gather(*(chat.app.receive(message) for message in noisy))
    before = len(chat.sent)
    await chat.app.receive(chat.message("elena", "balance"))
    await chat.app.settled()
    order = [to for to, _ in chat.sent[before:]]
    assert order.index("elena") < 40


async def test_nobody_known_is_told_what_this_is_and_nothing_of_it(chat: Chat) -> None:
    await chat.app.receive(chat.message("stranger", "balance"))
    await chat.app.settled()
    ((_, item),) = chat.sent
    assert "I don't know this account yet" in item.message.text
    assert "Design" not in item.message.text
    assert await chat.database.read(lambda tx: tx.inbox.depth()) == 0
