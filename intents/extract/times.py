"""Points and spans of time in a sentence, resolved for somebody who speaks now and here.

Bare dates are the next ones, as a reminder means them. What has two readings (`3/4`, "at 8"
without morning or evening) is reported as ambiguous and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.planning import Language
from intents.extract.dates import Dates
from intents.extract.letters import fold, guess_language
from intents.extract.number_words import STARTERS
from intents.extract.numeric_dates import Order
from intents.extract.time_reads import Grain, Read, TimeReader
from intents.extract.time_starters import may_hold_time, starts
from intents.extract.time_tokens import cut


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
    "today_or_next_week", "this_week_or_other", "past_or_future", "two_times" or
    "range".
    """

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Times:
    """What a sentence says about time, in the order of the text."""

    found: tuple[TimeSpan, ...] = ()
    ambiguous: tuple[TimeAmbiguity, ...] = ()


NOTHING: Final = Times()


def find_times(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    language: Language | None = None,
    order: Order = None,
    is_waking: bool = False,
) -> Times:
    """Find the times in `text`.

    Args:
        text: one message, as typed.
        now: an aware time; "tomorrow" is the day after it in `zone`.
        zone: the speaker's time zone.
        language: the language of the sentence; guessed when None.
        order: "mdy" or "dmy" for dates such as 3/4. Spanish writes days first; an English
            sentence may come from either side of the Atlantic, so that without this it is asked.
        is_waking: "at 8" is an hour of the morning, or this evening's where that is over,
            and "friday 9" an hour: for what is shown before anything follows from it.
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
    return _Scan(dates, local, zone, is_waking=is_waking).run()


_UNTILS: Final = frozenset(("until", "till", "through", "thru", "hasta"))
_RANGE_LINKS: Final = frozenset(("-", "to")) | _UNTILS
_RANGE_OPENERS: Final = frozenset(("from", "between", "de", "del", "desde", "entre"))


class _Scan:
    """One pass over one sentence, and its readings put on the time line."""

    def __init__(self, dates: Dates, now: datetime, zone: ZoneInfo, *, is_waking: bool) -> None:
        self.d = dates
        self.reader = TimeReader(dates, now, zone, is_waking=is_waking)
        self.zone = zone
        self.language: Language = dates.language

    def run(self) -> Times:
        """Read from left to right; what was read once is not read again."""
        d = self.d
        reads: list[Read] = []
        i = 0
        while i < len(d.tokens):
            if not starts(d.tokens[i], self.language):
                i += 1
                continue
            if d.words[i] in d.tables.every or self._is_plural_day(i):
                skipped = self.reader.skip_set(i)
                if skipped:
                    i = skipped
                    continue
            try:
                read = self.reader.read(i)
            except (OverflowError, ValueError):  # "in 9999 years": outside the calendar
                read = None
            if read is not None and d.word(read.after) not in d.tables.every:
                reads.append(read)
            i = max(read.after if read else 0, i + 1)
        return self._placed(reads)

    def _is_plural_day(self, i: int) -> bool:
        """Whether "los lunes" or "los sábados" stands here."""
        d = self.d
        return d.words[i] == "los" and (
            d.weekday(i + 1) is not None or d.word(i + 1) in ("sabados", "domingos")
        )

    def _placed(self, reads: list[Read]) -> Times:
        found: list[TimeSpan] = []
        unsure: list[TimeAmbiguity] = []
        skip = False
        for n, read in enumerate(reads):
            if skip:
                skip = False
                continue
            start, end = self.d.tokens[read.first].start, self.d.tokens[read.after - 1].end
            start = self._trimmed(read)
            following = reads[n + 1] if n + 1 < len(reads) else None
            if following is not None and self._are_range(read, following):
                skip = True
                end = self.d.tokens[following.after - 1].end
                self._place_range(read, following, start, end, found, unsure)
            elif following is not None and self._are_one(read, following):
                skip = True
                end = self.d.tokens[following.after - 1].end
                unsure.append(TimeAmbiguity(start, end, "two_times"))
            elif read.why:
                unsure.append(TimeAmbiguity(start, end, read.why))
            elif self._is_half_range(read):
                unsure.append(TimeAmbiguity(start, end, "range"))
            else:
                from_at = self._zoned(_moment(read))
                until = self._zoned(read.until) if read.until else None
                found.append(TimeSpan(start, end, from_at, until, read.grain))
        return Times(tuple(found), tuple(unsure))

    def _trimmed(self, read: Read) -> int:
        """Leave "at" and its like out of the span."""
        i = read.first
        leads = ("at", "@", "around", "about") if self.language == "en" else ("a", "las")
        while i < read.after - 1 and self.d.words[i] in leads:
            i += 1
        return self.d.tokens[i].start

    def _are_range(self, read: Read, following: Read) -> bool:
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

    def _are_one(self, read: Read, following: Read) -> bool:
        """Whether two readings stand side by side, as in "a year ago today": not two times."""
        gap = following.first - read.after
        return gap == 0 or (gap == 1 and self.d.word(read.after) in ("on", "el"))

    def _is_half_range(self, read: Read) -> bool:
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
        word = d.word(i)
        return word in STARTERS[self.language] or word in d.tables.ordinals | d.tables.weekdays

    def _place_range(
        self,
        read: Read,
        following: Read,
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


def _moment(read: Read) -> datetime:
    if read.moment is not None:
        return read.moment
    return datetime.combine(read.on or date.min, read.at or time())
