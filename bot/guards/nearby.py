"""What the words around a number say about it."""

from __future__ import annotations

import re
from typing import Final

_BEFORE, _AFTER = 48, 24
_SIGN_BEFORE: Final = re.compile(r"(?:[$€£¥₹]|\b(?:usd|eur|gbp|us\$))\s?$", re.IGNORECASE)
_UNIT_AFTER: Final = re.compile(
    r"\s?(?:[$€£¥₹%]|(?:usd|eur|gbp|dollars?|euros?|dólares|pounds?|cents?|bucks|tokens?|nanos?"
    r"|credits?|créditos?|requests?|peticiones|calls|million|millones|bytes?|[km]b|ms)\b)",
    re.IGNORECASE,
)


def is_amount(text: str, start: int, end: int) -> bool:
    """Tell whether a number is money or a count of something, by its sign, unit or roundness."""
    digits = re.sub(r"\D", "", text[start:end])
    return (
        digits.endswith("0000")
        or _SIGN_BEFORE.search(text, max(start - 4, 0), start) is not None
        or _UNIT_AFTER.match(text, end) is not None
    )


def is_named(text: str, start: int, end: int, names: re.Pattern[str]) -> bool:
    """Tell whether one of `names` stands shortly before a place, or right behind it."""
    return (
        names.search(text, max(start - _BEFORE, 0), start) is not None
        or names.search(text, end, end + _AFTER) is not None
    )
