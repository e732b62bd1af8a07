"""Spans of whole days that a report or a permission is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.planning import Language
from intents.extract.date_pieces import add_units
from intents.extract.dates import Dates
from intents.extract.letters import fold, guess_language
from intents.extract.numeric_dates import Order
from intents.extract.spans import DaySpan, Spans, unit_span
from intents.extract.time_starters import may_hold_time, starts
from intents.extract.time_tokens import cut


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `from_on` to `until_on`, both included; `label` is a stable name or the dates."""

    start: int
    end: int
    from_on: date
    until_on: date
    label: str


@dataclass(frozen=True, slots=True)
class Until:
    """The last day that something holds, or that it holds for good (`on` is None then)."""

    start: int
    end: int
    on: date | None
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class UnsureDate:
    """A place with a date that has two readings, such as `3/4`; ask, do not guess."""

    start: int
    end: int
    why: str


_UNTIL: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset(("until", "till", "til", "through", "thru", "ending", "expiring")),
    "es": frozenset(("hasta",)),
}
_ONLY: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset(("for", "only", "just")),
    "es": frozenset(("por", "durante", "solo", "para", "solamente", "unicamente")),
}
_LEADS: Final = {
    language: _UNTIL[language] | _ONLY[language] | {"to", "eom", "eoy", "eoq", "eow"}
    for language in _UNTIL
}
_NOT: Final = frozenset(("not", "no", "don't", "never", "isn't", "nunca"))
_FOR_GOOD: Final[dict[Language, tuple[tuple[str, ...], ...]]] = {
    "en": (("for", "good"), ("permanently",), ("permanent",), ("indefinitely",), ("forever",),
           ("from", "now", "on"), ("with", "no", "end", "date"), ("no", "end", "date"),
           ("without", "end", "date"), ("without", "an", "end", "date"), ("for", "ever")),
    "es": (("para", "siempre"), ("permanentemente",), ("permanente",), ("definitivamente",),
           ("indefinidamente",), ("sin", "fecha", "de", "fin"), ("de", "ahora", "en", "adelante"),
           ("sin", "fecha", "limite"), ("a", "partir", "de", "ahora")),
}  # fmt: skip
_FOR_GOOD_STARTS: Final = {
    language: frozenset(phrase[0] for phrase in phrases) for language, phrases in _FOR_GOOD.items()
}
_ENDS: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset(("end", "close")),
    "es": frozenset(("fin", "final", "finales", "fines", "cierre")),
}
_UNIT_ENDS: Final = {"eom": "month", "eoy": "year", "eoq": "quarter", "eow": "week"}
_UNITS: Final = {
    "week": "week", "month": "month", "quarter": "quarter", "year": "year", "semana": "week",
    "mes": "month", "trimestre": "quarter", "ano": "year",
}  # fmt: skip


def find_period(
    text: str, *, today: date, language: Language | None = None, order: Order = None
) -> Period | UnsureDate | None:
    """Find the days that a question is about; bare months and weekdays are the last ones.

    A day after "until" is no period. `order` is as in `find_times`.
    """
    return _find_period(_dates(text, today, language, order, past=True))


def find_days(
    folded: str, *, today: date, language: Language
) -> tuple[Until | UnsureDate | None, Period | UnsureDate | None]:
    """Find both in a text that is folded already; it is cut only once."""
    order: Order = "dmy" if language == "es" else None
    tokens = cut(folded)
    until = _find_until(Dates(tokens, today, language, order=order, past=False, strict=True))
    period = _find_period(Dates(tokens, today, language, order=order, past=True, strict=True))
    return until, period


