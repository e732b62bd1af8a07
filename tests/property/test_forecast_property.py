"""Forecasts of spend whose rule is known: the oracle goes on with the rule, day by day."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.reports.forecast import Forecast, project

CENT = 10_000_000
TODAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
AHEAD = st.integers(0, 45)
# Up to a hundred thousand dollars a day.
COSTS = st.integers(CENT, 10_000_000 * CENT)


def seen(rule: Callable[[date], int], now_on: date, days: int = 28) -> dict[date, int]:
    """Spend by a rule on so many days before today, and nothing yet today."""
    return {on: rule(on) for on in (now_on - timedelta(days=back) for back in range(1, days + 1))}


def look(
    spent: dict[date, int], now_on: date, ahead: int, *, limit: int | None = None, so_far: int = 0
) -> Forecast:
    return project(
        spent,
        now_on,
        so_far_nanos=so_far,
        ends_on=now_on + timedelta(days=ahead),
        limit_nanos=limit,
    )


def go_on(rule: Callable[[date], int], now_on: date, ahead: int) -> int:
    return sum(rule(now_on + timedelta(days=day)) for day in range(ahead + 1))


def is_near(found: int, truth: int) -> bool:
    """Floats carry 15 digits, and a day is rounded to the nano."""
    return abs(found - truth) <= 100 + truth // 10**9


@given(TODAYS, AHEAD, COSTS, st.integers(7, 28))
def test_what_is_the_same_every_day_goes_on(
    now_on: date, ahead: int, cost: int, days: int
) -> None:
    found = look(seen(lambda _: cost, now_on, days), now_on, ahead)
    assert is_near(found.at_end_nanos, (ahead + 1) * cost)
    assert is_near(found.low_nanos, found.at_end_nanos)
    assert is_near(found.high_nanos, found.at_end_nanos)
    assert (found.per_day_nanos, found.trend_nanos) == (cost, 0)


@given(TODAYS, AHEAD, st.lists(st.integers(0, 1_000_000 * CENT), min_size=7, max_size=7))
def test_a_pattern_of_weekdays_goes_on(now_on: date, ahead: int, week: list[int]) -> None:
    week[0] += CENT

    def rule(on: date) -> int:
        return week[on.weekday()]

    found = look(seen(rule, now_on), now_on, ahead)
    assert is_near(found.at_end_nanos, go_on(rule, now_on, ahead))
    assert is_near(found.high_nanos - found.low_nanos, 0)
    assert found.trend_nanos == 0


@given(TODAYS, st.integers(0, 13), st.integers(14, 1000), st.integers(-30, 30), COSTS)
def test_steady_growth_goes_on_for_two_weeks(
    now_on: date, ahead: int, start: int, step: int, unit: int
) -> None:
    # Such a fall stays above nothing for the two weeks that are seen and the two that come.
    start += 30 * abs(step)

    def rule(on: date) -> int:
        return unit * (start + step * (on - now_on).days)

    found = look(seen(rule, now_on), now_on, ahead)
    assert is_near(found.at_end_nanos, go_on(rule, now_on, ahead))
    assert is_near(abs(found.trend_nanos), abs(unit * step))
    assert found.trend_nanos * step >= 0


@given(TODAYS, COSTS)
def test_no_growth_goes_on_for_longer_than_it_was_seen(now_on: date, unit: int) -> None:
    found = look(
        seen(lambda on: unit * (100 + (on - now_on).days), now_on), now_on, 60
    ).at_end_nanos
    steady = look(seen(lambda _: unit * 113, now_on), now_on, 60).at_end_nanos
    assert found <= steady + 100


@given(TODAYS, AHEAD, COSTS, st.integers(15, 28))
def test_what_has_stopped_stays_stopped(now_on: date, ahead: int, cost: int, back: int) -> None:
    spent = seen(lambda on: cost if on <= now_on - timedelta(days=back) else 0, now_on)
    found = look(spent, now_on, ahead, so_far=cost, limit=2 * cost)
    assert found.is_known
    assert (found.low_nanos, found.at_end_nanos, found.high_nanos) == (cost, cost, cost)
    assert (found.runs_out_on, found.may_run_out_on) == (None, None)


@given(TODAYS, st.integers(1, 45), COSTS, st.integers(1, 14), st.integers(2, 1000))
def test_one_spike_bends_no_trend_and_widens_the_band(
    now_on: date, ahead: int, cost: int, back: int, times: int
) -> None:
    spent = seen(lambda _: cost, now_on)
    spent[now_on - timedelta(days=back)] = cost * times
    found = look(spent, now_on, ahead)
    flat = (ahead + 1) * cost
    assert found.trend_nanos == 0
    # Its own weekday is expected to cost half as much again each time that it comes, no more.
    weekdays = ahead // 7 + 1
    assert flat - 100 <= found.at_end_nanos <= flat + weekdays * cost * times // 2 + 100
    assert found.low_nanos <= flat <= found.high_nanos


@given(TODAYS, st.integers(0, 6), COSTS)
def test_under_seven_days_nothing_is_known(now_on: date, days: int, cost: int) -> None:
    found = look(seen(lambda _: cost, now_on, days), now_on, 10, limit=cost)
    assert found == Forecast(False, days, 0, 0, now_on + timedelta(days=10), cost)


@given(
    TODAYS,
    AHEAD,
    st.lists(st.integers(0, 10**15), min_size=28, max_size=28),
    st.integers(0, 10**15),
    st.integers(1, 10**17),
)
def test_whatever_was_spent_the_numbers_fit_each_other(
    now_on: date, ahead: int, costs: list[int], today: int, limit: int
) -> None:
    spent = {now_on - timedelta(days=back + 1): cost for back, cost in enumerate(costs)}
    spent[now_on] = today
    found = look(spent, now_on, ahead, limit=limit, so_far=today)
    if not found.is_known:
        assert not any(costs[6:])
        return
    assert today <= found.low_nanos <= found.at_end_nanos <= found.high_nanos
    assert (found.runs_out_on is None) == (found.at_end_nanos < limit)
    assert (found.may_run_out_on is None) == (found.high_nanos < limit)
    if found.runs_out_on is not None:
        days = (found.runs_out_on - now_on).days
        assert look(spent, now_on, days, so_far=today).at_end_nanos >= limit
        if days:
            assert look(spent, now_on, days - 1, so_far=today).at_end_nanos < limit
        assert found.may_run_out_on is not None
        assert found.may_run_out_on <= found.runs_out_on
    assert all(
        isinstance(x, int)
        for x in (found.at_end_nanos, found.low_nanos, found.high_nanos, found.trend_nanos)
    )


@given(TODAYS, AHEAD, COSTS, st.integers(0, 10))
def test_today_counts_with_the_more_of_what_it_is_and_was_to_be(
    now_on: date, ahead: int, cost: int, tenths: int
) -> None:
    today = cost * tenths // 5
    spent = seen(lambda _: cost, now_on) | {now_on: today}
    found = look(spent, now_on, ahead, so_far=today)
    assert is_near(found.at_end_nanos, max(cost, today) + ahead * cost)


def test_the_band_holds_what_comes_about_four_times_in_five() -> None:
    chance = random.Random(20_261_128)
    now_on = date(2026, 11, 18)
    held = 0
    for _ in range(1000):
        costs = [
            round(20_000_000_000 * max(0.0, chance.gauss(1, 0.4)))
            * (1 if (now_on + timedelta(days=day)).weekday() < 5 else 0.2)
            for day in range(-28, 13)
        ]
        spent = {now_on + timedelta(days=day - 28): round(costs[day]) for day in range(28)}
        found = look(spent, now_on, 12)
        held += found.low_nanos <= sum(costs[28:]) <= found.high_nanos
    assert 740 <= held <= 860
