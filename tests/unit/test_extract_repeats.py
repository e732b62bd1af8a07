"""What people say of how often something comes back, and how it is told to them again."""

from __future__ import annotations

from datetime import date

import pytest

from bot.planning import Language
from bot.replies.repeats import repeats_text
from intents.extract.repeats import find_repeat, find_too_often

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("said", "language", "stored", "told"),
    [
        ("every weekday", "en", "week on mon,tue,wed,thu,fri at 09:00", "every weekday"),
        ("mondays and thursdays", "en", "week on mon,thu at 09:00", "every Monday and Thursday"),
        ("mon, wed and fri", "en", "week on mon,wed,fri at 09:00", None),
        ("every weekend", "en", "week on sat,sun at 09:00", None),
        ("every other friday", "en", "2 weeks on fri from 2026-11-18 at 09:00", None),
        ("fortnightly", "en", "2 weeks on wed from 2026-11-18 at 09:00", None),
        (
            "every first monday of the month",
            "en",
            "month on first mon at 09:00",
            "on the first Monday of every month",
        ),
        ("the second friday of each month", "en", "month on second fri at 09:00", None),
        ("every second friday of the month", "en", "month on second fri at 09:00", None),
        ("monthly on the last friday", "en", "month on last fri at 09:00", None),
        ("quarterly", "en", "3 months on 18 from 2026-11-18 at 09:00", None),
        (
            "once a year",
            "en",
            "12 months on 18 from 2026-11-18 at 09:00",
            "every year on 18 November",
        ),
        (
            "every 2 years",
            "en",
            "24 months on 18 from 2026-11-18 at 09:00",
            "every 2 years on 18 November",
        ),
        ("cada año", "es", "12 months on 18 from 2026-11-18 at 09:00", None),
        ("todos los años", "es", "12 months on 18 from 2026-11-18 at 09:00", None),
        ("anualmente", "es", "12 months on 18 from 2026-11-18 at 09:00", None),
        ("cada trimestre", "es", "3 months on 18 from 2026-11-18 at 09:00", None),
        ("cada primer lunes del mes", "es", "month on first mon at 09:00", None),
        (
            "el segundo martes de cada mes",
            "es",
            "month on second tue at 09:00",
            "el segundo martes de cada mes",
        ),
        ("los días 15 de cada mes", "es", "month on 15 at 09:00", "el día 15 de cada mes"),
        ("lunes y jueves", "es", "week on mon,thu at 09:00", None),
        ("los fines de semana", "es", "week on sat,sun at 09:00", None),
        ("cada dos lunes", "es", "2 weeks on mon from 2026-11-18 at 09:00", None),
    ],
)
def test_what_comes_back_is_read_as_it_is_said(
    said: str, language: Language, stored: str, told: str | None
) -> None:
    folded = said.replace("ñ", "n").replace("í", "i")
    found = find_repeat(folded, language)
    assert found is not None
    rule = str(found.rule("09:00", today=TODAY))
    assert rule == stored
    if told is not None:
        assert repeats_text(rule, language) == told


@pytest.mark.parametrize("said", ["every march 3rd", "every 3rd of march", "every year"])
def test_a_day_of_the_year_is_counted_from_where_it_stands(said: str) -> None:
    found = find_repeat(said, "en")
    assert found is not None
    rule = str(found.rule("09:00", today=TODAY, from_on=date(2027, 3, 3)))
    assert rule == "12 months on 3 from 2027-03-03 at 09:00"
    assert repeats_text(rule, "en") == "every year on 3 March"
    assert repeats_text(rule, "es") == "cada año el 3 de marzo"


@pytest.mark.parametrize(
    ("said", "language"),
    [("on friday", "en"), ("the mon report", "en"), ("el lunes y el martes", "es")],
)
def test_a_single_day_does_not_come_back(said: str, language: Language) -> None:
    assert find_repeat(said, language) is None


@pytest.mark.parametrize(
    "said",
    ["every hour", "hourly", "twice a week", "3 times a day", "cada hora", "dos veces al mes"],
)
def test_what_is_too_often_or_open_is_told_from_a_recurrence(said: str) -> None:
    assert find_too_often(said) == (0, len(said))
