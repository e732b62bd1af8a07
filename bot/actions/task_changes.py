"""What every change of a task has in common: its record, its receipt, and how it is put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot.actions.base import ActionCall, Preview, Receipt, record
from bot.actions.task_calls import TaskText
from bot.actions.task_plans import keep_telling
from bot.agenda import Task, TaskState, Timing
from bot.audit.chain import content_digest
from bot.errors.kinds import Conflict, InvalidInput, NotFound
from bot.local_time import instant_of
from bot.ports import Actor, Tx
from bot.schedules.recurrence import Recurrence, next_after

TaskHow = Literal[
    "added", "captured", "changed", "done", "went_on", "cancelled", "snoozed", "restored"
]
_MORNING: Final = time(9)
# Where nobody says until when.
USUAL_SNOOZE: Final = timedelta(hours=1)
_MOST_YEARS: Final = 100
EXAMPLE: Final = "tomorrow at 9"


class TaskBefore(BaseModel):
    """A task as it was, and the version that it must still have to become that again.

    `text` None leaves its words as they are.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    expected: int
    state: TaskState
    due_at: datetime | None = None
    snoozed_until: datetime | None = None
    rule: str | None = None
    zone: str = "UTC"
    text: TaskText | None = None


class RestoreTasks(ActionCall):
    """Put tasks back to what they were, if nobody has changed them since."""

    action: Literal["restore_tasks"] = "restore_tasks"
    tasks: tuple[TaskBefore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReceipt(Receipt):
    """What became of a task; of one that was snoozed `at` is until when, else when it is due."""

    how: TaskHow
    number: int
    text: str
    at: datetime | None = None
    repeats: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksReceipt(Receipt):
    """TaskHow many tasks were ticked off, dropped or put back at once."""

    how: Literal["done", "cancelled", "restored"]
    count: int


def timing_of(
    on: date | None, clock: str | None, repeats: str | None, actor: Actor, now: datetime
) -> Timing:
    """Return when something is due, by the clocks where the asker is; nothing for nothing given.

    Raises:
        InvalidInput: that is no recurrence, or none of its occasions is to come, or none that
            anybody waits for.
    """
    zone = ZoneInfo(actor.person.zone)
    _require_near(on, now)
    if repeats is not None:
        rule = _rule(repeats, on, clock)
        _require_near(rule.from_on, now, is_start=True)
        coming = next_after(rule, now, zone)
        if coming is None:
            raise InvalidInput("time", "is over", example=EXAMPLE)
        return Timing(coming.at, str(rule), zone.key)
    if on is None and clock is None:
        return Timing(zone=zone.key)
    at = _MORNING if clock is None else time.fromisoformat(clock)
    if on is not None:
        return Timing(instant_of(on, at, zone), None, zone.key)
    today = now.astimezone(zone).date()
    due = instant_of(today, at, zone)
    if due <= now:
        due = instant_of(today + timedelta(days=1), at, zone)
    return Timing(due, None, zone.key)


def _require_near(on: date | None, now: datetime, *, is_start: bool = False) -> None:
    """Raise `InvalidInput` for a day that nobody waits for; what repeats may have begun then."""
    if on is None:
        return
    if on.year > now.year + _MOST_YEARS:
        raise InvalidInput("time", "is too far away", example=EXAMPLE)
    if on.year < now.year - 1 and not is_start:
        raise InvalidInput("time", "is over", example=EXAMPLE)


def _rule(repeats: str, on: date | None, clock: str | None) -> Recurrence:
    try:
        rule = Recurrence.parse(repeats)
        if clock is not None:
            rule = replace(rule, at=time.fromisoformat(clock))
        return rule if on is None else replace(rule, from_on=on)
    except ValueError:
        raise InvalidInput("repetition", "is no recurrence", example="every Monday at 9") from None


def require_ahead(due_at: datetime | None, now: datetime) -> None:
    """Raise `InvalidInput` if a time is over: nobody could be told of it in time."""
    if due_at is not None and due_at <= now:
        raise InvalidInput("time", "is over", example=EXAMPLE)


def save(tx: Tx, before: Task, after: Task) -> Task:
    """Keep a change of a task. Raises `Conflict` if it was changed at the same moment."""
    saved = tx.tasks.save(before, after)
    if saved is None:
        raise Conflict("the task was changed since")
    keep_telling(tx, saved)
    return saved


def restore_of(before: Task, after: Task) -> TaskBefore:
    """Return what puts a task back from `after` to what it was before."""
    return TaskBefore(
        number=before.number,
        expected=after.version,
        state=before.state,
        due_at=before.due_at,
        snoozed_until=before.snoozed_until,
        rule=before.rule,
        zone=before.zone,
        text=None if before.text == after.text else before.text,
    )


def note(tx: Tx, actor: Actor, what: str, task: Task, *, has_words: bool = False) -> None:
    """Seal in the audit log what became of a task; of new words only their digest."""
    detail: dict[str, object] = {"number": task.number}
    if has_words:
        detail["digest"] = content_digest(task.salt, task.text)
    record(tx, actor, f"task.{what}", task.id, detail)


def receipt(how: TaskHow, task: Task, undo: ActionCall | None = None) -> Receipt:
    """Return what became of a task."""
    at = task.snoozed_until if how == "snoozed" else task.due_at
    return TaskReceipt(
        how=how, number=task.number, text=task.text, at=at, repeats=task.rule, undo=undo
    )


def shown(call: ActionCall, task: Task, *, at: datetime | None = None) -> Preview:
    """Return a preview about a task."""
    return Preview(
        action=call.action,
        subject=task.text,
        number=task.number,
        due_at=at or task.due_at,
        repeats=task.rule,
    )


def preview_restore(call: RestoreTasks, tx: Tx, actor: Actor) -> Preview:
    """Show which tasks would be put back."""
    tasks = [_found(one, tx, actor) for one in call.tasks]
    return Preview(
        action=call.action,
        subject=tasks[0].text if len(tasks) == 1 else str(len(tasks)),
        lines=tuple(task.text for task in tasks[1:]),
    )


def restore_tasks(call: RestoreTasks, tx: Tx, actor: Actor) -> Receipt:
    """Put tasks back, all of them or none. Raises `Conflict` if one was changed since."""
    restored: list[Task] = []
    for one in call.tasks:
        task = _found(one, tx, actor)
        if task.version != one.expected:
            raise Conflict("the task was changed since")
        after = replace(
            task,
            text=one.text or task.text,
            state=one.state,
            due_at=one.due_at,
            snoozed_until=one.snoozed_until,
            rule=one.rule,
            zone=one.zone,
        )
        saved = save(tx, task, after)
        note(tx, actor, "restored", saved, has_words=one.text is not None)
        restored.append(saved)
    if len(restored) == 1:
        return receipt("cancelled" if not restored[0].is_live else "restored", restored[0])
    return TasksReceipt(how="restored", count=len(restored))


def _found(one: TaskBefore, tx: Tx, actor: Actor) -> Task:
    task = tx.tasks.find(actor.person.id, one.number)
    if task is None:
        raise NotFound("task", f"#{one.number}")
    return task


def undo_of(pairs: Sequence[tuple[Task, Task]]) -> RestoreTasks:
    """Return the call that takes changes back: pairs of before and after."""
    return RestoreTasks(tasks=tuple(restore_of(before, after) for before, after in pairs))
