from datetime import UTC, datetime

import pytest

from bot.clock import ManualClock
from bot.errors.kinds import InvalidInput
from intents.extract.lines import extract_line

REF = "2026-11-18T15:30:00"


def test_amounts_and_times_come_out_as_plain_data() -> None:
    row = {"text": "ask for $1,250.50 until tomorrow", "lang": "en", "ref": REF}
    assert extract_line(row) == {
        "amounts": [{"start": 8, "end": 17, "value": "1250.5", "unit": "USD"}],
        "times": [
            {
                "start": 24,
                "end": 32,
                "from": "2026-11-19T00:00:00+00:00",
                "until": None,
                "grain": "day",
            }
        ],
        "ambiguous": [],
    }


def test_bare_numbers_are_not_money() -> None:
    assert extract_line({"text": "we were 200 people, 1,200 even", "ref": REF}) == {
        "amounts": [],
        "times": [],
        "ambiguous": [],
    }


def test_ambiguous_places_say_why_in_the_order_of_the_text() -> None:
    found = extract_line({"text": "pay $1.234 on 3/4", "lang": "en", "ref": REF})
    assert found["ambiguous"] == [
        {"start": 4, "end": 10, "why": "thousands_or_decimals"},
        {"start": 14, "end": 17, "why": "day_or_month"},
    ]


@pytest.mark.parametrize(("lang", "day"), [("en-US", "2026-03-04"), ("en-GB", "2026-04-03")])
def test_a_regional_language_settles_day_and_month(lang: str, day: str) -> None:
    found = extract_line({"text": "on 3/4/2026", "lang": lang, "ref": REF})
    assert found["times"] == [
        {"start": 3, "end": 11, "from": f"{day}T00:00:00+00:00", "until": None, "grain": "day"}
    ]


def test_a_reference_without_a_zone_is_local() -> None:
    local = {"text": "in 2 hours", "ref": "2026-07-01T23:30:00", "tz": "Europe/Madrid"}
    assert extract_line(local)["times"] == [
        {
            "start": 0,
            "end": 10,
            "from": "2026-07-02T01:30:00+02:00",
            "until": None,
            "grain": "hour",
        }
    ]
    aware = local | {"ref": "2026-07-01T21:30:00Z"}
    assert extract_line(aware) == extract_line(local)


def test_without_a_reference_the_clock_tells_the_day() -> None:
    clock = ManualClock(datetime(2026, 11, 18, 12, tzinfo=UTC))
    assert extract_line({"text": "today"}, clock=clock)["times"] == [
        {
            "start": 0,
            "end": 5,
            "from": "2026-11-18T00:00:00+00:00",
            "until": None,
            "grain": "day",
        }
    ]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ([], "line"),
        ("text", "line"),
        ({}, "text"),
        ({"text": 5}, "text"),
        ({"text": "x", "ref": "yesterday"}, "ref"),
        ({"text": "x", "ref": 5}, "ref"),
        ({"text": "x"}, "ref"),
        ({"text": "x", "ref": "9999-12-31T00:00:00"}, "ref"),
        ({"text": "x", "ref": REF, "tz": "Mars/Olympus"}, "tz"),
        ({"text": "x", "ref": REF, "tz": "../etc/passwd"}, "tz"),
        ({"text": "x", "ref": REF, "tz": 1}, "tz"),
        ({"text": "x", "ref": REF, "lang": "fr"}, "lang"),
    ],
)
def test_bad_input_names_the_field(row: object, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        extract_line(row)
    assert caught.value.facts["field"] == field


@pytest.mark.parametrize("ref", ["1900-01-01T00:00:00", "2999-12-31T23:59:59"])
@pytest.mark.parametrize(
    "text", ["last week", "tomorrow", "in 9999 years", "9999 years ago", "in 3 hours", "noon"]
)
def test_the_ends_of_the_calendar_do_no_harm(ref: str, text: str) -> None:
    extract_line({"text": text, "ref": ref})
