"""Dates in digits: 2026-11-30, 30/11/2026, 05-Aug-2016, 2020/sep/23, 30/11."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from intents.extract.calendar_words import MONTH_NAMES

# "dmy" and "mdy" are the orders of day and month; None is not knowing.
Order = str | None
_SPLIT: Final = re.compile(r"[/.,\s-]+")


def read_numeric(text: str, order: Order) -> tuple[int | None, int, int] | str | None:
    """Read a numeric date.

    Returns:
        (year or None, month, day); "day_or_month" when the order decides and is not known; None
        when the text is no date.
    """
    parts = [part for part in _SPLIT.split(text) if part]
    named = [i for i, part in enumerate(parts) if part in MONTH_NAMES]
    if any(part.isalpha() and part not in MONTH_NAMES for part in parts) or len(named) > 1:
        return None
    if named:
        return _read_named(parts, named[0])
    numbers = [int(part) for part in parts]
    if "." in text and (len(parts) != 3 or max(map(len, parts)) != 4):
        return None  # 1.2.3 is a version
    if len(parts[0]) >= 3:
        return _checked(numbers[0], numbers[1], numbers[2]) if len(parts) == 3 else None
    year = None
    if len(parts) == 3:
        if len(parts[2]) == 3 or len(parts[2]) == 1:
            return None
        year = _full_year(numbers[2], len(parts[2]))
    return _order(year, numbers[0], numbers[1], "dmy" if "." in text else order)


def _read_named(parts: list[str], at: int) -> tuple[int | None, int, int] | None:
    month = MONTH_NAMES[parts[at]]
    others = [part for i, part in enumerate(parts) if i != at]
    if not all(part.isdigit() for part in others):
        return None
    year = next((part for part in others if len(part) == 4), None)
    days = [part for part in others if len(part) <= 2]
    if year is None and len(days) == 2:
        return _checked(_full_year(int(days[1]), 2), month, int(days[0]))
    if len(days) != 1:
        return None
    return _checked(int(year) if year else None, month, int(days[0]))


def _order(
    year: int | None, first: int, second: int, order: Order
) -> tuple[int | None, int, int] | str | None:
    if first == second or first > 12 or second > 12:
        day, month = (first, second) if first > 12 or first == second else (second, first)
        return _checked(year, month, day)
    if order is None:
        return "day_or_month" if first and second else None
    return _checked(year, first, second) if order == "mdy" else _checked(year, second, first)


def _full_year(number: int, digits: int) -> int:
    if digits != 2:
        return number
    return 2000 + number if number < 60 else 1900 + number


def _checked(year: int | None, month: int, day: int) -> tuple[int | None, int, int] | None:
    if year is not None and not 1000 <= year <= 2999:
        return None
    try:
        date(2000 if year is None else year, month, day)
    except ValueError:
        return None
    return year, month, day
