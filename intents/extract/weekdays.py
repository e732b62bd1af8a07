"""Days by weekday: Friday, next Monday, Tuesday the 13th, the first Friday of July."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from intents.extract.calendar_dates import CalendarDates
from intents.extract.date_pieces import Day, add_units
from intents.extract.holidays import nth_weekday

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
_HOUR_WORDS = frozenset(("o'clock", "oclock", "am", "pm", "h", "hours", "horas", "de"))


class Weekdays(CalendarDates):
    """Reads days that are named by their weekday."""

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
            return Day(after, in_week(self.today, week, number))
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
        if (stated := self.year(after, loose=False)) is not None:
            return Day(stated[0], None, "past_or_future")  # no month was said
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
        return Day(read[0], in_week(self.today, week[1], read[1])) if read else None

    def _resolve_weekday(self, after: int, number: int, rel: int | None) -> Day:
        today = self.today
        ahead = (number - today.isoweekday()) % 7
        if rel is None:
            if ahead == 0:
                return Day(after, None, "today_or_next_week")
            return Day(after, today + timedelta(days=ahead - (7 if self.past else 0)))
        if rel == 0:
            found = in_week(today, 0, number)
            return Day(after, found) if found >= today else Day(after, None, "past_or_future")
        far = in_week(today, rel, number)
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


def in_week(day: date, weeks: int, weekday: int) -> date:
    """Return a weekday of the week of `day`, Monday first, so many weeks on."""
    return day + timedelta(days=weekday - day.isoweekday() + 7 * weeks)
