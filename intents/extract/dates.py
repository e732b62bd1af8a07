"""Single days in a sentence: written out, in digits, by weekday, by distance, by name."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from bot.planning import Language
from intents.extract.calendar_words import TABLES, Part, Tables, Unit
from intents.extract.holidays import HOLIDAYS, day_of, nth_weekday
from intents.extract.number_words import STARTERS, read_below_hundred, read_number
from intents.extract.numeric_dates import Order, read_numeric
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


class Dates:
    """Reads days out of the tokens of one sentence, seen from `today`.

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
        self.today = today
        self.language: Language = language
        self.spanish = language == "es"
        self.tables: Tables = TABLES[language]
        self.order = order
        self.past = past
        self.strict = strict

    def at(self, i: int) -> Day | None:
        """Read the day that starts at token `i`, the longest reading first."""
        try:
            return self._at(i)
        except (ValueError, OverflowError):
            return None

    def _at(self, i: int) -> Day | None:
        if self.kind(i) == "d":
            return self._numeric(i)
        return (
            self._offset(i)
            or self._week_and_weekday(i)
            or self._nth_weekday(i)
            or self._weekday(i)
            or self._month_day(i)
            or self._day_word(i)
            or self._holiday(i)
            or self._day_number(i)
        )

    # Words of one token.

    def word(self, i: int) -> str:
        """Return word `i`, empty past the end, for numbers and signs."""
        return self.words[i] if 0 <= i < len(self.tokens) and self.kinds[i] == "w" else ""

    def raw(self, i: int) -> str:
        """Return token `i` as it stands, empty outside the text."""
        return self.words[i] if 0 <= i < len(self.tokens) else ""

    def kind(self, i: int) -> str:
        """Return the kind of token `i`, empty outside the text."""
        return self.kinds[i] if 0 <= i < len(self.tokens) else ""

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

    # Kinds of days.

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
        month = self.month(at) or (self.month(at + 1) if self.word(at) == "de" else None)
        return self._with_year(month[0], month[1], day[1]) if month else None

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
            self.spanish and self.word(i) in ("dia", "del")
        )
        at = self._skip_the(i) if self.word(i) != "del" else i + 1
        day = self.day_number(at)
        if day is None or not the or self.kind(day[0]) in ("m", "x"):
            return None
        if not self.spanish and not (day[2] and self.kind(at) == "o"):
            # "the second" and "the first" count things more often than days.
            return None
        if self.spanish and (day[1] < 2 or (self.kind(at) == "w" and day[2])):
            return None
        following = self.word(day[0])
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

    def _weekday(self, i: int) -> Day | None:
        """Read a weekday with what stands around it."""
        at = i + (self.word(i) in self.tables.the)
        if self.spanish and self.word(at - 1 if at > i else i - 1) == "los":
            return None
        rel: int | None = None
        while not self.spanish and self.word(at) in _EN_RELS:
            rel = _EN_RELS[self.word(at)] if rel in (None, 0) else rel
            at += 1
        while self.spanish and self.word(at) in _ES_BEFORE:
            rel = _ES_BEFORE[self.word(at)] if rel in (None, 0) else rel
            at += 1
        read = self.weekday(at)
        if read is None:
            return None
        after, number = read
        if (dated := self._dated_weekday(after, number)) is not None:
            return dated
        after, rel, week = self._after_weekday(after, rel)
        if week is not None:
            return Day(after, _in_week(self.today, week, number))
        if rel is None and self._is_weak(i, at, after):
            return None
        return self._resolve_weekday(after, number, rel)

    def _is_weak(self, i: int, at: int, after: int) -> bool:
        if self.words[at] not in self.tables.weak_weekdays:
            return False
        return self.word(i - 1) not in ("on", "by", "until", "till", "of", "for") and (
            self.kind(after) not in ("n", "c") and after < len(self.tokens)
        )

    def _dated_weekday(self, after: int, number: int) -> Day | None:
        """Read the date after a weekday: "Friday, 5 August", "Tue 13th", "lunes 4"."""
        at = after + (self.raw(after) in (",", "("))
        dated = self._numeric(at) if self.kind(at) == "d" else self._month_day(at)
        if dated is not None:
            differs = dated.on is not None and dated.on.isoweekday() != number
            return Day(dated.after, None, "weekday_differs") if differs and self.strict else dated
        at = self._skip_the(at)
        day = self.day_number(at)
        bare = self.kind(at) == "n" or (self.spanish and at > after)
        if day is None or not (day[2] or bare) or self.kind(day[0]) == "m":
            return None
        if self.kind(at) == "w" and not self.spanish and at == after:
            return None
        if self.raw(day[0]) in (":", "-") or self.word(day[0]) in _HOUR_WORDS:
            return None
        if not day[2] and not self.spanish:
            return Day(day[0], None, "day_or_hour")
        return self._weekday_number(day[0], number, day[1])

    def _weekday_number(self, after: int, weekday: int, number: int) -> Day | None:
        """Find the next month in which the day `number` is that weekday."""
        step = -1 if self.past else 1
        day = self.today.replace(day=1)
        for _ in range(24):
            if number <= monthrange(day.year, day.month)[1]:
                found = day.replace(day=number)
                if found.isoweekday() == weekday:
                    if (found - self.today).days * step >= 0:
                        return Day(after, found)
                    return Day(after, None, "past_or_future")
            day = add_units(day, step, "month")
        return None

    def _after_weekday(self, after: int, rel: int | None) -> tuple[int, int | None, int | None]:
        """Read what follows a weekday: (index after, relation, week counted from this one)."""
        if self.spanish:
            if self.words[after : after + 2] == ["que", "viene"]:
                return after + 2, 1, None
            if self.word(after) in _ES_AFTER:
                return after + 1, _ES_AFTER[self.word(after)], None
        week = self._week(after)
        if week is not None:
            return week[0], rel, week[1]
        return after, rel, None

    def _week(self, i: int) -> tuple[int, int] | None:
        """Read "next week", "of this week", "de la semana que viene": (index after, weeks)."""
        at = i + (self.word(i) in self.tables.of)
        at += self.word(at) in ("the", "la")
        if not self.spanish:
            rel = _EN_RELS.get(self.word(at))
            if self.words[at : at + 3] == ["week", "after", "next"]:
                return at + 3, 2
            if rel is not None and self.word(at + 1) == "week":
                return at + 2, rel
            return None
        if self.word(at) in _ES_BEFORE and self.word(at + 1) == "semana":
            return at + 2, _ES_BEFORE[self.word(at)]
        if self.word(at) != "semana" or at == i:
            return None
        if self.words[at + 1 : at + 3] == ["que", "viene"]:
            return at + 3, 1
        if self.word(at + 1) in _ES_AFTER:
            return at + 2, _ES_AFTER[self.word(at + 1)]
        return None

    def _week_and_weekday(self, i: int) -> Day | None:
        """Read "next week on Friday", "la próxima semana el martes"."""
        week = self._week(i + (self.word(i) == "la"))
        if week is None:
            return None
        after = week[0] + (self.raw(week[0]) == ",")
        after += self.word(after) in ("on", "el")
        read = self.weekday(after)
        return Day(read[0], _in_week(self.today, week[1], read[1])) if read else None

    def _resolve_weekday(self, after: int, number: int, rel: int | None) -> Day:
        today = self.today
        ahead = (number - today.isoweekday()) % 7
        if rel is None:
            if ahead == 0:
                return Day(after, None, "today_or_next_week")
            return Day(after, today + timedelta(days=ahead - (7 if self.past else 0)))
        if rel == 0:
            found = _in_week(today, 0, number)
            return Day(after, found) if found >= today else Day(after, None, "past_or_future")
        far = _in_week(today, rel, number)
        near = (
            today + timedelta(days=ahead or 7)
            if rel > 0
            else (today - timedelta(days=(-ahead) % 7 or 7))
        )
        # Tomorrow and yesterday have words of their own, so that the weekday is the farther one;
        # an English "next Friday" is next week's.
        if near == far or abs((near - today).days) == 1 or (rel > 0 and not self.spanish):
            return Day(after, far)
        return Day(after, None, "this_week_or_other")

    def _nth_weekday(self, i: int) -> Day | None:
        """Read "the first Friday of July", "el último lunes de mayo de 2027"."""
        at = i + (self.word(i) in self.tables.the)
        nth = self.tables.ordinals.get(self.word(at))
        if nth is None and self.kind(at) == "o":
            nth = int("".join(c for c in self.raw(at) if c.isdigit()))
        read = self.weekday(at + 1) if nth is not None else None
        if nth is None or nth > 5 or read is None or self.word(read[0]) not in self.tables.of:
            return None
        month = self.month(read[0] + 1)
        if month is None:
            return None
        year = self.year(month[0])
        if year is not None:
            return Day(year[0], nth_weekday(year[1], month[1], read[1], nth))
        found = nth_weekday(self.today.year, month[1], read[1], nth)
        step = -1 if self.past else 1
        if (found - self.today).days * step < 0:
            found = nth_weekday(self.today.year + step, month[1], read[1], nth)
        return Day(month[0], found)

    def _day_word(self, i: int) -> Day | None:
        """Read today, tomorrow and their like, with the part of the day."""
        return self._spanish_day_word(i) if self.spanish else self._english_day_word(i)

    def _english_day_word(self, i: int) -> Day | None:
        at = i + (self.word(i) == "the")
        triple = self.words[at : at + 3]
        if triple == ["day", "after", "tomorrow"]:
            return Day(at + 3, self.today + timedelta(days=2))
        if triple == ["day", "before", "yesterday"]:
            return Day(at + 3, self.today - timedelta(days=2))
        if self.word(at + 1) == "day" and self.word(at) in _NEAR_DAYS["en"] and at > i:
            return Day(at + 2, self.today + timedelta(days=_NEAR_DAYS["en"][self.word(at)]))
        word = self.word(i).split("'")[0]
        if word in ("tonight", "tonite"):
            return Day(i + 1, self.today, part="night")
        if word in self.tables.days:
            return self._with_part(i + 1, self.today + timedelta(days=self.tables.days[word]))
        if word in ("this", "last") and self.word(i + 1) in self.tables.parts:
            if word == "last" and self.word(i + 1) != "night":
                return None
            back = timedelta(days=1 if word == "last" else 0)
            return Day(i + 2, self.today - back, part=self.tables.parts[self.word(i + 1)])
        return None

    def _with_part(self, after: int, on: date) -> Day:
        at = after
        if self.words[at : at + 2] == ["in", "the"]:
            at += 2
        elif self.word(at) == "at":
            at += 1
        elif self.words[at : at + 2] in (["por", "la"], ["en", "la"], ["a", "la"], ["de", "la"]):
            at += 2
        part = self.tables.parts.get(self.word(at), "")
        return Day(at + 1, on, part=part) if part else Day(after, on)

    def _spanish_day_word(self, i: int) -> Day | None:
        word = self.word(i)
        if word == "pasado" and self.word(i + 1) == "manana":
            return self._with_part(i + 2, self.today + timedelta(days=2))
        if self.words[i : i + 3] == ["antes", "de", "ayer"]:
            return Day(i + 3, self.today - timedelta(days=2))
        if word == "anoche":
            return Day(i + 1, self.today - timedelta(days=1), part="night")
        at = i + (word in ("el", "al", "del"))
        if self.word(at) == "dia" and self.word(at + 1) in _NEAR_DAYS["es"]:
            return Day(at + 2, self.today + timedelta(days=_NEAR_DAYS["es"][self.word(at + 1)]))
        if self.word(at) in _NEAR_DAYS["es"] and self.word(at + 1) == "dia":
            return Day(at + 2, self.today + timedelta(days=_NEAR_DAYS["es"][self.word(at)]))
        if word == "esta" and self.word(i + 1) in self.tables.parts:
            return Day(i + 2, self.today, part=self.tables.parts[self.word(i + 1)])
        if word == "manana" and self.word(i - 1) in ("la", "una", "buena", "cada"):
            return None
        if word in self.tables.days:
            return self._with_part(i + 1, self.today + timedelta(days=self.tables.days[word]))
        return None

    def _holiday(self, i: int) -> Day | None:
        """Read "Christmas", "next Halloween", "el día de la Tierra 2010"."""
        at, rel = i, 0
        if self.word(at) in self.tables.the:
            at += 1
        if self.word(at) in self.tables.after_rels and self.word(at + 1):
            rel, at = self.tables.after_rels[self.word(at)], at + 1
        for parts, rule in HOLIDAYS[self.language].get(self.raw(at), ()):
            after = at + len(parts)
            if tuple(self.words[at:after]) != parts:
                continue
            if (year := self.year(after)) is not None:
                return Day(year[0], day_of(rule, year[1]))
            found = day_of(rule, self.today.year)
            if rel < 0 or (self.past and rel == 0):
                back = found >= self.today
                return Day(after, day_of(rule, self.today.year - back))
            ahead = found < self.today
            return Day(after, day_of(rule, self.today.year + ahead))
        return None

    # Distances.

    def span(self, i: int) -> Span | None:
        """Read "3 days", "a week", "half an hour", "una hora y media"."""
        half = self._half(i)
        if half is not None:
            return half
        read = self.number(i)
        if read is None:
            return None
        at = read[0] + (self.raw(read[0]) == "-")
        if self.word(at) in ("more", "mas"):
            at += 1
        unit = self.tables.units.get(self.word(at).split("'")[0])
        if unit is None:
            return None
        after = at + 1 + (self.raw(at + 1) == "'")
        if self.words[after : after + 3] == ["and", "a", "half"] or self.words[
            after : after + 2
        ] in (["y", "media"], ["y", "medio"], ["and", "half"]):
            if unit != "hour":
                return None
            after += 3 if self.words[after : after + 3] == ["and", "a", "half"] else 2
            return Span(after, 0, "hour", read[1] * 60 + 30)
        return Span(after, read[1], unit)

    def _half(self, i: int) -> Span | None:
        words = self.words[i : i + 3]
        if words[:3] in (["half", "an", "hour"], ["half", "a", "hour"], ["a", "half", "hour"]):
            return Span(i + 3, 0, "hour", 30)
        if words[:2] in (["half", "hour"], ["media", "hora"]):
            return Span(i + 2, 0, "hour", 30)
        return None

    def _offset(self, i: int) -> Day | None:
        """Read a day by its distance from today or from another day."""
        if self.spanish:
            return self._spanish_offset(i)
        if self.word(i - 1) in ("than", "least", "most"):
            return None
        if self.word(i) == "in" and (span := self.span(i + 1)) is not None:
            return self._moved(self._from_now(span.after) or span.after, span, 1)
        if (read := self.weekday(i)) is not None:
            span = self.span(read[0] + (self.raw(read[0]) == ","))
            end = self._from_now(span.after) if span else None
            if span and end and span.unit in ("week", "month", "year"):
                moved = self._moved(end, span, 1)
                if moved and moved.on:
                    return Day(end, _in_week(moved.on, 0, read[1]))
        span = self.span(i)
        if span is None or span.minutes:
            return None
        if self.word(span.after) in ("ago", "before", "earlier") and self._ends(span):
            return self._moved(span.after + 1, span, -1)
        end = self._from_now(span.after)
        if end is not None or self.word(span.after) == "hence":
            return self._moved(end or span.after + 1, span, 1)
        return self._from_day(span)

    def _ends(self, span: Span) -> bool:
        """Whether "before" stands alone, as in "two weeks before"."""
        if self.word(span.after) != "before":
            return True
        return self.kind(span.after + 1) in ("", "p") and self.at(span.after + 1) is None

    def _from_now(self, i: int) -> int | None:
        """Skip "from now", "from today": the index after."""
        if self.word(i) == "from" and self.word(i + 1) in ("now", "today"):
            return i + 2
        if self.word(i) in ("time", "later") and self.word(i - 1) != "time":
            return i + 1
        return None

    def _from_day(self, span: Span) -> Day | None:
        """Read "two weeks before Christmas", "a week from Friday", "a week ago Friday"."""
        sign = {"before": -1, "after": 1, "from": 1, "following": 1, "ago": -1}.get(
            self.word(span.after)
        )
        if sign is None or span.unit in ("second", "minute", "hour"):
            return None
        at = span.after + 1 + (self.word(span.after + 1) == "on")
        other = self.at(at)
        if other is None or other.on is None or other.part:
            return None
        return Day(other.after, add_units(other.on, sign * span.count, span.unit))

    def _spanish_offset(self, i: int) -> Day | None:
        if self.word(i - 1) in ("que", "menos", "mas") or self.words[i - 2 : i] in (
            ["mas", "de"],
            ["menos", "de"],
        ):
            return None
        if self.word(i) == "hace" and (span := self.span(i + 1)) is not None:
            return self._moved(span.after, span, -1)
        lead = 0
        if self.words[i : i + 2] == ["dentro", "de"]:
            lead = 2
        elif self.words[i : i + 3] == ["de", "aqui", "a"]:
            lead = 3
        elif self.word(i) == "en":
            lead = 1
        span = self.span(i + lead)
        if span is None:
            return None
        after = self._a_partir(span.after)
        if lead or after:
            return self._moved(after or span.after, span, 1)
        if self.words[span.after : span.after + 1] == ["atras"]:
            return self._moved(span.after + 1, span, -1)
        if self.words[span.after : span.after + 2] == ["mas", "tarde"]:
            return self._moved(span.after + 2, span, 1)
        return self._spanish_from_day(span)

    def _a_partir(self, i: int) -> int | None:
        for lead in (["a", "partir", "de"], ["despues", "de"], ["desde"]):
            after = i + len(lead)
            if self.words[i:after] == lead and self.word(after) in ("hoy", "ahora"):
                return after + 1 + (self.word(after + 1) == "mismo")
        return None

    def _spanish_from_day(self, span: Span) -> Day | None:
        if span.unit in ("second", "minute", "hour"):
            return None
        for lead, sign in ((["antes", "de"], -1), (["antes", "del"], -1), (["despues", "de"], 1),
                           (["despues", "del"], 1), (["a", "partir", "de"], 1),
                           (["a", "partir", "del"], 1), (["desde"], 1)):  # fmt: skip
            after = span.after + len(lead)
            if self.words[span.after : after] != lead:
                continue
            other = self.at(after)
            if other is not None and other.on is not None and not other.part:
                return Day(other.after, add_units(other.on, sign * span.count, span.unit))
        return None

    def _moved(self, after: int, span: Span, sign: int) -> Day | None:
        if span.minutes or span.unit in ("second", "minute", "hour"):
            return None
        return Day(after, add_units(self.today, sign * span.count, span.unit))


