"""A name that nobody has is asked about with what is like it: nothing is guessed in its place."""

from __future__ import annotations

import pytest

from tests.turns.chat import ACME, Chat
from tests.turns.test_bad_input import changes

ORDERS = [
    ("elena", "set nosuch's limit to 50"),
    ("elena", "raise nosuch by 20"),
    ("elena", "give nosuch 20 more"),
    ("elena", "move 5 from nosuch to design"),
    ("elena", "move 5 from design to nosuch"),
    ("elena", "rename nosuch to Foo"),
    ("elena", "close nosuch"),
    ("elena", "warn nosuch at 70 and 90 %"),
    ("elena", "make ana lead of nosuch"),
    ("elena", "make nosuch lead of design"),
    ("ana", "ask for 5 more for nosuch"),
    ("ana", "ask for 5 more for nosuch until friday"),
    ("ana", "ask for 5 more for Nosuch Ops"),
    ("carla", "fija el límite de nosuch en 50"),
    ("carla", "sube nosuch 20"),
    ("carla", "mueve 5 de nosuch a design"),
    ("carla", "mueve 5 de design a nosuch"),
    ("carla", "pide 5 más para nosuch"),
    ("carla", "haz a nosuch líder de design"),
    ("elena", "lower nosuch by 50"),
    ("elena", "/raise nosuch 50"),
    ("elena", "/raise 50 nosuch"),
    ("elena", "/limit nosuch 50"),
    ("elena", "/move 5 nosuch design"),
    ("elena", "/rename nosuch to Foo"),
    ("elena", "/role nosuch lead of design"),
    ("carla", "que el límite de nosuch sea 50"),
]


async def drafted(chat: Chat, who: str) -> str:
    """Return the calls of the one draft that waits for somebody, empty if none does."""

    def read(tx: object) -> str:
        place = tx.conversations.find("terminal", "terminal", "", who)  # type: ignore[attr-defined]
        waiting = tx.proposals.list_open_here(place.id) if place else []  # type: ignore[attr-defined]
        return "".join(one.calls for one in waiting)

    return await chat.database.read(read, tenant=ACME)


@pytest.mark.parametrize(("who", "text"), ORDERS)
async def test_an_order_with_an_unknown_name_asks_about_it(
    chat: Chat, who: str, text: str
) -> None:
    before = await changes(chat)
    answer = await chat.say(who, text)
    assert "nosuch" in answer.lower(), answer
    assert "?" in answer
    assert await changes(chat) == before


@pytest.mark.parametrize(("who", "text"), ORDERS)
async def test_it_leaves_an_open_draft_as_it_was(chat: Chat, who: str, text: str) -> None:
    await chat.say(who, "mueve 7 de data a design" if who == "carla" else "ask for 7 for launch")
    draft = await drafted(chat, who)
    assert draft
    answer = await chat.say(who, text)
    assert "nosuch" in answer.lower(), answer
    assert await drafted(chat, who) == draft


READS = [
    "what has nosuch spent?",
    "how much did nosuch spend last week?",
    "how much is left for nosuch?",
    "balance of nosuch",
    "nosuch's balance",
    "what's left in the nosuch wallet",
    "forecast for nosuch",
    "when will nosuch run out?",
    "why is nosuch's limit so low?",
    "who is in nosuch?",
    "top spenders of nosuch",
    "requests of nosuch",
    "chart of nosuch",
    "show the wallets of nosuch",
    "accounts of nosuch",
    "anything unusual in nosuch?",
    "¿cuánto ha gastado nosuch?",
    "¿cuánto gastó nosuch este mes?",
    "¿cuánto le queda a nosuch?",
    "saldo de nosuch",
]


@pytest.mark.parametrize("text", READS)
async def test_a_question_about_an_unknown_name_is_answered_about_nobody_else(
    chat: Chat, text: str
) -> None:
    answer = await chat.say("ana", text)
    assert "“nosuch”" in answer or "«nosuch»" in answer, answer
    assert "$" not in answer


async def test_the_answer_to_it_is_shown(chat: Chat) -> None:
    await chat.say("ana", "what has nosuch spent last week?")
    assert "Design spent nothing" in await chat.say("ana", "design")


@pytest.mark.parametrize("text", ["how much is left in euros?", "what did we spend in total?"])
async def test_what_is_no_name_is_not_asked_about(chat: Chat, text: str) -> None:
    assert "Which wallet" not in await chat.say("ana", text)
