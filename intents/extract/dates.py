"""Single days in a sentence: written out, in digits, by weekday, by distance, by name."""

from __future__ import annotations

from datetime import date, timedelta

from bot.planning import Language
from intents.extract.date_pieces import Day, Span, add_units
from intents.extract.holidays import HOLIDAYS, day_of
from intents.extract.weekdays import Weekdays, in_week

_NEAR_DAYS: dict[Language, dict[str, int]] = {
    "en": {"next": 1, "following": 1, "previous": -1},
    "es": {"siguiente": 1, "anterior": -1, "proximo": 1, "previo": -1},
}


class Dates(Weekdays):
    """Reads days, the longest reading first."""

    def at(self, i: int) -> Day | None:
        """Read the day that starts at token `i`, the longest reading first."""
        # Kept: spans and their ends ask for the same day again.
        if i not in self._days:
            try:
                self._days[i] = self._at(i)
            except (ValueError, OverflowError):
                self._days[i] = None
        return self._days[i]

    def _at(self, i: int) -> Day | None:
        if self.kind(i) == "d":
            return self._numeric(i)
        return (
            self._offset(i)
            or self._week_and_weekday(i)
            or self._nth_weekday(i)
            or self._holiday(i)
            or self._weekday(i)
            or self._month_day(i)
            or self._day_word(i)
            or self._day_number(i)
        )

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

    def span(self, i: int) -> Span | None:
        """Read "3 days", "a week", "half an hour", "una hora y media"."""
        half = self._half(i)
        if half is not None:
            return half
        if self.word(i - 1) == "half":
            return None
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
        if words == ["half", "a", "year"]:
            return Span(i + 3, 6, "month")
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
                    return Day(end, in_week(moved.on, 0, read[1]))
        at = i + (self.word(i) == "the")
        if self.word(at) == "day" and self.word(at + 1) in ("before", "after"):
            return self._from_day(Span(at + 1, 1, "day"))
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
        at = i + (self.word(i) in ("el", "la"))
        if self.word(at) == "dia" and self.word(at + 1) in ("antes", "despues"):
            return self._spanish_from_day(Span(at + 1, 1, "day"))
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
