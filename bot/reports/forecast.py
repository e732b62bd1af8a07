"""Where spend is heading: the last two weeks gone on with, by weekday, and how sure that is.

A weekday's part comes from its two days, the trend from how much each weekday changed in the week
between them. Of the seven changes the least and the most are left out, so that one unusual day
bends nothing, and of a trend the less is gone on with the more of it may be chance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Final

# A forecast looks back over two weeks, so that each weekday counts twice, and keeps silent on
# less than one.
LOOK_BACK_DAYS: Final = 14
LEAST_DAYS: Final = 7
# Days before the first that had any spend are unknown; it is looked for so far back.
DATA_DAYS: Final = 28
_WEEK: Final = 7
# Four in five months are to end between `low_nanos` and `high_nanos`: 10 % of a normal
# distribution are beyond 1.2816 standard deviations on each side.
_BAND: Final = 1.2816
# What is known of a trend before anything is seen: in two companies of three a day costs within
# one percent of the day before, so much more or less. A trend that noise may have made is drawn
# towards none by that.
_USUAL_TREND: Final = 0.01
# Fewer weekdays than these say nothing of a trend.
_LEAST_SLOPES: Final = 4
# Nothing is taken to go on rising for longer than it was looked at.
_MOST_TREND_DAYS: Final = LOOK_BACK_DAYS


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a wallet will have spent at the end of a period, going on as in the last two weeks.

    `is_known` is False under seven days of data; the amounts are 0 then. In four cases of five it
    ends from `low_nanos` to `high_nanos`. `trend_nanos` is by how much a day costs more than the
    one before, 0 where that may be chance. `runs_out_on` is the day on which the limit is reached,
    None if it holds, or there is none; `may_run_out_on` the same where it comes to the most.
    """

    is_known: bool
    days_of_data: int
    per_day_nanos: int
    at_end_nanos: int
    ends_on: date
    limit_nanos: int | None = None
    runs_out_on: date | None = None
    low_nanos: int = 0
    high_nanos: int = 0
    may_run_out_on: date | None = None
    trend_nanos: int = 0


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What a day is expected to cost, 0 being today, and how far off that usually is.

    Statistics of amounts, in nano-dollars as floats; nothing of it is kept or posted.
    """

    expect: Callable[[int], float]
    slope: float
    slope_error: float
    deviation: float
    days: int

    @property
    def has_trend(self) -> bool:
        """Whether the trend is more than two standard errors from none."""
        return abs(self.slope) > 2 * self.slope_error

    def spread(self, ahead: int) -> float:
        """Return how far off the sum of so many days may be, today being one."""
        by_day = self.deviation * sqrt(ahead + ahead**2 / self.days)
        by_trend = self.slope_error * ahead * (self.days + ahead) / 2
        return _BAND * sqrt(by_day**2 + by_trend**2)


def project(
    spent: Mapping[date, int],
    now_on: date,
    *,
    so_far_nanos: int,
    ends_on: date,
    limit_nanos: int | None,
) -> Forecast:
    """Go on from the last two full weeks to the end of a period.

    Today counts with what it has come to, or what such a day is expected to if that is more.

    Args:
        spent: nano-dollars by local date, from 28 days back to today; none is zero.
        now_on: today.
        so_far_nanos: what the period has come to, today's spend included.
        ends_on: the last day of the period.
        limit_nanos: its limit, None without one.
    """
    known = [on for on, cost in spent.items() if cost > 0 and on < now_on]
    count = min(LOOK_BACK_DAYS, (now_on - min(known)).days) if known else 0
    if count < LEAST_DAYS:
        return Forecast(False, count, 0, 0, ends_on, limit_nanos)
    window_on = [now_on - timedelta(days=back) for back in range(count, 0, -1)]
    window = [spent.get(on, 0) for on in window_on]
    pattern = _by_weekday(window) if count == LOOK_BACK_DAYS else _by_kind(window, window_on)
    today = max(0, round(pattern.expect(0)) - spent.get(now_on, 0))
    coming = [so_far_nanos + today]
    for ahead in range(1, (ends_on - now_on).days + 1):
        coming.append(coming[-1] + round(pattern.expect(ahead)))
    spreads = [round(pattern.spread(ahead)) for ahead in range(1, len(coming) + 1)]
    at_end, spread = coming[-1], spreads[-1]
    most = [cost + more for cost, more in zip(coming, spreads, strict=True)]
    return Forecast(
        is_known=True,
        days_of_data=count,
        per_day_nanos=sum(window) // count,
        at_end_nanos=at_end,
        ends_on=ends_on,
        limit_nanos=limit_nanos,
        runs_out_on=_reached(coming, limit_nanos, now_on),
        low_nanos=max(so_far_nanos, at_end - spread),
        high_nanos=at_end + spread,
        may_run_out_on=_reached(most, limit_nanos, now_on),
        trend_nanos=round(pattern.slope) if pattern.has_trend else 0,
    )


def _reached(coming: Sequence[int], limit_nanos: int | None, now_on: date) -> date | None:
    if limit_nanos is None:
        return None
    days = (ahead for ahead, cost in enumerate(coming) if cost >= limit_nanos)
    ahead = next(days, None)
    return None if ahead is None else now_on + timedelta(days=ahead)


def _by_weekday(window: Sequence[int]) -> _Pattern:
    """Read two whole weeks: what each weekday costs, and by how much all of them rise."""
    level = sum(window) / LOOK_BACK_DAYS
    pairs = list(zip(window[:_WEEK], window[_WEEK:], strict=True))
    changes = [(later - earlier) / _WEEK for earlier, later in pairs]
    steepest = level / _middle(0)

    def line(slope: float, day: int) -> float:
        """Return an average weekday's cost, by days from the first of the window."""
        return level - slope * _middle(day)

    def clip(slope: float) -> float:
        return min(max(slope, -steepest), steepest)

    # First as if all weekdays were alike, then with what each is worth.
    rough = clip(sorted(changes)[_WEEK // 2])
    parts = [
        (earlier + later) / both if (both := line(rough, day) + line(rough, day + _WEEK)) else 0.0
        for day, (earlier, later) in enumerate(pairs)
    ]
    whole = sum(parts)
    parts = [part * _WEEK / whole for part in parts] if whole else parts
    slopes = [change / part for change, part in zip(changes, parts, strict=True) if part]
    slope, error = _trend(slopes, _USUAL_TREND * level)
    slope = clip(slope)

    def expect(ahead: int) -> float:
        day = LOOK_BACK_DAYS + min(ahead, _MOST_TREND_DAYS - 1)
        return parts[ahead % _WEEK] * max(0.0, line(slope, day))

    squares = [
        (cost - parts[day % _WEEK] * line(slope, day)) ** 2 for day, cost in enumerate(window)
    ]
    # Two weeks less a number for each weekday.
    deviation = sqrt(sum(squares) / _WEEK)
    return _Pattern(expect, slope, error, deviation, LOOK_BACK_DAYS)


def _middle(day: int) -> float:
    """Return how many days a day lies before the middle of two weeks; below zero for after."""
    return (LOOK_BACK_DAYS - 1) / 2 - day


def _trend(slopes: Sequence[float], usual: float) -> tuple[float, float]:
    """Return a trend, drawn towards none where chance may have made it, and how far off it may be.

    The mean without the least and the most, and its standard error from the variance with both
    drawn in: Tukey and McLaughlin, "Less Vulnerable Confidence and Significance Procedures", 1963.
    """
    if len(slopes) < _LEAST_SLOPES:
        return 0.0, 0.0
    ordered = sorted(slopes)
    inner = ordered[1:-1]
    found = sum(inner) / len(inner)
    drawn_in = [inner[0], *inner, inner[-1]]
    mean = sum(drawn_in) / len(slopes)
    variance = sum((slope - mean) ** 2 for slope in drawn_in) / (len(slopes) - 1)
    error = sqrt(variance * len(slopes)) / len(inner)
    # Bayes' rule for two normal distributions: what was seen, and what is usual.
    kept = usual**2 / (usual**2 + error**2) if usual else 0.0
    return found * kept, error * sqrt(kept)


def _by_kind(window: Sequence[int], window_on: Sequence[date]) -> _Pattern:
    """Read under two weeks: what a working day costs and what a day of a weekend does."""
    costs: dict[bool, list[int]] = {False: [], True: []}
    for on, cost in zip(window_on, window, strict=True):
        costs[_is_weekend(on)].append(cost)
    means = {kind: sum(found) / len(found) for kind, found in costs.items()}
    squares = sum((cost - means[kind]) ** 2 for kind, found in costs.items() for cost in found)
    today_on = window_on[-1] + timedelta(days=1)

    def expect(ahead: int) -> float:
        return means[_is_weekend(today_on + timedelta(days=ahead))]

    return _Pattern(expect, 0.0, 0.0, sqrt(squares / (len(window) - 2)), len(window))


def _is_weekend(on: date) -> bool:
    return on.weekday() >= 5
