"""A task that is due becomes a message with buttons, where its person is told things."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from bot import telling
from bot.access import Principal
from bot.actions.task_calls import CompleteTask, SnoozeTask
from bot.actions.task_plans import keep_telling, next_telling, to_minute
from bot.agenda import Task, TaskId
from bot.deciding import offers
from bot.deciding.offers import Offer
from bot.ports import Tx
from bot.replies.tasks import due_text
from bot.replies.words import say
from bot.schedules.model import Run
from bot.schedules.recurrence import Occasion, Recurrence, last_until

SENT, GONE = "sent", "gone"
_AN_HOUR: Final = 60


def tell_task(tx: Tx, run: Run) -> str:
    """Tell a task's person of it once, after their quiet hours, and plan the next time.

    A task that was done, dropped or moved meanwhile is not told of. Of occasions that were missed
    only the last is.
    """
    task = tx.tasks.get(TaskId(run.schedule.plan.subject))
    at = None if task is None else next_telling(task)
    if task is None or at is None or (to_minute(at) > run.occasion.at and not run.is_by_hand):
        return GONE
    person = tx.people.get(task.person_id)
    if person.is_disabled:
        return GONE
    task = _at_its_occasion(tx, task)
    if not tx.tasks.note_told(task):
        return GONE
    told = tx.tasks.get(task.id)
    if told is None:
        return GONE
    reader = telling.reader_of(person, tx.now)
    late_at = run.occasion.at if run.is_late else None
    text = due_text(told.number, told.text, late_at, reader)
    offers.tell(tx, person, text, _buttons(told, person))
    keep_telling(tx, told)
    return SENT


def _at_its_occasion(tx: Tx, task: Task) -> Task:
    """Move a task that repeats to the last occasion that has come."""
    if task.rule is None or task.due_at is None:
        return task
    zone = ZoneInfo(task.zone)
    first = Occasion(task.due_at.astimezone(zone).date(), task.due_at)
    latest = last_until(Recurrence.parse(task.rule), first, tx.now, zone)
    if latest.at <= task.due_at:
        return task
    return tx.tasks.save(task, replace(task, due_at=latest.at)) or task


def _buttons(task: Task, person: Principal) -> list[Offer]:
    number, language = str(task.number), person.language
    return [
        Offer(
            say(language, "button.task.done"),
            CompleteTask(task=number, due_at=task.due_at),
            "yes",
        ),
        Offer(say(language, "button.task.hour"), SnoozeTask(task=number, minutes=_AN_HOUR)),
        Offer(say(language, "button.task.tomorrow"), SnoozeTask(task=number, days=1)),
    ]
