"""What repeats: on which dates, at what time of day, and which instants that is in a zone.

A rule knows dates and a time of day and no zone; a zone makes occasions of it, one for each
local date of the rule that exists there, at instants that only rise. A time that a date does not
have, because the clocks go forward, is the first instant after the gap; of one that it has twice
it is the first. A date that the zone skipped (Apia, 30 December 2011) has no occasion.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from bot.local_time import has_date, instant_of, local_clock

Unit = Literal["once", "day", "week", "month"]

# Day of the month, or which of a month's weekdays: the last one.
LAST: Final = -1
MONDAY_TO_FRIDAY: Final = (0, 1, 2, 3, 4)
MOST_EVERY: Final = 1000
# An occasion may fall on the day after its date, where a gap spans midnight; zones skip one date.
_MARGIN: Final = timedelta(days=2)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NTH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST}
_TEXT: Final = re.compile(
    r"(?:(?P<every>[1-9]\d{0,3}) )?(?P<unit>once|day|week|month)s?"
    r"(?: on (?P<on>[a-z0-9, ]+?))?(?: from (?P<from>[\d-]{10}))?(?: until (?P<until>[\d-]{10}))?"
    r" at (?P<at>\d\d:\d\d)"
)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Dates of a rule and the time of day; make one with `once`, `daily`, `weekly`, `monthly`.

    `str` gives the one text that is stored ("2 weeks on mon,thu from 2026-11-16 at 09:00") and
    `parse` reads it back.
    """

    unit: Unit
    # To the minute, by the clock of whatever zone it is asked for.
    at: time
    every: int = 1
    # The first date that may count, and where `every` counts from; the date itself of `once`.
    from_on: date | None = None
    # The last date that may count.
    until_on: date | None = None
    # 0 is Monday; rising. Of a month rule just one, with `nth`.
    weekdays: tuple[int, ...] = ()
    # 1 to 31 or LAST; a month that is too short has its last day instead.
    month_day: int | None = None
    # 1 to 4 or LAST: which of the month's weekdays.
    nth: int | None = None

    def __post_init__(self) -> None:
        if problem := _problem(self):
            raise ValueError(f"no rule of recurrence: {problem}")

    @classmethod
    def parse(cls, text: str) -> Recurrence:
        """Read back what `str` gave.

        Raises:
            ValueError: it is no such text.
        """
        found = _TEXT.fullmatch(text)
        if found is None:
            raise ValueError(f"no rule of recurrence: {text!r}")
        from_on, until_on = (found[x] and date.fromisoformat(found[x]) for x in ("from", "until"))
        rule = cls(
            _unit(found["unit"]),
            time.fromisoformat(found["at"]),
            int(found["every"] or 1),
            from_on or None,
            until_on or None,
            *_read_days(found["unit"], found["on"]),
        )
        if str(rule) != text:
            raise ValueError(f"not as it is stored: {text!r}")
        return rule

    def dates_from(self, on: date) -> Iterator[date]:
        """Yield the rule's dates from a date on, rising; without an end unless it has one."""
        first = max(on, self.from_on) if self.from_on else on
        for found in _DATES[self.unit](self, first):
            if self.until_on is not None and found > self.until_on:
                return
            if found >= first:
                yield found

    def __str__(self) -> str:
        count = "" if self.every == 1 else f"{self.every} "
        days = f" on {on}" if (on := _days_text(self)) else ""
        begins = f" from {self.from_on}" if self.from_on else ""
        ends = f" until {self.until_on}" if self.until_on else ""
        plural = "s" if count else ""
        return f"{count}{self.unit}{plural}{days}{begins}{ends} at {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time of a rule: the local date that it is for, and the instant (aware UTC)."""

    local_date: date
    at: datetime


def once(on: date, at: time) -> Recurrence:
    """Return the rule of a single date."""
    return Recurrence("once", at, from_on=on)


def daily(
    at: time, *, every: int = 1, from_on: date | None = None, until_on: date | None = None
) -> Recurrence:
    """Return the rule of each day, or of one in `every` counted from `from_on`."""
    return Recurrence("day", at, every, from_on, until_on)


