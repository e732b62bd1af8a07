"""From a configured provider to its backend."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.errors.models import ProviderKeyRefused, ProviderRefused, Unanswered
from bot.paid_path import OpenBackends
from bot.routing.providers import Abilities, Provider
from bot.settings.model import load_settings
from tests.models.replies import Reply
from tests.models.server import KEY, ModelServer
from tests.models.shapes import MOVE, Move, asks


@pytest.fixture
async def backends(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OpenBackends]:
    monkeypatch.setenv("HOUSE_API_KEY", KEY)
    made = OpenBackends(load_settings(models={"hosts": ("127.0.0.1",)}))
    yield made
    await made.close()
    await made.close()


@pytest.fixture
def house(server: ModelServer) -> Provider:
    return Provider("house", "compatible", ("m",), f"{server.root}/v1", "env:HOUSE_API_KEY")


async def test_a_provider_is_asked_as_it_is_configured(
    backends: OpenBackends, server: ModelServer, house: Provider
) -> None:
    old = replace(house, abilities=Abilities("json", "max_completion_tokens"))
    server.say(Reply(MOVE.model_dump_json()))
    answer = await (await backends.of(old)).ask(asks(answer=Move))
    assert answer.value == MOVE
    sent = server.calls[0].body
    assert (sent["response_format"], sent["max_completion_tokens"]) == (
        {"type": "json_object"},
        64,
    )


async def test_one_provider_has_one_backend_from_many_tasks(
    backends: OpenBackends, house: Provider
) -> None:
    opened = await asyncio.gather(*(backends.of(house) for _ in range(8)))
    assert len(set(map(id, opened))) == 1
    assert await backends.of(replace(house, name="other")) is not opened[0]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"key_ref": "env:OTHER_API_KEY"}, ProviderKeyRefused),
        ({"key_ref": "env:HOME"}, ProviderKeyRefused),
        ({"base_url": ""}, ProviderRefused),
    ],
)
async def test_what_cannot_be_asked_is_told_without_a_call(
    backends: OpenBackends, house: Provider, changed: dict[str, str], error: type[Unanswered]
) -> None:
    with pytest.raises(error) as caught:
        await backends.of(replace(house, **changed))  # type: ignore[arg-type]  # texts all three
    assert not caught.value.may_be_charged


async def test_a_key_that_was_changed_counts_from_the_next_call_on(
    backends: OpenBackends, house: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await backends.of(house)
    assert await backends.of(house) is first
    monkeypatch.setenv(house.key_ref.removeprefix("env:"), "sk-another")
    second = await backends.of(house)
    assert second is not first
    assert await backends.of(house) is second


async def test_a_host_that_is_not_allowed_is_no_fault_of_the_key(backends: OpenBackends) -> None:
    away = Provider("away", "compatible", ("m",), base_url="https://models.example.com/v1")
    with pytest.raises(ProviderRefused):
        await backends.of(away)
