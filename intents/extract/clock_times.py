"""Times of day in a sentence, and which half of the day they mean."""

from __future__ import annotations

from datetime import time
from typing import Final, Literal, NamedTuple

from intents.extract.calendar_words import Part
from intents.extract.dates import Dates
from intents.extract.number_words import STARTERS, read_below_hundred

Half = Literal["", "am", "pm", "sure"]


class Hour(NamedTuple):
    """A time of day as written; `half` "sure" needs no am or pm, "" lacks it."""

    after: int
    hour: int
    minute: int = 0
    second: int = 0
    half: Half = ""
    part: Part = ""


_NOONS: Final = frozenset(("noon", "midday", "noontime", "noonish", "mediodia"))
_MIDNIGHTS: Final = frozenset(("midnight", "medianoche"))
_EN_AT: Final = frozenset(("at", "around", "about", "@", "approximately", "by", "before", "after"))
_PASTS: Final = {"past": 1, "after": 1, "to": -1, "till": -1, "of": -1, "before": -1}
_SURE_EVENINGS: Final = 7  # from this hour on "at 7" may be either half of the day


class Clock:
    """Reads times of day out of the tokens that `dates` holds."""

    def __init__(self, dates: Dates) -> None:
        self.d = dates
        self.spanish = dates.spanish

    def at(self, i: int, *, after_day: bool = False) -> Hour | None:
        """Read the time of day at token `i`; `after_day` lets a clock with a dot stand alone."""
        part = self.part(i)
        if part is not None:  # "in the morning at 7"
            hour = self.at(part[0], after_day=after_day)
            return hour._replace(part=part[1]) if hour and not hour.part else None
        start, introduced = self._introduced(i)
        hour = self._named(start) or self._relative(start)
        if hour is None:
            hour = self._digits(start, introduced=introduced, after_day=after_day)
        if hour is None:
            hour = self._spelled(start, introduced=introduced)
        return self._with_part(hour) if hour else None

    def _introduced(self, i: int) -> tuple[int, bool]:
        d = self.d
        if not self.spanish:
            skip = 0
            while d.raw(i + skip) in _EN_AT and skip < 2:
                skip += 1
            if d.word(i + skip) == "the" and d.word(i + skip + 1) in _NOONS | _MIDNIGHTS:
                return i + skip + 1, True
            return i + skip, skip > 0
        at = i
        if d.word(at) in ("sobre", "hacia") or d.words[at : at + 3] == ["a", "eso", "de"]:
            at += 3 if d.word(at) == "a" else 1
        if d.words[at : at + 2] == ["cerca", "de"]:
            at += 2
        if d.words[at : at + 2] == ["alrededor", "de"]:
            at += 2
        at += d.word(at) == "a"
        if d.word(at) in _NOONS | _MIDNIGHTS:
            return at, True
        if d.word(at) in ("las", "la") and at < len(d.tokens):
            return at + 1, True
        if d.word(at) in ("al", "el", "del") and d.word(at + 1) in _NOONS:
            return at + 1, True
        return (at, False) if at == i else (i, False)

    def _named(self, i: int) -> Hour | None:
        d = self.d
        if d.kind(i) == "n" and d.raw(i) == "12" and d.word(i + 1) in _NOONS | _MIDNIGHTS:
            i += 1
        if d.word(i) in _NOONS:
            return Hour(i + 1, 12, half="sure")
        if d.word(i) in _MIDNIGHTS:
            return Hour(i + 1, 0, half="sure")
        if d.word(i) == "media" and d.word(i + 1) == "noche":
            return Hour(i + 2, 0, half="sure")
        return None

    # Digits.

    def _digits(self, i: int, *, introduced: bool, after_day: bool) -> Hour | None:
        kind, raw = self.d.kind(i), self.d.raw(i)
        if kind == "c":
            parts = raw.split(":")
            second = int(float(parts[2])) if len(parts) > 2 else 0
            return self._marked(i + 1, parts[0], int(parts[1]), second)
        if kind == "f":
            marked = self._marked(i + 1, raw.split(".")[0], int(raw.split(".")[1]), 0)
            wanted = introduced or after_day or (marked and marked.half in ("am", "pm"))
            return marked if wanted else None
        if kind != "n" or len(raw) > 4 or (len(raw) == 3) or raw == "00":
            return None
        return self._whole(i, raw, introduced=introduced)

    def _whole(self, i: int, raw: str, *, introduced: bool) -> Hour | None:
        d = self.d
        if len(raw) == 4:
            hour = self._marked(i + 1, raw[:2], int(raw[2:]), 0)
            if not introduced or hour is None:
                return None
            # "At 1730" is no year; "by 2030" may be one.
            is_hour = d.word(i - 1) in ("at", "@") or d.raw(i - 1) == "@"
            is_hour = is_hour and not hour.minute % 5 and not self._counts(i + 1)
            return hour if is_hour or d.kind(i + 1) == "m" else None
        after = i + 1
        if d.word(after) in ("o'clock", "oclock", "ish", "h", "hrs", "hs"):
            introduced, after = introduced or d.word(after) != "hrs", after + 1
        elif self.spanish and d.word(after) == "horas" and introduced:
            after += 1
        marked = self._marked(after, raw, 0, 0)
        if marked is None:
            return None
        if self.spanish:
            joined = self._spanish_minutes(marked, introduced=introduced)
            if joined is not None:
                return joined
        if marked.half in ("am", "pm"):
            return marked
        if introduced:
            return None if self._counts(marked.after) else self._worded_minutes(marked)
        behind = self._part_ahead(marked.after) or self._day_part_ahead(marked.after)
        return marked if behind else None

    def _worded_minutes(self, hour: Hour) -> Hour:
        """Add the minutes of "4 thirty"."""
        d = self.d
        if self.spanish or hour.minute or hour.hour > 12 or d.word(hour.after) not in _MINUTES:
            return hour
        read = read_below_hundred(d.words, hour.after, "en")
        if read is None or not 10 <= read[1] < 60 or self._counts(read[0]):
            return hour
        return self._end(read[0], hour.hour, read[1])

    def _counts(self, i: int) -> bool:
        """Whether what follows makes the number a count: "at 5 dollars", "at 50%"."""
        d = self.d
        if d.raw(i) in ("%", "/", "-", "$", "€", "º", ":", "+"):
            return not (d.raw(i) == "-" and d.kind(i + 1) not in ("n", "c", "x"))
        if d.kind(i) in ("x", "n", "f", "c"):
            return True
        word = d.word(i)
        return word in d.tables.units or word in _COUNTED or word in d.tables.months

    def _marked(self, after: int, hour: str, minute: int, second: int) -> Hour | None:
        """Add the am or pm that follows; None for what no clock shows."""
        number = int(hour)
        if number > 24 or minute > 59 or second > 59 or (number == 24 and minute):
            return None
        d = self.d
        if d.kind(after) == "m":
            if number > 12 or not number:
                return (
                    None if number > 24 else Hour(after + 1, number % 24, minute, second, "sure")
                )
            half: Half = "am" if d.raw(after)[0] == "a" else "pm"
            return Hour(after + 1, number, minute, second, half)
        if d.word(after) in ("h", "hs", "hrs", "hours", "horas") and (minute or number > 12):
            after += 1
        sure = number > 12 or number == 0 or (len(hour) == 2 and hour[0] == "0")
        return Hour(after, number % 24, minute, second, "sure" if sure else "")

    # Words.

    def _spelled(self, i: int, *, introduced: bool) -> Hour | None:
        d = self.d
        if d.word(i) not in STARTERS[d.language]:
            return None
        read = read_below_hundred(d.words, i, d.language)
        if read is None or read[1] > 24:
            return None
        after, number = read
        if self.spanish:
            return self._spanish_minutes(
                self._end(after, number, 0), introduced=introduced, spelled=True
            )
        minute = 0
        at = after + (d.raw(after) == "-")
        if d.word(at) in STARTERS["en"] and number <= 12:
            minutes = read_below_hundred(d.words, at, "en")
            if minutes is not None and 10 <= minutes[1] < 60:
                after, minute = minutes
        clocked = d.word(after) in ("o'clock", "oclock")
        hour = self._end(after + clocked, number, minute)
        if hour.half in ("am", "pm") or clocked or self._part_ahead(hour.after):
            return hour
        return hour if introduced and not self._counts(hour.after) and number <= 12 else None

    def _end(self, after: int, number: int, minute: int) -> Hour:
        return self._marked(after, str(number), minute, 0) or Hour(after, number, minute)

    def _relative(self, i: int) -> Hour | None:
        """Read "half past seven", "quarter to 8", "8 min past eight", "cuarto para las ocho"."""
        d = self.d
        at = i + (d.word(i) == "a")
        minutes: int | None = {"half": 30, "quarter": 15, "cuarto": 15}.get(d.word(at))
        if minutes is None:
            read = d.number(at)
            if read is None or not 1 <= read[1] < 60:
                return None
            counted = d.word(read[0]) in ("min", "mins", "minute", "minutes", "minutos")
            if not counted and self._may_be_range(at, read[1], read[0]):
                return None
            at, minutes = read[0] - 1 + counted, read[1]
        if self.spanish:
            if d.words[at + 1 : at + 3] not in (["para", "las"], ["para", "la"]):
                return None
            sign, at = -1, at + 3
        else:
            base = self._base_hour(at + 1) if d.word(at) == "half" else None
            if base is not None and (d.word(i - 1) in _EN_AT or base.half in ("am", "pm")):
                return base._replace(minute=30)  # "at half 5": half past it
            sign, at = _PASTS.get(d.word(at + 1), 0), at + 2
        base = self._base_hour(at) if sign else None
        if base is None:
            return None
        total = (base.hour * 60 + sign * minutes) % (24 * 60 if base.half == "sure" else 12 * 60)
        hour = total // 60 or (12 if base.half != "sure" else 0)
        half = base.half
        if base.hour == 12 and sign < 0 and half in ("am", "pm"):
            half = "pm" if half == "am" else "am"
        return Hour(base.after, hour, total % 60, 0, half)

    def _may_be_range(self, i: int, minutes: int, after: int) -> bool:
        """Whether "5 to 7" may be two hours: it is a clock time after "at" or "it's" only."""
        if self.d.word(after) not in ("to", "till") or minutes > 12:
            return False
        return self.d.word(i - 1) not in ("at", "it's", "is", "its", "by") or minutes % 5 != 0

    def _base_hour(self, i: int) -> Hour | None:
        d = self.d
        named = self._named(i)
        if named is not None:
            return named
        read = d.number(i)
        if read is None or not 1 <= read[1] <= 12 or self._counts(read[0]):
            return None
        return self._end(read[0] + (d.word(read[0]) == "o'clock"), read[1], 0)

    # Spanish minutes.

    def _spanish_minutes(
        self, hour: Hour, *, introduced: bool, spelled: bool = False
    ) -> Hour | None:
        """Add "y media", "menos cuarto", "y veinte"; None when nothing says it is a time."""
        d, after, minute = self.d, hour.after, hour.minute
        base = hour.hour
        joined = d.word(after) in ("y", "menos", "con") and not minute
        named = {"media": 30, "cuarto": 15}.get(d.word(after + 1)) if joined else None
        read = d.number(after + 1) if joined and named is None else None
        if joined and read is not None and 1 <= read[1] < 60 and (introduced or spelled):
            named, after = read[1], read[0] - 2
            after += d.word(after + 2) in ("minuto", "minutos")
        if joined and named is not None:
            minute = named
            after += 2
            if d.word(hour.after) == "menos":
                base, minute = (base - 1) % 24 or 12, 60 - named
        elif spelled and d.word(after) in STARTERS["es"]:
            read = read_below_hundred(d.words, after, "es")
            if read is not None and 10 <= read[1] < 60:
                after, minute = read
        if d.words[after : after + 2] == ["en", "punto"]:
            introduced, after = True, after + 2
        ended = self._marked(after, str(base), minute, 0)
        if ended is None:
            return None
        if named is None and not (introduced or hour.half in ("am", "pm")):
            sure = ended.half in ("am", "pm") or self._part_ahead(ended.after)
            return ended if sure else None
        if (
            named is not None
            and not introduced
            and not (
                named in (15, 30) or self._part_ahead(ended.after) or ended.half in ("am", "pm")
            )
        ):
            return None
        if hour.half in ("am", "pm", "sure"):
            ended = ended._replace(half=hour.half)
        return None if self._counts(ended.after) else ended

    # Parts of the day.

    def _part_ahead(self, i: int) -> bool:
        return self.part(i) is not None

    def _day_part_ahead(self, i: int) -> bool:
        """Whether "tonight" or "tomorrow morning" follows, as in "8 tonight"."""
        word, after = self.d.word(i), self.d.word(i + 1)
        return word in ("tonight", "tonite") or (
            word in ("this", "tomorrow", "yesterday") and after in self.d.tables.parts
        )

    def part(self, i: int) -> tuple[int, Part] | None:
        """Read "in the morning", "de la tarde": (index after, part)."""
        d = self.d
        leads: tuple[list[str], ...]
        if self.spanish:
            leads = (["de", "la"], ["por", "la"], ["en", "la"], ["del"], ["de"])
        else:
            leads = (["in", "the"], ["at"], ["during", "the"], ["of", "the"])
        for lead in leads:
            after = i + len(lead)
            if d.words[i:after] != lead:
                continue
            part = d.tables.parts.get(d.word(after))
            if part is not None and (lead != ["at"] or part == "night"):
                return after + 1, part
        return None

    def _with_part(self, hour: Hour) -> Hour:
        part = self.part(hour.after)
        return hour._replace(after=part[0], part=part[1]) if part else hour


