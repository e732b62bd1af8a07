"""Rows in plain columns that a terminal shows straight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.columns import clip, columns_of
from bot.replies.reader import Language
from bot.replies.words import say

MAX_ROWS: Final = 20
_MAX_CELL: Final = 36


def table(
    rows: Sequence[Sequence[str]], sides: str, language: Language, *, max_rows: int = MAX_ROWS
) -> str:
    """Return rows as aligned lines; of many the first 20, and how many are left out.

    `sides` has a letter for each column: "l" to the left and cut to 36 columns, "r" to the right
    and "L" to the left, never cut. Cells are inert text.
    """
    shown = [
        [
            clip(cell, _MAX_CELL) if side == "l" else cell
            for cell, side in zip(row, sides, strict=True)
        ]
        for row in rows[:max_rows]
    ]
    widths = [max((columns_of(row[i]) for row in shown), default=0) for i in range(len(sides))]
    lines = [
        "  ".join(
            _pad(cell, width, side) for cell, width, side in zip(row, widths, sides, strict=True)
        ).rstrip()
        for row in shown
    ]
    if len(rows) > max_rows:
        lines.append(say(language, "list.more", number=len(rows) - max_rows))
    return "\n".join(lines)


def _pad(cell: str, width: int, side: str) -> str:
    blanks = " " * (width - columns_of(cell))
    return blanks + cell if side == "r" else cell + blanks