def _find_period(dates: Dates) -> Period | UnsureDate | None:
    if not may_hold_time(dates.tokens, dates.language):
        return None
    spans = Spans(dates)
    i = 0
    while i < len(dates.tokens):
        if dates.word(i) in _UNTIL[dates.language]:
            i = _after_until(dates, spans, i)
            continue
        read = _period_at(dates, spans, i) if starts(dates.tokens[i], dates.language) else None
        if read is not None:
            start, end = dates.tokens[_skip_links(dates, i, read)].start, _end(dates, read.after)
            if read.why:
                return UnsureDate(start, end, read.why)
            return Period(start, end, read.from_on, read.until_on, read.label)
        i += 1
    return None


def find_until(
    text: str, *, today: date, language: Language | None = None, order: Order = None
) -> Until | UnsureDate | None:
    """Find until when something shall hold; bare dates are the next ones.

    "For two weeks" counts today as the first day. `order` is as in `find_times`.
    """
    return _find_until(_dates(text, today, language, order, past=False))


def _find_until(dates: Dates) -> Until | UnsureDate | None:
    spans = Spans(dates)
    for i in range(len(dates.tokens)):
        start = dates.tokens[i].start
        if (after := _for_good(dates, i)) is not None:
            return Until(start, _end(dates, after), None, for_good=True)
        if dates.word(i) not in _LEADS[dates.language]:
            continue
        try:
            read = _until_at(dates, spans, i)
        except (ValueError, OverflowError):
            continue
        if read is not None:
            after, on = read
            if isinstance(on, str):
                return UnsureDate(start, _end(dates, after), on)
            return Until(start, _end(dates, after), on)
    return None


def _dates(
    text: str, today: date, language: Language | None, order: Order, *, past: bool
) -> Dates:
    folded = fold(text)
    tongue = language or guess_language(folded)
    if order is None and tongue == "es":
        order = "dmy"
    return Dates(cut(folded), today, tongue, order=order, past=past, strict=True)


def _end(dates: Dates, after: int) -> int:
    return dates.tokens[after - 1].end


def _skip_links(dates: Dates, i: int, read: DaySpan) -> int:
    """Leave the "in" of "in October" out of the span."""
    while i < read.after - 1 and dates.word(i) in ("in", "for", "of", "during", "en", "durante"):
        i += 1
    return i


def _period_at(dates: Dates, spans: Spans, i: int) -> DaySpan | None:
    if dates.kinds[i] == "p":
        return None
    span = spans.at(i)
    if span is not None:
        return span
    day = dates.at(i)
    if day is None:
        return None
    if day.on is None:
        return DaySpan(day.after, dates.today, dates.today, "", day.why)
    label = {0: "today", -1: "yesterday"}.get((day.on - dates.today).days, str(day.on))
    return DaySpan(day.after, day.on, day.on, label)


def _after_until(dates: Dates, spans: Spans, i: int) -> int:
    """Pass over what "until" governs."""
    at = i + 1 + (dates.word(i + 1) in dates.tables.the)
    span, day = spans.at(at), dates.at(i + 1)
    return max(span.after if span else 0, day.after if day else 0, i + 1)


# Ends.


def _for_good(dates: Dates, i: int) -> int | None:
    if dates.word(i) not in _FOR_GOOD_STARTS[dates.language] or dates.word(i - 1) in _NOT:
        return None
    for phrase in _FOR_GOOD[dates.language]:
        after = i + len(phrase)
        if tuple(dates.words[i:after]) == phrase:
            return after
    return None


def _until_at(dates: Dates, spans: Spans, i: int) -> tuple[int, date | str] | None:
    """Read an end at token `i`: (index after, last day or the reason why it is open)."""
    word = dates.word(i)
    if word in _UNTIL[dates.language]:
        return _after_keyword(dates, spans, i + 1, through=word in ("through", "thru"))
    if word == "to" and dates.word(i + 1) == "the" and dates.word(i + 2) == "end":
        return _unit_end(dates, spans, i + 2)
    if word in _ONLY[dates.language]:
        return _lasting(dates, spans, i)
    if word in _UNIT_ENDS and dates.word(i - 1) in ("by", "to", "at"):
        return i + 1, unit_span(dates.today, _UNIT_ENDS[word], 0)[1]
    return None


