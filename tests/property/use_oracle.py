"""What plans and pace must decide, worked out over again from nothing but lists of times."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.allowances import Allowance
from bot.cooldowns import Pace

# "paused", until, cause, swallowed; "refused", unit, limit, left, opens; "passed", notices.
Decision = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A message of a person's: what it reads and begins, and whether it may be too fast."""

    number: int
    tenant: str
    person: str
    at: datetime
    reads: int
    writes: int
    is_paced: bool


@cache
def next_midnight(on: date, zone: str) -> datetime:
    """Return when a local date is over: the first quarter of an hour at which it is another."""
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    while at.astimezone(ZoneInfo(zone)).date() <= on:
        at += timedelta(minutes=15)
    return at


@dataclass
class Person:
    """What one person has done."""

    messages: list[datetime] = field(default_factory=list)
    writes: list[datetime] = field(default_factory=list)
    until: datetime | None = None
    cause: str = ""
    swallowed: int = 0
    used: dict[tuple[str, date], int] = field(default_factory=lambda: defaultdict(int))


@dataclass
class Oracle:
    """Decides events one after the other."""

    pace: Pace
    allowances: dict[str, Allowance]
    zones: dict[str, str]
    people: dict[str, Person] = field(default_factory=lambda: defaultdict(Person))

    def decide(self, event: Event) -> Decision:
        """Return what must become of an event, and keep it."""
        person = self.people[event.person]
        if event.is_paced:
            paused = self._paused(person, event)
            if paused is not None:
                return paused
        return self._used(person, event)

    def _paused(self, person: Person, event: Event) -> Decision | None:
        now, pace = event.at, self.pace
        if person.until is not None and now < person.until:
            person.swallowed += 1
            return ("paused", person.until, person.cause, person.swallowed)
        cause = ""
        if _since(person.messages, now, pace.messages_s) >= pace.messages:
            cause = "messages"
            person.messages = []
        elif event.writes and _since(person.writes, now, pace.writes_s) >= pace.writes:
            cause = "writes"
            person.writes = []
        if cause:
            person.until, person.cause = now + timedelta(seconds=pace.lasts_s), cause
            person.swallowed = 1
            return ("paused", person.until, cause, 1)
        person.messages.append(now)
        if event.writes:
            person.writes.append(now)
        return None

    def _used(self, person: Person, event: Event) -> Decision:
        zone = self.zones[event.tenant]
        today = event.at.astimezone(ZoneInfo(zone)).date()
        opens_at = next_midnight(today, zone)
        allowance = self.allowances[event.person]
        asked = {"reads": event.reads, "writes": event.writes}
        limits = {"reads": allowance.reads_per_day, "writes": allowance.writes_per_day}
        # Both or none.
        for unit, count in asked.items():
            left = limits[unit] - person.used[unit, today]
            if count and count > left:
                return ("refused", unit, limits[unit], left, opens_at.isoformat())
        notices = []
        for unit, count in asked.items():
            before = person.used[unit, today]
            after = person.used[unit, today] = before + count
            limit = limits[unit]
            if count and before / limit < 0.8 <= after / limit:
                notices.append((unit, after, limit, opens_at))
        return ("passed", *notices)


def _since(times: list[datetime], now: datetime, seconds: int) -> int:
    return sum(1 for at in times[-2000:] if now - at < timedelta(seconds=seconds))
