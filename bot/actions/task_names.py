"""Which task is meant: by its number, its place, or words that stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, TypeVar

from bot.actions.task_calls import CancelTask, ChangeTask, CompleteTask, SnoozeTask
from bot.agenda import Task
from bot.errors.kinds import Ambiguous, NotFound
from bot.ports import Actor, Tx

_WORD: Final = re.compile(r"\w+")
_MOST_CHOICES: Final = 3
# Words that tell no task from another.
_EMPTY: Final = frozenset(
    (
        *("a", "an", "the", "to", "of", "for", "my", "on", "at", "in", "and", "about", "with"),
        *("it", "task", "reminder", "el", "la", "los", "las", "un", "una", "de", "del", "al"),
        *("lo", "mi", "mis", "en", "y", "para", "con", "que", "tarea", "recordatorio"),
    )
)
_PLACES: Final = {
    "first": 0, "first one": 0, "last": -1, "last one": -1, "second": 1, "third": 2,
    "primera": 0, "primero": 0, "ultima": -1, "ultimo": -1, "segunda": 1, "tercera": 2,
}  # fmt: skip
# Of the words that name a task so many have to stand in it, where not all of them do.
_ENOUGH: Final = 0.6
Named = TypeVar("Named", CancelTask, ChangeTask, CompleteTask, SnoozeTask)


def task_of(name: str | None, tx: Tx, actor: Actor) -> Task:
    """Return the asker's live task that a name means; without one, that they were told of last.

    Raises:
        NotFound: there is none.
        Ambiguous: it may be more than one.
    """
    if name is None:
        told = tx.tasks.find_told(actor.person.id)
        if told is None:
            raise NotFound("task", "")
        return told
    if name.isdecimal():
        found = tx.tasks.find(actor.person.id, int(name))
        if found is None or not found.is_live:
            raise NotFound("task", f"#{name}")
        return found
    return _by_words(name, tx.tasks.list_live(actor.person.id))


def pinned(call: Named, tx: Tx, actor: Actor) -> Named:
    """Return a call that names its task by number: nothing that comes later is meant instead."""
    number = str(task_of(call.task, tx, actor).number)
    return call if call.task == number else call.model_copy(update={"task": number})


def label(task: Task) -> str:
    """Return a task as a choice: "#12 send the invoice"."""
    return f"#{task.number} {task.text}"


def _by_words(name: str, tasks: Sequence[Task]) -> Task:
    plain = _fold(name).strip(" .,!?\"'")
    place = _PLACES.get(plain)
    if place is not None and -len(tasks) <= place < len(tasks):
        return tasks[place]
    same = [task for task in tasks if _fold(task.text) == plain]
    wanted = _words(name)
    fits = same or [task for task in tasks if wanted and wanted <= _words(task.text)]
    if not fits:
        held = [(len(wanted & _words(task.text)), task) for task in tasks]
        best = max((count for count, _ in held), default=0)
        if wanted and best >= _ENOUGH * len(wanted):
            fits = [task for count, task in held if count == best]
    if not fits:
        raise NotFound("task", name)
    if len(fits) > 1:
        raise Ambiguous("task", name, tuple(label(task) for task in fits[:_MOST_CHOICES]))
    return fits[0]


def _words(text: str) -> frozenset[str]:
    found = frozenset(_WORD.findall(_fold(text)))
    return found - _EMPTY or found


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
