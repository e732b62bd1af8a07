"""How often what must not stay open is looked at: the bounds that were promised."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.alerts.ladder import Ladder
from scheduler import upkeep


@dataclass
class Seen:
    """A ticker that only notes what it is to call."""

    seconds: dict[str, float] = field(default_factory=dict)
    # What waits while the clock is not steady.
    steady: set[str] = field(default_factory=set)

    def every(self, seconds: float, job: Callable[[], Awaitable[object]], *, name: str) -> None:
        self.seconds[name] = seconds
        if isinstance(job, Waits):
            self.steady.add(name)

    def start(self) -> None:
        """Nothing is called."""


class Waits:
    """A job that is called only while the clock is steady."""

    async def __call__(self) -> None:
        """Nothing."""


class Steady:
    """Says which jobs were handed to it."""

    def only(self, _job: object) -> Waits:
        return Waits()


class Runs:
    """Nothing is planned."""

    async def tick(self) -> None:
        """Nothing."""


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    seen = Seen()
    monkeypatch.setattr(upkeep, "Ticker", lambda: seen)

    async def job() -> None:
        """Nothing."""

    nothing = cast(Any, SimpleNamespace(write=job))  # Any: handed on, and never called
    upkeep.start_upkeep(
        nothing,
        expire_holds=job,
        check_ledger=job,
        take_over=job,
        memory_life=timedelta(days=1),
        runs=cast(Any, Runs()),
        steady=cast(Any, Steady()),
        ladder=Ladder(),
        lists=nothing,
    )
    return seen


def test_no_hold_is_open_half_a_minute_after_its_end(seen: Seen) -> None:
    """P6: one that ends just after a look waits for the next, and for as long as that takes."""
    assert 2 * seen.seconds["expire_holds"] <= 30


def test_the_ledger_is_checked_every_hour(seen: Seen) -> None:
    """P4: besides each commit and each start."""
    assert seen.seconds["check_ledger"] <= 3600


def test_what_somebody_else_left_is_taken_over_within_a_minute(seen: Seen) -> None:
    """P1: a process that died held messages; nobody has to write once more."""
    assert seen.seconds["take_over"] <= 60


def test_nothing_ends_by_a_clock_that_has_just_been_set(seen: Seen) -> None:
    """F20: a step of hours would end every hold, draft and request at once."""
    assert {"runs", "expire_holds", "expire_proposals", "remind_requests"} <= seen.steady
