"""What is wrong with a value, in words.

`InvalidInput` names its fault in English; here each fault that reaches a chat has its sentence.
"""

from __future__ import annotations

import re
from typing import Final

from bot.replies.inert import inert
from bot.replies.parts import limit_name
from bot.replies.reader import Language
from bot.replies.words import has_words, say

_NO_LIMIT: Final = re.compile(r"target has no (day|week|month|total) limit")


def fault_words(field: str, why: str, example: str, language: Language) -> tuple[str, str]:
    """Return what is wrong, and what would do: two texts, the second may be empty."""
    limit = ""
    if (found := _NO_LIMIT.fullmatch(why)) is not None:
        why, limit = "target has no limit", limit_name(found[1], language)
    if has_words(language, f"why:{why}"):
        text = say(language, f"why:{why}", limit=limit)
    else:
        key = f"field.{field}"
        name = say(language, key if has_words(language, key) else "field.other")
        text = say(language, "err.invalid_input", field=name)
    if has_words(language, f"why_next:{why}"):
        return text, say(language, f"why_next:{why}")
    if not example:
        return text, say(language, "next.invalid_input")
    key = f"ex:{example}"
    shown = say(language, key) if has_words(language, key) else inert(example, 100)
    return text, say(language, "example", example=shown)
