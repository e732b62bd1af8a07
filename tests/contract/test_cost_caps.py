"""Caps on what models cost: no call is let in that could pass one, however many ask at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.call_books import CallLimits
from bot.completions import Completions
from bot.economy import spending
from bot.economy.caps import Caps, CapUse, own_cost_nanos, read_caps
from bot.errors.kinds import BursarError
from bot.errors.models import (
    ModelsPaused,
    NoModel,
    OutsideReach,
    ProviderBusy,
    ProviderFailed,
    Withheld,
)
from bot.errors.plans import CostCapReached
from bot.routing.providers import Provider
from bot.tokens import TokenUsage
from scheduler.jobs.expiry import expire_holds
from storage.transaction import SqlTx
from storage.verify import verify_ledger
from tests.contract.test_completions import COST, Place, place, says
from tests.ledgers import ANA, BEN

# The fixture of the paid path, used here too.
__all__ = ["place"]
USD = 1_000_000_000


def capped(place: Place, caps: Caps) -> None:
    """Let the place's calls cost so much."""
    place.completions = Completions(
        place.company.database,
        place,
        place.prices,
        place.clock,
        limits=CallLimits(caps=caps),
        sleep=place._sleep,
        chance=lambda: 1.0,
    )


async def uses(place: Place) -> dict[str, int]:
    found: tuple[CapUse, ...] = await place.company.read(lambda tx: read_caps(tx, Caps(), BEN))
    return {use.kind: use.used_nanos for use in found}


async def set_policy(place: Place, **given: object) -> None:
    def change(tx: SqlTx) -> None:
        assert tx.policy.replace(replace(tx.policy.get(), **given))  # type: ignore[arg-type]  # by name

    await place.company.write(change)


async def test_a_call_counts_what_it_came_to(place: Place) -> None:
    capped(place, Caps(USD, USD, USD))
    place.models["one"].answers = [says()]
    await place.ask()
    assert await uses(place) == {"turn": 0, "person_day": COST, "bot_day": COST}


async def test_what_the_bot_costs_in_a_day_is_counted_without_a_cap(place: Place) -> None:
    place.models["one"].answers = [says()] * 9
    await place.ask()
    assert await uses(place) == {"turn": 0, "person_day": 0, "bot_day": COST}
    await asyncio.gather(*(place.ask(turn=f"t{number}") for number in range(8)))
    assert (await uses(place))["bot_day"] == 9 * COST
    today = place.clock.now().date()
    assert await place.company.read(lambda tx: own_cost_nanos(tx, today)) == 9 * COST
    # A cap that is set now knows what was used before.
    capped(place, Caps(bot_day=9 * COST))
    with pytest.raises(CostCapReached) as caught:
        await place.ask()
    assert caught.value.facts["used_nanos"] == 9 * COST


async def test_a_call_that_was_not_charged_gives_all_back(place: Place) -> None:
    capped(place, Caps(USD, USD, USD))
    await place.company.write(lambda tx: tx.providers.set_disabled("two", True))
    place.models["one"].answers = [ProviderBusy("one", "small")] * 2
    with pytest.raises(ProviderBusy):
        await place.ask()
    assert (await uses(place))["bot_day"] == 0


@pytest.mark.parametrize("kind", ["turn", "person_day", "bot_day"])
async def test_a_call_that_could_pass_a_cap_is_not_made(place: Place, kind: str) -> None:
    capped(place, Caps(**{kind: 2 * COST}))
    with pytest.raises(CostCapReached) as caught:
        await place.ask()
    facts = caught.value.facts
    assert facts["cap"] == kind
    assert (facts["limit_nanos"], facts["used_nanos"]) == (2 * COST, 0)
    assert facts["opens_at"] == (None if kind == "turn" else "2026-11-19T00:00:00+00:00")
    assert place.models["one"].asked == []
    assert await place.team() == (0, 0)
    assert await place.usage() == []


async def test_calls_of_one_turn_share_its_cap(place: Place) -> None:
    most = await most_of(place)
    capped(place, Caps(turn=most + COST))
    place.models["one"].answers = [says(), says(), says()]
    await place.ask(turn="t1")
    await place.ask(turn="t1")
    with pytest.raises(CostCapReached):
        await place.ask(turn="t1")
    await place.ask(turn="t2")


