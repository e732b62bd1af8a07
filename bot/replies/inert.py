"""Stored text as it may be shown: literally, and unable to change how the rest is read.

Names, reasons and model names come from people and providers. Here they lose only what is not
seen but acts: controls, direction marks, line ends. Markup is literal, adapters escape theirs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

PLACEHOLDER: Final = "\ufffd"
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BLANKS: Final = re.compile(r"[\s\u2028\u2029\u0085]+")
_RUNS: Final = re.compile(f"{PLACEHOLDER}+")
# No mark comes before U+0300: without such a run there are not too many of them.
_MAY_SMEAR: Final = re.compile(f"[\u0300-\U0010ffff]{{5}}|{PLACEHOLDER}{{2}}")
_ZERO_WIDTH_JOINER: Final = "\u200d"
# As many as a stored name may have (`clean_name`): more of them smear over the lines above.
_MAX_MARKS: Final = 4


def inert(text: str, limit: int = 300) -> str:
    """Return text that is shown as one line of at most `limit` characters.

    Line ends and tabs become blanks; a run of unseen characters becomes one placeholder.
    """
    if text.isascii() and text.isprintable():
        return _cut(_BLANKS.sub(" ", text).strip(), limit)
    # Far more than is shown need not be looked at.
    flat = _BLANKS.sub(" ", text[: 4 * limit + 1])
    if flat.isprintable() and not _MAY_SMEAR.search(flat):
        return _cut(flat.strip(), limit)
    shown: list[str] = []
    marks = 0
    for index, char in enumerate(flat):
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        is_unseen = category in _UNSEEN and not _joins_symbols(flat, index)
        shown.append(PLACEHOLDER if is_unseen or marks > _MAX_MARKS else char)
    return _cut(_RUNS.sub(PLACEHOLDER, "".join(shown)).strip(), limit)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _joins_symbols(text: str, index: int) -> bool:
    """Tell whether a zero-width joiner stands between two symbols, as in family emoji."""
    if text[index] != _ZERO_WIDTH_JOINER or not 0 < index < len(text) - 1:
        return False
    before = text[index - 2] if text[index - 1] == "\ufe0f" and index > 1 else text[index - 1]
    return all(unicodedata.category(char) in {"So", "Sk"} for char in (before, text[index + 1]))
