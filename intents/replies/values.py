"""Find typed values in a reply: clock times, dates and counts, each as it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["time", "date", "duration", "number"]

NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        [
            "one un",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=1,
    )
    for word in words.split()
} | {
    word: number
    for number, word in enumerate(
        [
            "dos",
            "tres",
            "cuatro",
            "cinco",
            "seis",
            "siete",
            "ocho",
            "nueve",
            "diez",
            "once",
            "doce",
            "trece",
            "catorce",
            "quince",
        ],
        start=2,
    )
}
del NUMBER_WORDS["un"]
_COUNT = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_HOUR = rf"(?:\d{{1,2}}(?:[:.]\d\d)?|{_COUNT})"
_PART = r"(?:morning|afternoon|evening|night|ma[ñn]ana|tarde|noche)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|"
    r"junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
_DAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
_TIME = re.compile(
    rf"\b(?:(?:quarter|half|five|ten|twenty)\s+(?:past|to|till|after)\s+{_HOUR}"
    rf"(?:\s+(?:in the|at)\s+{_PART}|\s*[ap]\.?m\b\.?)?"
    rf"|{_PART}\s+(?:at\s+)?{_HOUR}(?:\s*[ap]\.?m\b\.?)?(?![\w/])"
    rf"|{_HOUR}\s*(?:[ap]\.?\s?m\b\.?|o['\"]?\s?clock)(?:\s+(?:in the|at|de la)\s+{_PART})?"
    rf"|{_HOUR}\s+(?:in the|at|de la)\s+{_PART}"
    r"|\d{1,2}:\d\d(?:\s*h(?:rs)?)?|(?:las|la)\s+\d{1,2}(?::\d\d)?|noon|midday|midnight|"
    r"mediod[ií]a)",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d\d-\d\d"
    rf"|(?:the\s+)?{_ORDINAL}\s+(?:of\s+)?(?:{_MONTH}|(?:this|next|the)\s+month)\b"
    rf"|\d{{1,2}}\s+(?:de\s+|of\s+)?{_MONTH}(?:\s+(?:de\s+)?\d{{4}})?\b"
    rf"|{_MONTH}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{4}}\b"
    rf"|the\s+{_ORDINAL}|{_ORDINAL}\b(?!\s+(?:st|street|ave|avenue|floor)\b)|"
    rf"el\s+(?:d[ií]a\s+)?\d{{1,2}}\b"
    r"|(?:the\s+)?day\s+after\s+tomorrow|later\s+today|today|tomorrow|tonight|"
    r"pasado\s+ma[ñn]ana|hoy"
    rf"|(?:next|this|coming|el pr[oó]ximo|este)\s+(?:{_DAY}|week|weekend|month|year|quarter)\b"
    rf"|{_DAY}\s+(?:next|this|of (?:next|this))\s+week\b|{_DAY}\b"
    r"|(?:the\s+)?end\s+of\s+(?:the|this|next)\s+(?:week|month|quarter|year)"
    r"|(?:el\s+)?fin(?:al)?\s+de(?:l| la)?\s+(?:semana|mes|trimestre|a[ñn]o)|fin de mes"
    r"|(?:la\s+)?(?:pr[oó]xima\s+)?semana que viene|\d{1,2}/\d{1,2}(?:/\d{2,4})?)(?!\w)",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"\b(?:(?:an?|half an?|una?|media|\d+|{_COUNT})\s+(?:and a half\s+)?(?:hours?|hrs?|"
    rf"minutes?|mins?|"
    r"horas?|minutos?|weeks?|months?|semanas?|mes(?:es)?))\b(?:\s+and a half)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<![\w.,:/-])[$€£]?\s?(?:\d+(?:[.,]\d+)*\s?[k€]?(?![\w:/])|(?:{_COUNT})\b)", re.IGNORECASE
)
# "One" is mostly a pronoun: it counts before a noun that is counted, or where a sentence ends.
_ONE = re.compile(
    r"(?:for|just|only|make (?:it|that)|need|want)\s+one(?:\s*[.,!]|\s*$|\s+(?:person|people|"
    r"ticket|seat|"
    r"room|adult|passenger|day|night|rider|guest))|^\s*one\s+(?:person|people|ticket|seat|room)"
    r"|\bone\s+(?:person|people|ticket|seat|room|adult|passenger|day|night|rider)",
    re.IGNORECASE,
)
_MAY_BE_NAMES = frozenset({"mar", "may", "sat", "sun", "mon", "wed", "dec", "un", "once"})


@dataclass(frozen=True, slots=True)
class Value:
    """A value as written, where it stands and what kind it is."""

    kind: Kind
    text: str
    start: int
    end: int


def find_values(text: str) -> tuple[Value, ...]:
    """The values of a text in order; a stretch is read once, dates and times before counts."""
    if not _MAY_HOLD.search(text):
        return ()
    found: list[Value] = []
    rest = text
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("time", _TIME),
        ("date", _DATE),
        ("duration", _DURATION),
        ("number", _NUMBER),
    )
    for kind, pattern in kinds:
        for match in pattern.finditer(rest):
            word = match[0].strip().lower()
            if word in _MAY_BE_NAMES or (word == "one" and not _ONE.search(text)):
                continue
            found.append(Value(kind, match[0].strip(" ."), match.start(), match.end()))
        for value in found:
            rest = rest[: value.start] + " " * (value.end - value.start) + rest[value.end :]
    return tuple(sorted(found, key=lambda value: value.start))


_MAY_HOLD = re.compile(
    rf"\d|\b(?:{_COUNT}|noon|midday|midnight|mediod|today|tonight|tomorrow|hoy|ma[ñn]ana|end of|"
    rf"fin|hours?|hrs?|minutes?|mins?|horas?|media|weeks?|months?|next|semanas?|mes|{_MONTH}|"
    rf"{_DAY})\b",
    re.IGNORECASE,
)


def kind_of(text: str) -> Kind | None:
    """What kind of value a whole text is; None for a name or anything else."""
    values = find_values(text.strip())
    if len(values) == 1 and len(values[0].text) >= len(text.strip()) - 4:
        return values[0].kind
    return "number" if text.strip().lower() in NUMBER_WORDS else None


def count_of(text: str) -> str:
    """A count in digits: "three" is "3"."""
    word = text.strip().lower()
    return str(NUMBER_WORDS[word]) if word in NUMBER_WORDS else text.strip("$€£ ")
