"""What providers count: F16 of the faults. Never negative, never free by mistake."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.models.reading import count_usage, openai_usage, sum_counts
from bot.errors.models import AnswerBroken, ProviderFailed
from bot.models import ModelBackend
from bot.tokens import TokenUsage
from tests.models import faults
from tests.models.conftest import OpenFor
from tests.models.replies import MISSING, Api, Counts, Json, Reply
from tests.models.server import ModelServer
from tests.models.shapes import asks
from tests.models.wires import plain

ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)


@pytest.mark.parametrize(
    "counts",
    [
        None,
        MISSING,
        Counts(0, 0, total=0),
        Counts(0, 7),
        Counts(11, 0),
        Counts(-11, 7),
        Counts(11, -7),
        Counts(11, 7.5),
        Counts("11", 7),
        Counts(True, 7),
        Counts(None, None),
        Counts(11, [7]),
        Counts(10**11, 7),
    ],
)
async def test_what_cannot_be_true_is_no_usage(
    backend: ModelBackend, server: ModelServer, counts: Any
) -> None:
    server.say(Reply("text", usage=counts))
    assert (await backend.ask(asks())).usage is None


@pytest.mark.parametrize(
    ("counts", "usage"),
    [
        (Counts(11.0, 7.0), TokenUsage(11, 7)),
        (Counts(900_000, 800_000), TokenUsage(900_000, 800_000)),
        (Counts(11, 7, cached=None, reasoning="x"), TokenUsage(11, 7)),
    ],
)
async def test_what_can_be_true_is_taken(
    backend: ModelBackend, server: ModelServer, counts: Counts, usage: TokenUsage
) -> None:
    server.say(Reply("text", usage=counts))
    assert (await backend.ask(asks())).usage == usage


async def test_what_was_counted_is_told_also_without_an_answer(
    backend: ModelBackend, server: ModelServer, api: Api
) -> None:
    body = plain(api, Reply("text", usage=Counts(11, 7)))
    nothing: dict[Api, Json] = {
        "chat": {"choices": []},
        "responses": {"output": []},
        "messages": {"content": None},
    }
    server.say(faults.body({**body, **nothing[api]}))
    with pytest.raises(AnswerBroken) as caught:
        await backend.ask(asks())
    assert (caught.value.usage, caught.value.may_be_charged) == (TokenUsage(11, 7), True)


async def test_a_response_that_failed_tells_what_it_counted(
    open_for: OpenFor, server: ModelServer
) -> None:
    backend = await open_for(server.root, "responses")
    body = plain("responses", Reply("text", usage=Counts(11, 7)))
    error = {"code": "server_error", "message": "No."}
    server.say(faults.body({**body, "status": "failed", "output": [], "error": error}))
    with pytest.raises(ProviderFailed) as caught:
        await backend.ask(asks())
    assert caught.value.usage == TokenUsage(11, 7)


async def test_the_cache_is_a_part_of_what_came_in(
    backend: ModelBackend, server: ModelServer, api: Api
) -> None:
    server.say(Reply("text", usage=Counts(1000, 70, cached=600, cache_written=200, reasoning=50)))
    # Anthropic counts the two beside the rest, OpenAI within it.
    whole = 1800 if api == "messages" else 1000
    assert (await backend.ask(asks())).usage == TokenUsage(whole, 70, 600, 200, 50)


@pytest.mark.parametrize(
    "counts",
    [
        Counts(11, 7, cached=-5),
        Counts(11, 7, cached=500),
        Counts(11, 7, cached=8, cache_written=9),
    ],
)
async def test_a_cache_larger_than_the_whole_is_no_discount(
    open_for: OpenFor, server: ModelServer, counts: Counts
) -> None:
    backend = await open_for(server.root, "chat")
    server.say(Reply("text", usage=counts))
    usage = (await backend.ask(asks())).usage
    assert usage is not None
    assert (usage.tokens_in, usage.cached) == (11, 0)


@pytest.mark.parametrize("counts", [Counts(11, 7, cached=-5), Counts(11, 7, cache_written=1.5)])
async def test_a_part_of_the_sum_that_cannot_be_true_makes_it_untrue(
    open_for: OpenFor, server: ModelServer, counts: Counts
) -> None:
    backend = await open_for(server.root, "messages")
    server.say(Reply("text", usage=counts))
    assert (await backend.ask(asks())).usage is None


def test_reasoning_that_only_the_total_holds_is_counted() -> None:
    # xAI's grok-3-mini and Gemini count so.
    told = {
        "prompt_tokens": 12,
        "completion_tokens": 1,
        "total_tokens": 399,
        "completion_tokens_details": {"reasoning_tokens": 386},
    }
    usage = openai_usage(told, "prompt", "completion", has_text=True)
    assert usage == TokenUsage(12, 387, reasoning=386)


async def test_an_empty_answer_may_have_cost_no_token(
    backend: ModelBackend, server: ModelServer
) -> None:
    server.say(Reply("", ending="filtered", usage=Counts(11, 0)))
    assert (await backend.ask(asks())).usage == TokenUsage(11, 0)


@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, st.booleans())
def test_usage_is_never_negative_and_never_free(
    tokens_in: Any,
    tokens_out: Any,
    total: Any,
    cached: Any,
    written: Any,
    reasoning: Any,
    text: bool,
) -> None:
    usage = count_usage(
        tokens_in,
        tokens_out,
        total=total,
        cached=cached,
        cache_written=written,
        reasoning=reasoning,
        has_text=text,
    )
    if usage is not None:
        assert usage.tokens_in > 0
        assert usage.tokens_out >= (1 if text else 0)
        assert usage.cached >= 0 <= usage.cache_written
        assert usage.cached + usage.cache_written <= usage.tokens_in
        assert 0 <= usage.reasoning <= usage.tokens_out


@given(st.lists(ANYTHING, max_size=4))
def test_a_sum_of_counts_is_a_count_or_none(values: list[Any]) -> None:
    found = sum_counts(*values)
    assert found is None or found >= 0
