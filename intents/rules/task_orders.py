"""Tasks by slash command, and as changes to a draft: the same readings from other beginnings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.actions.base import ActionCall
from bot.actions.task_calls import CancelTask, ClearTasks, CompleteTask, ListTasks, SnoozeTask
from bot.planning import Directory, Language, PlanContext, Question
from intents.extract.letters import fold, guess_language
from intents.names import NameIndex
from intents.rules.patterns import Outcome
from intents.rules.task_times import cut_when, names_day, names_hour
from intents.rules.task_words import may_be_task
from intents.rules.tasks import find_tasks
from intents.sentence import Sentence, split_words

# What a command's arguments would stand behind in a sentence.
_LEADS: Final[dict[str, dict[Language, str]]] = {
    "add_task": {"en": "remind me to", "es": "recuérdame"},
    "capture_thought": {"en": "note:", "es": "nota:"},
    "change_task": {"en": "move task", "es": "mueve la tarea"},
    "snooze_task": {"en": "snooze", "es": "pospón"},
}
_WHICH: Final = {"inbox": "inbox", "bandeja": "inbox", "done": "done", "hechas": "done"}
_DRAFTS: Final = frozenset({"add_task", "change_task", "snooze_task", "capture_thought"})
_NOBODY: Final = Directory()
_INDEX: Final = NameIndex(_NOBODY)
# "change it to buy bread", "the text should be buy bread", "not milk but bread".
_NEW_TEXT: Final = re.compile(
    r"(?:\b(?:change|set|make|put|rename)(?: (?:it|that|the (?:text|task|words|title|name)))? "
    r"(?:to|into|say|read)|\b(?:the )?(?:text|task|title|words)(?: should)?(?: be| is|:)|"
    r"\bcall it|\b(?:cambialo|ponlo|cambia (?:el texto|la tarea)) (?:a|por|como)|"
    r"\b(?:el )?texto(?: debe ser| es|:))\s*(?P<text>.+)"
)
_SWAP: Final = re.compile(r"\b(?:not|no) (?P<old>.+?),? (?:but|sino) (?P<new>.+)")


def read_command(action: str, sentence: Sentence) -> Outcome:
    """Return what a slash command about tasks asks for; its arguments are those of a sentence."""
    typed = sentence.text.strip()
    if action == "list_tasks":
        which = _WHICH.get(fold(typed))
        return ListTasks(which="inbox" if which == "inbox" else "done" if which else "open")
    if action == "clear_tasks":
        is_all = fold(typed) in {"all", "everything", "todo", "todas"}
        return ClearTasks(which="all" if is_all else "stale")
    if action in {"complete_task", "cancel_task"}:
        name = typed.lstrip("#").strip()
        if not name:
            return Question("which_of_tasks", text=sentence.text)
        make = CompleteTask if action == "complete_task" else CancelTask
        return make(task=name[:300])
    if not typed:
        if action == "snooze_task":
            return SnoozeTask()
        return Question("which_task", text=sentence.text)
    text = f"{_LEADS[action][sentence.language]} {typed}"
    found = find_tasks(Sentence(text, sentence.language, sentence.context, sentence.index))
    return found or Question("not_understood", text=sentence.text, near=(action,))


def is_about_tasks(text: str) -> bool:
    """Tell whether a text is a whole order about tasks, and so no answer to what waits."""
    if not may_be_task(split_words(text).words):
        return False
    found = find_tasks(_sentence(text, datetime(2026, 1, 1, tzinfo=UTC), "en"))
    return isinstance(found, ActionCall) and not isinstance(found, SnoozeTask)


def is_task_draft(draft: Mapping[str, object] | None) -> bool:
    """Tell whether what waits for an answer is about a task."""
    return draft is not None and draft.get("action") in _DRAFTS


def change_task_draft(
    text: str,
    draft: Mapping[str, object],
    *,
    language: Language | None,
    today: date | None,
    now: datetime | None,
) -> dict[str, object]:
    """Return what a reply changes in the draft of a task: its time, its recurrence, its words.

    `now` is the speaker's present time (aware, in their zone); without it no distance from it
    is read.
    """
    folded = fold(text)
    tongue: Language = language or guess_language(folded)
    present = now
    if present is None:
        present = datetime.combine(today or date(2026, 1, 1), time(), UTC)
    if draft.get("action") == "capture_thought":
        return _words(text, folded, draft)
    day = "until_on" if draft["action"] == "snooze_task" else "due_on"
    for spoken in dict.fromkeys((guess_language(folded), tongue, "en", "es")):
        language_read: Language = "es" if spoken == "es" else "en"
        when = cut_when(text, _sentence(text, present, language_read), language_read)
        if when.unclear:
            return {}
        if when.repeat is not None and draft["action"] != "snooze_task":
            clock = when.clock or _clock_of(draft) or "09:00"
            return {"repeats": str(when.repeat.rule(clock, today=present.date())), "clock": None}
        if when.due_on is not None and when.clock is not None:
            if now is None and when.minutes is not None:
                return {}
            return _timed(text, when.due_on, when.clock, draft, present, day)
    return _words(text, folded, draft)


def _timed(
    text: str,
    on: date,
    clock: str,
    draft: Mapping[str, object],
    now: datetime,
    day: str,
) -> dict[str, object]:
    """Return the new time; "at 11" stays on its day, "on Friday" at its hour."""
    folded = fold(text)
    has_hour, has_day = names_hour(folded), names_day(folded)
    if draft.get("repeats") and not has_day:
        return {"clock": clock}
    kept = draft.get(day)
    if has_hour and not has_day and kept is not None:
        return {day: str(kept), "clock": clock}
    old = _clock_of(draft)
    if not has_hour and old is not None:
        clock = old
    return {day: on.isoformat(), "clock": clock}


def _clock_of(draft: Mapping[str, object]) -> str | None:
    """Return the hour that a draft has already."""
    held = draft.get("clock")
    if held is not None:
        return str(held)
    stored = str(draft.get("repeats") or "")
    return stored[-5:] if " at " in f" {stored}" else None


def _words(text: str, folded: str, draft: Mapping[str, object]) -> dict[str, object]:
    if "text" not in draft:
        return {}
    old = str(draft["text"] or "")
    swap = _SWAP.search(folded)
    if swap is not None and old:
        was = text[swap.start("old") : swap.end("old")].strip()
        new = text[swap.start("new") : swap.end("new")].strip(' .!"“”')
        at = fold(old).find(fold(was))
        if at >= 0 and new:
            return {"text": f"{old[:at]}{new}{old[at + len(was) :]}"}
    found = _NEW_TEXT.search(folded)
    if found is None:
        return {}
    new = text[found.start("text") : found.end("text")].strip(" .!\"“”'")
    return {"text": new[:300]} if new else {}


def _sentence(text: str, now: datetime, language: Language) -> Sentence:
    zone = now.tzinfo if isinstance(now.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    return Sentence(text, language, PlanContext(now, zone, _NOBODY), _INDEX)
