"""The outbox: what is to be sent, in order within a conversation."""

from collections.abc import Sequence
from datetime import datetime

import orjson

from bot.clock import to_us
from bot.ids import ConversationId, PrincipalId
from bot.messages import (
    FileBlock,
    OutboundMessage,
    OutboxItem,
    UndeliveredItem,
)
from storage import outbox_statements as sql
from storage.connection import Connection
from storage.outbox_rows import to_block, to_item, to_message, to_payload, to_undelivered
from storage.pages import last_of_page
from storage.scope import Scope


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
                "payload": to_payload(message),
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
        self._conn.run_many(sql.ADD, self._scope.outgoing)
        self._scope.outgoing.clear()

    def list_next(self, platform: str, count: int) -> list[OutboxItem]:
        """Return the oldest unsent message of each conversation, oldest first."""
        return [to_item(row) for row in self._conn.rows(sql.NEXT, platform=platform, count=count)]

    def begin(self, item_ids: Sequence[int]) -> set[int]:
        """Claim messages for sending; return those that nobody else has."""
        claimed: set[int] = set()
        rest = list(item_ids)
        while rest:
            size = next((size for size in sql.SIZES if size >= len(rest)), sql.SIZES[-1])
            some, rest = rest[:size], rest[size:]
            some += [some[-1]] * (size - len(some))
            values = {f"id_{index}": item_id for index, item_id in enumerate(some)}
            claimed.update(row[0] for row in self._conn.rows(sql.BEGIN[size], **values))
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
                sql.END,
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
        row = self._conn.row(sql.PAYLOAD, tenant=self._scope.tenant, row_id=item_id)
        blocks = [] if row is None else orjson.loads(row["payload"]).get("blocks", ())
        block = to_block(blocks[number]) if number < len(blocks) else None
        return block if isinstance(block, FileBlock) else None

    def list_failed(self, limit: int) -> list[UndeliveredItem]:
        """Return what did not arrive, or may not have, newest first."""
        rows = self._conn.rows(sql.FAILED, tenant=self._scope.tenant, count=limit)
        return [to_undelivered(row) for row in rows]

    def find_failed(self, item_id: int) -> UndeliveredItem | None:
        row = self._conn.row(sql.FAILED_ONE, tenant=self._scope.tenant, row_id=item_id)
        return None if row is None else to_undelivered(row)

    def queue_again(self, item_id: int) -> bool:
        """Send a message once more that did not arrive; False where its card has moved on."""
        row = self._conn.row(sql.AGAIN, tenant=self._scope.tenant, row_id=item_id)
        if row is None:
            return False
        self._scope.committed.append(("outbox", row["platform"]))
        return True

    def erase(self, person_id: PrincipalId) -> int:
        """Erase what a person was told where nobody else reads; return how many messages."""
        return self._conn.run(sql.ERASE, tenant=self._scope.tenant, person_id=person_id)

    def hold_again(self, person_id: PrincipalId, until: datetime | None) -> None:
        """Have what waits for the end of a person's quiet hours wait until then; None is now."""
        rows = self._conn.rows(
            sql.HOLD_AGAIN,
            tenant=self._scope.tenant,
            person_id=person_id,
            until_us=0 if until is None else to_us(until),
        )
        for platform in {row["platform"] for row in rows}:
            self._scope.committed.append(("outbox", platform))

    def drop_held(self, conversation_id: ConversationId, card: str) -> int:
        """Send nothing of a card that waits for the end of quiet hours; return how many."""
        return self._conn.run(
            sql.DROP_HELD,
            tenant=self._scope.tenant,
            in_conversation=conversation_id,
            of_card=card,
        )

    def take_back(self, conversation_id: ConversationId) -> list[OutboundMessage]:
        """Take what waits out of a conversation, oldest first, to be sent elsewhere."""
        rows = self._conn.rows(
            sql.WAITS_IN, tenant=self._scope.tenant, conversation_id=conversation_id
        )
        return [
            to_message(row)
            for row in rows
            if self._conn.run(sql.TAKE_BACK, tenant=self._scope.tenant, row_id=row["id"])
        ]

    def recover(self, *, takes_all: bool) -> int:
        """Queue again what a dead process was sending; return how many.

        `takes_all` is for a database that one process holds: whatever was on its way was its own.
        """
        return self._conn.run(sql.RECOVER, takes_all=int(takes_all))

    def count_failed(self, since: datetime) -> int:
        """Return how many messages since a time did not arrive, or may not have."""
        row = self._conn.row(sql.COUNT_FAILED, tenant=self._scope.tenant, since_us=to_us(since))
        return 0 if row is None else row[0]

    def look_at_old(self, after_id: int, before: datetime, limit: int) -> int | None:
        """Return up to which number the next rows go; None if they were all queued since a time.

        Of all tenants, as what follows.
        """
        return last_of_page(
            self._conn.row(sql.LOOK_AT_OLD, after_id=after_id, count=limit), to_us(before)
        )

    def drop_old(
        self, after_id: int, upto_id: int, before: datetime, lost_before: datetime
    ) -> int:
        """Forget what was sent before a time, among some rows; return how many those were.

        Of a card's last message only the words go: what follows edits it. What did not arrive
        stays until another time. What waits or is being sent stays, and so does the last row.
        """
        values = {
            "after_id": after_id,
            "upto_id": upto_id,
            "before_us": to_us(before),
            "lost_before_us": to_us(lost_before),
        }
        return self._conn.run(sql.EMPTY_OLD, **values) + self._conn.run(sql.DROP_OLD, **values)

    def depth(self) -> int:
        """Return how many messages are not sent."""
        row = self._conn.row(sql.DEPTH)
        return 0 if row is None else row[0]
