"""Named days, by rule: a fixed day, the n-th weekday of a month, or a distance from Easter.

Only names that mean one day wherever they are used; "Mother's Day" moves from country to country
and is left to the asker.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

from bot.planning import Language


class Rule(NamedTuple):
    """`nth` 0 is the fixed `month`/`day`; otherwise weekday `day` (1 Monday), -1 the last.

    Month 0 counts `day` days from Easter. `plus` days are added in the end.
    """

    month: int
    day: int
    nth: int = 0
    plus: int = 0


_THANKSGIVING: Final = Rule(11, 4, 4)
_NAMES: Final[dict[Language, dict[str, Rule]]] = {
    "en": {
        "new year's day": Rule(1, 1), "new years day": Rule(1, 1), "new year": Rule(1, 1),
        "new year day": Rule(1, 1), "new year's": Rule(1, 1),
        "new year's eve": Rule(12, 31), "new years eve": Rule(12, 31),
        "new year eve": Rule(12, 31), "christmas": Rule(12, 25), "xmas": Rule(12, 25),
        "christmas day": Rule(12, 25), "christmas eve": Rule(12, 24), "xmas eve": Rule(12, 24),
        "boxing day": Rule(12, 26), "halloween": Rule(10, 31), "halloween day": Rule(10, 31),
        "valentine's day": Rule(2, 14), "valentines day": Rule(2, 14),
        "st patrick's day": Rule(3, 17), "saint patrick's day": Rule(3, 17),
        "st. patrick's day": Rule(3, 17), "april fools": Rule(4, 1),
        "april fool's day": Rule(4, 1),
        "april fools day": Rule(4, 1), "earth day": Rule(4, 22), "groundhog day": Rule(2, 2),
        "independence day": Rule(7, 4), "thanksgiving": _THANKSGIVING,
        "thanksgiving day": _THANKSGIVING, "black friday": Rule(11, 4, 4, 1),
        "cyber monday": Rule(11, 4, 4, 4), "labor day": Rule(9, 1, 1),
        "memorial day": Rule(5, 1, -1), "martin luther king day": Rule(1, 1, 3),
        "mlk day": Rule(1, 1, 3), "martin luther king jr day": Rule(1, 1, 3),
        "veterans day": Rule(11, 11), "veteran's day": Rule(11, 11),
        "columbus day": Rule(10, 1, 2),
        "presidents day": Rule(2, 1, 3), "president's day": Rule(2, 1, 3),
        "juneteenth": Rule(6, 19), "easter": Rule(0, 0), "easter sunday": Rule(0, 0),
        "easter day": Rule(0, 0), "easter monday": Rule(0, 1), "good friday": Rule(0, -2),
        "ash wednesday": Rule(0, -46), "palm sunday": Rule(0, -7), "all saints day": Rule(11, 1),
        "all saint's day": Rule(11, 1), "international workers day": Rule(5, 1),
        "women's day": Rule(3, 8), "international women's day": Rule(3, 8),
    },
    "es": {
        "navidad": Rule(12, 25), "dia de navidad": Rule(12, 25), "nochebuena": Rule(12, 24),
        "noche buena": Rule(12, 24), "noche vieja": Rule(12, 31), "nochevieja": Rule(12, 31),
        "fin de ano": Rule(12, 31), "ano nuevo": Rule(1, 1), "dia de ano nuevo": Rule(1, 1),
        "dia de reyes": Rule(1, 6), "reyes magos": Rule(1, 6), "san valentin": Rule(2, 14),
        "dia de san valentin": Rule(2, 14), "dia de los enamorados": Rule(2, 14),
        "dia de la tierra": Rule(4, 22), "dia del trabajo": Rule(5, 1),
        "dia del trabajador": Rule(5, 1), "dia de los trabajadores": Rule(5, 1),
        "halloween": Rule(10, 31), "dia de halloween": Rule(10, 31),
        "todos los santos": Rule(11, 1), "dia de todos los santos": Rule(11, 1),
        "dia de los muertos": Rule(11, 2), "dia de muertos": Rule(11, 2),
        "accion de gracias": _THANKSGIVING, "dia de accion de gracias": _THANKSGIVING,
        "viernes negro": Rule(11, 4, 4, 1), "domingo de pascua": Rule(0, 0),
        "viernes santo": Rule(0, -2), "jueves santo": Rule(0, -3),
        "miercoles de ceniza": Rule(0, -46), "domingo de ramos": Rule(0, -7),
        "dia de martin luther king": Rule(1, 1, 3), "dia de la mujer": Rule(3, 8),
        "dia de la hispanidad": Rule(10, 12), "dia de la constitucion": Rule(12, 6),
    },
}  # fmt: skip


def _keyed(names: dict[str, Rule]) -> dict[str, list[tuple[tuple[str, ...], Rule]]]:
    out: dict[str, list[tuple[tuple[str, ...], Rule]]] = {}
    for name, rule in names.items():
        parts = tuple(name.replace(".", " .").split())
        out.setdefault(parts[0], []).append((parts, rule))
    for rows in out.values():
        rows.sort(key=lambda row: -len(row[0]))
    return out


HOLIDAYS: Final = {language: _keyed(names) for language, names in _NAMES.items()}


def day_of(rule: Rule, year: int) -> date:
    """Return the day that a rule gives in a year."""
    if rule.month == 0:
        return _easter(year) + timedelta(days=rule.day)
    if rule.nth == 0:
        return date(year, rule.month, rule.day)
    return nth_weekday(year, rule.month, rule.day, rule.nth) + timedelta(days=rule.plus)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the n-th weekday (1 Monday) of a month, the last one for -1.

    Raises:
        ValueError: the month has no fifth one.
    """
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return date(year, month, 1 + (weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's method)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
