"""Stored text as a model may see it: one JSON string that can't pretend to be anything else."""

from __future__ import annotations

import json
import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 100
# More than this is not looked at: marks can be stacked on one letter without end.
_MAX_READ: Final = 4 * MAX_CHARACTERS


def inert(text: str) -> str:
    r"""Return a name, memo or tool result as a JSON string of at most 100 characters.

    Control, bidirectional, zero-width, tag (U+E0000) and unassigned characters are left out, line
    breaks and tabs become spaces. What is longer ends with "…". The quotes are not counted, nor
    are the backslashes of JSON. `<` and `>` are written as `\u003c` and `\u003e`, so that no
    tag in it can close one around it.
    """
    shown = visible(text[:_MAX_READ])
    if len(shown) > MAX_CHARACTERS or len(text) > _MAX_READ:
        shown = shown[: MAX_CHARACTERS - 1].rstrip() + "…"
    quoted = json.dumps(shown, ensure_ascii=False)
    return quoted.replace("<", "\\u003c").replace(">", "\\u003e")


def visible(text: str) -> str:
    """Return the characters of a text that a person sees, with single spaces for gaps."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (" " if char.isspace() else char for char in text if _is_shown(char) or char.isspace())
    return " ".join("".join(kept).split())


def _is_shown(char: str) -> bool:
    # C is control, format (bidirectional marks, tags, zero width), surrogate, private, unassigned.
    return not unicodedata.category(char).startswith("C")
