"""When a task is due: its time and its recurrence are cut out of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.planning import Language
from intents.extract.impossible import find_impossible
from intents.extract.letters import fold
from intents.extract.repeats import Repeat, find_repeat, find_too_often
from intents.extract.times import TimeSpan, find_times
from intents.sentence import Sentence

# A day alone means its beginning at work; a part of it means this hour.
_MORNING: Final = "09:00"
_PARTS: Final = {4: "06:00", 8: "09:00", 11: "12:00", 12: "15:00", 16: "18:00", 20: "21:00"}
_SPANISH_AFTERNOON: Final = "17:00"
_LEADS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:^|[\s,;.!-])(?:(?:at|by|on|in|for|from|around|about|before|until|till|this|starting|"
        r"later|first thing|(?<!is )(?<!are )(?<!be )(?<!'s )due|when it'?s|when it is|once "
        r"it'?s|as of|@|,|-)[\s]*)*$"
    ),
    "es": re.compile(
        r"(?:^|[\s,;.!-])(?:(?:a primera hora(?: del?)?|a|al|las|la|el|los|en|para|por|antes|de|"
        r"del|sobre|desde|hasta|"
        r"cuando (?:sea|sean)|a eso de|,|-)"
        r"[\s]*)*$"
    ),
}
_SPACE: Final = re.compile(r"\s+")
_EDGE: Final = " \t\n.,;:!?¿¡-–—\"'“”"
# "by 5" and "for 5" are hours where a task follows.
_BY_HOUR: Final = re.compile(
    r"^(?P<lead>\s*(?:for|by|before|around|about))(?= \d{1,2}(?::\d\d)?(?: to [a-z]|,|$))"
)
# What is no time of the clock: it is kept with the words, behind them.
_VAGUE: Final = re.compile(
    r"(?P<when>(?:(?:in|after) (?:a (?:few|couple(?: of)?)|several|some) (?:min(?:ute)?s|hours|"
    r"days|"
    r"weeks|months)|(?:after|before|during) (?:(?:the|my) )?(?:lunch|dinner|breakfast|work|school|"
    r"class|gym|standup|stand-up|meeting|call)|later(?: today| on| this week)?|soon|"
    r"one of these days|when i (?:have|get) (?:the )?(?:time|a (?:minute|moment|chance)))),? "
    r"(?:to|that|about) (?P<what>\S.*)"
    r"|(?P<when_es>(?:en (?:un rato|unos? (?:minutos|dias)|unas horas)|(?:despues|antes) de(?:l| "
    r"la| "
    r"mi)? ?(?:comer|cenar|comida|cena|trabajo|almuerzo|desayuno|clase|reunion)|luego|mas tarde|"
    r"pronto|cuando pueda|cuando tenga tiempo)),? (?:(?:que|de) )?(?P<what_es>\S.*)"
)
# "for 15 minutes" and "after a month" are said of a reminder as "in" is.
_IN: Final = re.compile(
    r"\b(?:for|after)(?= (?:an?|one|two|three|\d+|half an|ten|five|fifteen|twenty|thirty) "
    r"(?:min|minute|hour|hr|day|week|month)s?\b)"
)
_BEFORE: Final = re.compile(
    r"\b(?P<span>(?:an?|one|two|half an|\d+|five|ten|fifteen|twenty|thirty) "
    r"(?P<unit>min|mins|minutes?|hours?|hrs?|days?)) (?:before|ahead of|prior to)\b"
    r"|\b(?P<span_es>(?:una?|media|dos|\d+|cinco|diez|quince|veinte|treinta) "
    r"(?P<unit_es>min|minutos?|horas?|dias?)) antes de\b"
)
_BEFORE_IT: Final = re.compile(
    r"\s*(?P<span>(?:an?|one|two|half an|\d+|five|ten|fifteen|twenty|thirty) "
    r"(?P<unit>min|mins|minutes?|hours?|hrs?|days?)) (?:before|earlier|ahead|prior)"
    r"(?: (?:it|that|then|hand|the (?:meeting|call|appointment|event|flight|class)))?"
    r"|\s*(?P<span_es>(?:una?|media|dos|\d+|cinco|diez|quince|veinte|treinta) "
    r"(?P<unit_es>min|minutos?|horas?|dias?)) antes"
)
_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20,
    "thirty": 30, "una": 1, "un": 1, "dos": 2, "cinco": 5, "diez": 10, "quince": 15,
    "veinte": 20, "treinta": 30,
}  # fmt: skip
_DISTANCE: Final = re.compile(
    r"\d\s?(?:h|hrs?|hours?|mins?|minutes?|horas?|minutos?)\b|\b(?:hours?|horas?|minutes?|"
    r"minutos?)\b"
)
# What stands between the words that ask for a task and the task itself.
_CONNECTOR: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:[\s,;:.\"“-]*(?:(?:me |us )?to|2(?= (?:call|send|pay|buy|book|check|ask|email|get|"
        r"take|"
        r"do|make|go|pick|write|review|finish|submit|renew|order|text|meet)\b)|about|abt|re(?=:)|"
        r"of|that|for me to|for|called|named|titled|"
        r"saying|(?:for me )?(?:which|that) (?:says|reads)|again|please|i(?:'ve| have)? (?:got |"
        r"have |need )?to|"
        r"i (?:should|must)|we (?:need|have) to|to (?:alert|tell|remind|notify) me(?: to| of| "
        r"that)?)\b)*[\s,;:.\"“-]*"
    ),
    "es": re.compile(
        r"(?:[\s,;:.\"“-]*(?:a primera hora|que (?:diga|ponga|se llame)|de que|que|de|para que|"
        r"para|"
        r"sobre|q|llamad[oa]|titulad[oa]|con (?:el )?(?:nombre|titulo|texto)(?: de)?|"
        r"por favor|"
        r"tengo (?:que|q)|debo|hay que|lo de|acerca de|el tema de)\b)*[\s,;:.\"“-]*"
    ),
}
# What a time leaves behind that it was said with.
_DANGLING: Final = re.compile(r"(?: (?:a|at|on|by|for|in|the|an|el|la|las|en|para|de|del))+$")
_TRAILER: Final = re.compile(
    r"[\s.,;:!?-]*(?:\b(?:please|pls|plz|thx|ty|cheers|thanks|thank you|for me|por favor|porfa|"
    r"gracias|ok|okay|whenever|any ?time|sometime|at some point|no (?:rush|hurry)|"
    r"cuando (?:sea|puedas|quieras)|en (?:cualquier|algun) momento|algun dia|"
    r"sin (?:fecha|prisa))\b"
    r"[\s.,;:!?-]*)*$"
)


@dataclass(frozen=True, slots=True)
class When:
    """What is left of a text, and when that is due by the speaker's clock.

    `unclear` is what names a time that has two readings or is over.
    """

    text: str
    due_on: date | None = None
    clock: str | None = None
    repeat: Repeat | None = None
    minutes: int | None = None
    unclear: str = ""

    @property
    def is_timed(self) -> bool:
        """Whether anything is said about time."""
        return self.due_on is not None or self.repeat is not None or bool(self.unclear)


def cut_when(
    text: str, sentence: Sentence, language: Language, *, is_any_day: bool = False
) -> When:
    """Cut the time out of a text, and the words that only join it to the rest.

    With `is_any_day` an hour is one of whichever day, also where it is over today.
    """
    # "at 10: the report" is no time of ten hours and something.
    folded = _PART_FIRST[language].sub(
        lambda one: _THIS[language].rjust(len(one["lead"])) + one["part"],
        _COLON.sub(",", fold(text)),
    )
    if language == "en":
        lead = _BY_HOUR.match(folded)
        if lead is not None:
            folded = f"{'at'.rjust(lead.end())}{folded[lead.end() :]}"
    impossible = find_impossible(folded)
    if impossible is not None:
        kept = _bare(cut_out(text, [impossible], language), language)
        return When(kept, unclear=text[slice(*impossible)])
    repeat = find_repeat(folded, language)
    often = find_too_often(folded)
    if often is not None and (repeat is None or repeat.start >= often[0]):
        return When(_bare(cut_out(text, [often], language), language), unclear=text[slice(*often)])
    clock: str | None = None
    if repeat is not None:
        text = _blanked(text, repeat.start, repeat.end)
        clock = repeat.clock
        folded = _COLON.sub(",", fold(text))
    before = _BEFORE.search(folded)
    if before is not None:
        folded = _blanked(folded, *before.span())
    shifted = _IN.sub(lambda one: "in".ljust(len(one[0])), folded) if language == "en" else folded
    scan = shifted if len(shifted) == len(text) else folded
    # What repeats is at an hour, whichever hour it is now.
    found = _Found(scan, sentence, language, is_any_day=is_any_day or repeat is not None)
    spans, unclear = found.chosen(is_anywhere=before is not None)
    if unclear:
        return When(
            _bare(cut_out(text, [unclear], language), language), unclear=text[slice(*unclear)]
        )
    if before is not None:
        spans = [span for span in spans if span.grain in {"minute", "hour", "second"}][:1]
        at = spans[0].from_at - _length(before) if spans else None
        if at is None or at <= found.now:
            return When(_bare(text, language))
        places = [before.span()]
        # "before 3pm" is no name of anything, "before the 3pm call" is.
        if not folded[before.end() : spans[0].start].strip() and _ENDS_TIME.match(
            folded, spans[0].end
        ):
            places = [(before.start(), spans[0].end)]
        kept = cut_out(text, places, language)
        return When(_bare(kept, language), at.date(), f"{at:%H:%M}")
    places = [(span.start, span.end) for span in spans]
    ends = repeat is not None or any(not text[end:].strip(_EDGE) for _, end in places)
    left = _bare(cut_out(text, places, language), language, was_cut=ends)
    if not spans and repeat is None:
        left = _vague_last(left)
    if repeat is not None:
        span = spans[0] if spans else None
        if span is not None and span.grain in {"hour", "minute", "second"}:
            clock = _in_part(span.from_at.time(), repeat.clock)
        is_dated = span is not None and span.from_at.date() > found.now.date()
        is_dated = is_dated and bool(_DATED.search(scan[span.start : span.end])) if span else False
        on = span.from_at.date() if span is not None and is_dated else None
        return When(left, on, clock or _MORNING, repeat)
    if not spans:
        return When(left)
    due = _due(spans, found, scan, language)
    if due is None:
        return When(left, unclear=text[places[0][0] : places[0][1]].strip())
    return When(
        left,
        due.date(),
        f"{due:%H:%M}",
        minutes=_minutes(spans, found.now, scan[slice(*places[0])]),
    )


# "in the evening" by itself is this one.
_PART_FIRST: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"^(?P<lead>\s*in the )(?P<part>afternoon|evening)(?=,? (?:to|that|about)\b|$)"
    ),
    "es": re.compile(
        r"^(?P<lead>\s*por la )(?P<part>tarde|noche)(?=,? (?:que\b|de\b|lo\b|\w{2,}(?:ar|er|"
        r"ir)\b)|$)"
    ),
}
_THIS: Final[dict[Language, str]] = {"en": "this ", "es": "esta "}


def _in_part(at: time, part: str | None) -> str:
    """Return an hour as that of the part of the day that repeats: nine of "every evening"."""
    hour = at.hour
    if part is not None and part >= "15:00":
        is_late = part == _PARTS[20]
        if is_late and hour == 12:
            hour = 0
        elif (6 if is_late else 1) <= hour < 12:
            hour += 12
    return f"{hour:02}:{at.minute:02}"


_COLON: Final = re.compile(r":(?=\s|$)")
_DAY_NUMBER: Final = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)\b|\bthe \d{1,2}\b|\b(?:el|dia) \d{1,2}\b"
)
_HOUR: Final = re.compile(
    r"\d|\b(?:noon|midnight|mediodia|medianoche|morning|afternoon|evening|night|tarde|noche|"
    r"por la manana|hour|hora|minute|half|media)\b"
)
_DAY: Final = re.compile(
    r"\b(?:today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next|week|month|"
    r"days?|"
    r"in (?:\d+|an?|half)|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|"
    r"nov\w*|dec\w*|hoy|manana(?! a| por)|pasado|lunes|martes|miercoles|jueves|viernes|sabado|"
    r"domingo|semana|mes|dias?|dentro|en (?:\d+|una?|media)|enero|febrero|marzo|abril|mayo|junio|"
    r"julio|agosto|septiembre|octubre|noviembre|diciembre)\b|\d(?:st|nd|rd|th)\b|\d[/-]\d"
    r"|\bmanana\b"
)


def names_day(folded: str) -> bool:
    """Tell whether folded words of a time say which day: "on Friday", "in 2 hours"."""
    return _DAY.search(folded) is not None


def names_hour(folded: str) -> bool:
    """Tell whether folded words of a time say which hour: "at 11", "in the morning"."""
    return _HOUR.search(_DAY_NUMBER.sub("", folded)) is not None


_ENDS_TIME: Final = re.compile(r"\s*(?:$|[,.;:]|to\b|(?:para|que)\b)")
_DATED: Final = re.compile(r"[a-z]{3,}|\d[/.-]\d")


class _Found:
    """The times in a text that may say when something is due."""

    def __init__(
        self, text: str, sentence: Sentence, language: Language, *, is_any_day: bool
    ) -> None:
        context = sentence.context
        self.text = text
        self.language = language
        self.zone = context.zone
        self.now = context.now.astimezone(context.zone)
        if is_any_day:
            self.now = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        self.times = find_times(
            text, now=self.now, zone=context.zone, language=language, is_waking=True
        )

    def again(self, text: str) -> TimeSpan | None:
        """Read a text that says one time."""
        found = find_times(
            text, now=self.now, zone=self.zone, language=self.language, is_waking=True
        ).found
        return found[0] if len(found) == 1 else None

    def chosen(self, *, is_anywhere: bool) -> tuple[list[TimeSpan], tuple[int, int] | None]:
        """Return the times at the edges of the text, and a place there that has two readings."""
        unsure = [(x.start, x.end) for x in self.times.ambiguous if self._is_edge(x.start, x.end)]
        spans = [x for x in self.times.found if x.from_at > self.now or x.until_at is not None]
        spans = [x for x in spans if (x.until_at or x.from_at) > self.now or x.grain == "day"]
        if is_anywhere:
            return spans, None
        edges = [x for x in spans if self._is_edge(x.start, x.end)]
        if unsure and not edges:
            return [], unsure[0]
        if not edges:
            return [x for x in spans if self._is_led(x)][-1:], None
        kinds = {"day" if x.grain in {"day", "part"} else x.grain for x in edges}
        if len(edges) == 2 and "day" in kinds and kinds & {"hour", "minute"}:
            return edges, None
        first = [x for x in edges if self._is_at_start(x.start)]
        return (first or edges)[:1], None

    def _is_edge(self, start: int, end: int) -> bool:
        return self._is_at_start(start) or not self.text[end:].strip(_EDGE)

    def _is_at_start(self, start: int) -> bool:
        return _LEADS[self.language].sub("", self.text[:start]).strip(_EDGE) == ""

    def _is_led(self, span: TimeSpan) -> bool:
        """Whether a preposition of time stands before it: "by 11:30", not "my 12:00 call"."""
        before = self.text[: span.start].rstrip().rsplit(" ", 1)[-1]
        return before in {"at", "by", "on", "in", "a", "las", "el", "@"} or (
            span.grain == "day" and before not in {"my", "the", "mi", "la"}
        )


def _due(spans: list[TimeSpan], found: _Found, text: str, language: Language) -> datetime | None:
    """Return the local time that is meant; None if that is over."""
    span = spans[0]
    if len(spans) > 1:
        day = next((x for x in spans if x.grain in {"day", "part"}), None)
        hour = next((x for x in spans if x.grain in {"hour", "minute"}), None)
        if day is not None and hour is not None:
            link = " at " if language == "en" else " a las "
            joined = f"{text[day.start : day.end]}{link}{text[hour.start : hour.end]}"
            span = found.again(joined.replace(" at in ", " in ")) or hour
        else:
            span = spans[-1]
    now = found.now
    at = _moment(span, now, language)
    return at if at > now else None


def _moment(span: TimeSpan, now: datetime, language: Language) -> datetime:
    start = span.from_at
    if (start.hour, start.minute, start.second) == (23, 59, 59):
        # "End of day" is that of work, where it is still to come.
        ends = start.replace(hour=18, minute=0, second=0)
        return ends if ends > now else start.replace(second=0)
    if span.grain in {"second", "minute", "hour"} and span.until_at is None:
        # To the minute, and never before what was said.
        return (start + timedelta(seconds=59)).replace(second=0, microsecond=0)
    clock = _MORNING
    if span.grain == "part":
        clock = _PARTS.get(start.hour, _MORNING)
        if language == "es" and start.hour == 16:
            clock = _SPANISH_AFTERNOON
    elif span.grain in {"second", "minute", "hour"}:
        clock = f"{start:%H:%M}"
    hour, _, minute = clock.partition(":")
    at = start.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    if at <= now and at.date() == now.date():
        # Today, and the usual hour is over: in an hour or a little more.
        soon = now + timedelta(minutes=90)
        at = soon.replace(minute=soon.minute // 30 * 30, second=0, microsecond=0)
    return at


def _minutes(spans: list[TimeSpan], now: datetime, said: str) -> int | None:
    """Return how far off a time is that was said as a distance from now."""
    span = spans[0]
    if len(spans) > 1 or span.until_at is not None:
        return None
    away = (span.from_at - now).total_seconds()
    return round(away / 60) if _DISTANCE.search(said) else None


def before_it(folded: str, told: When) -> When | None:
    """Return the time "an hour before" the one that was told of; None if that is not said."""
    found = _BEFORE_IT.fullmatch(folded)
    if found is None or told.due_on is None or told.clock is None:
        return None
    at = datetime.combine(told.due_on, time.fromisoformat(told.clock)) - _length(found)
    return replace(told, due_on=at.date(), clock=f"{at:%H:%M}", minutes=None)


def _length(before: re.Match[str]) -> timedelta:
    words = (before["span"] or before["span_es"]).split()
    unit = before["unit"] or before["unit_es"]
    if words[0] in {"half", "media"}:
        return timedelta(minutes=30)
    count = _NUMBERS.get(words[0]) or int(words[0])
    if unit.startswith("m"):
        return timedelta(minutes=count)
    return timedelta(hours=count) if unit.startswith("h") else timedelta(days=count)


def _vague_last(text: str) -> str:
    """Put "after lunch" behind the task that it is said of: it is no time that can be kept."""
    found = _VAGUE.fullmatch(fold(text))
    if found is None:
        return text
    end = "" if found["when"] else "_es"
    when, what = (text[slice(*found.span(name + end))] for name in ("when", "what"))
    return f"{what} {when}"


def _blanked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def cut_out(text: str, places: list[tuple[int, int]], language: Language) -> str:
    """Take places out of a text, each with what leads to it: "on", "el"."""
    for start, end in sorted(places, reverse=True):
        folded = fold(text[:start])
        led = _LEADS[language].search(folded)
        begin = led.start() if led is not None else start
        text = f"{text[:begin]} {text[end:]}"
    return text


def _bare(text: str, language: Language, *, was_cut: bool = False) -> str:
    """Return a text without what joins it to the words before, and without courtesy after."""
    text = _SPACE.sub(" ", text).strip()
    folded = fold(text)
    joined = _CONNECTOR[language].match(folded)
    start = joined.end() if joined is not None else 0
    tail = _TRAILER.search(folded, start)
    end = tail.start() if tail is not None else len(text)
    dangling = _DANGLING.search(folded, start, end) if was_cut else None
    end = end if dangling is None else dangling.start()
    return text[start:end].strip(" \"“”'")
