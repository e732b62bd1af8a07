"""Plans of people: what each may ask and begin in a day, and how far back they may look."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.allowances import Allowance, Allowances
from bot.clock import ManualClock
from bot.ids import PrincipalId
from bot.running import App
from storage.database import Database
from tests.turns.chat import ACME, USD, Chat, limits, make_company, spend

BASIC = Allowance("basic", 5, 2, 30)
PREMIUM = Allowance("premium", 20, 20, 365)


@pytest.fixture
async def chat(database: Database, clock: ManualClock) -> AsyncIterator[Chat]:
    """A company whose plans are small, with Carla on the larger one."""
    await database.write(make_company, tenant=ACME)
    await database.write(
        lambda tx: tx.people.set_plan(PrincipalId("carla"), "premium", expected=None),
        tenant=ACME,
    )
    app = App(database, clock, replace(limits(), allowances=Allowances(BASIC, PREMIUM)))
    app.workers.start()
    chat = Chat(app, database, clock)
    app.add_channel("terminal", chat.send)
    yield chat
    await app.stop()


async def test_one_question_more_than_the_plan_allows_is_refused_until_midnight(
    chat: Chat,
) -> None:
    for _ in range(5):
        assert "Design" in await chat.say("ana", "what's left for design?")
    refused = await chat.say("ana", "what's left for design?")
    assert refused == (
        "You have used up your 5 questions today. Nothing was changed. "
        "You can go on from Thu 19 Nov, 00:00 (in 11 h)."
    )
    chat.clock.advance(timedelta(hours=11) - timedelta(microseconds=1))
    assert "used up" in await chat.say("ana", "what's left for design?")
    chat.clock.advance(timedelta(microseconds=1))
    assert "Design" in await chat.say("ana", "what's left for design?")


async def test_several_questions_at_once_are_refused_together(chat: Chat) -> None:
    for _ in range(4):
        await chat.say("ana", "what's left for design?")
    refused = await chat.say("ana", "what's left for design and will launch make it?")
    assert "That is 2 questions, and of your 5 today 1 are left." in refused
    assert "$" not in refused
    assert "Design" in await chat.say("ana", "what's left for design?")


async def test_help_and_why_count_for_nothing(chat: Chat) -> None:
    for _ in range(5):
        await chat.say("ana", "what's left for design?")
    await chat.say("ana", "what's left for design?")
    assert "used up" not in await chat.say("ana", "help")
    why = await chat.say("ana", "why?")
    assert "the plan basic allows 5 questions a day; 0 were left, 1 asked for" in why


async def test_who_has_used_four_fifths_is_told_once(chat: Chat) -> None:
    answers = [await chat.say("ana", "what's left for design?") for _ in range(5)]
    told = ["You have used 4 of your 5 questions of today." in answer for answer in answers]
    assert told == [False, False, False, True, False]
    assert "The next day begins on Thu 19 Nov, 00:00 (in 11 h)." in answers[3]


async def test_changes_are_counted_when_they_begin_and_answers_are_not(chat: Chat) -> None:
    for _ in range(2):
        assert "Draft" in await chat.say("ana", "ask for 10 more for design until friday")
        assert "Draft" in await chat.say("ana", "make it 20")
        assert "Sent to Ben" in await chat.say("ana", "yes")
    assert "used up your 2 changes" in await chat.say("ana", "ask for 10 for design until friday")
    # Whoever decides what others ask is bounded by how much they ask.
    for _ in range(2):
        await chat.say("ben", button=chat.buttons("ben")["no"])


async def test_a_refused_change_does_not_count(chat: Chat) -> None:
    for _ in range(3):
        await chat.say("frank", "set the limit of data to 900")
    drafted = await chat.say("frank", "quiet hours 22:00 to 7:00")
    assert "Draft" in drafted


async def test_a_question_further_back_than_the_plan_names_its_window(chat: Chat) -> None:
    refused = await chat.say("ana", "what did design spend in September?")
    assert "Your plan, basic, looks back 30 days: to 19 Oct 2026." in refused
    assert "the plan basic looks back 30 days" in await chat.say("ana", "why?")
    assert "19–31 Oct" in await chat.say("ana", "what did design spend from 19 to 31 October?")
    # Only the one that was answered counts.
    assert "1 of 5 questions" in await chat.say("ana", "my quota")
    assert "septiembre" in (await chat.say("carla", "cuánto gastó design en septiembre?")) or (
        "sep" in chat.told("carla")
    )
    assert "mira" not in chat.told("carla")


async def test_a_comparison_does_not_look_behind_the_window(chat: Chat) -> None:
    await chat.database.write(
        lambda tx: spend(tx, "design", "ana", 5 * USD, "gpt-5-mini", "k"), tenant=ACME
    )
    short = await chat.say("ana", "what did design spend from 10 to 18 November by model?")
    assert "9 days before" in short
    long = await chat.say("ana", "what did design spend from 25 October to 18 November by model?")
    assert "before" not in long
