from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.planning import Language
from intents.extract.impossible import find_impossible
from intents.extract.times import Times, find_times

MADRID = ZoneInfo("Europe/Madrid")
# A Wednesday, 15:30 in Madrid.
NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)


def times(text: str, language: Language = "en", order: str | None = None) -> Times:
    return find_times(text, now=NOW, zone=MADRID, language=language, order=order)


def read(text: str, language: Language = "en", order: str | None = None) -> list[str]:
    """What was found, as local times to the minute; spans as "from / until"."""
    return [
        f"{t.from_at:%Y-%m-%d %H:%M}" + (f" / {t.until_at:%Y-%m-%d %H:%M}" if t.until_at else "")
        for t in times(text, language, order).found
    ]


def reasons(text: str, language: Language = "en") -> list[str]:
    return [a.why for a in times(text, language).ambiguous]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("remind me today", "2026-11-18"),
        ("do it tomorrow", "2026-11-19"),
        ("the day after tomorrow", "2026-11-20"),
        ("it was yesterday", "2026-11-17"),
        ("we start on 5 August 2027", "2027-08-05"),
        ("we start on Aug 5", "2027-08-05"),
        ("we start Aug. 5th, 2028", "2028-08-05"),
        ("on 09-Dec-2026", "2026-12-09"),
        ("due 2026-11-30", "2026-11-30"),
        ("due 30/11", "2026-11-30"),
        ("due 11/30", "2026-11-30"),
        ("on 24.12.2026", "2026-12-24"),
        ("the twenty first of march", "2027-03-21"),
        ("June the third, nineteen ninety five", "1995-06-03"),
        ("on the 25th", "2026-11-25"),
        ("by the 3rd, please", "2026-12-03"),
        ("on friday", "2026-11-20"),
        ("this friday", "2026-11-20"),
        ("next friday", "2026-11-27"),
        ("next monday", "2026-11-23"),
        ("last monday of june 2027", "2027-06-28"),
        ("the 2nd of next month", "2026-12-02"),
        ("the day after Christmas", "2026-12-26"),
        ("the second tuesday of december", "2026-12-08"),
        ("friday next week", "2026-11-27"),
        ("next week on tuesday", "2026-11-24"),
        ("Sunday the 29th", "2026-11-29"),
        ("in 3 days", "2026-11-21"),
        ("in a fortnight or so, two weeks ago", "2026-11-04"),
        ("a month from now", "2026-12-18"),
        ("three weeks before Christmas", "2026-12-04"),
        ("a week from Friday", "2026-11-27"),
        ("Easter 2027", "2027-03-28"),
        ("thanksgiving", "2026-11-26"),
    ],
)
def test_english_days_are_the_next_ones(text: str, day: str) -> None:
    assert read(text) == [f"{day} 00:00"]
    assert [t.grain for t in times(text).found] == ["day"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mañana", "2026-11-19"),
        ("pasado mañana", "2026-11-20"),
        ("fue anteayer", "2026-11-16"),
        ("el 15 de agosto", "2027-08-15"),
        ("el 3 de mayo del 2028", "2028-05-03"),
        ("el veintiuno de junio de dos mil treinta", "2030-06-21"),
        ("1.º de diciembre", "2026-12-01"),
        ("el 4/12", "2026-12-04"),
        ("el 25", "2026-11-25"),
        ("el viernes", "2026-11-20"),
        ("el próximo lunes", "2026-11-23"),
        ("el lunes que viene", "2026-11-23"),
        ("el martes de la semana que viene", "2026-11-24"),
        ("el primer lunes de febrero", "2027-02-01"),
        ("dentro de 3 días", "2026-11-21"),
        ("hace dos semanas", "2026-11-04"),
        ("dos días antes de Navidad", "2026-12-23"),
        ("el día siguiente", "2026-11-19"),
        ("el último viernes de junio de 2027", "2027-06-25"),
        ("el viernes santo", "2027-03-26"),
    ],
)
def test_spanish_days_are_the_next_ones(text: str, day: str) -> None:
    assert read(text, "es") == [f"{day} 00:00"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("at 17:30", "2026-11-18 17:30"),
        ("at 5pm", "2026-11-18 17:00"),
        ("at 9am", "2026-11-19 09:00"),
        ("at 4", "2026-11-18 16:00"),
        ("noon tomorrow", "2026-11-19 12:00"),
        ("tomorrow at 8 in the morning", "2026-11-19 08:00"),
        ("tonight at 8", "2026-11-18 20:00"),
        ("8 tonight", "2026-11-18 20:00"),
        ("half past seven in the evening", "2026-11-18 19:30"),
        ("a quarter to six pm", "2026-11-18 17:45"),
        ("seven thirty pm", "2026-11-18 19:30"),
        ("on friday, 6.15 pm", "2026-11-20 18:15"),
        ("10:30pm on 3 December", "2026-12-03 22:30"),
        ("2026-12-01T08:00", "2026-12-01 08:00"),
        ("2026-12-01T08:00:00Z", "2026-12-01 09:00"),
        ("in 2 hours", "2026-11-18 17:30"),
        ("in an hour and 15 minutes", "2026-11-18 16:45"),
        ("half an hour ago", "2026-11-18 15:00"),
        ("by the end of the day", "2026-11-18 23:59"),
        ("right now", "2026-11-18 15:30"),
    ],
)
def test_english_times_of_day(text: str, at: str) -> None:
    assert read(text) == [at]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a las 17:30", "2026-11-18 17:30"),
        ("a las 5 de la tarde", "2026-11-18 17:00"),
        ("mañana a las ocho y media de la mañana", "2026-11-19 08:30"),
        ("el viernes a las nueve menos cuarto de la noche", "2026-11-20 20:45"),
        ("al mediodía", "2026-11-19 12:00"),
        ("a las 10 p. m.", "2026-11-18 22:00"),
        ("hace media hora", "2026-11-18 15:00"),
        ("dentro de 20 minutos", "2026-11-18 15:50"),
        ("esta noche a las 9", "2026-11-18 21:00"),
        ("cuarto para las siete de la tarde", "2026-11-18 18:45"),
    ],
)
def test_spanish_times_of_day(text: str, at: str) -> None:
    assert read(text, "es") == [at]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("on 3/4", "day_or_month"),
        ("tomorrow at 8", "morning_or_evening"),
        ("on friday at 12", "noon_or_midnight"),
        ("on wednesday", "today_or_next_week"),
        ("3 to 5pm on friday", "range"),
        ("tomorrow 3", "day_or_hour"),
        ("a year ago today", "two_times"),
    ],
)
def test_two_readings_are_reported_and_not_chosen(text: str, why: str) -> None:
    assert why in reasons(text)
    assert all("00:00" in place for place in read(text))


