"""Commands with what cannot be, and what is said after a question about one."""

from __future__ import annotations

import pytest

from tests.turns.chat import Chat


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("/limit nosuch 50", "Which wallet is “nosuch”? Names like it: Launch."),
        ("/close nosuch", "Which wallet is “nosuch”?"),
        ("/balance nosuch", "Which wallet is “nosuch”?"),
        ("/top nosuch", "Which wallet is “nosuch”?"),
        ("/chart nosuch", "Which wallet is “nosuch”?"),
        ("/people nosuch", "Which wallet is “nosuch”?"),
        ("/move 5 from design to design", "“design” is where it comes from, so"),
        ("/rename design to Design", "That is its name already. Nothing was changed."),
        ("/unrole ana lead of design", "They do not have that role. Nothing was changed."),
        ("/unrole elena owner", "That is the last owner"),
        ("/request -5 for design", "can't take “-5” as an amount"),
        ("/spend of design in 2035", "yet to come"),
        ("/channel webhook 500", "send only alerts from 95 %"),
        ("/test_channel", "test channel webhook"),
        ("/plan ana gold", "put ben on premium"),
        ("/quota nosuch", "Who is “nosuch”?"),
        ("/lift nosuch", "Who is “nosuch”?"),
    ],
)
async def test_a_command_with_what_cannot_be_says_so_and_drafts_nothing(
    chat: Chat, words: str, says: str
) -> None:
    said = await chat.say("elena", words)
    assert says in said
    assert "Draft" not in said


async def test_a_name_alone_answers_which_wallet_was_meant(chat: Chat) -> None:
    await chat.say("elena", "/limit nosuch 50")
    assert "set Data's monthly limit to $50.00" in await chat.say("elena", "data")


async def test_a_name_may_bring_the_next_question(chat: Chat) -> None:
    assert "From which wallet?" in await chat.say("elena", "/move 5")
    assert "To which of these?" in await chat.say("elena", "design")
    assert "move $5.00 from Design to Data" in await chat.say("elena", "data")


async def test_another_order_after_a_question_stands_by_itself(chat: Chat) -> None:
    await chat.say("elena", "/mute nosuch")
    assert "No request waits." in await chat.say("elena", "requests")
    await chat.say("elena", "/channel webhook of design, nosuch")
    said = await chat.say("elena", "send only alerts of desgn to webhook")
    assert "Which wallet is “desgn”?" in said


async def test_a_command_is_no_answer_to_a_question(chat: Chat) -> None:
    await chat.say("elena", "/approve")
    assert "Which request?" in await chat.say("elena", "/reject")
    assert "There is no request #2222." in await chat.say("elena", "/cancel 2222")
