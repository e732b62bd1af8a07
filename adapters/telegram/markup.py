"""Text -> what Telegram shows as that text and nothing else.

Of HTML only `& < >` mean something. Beside markup, Telegram makes links, mentions, commands,
hashtags, cashtags, addresses, phone and card numbers of plain text by itself; a word joiner, which
has no width, keeps such text from being one. Which phone numbers it finds is not told (tdlib
#3348), so any row of digits that is long enough is broken, but for dates. A hash is there to be
copied: it stands as code, where nothing is found, and nothing is put into it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# 1-4096 characters after entities parsing, 0-1024 for a caption (Bot API, sendMessage, sendPhoto).
MOST_TEXT: Final = 4096
MOST_CAPTION: Final = 1024
JOINER: Final = "\u2060"
_ESCAPED: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# What could begin a mention or an address, a command, a tag, a currency's tag, a number abroad, a
# link with a scheme, or the end of a domain name; the dots of a numeric address. A joiner goes
# behind each.
_STARTS: Final = (
    re.compile(r"@(?=\w)"),
    re.compile(r"(?<![A-Za-z0-9_/<])/(?=\w)"),
    re.compile(r"#(?=\S)"),
    re.compile(r"\$(?=[A-Z]|1INCH)"),
    re.compile(r"\+(?=[0-9(])"),
    re.compile(r":(?=//)"),
    re.compile(r"(?<=\S)[.。．｡](?=[^\W\d_])"),  # noqa: RUF001  # dots that a domain may have
    re.compile(r"(?<=[0-9])\.(?=(?:[0-9]{1,3}\.){2}[0-9]{1,3})"),
)
# A date, which stays as it is, or digits that could be a phone's or a card's.
_NUMBERS: Final = re.compile(
    r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
    r"|(?P<long>[0-9](?:[ ().\u00a0\u2013-]*[0-9]){6,})"
)
# SHA-256 in hexadecimal.
_HASH: Final = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])")
_THREE: Final = re.compile(r"[0-9](?:[^0-9]*[0-9]){2}(?=[^0-9]*[0-9])")


def inert(text: str) -> str:
    """Return text in which Telegram finds nothing to tap on; hashes are as they were."""
    hashes = _HASH.findall(text)
    if hashes:
        return "".join(
            _without_taps(part) + found
            for part, found in zip(_HASH.split(text), (*hashes, ""), strict=True)
        )
    return _without_taps(text)


def _without_taps(text: str) -> str:
    for start in _STARTS:
        text = start.sub(lambda found: found.group() + JOINER, text)
    return _NUMBERS.sub(_broken, text)


def _broken(found: re.Match[str]) -> str:
    number = found.group()
    return _THREE.sub(lambda part: part.group() + JOINER, number) if found["long"] else number


def escape(text: str) -> str:
    """Return text as HTML shows it."""
    return text.translate(_ESCAPED)


def units(text: str) -> int:
    """Return a text's length as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, bold or not; it ends where markup ends, so that any line may end a part."""

    text: str
    is_bold: bool = False

    @property
    def html(self) -> str:
        """The line as HTML."""
        if self.is_bold and self.text:
            return f"<b>{escape(self.text)}</b>"
        return _HASH.sub(lambda found: f"<code>{found.group()}</code>", escape(self.text))


def to_lines(text: str, *, is_bold: bool = False) -> list[Line]:
    """Split a text into lines that are inert; it may end with a newline."""
    return [Line(inert(line), is_bold) for line in text.rstrip("\n").split("\n")]


def pack(lines: Sequence[Line], most: int = MOST_TEXT) -> list[list[Line]]:
    """Divide lines into parts of at most `most` units, between paragraphs where that is possible.

    No part is blank; no text is lost, apart from blank lines where a part ends.
    """
    parts: list[list[Line]] = []
    part: list[Line] = []
    # With a line end after each line, which the last one has not.
    length = 0
    for piece in (piece for line in lines for piece in _cut(line, most)):
        while part and length + units(piece.text) > most:
            ended, part = _divide(part)
            parts.append(ended)
            length = sum(units(line.text) + 1 for line in part)
        part.append(piece)
        length += units(piece.text) + 1
    parts.append(part)
    return [trimmed for trimmed in map(trim, parts) if trimmed]


def _divide(part: list[Line]) -> tuple[list[Line], list[Line]]:
    """End a part at its last paragraph, if that is in its second half; else where it ends."""
    for index in range(len(part) - 1, len(part) // 2, -1):
        if not part[index].text:
            return part[:index], part[index + 1 :]
    return part, []


def trim(part: Sequence[Line]) -> list[Line]:
    """Return lines without the blank ones around them."""
    begin, end = 0, len(part)
    while begin < end and not part[begin].text.strip():
        begin += 1
    while end > begin and not part[end - 1].text.strip():
        end -= 1
    return list(part[begin:end])


def _cut(line: Line, most: int) -> list[Line]:
    """Divide a line that is too long, after a blank where there is one."""
    pieces: list[Line] = []
    text = line.text
    while units(text) > most:
        fits = _fitting(text, most)
        blank = text.rfind(" ", fits // 2, fits)
        end = blank + 1 if blank >= 0 else fits
        pieces.append(Line(text[:end], line.is_bold))
        text = text[end:]
    return [*pieces, Line(text, line.is_bold)]


def _fitting(text: str, most: int) -> int:
    """Return how many characters have at most `most` units."""
    head = text[:most]
    surplus = units(head) - most
    while surplus > 0:
        head = head[: -max(surplus // 2, 1)]
        surplus = units(head) - most
    return len(head)
