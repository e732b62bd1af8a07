"""How wide a text is where every sign has its column, as in a terminal, and cutting it to fit."""

from __future__ import annotations

import unicodedata


def columns_of(text: str) -> int:
    """Return how many columns a terminal gives to a text."""
    return sum(
        0
        if unicodedata.category(char) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(char) in {"W", "F"}
        else 1
        for char in text
    )


def clip(text: str, limit: int) -> str:
    """Cut a text to so many columns; the sign at its end says that there was more."""
    if columns_of(text) <= limit:
        return text
    while columns_of(text) > limit - 1:
        text = text[:-1]
    return text.rstrip() + "…"