def test_a_spanish_next_friday_within_the_week_is_asked_about() -> None:
    assert reasons("el próximo viernes", "es") == ["this_week_or_other"]


def test_an_hour_that_is_over_today_means_the_evening() -> None:
    assert read("today at 8") == ["2026-11-18 20:00"]


def test_the_order_of_day_and_month_can_be_told() -> None:
    assert read("on 3/4/2027", order="mdy") == ["2027-03-04 00:00"]
    assert read("on 3/4/2027", order="dmy") == ["2027-04-03 00:00"]
    assert read("el 3/4/2027", "es") == ["2027-04-03 00:00"]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("from 10pm on friday to 2am", "2026-11-20 22:00 / 2026-11-21 02:00"),
        ("this week", "2026-11-16 00:00 / 2026-11-23 00:00"),
        ("in October 2026", "2026-10-01 00:00 / 2026-11-01 00:00"),
        ("from 3 to 9 December", "2026-12-03 00:00 / 2026-12-10 00:00"),
        ("from 2pm to 4pm tomorrow", "2026-11-19 14:00 / 2026-11-19 16:00"),
        ("tomorrow morning", "2026-11-19 08:00 / 2026-11-19 12:00"),
        ("on friday night", "2026-11-20 20:00 / 2026-11-21 00:00"),
    ],
)
def test_spans_end_where_they_no_longer_hold(text: str, span: str) -> None:
    assert read(text) == [span]


@pytest.mark.parametrize(
    "text",
    [
        "every monday", "8pm every day", "5 people", "version 3.5", "chapter 12", "$5.20", "50%",
        "may I ask?", "march on", "the first one", "a second opinion", "gpt-4o", "call 555 1234",
        "two hours before noon",
        "10.0.0.1", "he won 3-2", "for 2 days", "13/13", "31 February", "32/1",
    ],
)  # fmt: skip
def test_what_is_no_point_in_time_is_left_alone(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["los sábados a las 5 pm", "cada lunes", "tres veces", "el 31 de febrero", "una vez"]
)
def test_spanish_words_that_are_no_point_in_time(text: str) -> None:
    assert read(text, "es") == []


def test_offsets_leave_the_preposition_out() -> None:
    text = "meet at 5pm tomorrow, ok?"
    (found,) = times(text).found
    assert text[found.start : found.end] == "5pm tomorrow"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("on 30 february at 9 to pay", "30 february"),
        ("on the 31st of june", "31st of june"),
        ("on february 30th", "february 30th"),
        ("el 31 de abril a las 9", "31 de abril"),
        ("tomorrow at 25:00", "25:00"),
        ("at 10:75", "10:75"),
        ("at 24:01", "24:01"),
        ("on 2027-02-29", "2027-02-29"),
        ("on 2027-13-01", "2027-13-01"),
        ("on 9999-12-31", "9999-12-31"),
        ("in 0 minutes", "in 0 minutes"),
        ("en 0 horas", "en 0 horas"),
    ],
)
def test_a_time_that_there_is_not_is_found(text: str, part: str) -> None:
    found = find_impossible(text)
    assert found is not None
    assert text[slice(*found)] == part


@pytest.mark.parametrize(
    "text",
    [
        "on 29 february", "at 24:00", "at 23:59", "2028-02-29", "el 31 de mayo", "at 9.75",
        "it may 40 times", "march 2027", "the 31 of december", "1:2:99", "in 10 minutes",
    ],
)  # fmt: skip
def test_a_time_that_there_is_is_none_such(text: str) -> None:
    assert find_impossible(text) is None
