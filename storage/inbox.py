"""The inbox: every delivery once, before it is acknowledged."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson
from sqlalchemy import Text, and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.errors.kinds import NotFound
from bot.ids import PrincipalId
from bot.messages import InboundMessage
from storage.connection import Connection, Row
from storage.pages import last_of_page, page_after
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.messages import conversation, inbox
from storage.tables.people import identity

# A message is retried after a crash, but one that brings the process down each time must not do
# so for ever.
MAX_ATTEMPTS: Final = 5
# As long as a turn may take, model and all, before another instance takes the message over.
LEASE_US: Final = 60_000_000

_ACCEPT: Final = Statement(
    insert(inbox)
    .values(
        platform=bindparam("platform"),
        account=bindparam("account"),
        dedupe_key=bindparam("dedupe_key"),
        lane=bindparam("lane"),
        person=bindparam("person"),
        payload=bindparam("payload"),
        state="leased",
        lease_owner=bindparam("lease_owner"),
        lease_until_us=func.bursar_now() + LEASE_US,
        attempts=1,
        received_us=bindparam("received_us"),
    )
    .on_conflict_do_nothing()
    .returning(inbox.c.id)
)
_before = inbox.alias("before")
_FINISH: Final = Statement(
    update(inbox)
    .where(
        inbox.c.id == bindparam("row_id"),
        inbox.c.state == "leased",
        inbox.c.lease_owner == bindparam("owner"),
        # In order: an earlier message of the lane comes first, whoever works on it.
        or_(
            bindparam("new_state", type_=Text) == "dead",
            ~exists().where(
                _before.c.lane == inbox.c.lane,
                _before.c.id < inbox.c.id,
                _before.c.state.in_(["new", "leased"]),
            ),
        ),
    )
    .values(
        state=bindparam("new_state", type_=Text),
        done_us=bindparam("done_us", type_=Int),
        reference=bindparam("ref", type_=Text),
    )
)
_earlier = inbox.alias("earlier")
_IS_FIRST: Final = Statement(
    select(func.count())
    .select_from(_earlier)
    .where(
        _earlier.c.lane == bindparam("lane"),
        _earlier.c.id < bindparam("row_id", type_=Int),
        _earlier.c.state.in_(["new", "leased"]),
    )
)
_free = or_(
    inbox.c.state == "new",
    and_(
        inbox.c.state == "leased",
        or_(
            inbox.c.lease_until_us <= func.bursar_now(),
            # On SQLite the file belongs to one process: what another one leased, it left behind.
            and_(
                bindparam("takes_all", type_=Int) == 1, inbox.c.lease_owner != bindparam("owner")
            ),
        ),
    ),
)
_CLAIM: Final = Statement(
    update(inbox)
    .where(
        inbox.c.id.in_(
            select(inbox.c.id)
            .where(
                _free,
                ~exists().where(
                    _earlier.c.lane == inbox.c.lane,
                    _earlier.c.id < inbox.c.id,
                    _earlier.c.state == "leased",
                    _earlier.c.lease_owner != bindparam("owner"),
                    _earlier.c.lease_until_us > func.bursar_now(),
                    bindparam("takes_all", type_=Int) == 0,
                ),
            )
            .order_by(inbox.c.id)
            .limit(bindparam("count", type_=Int))
        ),
        _free,
    )
    .values(
        state="leased",
        lease_owner=bindparam("owner", type_=Text),
        lease_until_us=func.bursar_now() + LEASE_US,
    )
    .returning(*inbox.c)
)
_BEGIN: Final = Statement(
    update(inbox)
    .where(
        inbox.c.id == bindparam("row_id"),
        inbox.c.state == "leased",
        inbox.c.lease_owner == bindparam("owner"),
    )
    .values(attempts=bindparam("attempt", type_=Int))
)
_ID: Final = Statement(
    select(inbox.c.id).where(
        inbox.c.platform == bindparam("platform"),
        inbox.c.account == bindparam("account"),
        inbox.c.dedupe_key == bindparam("dedupe_key"),
    )
)
_STATE: Final = Statement(select(inbox.c.state).where(inbox.c.id == bindparam("row_id")))
# What is done is not read again. By lane, which has an index: those of a person's accounts in
# the chats where they wrote. What came before an account was linked to them is not theirs.
_whose = (
    select(
        identity.c.platform
        + ":"
        + identity.c.account
        + ":"
        + conversation.c.chat
        + ":"
        + conversation.c.thread
        + ":"
        + identity.c.external_id
    )
    .join_from(
        identity,
        conversation,
        and_(
            conversation.c.tenant == identity.c.tenant,
            conversation.c.principal_id == identity.c.principal_id,
            conversation.c.platform == identity.c.platform,
        ),
    )
    .where(
        identity.c.tenant == bindparam("tenant"),
        identity.c.principal_id == bindparam("person_id", type_=Text),
    )
)
_linked = (
    select(func.min(identity.c.linked_us))
    .where(
        identity.c.tenant == bindparam("tenant"),
        identity.c.principal_id == bindparam("person_id", type_=Text),
        identity.c.platform == inbox.c.platform,
        identity.c.account == inbox.c.account,
        inbox.c.person == identity.c.platform + ":" + identity.c.external_id,
    )
    .correlate(inbox)
    .scalar_subquery()
)
_ERASE: Final = Statement(
    update(inbox)
    .where(
        inbox.c.state.in_(["done", "dead"]),
        inbox.c.lane.in_(_whose),
        inbox.c.received_us >= _linked,
        inbox.c.payload != "{}",
    )
    .values(payload="{}")
)
# Of a lane, whatever has become of it: by the index, which begins with the state.
_UNANSWERED: Final = Statement(
    select(func.count())
    .select_from(inbox)
    .where(
        inbox.c.state.in_(["new", "leased", "done", "dead"]),
        inbox.c.lane == bindparam("lane"),
        or_(inbox.c.done_us.is_(None), inbox.c.done_us >= bindparam("sent", type_=Int)),
    )
)
_DEPTH: Final = Statement(select(func.count()).where(inbox.c.state.in_(["new", "leased"])))
_GIVEN_UP: Final = Statement(
    select(func.count()).where(
        inbox.c.state == "dead", inbox.c.done_us >= bindparam("since_us", type_=Int)
    )
)
_page = page_after(inbox, inbox.c.received_us)
_LOOK_AT_OLD: Final = Statement(_page)
# By the key alone, which keeps the statement short however many rows there are. Never the last
# row: on SQLite its number would be given to another message, and keys are made of it.
_DROP_OLD: Final = Statement(
    delete(inbox).where(
        inbox.c.id > bindparam("after_id", type_=Int),
        inbox.c.id <= bindparam("upto_id", type_=Int),
        or_(
            and_(
                func.coalesce(inbox.c.state, "") == "done",
                inbox.c.done_us < bindparam("before_us", type_=Int),
            ),
            and_(
                func.coalesce(inbox.c.state, "") == "dead",
                inbox.c.done_us < bindparam("lost_before_us", type_=Int),
            ),
        ),
        inbox.c.id < select(func.max(_earlier.c.id)).scalar_subquery(),
    )
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An accepted message that waits for its turn. `attempts` says which try this will be."""

    id: int
    message: InboundMessage
    attempts: int


