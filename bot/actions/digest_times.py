"""When digests come, a person's as a chat's: every day, on workdays or on Mondays, at a time."""

from __future__ import annotations

from datetime import date, time
from typing import Final, Literal

from bot.schedules.recurrence import MONDAY_TO_FRIDAY, Recurrence, daily, weekly

USUAL_AT: Final = time(9, 0)
_MONDAY: Final = 0
_SUNDAY: Final = 6
_WEEK: Final = 7
DigestRhythm = Literal["daily", "workdays", "weekly"]


def rhythm_of(rule: Recurrence) -> DigestRhythm:
    """Return how often a rule has a digest come."""
    if rule.unit != "week":
        return "daily"
    return "workdays" if rule.weekdays == MONDAY_TO_FRIDAY else "weekly"


def days_of(rule: Recurrence, on: date) -> int:
    """Return how many days a digest tells of that comes by a rule on a date.

    On workdays alone Monday's tells of all that Friday's could not: Friday and the weekend.
    """
    rhythm = rhythm_of(rule)
    if rhythm == "weekly":
        return _WEEK
    if rhythm == "workdays":
        return {_MONDAY: 3, _SUNDAY: 2}.get(on.weekday(), 1)
    return 1


def changed_rule(was: Recurrence, rhythm: DigestRhythm | None, at: str | None) -> Recurrence:
    """Return a rule with what was said of it changed; `at` is as "08:30"."""
    on = was.at if at is None else time.fromisoformat(at)
    wanted = rhythm or rhythm_of(was)
    if wanted == "daily":
        return daily(on)
    return weekly(MONDAY_TO_FRIDAY if wanted == "workdays" else (_MONDAY,), on)
