"""How long models usually take, as this process saw it."""

from __future__ import annotations

from typing import Final

from bot.routing.providers import CompanyModel

# How much the last answer counts beside those before it.
_WEIGHT: Final = 0.2


class Latencies:
    """A moving mean of the answers of each company's models."""

    def __init__(self) -> None:
        self._means: dict[CompanyModel, float] = {}

    def note(self, key: CompanyModel, latency_ms: int) -> None:
        """Note how long an answer took."""
        before = self._means.get(key, float(latency_ms))
        self._means[key] = before + (latency_ms - before) * _WEIGHT

    def usual_ms(self, key: CompanyModel) -> int | None:
        """Return how long a model usually takes; None before its first answer."""
        mean = self._means.get(key)
        return None if mean is None else round(mean)
