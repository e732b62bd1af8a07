"""Spans of whole days that a report or a permission is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.planning import Language


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `from_on` to `until_on`, both included; `label` is a stable name or the dates."""

    start: int
    end: int
    from_on: date
    until_on: date
    label: str


@dataclass(frozen=True, slots=True)
class Until:
    """The last day that something holds, or that it holds for good (`on` is None then)."""

    start: int
    end: int
    on: date | None
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class UnsureDate:
    """A place with a date that has two readings, such as `3/4`; ask, do not guess."""

    start: int
    end: int
    why: str


def find_period(
    text: str, *, today: date, language: Language | None = None
) -> Period | UnsureDate | None:
    """Find the days that a question is about; bare months and weekdays are the last ones."""
    return None


def find_until(
    text: str, *, today: date, language: Language | None = None
) -> Until | UnsureDate | None:
    """Find until when something shall hold; bare dates are the next ones."""
    return None
