"""Tasks and reminders: "remind me to send the invoice on Friday at 10", "apunta: ...".

A task is only made of words that ask for one; of what is asked of other lists or of a calendar
it is said that they are not kept here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.actions.task_calls import (
    AddTask,
    CancelTask,
    ClearTasks,
    CompleteTask,
    ListTasks,
    PlanDay,
)
from bot.planning import Choice, Question
from intents.extract.letters import fold
from intents.rules import task_lists as lists
from intents.rules import task_views as views
from intents.rules import task_words as w
from intents.rules.patterns import Outcome
from intents.rules.task_adds import find_added, find_note, find_reminder
from intents.rules.task_edits import (
    end_of,
    find_changed,
    find_completed,
    find_dropped,
    find_snooze,
)
from intents.rules.task_ends import find_ended
from intents.rules.task_said import AROUND, MOST, Said
from intents.rules.task_typos import mend
from intents.rules.task_wakes import find_wake
from intents.sentence import Sentence

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f]"
)


def find_tasks(sentence: Sentence) -> Outcome | None:
    """Return what a sentence wants of tasks, in either language; None for something else."""
    if _UNSEEN.search(sentence.text):
        return None
    folded = fold(sentence.text)
    mended = mend(sentence.text, folded)
    if mended != sentence.text:
        sentence, folded = replace(sentence, text=mended), fold(mended)
    return _read(Said(sentence, folded))


def _read(order: Said) -> Outcome | None:
    if not order.text:
        return None
    ended = _ended(order)
    if ended is not None:
        return ended
    if w.NEGATED.match(order.text):
        return None
    return (
        _read_plan(order)
        or find_snooze(order)
        or find_reminder(order)
        or find_wake(order)
        or find_note(order)
        or find_dropped(order)
        or find_completed(order)
        or find_changed(order)
        or find_added(order)
        or _list(order)
        or _elsewhere(order)
    )


def _read_plan(order: Said) -> Outcome | None:
    text = order.text
    if views.PLAN_DAY.fullmatch(text) and views.PLANS.search(text):
        return PlanDay()
    if views.TIDY.fullmatch(text):
        return ClearTasks(which="stale")
    if views.INBOX.fullmatch(text):
        return ListTasks(which="inbox")
    if views.MY_DAY.fullmatch(text) and views.TODAY.search(text):
        return PlanDay()
    if views.TO_DO.fullmatch(text):
        return PlanDay() if views.TODAY.search(text) else ListTasks()
    if views.DONE_LIST.fullmatch(text):
        return ListTasks(which="done")
    if views.ON_LIST.fullmatch(text):
        return ListTasks()
    return None


def _ended(order: Said) -> Outcome | None:
    """Read "done send the invoice" and "stop reminding me to log my hours"."""
    ended = None if order.asks else find_ended(order.text)
    if ended is None:
        return None
    name = order.raw(order.start + ended.start, order.start + ended.stop)
    make = CompleteTask if ended.end == "done" else CancelTask
    return end_of(order, order.plain(name), make)


def _list(order: Said) -> Outcome | None:
    text = order.text
    if views.OWN_LIST.fullmatch(text):
        return ListTasks()
    reads = views.READ_START.match(text) or (order.asks and views.READ_START.match(order.whole))
    if not reads or not views.NAMES_LIST.search(text) or w.MONEY.search(text):
        return None
    if re.search(r"\b(?:done|finished|completed|hechas|terminadas|completadas)\b", text):
        is_past = re.search(r"\b(?:have|did|i'?ve|he|que)\b", text)
        return ListTasks(which="done") if is_past else ListTasks()
    return ListTasks()


def _elsewhere(order: Said) -> Outcome | None:
    for pattern in (lists.OTHER_LIST_EN, lists.OTHER_LIST_ES):
        found = pattern.fullmatch(order.text)
        if found is None:
            continue
        groups = found.groupdict()
        choices: tuple[Choice, ...] = ()
        said = next((name for name in ("what", "what2") if groups.get(name)), None)
        if said is not None:
            what = order.group(found, said).strip(AROUND)
            if what and not w.IT.fullmatch(fold(what)):
                choices = (Choice("add_task", (AddTask(text=what[:MOST]),)),)
        return Question("no_lists", text=order.sentence.text, choices=choices)
    if lists.APPOINTMENT.search(order.text) and lists.APPOINTMENT_ORDER.match(order.text):
        return Question("no_calendar", text=order.sentence.text)
    return None
