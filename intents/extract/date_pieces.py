"""The pieces of a date: months, weekdays, day numbers, years and counts, at a token."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from bot.planning import Language
from intents.extract.calendar_words import TABLES, Part, Tables, Unit
from intents.extract.number_words import STARTERS, read_below_hundred, read_number
from intents.extract.numeric_dates import Order
from intents.extract.time_tokens import Token


class Day(NamedTuple):
    """A day that was read; `on` is None and `why` says so when it has two readings."""

    after: int
    on: date | None
    why: str = ""
    part: Part = ""


@dataclass(frozen=True, slots=True)
class Span:
    """So many units, "half an hour" being 30 minutes."""

    after: int
    count: int
    unit: Unit
    minutes: int = 0


def add_units(day: date, count: int, unit: Unit) -> date:
    """Move a day by whole days, weeks, months or years; the end of a short month is kept.

    Raises:
        OverflowError: the day would leave the calendar.
        ValueError: likewise.
    """
    if unit == "day":
        return day + timedelta(days=count)
    if unit == "week":
        return day + timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class _ByPlace(dict[int, str]):
    """What stands at each place; nothing stands anywhere else."""

    def __missing__(self, place: int) -> str:
        # Kept, for it is asked for again.
        self[place] = ""
        return ""


class DatePieces:
    """Reads pieces out of the tokens of one sentence, seen from `today`.

    `past` turns bare dates backwards, as a question about spending means them. `strict` doubts
    a date whose weekday is another one, as "Friday, 3 May" in a year where that is a Monday.
    """

    def __init__(
        self,
        tokens: list[Token],
        today: date,
        language: Language,
        *,
        order: Order = None,
        past: bool = False,
        strict: bool = False,
    ) -> None:
        self.tokens = tokens
        self.words = [t.text for t in tokens]
        self.kinds = [t.kind for t in tokens]
        # Asked for hundreds of times a sentence, so they are plain look-ups and no functions.
        # `word` is empty past the end, for numbers and signs; `raw` is the token as it stands,
        # `kind` its kind, both empty outside the text.
        self.word: Callable[[int], str] = _ByPlace(
            (i, t.text) for i, t in enumerate(tokens) if t.kind == "w"
        ).__getitem__
        self.raw: Callable[[int], str] = _ByPlace(enumerate(self.words)).__getitem__
        self.kind: Callable[[int], str] = _ByPlace(enumerate(self.kinds)).__getitem__
        self.today = today
        self.language: Language = language
        self.spanish = language == "es"
        self.tables: Tables = TABLES[language]
        self.order = order
        self.past = past
        self.strict = strict
        self._days: dict[int, Day | None] = {}

    def month(self, i: int) -> tuple[int, int] | None:
        """Read a month's name with its dot: (index after, month)."""
        month = self.tables.months.get(self.word(i).split("'")[0])
        if month is None:
            return None
        dotted = self.raw(i + 1) == "." and len(self.raw(i)) <= 4
        glued = dotted and self.tokens[i + 1].start == self.tokens[i].end
        return (i + 2 if glued and self._goes_on(i + 2) else i + 1), month

    def _goes_on(self, i: int) -> bool:
        return self.kind(i) in ("n", "o") or self.raw(i) in (",", "of", "de")

    def weekday(self, i: int) -> tuple[int, int] | None:
        """Read a weekday's name with its dot: (index after, 1 for Monday)."""
        number = self.tables.weekdays.get(self.word(i).split("'")[0])
        if number is None:
            return None
        dotted = self.raw(i + 1) == "." and len(self.raw(i)) <= 5 and not self.spanish
        glued = dotted and self.tokens[i + 1].start == self.tokens[i].end
        return (i + 2 if glued and i + 2 < len(self.tokens) else i + 1), number

    def day_number(self, i: int) -> tuple[int, int, bool] | None:
        """Read 1 to 31: (index after, number, whether it is an ordinal)."""
        kind, raw = self.kind(i), self.raw(i)
        if kind == "n" and len(raw) <= 2:
            number = int(raw)
            return (i + 1, number, False) if 1 <= number <= 31 else None
        if kind == "o":
            number = int("".join(c for c in raw if c.isascii() and c.isdigit()))
            return (i + 1, number, True) if 1 <= number <= 31 else None
        return self._spelled_day(i) if kind == "w" else None

    def _spelled_day(self, i: int) -> tuple[int, int, bool] | None:
        ordinal = self.tables.ordinals.get(self.words[i])
        if ordinal is not None:
            return (i + 1, ordinal, True) if ordinal > 0 else None
        if self.words[i] not in STARTERS[self.language]:
            return None
        if not self.spanish and self.words[i] in ("twenty", "thirty"):
            after = i + 1 + (self.raw(i + 1) == "-")
            ones = self.tables.ordinals.get(self.word(after), 0)
            if 1 <= ones <= 9:
                number = (20 if self.words[i] == "twenty" else 30) + ones
                return (after + 1, number, True) if number <= 31 else None
        read = read_number(self.words, i, self.language)
        if read is None or read[1] > 31:
            return None
        if not self.spanish and read[1] in (19, 20) and self.word(read[0]) in STARTERS["en"]:
            return None  # "October twenty twenty" is a year
        return read[0], read[1], False

    def year(self, i: int, *, loose: bool = True) -> tuple[int, int] | None:
        """Read a year at token `i`, after an optional comma and "of": (index after, year)."""
        i += self.raw(i) == "," and loose
        i += self.word(i) in self.tables.of | {"year"}
        if self.spanish and self.word(i) == "ano":
            i += 1
        raw = self.raw(i)
        if self.kind(i) == "n" and len(raw) == 4:
            number = int(raw)
            return (i + 1, number) if 1000 <= number <= 2999 else None
        if raw == "'" and self.kind(i + 1) == "n" and len(self.raw(i + 1)) == 2:
            number = int(self.raw(i + 1))
            return i + 2, number + (2000 if number < 60 else 1900)
        return self._spelled_year(i)

    def _spelled_year(self, i: int) -> tuple[int, int] | None:
        if self.word(i) not in STARTERS[self.language]:
            return None
        read = read_number(self.words, i, self.language)
        if read is None:
            return None
        after, number = read
        if not self.spanish and 10 <= number <= 29 and self.word(after) in STARTERS["en"]:
            rest = read_below_hundred(self.words, after, "en")
            if rest is not None and rest[1] >= 10:
                return rest[0], number * 100 + rest[1]
        return (after, number) if 1000 <= number <= 2999 else None

    def number(self, i: int) -> tuple[int, int] | None:
        """Read a count, in digits or words: (index after, count)."""
        raw = self.raw(i)
        if self.kind(i) == "n":
            return (i + 1, int(raw)) if len(raw) <= 4 else None
        if not self.spanish and raw in ("a", "an", "one"):
            if self.word(i + 1) == "couple":
                return i + 2 + (self.word(i + 2) == "of"), 2
            return i + 1, 1
        if self.word(i) not in STARTERS[self.language]:
            return None
        return read_number(self.words, i, self.language)
