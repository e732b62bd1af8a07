"""What a person's plan says of calls to models: which may be asked, and what one may cost."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.allowances import Allowance
from bot.errors.kinds import Refused
from bot.errors.plans import CallTooDear, NotInPlan
from storage.database import Database
from storage.tables.messages import outbox
from tests.contract.test_completions import Place, place, says
from tests.ledgers import ACME, BEN

__all__ = ["place"]

# A small call may cost 0.0008 dollars and something for its prompt, a large one ten times that.
BASIC = Allowance("basic", 40, 40, 30)
USD = 1_000_000_000


async def nothing_called(place: Place) -> None:
    assert [len(model.asked) for model in place.models.values()] == [0, 0]
    assert await place.team() == (0, 0)
    assert await place.usage() == []


async def test_a_model_that_the_plan_does_not_name_is_not_asked(place: Place) -> None:
    place.completions = place.made(basic=replace(BASIC, models=("two/large",)))
    place.models["two"].answers = [says()]
    # The cheaper one would be first, and the other answers in its place.
    paid = await place.ask()
    assert paid.model.model == "large"
    with pytest.raises(NotInPlan) as caught:
        await place.ask(wanted="small")
    assert caught.value.facts == {"plan": "basic", "model": "small"}
    assert place.models["one"].asked == []


async def test_a_plan_of_no_model_that_there_is_calls_nothing(place: Place) -> None:
    place.completions = place.made(basic=replace(BASIC, models=("elsewhere",)))
    with pytest.raises(NotInPlan):
        await place.ask()
    await nothing_called(place)


async def test_a_call_that_could_cost_more_than_the_plan_lets_it_is_not_made(
    place: Place,
) -> None:
    place.completions = place.made(basic=replace(BASIC, call_ceiling_nanos=USD // 10_000))
    with pytest.raises(CallTooDear) as caught:
        await place.ask()
    assert caught.value.facts["model"] == "small"
    assert caught.value.facts["ceiling_nanos"] == USD // 10_000
    await nothing_called(place)


async def test_dearer_models_fall_away_and_are_not_held_for(place: Place) -> None:
    place.completions = place.made(basic=replace(BASIC, call_ceiling_nanos=USD // 500))
    model = place.models["one"]
    model.answers = [says()]
    model.gate.clear()
    running = asyncio.ensure_future(place.ask())
    await model.is_asked.wait()
    held = (await place.team())[1]
    assert 0 < held <= USD // 500
    model.gate.set()
    assert (await running).model.model == "small"


async def test_the_plan_is_the_one_of_this_moment(place: Place) -> None:
    place.completions = place.made(basic=replace(BASIC, models=("elsewhere",)))
    with pytest.raises(Refused):
        await place.ask()
    await place.company.write(lambda tx: tx.people.set_plan(BEN, "premium", expected=None))
    place.models["one"].answers = [says()]
    assert (await place.ask()).model.model == "small"


async def test_who_has_caused_four_fifths_of_a_days_calls_is_told_once(
    place: Place, database: Database
) -> None:
    place.completions = place.made(calls_per_day=5)
    place.models["one"].answers = [says() for _ in range(12)]
    await asyncio.gather(*(place.ask() for _ in range(12)), return_exceptions=True)
    rows = await database.read(
        lambda tx: tx.connection.rows(select(outbox.c.payload).where(outbox.c.tenant == ACME))
    )
    assert len(rows) == 1
    assert "4 of your 5 model calls" in rows[0]["payload"]
