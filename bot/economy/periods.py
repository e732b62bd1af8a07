"""Windows and their periods, in a tenant's zone.

A period is named by its key ("month:2026-11"), which is part of its account's key: a new period
is a new account, opened at first use, so that nothing has to be reset.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

Span = Literal["day", "week", "month", "total"]
SPANS: tuple[Span, ...] = get_args(Span)
# Before the first one nothing was kept, and nothing is planned after the last one.
FIRST_DAY: Final = date(1970, 1, 1)
_LAST_DAY: Final = date(9998, 12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: `from_at` included, `until_at` not; both None for `total`."""

    span: Span
    key: str
    from_at: datetime | None
    until_at: datetime | None
    first_on: date | None = None
    last_on: date | None = None


def start_of_day(on: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a local date as UTC.

    Where midnight falls into a gap, the day begins when the gap ends: zoneinfo reads such a
    time with the offset from before the gap, which is that very instant.
    """
    return datetime.combine(on, time.min, tzinfo=zone).astimezone(UTC)


def end_of_day(on: date, zone: ZoneInfo) -> datetime:
    """Return the first instant after a local date, as UTC; of 9999 the last one of 9998.

    Past that calendars end, in one zone earlier than in another.
    """
    return start_of_day(min(on, _LAST_DAY) + timedelta(days=1), zone)


def next_month(on: date) -> date:
    """Return the first day of the month after a date's."""
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)


def end_of_month(on: date) -> date:
    """Return the last day of a date's month."""
    return next_month(on) - timedelta(days=1)


def period_at(span: Span, at: datetime, zone: ZoneInfo) -> Period:
    """Return the period of a window that an aware time falls into; weeks begin on Monday."""
    return _period_of(span, at.astimezone(zone).date(), zone)


@lru_cache(maxsize=512)
def _period_of(span: Span, today: date, zone: ZoneInfo) -> Period:
    if span == "total":
        return Period("total", "total", None, None)
    if span == "day":
        first, after = today, today + timedelta(days=1)
        key = f"day:{first.isoformat()}"
    elif span == "week":
        first = today - timedelta(days=today.weekday())
        after = first + timedelta(days=7)
        year, week, _ = first.isocalendar()
        key = f"week:{year}-W{week:02d}"
    else:
        first = today.replace(day=1)
        after = next_month(today)
        key = f"month:{first:%Y-%m}"
    return Period(
        span,
        key,
        start_of_day(first, zone),
        start_of_day(after, zone),
        first,
        after - timedelta(days=1),
    )


def short_window(minutes: int, at: datetime) -> Period:
    """Return the stretch of so many minutes, counted from midnight UTC, that a time falls into."""
    utc = at.astimezone(UTC)
    slot = (utc.hour * 60 + utc.minute) // minutes * minutes
    first = utc.replace(hour=slot // 60, minute=slot % 60, second=0, microsecond=0)
    return Period(
        "day", f"{minutes}m:{first:%Y-%m-%dT%H:%M}", first, first + timedelta(minutes=minutes)
    )