_EN_RELS = {
    "next": 1, "coming": 1, "upcoming": 1, "following": 1, "this": 0, "last": -1, "past": -1,
    "previous": -1,
}  # fmt: skip
_ES_BEFORE = {
    "proximo": 1, "proxima": 1, "este": 0, "esta": 0, "pasado": -1, "pasada": -1, "ultimo": -1,
    "siguiente": 1,
}  # fmt: skip
_ES_AFTER = {
    "proximo": 1, "proxima": 1, "siguiente": 1, "pasado": -1, "pasada": -1, "anterior": -1,
}  # fmt: skip
_NEAR_DAYS: dict[Language, dict[str, int]] = {
    "en": {"next": 1, "following": 1, "previous": -1},
    "es": {"siguiente": 1, "anterior": -1, "proximo": 1, "previo": -1},
}
_AFTER_DAY: dict[Language, frozenset[str]] = {
    "en": frozenset(
        ("at", "and", "or", "is", "was", "for", "to", "from", "with", "in", "on", "this", "by",
         "until", "till", "please", "please.", "before", "after", "if", "would", "will", "works")
    ),
    "es": frozenset(
        ("a", "y", "o", "es", "fue", "para", "por", "con", "en", "si", "hasta", "desde", "antes",
         "despues", "este", "volvere")
    ),
}  # fmt: skip
_HOUR_WORDS = frozenset(("o'clock", "oclock", "am", "pm", "h", "hours", "horas", "de"))


def _is_leap(year: int) -> bool:
    return monthrange(year, 2)[1] == 29


def _in_week(day: date, weeks: int, weekday: int) -> date:
    """Return a weekday of the week of `day`, Monday first, so many weeks on."""
    return day + timedelta(days=weekday - day.isoweekday() + 7 * weeks)
