"""Tokens of a model call, as its provider counted them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """What a provider says that it counted, in tokens.

    `cached` is the part of `tokens_in` that was read from the provider's cache, `cache_written`
    the part that was put there, which costs more than the rest; `reasoning` is the part of
    `tokens_out` that nobody sees.
    """

    tokens_in: int
    tokens_out: int
    cached: int = 0
    cache_written: int = 0
    reasoning: int = 0
