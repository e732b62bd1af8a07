"""Times that there are not: 30 February, 25:00. Whoever writes one is asked, not guessed at."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from intents.extract.calendar_words import MONTH_NAMES

_LEAP_YEAR: Final = 2028
# Later than anybody plans, and than times are read.
_LAST_YEAR: Final = 2200
_NAMES: Final = "|".join(sorted(MONTH_NAMES, key=len, reverse=True))
_CLOCK: Final = re.compile(r"(?<![\d:.])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?![\d:])")
_ISO: Final = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_DAY_FIRST: Final = re.compile(
    rf"(?<![\d.,:/-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of| de)? (?P<name>{_NAMES})\b"
)
# "it may 40 times" is no date.
_MONTH_FIRST: Final = re.compile(
    rf"\b(?P<name>(?!may |mar |set )(?:{_NAMES})) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.,]\d)"
)
_NO_TIME_OFF: Final = re.compile(r"\b(?:in|en|dentro de) 0 (?:min|hour|hora|h\b|day|dia|week)\w*")


def find_impossible(folded: str) -> tuple[int, int] | None:
    """Return where folded words name a day or an hour that there is not; None if they don't."""
    for found in _CLOCK.finditer(folded):
        hour, minute = int(found["hour"]), int(found["minute"])
        if minute > 59 or hour > 24 or (hour == 24 and minute):
            return found.span()
    for found in _ISO.finditer(folded):
        if not _is_day(int(found["year"]), int(found["month"]), int(found["day"])):
            return found.span()
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for found in pattern.finditer(folded):
            if not _is_day(_LEAP_YEAR, MONTH_NAMES[found["name"]], int(found["day"])):
                return found.span()
    none = _NO_TIME_OFF.search(folded)
    return None if none is None else none.span()


def _is_day(year: int, month: int, day: int) -> bool:
    if not date.min.year <= year <= _LAST_YEAR or not 1 <= month <= 12:
        return False
    return 1 <= day <= monthrange(year, month)[1]