async def test_a_day_opens_a_persons_cap_again(place: Place) -> None:
    most = await most_of(place)
    capped(place, Caps(person_day=most))
    place.models["one"].answers = [says(), says(), says()]
    await place.ask()
    with pytest.raises(CostCapReached):
        await place.ask()
    # Somebody else has a cap of their own.
    await place.ask(person_id=ANA)
    place.clock.advance(timedelta(days=1))
    await place.ask()


async def test_a_repeated_call_is_counted_once(place: Place) -> None:
    capped(place, Caps(bot_day=USD))
    place.models["one"].answers = [says()]
    await place.ask("k1")
    with pytest.raises(BursarError):
        await place.ask("k1")
    assert (await uses(place))["bot_day"] == COST


@pytest.mark.parametrize("kind", ["turn", "person_day", "bot_day"])
async def test_many_at_once_never_pass_a_cap(place: Place, kind: str) -> None:
    most = await most_of(place)
    capped(place, Caps(**{kind: 3 * most}))
    place.models["one"].gate.clear()
    place.models["one"].answers = [says()] * 12

    async def ask() -> str:
        try:
            await place.ask(turn="t1")
        except CostCapReached as error:
            return error.code
        return "done"

    asked = [asyncio.ensure_future(ask()) for _ in range(12)]
    # Those that are refused end at once; the rest wait for their answers, all under way.
    for done in asyncio.as_completed(asked):
        assert await done == "cost_cap_reached"
        if sum(task.done() for task in asked) == 9:
            break
    assert len(place.models["one"].asked) <= 3
    place.models["one"].gate.set()
    assert sorted(await asyncio.gather(*asked)) == ["cost_cap_reached"] * 9 + ["done"] * 3
    assert await place.company.read(lambda tx: verify_ledger(tx)) == []


async def test_a_cap_that_is_changed_holds_from_the_next_call_on(place: Place) -> None:
    most = await most_of(place)
    capped(place, Caps(bot_day=10 * most))
    place.models["one"].answers = [says(), says(), says()]
    await place.ask()
    await set_policy(place, caps=Caps(bot_day=COST))
    with pytest.raises(CostCapReached) as caught:
        await place.ask()
    assert caught.value.facts["used_nanos"] == COST
    await set_policy(place, caps=Caps(bot_day=COST + most))
    await place.ask()
    await set_policy(place, caps=Caps())
    await place.ask()
    assert (await uses(place))["bot_day"] == 3 * COST


async def test_what_a_provider_charges_beyond_a_cap_counts_whole(place: Place) -> None:
    most = await most_of(place)
    capped(place, Caps(bot_day=most))
    place.models["one"].answers = [says(usage=TokenUsage(1_000_000, 0))]
    await place.ask()
    assert (await uses(place))["bot_day"] == USD
    with pytest.raises(CostCapReached):
        await place.ask()
    assert await place.company.read(lambda tx: verify_ledger(tx)) == []


async def test_a_call_whose_process_died_counts_its_prompt(place: Place) -> None:
    capped(place, Caps(bot_day=USD))
    place.models["one"].gate.clear()
    place.models["one"].answers = [says()]
    asked = asyncio.ensure_future(place.ask())
    await place.models["one"].is_asked.wait()
    held = (await uses(place))["bot_day"]
    place.clock.advance(timedelta(minutes=5))
    assert await expire_holds(place.company.database) >= 1
    counted = (await uses(place))["bot_day"]
    assert 0 < counted < held
    place.models["one"].gate.set()
    await asked
    assert (await uses(place))["bot_day"] == counted


