"""What people have to do. A change is one UPDATE that names the version it was made from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Text, bindparam, delete, func, null, select, text, update
from sqlalchemy.dialects.postgresql import insert

from bot.agenda import MOST_OPEN, NO_TIME, Task, TaskId, Timing
from bot.clock import from_us, to_us
from bot.ids import PrincipalId, new_id
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.tasks import task, task_count

_mine = (
    task.c.tenant == bindparam("tenant"),
    task.c.principal_id == bindparam("person_id", type_=Text),
)
_live = task.c.state.in_(("open", "inbox"))
_unchanged = (
    task.c.tenant == bindparam("tenant"),
    task.c.id == bindparam("task_id", type_=Text),
    task.c.version == bindparam("expected", type_=Int),
    task.c.state == bindparam("expected_state", type_=Text),
)

_number = insert(task_count).values(
    principal_id=bindparam("person_id", type_=Text), tenant=bindparam("tenant"), last=1
)
# Only if there is room: whoever adds two at once is counted one after the other, for the row of
# the count is held until the commit.
_NUMBER: Final = Statement(
    _number.on_conflict_do_update(
        index_elements=[task_count.c.principal_id],
        set_={"last": task_count.c.last + 1},
        where=task_count.c.tenant == bindparam("tenant"),
    ).returning(task_count.c.last)
)
_COUNT_LIVE: Final = Statement(select(func.count()).select_from(task).where(*_mine, _live))
_ADD: Final = Statement(
    insert(task)
    .values(
        {
            column.name: bindparam(column.name, type_=column.type)
            for column in task.c
            if column.name not in {"snoozed_us", "told_us", "version"}
        }
    )
    .inline()
)
_FIND: Final = Statement(
    select(task).where(*_mine, task.c.number == bindparam("number", type_=Int))
)
_GET: Final = Statement(
    select(task).where(
        task.c.tenant == bindparam("tenant"), task.c.id == bindparam("task_id", type_=Text)
    )
)
_LIVE: Final = Statement(
    select(task)
    .where(*_mine, _live)
    .order_by(task.c.due_us.is_(None), task.c.due_us, task.c.number)
)
_DONE: Final = Statement(
    select(task)
    .where(*_mine, task.c.state == "done")
    .order_by(task.c.changed_us.desc(), task.c.number.desc())
    .limit(bindparam("count", type_=Int))
)
_TOLD: Final = Statement(
    select(task)
    .where(*_mine, task.c.state == "open", task.c.told_us.is_not(None))
    .order_by(task.c.told_us.desc(), task.c.number.desc())
    .limit(1)
)
_SAVE: Final = Statement(
    update(task)
    .where(*_unchanged)
    .values(
        text=bindparam("new_text", type_=Text),
        state=bindparam("new_state", type_=Text),
        due_us=bindparam("new_due_us", type_=Int),
        rule=bindparam("new_rule", type_=Text),
        zone=bindparam("new_zone", type_=Text),
        snoozed_us=bindparam("new_snoozed_us", type_=Int),
        version=task.c.version + 1,
        changed_us=bindparam("at_us", type_=Int),
    )
    .returning(task)
)
# Being told of a task changes nothing about it: what was drafted before stays good. By the
# database's clock, by which it was due: one that is behind would have it told again.
_NOTE_TOLD: Final = Statement(
    update(task).where(*_unchanged).values(told_us=func.bursar_now(), snoozed_us=null())
)
_gone = task.alias("gone")
_DROP_OLD: Final = Statement(
    # By the keys that are found, and not by the tenant, of which there are many more.
    delete(task).where(
        task.c.id.in_(
            select(_gone.c.id)
            .where(
                _gone.c.tenant == bindparam("tenant"),
                # As the index has it, word for word: SQLite looks no deeper.
                text("gone.state IN ('done', 'cancelled')"),
                _gone.c.changed_us < bindparam("before_us", type_=Int),
            )
            .order_by(_gone.c.changed_us)
            .limit(bindparam("count", type_=Int))
        ),
        # Whoever takes one up again at this moment keeps it.
        task.c.state.in_(("done", "cancelled")),
        task.c.changed_us < bindparam("before_us", type_=Int),
    )
)
_FORGET: Final = Statement(delete(task).where(*_mine).returning(task.c.id))


def _to_task(row: Row) -> Task:
    return Task(
        id=TaskId(row["id"]),
        person_id=PrincipalId(row["principal_id"]),
        number=row["number"],
        text=row["text"],
        salt=bytes(row["salt"]),
        state=row["state"],
        due_at=_at(row["due_us"]),
        rule=row["rule"],
        zone=row["zone"],
        snoozed_until=_at(row["snoozed_us"]),
        told_at=_at(row["told_us"]),
        version=row["version"],
        created_at=from_us(row["created_us"]),
        changed_at=from_us(row["changed_us"]),
    )


def _at(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)


def _us(at: datetime | None) -> int | None:
    return None if at is None else to_us(at)


class SqlTasks:
    """The tasks of the people of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

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
        tenant = self._scope.tenant
        numbered = self._conn.row(_NUMBER, tenant=tenant, person_id=person_id)
        count = self._conn.row(_COUNT_LIVE, tenant=tenant, person_id=person_id)
        if numbered is None or (count is not None and count[0] >= most):
            return None
        task_id = new_id()
        self._conn.run(
            _ADD,
            id=task_id,
            tenant=tenant,
            principal_id=person_id,
            number=numbered[0],
            text=text,
            salt=salt,
            state=state,
            due_us=_us(timing.due_at),
            rule=timing.rule,
            zone=timing.zone,
            created_us=self._scope.now_us,
            changed_us=self._scope.now_us,
        )
        return self.get(TaskId(task_id))

    def find(self, person_id: PrincipalId, number: int) -> Task | None:
        return self._one(_FIND, person_id=person_id, number=number)

    def get(self, task_id: TaskId) -> Task | None:
        return self._one(_GET, task_id=task_id)

    def list_live(self, person_id: PrincipalId) -> list[Task]:
        """Return what is open or in the inbox: by when it is due, what has no time last."""
        return self._many(_LIVE, person_id=person_id)

    def list_done(self, person_id: PrincipalId, limit: int) -> list[Task]:
        """Return what was done, latest first."""
        return self._many(_DONE, person_id=person_id, count=limit)

    def find_told(self, person_id: PrincipalId) -> Task | None:
        """Return the open task that the person was told of last."""
        return self._one(_TOLD, person_id=person_id)

    def save(self, before: Task, after: Task) -> Task | None:
        """Keep a change; None if the task is not what it was when `before` was read."""
        row = self._conn.row(
            _SAVE,
            **self._held(before),
            new_text=after.text,
            new_state=after.state,
            new_due_us=_us(after.due_at),
            new_rule=after.rule,
            new_zone=after.zone,
            new_snoozed_us=_us(after.snoozed_until),
            at_us=self._scope.now_us,
        )
        return None if row is None else _to_task(row)

    def note_told(self, of: Task) -> bool:
        """Keep that the person was told of it just now; False if it changed meanwhile."""
        return bool(self._conn.run(_NOTE_TOLD, **self._held(of)))

    def drop_old(self, before: datetime, limit: int) -> int:
        """Forget tasks that were done or cancelled before a time, the oldest; return how many."""
        return self._conn.run(
            _DROP_OLD, tenant=self._scope.tenant, before_us=to_us(before), count=limit
        )

    def forget(self, person_id: PrincipalId) -> Sequence[TaskId]:
        """Remove everything of a person's; return what that was."""
        rows = self._conn.rows(_FORGET, tenant=self._scope.tenant, person_id=person_id)
        return [TaskId(row[0]) for row in rows]

    # Any: what a driver takes.
    def _one(self, statement: Statement, **values: Any) -> Task | None:
        row = self._conn.row(statement, tenant=self._scope.tenant, **values)
        return None if row is None else _to_task(row)

    def _many(self, statement: Statement, **values: Any) -> list[Task]:
        return [
            _to_task(row)
            for row in self._conn.rows(statement, tenant=self._scope.tenant, **values)
        ]

    def _held(self, of: Task) -> Mapping[str, Any]:
        """Return what names a task as it was read."""
        return {
            "tenant": self._scope.tenant,
            "task_id": of.id,
            "expected": of.version,
            "expected_state": of.state,
        }
