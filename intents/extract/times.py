"""Points and spans of time in a sentence, resolved for somebody who speaks now and here.

Bare dates are the next ones, as a reminder means them. What has two readings (`3/4`, "at 8"
without morning or evening) is reported as ambiguous and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.planning import Language
from intents.extract.calendar_words import Part
from intents.extract.clock_times import Clock, Hour, settle
from intents.extract.dates import Dates, Day, Span
from intents.extract.letters import fold, guess_language
from intents.extract.number_words import STARTERS
from intents.extract.numeric_dates import Order
from intents.extract.spans import DaySpan, Spans
from intents.extract.time_starters import DAY_ENDS, NOW, may_hold_time, starts
from intents.extract.time_tokens import cut

Grain = Literal["second", "minute", "hour", "part", "day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A point (`until_at` None) or a span up to `until_at`, exclusive; both aware, in the zone."""

    start: int
    end: int
    from_at: datetime
    until_at: datetime | None
    grain: Grain


@dataclass(frozen=True, slots=True)
class TimeAmbiguity:
    """A place that would be a time if it had one reading.

    `why`: "day_or_month", "day_or_hour", "morning_or_evening", "noon_or_midnight",
    "today_or_next_week", "this_week_or_other", "past_or_future" or "range".
    """

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Times:
    """What a sentence says about time, in the order of the text."""

    found: tuple[TimeSpan, ...] = ()
    ambiguous: tuple[TimeAmbiguity, ...] = ()


class _Read(NamedTuple):
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


NOTHING: Final = Times()
# From and to which hour a part of the day lasts; 24 is the next day's midnight.
PART_HOURS: Final[dict[Part, tuple[int, int]]] = {
    "dawn": (4, 8), "morning": (8, 12), "noon": (11, 13), "afternoon": (12, 16),
    "evening": (16, 20), "night": (20, 24),
}  # fmt: skip
_ES_PART_HOURS: Final = PART_HOURS | {"afternoon": (16, 20)}
_DAY_END: Final = time(23, 59, 59)
_LINKS: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset(("on", "of", "for", ",", "this")),
    "es": frozenset(("de", "del", ",", "el", "para")),
}


def find_times(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    language: Language | None = None,
    order: Order = None,
) -> Times:
    """Find the times in `text`.

    Args:
        text: one message, as typed.
        now: an aware time; "tomorrow" is the day after it in `zone`.
        zone: the speaker's time zone.
        language: the language of the sentence; guessed when None.
        order: "mdy" or "dmy" for dates such as 3/4. Spanish writes days first; an English
            sentence may come from either side of the Atlantic, so that without this it is asked.
    """
    folded = fold(text)
    tokens = cut(folded)
    tongue = language or guess_language(folded)
    if not may_hold_time(tokens, tongue):
        return NOTHING
    local = now.astimezone(zone).replace(tzinfo=None)
    if order is None and tongue == "es":
        order = "dmy"
    dates = Dates(tokens, local.date(), tongue, order=order)
    return _Scan(dates, local, zone).run()


_UNTILS: Final = frozenset(("until", "till", "through", "thru", "hasta"))
_RANGE_LINKS: Final = frozenset(("-", "to")) | _UNTILS
_RANGE_OPENERS: Final = frozenset(("from", "between", "de", "del", "desde", "entre"))


