"""The outbox: what is to be sent, in order within a conversation."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Text, and_, bindparam, case, delete, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from bot.charts.model import dump_chart, load_chart
from bot.clock import from_us, to_us
from bot.ids import ConversationId, PrincipalId, TenantId
from bot.messages import (
    BarBlock,
    Block,
    Button,
    FieldsBlock,
    FileBlock,
    FormField,
    HandoverPart,
    OutboundMessage,
    OutboxItem,
    PictureBlock,
    TextBlock,
    UndeliveredItem,
)
from storage.connection import Connection, Row
from storage.pages import last_of_page, page_after
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.messages import conversation, outbox
from storage.tables.people import principal

# A message that takes longer than this to send was being sent by a process that died.
LEASE_US: Final = 60_000_000

_ADD: Final = Statement(
    insert(outbox)
    .values(
        {
            "tenant": bindparam("tenant"),
            "conversation_id": bindparam("conversation_id"),
            "platform": bindparam("platform"),
            "class": bindparam("message_class"),
            "card": bindparam("card"),
            "reference": bindparam("reference"),
            "payload": bindparam("payload"),
            "queued_us": bindparam("queued_us"),
            "held_until_us": bindparam("held_until_us"),
        }
    )
    .inline()
)
_earlier = outbox.alias("earlier")
_shown = outbox.alias("shown")
# The oldest unsent message of each conversation, if its time has come: one in flight each.
_NEXT: Final = Statement(
    select(
        *(outbox.c[name] for name in ("id", "tenant", "platform", "attempts", "payload", "card")),
        outbox.c.reference,
        outbox.c.was_tried,
        outbox.c.held_until_us,
        outbox.c.conversation_id,
        outbox.c["class"].label("message_class"),
        conversation.c.chat,
        conversation.c.thread,
        conversation.c.external_id,
        conversation.c.address,
        conversation.c.is_private,
        principal.c.language,
        # Which message the card is already.
        select(_shown.c.platform_msg_id)
        .where(
            outbox.c.card != "",
            _shown.c.conversation_id == outbox.c.conversation_id,
            _shown.c.card == outbox.c.card,
            _shown.c.card != "",
            _shown.c.platform_msg_id != "",
            _shown.c.id < outbox.c.id,
        )
        .order_by(_shown.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("edits"),
    )
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .join(principal, principal.c.id == conversation.c.principal_id)
    .where(
        outbox.c.state == "queued",
        outbox.c.platform == bindparam("platform"),
        outbox.c.not_before_us <= func.bursar_now(),
        outbox.c.held_until_us <= func.bursar_now(),
        ~exists().where(
            _earlier.c.conversation_id == outbox.c.conversation_id,
            _earlier.c.id < outbox.c.id,
            _earlier.c.state.in_(["queued", "sending"]),
            # An answer does not wait for what waits for the morning.
            _earlier.c.held_until_us <= func.bursar_now(),
        ),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("count", type_=Int))
)
_PAYLOAD: Final = Statement(
    select(outbox.c.payload).where(
        outbox.c.tenant == bindparam("tenant"), outbox.c.id == bindparam("row_id")
    )
)
# So many are claimed in one statement; fewer are filled up with the last one.
_SIZES: Final = (1, 8, 32, 128)
_BEGIN: Final = {
    size: Statement(
        update(outbox)
        .where(
            outbox.c.id.in_([bindparam(f"id_{index}", type_=Int) for index in range(size)]),
            outbox.c.state == "queued",
        )
        .values(
            state="sending",
            attempts=outbox.c.attempts + 1,
            # Until then it is this process's; nobody takes longer over one message.
            not_before_us=func.bursar_now() + LEASE_US,
        )
        .returning(outbox.c.id)
    )
    for size in _SIZES
}
_END: Final = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"), outbox.c.state == "sending")
    .values(
        state=bindparam("new_state", type_=Text),
        platform_msg_id=bindparam("msg_id", type_=Text),
        not_before_us=bindparam("not_before", type_=Int),
        sent_us=bindparam("sent", type_=Int),
        why=bindparam("code", type_=Text),
        was_tried=bindparam("tried", type_=Int),
        attempts=outbox.c.attempts - bindparam("untried", type_=Int),
    )
)
# What waits in a conversation that is over goes elsewhere, in its order.
_WAITS_IN: Final = Statement(
    select(
        outbox.c.id,
        outbox.c.conversation_id,
        outbox.c["class"].label("message_class"),
        outbox.c.card,
        outbox.c.reference,
        outbox.c.payload,
        outbox.c.held_until_us,
    )
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.state == "queued",
        outbox.c.conversation_id == bindparam("conversation_id"),
    )
    .order_by(outbox.c.id)
)
# What waits for the end of a person's quiet hours, when those are others now.
_HOLD_AGAIN: Final = Statement(
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.state == "queued",
        outbox.c.held_until_us > func.bursar_now(),
        outbox.c.conversation_id.in_(
            select(conversation.c.id).where(
                conversation.c.tenant == bindparam("tenant"),
                conversation.c.principal_id == bindparam("person_id", type_=Text),
            )
        ),
    )
    .values(held_until_us=bindparam("until_us", type_=Int))
    .returning(outbox.c.platform)
)
# What of a card waits for the end of quiet hours, and is past before it comes.
_DROP_HELD: Final = Statement(
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.state == "queued",
        outbox.c.conversation_id == bindparam("in_conversation", type_=Text),
        outbox.c.card == bindparam("of_card", type_=Text),
        outbox.c.card != "",
        outbox.c.held_until_us > func.bursar_now(),
    )
    .values(state="dead", why="moved")
)
# What a card needs to be edited stands beside its text. What did not arrive is not sent again.
_NOTHING: Final = orjson.dumps({"text": "", "buttons": []}).decode()
_ERASE: Final = Statement(
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.state.in_(["sent", "dead", "ambiguous"]),
        outbox.c.conversation_id.in_(
            select(conversation.c.id).where(
                conversation.c.tenant == bindparam("tenant"),
                conversation.c.principal_id == bindparam("person_id", type_=Text),
                conversation.c.is_private == 1,
            )
        ),
        outbox.c.payload != _NOTHING,
    )
    .values(payload=_NOTHING, why=case((outbox.c.state == "sent", outbox.c.why), else_="erased"))
)
# What is not sent again, whoever asks.
_IS_OVER: Final = ("moved", "erased")
_TAKE_BACK: Final = Statement(
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.id == bindparam("row_id"),
        outbox.c.state == "queued",
    )
    .values(state="dead", why="moved")
)
# As the index has it, word for word: SQLite looks no deeper.
_HAS_FAILED = text("outbox.state IN ('dead', 'ambiguous')")
_failed = (
    select(
        outbox.c.id,
        outbox.c.platform,
        outbox.c.why,
        outbox.c.queued_us,
        conversation.c.principal_id,
    )
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .where(outbox.c.tenant == bindparam("tenant"), _HAS_FAILED, outbox.c.why.not_in(_IS_OVER))
)
_FAILED: Final = Statement(
    _failed.order_by(outbox.c.id.desc()).limit(bindparam("count", type_=Int))
)
_FAILED_ONE: Final = Statement(_failed.where(outbox.c.id == bindparam("row_id")))
_later = outbox.alias("later")
# Not where its card has moved on: that would bring an old one back.
_AGAIN: Final = Statement(
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.id == bindparam("row_id"),
        outbox.c.state.in_(["dead", "ambiguous"]),
        outbox.c.why.not_in(_IS_OVER),
        or_(
            outbox.c.card == "",
            ~exists().where(
                _later.c.tenant == bindparam("tenant"),
                _later.c.conversation_id == outbox.c.conversation_id,
                _later.c.card == outbox.c.card,
                _later.c.id > outbox.c.id,
            ),
        ),
    )
    .values(
        was_tried=case((outbox.c.state == "ambiguous", 1), else_=outbox.c.was_tried),
        state="queued",
        attempts=0,
        not_before_us=0,
        why="",
    )
    .returning(outbox.c.platform)
)
# A process that died while sending may have been heard: sent again, marked as perhaps a copy.
_RECOVER: Final = Statement(
    update(outbox)
    .where(
        outbox.c.state == "sending",
        or_(outbox.c.not_before_us <= func.bursar_now(), bindparam("takes_all", type_=Int) == 1),
    )
    .values(state="queued", not_before_us=0, was_tried=1)
)
_page = page_after(outbox, outbox.c.queued_us)
_LOOK_AT_OLD: Final = Statement(_page)
_after = outbox.alias("after")
_is_old = (
    outbox.c.id > bindparam("after_id", type_=Int),
    outbox.c.id <= bindparam("upto_id", type_=Int),
    # Not by the index of states: a state has far more rows than a page.
    func.coalesce(outbox.c.state, "").in_(["sent", "dead", "ambiguous"]),
    func.coalesce(outbox.c.sent_us, outbox.c.queued_us) < bindparam("before_us", type_=Int),
    # What did not arrive waits for somebody to look at it.
    or_(func.coalesce(outbox.c.state, "") == "sent", outbox.c.why.in_(_IS_OVER)),
)
# Which message a card is: the next one of its name edits it, however long after.
_is_last_of_card = and_(
    outbox.c.card != "",
    ~exists().where(
        _after.c.conversation_id == outbox.c.conversation_id,
        _after.c.card == outbox.c.card,
        _after.c.card != "",
        _after.c.platform_msg_id != "",
        _after.c.id > outbox.c.id,
    ),
)
_EMPTY_OLD: Final = Statement(
    update(outbox)
    .where(*_is_old, _is_last_of_card, outbox.c.payload != _NOTHING)
    .values(payload=_NOTHING)
)
# Never the last row, as in the inbox.
_DROP_OLD: Final = Statement(
    delete(outbox).where(
        *_is_old,
        ~_is_last_of_card,
        outbox.c.id < select(func.max(_later.c.id)).scalar_subquery(),
    )
)
_COUNT_FAILED: Final = Statement(
    select(func.count())
    .select_from(outbox)
    .where(
        outbox.c.tenant == bindparam("tenant"),
        _HAS_FAILED,
        outbox.c.why.not_in(_IS_OVER),
        outbox.c.queued_us >= bindparam("since_us", type_=Int),
    )
)
_DEPTH: Final = Statement(select(func.count()).where(outbox.c.state.in_(["queued", "sending"])))


def _to_item(row: Row) -> OutboxItem:
    message = _to_message(row)
    return OutboxItem(
        row["id"],
        TenantId(row["tenant"]),
        row["platform"],
        row["chat"],
        row["thread"],
        row["attempts"],
        message,
        edits="" if message.shows == "anew" else row["edits"] or "",
        external_id=row["external_id"],
        address=row["address"],
        is_private=bool(row["is_private"]),
        was_tried=bool(row["was_tried"]),
        language=row["language"],
    )


def _to_message(row: Row) -> OutboundMessage:
    payload = orjson.loads(row["payload"])
    return OutboundMessage(
        conversation_id=ConversationId(row["conversation_id"]),
        text=payload["text"],
        message_class=row["message_class"],
        buttons=tuple(Button(**button) for button in payload["buttons"]),
        card=row["card"],
        reference=row["reference"],
        reply_to=payload.get("reply_to", ""),
        blocks=tuple(_to_block(values) for values in payload.get("blocks", ())),
        form=tuple(FormField(**values) for values in payload.get("form", ())),
        held_until=from_us(row["held_until_us"]) if row["held_until_us"] else None,
        chart=load_chart(payload["chart"]) if "chart" in payload else None,
        is_for_all=payload.get("is_for_all", False),
        shows=payload.get("shows", "usual"),
        handover=HandoverPart(**payload["handover"]) if "handover" in payload else None,
    )


def _to_undelivered(row: Row) -> UndeliveredItem:
    return UndeliveredItem(
        id=row["id"],
        principal_id=PrincipalId(row["principal_id"]),
        platform=row["platform"],
        why=row["why"],
        queued_at=from_us(row["queued_us"]),
    )


_BLOCKS: Final[dict[str, type[Block]]] = {
    "text": TextBlock,
    "fields": FieldsBlock,
    "bar": BarBlock,
    "picture": PictureBlock,
    "file": FileBlock,
}
_KINDS: Final = {block: kind for kind, block in _BLOCKS.items()}


def _to_block(values: dict[str, Any]) -> Block:  # Any: JSON that `add` wrote
    kind = _BLOCKS[values.pop("kind")]
    if kind is FieldsBlock:
        return FieldsBlock(tuple((name, value) for name, value in values["items"]))
    return kind(**values)


def _to_payload(message: OutboundMessage) -> str:
    payload: dict[str, object] = {
        "text": message.text,
        "buttons": [asdict(button) for button in message.buttons],
    }
    if message.reply_to:
        payload["reply_to"] = message.reply_to
    if message.blocks:
        payload["blocks"] = [{"kind": _KINDS[type(x)], **asdict(x)} for x in message.blocks]
    if message.form:
        payload["form"] = [asdict(field) for field in message.form]
    if message.chart is not None:
        payload["chart"] = dump_chart(message.chart)
    if message.is_for_all:
        payload["is_for_all"] = True
    if message.shows != "usual":
        payload["shows"] = message.shows
    if message.handover is not None:
        payload["handover"] = asdict(message.handover)
    return orjson.dumps(payload).decode()


class SqlOutbox:
    """What waits to be sent. Adding needs a tenant; sending is for all of them."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def add(self, message: OutboundMessage, platform: str) -> None:
        """Queue a message in the transaction of what it tells."""
        self._scope.outgoing.append(
            {
                "tenant": self._scope.tenant,
                "conversation_id": message.conversation_id,
                "platform": platform,
                "message_class": message.message_class,
                "card": message.card,
                "reference": message.reference,
                "payload": _to_payload(message),
                "queued_us": self._scope.now_us,
                "held_until_us": 0 if message.held_until is None else to_us(message.held_until),
            }
        )
        self._scope.committed.append(("outbox", platform))

    def mark(self) -> int:
        """Return where the transaction stands, for `texts_since`."""
        return len(self._scope.outgoing)

    def texts_since(self, mark: int, conversation_id: ConversationId) -> list[str]:
        """Return what the transaction has queued for a conversation since a mark, in order."""
        return [
            orjson.loads(str(row["payload"]))["text"]
            for row in self._scope.outgoing[mark:]
            if row["conversation_id"] == conversation_id
        ]

    def flush(self) -> None:
        """Write what the transaction queued, in the order in which it did; before its commit."""
        self._conn.run_many(_ADD, self._scope.outgoing)
        self._scope.outgoing.clear()

    def list_next(self, platform: str, count: int) -> list[OutboxItem]:
        """Return the oldest unsent message of each conversation, oldest first."""
        return [_to_item(row) for row in self._conn.rows(_NEXT, platform=platform, count=count)]

    def begin(self, item_ids: Sequence[int]) -> set[int]:
        """Claim messages for sending; return those that nobody else has."""
        claimed: set[int] = set()
        rest = list(item_ids)
        while rest:
            size = next((size for size in _SIZES if size >= len(rest)), _SIZES[-1])
            some, rest = rest[:size], rest[size:]
            some += [some[-1]] * (size - len(some))
            values = {f"id_{index}": item_id for index, item_id in enumerate(some)}
            claimed.update(row[0] for row in self._conn.rows(_BEGIN[size], **values))
        return claimed

    def end(
        self,
        item_id: int,
        state: str,
        *,
        platform_msg_id: str = "",
        not_before_us: int = 0,
        why: str = "",
        was_tried: bool = False,
        is_try: bool = True,
    ) -> bool:
        """Keep how sending went: sent, ambiguous, dead, or queued again for later.

        False if that was kept before, or the message was taken over. `is_try` is False where
        the platform was not even asked.
        """
        return bool(
            self._conn.run(
                _END,
                row_id=item_id,
                new_state=state,
                msg_id=platform_msg_id,
                not_before=not_before_us,
                sent=self._scope.now_us if state == "sent" else None,
                code=why,
                tried=int(was_tried),
                untried=int(not is_try),
            )
        )

    def find_file(self, item_id: int, number: int) -> FileBlock | None:
        """Return the file that is the block `number` of a message; None once it is forgotten."""
        row = self._conn.row(_PAYLOAD, tenant=self._scope.tenant, row_id=item_id)
        blocks = [] if row is None else orjson.loads(row["payload"]).get("blocks", ())
        block = _to_block(blocks[number]) if number < len(blocks) else None
        return block if isinstance(block, FileBlock) else None

    def list_failed(self, limit: int) -> list[UndeliveredItem]:
        """Return what did not arrive, or may not have, newest first."""
        rows = self._conn.rows(_FAILED, tenant=self._scope.tenant, count=limit)
        return [_to_undelivered(row) for row in rows]

    def find_failed(self, item_id: int) -> UndeliveredItem | None:
        row = self._conn.row(_FAILED_ONE, tenant=self._scope.tenant, row_id=item_id)
        return None if row is None else _to_undelivered(row)

    def queue_again(self, item_id: int) -> bool:
        """Send a message once more that did not arrive; False where its card has moved on."""
        row = self._conn.row(_AGAIN, tenant=self._scope.tenant, row_id=item_id)
        if row is None:
            return False
        self._scope.committed.append(("outbox", row["platform"]))
        return True

    def erase(self, person_id: PrincipalId) -> int:
        """Erase what a person was told where nobody else reads; return how many messages."""
        return self._conn.run(_ERASE, tenant=self._scope.tenant, person_id=person_id)

    def hold_again(self, person_id: PrincipalId, until: datetime | None) -> None:
        """Have what waits for the end of a person's quiet hours wait until then; None is now."""
        rows = self._conn.rows(
            _HOLD_AGAIN,
            tenant=self._scope.tenant,
            person_id=person_id,
            until_us=0 if until is None else to_us(until),
        )
        for platform in {row["platform"] for row in rows}:
            self._scope.committed.append(("outbox", platform))

    def drop_held(self, conversation_id: ConversationId, card: str) -> int:
        """Send nothing of a card that waits for the end of quiet hours; return how many."""
        return self._conn.run(
            _DROP_HELD,
            tenant=self._scope.tenant,
            in_conversation=conversation_id,
            of_card=card,
        )

    def take_back(self, conversation_id: ConversationId) -> list[OutboundMessage]:
        """Take what waits out of a conversation, oldest first, to be sent elsewhere."""
        rows = self._conn.rows(
            _WAITS_IN, tenant=self._scope.tenant, conversation_id=conversation_id
        )
        return [
            _to_message(row)
            for row in rows
            if self._conn.run(_TAKE_BACK, tenant=self._scope.tenant, row_id=row["id"])
        ]

    def recover(self, *, takes_all: bool) -> int:
        """Queue again what a dead process was sending; return how many.

        `takes_all` is for a database that one process holds: whatever was on its way was its own.
        """
        return self._conn.run(_RECOVER, takes_all=int(takes_all))

    def count_failed(self, since: datetime) -> int:
        """Return how many messages since a time did not arrive, or may not have."""
        row = self._conn.row(_COUNT_FAILED, tenant=self._scope.tenant, since_us=to_us(since))
        return 0 if row is None else row[0]

    def look_at_old(self, after_id: int, before: datetime, limit: int) -> int | None:
        """Return up to which number the next rows go; None if they were all queued since a time.

        Of all tenants, as what follows.
        """
        return last_of_page(
            self._conn.row(_LOOK_AT_OLD, after_id=after_id, count=limit), to_us(before)
        )

    def drop_old(self, after_id: int, upto_id: int, before: datetime) -> int:
        """Forget what was sent before a time, among some rows; return how many those were.

        Of a card's last message only the words go: what follows edits it. What waits, is being
        sent or did not arrive stays, and so does the last row.
        """
        values = {"after_id": after_id, "upto_id": upto_id, "before_us": to_us(before)}
        return self._conn.run(_EMPTY_OLD, **values) + self._conn.run(_DROP_OLD, **values)

    def depth(self) -> int:
        """Return how many messages are not sent."""
        row = self._conn.row(_DEPTH)
        return 0 if row is None else row[0]