def weekly(
    weekdays: tuple[int, ...],
    at: time,
    *,
    every: int = 1,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Recurrence:
    """Return the rule of some weekdays (0 is Monday); weeks begin on Monday."""
    return Recurrence("week", at, every, from_on, until_on, tuple(sorted(set(weekdays))))


def monthly(
    day: int,
    at: time,
    *,
    every: int = 1,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Recurrence:
    """Return the rule of a day of the month, 1 to 31 or LAST; the 31st is June's 30th."""
    return Recurrence("month", at, every, from_on, until_on, month_day=day)


def monthly_weekday(
    nth: int,
    weekday: int,
    at: time,
    *,
    every: int = 1,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Recurrence:
    """Return the rule of the first to fourth, or the LAST, of a weekday in a month."""
    return Recurrence("month", at, every, from_on, until_on, (weekday,), nth=nth)


def next_after(recurrence: Recurrence, after: datetime, zone: ZoneInfo) -> Occasion | None:
    """Return the first occasion after an instant (aware), or None if there is none any more."""
    first = after.astimezone(zone).date() - _MARGIN
    return next((x for x in _occasions(recurrence, first, zone) if x.at > after), None)


def last_until(
    recurrence: Recurrence, first: Occasion, until: datetime, zone: ZoneInfo
) -> Occasion:
    """Return the latest occasion from `first` on that is no later than `until`.

    It is `first` itself where no other one came. However many came, few of them are looked at.
    """
    today, span = until.astimezone(zone).date(), _MARGIN
    while True:
        begins = max(today - span, first.local_date)
        latest = first
        for one in _occasions(recurrence, begins, zone):
            if one.at > until:
                break
            latest = max(latest, one, key=lambda x: x.at)
        if latest.at > first.at or begins == first.local_date:
            return latest
        span *= 4


def _occasions(rule: Recurrence, first: date, zone: ZoneInfo) -> Iterator[Occasion]:
    for on in rule.dates_from(first):
        at = instant_of(on, rule.at, zone)
        if local_clock(at, zone).date() == on or has_date(on, zone):
            yield Occasion(on, at)


def _once(rule: Recurrence, first: date) -> Iterator[date]:
    if rule.from_on is not None and rule.from_on >= first:
        yield rule.from_on


def _days(rule: Recurrence, first: date) -> Iterator[date]:
    anchor = rule.from_on or first
    number = first.toordinal() + (anchor.toordinal() - first.toordinal()) % rule.every
    while number <= date.max.toordinal():
        yield date.fromordinal(number)
        number += rule.every


def _weeks(rule: Recurrence, first: date) -> Iterator[date]:
    # Ordinal 1 was a Monday.
    week, anchor = ((x.toordinal() - 1) // 7 for x in (first, rule.from_on or first))
    week += (anchor - week) % rule.every
    while True:
        for weekday in rule.weekdays:
            number = week * 7 + weekday + 1
            if number > date.max.toordinal():
                return
            yield date.fromordinal(number)
        week += rule.every


def _months(rule: Recurrence, first: date) -> Iterator[date]:
    month, anchor = (x.year * 12 + x.month - 1 for x in (first, rule.from_on or first))
    month += (anchor - month) % rule.every
    while month < (date.max.year + 1) * 12:
        yield _day_in(rule, date(month // 12, month % 12 + 1, 1))
        month += rule.every


def _day_in(rule: Recurrence, begins: date) -> date:
    last = begins.replace(day=monthrange(begins.year, begins.month)[1])
    if rule.nth is None:
        day = rule.month_day or LAST
        return last if day == LAST or day > last.day else begins.replace(day=day)
    weekday = rule.weekdays[0]
    if rule.nth == LAST:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    ahead = (weekday - begins.weekday()) % 7
    return begins + timedelta(days=ahead + 7 * (rule.nth - 1))


_DATES: Final = {"once": _once, "day": _days, "week": _weeks, "month": _months}


def _problem(rule: Recurrence) -> str | None:
    """Say what is wrong with a rule; None if nothing is."""
    is_monthly = rule.unit == "month"
    checks = {
        "a time of day to the minute": rule.at.replace(second=0, microsecond=0) == rule.at
        and rule.at.tzinfo is None,
        "every 1 to 1000": 1 <= rule.every <= MOST_EVERY,
        "where to count from": rule.every == 1 or rule.from_on is not None,
        "one date of `once`": rule.unit != "once"
        or (rule.from_on is not None and rule.until_on is None and rule.every == 1),
        "an end after its beginning": (rule.from_on or date.min) <= (rule.until_on or date.max),
        "weekdays, rising": list(rule.weekdays) == sorted(set(rule.weekdays) & set(range(7))),
        "weekdays of a week": bool(rule.weekdays) == (rule.unit == "week" or rule.nth is not None),
        "one day of a month": is_monthly == ((rule.month_day is None) != (rule.nth is None)),
        "a day of the month": rule.month_day in (None, LAST, *range(1, 32)),
        "one of a month's weekdays": rule.nth is None
        or (rule.nth in _NTH.values() and len(rule.weekdays) == 1),
    }
    return next((what for what, is_so in checks.items() if not is_so), None)


def _days_text(rule: Recurrence) -> str:
    names = ",".join(_WEEKDAYS[x] for x in rule.weekdays)
    if rule.nth is not None:
        return f"{next(word for word, nth in _NTH.items() if nth == rule.nth)} {names}"
    if rule.month_day is not None:
        return "last" if rule.month_day == LAST else str(rule.month_day)
    return names


def _read_days(unit: str, text: str | None) -> tuple[tuple[int, ...], int | None, int | None]:
    """Return weekdays, day of the month and which weekday; all that is odd is left out."""
    if text is None:
        return (), None, None
    if unit == "month" and text == "last":
        return (), LAST, None
    if unit == "month" and text.isdecimal():
        return (), int(text), None
    which, _, names = text.rpartition(" ")
    weekdays = tuple(_WEEKDAYS.index(x) for x in names.split(",") if x in _WEEKDAYS)
    return weekdays, None, _NTH.get(which)


def _unit(text: str) -> Unit:
    return next(unit for unit in get_args(Unit) if unit == text)
