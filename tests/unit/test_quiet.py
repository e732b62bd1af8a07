"""Quiet hours: until when a moment is in them, and how they are said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.actions.base import ActionCall
from bot.actions.quiet import SetQuietHours, ShowQuietHours
from bot.people.quiet import QuietHours
from bot.planning import Language
from intents.planner import RulePlanner
from intents.replies.answer import read_reply
from intents.rules.quiet import read_clock
from tests.fakes_directory import demo_context

MADRID, NEW_YORK = ZoneInfo("Europe/Madrid"), ZoneInfo("America/New_York")
NIGHT, LUNCH = QuietHours("22:00", "07:00"), QuietHours("13:00", "15:30")
SET = SetQuietHours(begins="22:00", ends="07:00")


def at(text: str, zone: ZoneInfo = MADRID, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "now", "end"),
    [
        (NIGHT, "2026-11-18T21:59:59", None),
        (NIGHT, "2026-11-18T22:00:00", "2026-11-19T07:00:00"),
        (NIGHT, "2026-11-18T23:59:59", "2026-11-19T07:00:00"),
        (NIGHT, "2026-11-19T00:00:00", "2026-11-19T07:00:00"),
        (NIGHT, "2026-11-19T06:59:59", "2026-11-19T07:00:00"),
        (NIGHT, "2026-11-19T07:00:00", None),
        (LUNCH, "2026-11-19T12:59:59", None),
        (LUNCH, "2026-11-19T13:00:00", "2026-11-19T15:30:00"),
        (LUNCH, "2026-11-19T15:29:59", "2026-11-19T15:30:00"),
        (LUNCH, "2026-11-19T15:30:00", None),
        # The night in which an hour is missing, and the one in which an hour comes twice.
        (NIGHT, "2026-03-28T23:00:00", "2026-03-29T07:00:00"),
        (NIGHT, "2026-10-24T23:00:00", "2026-10-25T07:00:00"),
        # 02:30 is not there on that day: what comes after the gap ends them.
        (QuietHours("22:00", "02:30"), "2026-03-28T23:00:00", "2026-03-29T03:00:00"),
        (QuietHours("00:00", "23:59"), "2026-11-19T12:00:00", "2026-11-19T23:59:00"),
    ],
)
def test_a_moment_is_in_them_or_not(hours: QuietHours, now: str, end: str | None) -> None:
    assert hours.end_after(at(now), MADRID) == (None if end is None else at(end))


def test_of_a_time_that_a_day_has_twice_the_first_ends_them() -> None:
    early = QuietHours("22:00", "02:30")
    first, again = at("2026-10-25T02:15:00"), at("2026-10-25T02:15:00", fold=1)
    assert early.end_after(first, MADRID) == at("2026-10-25T02:30:00")
    assert early.end_after(again, MADRID) is None


def test_they_are_those_of_the_place() -> None:
    assert NIGHT.end_after(at("2026-11-18T23:00:00"), NEW_YORK) is None


@settings(max_examples=300, deadline=None)
@given(
    st.times(),
    st.times(),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001  # made aware below
    st.sampled_from(["Europe/Madrid", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]),
)
def test_they_end_within_a_day_and_are_over_then(
    begins: object, ends: object, now: datetime, zone: str
) -> None:
    first, last = str(begins)[:5], str(ends)[:5]
    if first == last:
        return
    hours, moment, where = QuietHours(first, last), now.replace(tzinfo=UTC), ZoneInfo(zone)
    end = hours.end_after(moment, where)
    if end is not None:
        assert moment < end <= moment + timedelta(hours=26)
        assert hours.end_after(end, where) is None


@pytest.mark.parametrize(
    ("text", "language", "call"),
    [
        ("quiet hours 22:00 to 7:00", "en", SET),
        ("Quiet hours: 22:00-07:00.", "en", SET),
        ("please set my quiet hours to 22:00 - 7:00", "en", SET),
        ("set my quiet hours from 10pm to 7am please", "en", SET),
        ("my quiet hours are 10 p.m. until 7 a.m.", "en", SET),
        ("quiet hours from 22 to 7", "en", SET),
        ("quiet hours between 22:00 and 7", "en", SET),
        ("don't disturb me between 10 pm and 7 am", "en", SET),
        ("don’t message me from 22:00 till 07:00", "en", SET),
        ("quiet hours midnight to 7:30", "en", SetQuietHours(begins="00:00", ends="07:30")),
        ("quiet hours noon to 2pm", "en", SetQuietHours(begins="12:00", ends="14:00")),
        ("no quiet hours", "en", SetQuietHours()),
        ("turn off my quiet hours", "en", SetQuietHours()),
        ("quiet hours off!", "en", SetQuietHours()),
        ("remove my quiet hours please", "en", SetQuietHours()),
        ("my quiet hours?", "en", ShowQuietHours()),
        ("what are my quiet hours?", "en", ShowQuietHours()),
        ("quiet hours", "en", ShowQuietHours()),
        ("horas de silencio de 22:00 a 7:00", "es", SET),
        ("mis horas de silencio son de 22 a 7", "es", SET),
        ("pon mis horas de silencio entre las 22:00 y las 7:00 por favor", "es", SET),
        ("no me molestes entre las 10 de la noche y las 7 de la mañana", "es", SET),
        ("silencio de 22h a 7h", "es", SET),
        ("horario de silencio desde las 22:00 hasta las 07:00", "es", SET),
        (
            "horas de silencio de 12 de la noche a 7 de la mañana",
            "es",
            SetQuietHours(begins="00:00", ends="07:00"),
        ),
        ("sin horas de silencio", "es", SetQuietHours()),
        ("quita las horas de silencio", "es", SetQuietHours()),
        ("ya no quiero horas de silencio", "es", SetQuietHours()),
        ("¿cuáles son mis horas de silencio?", "es", ShowQuietHours()),
        ("mis horas de silencio", "es", ShowQuietHours()),
        ("/quiet 22:00 7:00", "en", SET),
        ("/quiet 22:00-7:00", "en", SET),
        ("/quiet off", "en", SetQuietHours()),
        ("/quiet", "en", ShowQuietHours()),
        ("/silencio 22:00 a 7:00", "es", SET),
        ("/set-quiet-hours 10pm 7am", "en", SET),
    ],
)
def test_they_are_said_in_many_ways(text: str, language: Language, call: ActionCall) -> None:
    plan = RulePlanner().plan_now(text, demo_context(language=language))
    assert plan.actions == (call,)
    assert plan.confidence >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "quiet hours 10 to 7",
        "quiet hours 10pm to 7",
        "quiet hours 22:00",
        "quiet hours 25:00 to 7:00",
        "quiet hours 22:00 to 22:00",
        "quiet hours 22:61 to 7:00",
        "set my quiet hours",
        "horas de silencio a las 10",
        "/quiet 10 7",
        "/quiet sometimes",
    ],
)
def test_what_is_not_clear_is_asked_for(text: str) -> None:
    plan = RulePlanner().plan_now(text, demo_context(language="en"))
    assert plan.actions == ()
    assert plan.question is not None
    assert plan.question.code == "which_hours"


@pytest.mark.parametrize(
    "text",
    [
        "I love the quiet hours at work",
        "our quiet hours are nice",
        "she said no quiet hours, ever",
        "be quiet",
        "don't disturb me",
        "silencio",
        "ask for 200 for quiet hours",
    ],
)
def test_talk_about_quiet_is_no_order(text: str) -> None:
    plan = RulePlanner().plan_now(text, demo_context(language="en"))
    assert not [x for x in plan.actions if isinstance(x, (SetQuietHours, ShowQuietHours))]
    assert plan.question is None or plan.question.code != "which_hours"


@pytest.mark.parametrize(
    ("typed", "clock"),
    [("22:00", "22:00"), ("7.30", "07:30"), ("10 pm", "22:00"), ("12 am", "00:00"),
     ("12pm", "12:00"), ("0", "00:00"), ("24:00", "00:00"), ("7", None), ("13 pm", None),
     ("soon", None), ("22:00 7:00", None), ("", None)],
)  # fmt: skip
def test_one_time_is_read_where_it_has_one_reading(typed: str, clock: str | None) -> None:
    assert read_clock(typed) == clock


@pytest.mark.parametrize(
    "text",
    [
        "no quiet hours",
        "cancel my quiet hours please",
        "ya no quiero horas de silencio",
        "quiet hours 22:00 to 7:00",
        "quiet hours 10 to 7",
        "don't disturb me between 10pm and 7am",
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_they_are_no_answer_to_what_waits(text: str, language: Language) -> None:
    asked = "Request #7K2M from Ana Lima: $200.00 for Design. [Yes] [Edit] [No]"
    draft = {"action": "approve_request", "ref": "7K2M"}
    assert read_reply(text, prompt=asked, language=language, draft=draft).label == "other"
