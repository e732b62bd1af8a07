"""What is forbidden while a model is asked: no further one is asked against it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.allowances import Allowance, Allowances
from bot.call_books import CallLimits
from bot.completions import Completions
from bot.errors.kinds import BursarError
from bot.errors.models import ModelsPaused, OutsideReach, ProviderFailed, Withheld
from bot.errors.money import WalletClosed
from storage.transaction import SqlTx
from tests.contract.test_completions import Place, place, says
from tests.ledgers import ANA, BEN, TEAM

# The fixture of the paid path, used here too.
__all__ = ["place"]


def _only(host: str) -> Callable[[SqlTx], object]:
    return lambda tx: tx.policy.replace(replace(tx.policy.get(), only_hosts=(host,)))


def _block(tx: SqlTx) -> None:
    tx.policy.replace(replace(tx.policy.get(), personal_data="block"))


async def ask_while(place: Place, change: Callable[[SqlTx], object]) -> BursarError | None:
    """Have the first model fail, after something was changed; return how the call ended."""
    one = place.models["one"]
    one.gate.clear()
    one.answers = [ProviderFailed("one", "small", may_be_charged=True)] * 2
    place.models["two"].answers = [says()]
    asked = asyncio.ensure_future(place.ask("k", shown_under="redact"))
    await one.is_asked.wait()
    await place.company.write(change)
    one.gate.set()
    try:
        await asked
    except BursarError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda tx: tx.providers.set_disabled("two", True), ProviderFailed),
        (_only("api.openai.com"), ProviderFailed),
        (_only("elsewhere.example.com"), OutsideReach),
        (_block, Withheld),
        (lambda tx: tx.policy.pause(ANA), ModelsPaused),
        (lambda tx: tx.wallets.set_closed(TEAM, True), WalletClosed),
    ],
    ids=["disabled", "out of reach", "none in reach", "withheld", "paused", "closed"],
)
async def test_no_further_model_is_asked_against_what_was_forbidden_meanwhile(
    place: Place, change: Callable[[SqlTx], object], error: type[BursarError]
) -> None:
    assert type(await ask_while(place, change)) is error
    assert place.models["two"].asked == []
    # What the first try used is charged, and nothing stays held.
    used, held = await place.team()
    assert (used > 0, held) == (True, 0)
    assert (await place.call("k"))[0] == "failed"


async def test_a_model_that_a_plan_has_lost_meanwhile_is_not_asked(place: Place) -> None:
    both, one = Allowance("basic", 40, 40, 30), Allowance("basic", 40, 40, 30, models=("small",))
    limits = CallLimits(allowances=Allowances(basic=one, premium=both, default="premium"))
    place.completions = Completions(
        place.company.database, place, place.prices, place.clock, limits=limits
    )

    def put_on_basic(tx: SqlTx) -> None:
        assert tx.people.set_plan(BEN, "basic", expected=None)

    assert isinstance(await ask_while(place, put_on_basic), ProviderFailed)
    assert place.models["two"].asked == []


async def test_what_has_nothing_to_do_with_it_stops_no_further_try(place: Place) -> None:
    assert await ask_while(place, lambda tx: tx.providers.set_disabled("one", True)) is None
    assert len(place.models["two"].asked) == 1
