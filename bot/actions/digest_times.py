"""When digests come, a person's as a chat's: every day or on Mondays, at a time of day."""

from __future__ import annotations

from datetime import time
from typing import Final, Literal

from bot.schedules.recurrence import Recurrence, daily, weekly

USUAL_AT: Final = time(9, 0)
_MONDAY: Final = 0
_WEEK: Final = 7
DigestRhythm = Literal["daily", "weekly"]


def rhythm_of(rule: Recurrence) -> DigestRhythm:
    """Return how often a rule has a digest come."""
    return "weekly" if rule.unit == "week" else "daily"


def days_of(rule: Recurrence) -> int:
    """Return how many days a digest tells of that comes by a rule."""
    return _WEEK if rhythm_of(rule) == "weekly" else 1


def changed_rule(was: Recurrence, rhythm: DigestRhythm | None, at: str | None) -> Recurrence:
    """Return a rule with what was said of it changed; `at` is as "08:30"."""
    on = was.at if at is None else time.fromisoformat(at)
    is_weekly = (rhythm or rhythm_of(was)) == "weekly"
    return weekly((_MONDAY,), on) if is_weekly else daily(on)
