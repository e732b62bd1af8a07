"""What tokens cost, and what public providers charge."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.models.prices import PublicPrices
from bot.economy.prices import Price, bound_nanos, cost_nanos
from bot.routing.providers import ProviderKind
from bot.tokens import TokenUsage

NOW = datetime(2026, 11, 18, 12, 34, tzinfo=UTC)
TOKENS = st.integers(0, 10**9)
NANOS = st.integers(0, 10**12)


def public(
    model: str, kind: ProviderKind = "openai", base_url: str = "", tokens_in: int = 1000
) -> Price | None:
    return PublicPrices().find(kind, base_url, model, NOW, tokens_in)


def test_a_call_is_rounded_up_once() -> None:
    price = Price(250_000_000, 25_000_000, 2_000_000_000, "t")
    # 1.5, 0.025 and 2 thousandths of a nano-dollar short of a whole one.
    assert cost_nanos(price, TokenUsage(7, 1, cached=1)) == 6 * 250 + 25 + 2000
    assert cost_nanos(Price(1, 1, 1, "t"), TokenUsage(1, 1)) == 1
    assert cost_nanos(price, TokenUsage(0, 0)) == 0


def test_what_is_put_into_the_cache_costs_what_that_costs() -> None:
    usage = TokenUsage(10_000_000, 0, cached=1_000_000, cache_written=4_000_000)
    assert cost_nanos(Price(8, 1, 0, "t", to_cache_nanos=10), usage) == 5 * 8 + 1 + 4 * 10
    # A company that set no price for it pays as for other tokens, and never nothing.
    assert cost_nanos(Price(8, 1, 0, "t"), usage) == 9 * 8 + 1


def test_public_prices_say_what_the_cache_costs() -> None:
    # OpenAI fills its cache by itself: whoever is not charged for it pays it unseen.
    price = public("gpt-5.6-sol")
    assert price is not None
    assert price.to_cache_nanos is not None
    assert price.to_cache_nanos > price.in_nanos


@given(TOKENS, TOKENS, TOKENS, TOKENS, NANOS, NANOS, NANOS, st.none() | NANOS)
def test_a_cost_is_exact_and_never_above_its_bound(
    tokens_in: int,
    cached: int,
    filled: int,
    tokens_out: int,
    read: int,
    kept: int,
    written: int,
    filling: int | None,
) -> None:
    price = Price(read, kept, written, "t", to_cache_nanos=filling)
    usage = TokenUsage(tokens_in, tokens_out, cached=cached, cache_written=filled)
    cost = cost_nanos(price, usage)
    kept_tokens = min(cached, tokens_in)
    filled_tokens = min(filled, tokens_in - kept_tokens)
    exact = (
        Decimal(
            (tokens_in - kept_tokens - filled_tokens) * read
            + kept_tokens * kept
            + filled_tokens * (read if filling is None else filling)
            + tokens_out * written
        )
        / 1_000_000
    )
    assert exact <= cost < exact + 1
    assert 0 <= cost <= bound_nanos(price, tokens_in, tokens_out)


def test_public_prices_are_known_with_their_version() -> None:
    price = public("gpt-5-mini")
    assert price is not None
    assert (price.in_nanos, price.cached_nanos, price.out_nanos) == (
        250_000_000,
        25_000_000,
        2_000_000_000,
    )
    assert price.version.startswith("genai-prices ")


def test_a_long_prompt_costs_what_long_prompts_cost() -> None:
    short = public("claude-sonnet-4-5", "anthropic", tokens_in=10_000)
    long = public("claude-sonnet-4-5", "anthropic", tokens_in=300_000)
    assert short is not None
    assert long is not None
    assert long.in_nanos == 2 * short.in_nanos
    assert long.out_nanos > short.out_nanos


@pytest.mark.parametrize(
    ("model", "kind", "base_url"),
    [
        ("no-such-model", "openai", ""),
        # The name of a public model says nothing about what a server of one's own costs.
        ("gpt-5-mini", "compatible", "http://127.0.0.1:8000/v1"),
        ("gpt-5-mini", "compatible", ""),
        ("gpt-5-mini", "openai", "http://127.0.0.1:8000/v1"),
    ],
)
def test_what_nobody_knows_has_no_price(model: str, kind: ProviderKind, base_url: str) -> None:
    assert public(model, kind, base_url) is None


def test_a_public_compatible_provider_is_known_by_its_address() -> None:
    price = public("llama-3.3-70b-versatile", "compatible", "https://api.groq.com/openai/v1")
    assert price is not None
    assert price.in_nanos > 0
