"""A message -> lines of a terminal, plain or in colour.

What is shown may have been typed by anybody, so nothing that a terminal would obey gets through:
no escape sequence, no direction mark, nothing that moves the cursor or hides a letter.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from typing import Final

from bot.messages import OutboundMessage

# A style and a text, as prompt_toolkit takes them.
Fragment = tuple[str, str]
Line = list[Fragment]

SPEAKER: Final = "bursar> "
_INDENT: Final = " " * len(SPEAKER)
_PLAIN_WIDTH: Final = 100
_NARROWEST: Final = 20
_STYLES: Final = {
    "reply": "",
    "card": "class:card",
    "receipt": "class:receipt",
    "alert": "class:alert",
}
_JOINERS: Final = "\u200c\u200d"


def visible(text: str) -> str:
    """Return a text in which every character can be seen and none is an order to a terminal.

    Controls become their pictures (an escape is "␛"), direction marks and other characters
    without a shape are named as `<U+202E>`. Joiners stay: emoji and Persian need them.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char.isprintable() else _name(char) for char in text)


def _name(char: str) -> str:
    code = ord(char)
    if char == "\t":
        return "    "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if char in _JOINERS or category == "Co":
        return char
    if category == "Cs":
        return "\ufffd"
    return f"<U+{code:04X}>"


def to_lines(message: OutboundMessage, *, width: int | None = None) -> list[Line]:
    """Render a message; `width` wraps it for a terminal, None leaves its lines as they are."""
    style = _STYLES[message.message_class]
    texts = [visible(line) for line in message.text.rstrip("\n").split("\n")]
    if width is not None:
        texts = [part for text in texts for part in _wrap(text, width - len(SPEAKER))]
    lines: list[Line] = [[(style, text)] if text else [] for text in texts]
    _add_buttons(lines, _labels(message), (width or _PLAIN_WIDTH) - len(SPEAKER))
    for index, line in enumerate(lines):
        if index == 0:
            line.insert(0, ("class:bursar", SPEAKER))
        elif line:
            line.insert(0, ("", _INDENT))
    return lines


def _wrap(text: str, width: int) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip(" ")))
    # Names of models have hyphens and are read whole.
    return textwrap.wrap(
        text.lstrip(" "),
        max(width, _NARROWEST),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    ) or [""]


def is_numbered(message: OutboundMessage) -> bool:
    """Tell whether a message's buttons are tapped by their numbers.

    A card is answered in words: yes, edit, no.
    """
    return bool(message.buttons) and message.message_class != "card"


def _labels(message: OutboundMessage) -> list[str]:
    labels = [visible(button.label) for button in message.buttons]
    if not is_numbered(message):
        return labels
    return [f"{number} {label}" for number, label in enumerate(labels, 1)]


def _add_buttons(lines: list[Line], labels: Sequence[str], width: int) -> None:
    """Put the buttons behind the last line, or below it where they do not fit."""
    if not labels:
        return
    row: Line = []
    for label in labels:
        row += [("", " "), ("class:button", f"[{label}]")]
    used = sum(len(text) for _, text in [*lines[-1], *row])
    if lines[-1] and used + 2 <= width:
        lines[-1] += [("", "  "), *row]
    else:
        lines.append(row[1:])


def to_plain(lines: Sequence[Line]) -> str:
    """Return rendered lines as text that ends with a newline."""
    return "".join("".join(text for _, text in line) + "\n" for line in lines)


def to_note(text: str) -> Line:
    """Render a remark of the terminal itself, which Bursar did not say."""
    return [("class:note", f"-- {visible(text)}")]