# Minutes that people write behind the digits of an hour.
_MINUTES: Final = frozenset(("ten", "fifteen", "twenty", "thirty", "forty", "fourty", "fifty"))
_COUNTED: Final = frozenset(
    ("dollars", "dollar", "usd", "euros", "eur", "bucks", "percent", "cents", "people", "times",
     "dolares", "veces", "personas", "pesos", "k", "st", "nd", "rd", "th", "million", "thousand",
     "mil", "millones", "hundred", "or", "of", "por", "more", "less", "each", "per")
)  # fmt: skip


def settle(hour: Hour, part: Part) -> time | str:
    """Return the time of day, or the reason why it has two readings."""
    number = hour.hour
    part = hour.part or part
    if hour.half == "am" or (hour.half == "pm"):
        number = number % 12 + (12 if hour.half == "pm" else 0)
    elif hour.half == "":
        if part:
            settled = _in_part(number, part)
        elif 1 <= number < _SURE_EVENINGS:
            settled = number + 12
        else:
            settled = None
        if settled is None:
            return "noon_or_midnight" if number == 12 else "morning_or_evening"
        number = settled
    return time(number % 24, hour.minute, hour.second)


def _in_part(hour: int, part: Part) -> int | None:
    if part in ("morning", "dawn"):
        return hour if hour < 12 else (0 if part == "dawn" else None)
    if part == "noon":
        return hour if hour > 10 else hour + 12
    if part == "afternoon":
        return 12 if hour == 12 else hour + 12
    if part == "night" and hour < 5:
        return hour
    return 0 if hour == 12 else hour + 12
