"""Whoever writes too fast gets a pause: told once, swallowed after that, over by itself."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from bot.clock import ManualClock
from bot.cooldowns import Pace
from bot.ids import PrincipalId
from bot.messages import InboundMessage
from bot.running import App
from storage.database import Database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, Chat, limits, make_company

PACE = Pace(messages=4, writes=2)


def link(tx: SqlTx) -> None:
    """Give everybody an account on Slack."""
    make_company(tx)
    for person in tx.people.list_all():
        tx.people.link(person.id, "slack", "bot", person.handle)


@pytest.fixture
async def chat(database: Database, clock: ManualClock) -> AsyncIterator[Chat]:
    await database.write(link)
    app = App(database, clock, replace(limits(), pace=PACE))
    app.workers.start()
    chat = Chat(app, database, clock)
    for platform in ("terminal", "slack"):
        app.add_channel(platform, chat.send)
    yield chat
    await app.stop()


async def test_too_many_messages_are_told_once_and_then_swallowed(chat: Chat) -> None:
    for _ in range(4):
        assert "Design" in await chat.write("slack", "ana", "what's left for design?")
    told = await chat.write("slack", "ana", "what's left for design?")
    assert told == (
        "More than 4 messages in 1 min: you are on a short pause. Nothing was changed. "
        "It ends by itself on Wed 18 Nov, 13:05 (in 5 min); until then I answer nothing more, "
        "but buttons of cards that are open still work."
    )
    for _ in range(6):
        assert await chat.write("slack", "ana", "what's left for design?") == ""
    assert "Design" in await chat.write("slack", "ben", "what's left for design?")
    chat.clock.advance(timedelta(minutes=5))
    assert "Design" in await chat.write("slack", "ana", "what's left for design?")
    why = await chat.write("slack", "ana", "why?")
    assert "at most 4 in 1 min" in why


async def test_too_many_changes_do_nothing_more(chat: Chat) -> None:
    for order in ("remind me to call Ben tomorrow at 10", "ask for 20 for design until friday"):
        assert "Draft" in await chat.write("slack", "ana", order)
    token = chat.buttons_on("slack", "ana")["yes"]
    told = await chat.write("slack", "ana", "remind me to pay the bill tomorrow at 10")
    assert "More than 2 changes begun in 10 min" in told
    # What was drafted before stays, and its buttons work.
    assert "Sent to Ben" in await chat.write("slack", "ana", button=token)
    assert await chat.write("slack", "ana", "yes") == ""


async def test_a_question_that_waits_goes_on_waiting(chat: Chat) -> None:
    assert "?" in await chat.write("slack", "ana", "ask for more for design until friday")
    for _ in range(4):
        await chat.write("slack", "ana", "what's left for design?")
    await chat.write("slack", "ana", "200")
    chat.clock.advance(timedelta(minutes=5))
    place = await chat.database.read(
        lambda tx: tx.conversations.find("slack", "dm-ana", "", PrincipalId("ana")),
        tenant=ACME,
    )
    assert place is not None
    assert place.refusal is not None


async def test_the_terminal_is_nobodys_flood(chat: Chat) -> None:
    for _ in range(12):
        assert "Design" in await chat.say("ana", "what's left for design?")


async def test_what_waited_while_bursar_was_away_is_no_flood(chat: Chat) -> None:
    sent_at = chat.clock.now() - timedelta(minutes=6)
    before = len(chat.sent)
    for number in range(12):
        message = InboundMessage(
            platform="slack",
            account="bot",
            key=f"old{number}",
            chat="dm-ana",
            external_id="ana",
            text="what's left for design?",
            sent_at=sent_at,
        )
        await chat.app.receive(message)
    await chat.app.settled()
    assert len(chat.sent) - before == 12


async def test_a_pause_holds_in_every_chat_and_after_a_restart(
    chat: Chat, clock: ManualClock
) -> None:
    for number in range(5):
        await chat.write("slack", "ana", "what's left for design?", group=f"c{number}")
    await chat.app.stop()
    app = App(chat.database, clock, replace(limits(), pace=PACE))
    app.workers.start()
    # Keys go on where the first one's ended: they are no copies.
    again = Chat(app, chat.database, clock, _numbers=count(100))
    app.add_channel("slack", again.send)
    assert await again.write("slack", "ana", "what's left for design?", group="c9") == ""
    clock.advance(timedelta(minutes=5))
    assert "Design" in await again.write("slack", "ana", "what's left for design?", group="c9")
    await app.stop()
