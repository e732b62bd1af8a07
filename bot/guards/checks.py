"""One kind of number that a state or bank gives: how it is written, checked and called."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple


class Check(NamedTuple):
    """One kind of number.

    `names` are words that stand near it. Without one it is found with `bare` as its score, or not
    at all where that is 0. `digits` is how many digits it has at least.
    """

    type: str
    pattern: re.Pattern[str]
    is_valid: Callable[[str], bool]
    names: re.Pattern[str]
    bare: float = 0.0
    digits: int = 9


def written(pattern: str, *, any_case: bool = True) -> re.Pattern[str]:
    """Return a pattern that matches whole words only, and no part of a date or a longer number."""
    text = rf"(?<![A-Za-z0-9.+])(?<![0-9][/-])(?:{pattern})(?![A-Za-z0-9])(?![.,/-][0-9])"
    return re.compile(text, re.IGNORECASE if any_case else 0)


def called(pattern: str) -> re.Pattern[str]:
    """Return a pattern of words in any case."""
    return re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])", re.IGNORECASE)
