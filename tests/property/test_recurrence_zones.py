"""Every zone of the time zone database: each local date once, at instants that only rise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.schedules.recurrence import (
    LAST,
    Occasion,
    Recurrence,
    daily,
    last_until,
    monthly,
    monthly_weekday,
    next_after,
    once,
    weekly,
)

# All days under `make crash`; else the days around each change of the clocks, and samples.
IS_FULL: Final = os.environ.get("BURSAR_TEST_ZONES") == "full"  # noqa: TID251  # a test has no settings
CLOCKS: Final = (time(9), time(2, 30), time(0))
FIRST, LAST_ON = date(2024, 1, 1), date(2030, 12, 31)
DAY = timedelta(days=1)
# Every change of those years is at a multiple of this, and every offset is one.
STEP = timedelta(minutes=15)
ZONES: Final = sorted(available_timezones() - {"localtime"})
# No change at all falls on these in most zones.
SAMPLES: Final = tuple(date(year, 2, 27) for year in range(2024, 2031))


def noon(on: date) -> datetime:
    return datetime.combine(on, time(12), UTC)


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def changes(zone: ZoneInfo) -> tuple[tuple[date, timedelta | None], ...]:
    """Return the UTC dates in whose course the zone's offset changes, and to what."""
    found = [(FIRST, noon(FIRST).astimezone(zone).utcoffset())]
    for on in days(FIRST + DAY, LAST_ON):
        offset = noon(on).astimezone(zone).utcoffset()
        if offset != found[-1][1]:
            found.append((on, offset))
    return tuple(found)


def zones() -> list[tuple[str, list[tuple[date, date]]]]:
    """Return zones with the days that are looked at, the first and the last of each stretch.

    Where not all days are, zones whose clocks were alike in all these years are looked at once.
    """
    if IS_FULL:
        years = [(date(year, 1, 1), date(year, 12, 31)) for year in range(2024, 2031)]
        return [(name, years) for name in ZONES]
    unlike = {changes(ZoneInfo(name)): name for name in reversed(ZONES)}
    return [
        (name, [(on - 2 * DAY, on + 2 * DAY) for on, _ in moved[1:]] + [(x, x) for x in SAMPLES])
        for moved, name in unlike.items()
    ]


def expected(
    zone: ZoneInfo, first: date, last: date, clocks: tuple[time, ...]
) -> dict[time, list[Occasion]]:
    """Return what each clock time should give, read off the zone's clocks step by step."""
    begins = datetime.combine(first - 2 * DAY, time(), UTC)
    steps = [begins + n * STEP for n in range(((last - first).days + 5) * 96)]
    shown = [(at, at.astimezone(zone).replace(tzinfo=None)) for at in steps]
    dates = {wall.date() for _, wall in shown}
    found: dict[time, list[Occasion]] = {}
    for clock in clocks:
        wanted = [datetime.combine(on, clock) for on in days(first, last) if on in dates]
        occasions: list[Occasion] = []
        found[clock] = occasions
        for at, wall in shown:
            if len(occasions) < len(wanted) and wall >= wanted[len(occasions)]:
                occasions.append(Occasion(wanted[len(occasions)].date(), at))
    return found


@pytest.mark.timeout(3600)
def test_every_zone_has_each_local_date_once() -> None:
    for name, stretches in zones():
        zone = ZoneInfo(name)
        for first, last in stretches:
            for clock, wanted in expected(zone, first, last, CLOCKS).items():
                after = wanted[0].at - timedelta(microseconds=1)
                found: list[Occasion] = []
                while len(found) < len(wanted):
                    one = next_after(daily(clock), after, zone)
                    assert one is not None
                    assert one.at > after
                    found.append(one)
                    after = one.at
                assert found == wanted, (name, clock)


def rules() -> st.SearchStrategy[Recurrence]:
    clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
    dates = st.dates(date(2024, 1, 1), date(2030, 12, 31))
    weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda x: tuple(sorted(x)))
    often = {"every": st.integers(1, 40), "from_on": dates}
    which = st.sampled_from([1, 2, 3, 4, LAST])
    return st.one_of(
        st.builds(once, dates, clocks),
        st.builds(daily, clocks),
        st.builds(daily, clocks, **often),
        st.builds(weekly, weekdays, clocks, **often),
        st.builds(monthly, st.sampled_from([*range(1, 32), LAST]), clocks, **often),
        st.builds(monthly_weekday, which, st.integers(0, 6), clocks, **often),
    )


@settings(max_examples=300, deadline=None)
@given(rules(), st.sampled_from(ZONES), st.dates(date(2023, 1, 1), date(2032, 1, 1)))
def test_what_is_next_comes_later_and_reads_back(rule: Recurrence, name: str, on: date) -> None:
    zone, after = ZoneInfo(name), noon(on)
    assert Recurrence.parse(str(rule)) == rule
    one = next_after(rule, after, zone)
    if one is None:
        assert rule.unit == "once"
        return
    assert one.at > after
    assert next(rule.dates_from(one.local_date)) == one.local_date
    # Whoever asks a moment before hears the same.
    assert next_after(rule, one.at - timedelta(microseconds=1), zone) == one


@settings(max_examples=100, deadline=None)
@given(rules(), st.sampled_from(ZONES), st.integers(0, 400))
def test_the_latest_missed_is_the_last_of_all_that_came(
    rule: Recurrence, name: str, later: int
) -> None:
    zone = ZoneInfo(name)
    first = next_after(rule, noon(date(2023, 12, 1)), zone)
    assert first is not None
    until, latest = first.at + later * DAY, first
    while (one := next_after(rule, latest.at, zone)) is not None and one.at <= until:
        latest = one
    assert last_until(rule, first, until, zone) == latest
