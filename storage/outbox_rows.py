"""Messages as the outbox keeps them: rows of JSON, and back."""

from dataclasses import asdict
from typing import Any, Final

import orjson

from bot.charts.model import dump_chart, load_chart
from bot.clock import from_us
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
from storage.connection import Row


def to_item(row: Row) -> OutboxItem:
    """Return a row as what is to be sent."""
    message = to_message(row)
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


def to_message(row: Row) -> OutboundMessage:
    """Return a row's message."""
    payload = orjson.loads(row["payload"])
    return OutboundMessage(
        conversation_id=ConversationId(row["conversation_id"]),
        text=payload["text"],
        message_class=row["message_class"],
        buttons=tuple(Button(**button) for button in payload["buttons"]),
        card=row["card"],
        reference=row["reference"],
        reply_to=payload.get("reply_to", ""),
        blocks=tuple(to_block(values) for values in payload.get("blocks", ())),
        form=tuple(FormField(**values) for values in payload.get("form", ())),
        held_until=from_us(row["held_until_us"]) if row["held_until_us"] else None,
        chart=load_chart(payload["chart"]) if "chart" in payload else None,
        is_for_all=payload.get("is_for_all", False),
        shows=payload.get("shows", "usual"),
        handover=HandoverPart(**payload["handover"]) if "handover" in payload else None,
    )


def to_undelivered(row: Row) -> UndeliveredItem:
    """Return a row as what did not arrive."""
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


def to_block(values: dict[str, Any]) -> Block:  # Any: JSON that `add` wrote
    """Return a block of a kept message."""
    kind = _BLOCKS[values.pop("kind")]
    if kind is FieldsBlock:
        return FieldsBlock(tuple((name, value) for name, value in values["items"]))
    return kind(**values)


def to_payload(message: OutboundMessage) -> str:
    """Return a message as its row keeps it."""
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
