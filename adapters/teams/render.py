"""A message -> what Teams shows: plain text, or an Adaptive Card of version 1.5. Pure.

Nothing that anybody wrote is read as markup. A line goes as `textFormat: plain`, which clients
show as it is but for line ends, so that more than a line goes as a card. In cards text stands in
text runs, which know no markup; text blocks and facts do, and are not used. There are no
entities, so nothing is a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from adapters.teams.activities import CARD, message_activity
from adapters.teams.inbound import OURS, PRESS, VIEW
from adapters.teams.sizes import MOST_BYTES, size_of, split
from bot.messages import (
    BarBlock,
    Block,
    Button,
    FieldsBlock,
    FileBlock,
    FormField,
    OutboundMessage,
    PictureBlock,
    TextBlock,
)
from bot.replies.notices import file_begins, no_file, no_picture
from bot.replies.reader import Language

Json = dict[str, Any]  # Any: JSON

_SCHEMA: Final = "http://adaptivecards.io/schemas/adaptive-card.json"
_VERSION: Final = "1.5"
# Of a card in a list of chats, and read aloud: a sentence is enough.
_SUMMARY: Final = 200
_FALLBACK: Final = 1000
_BAR_CELLS: Final = 20
_COLUMNS: Final = re.compile(r"\S {2,}\S")
_BLANKS: Final = re.compile(r"^ +| {2,}")
_TEXT_BYTES: Final = 30_000
_MOST_LINES: Final = 120
_MOST_ELEMENTS: Final = 150
# Beside what a message has around it.
_PICTURE_BYTES: Final = MOST_BYTES - 6_000
_LONGEST_LABEL: Final = 60
# Of a file that cannot be handed over.
_FILE_LINES: Final = 20
_FILE_LINE: Final = 200
# User Specific Views: at most 60 people for whom a card renews itself.
MOST_READERS: Final = 60

Place = tuple[str, str]


def to_activities(
    message: OutboundMessage,
    *,
    readers: Sequence[str] = (),
    place: Place | None = None,
    most_bytes: int = MOST_BYTES,
    language: Language = "en",
) -> list[Json]:
    """Render a message: what is too much for one first, its card or last piece last.

    Args:
        message: what is said.
        readers: for whom its card renews itself while it can be answered.
        place: chat and thread of the card's own conversation, where it is shown elsewhere.
        most_bytes: the size that each of them keeps to.
        language: its reader's.
    """
    if not _is_card(message):
        # The rest is what a card adds to each line.
        pieces = split(message.text, most_bytes * 6 // 10, _MOST_LINES)
        return [to_text(piece) for piece in pieces]
    card = to_card(message, readers=readers, place=place, language=language)
    activity = _with_card(card, message.text)
    if _fits(message.text) and size_of(activity) <= most_bytes:
        return [activity]
    pictures = [block for block in message.blocks if isinstance(block, PictureBlock)]
    if pictures:
        others = tuple(x for x in message.blocks if not isinstance(x, PictureBlock))
        rest = replace(message, blocks=others or (TextBlock(message.text),))
        shown = [_to_picture(block, most_bytes, language) for block in pictures]
        return [
            *shown,
            *to_activities(
                rest, readers=readers, place=place, most_bytes=most_bytes, language=language
            ),
        ]
    *heads, last = split(message.text, min(most_bytes // 3, _TEXT_BYTES), _MOST_LINES)
    card = to_card(message, readers=readers, place=place, blocks=(TextBlock(last),))
    return [*(to_text(piece) for piece in heads), _with_card(card, last)]


def _is_card(message: OutboundMessage) -> bool:
    return bool(message.card or message.buttons or message.form) or any(
        not isinstance(block, TextBlock) for block in message.blocks
    )


def _to_picture(block: PictureBlock, most_bytes: int, language: Language) -> Json:
    activity = _with_card(_card_of(list(_picture(block, language))), block.alt)
    if size_of(activity) <= most_bytes:
        return activity
    return _with_card(_card_of(list(_words(block, language))), block.alt)


def to_text(text: str) -> Json:
    """Render what is only text: a line as it is, several as a card, which keeps their ends."""
    if "\n" not in text.strip():
        return message_activity(text=text, textFormat="plain", summary=_first_line(text))
    card = {**_card_of(list(_lines(TextBlock(text)))), "fallbackText": text[:_FALLBACK]}
    return _with_card(card, text)


def to_notice(text: str, card: str, readers: Sequence[str]) -> Json:
    """Render the line that everybody in a chat sees of a card; each reader's client renews it."""
    body = {**_card_of([_line(text)]), "fallbackText": text}
    if readers:
        body["refresh"] = _refresh(card, readers, None)
    return _with_card(body, text)


def to_card(
    message: OutboundMessage,
    *,
    readers: Sequence[str] = (),
    place: Place | None = None,
    blocks: Sequence[Block] | None = None,
    language: Language = "en",
) -> Json:
    """Render a card as its reader sees it."""
    shown = blocks if blocks is not None else message.blocks or (TextBlock(message.text),)
    elements = [element for block in shown for element in _elements(block, language)]
    elements = elements[:_MOST_ELEMENTS] + [_input(field) for field in message.form]
    card = {**_card_of(elements), "fallbackText": message.text[:_FALLBACK]}
    if message.buttons:
        card["actions"] = [_action(button, message.card, place) for button in message.buttons]
        if readers and message.card:
            card["refresh"] = _refresh(message.card, readers, place)
    return card


