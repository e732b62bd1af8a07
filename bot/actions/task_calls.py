"""What a person may ask about their tasks, as calls; a task is named by its number or its words.

Days and times are the asker's own, where they are: "tomorrow at 9" is kept as it is meant until
it is put on the time line.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.actions.base import ActionCall
from bot.actions.quiet import ClockTime

TaskText = Annotated[str, Field(min_length=1, max_length=300)]
# How a task is named: "12" by its number, else by words that stand in it.
TaskName = Annotated[str, Field(min_length=1, max_length=300)]
# A recurrence in its stored form; see `bot.schedules.recurrence`.
Repeats = Annotated[str, Field(min_length=1, max_length=100)]


class AddTask(ActionCall):
    """Put something on the asker's list of tasks, to be told of it at a time where one is given.

    `clock` without `due_on` goes with `repeats`: the first occasion is the next one.
    """

    action: Literal["add_task"] = "add_task"
    text: TaskText
    due_on: date | None = None
    clock: ClockTime | None = None
    repeats: Repeats | None = None


class CaptureThought(ActionCall):
    """Keep a thought in the asker's inbox, for later."""

    action: Literal["capture_thought"] = "capture_thought"
    text: TaskText


class ChangeTask(ActionCall):
    """Give one of the asker's tasks another text, time or recurrence; a thought becomes a task."""

    action: Literal["change_task"] = "change_task"
    task: TaskName
    text: TaskText | None = None
    due_on: date | None = None
    clock: ClockTime | None = None
    repeats: Repeats | None = None


class CompleteTask(ActionCall):
    """Tick off one of the asker's tasks; one that repeats goes on with its next occasion."""

    action: Literal["complete_task"] = "complete_task"
    task: TaskName
    # The occasion that is meant (aware), where a button stands beside one.
    due_at: datetime | None = None


class CancelTask(ActionCall):
    """Drop one of the asker's tasks or reminders, with all its occasions."""

    action: Literal["cancel_task"] = "cancel_task"
    task: TaskName


class SnoozeTask(ActionCall):
    """Tell the asker of a task again later; the one they were told of last if none is named.

    `minutes` from now, in so many `days` at 9:00, or on a day at a time; in an hour if none.
    """

    action: Literal["snooze_task"] = "snooze_task"
    task: TaskName | None = None
    minutes: Annotated[int, Field(gt=0, le=60 * 24 * 366)] | None = None
    days: Annotated[int, Field(gt=0, le=366)] | None = None
    until_on: date | None = None
    clock: ClockTime | None = None


class ClearTasks(ActionCall):
    """Drop or tick off all of the asker's open tasks, or those untouched for long."""

    action: Literal["clear_tasks"] = "clear_tasks"
    which: Literal["all", "stale"] = "stale"
    is_done: bool = False


class ListTasks(ActionCall):
    """Show the asker's tasks and reminders, or the thoughts in their inbox."""

    action: Literal["list_tasks"] = "list_tasks"
    which: Literal["open", "inbox", "done"] = "open"


class PlanDay(ActionCall):
    """Show what the asker's day holds: what is due and overdue, what waits, oldest thoughts."""

    action: Literal["plan_day"] = "plan_day"
