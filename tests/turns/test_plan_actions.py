"""Administrators put people on plans, give quotas back, end pauses; all see their own."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.allowances import Allowance, Allowances
from bot.clock import ManualClock
from bot.cooldowns import Pace
from bot.ids import PrincipalId
from bot.running import App
from storage.database import Database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, Chat, limits, make_company

PLANS = Allowances(Allowance("basic", 5, 2, 30), Allowance("premium", 12, 20, 365))
ASK = "what's left for design?"


def link(tx: SqlTx) -> None:
    """Give everybody an account on Slack, and put the owner on the larger plan."""
    make_company(tx)
    tx.people.set_plan(PrincipalId("elena"), "premium", expected=None)
    for person in tx.people.list_all():
        tx.people.link(person.id, "slack", "bot", person.handle)


@pytest.fixture
async def chat(database: Database, clock: ManualClock) -> AsyncIterator[Chat]:
    await database.write(link)
    app = App(database, clock, replace(limits(), allowances=PLANS, pace=Pace(messages=4)))
    app.workers.start()
    chat = Chat(app, database, clock)
    for platform in ("terminal", "slack"):
        app.add_channel(platform, chat.send)
    yield chat
    await app.stop()


async def used(chat: Chat, who: str, count: int) -> None:
    for _ in range(count):
        await chat.say(who, ASK)


async def test_a_larger_plan_counts_at_once_and_a_smaller_one_from_tomorrow_on(
    chat: Chat,
) -> None:
    await used(chat, "ana", 5)
    assert "used up" in await chat.say("ana", ASK)
    card = await chat.say("elena", "put ana on premium")
    assert "put Ana Lima on the plan premium" in card
    assert "Plan: basic -> premium" in card
    assert "Ana Lima is on the plan premium now" in await chat.say("elena", "yes")
    assert "You are on the plan premium now" in chat.told("ana")
    for _ in range(7):
        assert "Design" in await chat.say("ana", ASK)
    assert "used up your 12 questions" in await chat.say("ana", ASK)
    await chat.say("elena", "undo")
    await chat.say("elena", "yes")
    assert "You are on the plan basic." in await chat.say("ana", "my plan")
    chat.clock.advance(timedelta(hours=12))
    await used(chat, "ana", 5)
    assert "used up your 5 questions" in await chat.say("ana", ASK)


async def test_going_to_and_fro_adds_once(chat: Chat) -> None:
    await used(chat, "ana", 5)
    for _ in range(2):
        for plan in ("premium", "basic"):
            assert "Plan: " in await chat.say("elena", f"/plan ana {plan}")
            assert "Done" in await chat.say("elena", "yes")
    assert "5 of 12 questions" in await chat.say("elena", "ana's quota")


async def test_a_quota_is_given_back_once(chat: Chat) -> None:
    await used(chat, "ana", 5)
    card = await chat.say("elena", "give ana the quota back")
    assert "give Ana Lima back what is used of today's quota" in card
    assert "Questions: 5 · changes: 0" in card
    token = chat.buttons("elena")["yes"]
    await asyncio.gather(*(chat.say("elena", button=token) for _ in range(8)))
    assert "You have 5 questions and 0 changes more today." in chat.told("ana")
    await used(chat, "ana", 5)
    assert "used up your 10 questions" in await chat.say("ana", ASK)


async def test_nothing_is_given_back_where_nothing_is_used(chat: Chat) -> None:
    assert "has used nothing" in await chat.say("elena", "/give_back ana")


async def test_a_pause_is_seen_and_lifted(chat: Chat) -> None:
    for _ in range(5):
        await chat.write("slack", "ana", ASK)
    assert await chat.write("slack", "ana", ASK) == ""
    seen = await chat.say("elena", "everybody's quota")
    assert seen.splitlines()[1].startswith("Ana Lima")
    assert "pause until Wed 18 Nov, 13:05" in seen
    assert "On a pause until Wed 18 Nov, 13:05 (in 5 min)" in await chat.say("elena", "/quota ana")
    card = await chat.say("elena", "lift the pause of ana")
    assert "It would last until Wed 18 Nov, 13:05 (in 5 min)." in card
    assert "Ana Lima may write again" in await chat.say("elena", "yes")
    assert "Your pause is over" in chat.told("ana")
    assert "Design" in await chat.write("slack", "ana", ASK)
    assert "Ana Lima” is on no pause" in await chat.say("elena", "lift the pause of ana")


async def test_only_administrators_see_and_change_what_is_others(chat: Chat) -> None:
    own = await chat.say("ana", "my quota")
    assert own.startswith("You are on the plan basic.\nToday: 0 of 5 questions")
    for order in (
        "everybody's quota",
        "ben's quota",
        "put ana on premium",
        "give ana the quota back",
        "lift the pause of ana",
    ):
        assert "You may not" in await chat.say("ana", order), order
    assert "Estás en el plan basic." in await chat.say("carla", "mi cupo")


async def test_who_is_on_the_plan_already_is_told_so(chat: Chat) -> None:
    assert "already" in await chat.say("elena", "put ana on basic")


async def test_two_administrators_at_once_change_one_plan_once(chat: Chat) -> None:
    await chat.database.write(
        lambda tx: tx.people.give(PrincipalId("ben"), "admin", None), tenant=ACME
    )
    for who in ("elena", "ben"):
        await chat.say(who, "put ana on premium")
    answers = await asyncio.gather(
        *(chat.say(who, button=chat.buttons(who)["yes"]) for who in ("elena", "ben"))
    )
    assert sum("Done" in answer for answer in answers) == 1