class _Scan:
    """One pass over one sentence."""

    def __init__(self, dates: Dates, now: datetime, zone: ZoneInfo) -> None:
        self.d = dates
        self.clock = Clock(dates)
        self.spans = Spans(dates)
        self.now = now
        self.zone = zone
        self.language: Language = dates.language

    def run(self) -> Times:
        """Read from left to right; what was read once is not read again."""
        d = self.d
        reads: list[_Read] = []
        i = 0
        while i < len(d.tokens):
            if not starts(d.tokens[i], self.language):
                i += 1
                continue
            if d.words[i] in d.tables.every or (d.words[i] == "los" and d.weekday(i + 1)):
                skipped = self._skip_set(i)
                if skipped:
                    i = skipped
                    continue
            try:
                read = self._read(i)
            except (OverflowError, ValueError):  # "in 9999 years": outside the calendar
                read = None
            if read is not None and d.word(read.after) not in d.tables.every:
                reads.append(read)
            i = max(read.after if read else 0, i + 1)
        return self._placed(reads)

    def _skip_set(self, i: int) -> int | None:
        """Pass over "every Monday": a repetition is no point in time."""
        at = i + 1
        if self.d.word(at) in self.d.tables.the | {"other"}:
            at += 1
        day = self.d.at(at) or self.d.at(i + 1)
        weekday = self.d.weekday(i + 1)
        after = day.after if day else weekday[0] if weekday else 0
        if not after:
            after = at + 1 if self.d.word(at) in self.d.tables.units else 0
        hour = self.clock.at(after) if after else None
        return hour.after if hour else after or None

    def _read(self, i: int) -> _Read | None:
        if self.d.kind(i) == "i":
            return self._iso(i)
        return (
            self._now(i)
            or self._day_end(i)
            or self._shifted(i)
            or self._whole_days(i)
            or self._from_day(i)
            or self._from_clock(i)
        )

    def _whole_days(self, i: int) -> _Read | None:
        """Read a span of whole days: "next month", "from 3 to 9 May", "Q3 2026"."""
        span = self.spans.at(i)
        if span is None or span.until_on == date.max:
            return None
        if span.why:
            return _Read(i, span.after, None, why=span.why)
        start = datetime.combine(span.from_on, time())
        until = datetime.combine(span.until_on, time()) + timedelta(days=1)
        return _Read(i, span.after, None, grain=_span_grain(span), moment=start, until=until)

    def _iso(self, i: int) -> _Read | None:
        raw = self.d.words[i].replace(" ", "t").upper()
        if not raw.startswith("T", 10):
            return None
        try:
            moment = datetime.fromisoformat(raw)
        except ValueError:
            return None
        if moment.tzinfo is not None:
            moment = moment.astimezone(self.zone).replace(tzinfo=None)
        return _Read(i, i + 1, None, grain="second", moment=moment)

    def _now(self, i: int) -> _Read | None:
        for phrase in NOW[self.language]:
            after = i + len(phrase)
            if tuple(self.d.words[i:after]) == phrase:
                if self.d.word(i - 1) in ("from", "until", "de", "desde", "hasta"):
                    return None
                return _Read(i, after, None, grain="second", moment=self.now)
        return None

    def _day_end(self, i: int) -> _Read | None:
        """Read "end of the day", "EOD", "end of tomorrow", "al final del día"."""
        d = self.d
        at = i + (d.word(i) in ("the", "al", "el"))
        for phrase in DAY_ENDS[self.language]:
            after = at + len(phrase)
            if tuple(d.words[at:after]) == phrase:
                day = d.at(after) if self.language == "en" else None
                if day is None or day.on is None or day.part:
                    return _Read(i, after, d.today, _DAY_END, "second")
                return _Read(i, day.after, day.on, _DAY_END, "second")
        lead = {("end", "of"), ("final", "de"), ("fin", "de")}
        if tuple(d.words[at : at + 2]) in lead:
            day = d.at(at + 2)
            if day is not None and day.on is not None and not day.part:
                return _Read(i, day.after, day.on, _DAY_END, "second")
        return None

    def _shifted(self, i: int) -> _Read | None:
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
        return _Read(i, after, None, grain=_time_grain(span), moment=moment)

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

    # Days with and without a time.

    def _from_day(self, i: int) -> _Read | None:
        day = self.d.at(i)
        if day is None:
            return None
        d = self.d
        at = day.after + (d.raw(day.after) in (",", "@") and d.raw(day.after) != "@")
        hour = self._hour_after(at)
        if hour is None and d.kind(day.after) == "n" and self._looks_like_hour(day.after):
            return _Read(i, day.after + 1, None, why="day_or_hour")
        if hour is None:
            return self._day_alone(i, day)
        if day.on is None:
            return _Read(i, hour.after, None, why=day.why)
        if d.kind(hour.after) == "n" and d.raw(hour.after)[:2] in ("19", "20"):
            # "26 Oct 15:50 2016": the year comes last, and was not seen when the day was read.
            return _Read(i, hour.after + 1, None, why="past_or_future")
        return self._joined(i, hour.after, day.on, hour, hour.part or day.part)

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

    def _day_alone(self, i: int, day: Day) -> _Read:
        if day.on is None:
            return _Read(i, day.after, None, why=day.why)
        part = day.part
        after = day.after
        if not part and (behind := self.clock.part(after)) is not None:
            after, part = behind
        if self.d.word(after) in ("from", "between", "de", "entre") and (
            self.d.kind(after + 1) in ("n", "c", "f", "x")
        ):
            return _Read(i, after, None, why="range")
        if not part:
            return _Read(i, after, day.on)
        hours = (_ES_PART_HOURS if self.language == "es" else PART_HOURS)[part]
        start = datetime.combine(day.on, time(hours[0]))
        until = datetime.combine(day.on, time()) + timedelta(hours=hours[1])
        return _Read(i, after, None, grain="part", moment=start, until=until)

    def _from_clock(self, i: int) -> _Read | None:
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
            return _Read(i, day.after, None, why=day.why)
        return self._joined(i, day.after, day.on, hour, hour.part or day.part)

    def _joined(self, first: int, after: int, on: date, hour: Hour, part: Part) -> _Read:
        at = settle(hour, part)
        over = hour.hour < 12 and time(hour.hour, hour.minute) <= self.now.time()
        if isinstance(at, str) and over and on == self.now.date():
            # Today's morning hour is over, so that the evening's is meant.
            at = time(hour.hour + 12, hour.minute, hour.second)
        if isinstance(at, str):
            return _Read(first, after, None, why=at)
        if part == "night" and hour.hour == 12 and hour.half == "":
            return _Read(first, after, None, why="noon_or_midnight")
        return _Read(first, after, on, at, _hour_grain(hour))

    def _time_alone(self, first: int, hour: Hour) -> _Read:
        """Put a time without a day at its next turn."""
        at = settle(hour, "")
        if isinstance(at, str):
            return _Read(first, hour.after, None, why=at)
        on = self.now.date()
        if datetime.combine(on, at) < self.now:
            on += timedelta(days=1)
        return _Read(first, hour.after, on, at, _hour_grain(hour), is_floating=True)

    # From readings to spans.

    def _placed(self, reads: list[_Read]) -> Times:
        found: list[TimeSpan] = []
        unsure: list[TimeAmbiguity] = []
        skip = False
        for n, read in enumerate(reads):
            if skip:
                skip = False
                continue
            start, end = self.d.tokens[read.first].start, self.d.tokens[read.after - 1].end
            start = self._trimmed(read, start)
            following = reads[n + 1] if n + 1 < len(reads) else None
            if following is not None and self._are_range(read, following):
                skip = True
                end = self.d.tokens[following.after - 1].end
                self._place_range(read, following, start, end, found, unsure)
            elif read.why:
                unsure.append(TimeAmbiguity(start, end, read.why))
            elif self._is_half_range(read):
                unsure.append(TimeAmbiguity(start, end, "range"))
            else:
                from_at = self._zoned(_moment(read))
                until = self._zoned(read.until) if read.until else None
                found.append(TimeSpan(start, end, from_at, until, read.grain))
        return Times(tuple(found), tuple(unsure))

    def _trimmed(self, read: _Read, start: int) -> int:
        """Leave "at" and its like out of the span."""
        i = read.first
        leads = ("at", "@", "around", "about") if self.language == "en" else ("a", "las")
        while i < read.after - 1 and self.d.words[i] in leads:
            i += 1
        return self.d.tokens[i].start

    def _are_range(self, read: _Read, following: _Read) -> bool:
        """Whether two readings are the ends of "from ... to ...", "between ... and ..."."""
        d = self.d
        if following.first != read.after + 1:
            return False
        link = d.raw(read.after)
        before = d.word(read.first - 1)
        if link in _RANGE_LINKS:
            return True
        if link in ("a", "al"):
            return before in ("de", "del", "desde")
        return link in ("and", "y") and before in ("between", "entre")

    def _is_half_range(self, read: _Read) -> bool:
        """Whether the other end of a range stands beside it as a number only: "3 to 5pm"."""
        d, first, after = self.d, read.first, read.after
        opened = {d.word(i) for i in range(max(first - 6, 0), first)} & _RANGE_OPENERS
        if first >= 2 and self._is_counted(first - 2):
            link = d.raw(first - 1)
            # "250 until Friday" is an amount with its end; "3pm until 5pm" is a range.
            timed = d.kind(first - 2) in ("c", "d", "o", "f") or link not in _UNTILS
            if (link in _RANGE_LINKS and timed) or (opened and link in ("and", "y", "a", "al")):
                return True
        link = d.raw(after)
        ahead = after + 1 + (d.word(after + 1) in d.tables.the)
        return self._is_counted(ahead) and (
            link in _RANGE_LINKS or (bool(opened) and link in ("and", "y", "a", "al"))
        )

    def _is_counted(self, i: int) -> bool:
        d = self.d
        if d.kind(i) in ("n", "o", "c", "f", "d") or (d.kind(i) == "x" and len(d.raw(i)) == 2):
            return True
        return d.word(i) in STARTERS[self.language] or d.word(i) in d.tables.ordinals

    def _place_range(
        self,
        read: _Read,
        following: _Read,
        start: int,
        end: int,
        found: list[TimeSpan],
        unsure: list[TimeAmbiguity],
    ) -> None:
        why = read.why or following.why
        if read.is_floating and not following.is_floating and following.until is None:
            read = read._replace(on=following.on)  # "from 2pm to 4pm tomorrow"
        elif following.is_floating and read.at is not None:
            following = following._replace(on=read.on)
        if not why:
            from_at, until = _moment(read), following.until or _moment(following)
            if following.grain == "day":
                until += timedelta(days=1)
            if until <= from_at and following.is_floating:
                until += timedelta(days=1)
            if from_at < until:
                found.append(
                    TimeSpan(start, end, self._zoned(from_at), self._zoned(until), read.grain)
                )
                return
        unsure.append(TimeAmbiguity(start, end, why or "range"))

    def _zoned(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone)


def _moment(read: _Read) -> datetime:
    if read.moment is not None:
        return read.moment
    return datetime.combine(read.on or date.min, read.at or time())


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
