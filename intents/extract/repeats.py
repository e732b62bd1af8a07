"""How often something comes back: "every Monday", "cada dos semanas", "el día 1 de cada mes"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from bot.planning import Language
from bot.recurrence import LAST, MONDAY_TO_FRIDAY, Recurrence, Unit

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
    "ten": 10, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "diez": 10,
}  # fmt: skip
_UNITS: Final[dict[str, Unit]] = {
    "day": "day", "week": "week", "month": "month", "dia": "day", "semana": "week",
    "mes": "month", "mese": "month",
}  # fmt: skip
# The usual hour of a part of the day.
_PARTS: Final = {
    "morning": "09:00", "noon": "12:00", "afternoon": "15:00", "evening": "18:00",
    "night": "21:00", "mananas": "09:00", "manana": "09:00", "tardes": "17:00",
    "tarde": "17:00", "noches": "21:00", "noche": "21:00",
}  # fmt: skip
_DAY_EN: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_DAY_ES: Final = r"(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)"
_EN: Final = re.compile(
    rf"\b(?:(?:every|each|on) (?P<days>{_DAY_EN}(?:(?:\s*,\s*|\s*,?\s*(?:and|&)\s*){_DAY_EN})*)"
    r"|(?P<weekdays>(?:every|each) (?:week ?day|working day|work ?day|business day)"
    r"|(?:on )?week ?days|monday (?:to|through) friday)"
    r"|(?:every|each) (?P<nth>first|last|1st) (?P<nth_day>" + _DAY_EN + r")(?: of (?:the|each|"
    r"every) month)?"
    r"|(?:on )?the (?P<nth2>first|second|third|fourth|last) (?P<nth2_day>" + _DAY_EN + r") of "
    r"(?:each|every|the) month"
    r"|(?P<last>(?:on )?the last day of (?:each|every|the) month|every month end)"
    r"|(?:on )?the (?P<month_day>\d{1,2})(?:st|nd|rd|th)? (?:of |day of )?(?:each|every) month"
    r"|(?:every|each) (?P<month_day3>\d{1,2})(?:st|nd|rd|th) of (?:the|each) month"
    r"|every month on the (?P<month_day2>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?:every|each) (?P<part>morning|afternoon|evening|night)"
    r"|(?:every|each) (?:(?P<count>\d{1,3}|other|second|two|three|third|four|five|six|ten) )?"
    r"(?P<unit>day|week|month)s?(?: on (?P<on>" + _DAY_EN + r"))?"
    r"|(?P<adverb>daily|everyday|weekly|monthly))\b"
)
_ES: Final = re.compile(
    rf"\b(?:(?:cada|todos los|los) (?P<days>{_DAY_ES}(?:(?:\s*,\s*|\s+y\s+)(?:los )?{_DAY_ES})*)"
    r"|(?P<weekdays>(?:cada dia|todos los dias|los dias|entre) (?:laborables?|laboral|"
    r"entre semana|habil(?:es)?)|entre semana|de lunes a viernes)"
    r"|(?:el|cada) (?P<nth>primer|ultimo) (?P<nth_day>" + _DAY_ES + r") (?:de cada mes|del mes)"
    r"|(?P<last>el ultimo dia (?:de cada mes|del mes)|(?:cada|todos los) fin(?:es)? de mes)"
    r"|(?:el )?(?:dia )?(?P<month_day>\d{1,2}) de cada mes"
    r"|(?:cada mes|todos los meses) el (?:dia )?(?P<month_day2>\d{1,2})"
    r"|(?:cada|todas las|por las) (?P<part>mananas?|tardes?|noches?)"
    r"|(?:cada|todos los|todas las) (?:(?P<count>\d{1,3}|dos|tres|cuatro|cinco|seis|diez) )?"
    r"(?P<unit>dia|semana|mese?)s?(?: (?:el|los) (?P<on>" + _DAY_ES + r"))?"
    r"|(?P<adverb>diariamente|a diario|semanalmente|mensualmente))\b"
)
_ADVERBS: Final[dict[str, Unit]] = {
    "daily": "day", "everyday": "day", "weekly": "week", "monthly": "month",
    "diariamente": "day", "a diario": "day", "semanalmente": "week", "mensualmente": "month",
}  # fmt: skip
_NTH: Final = {
    "first": 1, "1st": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST, "primer": 1,
    "ultimo": LAST,
}  # fmt: skip
_HINT: Final = re.compile(
    r"\b(?:every|each|daily|weekly|monthly|weekdays|of the month|cada|todos|todas|los|diario|"
    r"diariamente|laborables|semanalmente|mensualmente|semana|del mes|de lunes|por las|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b|monday (?:to|through)"
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
        return Recurrence(
            self.unit, time.fromisoformat(clock), self.every, begins, None, weekdays, month_day,
            self.nth,
        )  # fmt: skip


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
    if groups["days"]:
        if found[0].startswith("on ") and not groups["days"].endswith("s"):
            return None  # "on Monday" is one of them
        if found[0].startswith("los ") and language != "es":
            return None
        days = tuple(sorted({_weekday(x, language) for x in _WORD.findall(groups["days"])} - {-1}))
        return Repeat(start, end, "week", weekdays=days) if days else None
    if groups["weekdays"]:
        return Repeat(start, end, "week", weekdays=MONDAY_TO_FRIDAY)
    nth = groups["nth"] or groups.get("nth2")
    if nth:
        day = _weekday(groups["nth_day"] or groups.get("nth2_day") or "", language)
        return Repeat(start, end, "month", weekdays=(day,), nth=_NTH[nth])
    if groups["last"]:
        return Repeat(start, end, "month", month_day=LAST)
    number = groups["month_day"] or groups["month_day2"] or groups.get("month_day3")
    if number:
        return (
            Repeat(start, end, "month", month_day=int(number)) if 1 <= int(number) < 32 else None
        )
    if groups["part"]:
        return Repeat(start, end, "day", clock=_PARTS[groups["part"]])
    if groups["adverb"]:
        return Repeat(start, end, _ADVERBS[groups["adverb"]])
    count = groups["count"] or "1"
    every = _COUNTS.get(count) or int(count)
    unit = _UNITS[groups["unit"]]
    if not 1 <= every <= 365:
        return None
    on = (_weekday(groups["on"], language),) if groups["on"] else ()
    return Repeat(start, end, unit, every, weekdays=on if unit == "week" else ())


def _weekday(word: str, language: Language) -> int:
    for at, short in enumerate(_SHORT[language]):
        if word.startswith(short):
            return at
    return -1
