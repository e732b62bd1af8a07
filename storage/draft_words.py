"""Taking what a person said out of their drafts. What others were shown in a request stays."""

from typing import Any, Final

import orjson
from sqlalchemy import Text, bindparam, case, or_, select, update

from bot.ids import PrincipalId, TenantId
from storage.connection import Connection
from storage.statements import Statement
from storage.tables.proposals import proposal

_of_person = (
    proposal.c.tenant == bindparam("tenant"),
    proposal.c.requester_id == bindparam("person_id", type_=Text),
    proposal.c.kind == "draft",
)
# What waits would be done without the words that its card shows.
_ended = case((proposal.c.state == "pending", "discarded"), else_=proposal.c.state)
# Beside the task itself its words stand in the draft that made it, and in the previews of those
# that cleared or brought back others.
_TASKS: Final = Statement(
    update(proposal)
    .where(
        *_of_person,
        or_(
            *(
                proposal.c.calls.like(name, escape="\\")
                | proposal.c.preview.like(name, escape="\\")
                for name in ('%\\_task"%', '%\\_tasks"%', '%"capture\\_thought"%')
            )
        ),
    )
    .values(calls="[]", preview='{"action":"add_task","subject":""}', state=_ended)
)
_WITH_REASON: Final = Statement(
    select(proposal.c.id, proposal.c.calls, proposal.c.preview).where(
        *_of_person, proposal.c.calls.like('%"reason":"%')
    )
)
_TAKE_OUT: Final = Statement(
    update(proposal)
    .where(proposal.c.tenant == bindparam("tenant"), proposal.c.id == bindparam("proposal_id"))
    .values(
        calls=bindparam("new_calls", type_=Text),
        preview=bindparam("new_preview", type_=Text),
        state=_ended,
    )
)


def forget_words(connection: Connection, tenant: TenantId, person_id: PrincipalId) -> None:
    """Take the words of tasks, and reasons, out of a person's drafts; one that waits ends."""
    connection.run(_TASKS, tenant=tenant, person_id=person_id)
    for row in connection.rows(_WITH_REASON, tenant=tenant, person_id=person_id):
        connection.run(
            _TAKE_OUT,
            tenant=tenant,
            proposal_id=row["id"],
            new_calls=_without_reason(row["calls"]),
            new_preview=_without_reason(row["preview"]),
        )


def _without_reason(text: str) -> str:
    return orjson.dumps(_emptied(orjson.loads(text))).decode()


def _emptied(value: Any) -> Any:  # Any: JSON, of any depth
    if isinstance(value, dict):
        return {key: None if key == "reason" else _emptied(x) for key, x in value.items()}
    return [_emptied(x) for x in value] if isinstance(value, list) else value
