"""What Bursar does by itself, seen and changed in the chat."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta

import pytest

from bot.ids import PrincipalId
from bot.ports import Tx
from bot.schedules.model import Plan, Run, Schedule, plan
from bot.schedules.recurrence import daily
from scheduler.jobs.kinds import ensure_company_plans
from scheduler.kinds import quick
from scheduler.runs import Runs
from tests.turns.chat import ACME, Chat

DAY = timedelta(days=1)


@pytest.fixture
async def planned(chat: Chat) -> Chat:
    """The company's own plans, and a digest for Ana."""
    await chat.database.write(ensure_company_plans)
    wanted = Plan(
        kind="digest", rule=daily(time(9)), zone="Europe/Madrid", owner_id=PrincipalId("ana")
    )
    await chat.database.write(lambda tx: plan(tx, wanted), tenant=ACME)
    return chat


async def look(chat: Chat, kind: str = "ledger_check") -> Schedule:
    found = await chat.database.read(lambda tx: tx.schedules.find(kind), tenant=ACME)
    assert found is not None
    return found


def done(tx: Tx, run: Run) -> str:
    return "sound"


async def test_everybody_sees_their_own_and_who_looks_after_it_the_companys(
    planned: Chat,
) -> None:
    own = await planned.say("ana", "schedules")
    assert "the digest" in own
    assert "Thu 19 Nov, 09:00" in own
    assert "not yet" in own
    assert "ledger" not in own
    assert await planned.say("frank", "/schedules") == "I do nothing by myself for you."
    everything = await planned.say("elena", "what do you do by yourself?")
    assert "the ledger check (company)" in everything
    assert "the digest" not in everything
    assert "la revisión del libro mayor" not in await planned.say("carla", "programaciones")
    nothing = "No hago nada por mi cuenta para ti."
    assert await planned.say("carla", "¿qué haces tú solo?") == nothing
    assert await planned.say("carla", "mis horarios") == nothing


async def test_one_is_paused_resumed_and_taken_back_by_who_may(planned: Chat) -> None:
    card = await planned.say("elena", "pause the ledger check")
    assert "let the ledger check rest" in card
    assert "Comes next: Thu 19 Nov, 04:10" in card
    assert "rests" in await planned.say("elena", "yes")
    assert (await look(planned)).state == "paused"
    assert "rests" in await planned.say("elena", "schedules")
    assert "already" in await planned.say("elena", "pause the ledger check")
    assert "have the ledger check done again" in await planned.say(
        "elena", "resume the ledger check"
    )
    assert "Next: Thu 19 Nov, 04:10" in await planned.say("elena", "yes")
    await planned.say("elena", "undo")
    await planned.say("elena", "yes")
    assert (await look(planned)).state == "paused"


async def test_a_paused_one_is_not_done_and_not_made_up_for(planned: Chat) -> None:
    await planned.say("elena", "pause the ledger check")
    await planned.say("elena", "yes")
    planned.clock.advance(3 * DAY)
    runs = Runs(planned.database, {"ledger_check": quick(done)})
    await runs.tick()
    await runs.idle()
    await planned.say("elena", "/resume_schedule the ledger check")
    await planned.say("elena", "yes")
    await runs.tick()
    await runs.idle()
    assert (await look(planned)).last_at is None


async def test_nobody_changes_what_is_the_companys_or_another_persons(planned: Chat) -> None:
    for who in ("ana", "carla"):
        await planned.say(who, "pause the ledger check")
        await planned.say(who, "yes")
    answer = await planned.say("ben", "run the ledger check now")
    assert "look after what I do by myself" in answer
    assert "no such thing" in await planned.say("ben", "pause my digest")
    await planned.say("elena", "pause the digest")
    await planned.say("elena", "yes")
    assert (await look(planned)).state == (await look(planned, "digest")).state == "active"


async def test_one_is_done_now_once_however_often_it_is_asked_for(planned: Chat) -> None:
    answer = await planned.say("elena", "run the ledger check now")
    assert "I begin with the ledger check now" in answer
    assert "begin" not in await planned.say("elena", "run the ledger check now")
    runs = [Runs(planned.database, {"ledger_check": quick(done)}) for _ in range(3)]
    await asyncio.gather(*(one.tick() for one in runs))
    for one in runs:
        await one.idle()
    assert "all in order, Wed 18 Nov, 13:00" in await planned.say("elena", "schedules")


async def test_one_is_named_by_its_reference_too(planned: Chat) -> None:
    ref = (await look(planned, "digest")).id[-6:]
    await planned.say("ana", f"pause schedule {ref}")
    await planned.say("ana", "yes")
    assert (await look(planned, "digest")).state == "paused"
    assert "have the digest done again" in await planned.say("ana", f"/resume_schedule {ref}")


async def test_a_command_without_a_name_asks(planned: Chat) -> None:
    assert "I'm not sure" in await planned.say("elena", "/run")
    assert "Draft" not in await planned.say("elena", "/pause_schedule whatever")
