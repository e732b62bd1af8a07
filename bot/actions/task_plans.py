"""When a person is told of a task: one schedule a task, for the next time alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.agenda import Task
from bot.ports import Tx
from bot.schedules.model import Plan, plan
from bot.schedules.recurrence import Recurrence, next_after, once

KIND: Final = "task"
_MINUTE: Final = timedelta(minutes=1)


def next_telling(task: Task) -> datetime | None:
    """Return when its person is told of a task next; None for one that waits for nothing."""
    if task.state != "open":
        return None
    if task.snoozed_until is not None or task.due_at is None:
        return task.snoozed_until
    told = task.told_at
    if told is None or told < task.due_at:
        return task.due_at
    if task.rule is None:
        return None
    coming = next_after(Recurrence.parse(task.rule), told, ZoneInfo(task.zone))
    return None if coming is None else coming.at


def keep_telling(tx: Tx, task: Task) -> None:
    """Plan the next telling of a task in place of what was planned, or end that.

    What is due already is told within the minute.
    """
    at = next_telling(task)
    if at is None:
        stop_telling(tx, task.id)
        return
    soonest = tx.schedules.now() + timedelta(seconds=1)
    at = to_minute(max(at, soonest)).astimezone(UTC)
    # An instant and no local time: no clock that jumps makes it come twice or not at all.
    rule = once(at.date(), at.time())
    wanted = Plan(kind=KIND, rule=rule, zone="UTC", subject=task.id, owner_id=task.person_id)
    plan(tx, wanted)


def stop_telling(tx: Tx, task_id: str) -> None:
    """End what is planned for a task."""
    planned = tx.schedules.find(KIND, task_id)
    if planned is not None and planned.state != "over":
        tx.schedules.end(planned)


def to_minute(at: datetime) -> datetime:
    """Return a time's own minute, or the next one if it is later than that."""
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + _MINUTE
