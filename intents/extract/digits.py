"""One number in digits: what its separators can mean, and whether they can mean only that.

`1,234.56` has one reading everywhere. `1,234` has two, a thousand apart, so that it needs the
writer's convention; without one the answer is a reason and never a number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from bot.planning import Language

Why = Literal["thousands_or_decimals", "malformed", "too_long"]

# Amounts longer than this are typing slips or identifiers, not money.
MAX_WHOLE_DIGITS: Final = 15
MAX_DECIMALS: Final = 9

_PLAIN: Final = re.compile(r"(0|[1-9][0-9]*)(?:([.,])([0-9]+))?")
_GROUPED: Final = re.compile(
    r"([1-9][0-9]{0,2}(?:([.,' ])[0-9]{3})(?:\2[0-9]{3})*)(?:([.,])([0-9]+))?"
)


def read_digits(
    raw: str, *, locale: Language | None, lean: Language | None = None, scaled: bool = False
) -> Decimal | Why:
    """Read ASCII digits with separators.

    Args:
        raw: digits and the separators `.`, `,`, `'` and blank, no sign.
        locale: the convention that holds, "en" 1,234.5 or "es" 1.234,5.
        lean: the language of the sentence, used for thousands only: an English writer's
            `1,234` is thousands, while their `1.234` stays open.
        scaled: a word such as "million" follows, before which nobody writes thousands.
    """
    grouped = _GROUPED.fullmatch(raw)
    if grouped is not None and grouped[2] == grouped[3]:
        return "malformed"
    if grouped is not None and not _is_open(grouped):
        return _sized(re.sub(r"[^0-9]", "", grouped[1]), grouped[4] or "")
    plain = _PLAIN.fullmatch(raw)
    if plain is None:
        return "malformed"
    whole, mark, decimals = plain[1], plain[2], plain[3] or ""
    if grouped is not None:
        thousands = _means_thousands(mark, locale, lean, scaled=scaled)
        if thousands is None:
            return "thousands_or_decimals"
        if thousands:
            whole, decimals = whole + decimals, ""
    elif mark == "," and locale != "es" and (locale == "en" or not _is_decimal(whole, decimals)):
        return "thousands_or_decimals"
    return _sized(whole, decimals)


def _is_decimal(whole: str, decimals: str) -> bool:
    """Whether digits after a comma can only be decimals: one or two of them, or after a zero."""
    return len(decimals) <= 2 or whole == "0"


def _is_open(grouped: re.Match[str]) -> bool:
    """Whether there is one `.` or `,` with three digits after it and nothing else."""
    return grouped[2] in ".," and len(grouped[1]) <= 7 and grouped[4] is None


def _means_thousands(
    mark: str, locale: Language | None, lean: Language | None, *, scaled: bool
) -> bool | None:
    own = {"en": ",", "es": "."}
    if locale is not None:
        return own[locale] == mark
    if lean is not None and own[lean] == mark:
        return True
    # "1.234 million" in English: nobody writes 1,234 million with a dot there.
    return False if scaled and lean == "en" else None


def _sized(whole: str, decimals: str) -> Decimal | Why:
    if len(whole) > MAX_WHOLE_DIGITS or len(decimals) > MAX_DECIMALS:
        return "too_long"
    return Decimal(f"{whole}.{decimals}" if decimals else whole)
