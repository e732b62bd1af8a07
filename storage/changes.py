"""What people changed, so that they can take it back."""

from datetime import datetime
from typing import Final

from sqlalchemy import Text, bindparam, delete, func, null, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import to_us
from bot.ids import PrincipalId, ProposalId
from bot.proposals.changes import Change
from storage.connection import Connection
from storage.pages import old_among_oldest
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.proposals import change

_ADD_CHANGE: Final = Statement(
    insert(change)
    .values(
        tenant=bindparam("tenant"),
        principal_id=bindparam("principal_id"),
        proposal_id=bindparam("proposal_id"),
        step=bindparam("step"),
        action=bindparam("action"),
        undo=bindparam("undo"),
        at_us=bindparam("at_us"),
    )
    .inline()
)
_LAST_CHANGE: Final = Statement(
    select(change)
    .where(
        change.c.tenant == bindparam("tenant"),
        change.c.principal_id == bindparam("principal_id"),
        change.c.undone_us.is_(None),
        change.c.undo.is_not(None),
    )
    .order_by(change.c.id.desc())
    .limit(1)
)
_FORGET_TASKS: Final = Statement(
    update(change)
    .where(
        change.c.tenant == bindparam("tenant"),
        change.c.principal_id == bindparam("person_id", type_=Text),
        change.c.undo.like('%"restore\\_tasks"%', escape="\\"),
    )
    .values(undo=null())
)
_UNDONE: Final = Statement(
    update(change)
    .where(
        change.c.tenant == bindparam("tenant"),
        change.c.id == bindparam("change_id"),
        change.c.undone_us.is_(None),
    )
    .values(undone_us=func.bursar_now())
)
# Of every tenant.
_DROP_OLD: Final = Statement(
    delete(change).where(change.c.id.in_(old_among_oldest(change, change.c.at_us)))
)


class SqlChanges:
    """What the people of the scope's tenant changed."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def add(
        self,
        proposal_id: ProposalId,
        principal_id: PrincipalId,
        step: int,
        action: str,
        undo: str | None,
    ) -> None:
        self._conn.run(
            _ADD_CHANGE,
            tenant=self._scope.tenant,
            principal_id=principal_id,
            proposal_id=proposal_id,
            step=step,
            action=action,
            undo=undo,
            at_us=self._scope.now_us,
        )

    def find_last(self, principal_id: PrincipalId) -> Change | None:
        row = self._conn.row(_LAST_CHANGE, tenant=self._scope.tenant, principal_id=principal_id)
        return None if row is None else Change(row["id"], row["action"], row["undo"])

    def mark_undone(self, change_id: int) -> bool:
        return bool(self._conn.run(_UNDONE, tenant=self._scope.tenant, change_id=change_id))

    def forget_tasks(self, person_id: PrincipalId) -> None:
        self._conn.run(_FORGET_TASKS, tenant=self._scope.tenant, person_id=person_id)

    def drop_old(self, before: datetime, limit: int) -> int:
        return self._conn.run(_DROP_OLD, before_us=to_us(before), count=limit)