def _card_of(elements: Sequence[Json]) -> Json:
    return {
        "$schema": _SCHEMA,
        "type": "AdaptiveCard",
        "version": _VERSION,
        "body": list(elements),
    }


def _fits(text: str) -> bool:
    """Tell whether a card shows all of a text."""
    return text.count("\n") < _MOST_LINES and size_of(text) <= _TEXT_BYTES


def _cut(text: str) -> str:
    """Return what of a text an edited card has room for."""
    if _fits(text):
        return text
    return f"{split(text, _TEXT_BYTES, _MOST_LINES - 1)[0]}\n…"


def _with_card(card: Json, text: str) -> Json:
    return message_activity(
        attachments=[{"contentType": CARD, "content": card}], summary=_first_line(text)
    )


def _first_line(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return line if len(line) <= _SUMMARY else line[: _SUMMARY - 1] + "…"


# Elements


def _elements(block: Block, language: Language) -> Iterable[Json]:
    if isinstance(block, TextBlock):
        return _lines(block)
    if isinstance(block, FieldsBlock):
        return [_row(name, value) for name, value in block.items]
    if isinstance(block, BarBlock):
        return [
            _line(_bar(block.percent), fontType="Monospace"),
            _line(block.label),
        ]
    if isinstance(block, FileBlock):
        return _file(block, language)
    return _picture(block, language)


def _lines(block: TextBlock) -> Iterable[Json]:
    """Give each line an element of its own: line ends within a run are shown by few clients."""
    style = {"weight": "Bolder", "size": "Medium"} if block.is_title else {}
    is_after_gap = False
    for index, text in enumerate(_cut(block.text).split("\n")):
        if not text.strip():
            is_after_gap = True
            continue
        spacing = "Default" if index == 0 or is_after_gap else "None"
        is_after_gap = False
        yield _line(text, spacing=spacing, **style)


def _line(text: str, *, spacing: str = "Default", **style: str) -> Json:
    if _COLUMNS.search(text):
        # A row of a table: its columns stand below each other only in such letters.
        style = {**style, "fontType": "Monospace"}
    # Clients join blanks to one and drop those at the beginning; those that do not break stay.
    run = {"type": "TextRun", "text": _BLANKS.sub(_keep, text), **style}
    return {"type": "RichTextBlock", "inlines": [run], "spacing": spacing}


def _keep(blanks: re.Match[str]) -> str:
    return "\xa0" * len(blanks[0])


def _row(name: str, value: str) -> Json:
    """Put a name and its value beside each other; a fact would read markup in them."""
    return {
        "type": "ColumnSet",
        "spacing": "Small",
        "columns": [
            {"type": "Column", "width": "auto", "items": [_line(name, weight="Bolder")]},
            {"type": "Column", "width": "stretch", "items": [_line(value)]},
        ],
    }


def _bar(percent: int) -> str:
    full = min(max(round(percent * _BAR_CELLS / 100), 0), _BAR_CELLS)
    return "█" * full + "░" * (_BAR_CELLS - full)


def _picture(block: PictureBlock, language: Language) -> Iterable[Json]:
    if size_of(block.png) > _PICTURE_BYTES:
        return _words(block, language)
    url = f"data:image/png;base64,{block.png}"
    return [{"type": "Image", "url": url, "altText": block.alt, "size": "Stretch"}]


def _words(block: PictureBlock, language: Language) -> Iterable[Json]:
    return _lines(TextBlock(f"{block.alt}\n{no_picture(language)}"))


def _file(block: FileBlock, language: Language) -> Iterable[Json]:
    """Show what a file begins with."""
    yield from _lines(TextBlock(f"{block.alt}\n{no_file(language)}"))
    if block.is_text:
        yield _line(file_begins(language, block.name))
        for line in block.data.decode("utf-8", "replace").splitlines()[:_FILE_LINES]:
            yield _line(line[:_FILE_LINE], spacing="None", fontType="Monospace")


def _input(field: FormField) -> Json:
    return {"type": "Input.Text", "id": field.name, "label": field.label, "value": field.value}


# Actions


def _action(button: Button, card: str, place: Place | None) -> Json:
    """Make a button; clients without Universal Actions send the same data in a message."""
    title = button.label[:_LONGEST_LABEL]
    data = {OURS: _ours({"button": button.token, "card": card}, place)}
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": PRESS,
        "data": data,
        "fallback": {"type": "Action.Submit", "title": title, "data": data},
    }


def _refresh(card: str, readers: Sequence[str], place: Place | None) -> Json:
    data = {OURS: _ours({"card": card}, place)}
    return {
        "action": {"type": "Action.Execute", "verb": VIEW, "data": data},
        "userIds": list(readers[:MOST_READERS]),
    }


def _ours(data: dict[str, object], place: Place | None) -> dict[str, object]:
    return data if place is None else {**data, "place": list(place)}
