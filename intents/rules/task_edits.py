"""Orders that end, change or put off a task."""

from __future__ import annotations

import re
from typing import Final

from bot.actions.task_calls import (
    CancelTask,
    ChangeTask,
    ClearTasks,
    CompleteTask,
    SnoozeTask,
)
from bot.planning import Language, Question
from intents.extract.letters import fold
from intents.rules import task_lists as lists
from intents.rules import task_moves as moves
from intents.rules import task_words as w
from intents.rules.patterns import Outcome
from intents.rules.task_said import AROUND, MOST, NUMBER, Said, number_or_name
from intents.rules.task_times import When, cut_when, names_day, names_hour

# The groups of a change, as the patterns number them.
_PLACES: Final = ("", "2", "3", "4", "5", "6", "7")
_CHANGES: Final[tuple[tuple[re.Pattern[str], Language], ...]] = (
    (moves.CHANGE_EN, "en"),
    (moves.CHANGE_ES, "es"),
)
_DROPS: Final = (
    lists.NO_LONGER_EN,
    lists.DROP_LIST_EN,
    lists.LIST_DROP_EN,
    lists.DROP_TASK_EN,
    lists.DROP_TASK_ES,
    lists.DROP_LIST_ES,
)


def find_dropped(order: Said) -> Outcome | None:
    """Read "cancel task 3", "delete all my tasks"."""
    if lists.ANY_OF_THEM.fullmatch(order.text):
        return None if order.asks else Question("which_of_tasks", text=order.sentence.text)
    if lists.CLEAR.fullmatch(order.text) and lists.WHOLE.search(order.text):
        # "can you delete tasks?" asks what can be done.
        is_how = order.asks and lists.OWN.search(order.text) is None
        return None if is_how else ClearTasks(which="all")
    if lists.CLEAR_SOME.fullmatch(order.text):
        return None if order.asks else Question("which_of_tasks", text=order.sentence.text)
    for pattern in _DROPS:
        found = pattern.fullmatch(order.text)
        if found is not None:
            groups = found.groupdict()
            rest = groups.get("rest") or ""
            if groups.get("before") and rest.strip() and not lists.SAYS_WHICH.match(rest):
                return None
            name = order.named(found)
            if pattern is lists.DROP_LIST_EN and _is_of_other_list(order, name):
                return Question("no_lists", text=order.sentence.text)
            return end_of(order, name, CancelTask) if name is not None else None
    return None


def _is_of_other_list(order: Said, name: str | None) -> bool:
    """Tell "take apples off the list" from "take call Bob off the list": one thing to buy."""
    is_one = name is not None and " " not in name and NUMBER.fullmatch(name) is None
    return is_one and lists.NOBODYS_LIST.search(order.text) is not None


def find_completed(order: Said) -> Outcome | None:
    """Read "done 3", "mark the invoice as done"."""
    if lists.ALL_DONE.fullmatch(order.text) and not order.asks:
        return ClearTasks(which="all", is_done=True)
    for pattern in (lists.DONE_EN, lists.DONE_ES):
        found = pattern.fullmatch(order.text)
        if found is None or lists.NOT_DONE.search(order.text):
            continue
        if order.asks and not order.whole.startswith(("can", "could", "will", "puedes")):
            return None
        name = order.named(found)
        if name is not None and lists.SAYS.match(fold(name)):
            return None
        is_other = lists.SHOPPING.search(order.text)
        return None if name is None or is_other else end_of(order, name, CompleteTask)
    return None


def end_of(order: Said, name: str, make: type[CancelTask | CompleteTask]) -> Outcome:
    """Return the end of the task that is named; a question where none is."""
    if not name or w.IT.fullmatch(fold(name)):
        return Question("which_of_tasks", text=order.sentence.text)
    number = NUMBER.fullmatch(name)
    return make(task=number[1] if number else name[:MOST])


