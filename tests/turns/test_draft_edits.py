"""What is said to an open draft: an edit, an order of its own, or nothing that can be taken."""

from __future__ import annotations

import pytest

from tests.turns.chat import Chat
from tests.turns.test_unknown_names import drafted

KEPT = [
    ("make it 250 euros", "250 euros"),
    ("make it €250", "€250"),
    ("make it minus 5", "minus 5"),
    ("make it 0", "“0”"),
    ("make it 250 or 300", "250 or 300"),
    ("make it 10%", "10%"),
    ("until 31 February", "31 February"),
    ("until banana", "banana"),
    ("use nosuch instead", "nosuch"),
    ("for nosuch", "nosuch"),
    ("make it 250 for nosuch", "nosuch"),
    ("250 for nosuch", "nosuch"),
    ("yes #Z9Z9", "#Z9Z9"),
    ("no Z9Z9", "#Z9Z9"),
    ("no, #zzzz", "#ZZZZ"),
    ("cancel Z9Z9", "#Z9Z9"),
    ("Z9Z9 make it 250", "#Z9Z9"),
]


@pytest.mark.parametrize(("text", "named"), KEPT)
async def test_what_cannot_be_taken_is_named_and_the_draft_stays(
    chat: Chat, text: str, named: str
) -> None:
    await chat.say("elena", "raise data by 100")
    draft = await drafted(chat, "elena")
    answer = await chat.say("elena", text)
    assert named in answer, answer
    assert await drafted(chat, "elena") == draft


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("set desing's limit to 50", "set Design's monthly limit to $50.00"),
        ("raise desing by 3", "raise Design's limit by $3.00"),
        ("raise diseño by 3", "raise Design's limit by $3.00"),
        ("raise company / design by 3", "raise Design's limit by $3.00"),
        # What names no other wallet is an edit still.
        ("raise it by 3", "raise Data's limit by $3.00"),
        ("raise by 3", "raise Data's limit by $3.00"),
        ("use diseño instead", "raise Design's limit by $100.00"),
        ("1k", "raise Data's limit by $1,000.00"),
    ],
)
async def test_an_order_in_other_words_for_a_wallet_is_no_edit_of_another(
    chat: Chat, text: str, shown: str
) -> None:
    await chat.say("elena", "balance design")
    await chat.say("elena", "raise data by 100")
    answer = await chat.say("elena", text)
    assert shown in answer, answer


async def test_the_answer_to_a_question_is_no_edit_of_a_draft(chat: Chat) -> None:
    await chat.say("elena", "raise data by 100")
    draft = await drafted(chat, "elena")
    await chat.say("elena", "raise design's budget")
    assert await drafted(chat, "elena") == draft
    assert "raise Design's limit by $30.00" in await chat.say("elena", "30")


async def test_a_yes_after_a_question_is_no_yes_to_a_draft(chat: Chat) -> None:
    await chat.say("elena", "raise data by 100")
    draft = await drafted(chat, "elena")
    await chat.say("elena", "raise nosuch by 5")
    assert "asked something else" in await chat.say("elena", "yes")
    assert await drafted(chat, "elena") == draft
    # "No" forgets the question, and a second one the draft.
    await chat.say("elena", "raise nosuch by 5")
    assert "still waits" in await chat.say("elena", "no")
    assert await drafted(chat, "elena") == draft
    await chat.say("elena", "no")
    assert await drafted(chat, "elena") == ""


async def test_a_yes_names_nobody(chat: Chat) -> None:
    for answer in ("yes", "ok", "please"):
        await chat.say("ana", "ask for 5 more for nosuch")
        assert "Which wallet is “nosuch”?" in await chat.say("ana", answer), answer
    assert "ask for $5.00 for Design" in await chat.say("ana", "mine")


async def test_a_name_takes_the_place_of_the_one_that_was_none(chat: Chat) -> None:
    for order, answer, card in (
        ("raise nosuch by 5", "design", "raise Design's limit by $5.00"),
        ("move 5 from nosuch to design", "from data", "move $5.00 from Data to Design"),
        ("/move 5 from design to design", "data", "move $5.00 from Design to Data"),
        ("make nosuch lead of design", "ana", "make Ana Lima lead of Design"),
        ("/role nosuch lead of design", "ana", "make Ana Lima lead of Design"),
    ):
        assert "?" in await chat.say("elena", order)
        assert card in await chat.say("elena", answer), order
        await chat.say("elena", "no")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/create team Design", "Another wallet has that name"),
        ("create team Design", "Another wallet has that name"),
        ("move 5 from design to design", "where it comes from"),
        ("design +200", "raise design's budget by 200"),
        ("lower design by 50", "What is the limit to be then?"),
        ("double it", "Which wallet?"),
    ],
)
async def test_what_is_wrong_is_said(chat: Chat, text: str, shown: str) -> None:
    assert shown in await chat.say("elena", text)


async def test_a_limit_can_be_said_as_a_wish(chat: Chat) -> None:
    for text in ("que el límite de design sea 600", "quiero que el límite de design sea 600"):
        assert "$600,00" in await chat.say("carla", text)
        await chat.say("carla", "no")


async def test_lowering_beside_a_draft_asks_for_the_limit(chat: Chat) -> None:
    await chat.say("elena", "set data's limit to 700")
    await chat.say("elena", "lower design by 50")
    assert "set Design's monthly limit to $450.00" in await chat.say("elena", "450")


async def test_an_order_is_no_answer_to_which_wallet(chat: Chat) -> None:
    assert "Below which wallet" in await chat.say("elena", "/create Website")
    assert "create the wallet Care below" in await chat.say("elena", "create a team called Care")
    await chat.say("elena", "no")
    await chat.say("elena", "/create Website")
    assert "create the wallet Website below Data" in await chat.say("elena", "data")


async def test_an_answer_takes_the_place_of_what_could_not_be_taken(chat: Chat) -> None:
    for order, answer, card in (
        ("set design's limit to banana", "600", "set Design's monthly limit to $600.00"),
        ("give design €5 more", "5", "raise Design's limit by $5.00"),
        ("/raise design 5 6", "7", "raise Design's limit by $7.00"),
        ("raise design by 5 until banana", "until friday", "until 20 Nov 2026"),
        ("raise design by minus 5", "5", "raise Design's limit by $5.00"),
    ):
        assert "I can't take" in await chat.say("elena", order), order
        assert card in await chat.say("elena", answer), order
        await chat.say("elena", "no")


async def test_a_word_that_is_no_reference_decides_no_request(chat: Chat) -> None:
    await chat.say("ana", "ask for 10 for design")
    await chat.say("ana", "yes")
    for text in ("/approve nosuch", "/reject nosuch"):
        assert "“nosuch” is no reference" in await chat.say("ben", text)
    assert "#" in await chat.say("ben", "open requests")
