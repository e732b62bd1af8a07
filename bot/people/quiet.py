"""Quiet hours: when a person is told nothing that they did not ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.local_time import instant_of


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of day until another, as "22:00", by the clock where the person is.

    The end may be on the next day; both are never the same.
    """

    begins: str
    ends: str

    def end_after(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the quiet hours end in which `now` is (aware, UTC); None if it is in none.

        A time that a day does not have, as the clocks go forward, is the first one after the
        gap; of one that a day has twice it is the first.
        """
        local = now.astimezone(zone)
        clock = local.time()
        begins, ends = time.fromisoformat(self.begins), time.fromisoformat(self.ends)
        has_begun, is_over, is_overnight = clock >= begins, clock >= ends, begins > ends
        # Overnight they are over in the day alone, between their end and their beginning.
        if (is_over and not has_begun) if is_overnight else (is_over or not has_begun):
            return None
        day = local.date() + timedelta(days=is_overnight and has_begun)
        end = instant_of(day, ends, zone)
        return end if end > now else None

    def __str__(self) -> str:
        return f"{self.begins}–{self.ends}"
