"""A further try of a call whose earlier ones are charged: set aside for, or not made."""

import asyncio
from datetime import timedelta

import pytest

from bot.economy.caps import Caps
from bot.errors.models import ProviderFailed
from bot.errors.money import InsufficientFunds
from bot.errors.plans import CostCapReached
from scheduler.jobs.expiry import expire_holds
from storage.verify import verify_ledger
from tests.contract.test_completions import COST, Place, place, says
from tests.contract.test_cost_caps import USD, capped, uses
from tests.fakes_models import Answer
from tests.ledgers import TEAM

# The fixture of the paid path, used here too.
__all__ = ["place"]


def fails() -> Answer:
    return ProviderFailed("one", "small", may_be_charged=True)


async def most_and_first(place: Place) -> tuple[int, int]:
    """Return the most that a call can cost, and what a first try that fails is charged."""
    capped(place, Caps(turn=1))
    with pytest.raises(CostCapReached) as caught:
        await place.ask()
    most = caught.value.facts["needed_nanos"]
    capped(place, Caps())
    place.models["one"].answers = [fails()]
    place.models["two"].answers = [says()]
    paid = await place.ask()
    assert isinstance(most, int)
    return most, paid.cost_nanos - 10 * COST


async def tried(place: Place, *, turn: str = "") -> int:
    """Ask with a first model that fails and a second that answers; return what it cost."""
    place.models["one"].answers = [fails()]
    place.models["two"].answers = [says()]
    return (await place.ask("k", turn=turn)).cost_nanos


async def test_a_further_try_beyond_a_cap_is_not_made(place: Place) -> None:
    most, first = await most_and_first(place)
    asked, used = len(place.models["two"].asked), (await place.team())[0]
    capped(place, Caps(turn=most + first - 1, person_day=USD))
    with pytest.raises(CostCapReached):
        await tried(place)
    assert len(place.models["two"].asked) == asked
    assert await place.team() == (used + first, 0)
    assert (await uses(place))["person_day"] == first


async def test_a_further_try_within_a_cap_is_made_and_counts_with_the_first(place: Place) -> None:
    most, first = await most_and_first(place)
    used = (await place.team())[0]
    capped(place, Caps(turn=most + first, person_day=USD))
    assert await tried(place) == first + 10 * COST
    assert await place.team() == (used + first + 10 * COST, 0)
    assert (await uses(place))["person_day"] == first + 10 * COST
    assert await place.company.read(verify_ledger) == []


@pytest.mark.parametrize("short", [0, 1])
async def test_a_further_try_is_made_only_where_the_wallet_pays_it(
    place: Place, short: int
) -> None:
    most, first = await most_and_first(place)
    used = (await place.team())[0]
    await place.company.limit(TEAM, used + most + first - short)
    if short:
        with pytest.raises(InsufficientFunds):
            await tried(place)
        assert await place.team() == (used + first, 0)
    else:
        assert await tried(place) == first + 10 * COST
        assert await place.team() == (used + first + 10 * COST, 0)
    assert await place.company.read(verify_ledger) == []


async def test_many_at_once_stay_within_a_cap(place: Place) -> None:
    most, first = await most_and_first(place)
    before, one = (await uses(place))["bot_day"], place.models["one"]
    one.asked.clear()
    cap = before + 8 * most + 2 * first
    capped(place, Caps(bot_day=cap))
    one.answers = [fails() for _ in range(8)]
    place.models["two"].answers = [says() for _ in range(8)]
    answers = await asyncio.gather(
        *(place.ask(f"k{number}") for number in range(8)), return_exceptions=True
    )
    assert {type(x) for x in answers if isinstance(x, Exception)} <= {CostCapReached}
    answered = sum(not isinstance(x, Exception) for x in answers)
    assert answered >= 2
    counted = (await uses(place))["bot_day"] - before
    # Who comes later finds the first model resting.
    assert counted == len(one.asked) * first + answered * 10 * COST
    assert len(one.asked) >= 3
    assert (await place.team())[1] == 0
    assert await place.company.read(verify_ledger) == []


async def test_what_was_set_aside_for_a_further_try_expires_with_its_call(place: Place) -> None:
    await most_and_first(place)
    capped(place, Caps(person_day=USD))
    two = place.models["two"]
    two.gate.clear()
    two.is_asked.clear()
    asked = asyncio.ensure_future(tried(place))
    await two.is_asked.wait()
    place.clock.advance(timedelta(minutes=10))
    assert await expire_holds(place.company.database) >= 1
    assert (await place.team())[1] == 0
    used = (await place.team())[0], (await uses(place))["person_day"]
    two.gate.set()
    await asked
    assert ((await place.team())[0], (await uses(place))["person_day"]) == used
    assert await place.company.read(verify_ledger) == []
