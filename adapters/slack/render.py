"""A message -> Block Kit. Pure, and within Slack's limits: what is longer becomes several parts.

Every text stands in a `plain_text` object with `emoji` off, escaped besides: there is no markup
in it that a name, a reason or a model's words could use.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adapters.slack.entities import escape, still, unescape
from adapters.slack.modals import to_value
from adapters.slack.place import Language, Place
from bot.messages import (
    BarBlock,
    Block,
    Button,
    Choice,
    FieldsBlock,
    FileBlock,
    OutboundMessage,
    OutboxItem,
    PictureBlock,
    TextBlock,
)
from bot.replies.notices import file_aside, maybe_a_copy, no_file, no_picture

Json = dict[str, Any]  # Any: JSON

# docs.slack.dev, "Block Kit": blocks in a message and in a view, and the longest of each text.
MOST_BLOCKS: Final = 50
MOST_VIEW_BLOCKS: Final = 100
MOST_SECTION: Final = 3000
MOST_HEADER: Final = 150
MOST_FIELD: Final = 2000
MOST_FIELDS: Final = 10
MOST_ACTIONS: Final = 25
MOST_LABEL: Final = 75
MOST_ALT: Final = 2000
# Not documented: from about 13,200 characters on a message fails.
MOST_PAYLOAD: Final = 12_000
# For notifications and screen readers; counts towards the payload.
MOST_TEXT: Final = 1000
_BAR: Final = 20
_STYLES: Final[dict[Choice, str]] = {"yes": "primary", "no": "danger"}


@dataclass(frozen=True, slots=True)
class Part:
    """One message of Slack's: its blocks, and the same as text."""

    blocks: tuple[Json, ...]
    text: str

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown in it."""
        return any(block["type"] == "image" for block in self.blocks)


def to_parts(item: OutboxItem, files: Sequence[str] = ()) -> tuple[Part, ...]:
    """Render a message that waits to be sent; the buttons are on the last part.

    What may have arrived before and is no edit says so. `files` are the ids of its pictures and
    files, in their order, empty for one that Slack did not take: its words are said instead.
    """
    message = item.message
    blocks: list[Json] = []
    rest = iter(files)
    for block in message.blocks or (TextBlock(message.text),):
        if isinstance(block, PictureBlock):
            blocks.append(_to_picture(block, next(rest, ""), item.language))
        elif isinstance(block, FileBlock):
            blocks.append(_to_file(block, next(rest, ""), item))
        else:
            blocks += to_blocks((block,))
    if item.was_tried and not item.edits:
        remark = maybe_a_copy(item.language, message.reference)
        blocks.append({"type": "context", "elements": [plain(remark, MOST_FIELD)]})
    place = Place(item.chat, item.thread, item.is_private, message.card, item.language)
    blocks += _to_actions(message, place)
    # Slack takes no message without anything in it.
    groups = list(_grouped(blocks or [{"type": "section", "text": plain("…", MOST_SECTION)}]))
    if len(groups) == 1:
        return (Part(tuple(groups[0]), fallback(message.text)),)
    return tuple(Part(tuple(group), fallback(_said(group))) for group in groups)


def without_pictures(part: Part, language: Language) -> Part:
    """Return a part that says the words of its pictures instead."""
    blocks = tuple(
        _to_words(block["alt_text"], language) if block["type"] == "image" else block
        for block in part.blocks
    )
    return replace(part, blocks=blocks)


def to_blocks(blocks: Sequence[Block]) -> Iterator[Json]:
    """Render the parts of a message, each as one block or more."""
    for block in blocks:
        if isinstance(block, TextBlock):
            yield from _to_text(block)
        elif isinstance(block, FieldsBlock):
            yield from _to_fields(block)
        elif isinstance(block, BarBlock):
            filled = min(max(block.percent, 0) * _BAR // 100, _BAR)
            bar = "▰" * filled + "▱" * (_BAR - filled)
            yield from _to_text(TextBlock(f"{block.label}\n{bar}"))
        else:
            yield {"type": "context", "elements": [plain(block.alt, MOST_FIELD)]}


def _to_picture(block: PictureBlock, file_id: str, language: Language) -> Json:
    alt = _cut(block.alt, MOST_ALT)
    if not file_id:
        return _to_words(alt, language)
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": alt}


def _to_file(block: FileBlock, file_id: str, item: OutboxItem) -> Json:
    """Say the words of a file, and where it is if it is not beside them."""
    elements = [plain(block.alt, MOST_ALT)]
    if not file_id:
        elements.append(plain(no_file(item.language), MOST_FIELD))
    elif not item.is_private:
        elements.append(plain(file_aside(item.language), MOST_FIELD))
    return {"type": "context", "elements": elements}


def _to_words(escaped: str, language: Language) -> Json:
    said = {"type": "plain_text", "text": escaped, "emoji": False}
    remark = plain(no_picture(language), MOST_FIELD)
    return {"type": "context", "elements": [said, remark]}


def plain(text: str, most: int) -> Json:
    """Return a text object; what is longer than `most` as Slack counts is cut."""
    return {"type": "plain_text", "text": _cut(text, most), "emoji": False}


def fallback(text: str) -> str:
    """Return the text that stands for the blocks where none are shown."""
    shown, most = still(text), MOST_TEXT
    while len(shown) > MOST_TEXT:
        most -= max(1, (len(shown) - MOST_TEXT) // 5)
        shown = still(text[:most]) + "…"
    return shown or "…"


def split(text: str, most: int) -> Iterator[str]:
    """Part a text where it breaks best, so that each piece is at most `most` long when escaped."""
    rest = text.strip("\n")
    while len(escape(rest)) > most:
        end = _fitting(rest, most)
        at = max(rest.rfind("\n", 1, end), 0) or max(rest.rfind(" ", 1, end), 0) or end
        yield rest[:at]
        rest = rest[at:].lstrip("\n ") if at < end else rest[at:]
    if rest.strip():
        yield rest


def _fitting(text: str, most: int) -> int:
    """Return how many characters stay within `most` when escaped."""
    length = 0
    for index, char in enumerate(text):
        length += len(escape(char))
        if length > most:
            return index
    return len(text)


def _cut(text: str, most: int) -> str:
    if len(escape(text)) <= most:
        return escape(text) or " "
    return escape(text[: _fitting(text, most - 1)]) + "…"


def _to_text(block: TextBlock) -> Iterator[Json]:
    text = block.text.strip("\n")
    is_header = block.is_title and "\n" not in text and len(escape(text)) <= MOST_HEADER
    if is_header and text.strip():
        yield {"type": "header", "text": plain(text, MOST_HEADER)}
        return
    for piece in split(text, MOST_SECTION):
        yield {"type": "section", "text": plain(piece, MOST_SECTION)}


def _to_fields(block: FieldsBlock) -> Iterator[Json]:
    for start in range(0, len(block.items), MOST_FIELDS):
        items = block.items[start : start + MOST_FIELDS]
        cells = [plain(f"{name}\n{value}", MOST_FIELD) for name, value in items]
        yield {"type": "section", "fields": cells}


def _to_actions(message: OutboundMessage, place: Place) -> Iterator[Json]:
    for number, start in enumerate(range(0, len(message.buttons), MOST_ACTIONS)):
        buttons = message.buttons[start : start + MOST_ACTIONS]
        block: Json = {
            "type": "actions",
            "elements": [
                _to_button(button, f"button-{start + index}", message)
                for index, button in enumerate(buttons)
            ],
        }
        block_id = place.dump(number)
        yield {**block, "block_id": block_id} if block_id else block


def _to_button(button: Button, name: str, message: OutboundMessage) -> Json:
    shown: Json = {
        "type": "button",
        "action_id": name,
        "text": plain(button.label, MOST_LABEL),
        "value": to_value(button.token, message.form if button.style == "edit" else ()),
    }
    style = _STYLES.get(button.style)
    return {**shown, "style": style} if style else shown


def _grouped(blocks: Sequence[Json]) -> Iterator[list[Json]]:
    group: list[Json] = []
    length = 0
    for block in blocks:
        size = len(json.dumps(block, ensure_ascii=False))
        if group and (len(group) == MOST_BLOCKS or length + size > MOST_PAYLOAD):
            yield group
            group, length = [], 0
        group.append(block)
        length += size
    if group:
        yield group


def _said(blocks: Sequence[Json]) -> str:
    texts = [
        block["alt_text"] if block["type"] == "image" else block["text"]["text"]
        for block in blocks
        if block["type"] == "image" or "text" in block
    ]
    return unescape("\n".join(texts))
