"""A provider's own figures: one line a day and model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

# What providers put behind a model's name for one state of it: 2025-08-07, 20250929, latest.
_STATE: Final = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8}|latest)$")


@dataclass(frozen=True, slots=True)
class BillLine:
    """What a provider says of one day of UTC and one model; None for what it does not say.

    `model` is the name as the provider writes it, `cost_nanos` may be below zero: a credit.
    """

    on: date
    model: str
    tokens_in: int | None
    tokens_out: int | None
    cost_nanos: int | None


@dataclass(frozen=True, slots=True)
class Bill:
    """A file of a provider's, read: in order of days and models, each once.

    `id` is the digest of the provider's name and the file's bytes, so that the same file is known
    again.
    """

    id: str
    provider: str
    lines: tuple[BillLine, ...]

    @property
    def from_on(self) -> date:
        """Its first day."""
        return self.lines[0].on

    @property
    def until_on(self) -> date:
        """Its last day."""
        return self.lines[-1].on

    @property
    def has_costs(self) -> bool:
        """Whether it says what was charged; token counts alone correct nothing."""
        return all(line.cost_nanos is not None for line in self.lines)


def model_key(name: str) -> str:
    """Return what a provider's name of a model and ours have in common.

    A bill writes "Claude Sonnet 4.5" or "gpt-5-2025-08-07" for what is asked for as
    "claude-sonnet-4-5" and "gpt-5".
    """
    key = name.strip().casefold()
    if " " in key:
        key = re.sub(r"[ ._]+", "-", key)
    return _STATE.sub("", key)
