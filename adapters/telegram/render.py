"""A message -> the parts that are sent, each with its HTML, its plain text and its buttons."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from adapters.telegram.inbound import to_data
from adapters.telegram.markup import MOST_CAPTION, Line, pack, to_lines, trim, units
from bot.messages import (
    BarBlock,
    Block,
    Button,
    Choice,
    FieldsBlock,
    FileBlock,
    OutboundMessage,
    PictureBlock,
)
from bot.replies.notices import no_file, no_picture
from bot.replies.reader import Language

# Undocumented, as clients show them; more are cut off.
MOST_IN_ROW: Final = 8
_MOST_LABEL: Final = 64
# So much is legible in a row on a phone, whose buttons are all as wide as each other.
_ROW_LABELS: Final = 42
# What is longer than so many messages is a file.
MOST_PARTS: Final = 5
_BAR_BLOCKS: Final = 10
# Bot API 9.4, InlineKeyboardButton.
_STYLES: Final[dict[Choice, str]] = {"yes": "success", "no": "danger"}
_FILE_NAME: Final = "bursar.txt"


@dataclass(frozen=True, slots=True)
class Key:
    """A button: it sends `data` back, or opens `url`. Older clients show no `style`."""

    label: str
    data: str = ""
    url: str = ""
    style: str = ""


Keyboard = tuple[tuple[Key, ...], ...]
# What stands in a message of its own, with a caption.
_Thing = PictureBlock | FileBlock


@dataclass(frozen=True, slots=True)
class Part:
    """One message of the Bot API: a text, a picture with a caption, or a file with one."""

    html: str
    plain: str
    keyboard: Keyboard = ()
    picture: bytes = b""
    file: bytes = b""
    file_name: str = ""
    # What is sent where the picture or the file is refused.
    instead: Part | None = None

    @property
    def is_text(self) -> bool:
        """Whether it is a text that can be edited into another one."""
        return not self.picture and not self.file


def render(
    message: OutboundMessage,
    *,
    notice: str = "",
    chat: str = "",
    thread: str = "",
    language: Language = "en",
) -> list[Part]:
    """Render a message; its buttons are below the last part. Never empty.

    Args:
        message: what is to be shown.
        notice: a line that comes before it.
        chat: the chat that it belongs to, where it is shown in a private one instead.
        thread: the topic there.
        language: the reader's, for a picture that cannot be shown.
    """
    lines, things = _lines_of(message)
    if notice:
        lines = [*to_lines(notice), Line(""), *lines]
    keyboard = to_keyboard(message.buttons, chat, thread)
    whole = trim(lines)
    if len(things) == 1 and units("\n".join(line.text for line in whole)) <= MOST_CAPTION:
        beside = [*whole, Line("")] if whole else []
        words = _text_part([*beside, *_words(things[0], language)], keyboard)
        return [_with_thing(_text_part(whole, keyboard), things[0], words)]
    shown = [_thing_part(thing, language) for thing in things]
    parts = pack(whole)
    if len(parts) > MOST_PARTS:
        all_of_it = FileBlock.of(
            _FILE_NAME, "text/plain", message.text.encode("utf-8", "replace"), ""
        )
        beginning = _text_part(_caption(parts[0]), keyboard)
        return [*shown, _with_thing(beginning, all_of_it)]
    texts = [_text_part(part) for part in parts or [[Line("…")]]]
    return [*shown, *texts[:-1], replace(texts[-1], keyboard=keyboard)]


def to_keyboard(buttons: Sequence[Button], chat: str = "", thread: str = "") -> Keyboard:
    """Lay out buttons in rows, wide ones fewer beside each other."""
    keys = [
        Key(_label(x.label), to_data(x.token, chat, thread), style=_STYLES.get(x.style, ""))
        for x in buttons
    ]
    widest = max((len(key.label) for key in keys), default=0)
    count = min(max(_ROW_LABELS // max(widest, 1), 1), MOST_IN_ROW)
    return tuple(tuple(keys[at : at + count]) for at in range(0, len(keys), count))


def text_part(text: str, keyboard: Keyboard = ()) -> Part:
    """Render a short text of ours."""
    return _text_part(to_lines(text), keyboard)


def _label(text: str) -> str:
    one_line = " ".join(text.split()) or "…"
    return one_line if len(one_line) <= _MOST_LABEL else one_line[: _MOST_LABEL - 1] + "…"


def _lines_of(message: OutboundMessage) -> tuple[list[Line], list[_Thing]]:
    if not message.blocks:
        return to_lines(message.text), []
    lines: list[Line] = []
    things: list[_Thing] = []
    for block in message.blocks:
        if isinstance(block, (PictureBlock, FileBlock)):
            things.append(block)
        else:
            lines += _lines_of_block(block)
    return lines, things


def _lines_of_block(block: Block) -> list[Line]:
    if isinstance(block, FieldsBlock):
        pairs = (f"{_flat(name)}: {_flat(value)}" for name, value in block.items)
        return [line for pair in pairs for line in to_lines(pair)]
    if isinstance(block, BarBlock):
        return to_lines(f"{_bar(block.percent)} {_flat(block.label)}")
    if isinstance(block, (PictureBlock, FileBlock)):
        return to_lines(block.alt)
    return to_lines(block.text, is_bold=block.is_title)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _bar(percent: int) -> str:
    full = min(max(percent * _BAR_BLOCKS // 100, 0), _BAR_BLOCKS)
    return "█" * full + "░" * (_BAR_BLOCKS - full)


def _text_part(lines: Sequence[Line], keyboard: Keyboard = ()) -> Part:
    html = "\n".join(line.html for line in lines)
    return Part(html, "\n".join(line.text for line in lines), keyboard)


def _thing_part(thing: _Thing, language: Language) -> Part:
    part = _text_part(_caption(to_lines(thing.alt)))
    return _with_thing(part, thing, _text_part(_words(thing, language)))


def _with_thing(part: Part, thing: _Thing, instead: Part | None = None) -> Part:
    if isinstance(thing, PictureBlock):
        return replace(part, picture=base64.b64decode(thing.png), instead=instead)
    return replace(part, file=thing.data, file_name=thing.name, instead=instead)


def _words(thing: _Thing, language: Language) -> list[Line]:
    missing = no_picture if isinstance(thing, PictureBlock) else no_file
    return [*_caption(to_lines(thing.alt)), *to_lines(missing(language))]


def _caption(lines: Sequence[Line]) -> list[Line]:
    parts = pack(lines, MOST_CAPTION - 2)
    if len(parts) < 2:
        return list(parts[0]) if parts else []
    return [*parts[0], Line("…")]
