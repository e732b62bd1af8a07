"""Which models a provider offers, by the real SDKs, and what stands for what in its list."""

from __future__ import annotations

import pytest

from adapters.models.reading import read_models
from bot.errors.models import AnswerBroken, ProviderFailed
from bot.models import ModelBackend, TimeOuts
from bot.routing.lists import is_offered
from tests.models import faults
from tests.models.conftest import OpenFor
from tests.models.server import ModelServer

TIME_OUTS = TimeOuts()


async def test_a_list_comes_back_in_its_order_and_costs_nothing(
    backend: ModelBackend, server: ModelServer
) -> None:
    server.offered = ["small", "models/large", "org/model:free", "small"]
    assert await backend.list_models(TIME_OUTS) == ("small", "models/large", "org/model:free")
    assert (server.looks, server.calls) == (1, [])


async def test_a_list_without_a_name_around_it_is_read_too(
    backend: ModelBackend, server: ModelServer
) -> None:
    server.offered, server.is_bare = ["small"], True
    assert await backend.list_models(TIME_OUTS) == ("small",)


async def test_what_is_no_name_of_a_model_is_left_out(
    backend: ModelBackend, server: ModelServer
) -> None:
    server.offered = ["ok", "", "x" * 101, "<b>bold</b>", "two words", "ok\nYes", "…"]
    assert await backend.list_models(TIME_OUTS) == ("ok",)


async def test_a_list_of_none_is_no_answer(backend: ModelBackend) -> None:
    with pytest.raises(AnswerBroken):
        await backend.list_models(TIME_OUTS)


async def test_a_list_of_many_pages_is_read_to_its_end(
    open_for: OpenFor, server: ModelServer
) -> None:
    backend = await open_for(server.root, "messages")
    server.offered, server.page_size = [f"m{number}" for number in range(7)], 3
    assert await backend.list_models(TIME_OUTS) == tuple(server.offered)
    assert server.looks == 3


async def test_a_list_without_an_end_is_no_answer(open_for: OpenFor, server: ModelServer) -> None:
    backend = await open_for(server.root, "messages")
    server.offered, server.page_size, server.is_endless = ["a", "b"], 1, True
    with pytest.raises(AnswerBroken):
        await backend.list_models(TIME_OUTS)
    assert server.looks == 20


async def test_a_page_that_fails_leaves_no_half_of_a_list(
    open_for: OpenFor, server: ModelServer
) -> None:
    backend = await open_for(server.root, "messages")
    server.offered, server.page_size = ["a", "b"], 1
    server.fails_on_look = 2
    with pytest.raises(ProviderFailed):
        await backend.list_models(TIME_OUTS)


@pytest.mark.parametrize(("fault", "kind"), faults.WITHOUT_ANSWER)
async def test_how_it_fails_is_told_as_for_a_call(
    backend: ModelBackend, server: ModelServer, fault: faults.Fault, kind: type
) -> None:
    server.say(fault)
    with pytest.raises(kind):
        await backend.list_models(TIME_OUTS)
    assert server.looks == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"data": {"id": "x"}}',
        b'{"data": [1, null, {"id": 5}]}',
        b"[[",
        b"\xff",
    ],
)
def test_what_is_no_list_has_no_models(body: bytes) -> None:
    assert read_models(body) == ()


def test_a_list_that_no_provider_has_is_none() -> None:
    entries = b",".join(b'{"id": "m%d"}' % number for number in range(20_001))
    assert read_models(b'{"data": [' + entries + b"]}") == ()


@pytest.mark.parametrize(
    ("model", "listed", "is_there"),
    [
        ("small", "small", True),
        ("claude-haiku-4-5", "claude-haiku-4-5-20251001", True),
        ("claude-haiku-4-5-latest", "claude-haiku-4-5-20251001", True),
        ("gpt-5-mini", "gpt-5-mini-2025-08-07", True),
        ("gemini-2.5-flash", "models/gemini-2.5-flash", True),
        ("llama3", "llama3:latest", True),
        ("gpt-5", "gpt-5-mini", False),
        ("gpt-5", "gpt-5-mini-2025-08-07", False),
        ("gpt-5-2025-08-07", "gpt-5", False),
        ("llama3", "llama3:70b", False),
        ("mini", "gpt-5-mini", False),
    ],
)
def test_a_model_is_offered_by_its_name_or_what_stands_for_it(
    model: str, listed: str, is_there: bool
) -> None:
    assert is_offered(model, [listed]) is is_there
