"""How often something comes back: "every Monday", "cada dos semanas", "el día 1 de cada mes"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from bot.planning import Language
from bot.schedules.recurrence import (
    LAST,
    MONDAY_TO_FRIDAY,
    MOST_EVERY,
    Recurrence,
    Unit,
    daily,
    monthly,
    monthly_weekday,
    weekly,
)

_DAYS: Final = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "es": ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
}
_SHORT: Final = {
    "en": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "es": ("lun", "mar", "mie", "jue", "vie", "sab", "dom"),
}
_COUNTS: Final = {
    "other": 2, "second": 2, "two": 2, "three": 3, "third": 3, "four": 4, "five": 5, "six": 6,
    "ten": 10, "couple of": 2, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "diez": 10, "quince": 15,
}  # fmt: skip
# What is counted: quarters and years are so many months, so that a short one has its last day.
_UNITS: Final[dict[str, tuple[Unit, int]]] = {
    "day": ("day", 1), "week": ("week", 1), "fortnight": ("week", 2), "month": ("month", 1),
    "quarter": ("month", 3), "year": ("month", 12), "dia": ("day", 1), "semana": ("week", 1),
    "quincena": ("week", 2), "mes": ("month", 1), "mese": ("month", 1),
    "bimestre": ("month", 2), "trimestre": ("month", 3), "semestre": ("month", 6),
    "ano": ("month", 12),
}  # fmt: skip
_WEEKEND: Final = (5, 6)
# The usual hour of a part of the day.
_PARTS: Final = {
    "morning": "09:00", "noon": "12:00", "afternoon": "15:00", "evening": "18:00",
    "night": "21:00", "mananas": "09:00", "manana": "09:00", "tardes": "17:00",
    "tarde": "17:00", "noches": "21:00", "noche": "21:00",
}  # fmt: skip
_DAY_EN: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_FULL_EN: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAY_ES: Final = r"(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)"
_NTH_EN: Final = r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th)"
_NTH_ES: Final = r"(?:primer|segundo|tercer|cuarto|ultimo)[oa]?s?"
_MONTH_EN: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_ES: Final = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|"
    r"diciembre)"
)
_OF_EN: Final = r"(?: (?:of|in) (?:the|each|every|a) month)"
_OF_ES: Final = r"(?: (?:de cada|de todos los|del|de) mes(?:es)?)"
_AND_EN: Final = r"(?:\s*[,/&+]\s*(?:and\s+)?|\s+and\s+|\s+)(?:on )?"
_EN: Final = re.compile(
    rf"\b(?:(?P<two_weeks>(?:every|each) (?:other|second) (?P<two_day>{_FULL_EN}))\b(?!{_OF_EN})"
    rf"|(?:every|each|(?:on )?the) (?P<nth>{_NTH_EN}) (?P<nth_day>{_DAY_EN}){_OF_EN}"
    rf"|(?:every month|monthly),? (?:on )?the (?P<nth2>{_NTH_EN}) (?P<nth2_day>{_DAY_EN})"
    rf"|(?:every|each) (?P<nth3>first|last|1st) (?P<nth3_day>{_DAY_EN})"
    rf"|(?:every|each|on) (?P<days>{_DAY_EN}(?:{_AND_EN}{_DAY_EN})*)"
    rf"|(?P<plural>{_FULL_EN}s(?:{_AND_EN}{_FULL_EN}s)*)"
    rf"|(?P<short>{_DAY_EN}(?:{_AND_EN}{_DAY_EN}){{2,}})"
    r"|(?P<weekdays>(?:every|each) (?:week ?day|working day|work ?day|business day)s?"
    r"|(?:on )?week ?days|(?:from )?mon(?:day)? (?:to|through|thru|till|until) fri(?:day)?)"
    r"|(?P<weekend>(?:every|each) weekend|(?:on )?weekends)"
    rf"|(?P<last>(?:on )?the last day{_OF_EN}|every month ?end|(?:at )?the end of (?:each|every)"
    r" month)"
    r"|(?:on )?the (?P<month_day>\d{1,2})(?:st|nd|rd|th)? (?:of |day of )?(?:each|every|the) month"
    r"|(?:every|each) (?P<month_day3>\d{1,2})(?:st|nd|rd|th)(?: (?:day )?of (?:the|each) month)?\b"
    rf"(?! (?:of )?{_MONTH_EN}\b)"
    r"|(?:every month|monthly),? on the (?P<month_day2>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?:every|each) (?P<part>morning|afternoon|evening|night)"
    rf"|(?P<date>(?:every|each))(?= (?:{_MONTH_EN} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?! ?(?:am|"
    rf"pm|:))|(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH_EN}\b))"
    r"|(?:(?:of )?(?:every|each) |once (?:a|an|every|each|per) )"
    r"(?:(?P<count>\d{1,3}|other|second|two|three|third|four|five|six|ten|couple of) )?"
    r"(?P<unit>day|week|fortnight|month|quarter|year)s?(?: on (?P<on>" + _DAY_EN + r"))?"
    r"|(?P<adverb>daily|everyday|weekly|biweekly|bi-weekly|fortnightly|monthly|quarterly|yearly|"
    r"annually))\b"
)
_ES: Final = re.compile(
    rf"\b(?:cada (?P<two_weeks>dos|2) (?P<two_day>{_DAY_ES})"
    rf"|(?:(?:el|los|cada|todos los) )?(?P<nth>{_NTH_ES}) (?P<nth_day>{_DAY_ES}){_OF_ES}"
    rf"|(?:cada mes|mensualmente|todos los meses),? el (?P<nth2>{_NTH_ES}) (?P<nth2_day>{_DAY_ES})"
    rf"|cada (?P<nth3>{_NTH_ES}) (?P<nth3_day>{_DAY_ES})"
    rf"|(?:cada|todos los|los) (?P<days>{_DAY_ES}(?:(?:\s*,\s*|\s+y\s+|\s+)(?:los )?{_DAY_ES})*)"
    rf"|(?<!el )(?P<short>{_DAY_ES}(?:(?:\s*,\s*|\s+y\s+){_DAY_ES})+)"
    r"|(?P<weekdays>(?:cada dia|todos los dias|los dias|entre) (?:laborables?|laboral(?:es)?|"
    r"de semana|entre semana|habil(?:es)?)|entre semana|de lunes a viernes)"
    r"|(?P<weekend>(?:cada|los|todos los) fin(?:es)? de semana)"
    rf"|(?P<last>el ultimo dia{_OF_ES}|(?:cada|todos los) fin(?:es)? de mes|a fin(?:es)? de cada "
    rf"mes)"
    r"|(?:el |los |cada |todos los )?(?:dias? )?(?P<month_day>\d{1,2}) (?:de cada|de todos los) "
    r"mes(?:es)?"
    r"|(?:cada|los|todos los) dias? (?P<month_day3>\d{1,2})(?: del mes)?\b"
    r"|(?:cada mes|todos los meses|mensualmente),? el (?:dia )?(?P<month_day2>\d{1,2})"
    r"|(?:cada|todas las|por las) (?P<part>mananas?|tardes?|noches?)"
    rf"|(?P<date>cada|todos los)(?= \d{{1,2}} de {_MONTH_ES}\b)"
    r"|(?:(?:de )?(?:cada|todos los|todas las) |(?:una )?vez (?:al?|a la|por|cada) )"
    r"(?:(?P<count>\d{1,3}|dos|tres|cuatro|cinco|seis|diez|quince) )?"
    r"(?P<unit>dia|semana|quincena|mese?|bimestre|trimestre|semestre|ano)s?"
    r"(?: (?:el|los) (?P<on>" + _DAY_ES + r"))?"
    r"|(?P<adverb>diariamente|a diario|semanalmente|quincenalmente|mensualmente|bimestralmente|"
    r"trimestralmente|semestralmente|anualmente))\b"
)
_ADVERBS: Final[dict[str, str]] = {
    "daily": "day", "everyday": "day", "weekly": "week", "biweekly": "fortnight",
    "bi-weekly": "fortnight", "fortnightly": "fortnight", "monthly": "month",
    "quarterly": "quarter", "yearly": "year", "annually": "year", "diariamente": "dia",
    "a diario": "dia", "semanalmente": "semana", "quincenalmente": "quincena",
    "mensualmente": "mes", "bimestralmente": "bimestre", "trimestralmente": "trimestre",
    "semestralmente": "semestre", "anualmente": "ano",
}  # fmt: skip
_NTH: Final = {
    "fir": 1, "1st": 1, "sec": 2, "2nd": 2, "thi": 3, "3rd": 3, "fou": 4, "4th": 4, "las": LAST,
    "pri": 1, "seg": 2, "ter": 3, "cua": 4, "ult": LAST,
}  # fmt: skip
_HINT: Final = re.compile(
    r"\b(?:every|each|once|daily|(?:bi-?)?weekly|fortnightly|monthly|quarterly|yearly|annually|"
    r"weekdays|week days|weekends|of the month|cada|todos|todas|los|vez|diario|\w+mente|"
    r"laborables|semana|del? mes|de lunes|por las|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b"
    r"|\bmon(?:day)? (?:to|through|thru|till|until)"
    r"|(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:\W+(?:and )?|$)){3}"
    r"|(?<!el )\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)(?:, | y )[lmjvsd]"
)
# How often no recurrence can be: within a day, or so many times without saying when.
_TOO_OFTEN: Final = re.compile(
    r"\b(?:(?:every|each|once an?|per) (?:(?:\d{1,3}|few|half|other|two|three|five|ten|fifteen|"
    r"thirty|couple of) (?:an )?)?(?:hours?|min(?:ute)?s?|seconds)|hourly"
    r"|(?:twice|(?:two|three|four|several|\d{1,2}) times) (?:a|per|each|every|in a) "
    r"(?:day|week|month|year)|every (?:now and then|so often|few (?:days|weeks|months))"
    r"|(?:cada|por) (?:(?:\d{1,3}|dos|tres|media|cinco|diez|quince|treinta) )?(?:hora|minuto|"
    r"segundo)s?|(?:dos|tres|cuatro|varias|\d{1,2}) veces (?:al?|a la|por|cada) "
    r"(?:dia|semana|mes|ano)|cada (?:tanto|poco|cierto tiempo))\b"
)
_WORD: Final = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A recurrence that lacks its time of day, and where it stands in the text.

    `clock` is the usual hour of a part of the day where that is what repeats.
    """

    start: int
    end: int
    unit: Unit
    every: int = 1
    weekdays: tuple[int, ...] = ()
    month_day: int | None = None
    nth: int | None = None
    clock: str | None = None

    def rule(self, clock: str, *, today: date, from_on: date | None = None) -> Recurrence:
        """Return the recurrence by a time of day; what skips weeks counts from today on."""
        weekdays, month_day = self.weekdays, self.month_day
        begins = from_on or (today if self.every > 1 else None)
        first = from_on or today
        if self.unit == "week" and not weekdays:
            weekdays = (first.weekday(),)
        if self.unit == "month" and month_day is None and self.nth is None:
            month_day = first.day
        at = time.fromisoformat(clock)
        if self.unit == "day":
            return daily(at, every=self.every, from_on=begins)
        if self.unit == "week":
            return weekly(weekdays, at, every=self.every, from_on=begins)
        if self.nth is not None:
            return monthly_weekday(self.nth, weekdays[0], at, every=self.every, from_on=begins)
        return monthly(month_day or LAST, at, every=self.every, from_on=begins)


