"""Prices of the public providers, from the table that `genai-prices` brings along.

Offline: the table is the installed version's, and its name is the version of every price.
"""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from importlib.metadata import version
from typing import Final

from bot.economy.money import NANOS_PER_USD
from bot.economy.prices import Price
from bot.routing.providers import ProviderKind

# Some models cost more for long prompts: prices are looked up for prompts of the next so many
# tokens, so that the table is asked once for all that are as long.
_STEP_TOKENS: Final = 50_000
_MILLION: Final = 1_000_000


class PublicPrices:
    """What public providers charge, as far as the table knows it."""

    def load(self) -> None:
        """Load the table, which takes a quarter of a second the first time."""
        import genai_prices  # noqa: F401  # what loads is the import

    def find(
        self, kind: ProviderKind, base_url: str, model: str, at: datetime, tokens_in: int
    ) -> Price | None:
        step = tokens_in // _STEP_TOKENS + 1
        return _find(kind, base_url, model, at.replace(minute=0, second=0, microsecond=0), step)


@lru_cache(maxsize=1024)
def _find(kind: ProviderKind, base_url: str, model: str, at: datetime, step: int) -> Price | None:
    # Imported where it is used: the table takes a quarter of a second to load.
    from genai_prices import Usage, calc_price

    tokens = step * _STEP_TOKENS

    def price_of(usage: Usage) -> Decimal:
        # A server of one's own has prices of its own, whatever its models are called.
        if base_url:
            return calc_price(
                usage, model, provider_api_url=base_url, genai_request_timestamp=at
            ).total_price
        return calc_price(usage, model, provider_id=kind, genai_request_timestamp=at).total_price

    if kind == "compatible" and not base_url:
        return None
    try:
        read = price_of(Usage(input_tokens=tokens))
        cached = price_of(Usage(input_tokens=tokens, cache_read_tokens=tokens))
        to_cache = price_of(Usage(input_tokens=tokens, cache_write_tokens=tokens))
        written = price_of(Usage(input_tokens=tokens, output_tokens=_MILLION)) - read
    except LookupError:
        return None
    if not (read and written):
        # Free is what a company says, never what a table leaves out.
        return None
    return Price(
        _nanos(read, tokens),
        _nanos(cached, tokens),
        _nanos(written, _MILLION),
        f"genai-prices {version('genai-prices')}",
        to_cache_nanos=_nanos(to_cache, tokens),
    )


def _nanos(usd: Decimal, tokens: int) -> int:
    """Return nano-dollars for a million tokens, rounded up."""
    exact = usd * NANOS_PER_USD * _MILLION / tokens
    return int(exact.to_integral_value(ROUND_CEILING))
