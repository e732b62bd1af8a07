"""One line of `bursar scan`: a text in, what the guards find in it out, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.errors.kinds import InvalidInput
from bot.guards.scan import clean, scan

_MAX_TEXT: Final = 100_000


def scan_line(row: object) -> dict[str, object]:
    """Look through one text.

    Args:
        row: an object with `text`, at most 100,000 characters.

    Returns:
        `findings` in the order of the text, their offsets in code points with `end` exclusive,
        and the text `redacted`: without secrets and personal data.

    Raises:
        InvalidInput: the row is no object, or its text is missing, no string or too long.
    """
    if not isinstance(row, Mapping):
        raise InvalidInput("line", "not an object", example='{"text": "call +1 202 555 0148"}')
    text = row.get("text")
    if not isinstance(text, str):
        raise InvalidInput("text", "missing or not a string", example="call +1 202 555 0148")
    if len(text) > _MAX_TEXT:
        raise InvalidInput("text", f"longer than {_MAX_TEXT} characters")
    found = scan(text)
    return {
        "findings": [
            {
                "kind": one.kind,
                "type": one.type,
                "start": one.start,
                "end": one.end,
                "score": one.score,
            }
            for one in found
        ],
        "redacted": clean(text, known=found).text,
    }