@pytest.mark.parametrize("cap", [None, USD])
async def test_an_answer_after_midnight_counts_on_the_day_of_its_question(
    place: Place, cap: int | None
) -> None:
    capped(place, Caps(bot_day=cap))
    place.clock.set(datetime(2026, 11, 18, 23, 59, 50, tzinfo=UTC))
    place.models["one"].gate.clear()
    place.models["one"].answers = [says()]
    asked = asyncio.ensure_future(place.ask())
    await place.models["one"].is_asked.wait()
    place.clock.advance(timedelta(seconds=20))
    place.models["one"].gate.set()
    await asked

    def look(tx: SqlTx) -> list[int]:
        return [own_cost_nanos(tx, date(2026, 11, day)) for day in (18, 19)]

    assert await place.company.read(look) == [COST, 0]
    assert (await uses(place))["bot_day"] == 0


async def test_a_call_that_is_settled_after_its_hold_has_expired_counts_under_its_caps(
    place: Place,
) -> None:
    capped(place, Caps(USD, USD, USD))
    place.models["one"].gate.clear()
    place.models["one"].answers = [says()]
    asked = asyncio.ensure_future(place.ask("k"))
    await place.models["one"].is_asked.wait()
    place.clock.advance(timedelta(minutes=5))
    for group in ("k", "k:cap"):
        # As where its call could not be ended at that moment.
        assert await place.company.write(lambda tx, key=group: spending.expire(tx, key))  # type: ignore[misc]  # bound now
    assert (await uses(place))["person_day"] == 0
    place.models["one"].gate.set()
    await asked
    assert await uses(place) == {"turn": 0, "person_day": COST, "bot_day": COST}
    assert await place.company.read(lambda tx: verify_ledger(tx)) == []


async def test_while_models_are_paused_none_is_asked(place: Place) -> None:
    await place.company.write(lambda tx: tx.policy.pause(ANA))
    with pytest.raises(ModelsPaused) as caught:
        await place.ask()
    assert caught.value.facts["by"] == "Ana"
    assert place.models["one"].asked == []
    await place.company.write(lambda tx: tx.policy.resume())
    place.models["one"].answers = [says()]
    await place.ask()


async def test_a_pause_stops_a_call_that_waits_for_its_next_try(place: Place) -> None:
    await place.company.write(lambda tx: tx.providers.set_disabled("two", True))
    place.models["one"].answers = [ProviderFailed("one", "small", may_be_charged=True), says()]

    async def sleep_and_pause(seconds: float) -> None:
        await place.company.write(lambda tx: tx.policy.pause(ANA))

    place.completions._tries._sleep = sleep_and_pause
    with pytest.raises(ModelsPaused):
        await place.ask()
    assert len(place.models["one"].asked) == 1
    # What the first try used is charged, and nothing stays held.
    used, held = await place.team()
    assert used > 0
    assert held == 0


async def test_a_call_under_way_is_settled_in_a_pause(place: Place) -> None:
    place.models["one"].gate.clear()
    place.models["one"].answers = [says()]
    asked = asyncio.ensure_future(place.ask())
    await place.models["one"].is_asked.wait()
    await place.company.write(lambda tx: tx.policy.pause(ANA))
    place.models["one"].gate.set()
    await asked
    assert await place.team() == (COST, 0)


async def test_only_providers_within_reach_are_asked(place: Place) -> None:
    await place.add(Provider("house", "compatible", ("local",), "http://ollama:11434/v1"))
    await set_policy(place, only_hosts=("api.anthropic.com",))
    place.models["two"].answers = [says()]
    assert (await place.ask()).model.provider == "two"
    with pytest.raises(NoModel):
        await place.ask(wanted="small")
    await set_policy(place, only_hosts=(".internal",))
    with pytest.raises(OutsideReach):
        await place.ask()


async def test_a_text_made_ready_by_a_milder_policy_is_withheld(place: Place) -> None:
    await set_policy(place, personal_data="block")
    with pytest.raises(Withheld):
        await place.ask(shown_under="redact")
    place.models["one"].answers = [says()]
    await place.ask(shown_under="block")


async def most_of(place: Place) -> int:
    """Return the most that a call of the cheaper model may cost, as the caps count it."""
    await place.company.write(lambda tx: tx.providers.set_disabled("two", True))
    capped(place, Caps(bot_day=1))
    with pytest.raises(CostCapReached) as caught:
        await place.ask()
    needed = caught.value.facts["needed_nanos"]
    assert isinstance(needed, int)
    return needed
