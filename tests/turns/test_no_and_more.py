"""Orders with a word in them that could be a no: they are done, and what waits goes on waiting."""

import pytest

from tests.turns.chat import Chat

ORDERS = [
    ("elena", "mute design", "tell you no alerts"),
    ("elena", "mute only design", "tell you no alerts"),
    ("elena", "personal data: block", "ask no model about a message with personal data"),
    ("carla", "mensajes no entregados", "No puedes ver lo que no llegó"),
    ("carla", "ben ya no es líder de diseño", "No puedes"),
]


@pytest.mark.parametrize(("handle", "text", "told"), ORDERS)
async def test_a_draft_is_not_discarded_by_an_order(
    chat: Chat, handle: str, text: str, told: str
) -> None:
    asked = {"elena": "raise design by 20", "carla": "sube diseño 20"}[handle]
    await chat.say(handle, asked)
    said = await chat.say(handle, text)
    assert told in said, said
    assert "iscarded" not in said
    assert "escartado" not in said


async def test_a_request_is_not_turned_down_by_an_order(chat: Chat) -> None:
    await chat.say("ana", "ask for 20 for design")
    await chat.say("ben", "hello")
    await chat.say("ana", "yes")
    said = await chat.say("ben", "mute design")
    assert "tell you no alerts" in said, said
    assert "reject" not in said.casefold()
    assert "$20.00" in await chat.say("ben", "requests")


@pytest.mark.parametrize(("handle", "text", "told"), ORDERS)
async def test_a_question_is_not_dropped_by_an_order(
    chat: Chat, handle: str, text: str, told: str
) -> None:
    await chat.say(handle, {"elena": "raise launch", "carla": "sube launch"}[handle])
    said = await chat.say(handle, text)
    assert told in said, said


@pytest.mark.parametrize("text", ["no", "no, mute it", "forget it", "undo", "mute", "deny it"])
async def test_a_no_is_still_one(chat: Chat, text: str) -> None:
    await chat.say("elena", "raise design by 20")
    assert "is discarded. Nothing was changed." in await chat.say("elena", text)
