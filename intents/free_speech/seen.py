"""What people or the database said, as a model may see it."""

from __future__ import annotations

from typing import Final

from bot.guards.inert import MAX_CHARACTERS, inert
from bot.guards.scan import clean, find_removable

# So much of one message that was said before.
MOST_OF_ONE: Final = 200


def seen(text: str) -> str:
    """Return a text without secrets and personal data; what stood there is not brought back."""
    return clean(text).text if find_removable(text) else text


def pieces(text: str, most: int = MOST_OF_ONE) -> str:
    """Return a text as JSON strings of a hundred characters that belong together."""
    cut = text[:most]
    parts = [cut[at : at + MAX_CHARACTERS] for at in range(0, len(cut), MAX_CHARACTERS)] or [""]
    return " + ".join(inert(part) for part in parts)
