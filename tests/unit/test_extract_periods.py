from datetime import date

import pytest

from bot.planning import Language
from intents.extract.periods import Period, UnsureDate, Until, find_period, find_until

TODAY = date(2026, 11, 18)  # a Wednesday


def period(text: str, language: Language = "en") -> tuple[str, str] | str | None:
    found = find_period(text, today=TODAY, language=language)
    if isinstance(found, Period):
        return str(found.from_on), str(found.until_on)
    return found.why if found else None


def until(text: str, language: Language = "en") -> str | None:
    found = find_until(text, today=TODAY, language=language)
    if isinstance(found, Until):
        return "for good" if found.for_good else str(found.on)
    return found.why if found else None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("what did we spend today", "2026-11-18", "2026-11-18"),
        ("and yesterday?", "2026-11-17", "2026-11-17"),
        ("spend this week", "2026-11-16", "2026-11-22"),
        ("spend last week", "2026-11-09", "2026-11-15"),
        ("spend this month", "2026-11-01", "2026-11-30"),
        ("last month's spend", "2026-10-01", "2026-10-31"),
        ("this quarter", "2026-10-01", "2026-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("this year by team", "2026-01-01", "2026-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("what did Ana spend in October", "2026-10-01", "2026-10-31"),
        ("October 2025", "2025-10-01", "2025-10-31"),
        ("in December", "2025-12-01", "2025-12-31"),
        ("in november", "2026-11-01", "2026-11-30"),
        ("since 1 November", "2026-11-01", "2026-11-18"),
        ("since monday", "2026-11-16", "2026-11-18"),
        ("from 1 to 15 November", "2026-11-01", "2026-11-15"),
        ("between May 2 and May 9", "2026-05-02", "2026-05-09"),
        ("from 20 December to 5 January", "2025-12-20", "2026-01-05"),
        ("2026-11-01 to 2026-11-10", "2026-11-01", "2026-11-10"),
        ("from May to July", "2026-05-01", "2026-07-31"),
        ("the last 7 days", "2026-11-12", "2026-11-18"),
        ("past 30 days", "2026-10-20", "2026-11-18"),
        ("Q3 2026", "2026-07-01", "2026-09-30"),
        ("the fourth quarter of 2025", "2025-10-01", "2025-12-31"),
        ("month to date", "2026-11-01", "2026-11-18"),
        ("spend on friday", "2026-11-13", "2026-11-13"),
        ("the week of 5 October", "2026-10-05", "2026-10-11"),
        ("in 2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_english_periods(text: str, first: str, last: str) -> None:
    assert period(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("gasto de hoy", "2026-11-18", "2026-11-18"),
        ("¿y ayer?", "2026-11-17", "2026-11-17"),
        ("esta semana", "2026-11-16", "2026-11-22"),
        ("la semana pasada", "2026-11-09", "2026-11-15"),
        ("este mes", "2026-11-01", "2026-11-30"),
        ("el mes pasado", "2026-10-01", "2026-10-31"),
        ("este año", "2026-01-01", "2026-12-31"),
        ("en octubre", "2026-10-01", "2026-10-31"),
        ("desde el 1 de noviembre", "2026-11-01", "2026-11-18"),
        ("del 1 al 15 de noviembre", "2026-11-01", "2026-11-15"),
        ("entre el 2 y el 9 de mayo", "2026-05-02", "2026-05-09"),
        ("los últimos 7 días", "2026-11-12", "2026-11-18"),
        ("de mayo a julio", "2026-05-01", "2026-07-31"),
        ("tercer trimestre de 2026", "2026-07-01", "2026-09-30"),
    ],
)
def test_spanish_periods(text: str, first: str, last: str) -> None:
    assert period(text, "es") == (first, last)


@pytest.mark.parametrize("text", ["what may I spend", "give ana 200", "raise it until Friday", ""])
def test_a_sentence_without_a_period(text: str) -> None:
    assert period(text) is None


def test_a_date_with_two_readings_is_no_period() -> None:
    found = find_period("spend on 3/4", today=TODAY, language="en")
    assert found == UnsureDate(9, 12, "day_or_month")
    assert period("gasto del 3/4", "es") == ("2026-04-03", "2026-04-03")


def test_a_period_names_its_place_and_itself() -> None:
    text = "how much in October 2026, by team?"
    found = find_period(text, today=TODAY, language="en")
    assert isinstance(found, Period)
    assert text[found.start : found.end] == "October 2026"
    assert found.label == "2026-10"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("raise it to 250 until the end of the month", "2026-11-30"),
        ("until Friday", "2026-11-20"),
        ("till 30 November", "2026-11-30"),
        ("until Dec 5, 2027", "2027-12-05"),
        ("through December", "2026-12-31"),
        ("for two weeks", "2026-12-01"),
        ("for a day", "2026-11-18"),
        ("for this month only", "2026-11-30"),
        ("just for today", "2026-11-18"),
        ("for the rest of the quarter", "2026-12-31"),
        ("until the end of next month", "2026-12-31"),
        ("until the 30th", "2026-11-30"),
        ("until year's end", "2026-12-31"),
        ("for good", "for good"),
        ("make it permanent", "for good"),
    ],
)
def test_english_ends(text: str, day: str) -> None:
    assert until(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("sube a 250 hasta fin de mes", "2026-11-30"),
        ("hasta el 30 de noviembre", "2026-11-30"),
        ("hasta el viernes", "2026-11-20"),
        ("por dos semanas", "2026-12-01"),
        ("solo este mes", "2026-11-30"),
        ("solo por hoy", "2026-11-18"),
        ("por el resto del mes", "2026-11-30"),
        ("hasta finales de diciembre", "2026-12-31"),
        ("para siempre", "for good"),
    ],
)
def test_spanish_ends(text: str, day: str) -> None:
    assert until(text, "es") == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("until 3/4", "day_or_month"),
        ("until December", "start_or_end"),
        ("until next month", "start_or_end"),
        ("until wednesday", "today_or_next_week"),
        ("for next month", "starts_later"),
        ("until Friday, 24 November", "weekday_differs"),
    ],
)
def test_an_end_with_two_readings_is_reported(text: str, why: str) -> None:
    assert until(text) == why


@pytest.mark.parametrize(
    "text", ["for ana", "for 200", "up to 200", "hasta 200", "not permanently", "since monday"]
)
def test_a_sentence_without_an_end(text: str) -> None:
    assert until(text) is None
    assert until(text, "es") is None
