"""Each provider whose key is there, asked for real.

    OPENAI_API_KEY=... ANTHROPIC_API_KEY=... make live

A compatible server is asked where BURSAR_TEST_LIVE_URL and BURSAR_TEST_LIVE_MODEL name one, with
the key in BURSAR_TEST_LIVE_KEY if it wants one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Literal

import pytest
from pydantic import BaseModel

from adapters.models.endpoint import Endpoint
from adapters.models.opening import open_backend
from bot.errors.models import ProviderKeyRefused, Unanswered
from bot.model_keys import has_key, read_key
from bot.models import ModelBackend, ModelMessage, ModelRequest, TimeOuts
from bot.routing.hosts import USUAL_URLS
from bot.routing.providers import ProviderKind
from bot.settings.model import find_variable, load_settings
from tests.models.shapes import Plan

pytestmark = pytest.mark.live


@dataclass(frozen=True, slots=True)
class Live:
    """A provider that can be asked."""

    kind: ProviderKind
    endpoint: Endpoint
    model: str


def usual(kind: Literal["openai", "anthropic"]) -> Live | None:
    settings, key_ref = load_settings(), f"env:{kind.upper()}_API_KEY"
    if not has_key(key_ref, settings):
        return None
    base_url = USUAL_URLS[kind]
    model = {"openai": "gpt-5-mini", "anthropic": "claude-haiku-4-5"}[kind]
    return Live(kind, Endpoint(kind, base_url, read_key(key_ref, settings)), model)


def compatible() -> Live | None:
    base_url = find_variable("BURSAR_TEST_LIVE_URL")
    model = find_variable("BURSAR_TEST_LIVE_MODEL")
    if not (base_url and model):
        return None
    endpoint = Endpoint("compatible", base_url, find_variable("BURSAR_TEST_LIVE_KEY"))
    return Live("compatible", endpoint, model)


def find(kind: ProviderKind) -> Live | None:
    return compatible() if kind == "compatible" else usual(kind)


KINDS: tuple[ProviderKind, ...] = ("openai", "anthropic", "compatible")


def test_there_is_somebody_to_ask() -> None:
    assert [kind for kind in KINDS if find(kind)], "set OPENAI_API_KEY or ANTHROPIC_API_KEY"


@pytest.fixture(params=KINDS)
def live(request: pytest.FixtureRequest) -> Live:
    found = find(request.param)
    if found is None:
        pytest.skip("no key")
    return found


@pytest.fixture
async def backend(live: Live) -> AsyncIterator[ModelBackend]:
    opened = await open_backend(live.kind, live.endpoint)
    yield opened
    await opened.close()


def asks(
    live: Live, text: str, *, answer: type[BaseModel] | None = None, most_tokens: int = 4000
) -> ModelRequest:
    ours = ModelMessage("system", "You turn a wish into a plan. Amounts are in dollars.")
    return ModelRequest(
        live.model,
        (ours, ModelMessage("user", text)),
        most_tokens,
        answer,
        TimeOuts(connect_s=10.0, first_byte_s=60.0, total_s=90.0),
    )


async def test_it_answers_and_tells_its_usage(live: Live, backend: ModelBackend) -> None:
    answer = await backend.ask(asks(live, "Say hello in one word."))
    assert (bool(answer.text), answer.ending) == (True, "done")
    assert answer.usage is not None


async def test_it_answers_in_the_wanted_shape(live: Live, backend: ModelBackend) -> None:
    answer = await backend.ask(asks(live, "move 12.50 to ben", answer=Plan))
    assert isinstance(answer.value, Plan), answer.text
    assert answer.value.actions


async def test_it_stops_at_the_bound(live: Live, backend: ModelBackend) -> None:
    answer = await backend.ask(asks(live, "Count to a thousand.", most_tokens=16))
    assert (answer.ending, answer.value) == ("cut", None)


async def test_a_wrong_key_is_told(live: Live) -> None:
    if not live.endpoint.key:
        pytest.skip("takes no key")
    opened = await open_backend(live.kind, replace(live.endpoint, key="sk-wrong"))
    with pytest.raises(ProviderKeyRefused):
        await opened.ask(asks(live, "hello"))
    await opened.close()


async def test_a_model_that_does_not_exist_is_told(live: Live, backend: ModelBackend) -> None:
    with pytest.raises(Unanswered) as caught:
        await backend.ask(replace(asks(live, "hello"), model="no-such-model"))
    assert (caught.value.passes, caught.value.may_be_charged) == (False, False)
