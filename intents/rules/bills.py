"""What people say to correct usage by a provider's bill."""

from __future__ import annotations

import re
from typing import Final

from bot.actions.bills import CorrectUsage
from bot.planning import Question

_REF: Final = r"#?(?P<ref>[2-9a-hjkmnp-tv-zA-HJKMNP-TV-Z]{4})"
_SAYS: Final = re.compile(
    r"(?:please |por favor,? )?"
    r"(?:correct (?:the )?usage(?: (?:by|with|from))?(?: (?:the )?(?:import|bill))?"
    r"|corrige el (?:uso|consumo)(?: (?:con|seg[uú]n|por))?(?: la)?"
    r"(?: (?:importaci[oó]n|factura))?)"
    rf" {_REF}[.!]?",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(_REF)


def find_correction(text: str) -> CorrectUsage | None:
    """Return the call of "correct usage by import 7K2M"; None for any other sentence."""
    found = _SAYS.fullmatch(text.strip())
    return None if found is None else CorrectUsage(ref=found["ref"].upper())


def read_correction(text: str) -> CorrectUsage | Question:
    """Read what stands behind the command: the reference of an import."""
    found = _ALONE.fullmatch(text.strip())
    if found is None:
        return Question("not_understood", text=text, near=("correct_usage",))
    return CorrectUsage(ref=found["ref"].upper())
