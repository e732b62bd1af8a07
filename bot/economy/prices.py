"""What a model's tokens cost.

A price is looked up once a call, before it is made, and kept with the hold: what becomes of the
price table meanwhile changes nothing for a call that runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.tokens import TokenUsage

_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """Nano-dollars for a million tokens read, read from the provider's cache, and written.

    `version` says which table it is from. `is_ceiling` marks one that stands in for a price that
    nobody knows. Tokens that a provider puts into its cache may cost more than those that it only
    reads; without a price of their own they cost as much.
    """

    in_nanos: int
    cached_nanos: int
    out_nanos: int
    version: str
    is_ceiling: bool = False
    to_cache_nanos: int | None = None

    @property
    def is_free(self) -> bool:
        """Whether nothing is ever charged, which is said and never assumed."""
        return not (self.in_nanos or self.cached_nanos or self.out_nanos)


def cost_nanos(price: Price, usage: TokenUsage) -> int:
    """Return what a call cost, rounded up once to a whole nano-dollar."""
    cached = min(usage.cached, usage.tokens_in)
    to_cache = min(usage.cache_written, usage.tokens_in - cached)
    return _rounded_up(
        (usage.tokens_in - cached - to_cache) * price.in_nanos
        + cached * price.cached_nanos
        + to_cache * _to_cache_nanos(price)
        + usage.tokens_out * price.out_nanos
    )


def bound_nanos(price: Price, tokens_in: int, tokens_out: int) -> int:
    """Return the most that a call of so many tokens can cost, whatever a cache does with them."""
    dearest = max(price.in_nanos, price.cached_nanos, _to_cache_nanos(price))
    return _rounded_up(tokens_in * dearest + tokens_out * price.out_nanos)


def _to_cache_nanos(price: Price) -> int:
    return price.in_nanos if price.to_cache_nanos is None else price.to_cache_nanos


def _rounded_up(nanos_times_million: int) -> int:
    return -(-nanos_times_million // _MILLION)
