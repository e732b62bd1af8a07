"""One sign that a text gives orders to an assistant, and how it is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

SignalType = Literal["override", "leak", "role", "tool"]


# Compared by identity, for each is one row of a table and is looked up often.
@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """One sign.

    `weight` is the chance that a text with it is an injection, as far as this sign alone tells.
    The pattern is tried at words that begin with one of `starts`; where there are none, in a whole
    text that has one of each of `parts`. Either is far cheaper than the pattern.
    """

    type: SignalType
    weight: float
    pattern: re.Pattern[str]
    starts: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]


def signal(
    type_: SignalType, weight: float, pattern: str, *, starts: str = "", parts: str = ""
) -> Signal:
    """Return a signal; `starts` and each of the groups that `&` parts are divided by `|`."""
    return Signal(
        type_,
        weight,
        re.compile(pattern, re.MULTILINE),
        tuple(starts.split("|")) if starts else (),
        tuple(tuple(group.split("|")) for group in parts.split("&")),
    )
