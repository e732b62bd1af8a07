"""Single readings of time at a token: a moment, a day with or without an hour, a span."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.planning import Language
from intents.extract.calendar_words import Part
from intents.extract.clock_times import Clock, Hour, settle
from intents.extract.date_pieces import Day, Span
from intents.extract.dates import Dates
from intents.extract.spans import DaySpan, Spans
from intents.extract.time_starters import DAY_ENDS, NOW

Grain = Literal["second", "minute", "hour", "part", "day", "week", "month", "quarter", "year"]


class Read(NamedTuple):
    """A reading before it is put on the time line; times are local and naive."""

    first: int
    after: int
    on: date | None
    at: time | None = None
    grain: Grain = "day"
    why: str = ""
    until: datetime | None = None
    moment: datetime | None = None
    # A time without a day, put on its next turn.
    is_floating: bool = False


# From and to which hour a part of the day lasts; 24 is the next day's midnight.
PART_HOURS: Final[dict[Part, tuple[int, int]]] = {
    "dawn": (4, 8), "morning": (8, 12), "noon": (11, 13), "afternoon": (12, 16),
    "evening": (16, 20), "night": (20, 24),
}  # fmt: skip
_ES_PART_HOURS: Final = PART_HOURS | {"afternoon": (16, 20)}
_OF_DAY: Final = frozenset(("of", "on", "de", "del"))
_DAY_END: Final = time(23, 59, 59)
_TEN: Final = 10
_LINKS: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset(("on", "of", "for", ",", "this")),
    "es": frozenset(("de", "del", ",", "el", "para")),
}


class TimeReader:
    """Reads times out of the tokens of one sentence; `now` is local and naive."""

    def __init__(
        self, dates: Dates, now: datetime, zone: ZoneInfo, *, is_waking: bool = False
    ) -> None:
        self.d = dates
        self.clock = Clock(dates)
        self.spans = Spans(dates)
        self.now = now
        self.zone = zone
        self.language: Language = dates.language
        self.is_waking = is_waking

    def skip_set(self, i: int) -> int | None:
        """Pass over "every Monday": a repetition is no point in time."""
        at = i + 1
        if self.d.word(at) in self.d.tables.the | {"other"}:
            at += 1
        day = self.d.at(at) or self.d.at(i + 1)
        weekday = self.d.weekday(i + 1)
        after = day.after if day else weekday[0] if weekday else 0
        if self.d.word(i + 1) in ("sabados", "domingos"):
            after = i + 2
        if not after:
            after = at + 1 if self.d.word(at) in self.d.tables.units else 0
        hour = self.clock.at(after) if after else None
        return hour.after if hour else after or None

    def read(self, i: int) -> Read | None:
        if self.d.kind(i) == "i":
            return self._iso(i)
        if self._is_measured(i):
            return None
        return (
            self._now(i)
            or self._day_end(i)
            or self._shifted(i)
            or self._whole_days(i)
            or self._from_day(i)
            or self._from_clock(i)
        )

    def _is_measured(self, i: int) -> bool:
        """Whether only a distance from here is meant: "two hours before noon"."""
        d = self.d
        at = i - 1
        at -= d.word(at) in d.tables.the
        at -= d.word(at) in ("de", "del")
        return d.word(at) in ("before", "after", "antes", "despues") and (
            d.word(at - 1) in d.tables.units
        )

    def _whole_days(self, i: int) -> Read | None:
        """Read a span of whole days: "next month", "from 3 to 9 May", "Q3 2026"."""
        span = self.spans.at(i)
        if span is None or span.until_on == date.max:
            return None
        if span.why:
            return Read(i, span.after, None, why=span.why)
        start = datetime.combine(span.from_on, time())
        until = datetime.combine(span.until_on, time()) + timedelta(days=1)
        return Read(i, span.after, None, grain=_span_grain(span), moment=start, until=until)

    def _iso(self, i: int) -> Read | None:
        raw = self.d.words[i].replace(" ", "t").upper()
        if not raw.startswith("T", 10):
            return None
        try:
            moment = datetime.fromisoformat(raw)
        except ValueError:
            return None
        if moment.tzinfo is not None:
            moment = moment.astimezone(self.zone).replace(tzinfo=None)
        return Read(i, i + 1, None, grain="second", moment=moment)

    def _now(self, i: int) -> Read | None:
        for phrase in NOW[self.language]:
            after = i + len(phrase)
            if tuple(self.d.words[i:after]) == phrase:
                if self.d.word(i - 1) in ("from", "until", "de", "desde", "hasta"):
                    return None
                return Read(i, after, None, grain="second", moment=self.now)
        return None

    def _day_end(self, i: int) -> Read | None:
        """Read "end of the day", "EOD", "end of tomorrow", "al final del día"."""
        d = self.d
        at = i + (d.word(i) in ("the", "al", "el"))
        for phrase in DAY_ENDS[self.language]:
            after = at + len(phrase)
            if tuple(d.words[at:after]) == phrase:
                day = d.at(after) if self.language == "en" else None
                if day is None or day.on is None or day.part:
                    return Read(i, after, d.today, _DAY_END, "second")
                return Read(i, day.after, day.on, _DAY_END, "second")
        lead = {("end", "of"), ("final", "de"), ("fin", "de")}
        if tuple(d.words[at : at + 2]) in lead:
            day = d.at(at + 2)
            if day is not None and day.on is not None and not day.part:
                return Read(i, day.after, day.on, _DAY_END, "second")
        return None

    def _shifted(self, i: int) -> Read | None:
        """Read "in 2 hours", "5 minutes ago", "dentro de 3 minutos", "hace una hora"."""
        d = self.d
        if d.word(i - 1) in ("than", "least", "most", "que", "menos"):
            return None
        if self.language == "en":
            lead, sign = (1, 1) if d.word(i) == "in" else (0, 0)
        else:
            lead, sign = self._spanish_lead(i)
        span = d.span(i + lead)
        if span is None or not (span.minutes or span.unit in ("second", "minute", "hour")):
            return None
        length, after = self._length(span)
        after, sign = self._direction(after, sign)
        if not sign:
            return None
        moment = self.now + sign * length
        return Read(i, after, None, grain=_time_grain(span), moment=moment)

    def _spanish_lead(self, i: int) -> tuple[int, int]:
        d = self.d
        if d.words[i : i + 2] == ["dentro", "de"]:
            return 2, 1
        if d.words[i : i + 3] == ["de", "aqui", "a"]:
            return 3, 1
        if d.word(i) == "hace":
            return 1, -1
        return (1, 1) if d.word(i) == "en" else (0, 0)

    def _direction(self, after: int, sign: int) -> tuple[int, int]:
        """Read "ago", "from now" and their like: (index after, 1, -1 or 0 for neither)."""
        d = self.d
        words = d.words[after : after + 4]
        if self.language == "en":
            if words[:1] in (["ago"], ["earlier"]):
                return after + 1, -1
            if words[:1] in (["later"], ["hence"]):
                return after + 1, 1
            if words[:2] == ["from", "now"]:
                return after + 2, 1
            return after, sign
        if words[:4] == ["a", "partir", "de", "ahora"]:
            return after + 4, 1
        if words[:3] == ["despues", "de", "ahora"]:
            return after + 3, 1
        if words[:2] in (["desde", "ahora"], ["mas", "tarde"]):
            return after + 2, 1
        if words[:1] == ["atras"]:
            return after + 1, -1
        if words[:1] == ["despues"] and words[1:2] not in (["de"], ["del"]):
            return after + 1, 1
        return after, sign

    def _length(self, span: Span) -> tuple[timedelta, int]:
        """Return how long a span is with its "and 30 minutes", and the index after."""
        length = _as_delta(span)
        d = self.d
        if d.word(span.after) in ("and", "y") or d.raw(span.after) == ",":
            more = d.span(span.after + 1)
            if more is not None and more.unit in ("minute", "second", "hour"):
                return length + _as_delta(more), more.after
        return length, span.after

    def _from_day(self, i: int) -> Read | None:
        day = self.d.at(i)
        if day is None:
            return None
        d = self.d
        if not day.part:
            day = self._with_part_beside(i, day)
        at = day.after + (d.raw(day.after) in (",", "@") and d.raw(day.after) != "@")
        hour = self._hour_after(at)
        if hour is None and d.kind(day.after) == "n" and self._looks_like_hour(day.after):
            if self.is_waking and day.on is not None and int(d.raw(day.after)) < 24:
                hour = Hour(day.after + 1, int(d.raw(day.after)))
                return self._joined(i, hour.after, day.on, hour, day.part)
            return Read(i, day.after + 1, None, why="day_or_hour")
        if hour is None:
            return self._day_alone(i, day)
        if day.on is None:
            return Read(i, hour.after, None, why=day.why)
        if d.kind(hour.after) == "n" and d.raw(hour.after)[:2] in ("19", "20"):
            # "26 Oct 15:50 2016": the year comes last, and was not seen when the day was read.
            return Read(i, hour.after + 1, None, why="past_or_future")
        return self._joined(i, hour.after, day.on, hour, hour.part or day.part)

    def _with_part_beside(self, i: int, day: Day) -> Day:
        """Add the part of "friday morning" and of "the morning of 4 July"."""
        d = self.d
        part = d.tables.parts.get(d.word(day.after))
        if part is not None and d.word(day.after) != "manana":
            return day._replace(after=day.after + 1, part=part)
        at = i - (d.word(i) not in ("del", "de"))
        part = d.tables.parts.get(d.word(at - 1)) if d.word(at) in _OF_DAY else None
        return day._replace(part=part) if part else day

    def _hour_after(self, at: int) -> Hour | None:
        """Read the time after a day, but not the first half of a range such as "3-5pm"."""
        d = self.d
        if d.word(at) in ("from", "between", "de", "entre"):
            return None
        return self.clock.at(at, after_day=True)

    def _looks_like_hour(self, i: int) -> bool:
        d = self.d
        follows = d.kind(i + 1) in ("", "p") or d.word(i + 1) in ("to", "a")
        return follows and len(d.raw(i)) <= 2 and int(d.raw(i)) <= 24

    def _day_alone(self, i: int, day: Day) -> Read:
        if day.on is None:
            return Read(i, day.after, None, why=day.why)
        part = day.part
        after = day.after
        if not part and (behind := self.clock.part(after)) is not None:
            after, part = behind
        if self.d.word(after) in ("from", "between", "de", "entre") and (
            self.d.kind(after + 1) in ("n", "c", "f", "x")
        ):
            return Read(i, after, None, why="range")
        if not part:
            return Read(i, after, day.on)
        hours = (_ES_PART_HOURS if self.language == "es" else PART_HOURS)[part]
        start = datetime.combine(day.on, time(hours[0]))
        until = datetime.combine(day.on, time()) + timedelta(hours=hours[1])
        return Read(i, after, None, grain="part", moment=start, until=until)

    def _from_clock(self, i: int) -> Read | None:
        hour = self.clock.at(i)
        if hour is None:
            return None
        d = self.d
        at = hour.after
        while d.raw(at) in _LINKS[self.language] and at - hour.after < 2:
            at += 1
        for start in range(at, hour.after - 1, -1):
            day = d.at(start)
            if day is not None:
                break
        else:
            return self._time_alone(i, hour)
        if day.on is None:
            return Read(i, day.after, None, why=day.why)
        return self._joined(i, day.after, day.on, hour, hour.part or day.part)

    def _joined(self, first: int, after: int, on: date, hour: Hour, part: Part) -> Read:
        at = self._settled(hour, part)
        over = hour.hour < 12 and time(hour.hour, hour.minute) <= self.now.time()
        is_open = isinstance(at, str) or (self._has_no_half(hour, part) and at.hour == hour.hour)
        if is_open and over and on == self.now.date():
            # Today's morning hour is over, so that the evening's is meant.
            at = time(hour.hour + 12, hour.minute, hour.second)
        if isinstance(at, str):
            return Read(first, after, None, why=at)
        if part == "night" and hour.hour == 12 and hour.half == "":
            return Read(first, after, None, why="noon_or_midnight")
        return Read(first, after, on, at, _hour_grain(hour))

    def _settled(self, hour: Hour, part: Part) -> time | str:
        """Return the time of day; that of the morning where only people who are up are meant."""
        at = settle(hour, part)
        if isinstance(at, str) and self._has_no_half(hour, part):
            return time(hour.hour, hour.minute, hour.second)
        return at

    def _has_no_half(self, hour: Hour, part: Part) -> bool:
        """Whether a time is taken for one of the waking hours since nothing else tells."""
        return self.is_waking and hour.half == "" and not part and not hour.part

    def _time_alone(self, first: int, hour: Hour) -> Read:
        """Put a time without a day at its next turn."""
        at = self._settled(hour, "")
        if isinstance(at, str):
            return Read(first, hour.after, None, why=at)
        on = self.now.date()
        if self._has_no_half(hour, "") and at < self.now.time() and at.hour < _TEN:
            # "at 8", said at noon, is this evening's; "at 10" is tomorrow's.
            at = at.replace(hour=at.hour + 12)
        if datetime.combine(on, at) < self.now:
            on += timedelta(days=1)
        return Read(first, hour.after, on, at, _hour_grain(hour), is_floating=True)


def _as_delta(span: Span) -> timedelta:
    if span.minutes:
        return timedelta(minutes=span.minutes)
    seconds = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}.get(span.unit, 604800)
    return timedelta(seconds=span.count * seconds)


def _time_grain(span: Span) -> Grain:
    if span.minutes:
        return "minute"
    return "second" if span.unit == "second" else "minute" if span.unit == "minute" else "hour"


def _span_grain(span: DaySpan) -> Grain:
    days = (span.until_on - span.from_on).days + 1
    if days == 7 and span.from_on.isoweekday() == 1:
        return "week"
    if span.from_on.day != 1 or (span.until_on + timedelta(days=1)).day != 1:
        return "day"
    return "year" if days >= 365 else "quarter" if days >= 89 else "month"


def _hour_grain(hour: Hour) -> Grain:
    if hour.second:
        return "second"
    return "minute" if hour.minute else "hour"
