"""Which instant a local date and time of day is, also where a zone's clocks jump."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant_of(on: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the first instant (UTC) at which local clocks show a time of a date, or later.

    A time that the date does not have, because the clocks go forward, is thus the first instant
    after the gap; of one that it has twice it is the first.
    """
    wanted = datetime.combine(on, at)
    found = wanted.replace(tzinfo=zone).astimezone(UTC)
    if local_clock(found, zone) == wanted:
        return found
    # In a gap. Read with the offset from after it, the time comes before it, and with the one
    # from before it, after it: the gap's own instant, to the second, is between them.
    early = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    before, after = 0, int((found - early).total_seconds())
    while after - before > 1:
        middle = (before + after) // 2
        if local_clock(early + timedelta(seconds=middle), zone) < wanted:
            before = middle
        else:
            after = middle
    return early + timedelta(seconds=after)


def has_date(on: date, zone: ZoneInfo) -> bool:
    """Tell whether a zone has a date: Apia has no 30 December 2011."""
    return local_clock(instant_of(on, time.min, zone), zone).date() == on


def local_clock(at: datetime, zone: ZoneInfo) -> datetime:
    """Return what local clocks show at an instant, without a zone."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)
