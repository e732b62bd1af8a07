"""Words of the calendar and the clock, English and Spanish, folded (lower case, no accents)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from bot.planning import Language
from intents.extract.letters import words

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
Part = Literal["", "morning", "afternoon", "evening", "night", "dawn", "noon"]


def _numbered(*rows: str) -> dict[str, int]:
    return {word: n for n, row in enumerate(rows, start=1) for word in words(row)}


@dataclass(frozen=True, slots=True)
class Tables:
    """The words of one language."""

    months: dict[str, int]
    weekdays: dict[str, int]
    weak_weekdays: frozenset[str]
    ordinals: dict[str, int]
    units: dict[str, Unit]
    days: dict[str, int]
    parts: dict[str, Part]
    after_rels: dict[str, int]
    every: frozenset[str]
    the: frozenset[str]
    of: frozenset[str]
    at: frozenset[str]


_EN: Final = Tables(
    months=_numbered(
        "january jan", "february feb febr", "march mar", "april apr", "may", "june jun",
        "july jul", "august aug", "september sep sept", "october oct", "november nov",
        "december dec",
    ),
    weekdays=_numbered(
        "monday mon", "tuesday tue tues", "wednesday wed weds", "thursday thu thur thurs",
        "friday fri", "saturday sat", "sunday sun",
    ),
    weak_weekdays=frozenset(words("mon sat sun wed")),
    ordinals=_numbered(
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth twelveth", "thirteenth", "fourteenth", "fifteenth",
        "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ) | {"thirtieth": 30, "last": -1},
    units={
        "second": "second", "seconds": "second", "sec": "second", "secs": "second",
        "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute",
        "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour", "h": "hour",
        "day": "day", "days": "day", "week": "week", "weeks": "week", "wk": "week",
        "wks": "week", "month": "month", "months": "month", "year": "year", "years": "year",
        "yr": "year", "yrs": "year",
    },
    days={
        "today": 0, "tomorrow": 1, "tommorow": 1, "tomorow": 1, "tommorrow": 1, "tmr": 1,
        "tmrw": 1, "tmw": 1, "yesterday": -1,
    },
    parts={
        "morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night",
        "mornings": "morning",
    },
    after_rels={"next": 1, "last": -1, "this": 0, "coming": 1, "past": -1, "previous": -1},
    every=frozenset(words("every each all")),
    the=frozenset(("the",)),
    of=frozenset(("of", "in")),
    at=frozenset(("at", "around", "about", "by", "@")),
)  # fmt: skip

_ES: Final = Tables(
    months=_numbered(
        "enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun",
        "julio jul", "agosto ago", "septiembre setiembre sep sept set", "octubre oct",
        "noviembre nov", "diciembre dic",
    ),
    weekdays=_numbered(
        "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"
    ),
    weak_weekdays=frozenset(),
    ordinals=_numbered(
        "primero primer primera", "segundo segunda", "tercero tercer tercera", "cuarto cuarta",
        "quinto quinta",
    ) | {"ultimo": -1, "ultima": -1},
    units={
        "segundo": "second", "segundos": "second", "seg": "second", "minuto": "minute",
        "minutos": "minute", "min": "minute", "mins": "minute", "hora": "hour",
        "horas": "hour", "h": "hour", "dia": "day", "dias": "day", "semana": "week",
        "semanas": "week", "mes": "month", "meses": "month", "ano": "year", "anos": "year",
    },
    days={"hoy": 0, "manana": 1, "ayer": -1, "anteayer": -2, "antier": -2, "antayer": -2},
    parts={
        "manana": "morning", "tarde": "afternoon", "noche": "night", "madrugada": "dawn",
        "mediodia": "noon", "tardes": "afternoon",
    },
    after_rels={
        "proximo": 1, "proxima": 1, "siguiente": 1, "pasado": -1, "pasada": -1, "anterior": -1,
        "ultimo": -1, "este": 0, "esta": 0,
    },
    every=frozenset(words("cada todos todas")),
    the=frozenset(("el", "la", "los")),
    of=frozenset(("de", "del", "do", "en")),
    at=frozenset(("a", "las", "la", "sobre")),
)  # fmt: skip

TABLES: Final[dict[Language, Tables]] = {"en": _EN, "es": _ES}

# Any month of either language, for dates such as 05-Aug-2016 whose language nothing else tells.
MONTH_NAMES: Final = _EN.months | _ES.months