def _to_delivery(row: Row) -> Delivery:
    payload = orjson.loads(row["payload"])
    sent_us = payload.pop("sent_us", None)
    fields = tuple((name, value) for name, value in payload.pop("fields", ()))
    message = InboundMessage(
        platform=row["platform"],
        account=row["account"],
        key=row["dedupe_key"],
        sent_at=None if sent_us is None else from_us(sent_us),
        fields=fields,
        **payload,
    )
    return Delivery(row["id"], message, row["attempts"] + 1)


class SqlInbox:
    """The inbox of all tenants: who sent a message is found only when its turn comes."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def accept(self, message: InboundMessage, owner: str) -> int | None:
        """Keep a delivery and lease it to `owner`; None if it was kept before."""
        payload = {
            "chat": message.chat,
            "thread": message.thread,
            "external_id": message.external_id,
            "text": message.text,
            "button": message.button,
            "is_private": message.is_private,
            "sender_name": message.sender_name,
            "message_id": message.message_id,
            "address": message.address,
            "fields": message.fields,
            "has_asides": message.has_asides,
            "sent_us": None if message.sent_at is None else to_us(message.sent_at),
        }
        row = self._conn.row(
            _ACCEPT,
            platform=message.platform,
            account=message.account,
            dedupe_key=message.key,
            lane=message.lane,
            person=f"{message.platform}:{message.external_id}",
            payload=orjson.dumps(payload).decode(),
            lease_owner=owner,
            received_us=self._scope.now_us,
        )
        return None if row is None else row[0]

    def finish(self, row_id: int, owner: str, *, dead: bool = False, reference: str = "") -> bool:
        """End a message in the transaction of its effects.

        False, and nothing is ended, if its lease was lost or an earlier message of its lane is
        not finished; a dead one ends out of order.
        """
        return bool(
            self._conn.run(
                _FINISH,
                row_id=row_id,
                owner=owner,
                new_state="dead" if dead else "done",
                done_us=self._scope.now_us,
                ref=reference,
            )
        )

    def get_id(self, message: InboundMessage) -> int:
        """Return under which number a delivery is kept. Raises `NotFound`."""
        row = self._conn.row(
            _ID, platform=message.platform, account=message.account, dedupe_key=message.key
        )
        if row is None:
            raise NotFound("delivery", message.key)
        return int(row[0])

    def is_finished(self, row_id: int) -> bool:
        """Tell whether a delivery's turn is over, well or not."""
        row = self._conn.row(_STATE, row_id=row_id)
        return row is not None and row[0] in {"done", "dead"}

    def is_first(self, row_id: int, lane: str) -> bool:
        """Tell whether no earlier message of the lane is unfinished."""
        row = self._conn.row(_IS_FIRST, row_id=row_id, lane=lane)
        return row is not None and row[0] == 0

    def is_answered(self, message: InboundMessage) -> bool:
        """Tell whether all that was kept of a message's lane had ended when it was written.

        False for one that does not say when that was.
        """
        if message.sent_at is None:
            return False
        row = self._conn.row(_UNANSWERED, lane=message.lane, sent=to_us(message.sent_at))
        return row is not None and row[0] == 0

    def claim(self, owner: str, *, count: int, takes_all: bool) -> list[Delivery]:
        """Lease what nobody works on, oldest first; a try counts once it begins.

        `takes_all` is for a database that one process holds: what another owner leased is free.
        """
        rows = self._conn.rows(_CLAIM, owner=owner, count=count, takes_all=int(takes_all))
        return sorted((_to_delivery(row) for row in rows), key=lambda found: found.id)

    def begin(self, row_id: int, owner: str, attempt: int) -> bool:
        """Note that a claimed message's try begins; False if its lease was lost.

        What only waited while a process died is not what brought it down.
        """
        return bool(self._conn.run(_BEGIN, row_id=row_id, owner=owner, attempt=attempt))

    def erase(self, principal_id: PrincipalId) -> int:
        """Erase what a person wrote in messages that are done; return how many those were."""
        return self._conn.run(_ERASE, tenant=self._scope.tenant, person_id=principal_id)

    def look_at_old(self, after_id: int, before: datetime, limit: int) -> int | None:
        """Return up to which number the next rows go; None if they all came since a time."""
        return last_of_page(
            self._conn.row(_LOOK_AT_OLD, after_id=after_id, count=limit), to_us(before)
        )

    def drop_old(
        self, after_id: int, upto_id: int, before: datetime, lost_before: datetime
    ) -> int:
        """Forget what was done before a time, among some rows; return how many those were.

        What was given up stays until another time. What waits or is worked on stays, and so does
        the last row.
        """
        return self._conn.run(
            _DROP_OLD,
            after_id=after_id,
            upto_id=upto_id,
            before_us=to_us(before),
            lost_before_us=to_us(lost_before),
        )

    def count_given_up(self, since: datetime) -> int:
        """Return how many messages were given up since a time, after a fault or too many tries."""
        row = self._conn.row(_GIVEN_UP, since_us=to_us(since))
        return 0 if row is None else row[0]

    def depth(self) -> int:
        """Return how many messages are not finished."""
        row = self._conn.row(_DEPTH)
        return 0 if row is None else row[0]
