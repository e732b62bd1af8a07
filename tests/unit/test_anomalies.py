"""What an hour usually costs, and what is far from it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.economy.money import NANOS_PER_USD
from bot.reports.anomalies import Usual, usual

USD = NANOS_PER_USD
MADRID = ZoneInfo("Europe/Madrid")
# A Wednesday, 10:00 in UTC.
HOUR = datetime(2026, 11, 18, 10, tzinfo=UTC)
DAY = timedelta(days=1)
LONG_AGO = HOUR - 100 * DAY


def office_hours(cost: int = 20 * USD, *, days: int = 28) -> dict[datetime, int]:
    """Spend the same from 9 to 18 UTC on working days, for the days before the hour's."""
    start = HOUR.replace(hour=0)
    return {
        start - count * DAY + timedelta(hours=hour): cost
        for count in range(1, days + 1)
        for hour in range(9, 18)
        if (start - count * DAY).weekday() < 5
    }


def test_hours_that_are_all_alike_have_a_floor_for_their_deviation() -> None:
    seen = usual(office_hours(), HOUR, LONG_AGO, ZoneInfo("UTC"))
    assert seen == Usual(20 * USD, 20 * USD, 20 * USD, 5 * USD, "same_hours")
    assert not seen.is_unusual(45 * USD - 1)
    assert seen.is_unusual(45 * USD)


def test_nothing_is_said_under_seven_days_of_data() -> None:
    spent = office_hours(days=7)
    assert usual(spent, HOUR, HOUR - 7 * DAY + timedelta(hours=1), MADRID) is None
    assert usual(spent, HOUR, HOUR - 7 * DAY, MADRID) is not None


def test_cents_are_never_unusual() -> None:
    seen = usual(office_hours(USD // 100), HOUR, LONG_AGO, ZoneInfo("UTC"))
    assert seen is not None
    assert not seen.is_unusual(4 * USD)
    assert seen.is_unusual(5 * USD + USD // 100)
    assert seen.is_unusual(USD, least_nanos=USD // 2)


def test_what_a_day_costs_by_day_is_unusual_at_night() -> None:
    night = HOUR.replace(hour=3)
    seen = usual(office_hours(), night, LONG_AGO, ZoneInfo("UTC"))
    assert seen == Usual(0, 0, 0, 0, "same_hours")
    assert seen.is_unusual(20 * USD)


def test_weekends_are_compared_with_weekends() -> None:
    saturday = datetime(2026, 11, 21, 10, tzinfo=UTC)
    spent = office_hours() | {
        at: 2 * USD
        for at in (saturday - count * DAY for count in range(1, 29))
        if at.weekday() >= 5
    }
    seen = usual(spent, saturday, LONG_AGO, ZoneInfo("UTC"))
    assert seen is not None
    assert (seen.high_nanos, seen.basis) == (2 * USD, "same_hours")
    assert seen.is_unusual(20 * USD)


def test_a_few_empty_hours_may_be_chance() -> None:
    # Eight weekend days without spend at ten, where a quarter of all hours had some.
    saturday = datetime(2026, 11, 21, 10, tzinfo=UTC)
    seen = usual(office_hours(), saturday, LONG_AGO, ZoneInfo("UTC"))
    assert seen is not None
    assert (seen.high_nanos, seen.basis) == (20 * USD, "busy_hours")


def test_spend_now_and_then_is_compared_with_the_hours_that_had_any() -> None:
    # 30 hours of 672, each at another time of the day.
    spent = {HOUR - timedelta(hours=22 * count + 1): 50 * USD for count in range(30)}
    seen = usual(spent, HOUR, LONG_AGO, ZoneInfo("UTC"))
    assert seen is not None
    assert (seen.basis, seen.median_nanos) == ("busy_hours", 50 * USD)
    assert not seen.is_unusual(60 * USD)
    assert seen.is_unusual(200 * USD)


def test_too_few_hours_with_spend_tell_nothing() -> None:
    spent = {HOUR - timedelta(hours=50 * count): 50 * USD for count in range(1, 5)}
    assert usual(spent, HOUR, LONG_AGO, ZoneInfo("UTC")) is None


def test_one_earlier_outlier_hides_no_second_one() -> None:
    spent = office_hours()
    spent[HOUR - DAY] = 900 * USD
    seen = usual(spent, HOUR, LONG_AGO, ZoneInfo("UTC"))
    assert seen is not None
    assert (seen.median_nanos, seen.high_nanos) == (20 * USD, 20 * USD)
    assert seen.is_unusual(800 * USD)


def test_spend_that_is_usually_all_over_the_place_takes_more_to_be_unusual() -> None:
    spent = office_hours()
    for count, at in enumerate(sorted(spent)):
        spent[at] = (5 + 7 * (count % 10)) * USD
    seen = usual(spent, HOUR, LONG_AGO, ZoneInfo("UTC"))
    assert seen is not None
    assert seen.deviation_nanos > 20 * USD
    assert not seen.is_unusual(2 * seen.high_nanos - 1)


def test_the_same_hour_is_the_local_one_on_both_sides_of_a_change_of_clocks() -> None:
    # Clocks in Madrid were set back on 25 October: 9:00 was 7:00 UTC before and 8:00 after.
    at = datetime(2026, 11, 4, 8, tzinfo=UTC)
    spent = {
        datetime(2026, month, day, 7 if (month, day) < (10, 25) else 8, tzinfo=UTC): 20 * USD
        for month, days in ((10, range(5, 32)), (11, range(1, 4)))
        for day in days
    }
    seen = usual(spent, at, LONG_AGO, MADRID)
    assert seen is not None
    assert (seen.low_nanos, seen.high_nanos) == (20 * USD, 20 * USD)


def test_hours_before_the_first_are_not_zero_but_unknown() -> None:
    spent = office_hours(days=10)
    seen = usual(spent, HOUR, HOUR - 9 * DAY, ZoneInfo("UTC"))
    assert seen is not None
    assert (seen.low_nanos, seen.basis) == (20 * USD, "same_hours")
