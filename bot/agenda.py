"""What a person has to do: tasks with a time or without, reminders, and thoughts for later.

A task is its owner's alone. Its words can be erased; what the audit log holds of them is a salted
digest. Each change of a task names the version that it was made from, so that of two at once only
one happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NewType, Protocol

from bot.ids import PrincipalId

TaskId = NewType("TaskId", str)
# An `inbox` row is a thought that nobody has decided about yet.
TaskState = Literal["open", "inbox", "done", "cancelled"]

# So many may be open or wait in the inbox of one person.
MOST_OPEN: Final = 500


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a person has to do; `number` is what they call it, never used twice.

    `rule` is a recurrence as it is stored, by the clocks of `zone`; `due_at` its present occasion.
    `told_at` is when the person was told of that. `version` rises with each change.
    """

    id: TaskId
    person_id: PrincipalId
    number: int
    text: str
    salt: bytes
    state: TaskState
    due_at: datetime | None
    rule: str | None
    zone: str
    snoozed_until: datetime | None
    told_at: datetime | None
    version: int
    created_at: datetime
    changed_at: datetime

    @property
    def is_live(self) -> bool:
        """Whether it waits to be done or decided about."""
        return self.state in {"open", "inbox"}


@dataclass(frozen=True, slots=True)
class Timing:
    """When a task is due, and how it comes back."""

    due_at: datetime | None = None
    rule: str | None = None
    zone: str = "UTC"


NO_TIME: Final = Timing()


class TaskStore(Protocol):
    """The tasks of a tenant's people."""

    def add(
        self,
        person_id: PrincipalId,
        *,
        text: str,
        salt: bytes,
        state: Literal["open", "inbox"],
        timing: Timing = NO_TIME,
        most: int = MOST_OPEN,
    ) -> Task | None:
        """Keep a new one; None if the person has `most` live ones already."""
        ...

    def find(self, person_id: PrincipalId, number: int) -> Task | None: ...
    def get(self, task_id: TaskId) -> Task | None: ...
    def list_live(self, person_id: PrincipalId) -> list[Task]:
        """Return what is open or in the inbox: by when it is due, what has no time last."""
        ...

    def list_done(self, person_id: PrincipalId, limit: int) -> list[Task]:
        """Return what was done, latest first."""
        ...

    def find_told(self, person_id: PrincipalId) -> Task | None:
        """Return the open task that the person was told of last."""
        ...

    def save(self, before: Task, after: Task) -> Task | None:
        """Keep a change of words, state, times or recurrence, and return the task as it is then.

        None, and nothing is kept, if the task is not what it was when `before` was read.
        """
        ...

    def note_told(self, task: Task) -> bool:
        """Keep that the person was told of it just now; False if it changed meanwhile."""
        ...

    def drop_old(self, before: datetime, limit: int) -> int:
        """Forget what was done or cancelled before a time, so many at most; return how many."""
        ...

    def forget(self, person_id: PrincipalId) -> Sequence[TaskId]:
        """Remove everything of a person's; return what that was."""
        ...