def find_changed(order: Said) -> Outcome | None:
    """Read "move task 3 to Friday", "rename task 3 to ..."."""
    for pattern, language in _CHANGES:
        found = pattern.fullmatch(order.text)
        if found is None:
            continue
        groups = found.groupdict()
        for old, new in (("old", "name"), ("old2", "name2")):
            if groups.get(new):
                name = order.plain(order.group(found, old))
                return ChangeTask(task=number_or_name(name), text=order.group(found, new)[:MOST])
        at = next(at for at in _PLACES if groups.get(f"new{at}") is not None)
        name = order.plain(order.group(found, f"what{at}"))
        when = _moved(order, found, at, language)
        if not name or w.IT.fullmatch(fold(name)):
            return Question("which_of_tasks", text=order.sentence.text)
        if moves.AWAY.fullmatch(order.text[found.start(f"link{at}") :]):
            given = order.raw(order.start + found.start(f"link{at}"), order.end)
            kept = order.sentence.text.replace(given, "", 1)
            return Question("which_time", text=kept, given=given)
        if when.unclear:
            kept = order.sentence.text.replace(when.unclear, "", 1)
            return Question("which_time", text=kept, given=when.unclear)
        if not when.is_timed:
            text = order.group(found, f"new{at}").strip(AROUND)
            if at not in {"", "2"} or not text:
                return Question("which_time", text=order.sentence.text, given=text)
            return ChangeTask(task=number_or_name(name), text=text[:MOST])
        if when.repeat is not None:
            rule = when.repeat.rule(
                when.clock or "09:00", today=order.sentence.today, from_on=when.due_on
            )
            return ChangeTask(task=number_or_name(name), repeats=str(rule))
        # "at 11" stays on its day, "on Friday" at its hour.
        said = order.text[found.start(f"link{at}") :]
        return ChangeTask(
            task=number_or_name(name),
            due_on=when.due_on if names_day(said) else None,
            clock=when.clock if names_hour(said) or not names_day(said) else None,
        )
    return None


def _moved(order: Said, found: re.Match[str], at: str, language: Language) -> When:
    """Return what a change says of time: "to 11am" is at that hour."""
    link = order.raw(order.start + found.start(f"link{at}"), order.end)
    is_any_day = not names_day(fold(link))
    when = cut_when(link, order.sentence, language, is_any_day=is_any_day)
    new = order.group(found, f"new{at}")
    leads = ("", "at ", "on ") if language == "en" else ("", "a las ", "el ")
    for lead in leads:
        if when.is_timed and not when.text.strip(AROUND):
            break
        again = cut_when(lead + new, order.sentence, language, is_any_day=is_any_day)
        if again.is_timed and not again.text.strip(AROUND):
            when = again
    return when


def find_snooze(order: Said) -> Outcome | None:
    """Read "snooze task 3 until tomorrow 9"."""
    found = moves.SNOOZE.fullmatch(order.text)
    if found is None or moves.ALERT.search(order.text) or moves.NEW_LATER.match(order.text):
        return None
    is_spanish = re.search(r"pospon|aplaza|recuerd|recorda", order.text) is not None
    language: Language = "es" if is_spanish else "en"
    rest = order.group(found, "rest") if found["rest"] else ""
    task = None if found["task"] is None else found["task"].removeprefix("#").split()[-1]
    lead = "in " if language == "en" else "en "
    when = cut_when(rest, order.sentence, language)
    if (not when.is_timed and rest.strip()) or (
        when.due_on is not None and re.fullmatch(r"\s*\d+\s?(?:h|hours?|horas?)\s*", fold(rest))
    ):
        again = cut_when(lead + rest.strip(), order.sentence, language)
        when = again if again.is_timed else when
    named = when.text.strip(AROUND)
    if re.match(r"(?:you|i|we|they|he|she)\b", fold(named)):
        return None
    if not when.is_timed and moves.GOES_ON.match(fold(rest)):
        # "remind me later to call Bob" is a reminder of its own.
        return None
    if named and task is None and not w.IT.fullmatch(fold(named)):
        task = number_or_name(named)
    if when.unclear:
        kept = order.sentence.text.replace(when.unclear, "", 1)
        return Question("which_time", text=kept, given=when.unclear)
    if when.minutes is not None:
        return SnoozeTask(task=task, minutes=max(when.minutes, 1))
    return SnoozeTask(task=task, until_on=when.due_on, clock=when.clock)
