"""Whole days from one to another: "last month", "in October", "from 1 to 15 November"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

from intents.extract.calendar_words import Unit
from intents.extract.date_pieces import add_units
from intents.extract.dates import Dates
from intents.extract.letters import words


class DaySpan(NamedTuple):
    """Days that were read, both ends included; `why` is set when they have two readings."""

    after: int
    from_on: date
    until_on: date
    label: str
    why: str = ""


_EN_SIDES: Final = {
    "this": 0, "current": 0, "last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1,
}  # fmt: skip
_ES_SIDES: Final = {
    "este": 0, "esta": 0, "ultimo": -1, "ultima": -1, "pasado": -1, "pasada": -1, "anterior": -1,
    "proximo": 1, "proxima": 1, "siguiente": 1, "actual": 0,
}  # fmt: skip
_UNITS: Final = {
    "week": "week", "month": "month", "quarter": "quarter", "year": "year", "weekend": "weekend",
    "semana": "week", "mes": "month", "trimestre": "quarter", "ano": "year",
}  # fmt: skip
_LAST_N: Final = {
    "en": {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "trailing": -1},
    "es": {"ultimos": -1, "ultimas": -1, "pasados": -1, "pasadas": -1, "proximos": 1,
           "proximas": 1},
}  # fmt: skip
_TO_DATE: Final = {"mtd": "month", "ytd": "year", "qtd": "quarter", "wtd": "week"}
_NAMES: Final = {-1: "last", 0: "this", 1: "next"}
_INTO_MONTH: Final = {
    "en": frozenset(("in", "of", "for", "during", "since", "from", "this", "last", "next", "to")),
    "es": frozenset(("en", "de", "del", "durante", "desde", "este", "para", "a", "hasta", "por")),
}
_PIECES: Final = frozenset(
    words(
        "end start beginning middle mid late early week weeks half rest first second third "
        "fourth before after later day days dia dias principio principios finales fines final fin "
        "mediados ultimos inicio inicios comienzo comienzos semana semanas mitad resto despues "
        "antes anterior partir"
    )
)
# Month names that are also plain words; they need something beside them.
_WORDY_MONTHS: Final = frozenset(("may", "march", "mar", "sep", "set", "dec", "jan", "ago", "dic"))


def unit_span(day: date, unit: str, side: int) -> tuple[date, date]:
    """Return the first and last day of the week, month, quarter or year of `day`, moved."""
    if unit in ("week", "weekend"):
        monday = day - timedelta(days=day.isoweekday() - 1) + timedelta(weeks=side)
        return (monday if unit == "week" else monday + timedelta(days=5)), monday + timedelta(6)
    if unit == "year":
        return date(day.year + side, 1, 1), date(day.year + side, 12, 31)
    months = 3 if unit == "quarter" else 1
    first = day.replace(day=1, month=(day.month - 1) // months * months + 1)
    first = add_units(first, side * months, "month")
    return first, add_units(first, months, "month") - timedelta(days=1)


def month_span(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


class Spans:
    """Reads spans of days out of the tokens that `dates` holds."""

    def __init__(self, dates: Dates) -> None:
        self.d = dates
        self.today = dates.today
        self.spanish = dates.spanish

    def at(self, i: int) -> DaySpan | None:
        """Read the span that starts at token `i`, the longest reading first."""
        try:
            return (
                self._between(i)
                or self._counted(i)
                or (None if self._is_inner(i) else self.sided(i))
                or self._to_date(i)
                or self._quarter(i)
                or self._week_of(i)
                or self._month(i)
                or self._year(i)
            )
        except (ValueError, OverflowError):
            return None

    # "this month", "la semana pasada", "last 7 days", "mtd".

    def sided(self, i: int) -> DaySpan | None:
        """Read "this month", "la semana pasada"."""
        d = self.d
        at = i + (d.word(i) in ("the", "la", "el"))
        if self.spanish:
            read = self._spanish_sided(at)
            the = at > i
        else:
            the = False
            side = _EN_SIDES.get(d.word(at))
            unit = _UNITS.get(d.word(at + 1).split("'")[0])
            if unit is None and d.word(at + 1) == "calendar":
                unit = _UNITS.get(d.word(at + 2))
                at += unit is not None
            read = (at + 2, side, unit) if side is not None and unit else None
        if read is None or (the and read[1] == 0 and d.word(read[0] - 1) != "actual"):
            return None
        after, side, unit = read
        if d.word(after) in ("on", "el") and d.weekday(after + 1):
            return None
        return DaySpan(after, *unit_span(self.today, unit, side), f"{_NAMES[side]}_{unit}")

    def _spanish_sided(self, at: int) -> tuple[int, int, str] | None:
        d = self.d
        if d.words[at : at + 3] == ["fin", "de", "semana"]:
            side = self._side_behind(at + 3)
            return (side[0], side[1], "weekend") if side else None
        side_before = _ES_SIDES.get(d.word(at))
        if side_before is not None:
            if d.words[at + 1 : at + 4] == ["fin", "de", "semana"]:
                return at + 4, side_before, "weekend"
            unit = _UNITS.get(d.word(at + 1))
            return (at + 2, side_before, unit) if unit else None
        unit = _UNITS.get(d.word(at))
        side = self._side_behind(at + 1) if unit else None
        return (side[0], side[1], unit) if side and unit else None

    def _side_behind(self, i: int) -> tuple[int, int] | None:
        d = self.d
        if d.words[i : i + 2] == ["que", "viene"]:
            return i + 2, 1
        if d.words[i : i + 2] == ["en", "curso"]:
            return i + 2, 0
        side = _ES_SIDES.get(d.word(i))
        return (i + 1, side) if side is not None and d.word(i) not in ("este", "esta") else None

    def _counted(self, i: int) -> DaySpan | None:
        """Read "the last 7 days": up to today, today included; "next 7 days" from tomorrow."""
        d = self.d
        at = i + (d.word(i) in ("the", "los", "las"))
        side = _LAST_N[d.language].get(d.word(at))
        count = d.number(at + 1) if side is not None else None
        unit: Unit | None = d.tables.units.get(d.word(count[0])) if count else None
        if side is None or count is None or unit not in ("day", "week", "month", "year"):
            return None
        after, number = count[0] + 1, count[1]
        if not 1 <= number <= 3660:
            return None
        label = f"{_NAMES[side]}_{number}_{unit}s"
        if side > 0:
            return DaySpan(
                after, self.today + timedelta(1), add_units(self.today, number, unit), label
            )
        first = add_units(self.today, -number, unit) + timedelta(days=1)
        return DaySpan(after, first, self.today, label)

    def _to_date(self, i: int) -> DaySpan | None:
        d = self.d
        unit = _TO_DATE.get(d.word(i))
        after = i + 1
        if unit is None and d.words[i + 1 : i + 3] == ["to", "date"]:
            unit, after = _UNITS.get(d.word(i)), i + 3
        if unit is None:
            return None
        return DaySpan(after, unit_span(self.today, unit, 0)[0], self.today, f"{unit}_to_date")

    # "Q3 2026", "in October", "2025".

    def _quarter(self, i: int) -> DaySpan | None:
        d = self.d
        year: int | None = None
        at = i
        if d.kind(i) == "n" and len(d.raw(i)) == 4:
            year, at = int(d.raw(i)), i + 1 + (d.raw(i + 1) == "-")
        raw = d.raw(at)
        number, after = 0, at + 1
        if d.kind(at) == "x" and len(raw) == 2 and raw[0] in "qt" and raw[1] in "1234":
            number = int(raw[1])
        else:
            at += d.word(at) in ("the", "el")
            nth = d.tables.ordinals.get(d.word(at)) or self._ordinal(at)
            if nth and 1 <= nth <= 4 and d.word(at + 1) in ("quarter", "trimestre"):
                number, after = nth, at + 2
        if not number:
            return None
        if year is None:
            after += d.raw(after) == "-" and d.kind(after + 1) == "n"
            stated = d.year(after)
            if stated is not None:
                after, year = stated
        if year is None:
            year = self._year_of(number * 3 - 2)
        first = date(year, number * 3 - 2, 1)
        last = add_units(first, 3, "month") - timedelta(days=1)
        return DaySpan(after, first, last, f"{year}-Q{number}")

    def _ordinal(self, i: int) -> int | None:
        read = self.d.day_number(i) if self.d.kind(i) == "o" else None
        return read[1] if read else None

    def _year_of(self, month: int) -> int:
        """Return the year of the last such month that began, or of the next one that ends."""
        today = self.today
        if self.d.past:
            return today.year - (month > today.month)
        return today.year + (month < today.month)

    def _month(self, i: int) -> DaySpan | None:
        d = self.d
        at = i
        side: int | None = None
        if not self.spanish and d.word(i) in _EN_SIDES:
            side, at = _EN_SIDES[d.word(i)], i + 1
        elif d.word(i) in _INTO_MONTH[d.language]:
            at = i + 1
        if d.words[at : at + 2] in (["the", "month"], ["el", "mes"]):
            at += 3
        read = d.month(at)
        if read is None or not d.word(at):
            return None
        before = i - 1 - (d.word(i - 1) in d.tables.of)
        if (before >= 0 and d.kind(before) in ("n", "o")) or self._is_piece(i):
            return None
        if d.at(at) is not None:  # "June the third" is a day
            return None
        after, month = read
        year = d.year(after)
        if year is not None and d.word(after) in d.tables.of and d.kind(after + 1) != "n":
            year = None
        if year is not None:
            return DaySpan(year[0], *month_span(year[1], month), f"{year[1]}-{month:02}")
        if d.kind(after) in ("n", "o") or (at == i and self._is_wordy(i)):
            return None
        number = self._year_of(month)
        if side == -1 and self.today.year == number and month == self.today.month:
            number -= 1
        return DaySpan(after, *month_span(number, month), f"{number}-{month:02}")

    def _is_piece(self, i: int) -> bool:
        """Whether only a piece of the month or year is meant: "the end of", "after"."""
        d = self.d
        before = d.word(i - 1)
        if before in d.tables.of | d.tables.the | {"year"}:
            before = d.word(i - 2)
        return before in _PIECES

    def _is_inner(self, i: int) -> bool:
        """Whether a day inside is meant: "the 2nd of next month"."""
        d = self.d
        return self._is_piece(i) or (d.word(i - 1) in d.tables.of and d.kind(i - 2) == "o")

    def _is_wordy(self, i: int) -> bool:
        return self.d.word(i) in _WORDY_MONTHS

    def _year(self, i: int) -> DaySpan | None:
        d = self.d
        at = i
        while d.word(at) in ("in", "for", "during", "of", "year", "en", "durante", "de", "del",
                             "el", "ano", "the"):  # fmt: skip
            at += 1
        raw = d.raw(at)
        if at == i or d.kind(at) != "n" or len(raw) != 4 or raw[:2] not in ("19", "20"):
            return None
        if self._is_piece(i):
            return None
        follows = d.word(at + 1)
        if follows and (follows in d.tables.units or follows in ("dollars", "usd", "euros")):
            return None
        return DaySpan(at + 1, date(int(raw), 1, 1), date(int(raw), 12, 31), raw)

    def _week_of(self, i: int) -> DaySpan | None:
        d = self.d
        at = i + (d.word(i) in ("the", "la"))
        if d.words[at : at + 2] not in (["week", "of"], ["semana", "del"], ["semana", "de"]):
            return None
        day = d.at(at + 2) or d.at(at + 1)
        if day is None:
            return None
        if day.on is None:
            return DaySpan(day.after, self.today, self.today, "", day.why)
        return DaySpan(day.after, *unit_span(day.on, "week", 0), f"week_of_{day.on}")

    # "from 1 to 15 November", "desde el 1 de noviembre", "between May and July".

    def _between(self, i: int) -> DaySpan | None:
        d = self.d
        opened = d.word(i) in ("from", "since", "between", "desde", "entre", "del", "de")
        at = i + opened
        at += d.word(at) in ("the", "el", "la")
        short = self._short(at)
        if short is not None:
            return short
        first = self.end(at)
        if first is None:
            return None
        link = d.raw(first.after)
        if self._is_link(link, d.word(i)):
            last = self.end(first.after + 1 + (d.word(first.after + 1) in ("the", "el", "la")))
            if last is not None:
                return self._joined(first, last)
        if not opened or d.word(i) in ("between", "entre", "de", "del"):
            return None
        if first.why or first.from_on > self.today:
            return DaySpan(first.after, self.today, self.today, "", first.why or "past_or_future")
        onwards = self.today if d.past else date.max
        return DaySpan(first.after, first.from_on, onwards, f"since_{first.from_on}")

    def _is_link(self, link: str, opener: str) -> bool:
        if link in ("to", "until", "till", "through", "thru", "-", "hasta"):
            return True
        if link in ("and", "y"):
            return opener in ("between", "entre")
        return link in ("a", "al") and opener in ("de", "del", "desde")

    def end(self, i: int) -> DaySpan | None:
        """Read one end of a span: a day, or a whole month, quarter or year."""
        d = self.d
        day = d.at(i) or (d.at(i - 1) if d.word(i - 1) in ("the", "el") else None)
        if day is not None:
            on = day.on or self.today
            return DaySpan(day.after, on, on, str(on), day.why if day.on is None else "")
        if d.word(i) in ("now", "ahora"):
            return DaySpan(i + 1, self.today, self.today, str(self.today))
        return self._quarter(i) or self._month_alone(i) or self.sided(i) or self._year_alone(i)

    def _month_alone(self, i: int) -> DaySpan | None:
        read = self.d.month(i)
        if read is None:
            return None
        stated = self.d.year(read[0])
        after, year = stated or (read[0], self._year_of(read[1]))
        return DaySpan(after, *month_span(year, read[1]), f"{year}-{read[1]:02}")

    def _year_alone(self, i: int) -> DaySpan | None:
        raw = self.d.raw(i)
        if self.d.kind(i) != "n" or len(raw) != 4 or raw[:2] not in ("19", "20"):
            return None
        return DaySpan(i + 1, date(int(raw), 1, 1), date(int(raw), 12, 31), raw)

    def _joined(self, first: DaySpan, last: DaySpan) -> DaySpan:
        why = first.why or last.why
        from_on, until_on = first.from_on, last.until_on
        if from_on > until_on and not why:
            # "from December to March": the one whose year was not said gives way.
            from_on = add_units(from_on, -1, "year")
            if from_on > until_on or not self.d.past:
                from_on, why = first.from_on, "range"
        if not self.d.past and why == "range" and add_units(until_on, 1, "year") > from_on:
            until_on, why = add_units(until_on, 1, "year"), ""
        return DaySpan(last.after, from_on, until_on, f"{from_on}..{until_on}", why)

    def _short(self, i: int) -> DaySpan | None:
        """Read "1 to 15 November", "del 1 al 15 de noviembre", "August 1-15"."""
        d = self.d
        month = d.month(i)
        at = month[0] if month else i
        low = d.day_number(at)
        if low is None or not d.raw(low[0]):
            return None
        link = d.raw(low[0])
        if link not in ("to", "and", "through", "until", "till", "-", "al", "a", "y", "hasta"):
            return None
        high_at = low[0] + 1 + (d.word(low[0] + 1) in ("the", "el"))
        high = d.day_number(high_at)
        if high is None or high[1] <= low[1]:
            return None
        after = high[0]
        if month is None:
            month = d.month(after + (d.word(after) in ("of", "de")))
            if month is None:
                return None
            after = month[0]
        stated = d.year(after)
        after, year = stated or (after, None)
        first = d.resolve(year, month[1], low[1])
        if year is None and not d.past:
            # The span counts as coming as long as its last day is.
            last = d.resolve(None, month[1], high[1])
            first = last.replace(day=low[1])
        last = first.replace(day=high[1])
        return DaySpan(after, first, last, f"{first}..{last}")
