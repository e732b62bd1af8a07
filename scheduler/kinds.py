"""How each kind of schedule is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.ports import Tx
from bot.schedules.model import Run

# Does what a run is for and returns the code of how it went, in the transaction that ends it.
Job = Callable[[Tx, Run], str]
# Does what needs the network or takes long, outside a transaction, and returns what is left.
Prepare = Callable[[Run], Awaitable[Job]]

# Long enough for a transaction on a busy machine, and shorter than a pause that people notice.
_LEASE: Final = timedelta(seconds=45)
_LONG_LEASE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of schedule does: a job alone, or what is prepared for one.

    `at_once` is how many runs of it one process goes on with beside each other; `lease` after how
    long another process takes a run over.
    """

    prepare: Prepare
    at_once: int
    lease: timedelta


def quick(job: Job) -> Kind:
    """Return a kind that is done in one transaction."""

    async def nothing(run: Run) -> Job:
        return job

    return Kind(nothing, at_once=200, lease=_LEASE)


def prepared(prepare: Prepare, *, at_once: int = 8) -> Kind:
    """Return a kind that does something outside a transaction first."""
    return Kind(prepare, at_once=at_once, lease=_LONG_LEASE)
