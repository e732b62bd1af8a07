"""Forgetting at night what was done long ago: messages, tasks and runs of schedules.

Nothing that waits is ever forgotten. It goes some rows at a time, each in a transaction of its
own, so that whoever writes meanwhile waits for a few of them at most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.ids import TenantId
from bot.ports import Database, Inbox, Outbox, Tx
from bot.schedules.model import Run
from scheduler.kinds import Job, Prepare

DROPPED, NOTHING = "dropped", "nothing"
# So long it can be seen when something was done; longer than a date may come twice.
_KEEP_RUNS: Final = timedelta(days=35)
# Some milliseconds of work on a slow disk.
_AT_ONCE: Final = 200
_MESSAGES: Final[tuple[Callable[[Tx], Inbox | Outbox], ...]] = (
    lambda tx: tx.inbox,
    lambda tx: tx.outbox,
)


@dataclass(frozen=True, slots=True)
class Lives:
    """How long is kept what is over.

    `messages` must be longer than any platform delivers a message again: whether one came before
    is known by its row.
    """

    messages: timedelta = timedelta(days=30)
    tasks: timedelta = timedelta(days=90)


def retention(database: Database, lives: Lives) -> Prepare:
    """Return what forgets a company's tasks and runs, and all companies' messages.

    Repeating it, also at the same time, is safe.
    """

    async def prepare(run: Run) -> Job:
        now = run.claimed_at
        dropped = 0
        for of in _MESSAGES:
            dropped += await _drop_messages(database, of, now - lives.messages)
        dropped += await _drop_tasks(database, run.schedule.tenant, now - lives.tasks)
        return partial(_drop_runs, dropped=dropped)

    return prepare


async def _drop_messages(
    database: Database, of: Callable[[Tx], Inbox | Outbox], before: datetime
) -> int:
    """Walk from the oldest row to the first that came later than `before`."""
    dropped = after = 0
    while upto := await database.read(partial(_look, of=of, after=after, before=before)):
        dropped += await database.write(
            partial(_drop, of=of, after=after, upto=upto, before=before)
        )
        after = upto
    return dropped


def _look(
    tx: Tx, *, of: Callable[[Tx], Inbox | Outbox], after: int, before: datetime
) -> int | None:
    return of(tx).look_at_old(after, before, _AT_ONCE)


def _drop(
    tx: Tx, *, of: Callable[[Tx], Inbox | Outbox], after: int, upto: int, before: datetime
) -> int:
    return of(tx).drop_old(after, upto, before)


async def _drop_tasks(database: Database, tenant: TenantId, before: datetime) -> int:
    dropped = 0
    while some := await database.write(
        lambda tx: tx.tasks.drop_old(before, _AT_ONCE), tenant=tenant
    ):
        dropped += some
    return dropped


def _drop_runs(tx: Tx, run: Run, *, dropped: int) -> str:
    dropped += tx.runs.drop_old(tx.schedules.now() - _KEEP_RUNS)
    return DROPPED if dropped else NOTHING
