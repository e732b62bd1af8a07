"""Tasks in words: on a card, in a receipt, in a list and in the plan of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.actions.base import Preview
from bot.actions.task_changes import TaskReceipt, TasksReceipt
from bot.actions.task_reads import DayPlanReceipt, TaskLine, TaskListReceipt
from bot.replies.dates import at_time, short_date, today, when
from bot.replies.inert import inert
from bot.replies.parts import quoted
from bot.replies.reader import Language, Reader
from bot.replies.repeats import repeats_text
from bot.replies.words import has_words, say

ACTIONS: Final = frozenset(
    {
        "add_task",
        "capture_thought",
        "change_task",
        "complete_task",
        "cancel_task",
        "snooze_task",
        "clear_tasks",
        "restore_tasks",
    }
)
# What can be changed in their drafts; the others are a yes or a no.
EDITED: Final = frozenset({"add_task", "capture_thought", "change_task", "snooze_task"})
_MOST_TEXT: Final = 300


def task_does(preview: Preview, reader: Reader) -> str:
    """Return what a yes would do: "remind you of “the invoice” on Fri 20 Nov, 10:00"."""
    language = reader.language
    return say(
        language,
        _key(preview, language),
        task=quoted(preview.subject, language),
        number=preview.number if preview.number is not None else preview.subject,
        at="" if preview.due_at is None else at_time(preview.due_at, reader),
        repeats="" if preview.repeats is None else repeats_text(preview.repeats, language),
    )


def _key(preview: Preview, language: Language) -> str:
    variant = ""
    if preview.action == "clear_tasks":
        variant = ".done" if preview.after == "done" else ""
        if not variant and preview.subject == "stale":
            variant = ".stale"
        elif not variant and preview.number == 1:
            variant = ".one"
    elif preview.action == "restore_tasks":
        variant = ".many" if preview.lines else ""
    elif preview.repeats is not None and preview.due_at is not None:
        variant = ".repeats"
    elif preview.due_at is not None:
        variant = ".timed"
    key = f"do.{preview.action}{variant}"
    return key if has_words(language, key) else f"do.{preview.action}"


def task_details(preview: Preview, reader: Reader) -> list[str]:
    """Return the lines below the title: what changes, when that is from now, what else goes."""
    language = reader.language
    if preview.action == "clear_tasks":
        lines = [say(language, "card.task.line", task=inert(one, 80)) for one in preview.lines]
        more = (preview.number or 0) - len(lines)
        return [*lines, say(language, "card.task.more", number=more)] if more > 0 else lines
    if preview.action not in EDITED:
        return []
    lines = []
    if preview.before is not None or preview.after is not None:
        before = quoted(str(preview.before), language)
        lines.append(
            say(
                language,
                "card.task.text",
                before=before,
                after=quoted(str(preview.after), language),
            )
        )
    if preview.due_at is None:
        no_time = preview.action == "add_task"
        return [*lines, say(language, "card.task.no_time")] if no_time else lines
    then = when(preview.due_at, reader)
    if preview.repeats is not None and preview.action == "change_task":
        again = repeats_text(preview.repeats, language)
        return [*lines, say(language, "card.task.repeats", repeats=again, when=then)]
    return [*lines, say(language, "card.task.when", when=then)]


def task_text(receipt: TaskReceipt, reader: Reader) -> str:
    """Return what became of a task."""
    language = reader.language
    variant = ""
    if receipt.at is not None:
        variant = ".timed" if receipt.repeats is None else ".repeats"
    key = f"task.{receipt.how}{variant}"
    return say(
        language,
        key if has_words(language, key) else f"task.{receipt.how}",
        number=receipt.number,
        task=quoted(receipt.text, language),
        when="" if receipt.at is None else when(receipt.at, reader),
        repeats="" if receipt.repeats is None else repeats_text(receipt.repeats, language),
    )


def tasks_text(receipt: TasksReceipt, reader: Reader) -> str:
    """Return how many tasks were changed at once."""
    return say(reader.language, f"tasks.cleared.{receipt.how}", number=receipt.count)


def due_text(number: int, text: str, late_at: datetime | None, reader: Reader) -> str:
    """Return what a person is told when a task is due, or was while nobody was there to say so."""
    language = reader.language
    task = quoted(text, language)
    if late_at is None:
        return say(language, "task.due", task=task, number=number)
    return say(language, "task.due.late", task=task, number=number, at=at_time(late_at, reader))


def task_list_text(receipt: TaskListReceipt, reader: Reader) -> str:
    """Return a list of tasks, a line each."""
    language = reader.language
    key = f"tasks.{receipt.which}"
    thoughts = (
        [say(language, "tasks.thoughts", number=receipt.thoughts)]
        if receipt.thoughts and receipt.which == "open"
        else []
    )
    if not receipt.tasks:
        return "\n".join([say(language, f"{key}.none"), *thoughts])
    number = len(receipt.tasks) + receipt.left_out
    lines = [say(language, key, number=number), *_lines(receipt.tasks, reader)]
    if receipt.left_out:
        lines.append(say(language, "tasks.more", number=receipt.left_out))
    following = {"open": "tasks.next", "inbox": "tasks.inbox.next"}.get(receipt.which)
    return "\n".join([*lines, *thoughts, *([say(language, following)] if following else [])])


def day_plan_text(receipt: DayPlanReceipt, reader: Reader) -> str:
    """Return what a day holds."""
    language = reader.language
    lines = [say(language, "day", day=short_date(today(reader), reader))]
    groups = (("overdue", receipt.overdue), ("today", receipt.today), ("undated", receipt.undated))
    for name, tasks in groups:
        if tasks:
            lines += [say(language, f"day.{name}", number=len(tasks)), *_lines(tasks, reader)]
    if receipt.left_out:
        lines.append(say(language, "tasks.more", number=receipt.left_out))
    if receipt.requests:
        refs = ", ".join(f"#{ref}" for ref in receipt.requests)
        lines.append(say(language, "day.requests", refs=refs))
    if len(lines) == 1:
        lines.append(say(language, "day.free"))
    if receipt.thoughts:
        lines += [say(language, "day.thoughts"), *_lines(receipt.thoughts, reader)]
    if receipt.stale:
        lines.append(say(language, "day.stale", number=receipt.stale))
    return "\n".join([*lines, say(language, "day.again")])


def _lines(tasks: Sequence[TaskLine], reader: Reader) -> list[str]:
    return [_line(task, reader) for task in tasks]


def _line(task: TaskLine, reader: Reader) -> str:
    language = reader.language
    at = "" if task.at is None else at_time(task.at, reader)
    if task.is_snoozed:
        at = say(language, "tasks.snoozed", at=at)
    variant = "" if task.at is None else ".timed" if task.repeats is None else ".repeats"
    return say(
        language,
        f"tasks.line{variant}",
        number=task.number,
        task=inert(task.text, _MOST_TEXT),
        at=at,
        repeats="" if task.repeats is None else repeats_text(task.repeats, language),
    )