def find_too_often(folded: str) -> tuple[int, int] | None:
    """Return where a folded text says something comes back that no recurrence can say."""
    found = _TOO_OFTEN.search(folded)
    return None if found is None else found.span()


def find_repeat(folded: str, language: Language) -> Repeat | None:
    """Return what a folded text says about repetition, the first place; None for nothing."""
    if _HINT.search(folded) is None:
        return None
    found = (_EN if language == "en" else _ES).search(folded)
    if found is None:
        return None
    made = _read(found, language)
    if made is None:
        return None
    behind = re.compile(
        r" (?:in the (morning|afternoon|evening)|at (night|noon)|por la (manana|tarde|noche))\b"
    ).match(folded, found.end())
    if behind is not None and made.clock is None:
        part = next(group for group in behind.groups() if group)
        rest = folded[behind.end() : behind.end() + 4]
        if not rest.strip().startswith(("at", "a l")):
            made = replace(made, clock=_PARTS[part], end=behind.end())
    return made


def _read(found: re.Match[str], language: Language) -> Repeat | None:
    start, end = found.span()
    groups = found.groupdict()
    if groups["two_weeks"]:
        day = _weekday(groups["two_day"], language)
        return Repeat(start, end, "week", 2, weekdays=(day,))
    listed = groups["days"] or groups["short"] or groups.get("plural")
    if listed:
        if found[0].startswith("on ") and not listed.endswith("s"):
            return None  # "on Monday" is one of them
        days = tuple(sorted({_weekday(x, language) for x in _WORD.findall(listed)} - {-1}))
        return Repeat(start, end, "week", weekdays=days) if days else None
    if groups["weekdays"]:
        return Repeat(start, end, "week", weekdays=MONDAY_TO_FRIDAY)
    if groups["weekend"]:
        return Repeat(start, end, "week", weekdays=_WEEKEND)
    nth = next((x for x in ("nth", "nth2", "nth3") if groups[x]), None)
    if nth:
        day = _weekday(groups[f"{nth}_day"], language)
        return Repeat(start, end, "month", weekdays=(day,), nth=_NTH[groups[nth][:3]])
    if groups["last"]:
        return Repeat(start, end, "month", month_day=LAST)
    number = groups["month_day"] or groups["month_day2"] or groups["month_day3"]
    if number:
        return (
            Repeat(start, end, "month", month_day=int(number)) if 1 <= int(number) < 32 else None
        )
    if groups["part"]:
        return Repeat(start, end, "day", clock=_PARTS[groups["part"]])
    if groups["date"]:
        return Repeat(start, end, "month", 12)
    count = groups["count"] or "1"
    unit, size = _UNITS[_ADVERBS[groups["adverb"]] if groups["adverb"] else groups["unit"]]
    every = (_COUNTS.get(count) or int(count)) * size
    if not 1 <= every <= MOST_EVERY:
        return None
    on = (_weekday(groups["on"], language),) if groups["on"] else ()
    return Repeat(start, end, unit, every, weekdays=on if unit == "week" else ())


def _weekday(word: str, language: Language) -> int:
    for at, short in enumerate(_SHORT[language]):
        if word.startswith(short):
            return at
    return -1
