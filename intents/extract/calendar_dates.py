"""Dates with a number: 30/11, 5 August 2026, the 15th."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bot.planning import Language
from intents.extract.date_pieces import DatePieces, Day, add_units
from intents.extract.numeric_dates import read_numeric

_SIDES = {
    "next": 1, "this": 0, "last": -1, "proximo": 1, "este": 0, "pasado": -1,
}  # fmt: skip
_AFTER_DAY: dict[Language, frozenset[str]] = {
    "en": frozenset(
        ("at", "and", "or", "is", "was", "for", "to", "from", "with", "in", "on", "this", "by",
         "until", "till", "please", "before", "after", "if", "would", "will")
    ),
    "es": frozenset(
        ("a", "y", "o", "es", "fue", "para", "por", "con", "en", "si", "hasta", "desde", "antes",
         "despues", "este")
    ),
}  # fmt: skip


class CalendarDates(DatePieces):
    """Reads dates that name the day of the month."""

    def _numeric(self, i: int) -> Day | None:
        read = read_numeric(self.words[i], self.order)
        if read is None:
            return None
        if isinstance(read, str):
            return Day(i + 1, None, read)
        year, month, day = read
        after = i + 1
        if year is None and (stated := self.year(after)) is not None:
            after, year = stated
        return Day(after, self.resolve(year, month, day))

    def resolve(self, year: int | None, month: int, day: int) -> date:
        """Return the stated day; without a year the next one, or the last one looking back.

        Raises:
            ValueError: there is no such day.
        """
        if year is not None:
            return date(year, month, day)
        step = -1 if self.past else 1
        for offset in range(9):
            if day == 29 and month == 2 and not _is_leap(self.today.year + step * offset):
                continue
            found = date(self.today.year + step * offset, month, day)
            if (found - self.today).days * step >= 0:
                return found
        raise ValueError

    def _month_day(self, i: int) -> Day | None:
        """Read "5 August 2026", "August 5th, 2026", "el 5 de agosto", "next 6th of April"."""
        i = self._skip_the(i)
        if (
            not self.spanish
            and self.word(i) in ("next", "this", "coming")
            and (self.day_number(i + 1) is not None)
        ):
            i += 1
        if (month := self.month(i)) is not None:
            at = month[0] + (self.raw(month[0]) == "-")
            at += self.word(at) == "the"
            day = self.day_number(at)
            if day is None or (self.spanish and not day[2] and self.kind(at) == "w"):
                return None
            after, number = day[0], month[1]
            if self.raw(after) == "-" or self._is_clock(after, day):
                return None
            return self._with_year(after, number, day[1])
        day = self.day_number(i)
        if day is None:
            return None
        at = day[0] + (self.raw(day[0]) == "-")
        at += self.word(at) in self.tables.of - {"in", "en"}
        at += self.word(at) == "month" or (self.word(at) == "mes" and self.word(at + 1) == "de")
        if at > day[0] and (named := self._month_by_side(at)) is not None:
            return Day(named[0], named[1].replace(day=day[1]))
        month = self.month(at) or (self.month(at + 1) if self.word(at) == "de" else None)
        return self._with_year(month[0], month[1], day[1]) if month else None

    def _month_by_side(self, i: int) -> tuple[int, date] | None:
        """Read "next month", "este mes", "mes que viene": (index after, its first day)."""
        first = self.today.replace(day=1)
        side = _SIDES.get(self.word(i))
        if side is not None and self.word(i + 1) in ("month", "mes"):
            return i + 2, add_units(first, side, "month")
        if self.words[i : i + 3] == ["mes", "que", "viene"]:
            return i + 3, add_units(first, 1, "month")
        if self.words[i : i + 2] == ["mes", "pasado"]:
            return i + 2, add_units(first, -1, "month")
        return None

    def _is_clock(self, after: int, day: tuple[int, int, bool]) -> bool:
        """Whether the number after a month is the hour of "in March 5 pm"."""
        return self.kind(after) == "m" and not day[2]

    def _with_year(self, after: int, month: int, day: int) -> Day:
        year = self.year(after)
        if year is not None and self.kind(year[0]) == "p" and self.raw(year[0]) == ":":
            year = None
        return Day(year[0] if year else after, self.resolve(year[1] if year else None, month, day))

    def _skip_the(self, i: int) -> int:
        if self.word(i) in self.tables.the:
            i += 1
        if self.spanish and self.word(i) == "dia" and self.day_number(i + 1):
            i += 1
        return i

    def _day_number(self, i: int) -> Day | None:
        """Read "the 15th", "el 15", "el día quince": the next day with that number."""
        the = self.word(i) in self.tables.the - {"la", "los"} or (
            self.word(i) in ("dia", "del")
            if self.spanish
            else self.word(i - 1) in ("on", "by", "until") or self.word(i + 1) == "at"
        )
        at = self._skip_the(i) if self.word(i) != "del" else i + 1
        day = self.day_number(at)
        if day is None or not the or self.kind(day[0]) in ("m", "x"):
            return None
        if not self.spanish and not (day[2] and self.kind(at) == "o"):
            # "the second" and "the first" count things more often than days.
            return None
        # "el uno" counts more often than it dates; "el día uno" does not.
        is_said = self.spanish and self.word(at - 1) == "dia"
        if self.spanish and not is_said and (day[1] < 2 or (self.kind(at) == "w" and day[2])):
            return None
        following = self.word(day[0])
        if is_said and following not in {"de", "del"}:
            return Day(day[0], self._next_number(day[1]))
        if following and following not in _AFTER_DAY[self.language]:
            return None
        if self.raw(day[0]) in ("%", "-", "/", ":", "."[:0]) and self.raw(day[0]):
            return None
        return Day(day[0], self._next_number(day[1]))

    def _next_number(self, number: int) -> date:
        step = -1 if self.past else 1
        day = self.today
        for _ in range(366):
            if day.day == number:
                return day
            day += timedelta(days=step)
        raise ValueError


def _is_leap(year: int) -> bool:
    return monthrange(year, 2)[1] == 29