def _after_keyword(
    dates: Dates, spans: Spans, i: int, *, through: bool
) -> tuple[int, date | str] | None:
    ended = _unit_end(dates, spans, i)
    if ended is not None:
        return ended
    day = dates.at(i)
    if day is not None:
        return day.after, day.on or day.why
    at = i + (dates.word(i) in dates.tables.the)
    span = spans.at(i) or spans.at(at) or spans.end(at)
    if span is None:
        return None
    # "Until December" may leave December out; "through December" may not.
    return span.after, span.why or (span.until_on if through else "start_or_end")


def _unit_end(dates: Dates, spans: Spans, i: int) -> tuple[int, date | str] | None:
    """Read "the end of the month", "month's end", "fin de mes", "EOM"."""
    d = dates
    if d.word(i) in _UNIT_ENDS:
        return i + 1, unit_span(d.today, _UNIT_ENDS[d.word(i)], 0)[1]
    at = i + (d.word(i) in ("the", "el"))
    unit = _UNITS.get(d.word(at).split("'")[0])
    if unit and (d.word(at + 1) == "end" or (d.word(at + 1) == "-" and d.word(at + 2) == "end")):
        return at + 2, unit_span(d.today, unit, 0)[1]
    if d.word(at) not in _ENDS[d.language]:
        return None
    at += 1
    if d.words[at : at + 2] == ["de", "semana"]:
        return at + 2, "start_or_end"  # until the weekend: it may be in or out
    at += d.word(at) in ("of", "de", "del")
    if (span := spans.at(at) or spans.sided(at)) is not None:
        return span.after, span.why or span.until_on
    at += d.word(at) in ("the", "la", "el", "this", "este", "esta")
    unit = _UNITS.get(d.word(at))
    if unit is None:
        return _named_end(spans, at)
    return at + 1, unit_span(d.today, unit, 0)[1]


def _named_end(spans: Spans, i: int) -> tuple[int, date | str] | None:
    """Read what an end is of: a month, a day."""
    span = spans.end(i)
    if span is None:
        return None
    return span.after, span.why or span.until_on


def _lasting(dates: Dates, spans: Spans, i: int) -> tuple[int, date | str] | None:
    """Read "for two weeks", "only this month", "por el resto del mes", "just for today"."""
    d = dates
    at = i + 1
    while d.word(at) in _ONLY[d.language]:
        at += 1
    if d.words[at : at + 2] == ["the", "next"] or d.words[at : at + 2] in (
        ["los", "proximos"],
        ["las", "proximas"],
    ):
        at += 2
    elif d.word(at) == "next" and d.number(at + 1):
        at += 1
    lasting = d.span(at)
    if lasting is not None and not lasting.minutes:
        if lasting.unit not in ("day", "week", "month", "year") or not lasting.count:
            return None
        return lasting.after, add_units(d.today, lasting.count, lasting.unit) - timedelta(days=1)
    rest = at + (d.word(at) in ("the", "el", "lo"))
    if d.word(rest) in ("rest", "remainder", "resto", "queda", "que"):
        return _rest(d, rest)
    day = d.at(at)
    if day is not None and day.on == d.today:
        return day.after, day.on
    span = spans.at(at)
    if span is None or span.label.startswith(("last_", "since_")):
        return None
    if span.why or span.from_on > d.today:
        return span.after, span.why or "starts_later"
    if not span.label.startswith("this_"):
        return None
    return span.after + (d.word(span.after) in ("only", "solo", "solamente")), span.until_on


def _rest(dates: Dates, i: int) -> tuple[int, date | str] | None:
    at = i + 1
    while dates.word(at) in ("of", "the", "this", "de", "del", "la", "este", "esta", "queda"):
        at += 1
    unit = _UNITS.get(dates.word(at))
    return (at + 1, unit_span(dates.today, unit, 0)[1]) if unit else None
