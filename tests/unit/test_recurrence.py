"""Which dates a rule has, which instants they are, and the text that keeps it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from bot.schedules.recurrence import (
    LAST,
    MONDAY_TO_FRIDAY,
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

NINE, HALF_PAST_TWO = time(9), time(2, 30)
MADRID, APIA = ZoneInfo("Europe/Madrid"), ZoneInfo("Pacific/Apia")
FROM = date(2026, 11, 18)  # a Wednesday


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def occasions(rule: Recurrence, after: str, zone: ZoneInfo, count: int) -> list[tuple[str, str]]:
    """Return local dates and local times of what comes after a local time."""
    found = []
    at = datetime.fromisoformat(after).replace(tzinfo=zone).astimezone(UTC)
    for _ in range(count):
        one = next_after(rule, at, zone)
        if one is None:
            break
        at = one.at
        found.append((f"{one.local_date:%m-%d}", f"{at.astimezone(zone):%m-%d %H:%M}"))
    return found


@pytest.mark.parametrize(
    ("rule", "text", "dates"),
    [
        (once(FROM, NINE), "once from 2026-11-18 at 09:00", ["11-18"]),
        (daily(NINE), "day at 09:00", ["11-18", "11-19", "11-20", "11-21"]),
        (
            daily(NINE, every=3, from_on=date(2026, 11, 1)),
            "3 days from 2026-11-01 at 09:00",
            ["11-19", "11-22", "11-25", "11-28"],
        ),
        (
            daily(NINE, until_on=date(2026, 11, 19)),
            "day until 2026-11-19 at 09:00",
            ["11-18", "11-19"],
        ),
        (
            weekly(MONDAY_TO_FRIDAY, NINE),
            "week on mon,tue,wed,thu,fri at 09:00",
            ["11-18", "11-19", "11-20", "11-23"],
        ),
        (
            weekly((3, 0), NINE, every=2, from_on=FROM),
            "2 weeks on mon,thu from 2026-11-18 at 09:00",
            ["11-19", "11-30", "12-03", "12-14"],
        ),
        (monthly(31, NINE), "month on 31 at 09:00", ["11-30", "12-31", "01-31", "02-28"]),
        (monthly(LAST, NINE), "month on last at 09:00", ["11-30", "12-31", "01-31", "02-28"]),
        (
            monthly(1, NINE, every=3, from_on=date(2026, 10, 1)),
            "3 months on 1 from 2026-10-01 at 09:00",
            ["01-01", "04-01", "07-01", "10-01"],
        ),
        # A year is twelve months: 29 February is the 28th where there is none.
        (
            monthly(29, NINE, every=12, from_on=date(2027, 2, 28)),
            "12 months on 29 from 2027-02-28 at 09:00",
            ["02-28", "02-29", "02-28", "02-28"],
        ),
        (
            monthly_weekday(1, 0, NINE),
            "month on first mon at 09:00",
            ["12-07", "01-04", "02-01", "03-01"],
        ),
        (
            monthly_weekday(LAST, 4, NINE),
            "month on last fri at 09:00",
            ["11-27", "12-25", "01-29", "02-26"],
        ),
    ],
)
def test_a_rule_has_its_dates_and_one_text(rule: Recurrence, text: str, dates: list[str]) -> None:
    assert [f"{x:%m-%d}" for x in islice(rule.dates_from(FROM), 4)] == dates
    assert str(rule) == text
    assert Recurrence.parse(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "daily",
        "day at 9:00",
        "day at 24:00",
        "1 day at 09:00",
        "days at 09:00",
        "2 days at 09:00",
        "day on mon at 09:00",
        "week at 09:00",
        "week on thu,mon at 09:00",
        "week on mon,xxx at 09:00",
        "week on first mon at 09:00",
        "month at 09:00",
        "month on 0 at 09:00",
        "month on 32 at 09:00",
        "month on first mon,tue at 09:00",
        "month on fifth mon at 09:00",
        "once at 09:00",
        "once from 2026-11-31 at 09:00",
        "once from 2026-11-20 until 2026-11-21 at 09:00",
        "day from 2026-11-20 until 2026-11-19 at 09:00",
        "9999 days from 2026-11-20 at 09:00",
    ],
)
def test_any_other_text_is_no_rule(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Recurrence.parse(text)


def test_a_time_of_day_has_no_seconds() -> None:
    with pytest.raises(ValueError, match="to the minute"):
        daily(time(9, 0, 1))


@pytest.mark.parametrize(
    ("zone", "at", "after", "expected"),
    [
        # 02:00 to 03:00 is not there on 29 March, and there twice on 25 October.
        (
            "Europe/Madrid",
            HALF_PAST_TWO,
            "2026-03-28T12:00",
            [("03-29", "03-29 03:00"), ("03-30", "03-30 02:30")],
        ),
        (
            "Europe/Madrid",
            HALF_PAST_TWO,
            "2026-10-24T12:00",
            [("10-25", "10-25 02:30"), ("10-26", "10-26 02:30")],
        ),
        # Half an hour is missing, at 02:00.
        (
            "Australia/Lord_Howe",
            time(2, 15),
            "2026-10-03T12:00",
            [("10-04", "10-04 02:30"), ("10-05", "10-05 02:15")],
        ),
        # Midnight is missing.
        (
            "Africa/Cairo",
            time(0),
            "2026-04-23T12:00",
            [("04-24", "04-24 01:00"), ("04-25", "04-25 00:00")],
        ),
        (
            "Asia/Beirut",
            time(0),
            "2026-03-28T12:00",
            [("03-29", "03-29 01:00"), ("03-30", "03-30 00:00")],
        ),
        # A day is missing.
        (
            "Pacific/Apia",
            NINE,
            "2011-12-28T12:00",
            [("12-29", "12-29 09:00"), ("12-31", "12-31 09:00"), ("01-01", "01-01 09:00")],
        ),
        # A date whose last hour is missing, and with it what was meant for then.
        (
            "America/Scoresbysund",
            time(23, 30),
            "2025-03-28T23:45",
            [("03-29", "03-30 00:00"), ("03-30", "03-30 23:30")],
        ),
    ],
)
def test_each_local_date_has_one_instant(
    zone: str, at: time, after: str, expected: list[tuple[str, str]]
) -> None:
    assert occasions(daily(at), after, ZoneInfo(zone), len(expected)) == expected


def test_of_a_time_that_a_date_has_twice_it_is_the_first_and_only_that() -> None:
    first = next_after(daily(HALF_PAST_TWO), utc("2026-10-24T12:00"), MADRID)
    assert first == Occasion(date(2026, 10, 25), utc("2026-10-25T00:30"))
    again = next_after(daily(HALF_PAST_TWO), utc("2026-10-25T00:30"), MADRID)
    assert again == Occasion(date(2026, 10, 26), utc("2026-10-26T01:30"))


def test_what_is_over_has_no_next() -> None:
    assert next_after(once(FROM, NINE), utc("2026-11-18T08:00"), MADRID) is None
    assert next_after(daily(NINE, until_on=FROM), utc("2026-11-18T08:00"), MADRID) is None
    assert next_after(once(date(2011, 12, 30), NINE), utc("2011-12-01T00:00"), APIA) is None


def test_the_end_of_the_calendar_is_an_end() -> None:
    for rule in (daily(NINE), weekly((4,), NINE), monthly(31, NINE)):
        assert list(rule.dates_from(date(9999, 12, 31))) == [date(9999, 12, 31)]


def test_the_latest_of_what_was_missed_is_found_from_both_ends() -> None:
    first = next_after(daily(NINE), utc("2026-11-18T00:00"), MADRID)
    assert first is not None
    for days in (0, 1, 2, 3, 10, 100, 3650):
        until = first.at + timedelta(days=days, hours=2)
        latest = last_until(daily(NINE), first, until, MADRID)
        assert latest.local_date == first.local_date + timedelta(days=days)


def test_where_no_other_was_missed_the_latest_is_the_first() -> None:
    rule = monthly(1, NINE)
    first = next_after(rule, utc("2026-10-15T00:00"), MADRID)
    assert first is not None
    assert last_until(rule, first, utc("2026-11-30T00:00"), MADRID) == first
    only = Occasion(FROM, utc("2026-11-18T08:00"))
    assert last_until(once(FROM, NINE), only, utc("2036-11-18T08:00"), MADRID) == only
