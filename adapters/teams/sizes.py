"""How large a message is as Teams counts, and splitting one that is too large."""

from __future__ import annotations

import json
from typing import Final

# Teams, limits for bots: about 100 KB in UTF-16; 80 KB leave room for what the service adds.
MOST_BYTES: Final = 80_000
# A piece ends rather at the first of these that is far enough along.
_ENDS: Final = ("\n\n", "\n", " ")
_LEAST_SHARE: Final = 0.5


def size_of(activity: object) -> int:
    """Return the bytes of JSON in UTF-16."""
    return 2 * _units(json.dumps(activity, ensure_ascii=False))


def _units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text) + (0 if text.isascii() else sum(char > "\uffff" for char in text))


def split(text: str, most_bytes: int, most_lines: int) -> list[str]:
    """Part a text into pieces of at most so many lines, and bytes as JSON.

    Between paragraphs if it can be, else lines, else words. Nothing but the blanks between two
    pieces is lost. At least one piece.
    """
    pieces: list[str] = []
    rest = text
    while rest:
        most = _head(rest, most_bytes, most_lines)
        end = len(rest) if most == len(rest) else _end(rest, most)
        piece, rest = rest[:end].rstrip(), rest[end:].lstrip("\n")
        if piece:
            pieces.append(piece)
    return pieces or [""]


def _head(text: str, most_bytes: int, most_lines: int) -> int:
    """Return how many characters fit."""
    # No character takes less than one unit.
    high = min(_line_end(text, most_lines), max(most_bytes // 2, 1))
    if size_of(text[:high]) <= most_bytes:
        return high
    low = 1
    while low < high:
        middle = (low + high + 1) // 2
        if size_of(text[:middle]) <= most_bytes:
            low = middle
        else:
            high = middle - 1
    return low


def _line_end(text: str, most_lines: int) -> int:
    """Return where the last of so many lines ends."""
    at = -1
    for _ in range(most_lines):
        at = text.find("\n", at + 1)
        if at < 0:
            return len(text)
    return at


def _end(text: str, most: int) -> int:
    for end in _ENDS:
        at = text.rfind(end, 0, most)
        if at >= most * _LEAST_SHARE:
            return at + len(end)
    return most
