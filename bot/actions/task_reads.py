"""A person's tasks to look at: the list, the inbox, what was done, and the plan of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from bot.actions.asking import may_decide_on
from bot.actions.base import Action, Receipt, Tier, examples
from bot.actions.requests import requested
from bot.actions.task_calls import ListTasks, PlanDay
from bot.actions.tasks import is_stale
from bot.agenda import Task
from bot.local_time import instant_of
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal

_MOST: Final = 20
_MOST_THOUGHTS: Final = 3
_MOST_REQUESTS: Final = 200


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in a list; `at` is when its owner is told of it next, or was to be."""

    number: int
    text: str
    at: datetime | None
    repeats: str | None
    is_snoozed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskListReceipt(Receipt):
    """Tasks, by when they are due; `left_out` is how many more there are."""

    which: Literal["open", "inbox", "done"]
    tasks: tuple[TaskLine, ...]
    left_out: int
    thoughts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlanReceipt(Receipt):
    """What a day holds, for the asker alone; thoughts are the oldest ones."""

    overdue: tuple[TaskLine, ...]
    today: tuple[TaskLine, ...]
    undated: tuple[TaskLine, ...]
    requests: tuple[str, ...]
    thoughts: tuple[TaskLine, ...]
    stale: int
    left_out: int


def list_tasks(call: ListTasks, tx: Tx, actor: Actor) -> Receipt:
    """Read the asker's own tasks."""
    live = tx.tasks.list_live(actor.person.id)
    thoughts = [task for task in live if task.state == "inbox"]
    if call.which == "done":
        found = tx.tasks.list_done(actor.person.id, _MOST)
    elif call.which == "inbox":
        found = thoughts
    else:
        found = sorted((task for task in live if task.state == "open"), key=_order)
    return TaskListReceipt(
        which=call.which,
        tasks=tuple(_line(task) for task in found[:_MOST]),
        left_out=max(len(found) - _MOST, 0),
        thoughts=len(thoughts),
    )


def plan_day(call: PlanDay, tx: Tx, actor: Actor) -> Receipt:
    """Read what the asker's day holds, by the clocks where they are."""
    zone = ZoneInfo(actor.person.zone)
    today = tx.now.astimezone(zone).date()
    begins = instant_of(today, time.min, zone)
    ends = instant_of(today + timedelta(days=1), time.min, zone)
    live = tx.tasks.list_live(actor.person.id)
    opened = sorted((task for task in live if task.state == "open"), key=_order)
    overdue = [task for task in opened if (at := _told_at(task)) is not None and at < begins]
    due = [task for task in opened if (at := _told_at(task)) is not None and begins <= at < ends]
    undated = [task for task in opened if task.due_at is None and task.snoozed_until is None]
    thoughts = sorted((task for task in live if task.state == "inbox"), key=lambda x: x.number)
    groups = [overdue, due, undated]
    return DayPlanReceipt(
        overdue=tuple(_line(task) for task in overdue[:_MOST]),
        today=tuple(_line(task) for task in due[:_MOST]),
        undated=tuple(_line(task) for task in undated[:_MOST]),
        requests=tuple(request.ref for request in _to_decide(tx, actor)),
        thoughts=tuple(_line(task) for task in thoughts[:_MOST_THOUGHTS]),
        stale=sum(is_stale(task, tx.now) for task in live),
        left_out=sum(max(len(group) - _MOST, 0) for group in groups),
    )


def _to_decide(tx: Tx, actor: Actor) -> list[Proposal]:
    """Return the requests that wait for the asker, newest first."""
    waiting = tx.proposals.list_requests(only_open=True, limit=_MOST_REQUESTS)
    return [
        request
        for request in waiting
        if request.requester_id != actor.person.id
        and may_decide_on(actor.person, request.requester_id, requested(request), tx)
    ]


def _told_at(task: Task) -> datetime | None:
    return task.snoozed_until or task.due_at


def _order(task: Task) -> tuple[bool, float, int]:
    at = _told_at(task)
    return at is None, 0.0 if at is None else at.timestamp(), task.number


def _line(task: Task) -> TaskLine:
    return TaskLine(
        task.number, task.text, _told_at(task), task.rule, task.snoozed_until is not None
    )


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ListTasks,
        Tier.T1,
        "account.own",
        list_tasks,
        is_free=True,
        examples=examples("my tasks", "mis tareas"),
    ),
    Action(
        PlanDay,
        Tier.T1,
        "account.own",
        plan_day,
        is_free=True,
        examples=examples("plan my day", "planifica mi día"),
    ),
)
