"""The poll of providers and the breaker: what is away is known before anybody waits for it."""

from __future__ import annotations

import asyncio

import pytest

from bot.clock import ManualClock
from bot.errors.models import ProviderKeyRefused, Unanswered
from bot.gateway.metrics import Metrics
from bot.ids import TenantId
from bot.models import TimeOuts
from bot.routing.breaker import Breaker
from bot.routing.health import EVERY_S, HealthPoll, whole
from bot.routing.providers import Provider
from tests.fakes_models import Model

ACME, EAST = TenantId("acme"), TenantId("east")
ONE = Provider("one", "openai", ("small",))
TWO = Provider("two", "openai", ("large",))


class Refusing(Model):
    """A provider that takes no key of ours, and so is there."""

    async def look(self, time_outs: TimeOuts) -> None:
        raise ProviderKeyRefused("", "")


class Place:
    """Two providers, a breaker, and a sleep that counts and ends the poll in the end."""

    def __init__(self, clock: ManualClock) -> None:
        self.models: dict[str, Model] = {"one": Model(), "two": Model()}
        self.breaker = Breaker(clock)
        self.slept: list[float] = []
        self.poll = HealthPoll(self._providers, self._of, self.breaker, self._sleep)

    async def _providers(self) -> dict[Provider, list[TenantId]]:
        return {ONE: [ACME, EAST], TWO: [ACME]}

    async def _of(self, provider: Provider) -> Model:
        return self.models[provider.name]

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if len(self.slept) > 3:
            raise asyncio.CancelledError

    def may_ask(self) -> tuple[bool, bool]:
        return self.breaker.may_ask(whole(ACME, "one")), self.breaker.may_ask(whole(ACME, "two"))


@pytest.fixture
def place(clock: ManualClock) -> Place:
    return Place(clock)


async def test_each_is_looked_at_every_thirty_seconds_and_not_at_once(place: Place) -> None:
    with pytest.raises(asyncio.CancelledError):
        await place.poll.run()
    assert place.slept == [EVERY_S] * 4
    assert [model.looks for model in place.models.values()] == [3, 3]


async def test_what_is_away_three_times_rests_and_comes_back_when_it_answers(
    place: Place,
) -> None:
    place.models["one"].is_away = True
    for _ in range(2):
        await place.poll.look()
    assert place.may_ask() == (True, True)
    await place.poll.look()
    assert place.may_ask() == (False, True)
    # It is the same one for all who ask just that one, and no other of its name.
    assert not place.breaker.may_ask(whole(EAST, "one"))
    assert place.breaker.may_ask(whole(EAST, "two"))
    assert place.breaker.may_ask(whole(TenantId("west"), "one"))
    place.models["one"].is_away = False
    await place.poll.look()
    assert place.may_ask() == (True, True)


async def test_who_refuses_the_key_is_there(place: Place) -> None:
    place.models["one"] = Refusing()
    for _ in range(4):
        await place.poll.look()
    assert place.may_ask() == (True, True)
    with pytest.raises(Unanswered):
        await place.models["one"].look(TimeOuts())


def test_calls_estimates_and_rests_are_in_the_numbers() -> None:
    metrics = Metrics()
    metrics.call_tried("small", "ok", 0.3)
    metrics.call_tried("small", "provider_busy", 0.1)
    metrics.tokens_counted(120, 100)
    metrics.model_rests("small", True)
    text = metrics.as_text().decode()
    assert 'bursar_model_calls_total{model="small",outcome="provider_busy"} 1.0' in text
    assert 'bursar_model_resting{model="small"} 1.0' in text
    assert 'bursar_tokens_estimate_ratio_bucket{le="1.25"} 1.0' in text
    assert "bursar_tokens_estimate_ratio_sum 1.2" in text
