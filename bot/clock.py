"""Where the time comes from. Rules take a time or a `Clock`; nothing else asks the machine."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> datetime:
        """Return the present as an aware UTC time."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards; only differences mean something."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class ManualClock:
    """A clock that stands still until it is told to move: for the demo's seed and for tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._ticks = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._ticks

    def advance(self, by: timedelta) -> None:
        """Move forward; a negative span is a clock that was set back, as machines' clocks are."""
        self._now += by
        self._ticks += max(by.total_seconds(), 0.0)

    def step(self, by: timedelta) -> None:
        """Show another time at once, as a clock that is set does; none of it passes."""
        self._now += by

    def set(self, to: datetime) -> None:
        """Jump to an aware time."""
        self.advance(to - self._now)


def to_us(at: datetime) -> int:
    """Return an aware time as microseconds since 1970, as the database keeps it."""
    return (at - EPOCH) // _MICROSECOND


def from_us(us: int) -> datetime:
    """Return the aware UTC time that `to_us` was given."""
    return EPOCH + timedelta(microseconds=us)
