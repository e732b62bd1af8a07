"""What is missing is asked for, once, and an answer goes on where the question left off."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.clock import ManualClock
from bot.ids import PrincipalId
from bot.running import App
from bot.turns.asked import QUESTION_LIFE
from storage.database import Database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat, limits, make_company


async def open_drafts(chat: Chat, handle: str) -> list[str]:
    """Return the references of what waits for a yes where somebody writes in the terminal."""

    def run(tx: SqlTx) -> list[str]:
        place = tx.conversations.find("terminal", "terminal", "", PrincipalId(handle))
        assert place is not None
        return [one.ref for one in tx.proposals.list_open_here(place.id)]

    return await chat.database.read(run, tenant=ACME)


async def test_a_missing_amount_is_asked_for_and_taken(chat: Chat) -> None:
    assert "How much" in await chat.say("ana", "ask for more budget for design")
    assert "$200.00 for Design" in await chat.say("ana", "200")


async def test_the_amount_may_come_with_the_day_until_which(chat: Chat) -> None:
    for handle, asks, answer in (
        ("ana", "ask for more budget for design", "200 until the end of the month"),
        ("ana", "ask for budget for design", "$200 until 30 November"),
        ("carla", "pide más presupuesto para design", "200 hasta fin de mes"),
    ):
        await chat.say(handle, asks)
        card = await chat.say(handle, answer)
        assert "200" in card
        assert "30 nov 2026" in card.lower(), card
        await chat.say(handle, "no")


async def test_one_of_two_people_is_picked_by_number_or_name(chat: Chat) -> None:
    for name in ("Gina Rossi", "Marco Rossi"):
        await chat.say("elena", f"add {name} to data")
        await chat.say("elena", "yes")
    for answer in ("2", "the second one", "Marco Rossi"):
        asked = await chat.say("elena", "make rossi lead of data")
        assert "2. Marco Rossi" in asked, asked
        assert "make Marco Rossi lead of Data" in await chat.say("elena", answer), answer
        await chat.say("elena", "no")


async def test_no_drops_the_question(chat: Chat) -> None:
    await chat.say("ana", "ask for more budget for design")
    assert "forgotten" in await chat.say("ana", "never mind")
    # What follows is not read as an answer any more.
    assert "Draft" not in await chat.say("ana", "200")


IS_OVER = re.compile("again, in one message|en un solo mensaje")
OLD_QUESTIONS = (
    ("ana", "ask for more budget for design", "500", "design"),
    ("ana", "ask for more budget for design", "yes", "design"),
    ("ana", "ask for more budget for design", "no", "design"),
    ("carla", "pide más presupuesto para design", "500", "design"),
    ("elena", "make rossi lead of data", "2", "rossi"),
    ("elena", "make rossi lead of data", "yes", "rossi"),
    ("ana", "remind me", "call Bob", "remind me"),
)


@pytest.mark.parametrize(("handle", "asks", "answer", "about"), OLD_QUESTIONS)
async def test_what_was_asked_long_ago_is_answered_by_nothing(
    chat: Chat, handle: str, asks: str, answer: str, about: str
) -> None:
    for name in ("Gina Rossi", "Marco Rossi"):
        await chat.say("elena", f"add {name} to data")
        await chat.say("elena", "yes")
    await chat.say(handle, asks)
    chat.clock.advance(QUESTION_LIFE)
    told = await chat.say(handle, answer)
    assert about in told, told
    assert IS_OVER.search(told), told
    assert not await open_drafts(chat, handle)
    # It is said once: the question is gone.
    assert not IS_OVER.search(await chat.say(handle, answer))


async def test_a_question_waits_until_its_time_is_over(chat: Chat) -> None:
    await chat.say("ana", "ask for more budget for design")
    chat.clock.advance(QUESTION_LIFE - timedelta(microseconds=1))
    assert "$200.00 for Design" in await chat.say("ana", "200")


async def test_an_order_is_done_beside_what_was_asked_long_ago(chat: Chat) -> None:
    await chat.say("ana", "ask for more budget for design")
    chat.clock.advance(QUESTION_LIFE)
    assert "$500.00" in await chat.say("ana", "balance")


async def test_a_name_alone_asks_by_itself_after_the_question(chat: Chat) -> None:
    await chat.say("elena", "what is left of the web team?")
    chat.clock.advance(QUESTION_LIFE)
    assert "$800.00" in await chat.say("elena", "data")


async def test_a_persons_name_alone_is_taken_by_itself(chat: Chat) -> None:
    for name in ("Gina Rossi", "Marco Rossi"):
        await chat.say("elena", f"add {name} to data")
        await chat.say("elena", "yes")
    await chat.say("elena", "make rossi lead of data")
    chat.clock.advance(QUESTION_LIFE)
    assert "lead of" not in await chat.say("elena", "Marco Rossi")
    assert not await open_drafts(chat, "elena")


async def test_how_long_a_question_waits_can_be_set(
    database: Database, clock: ManualClock
) -> None:
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, replace(limits(), question_life=timedelta(minutes=5)))
    chat = Chat(app, database, clock)
    app.workers.start()
    app.add_channel("terminal", chat.send)
    await chat.say("ana", "ask for more budget for design")
    clock.advance(timedelta(minutes=5))
    told = await chat.say("ana", "200")
    await app.stop()
    assert "too long ago" in told


async def test_what_an_earlier_release_asked_is_answered_by_nothing(chat: Chat) -> None:
    """It was kept without a time."""
    await chat.say("ana", "ask for more budget for design")

    def as_before(tx: SqlTx) -> None:
        tx.connection.run(
            text("UPDATE conversation SET question = :kept"),
            kept='{"code":"which_amount","text":"ask for budget","near":[],"given":"",'
            '"choices":[]}',
        )

    await chat.database.write(as_before)
    assert "too long ago" in await chat.say("ana", "200")


async def test_something_else_is_answered_and_ends_the_question(chat: Chat) -> None:
    await chat.say("ana", "ask for more budget for design")
    assert "$500.00" in await chat.say("ana", "balance")


async def test_a_number_is_no_part_of_a_name(chat: Chat) -> None:
    await chat.say("elena", "add Person 20 to design")
    await chat.say("elena", "yes")
    card = await chat.say("ana", "ask for 20 more for design until the end of the month")
    assert "$20.00 for Design" in card


async def test_a_draft_is_superseded_by_the_next_one(chat: Chat) -> None:
    await chat.say("carla", "mueve 100 de data a design")
    await chat.say("carla", "mueve 50 de design a data")
    old = chat.sent[0][1].message.buttons[0].token
    await chat.say("carla", button=old)
    assert "$50,00" in chat.told("carla") or "versi" in chat.told("carla")


async def test_undo_takes_back_the_last_change_once(chat: Chat) -> None:
    await chat.say("carla", "mueve 100 de data a design")
    await chat.say("carla", "sí")
    await chat.say("carla", "deshaz lo último")
    assert "Deshecho" in await chat.say("carla", "sí")
    again = await chat.say("carla", "deshaz lo último")
    assert "$100,00" not in again


async def test_an_approvers_monthly_cap_holds(database: Database, clock: ManualClock) -> None:
    """A13: many small approvals are one large one."""
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, replace(limits(), approver_month_nanos=250 * USD))
    chat = Chat(app, database, clock)
    app.workers.start()
    app.add_channel("terminal", chat.send)
    answers = []
    for amount in (200, 100):
        await chat.say("ana", f"ask for {amount} more for design until the end of the month")
        await chat.say("ana", "yes")
        answers.append(await chat.say("ben", "yes"))
    await app.stop()
    assert "$700.00" in answers[0]
    assert "$800.00" not in answers[1]
    assert "250" in answers[1]


async def test_what_is_asked_in_between_is_answered_and_the_task_waits(chat: Chat) -> None:
    for handle, start, between, shown, again, answer, kept in (
        ("ana", "remind me", "how much is left?", "$500.00", "Of what?", "to call Bill", "call"),
        ("ana", "remind me", "digest now", "your digest of", "Of what?", "call Bill", "call Bill"),
        (
            "ana",
            "remind me on 31 February to send the invoice",
            "balance",
            "$500.00",
            "When?",
            "tomorrow at 9",
            "send the invoice",
        ),
        ("carla", "recuérdame", "¿cuánto queda?", "Company", "¿De qué?", "llamar a Bob", "llamar"),
    ):
        assert again in await chat.say(handle, start)
        said = await chat.say(handle, between)
        assert "Draft" not in said
        assert "orrador" not in said
        assert shown in said, said
        assert again in said, said
        assert kept in await chat.say(handle, answer)
        await chat.say(handle, "no")


async def test_an_order_in_between_is_done_and_ends_the_question(chat: Chat) -> None:
    for order, drafted in (
        ("digest weekly at 8:30", "on Mondays at 08:30"),
        ("remind me to water the plants tomorrow at 9", "“water the plants” on"),
    ):
        for start in ("remind me", "remind me on 31 February to send the invoice"):
            await chat.say("ana", start)
            card = await chat.say("ana", order)
            assert drafted in card, card
            assert "invoice" not in card
            await chat.say("ana", "no")
            assert "invoice" not in await chat.say("ana", "tomorrow at 9")


async def test_what_somebody_has_to_do_is_an_answer_to_of_what(chat: Chat) -> None:
    for task in ("launch", "the design budget", "raise design by 200", "ask Ben for 200 more"):
        await chat.say("ana", "remind me tomorrow at 9")
        card = await chat.say("ana", task)
        assert f"“{task}” on Thu 19 Nov, 09:00" in card, card
        await chat.say("ana", "no")


async def test_when_is_asked_again_until_a_time_is_said(chat: Chat) -> None:
    await chat.say("ana", "remind me on 31 February to send the invoice")
    assert "When?" in await chat.say("ana", "dunno, you choose")
    card = await chat.say("ana", "tomorrow at 9")
    assert "“send the invoice” on Thu 19 Nov, 09:00" in card
    await chat.say("ana", "no")
    await chat.say("ana", "remind me on 31 February to send the invoice")
    assert "Without a time" in await chat.say("ana", "whenever")


async def test_an_edit_takes_amounts_in_words_days_and_wallets(chat: Chat) -> None:
    for edit, shown in (
        ("make it two hundred and fifty", "ask for $250.00 for Design until 30 Nov 2026"),
        ("make it 2k", "ask for $2,000.00 for Design"),
        ("until friday", "ask for $200.00 for Design until 20 Nov 2026"),
        ("use launch instead", "ask for $200.00 for Launch until 30 Nov 2026"),
        ("250 for launch", "ask for $250.00 for Launch"),
        ("250 for the party", "ask for $250.00 for Design"),
    ):
        await chat.say("ana", "ask for 200 more for design until the end of the month")
        card = await chat.say("ana", edit)
        assert shown in card, card
        await chat.say("ana", "no")
