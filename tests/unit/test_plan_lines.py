"""One line in, one plan out."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors.kinds import InvalidInput
from bot.planning import Language, PlanContext, Question
from intents.plan_lines import plan_line
from intents.planner import RulePlanner
from tests.fakes_directory import demo_context

PLANNER = RulePlanner()


def _context(
    *, now: datetime | None, zone: ZoneInfo | None, language: Language | None
) -> PlanContext:
    usual = demo_context("7K2M", language=language)
    return PlanContext(
        now=now or usual.now,
        zone=zone or usual.zone,
        directory=usual.directory,
        language=language,
        home_wallet_id=usual.home_wallet_id,
    )


def _words(question: Question, language: Language) -> str:
    return f"{language}: {question.code}"


def _line(**row: object) -> dict[str, object]:
    return plan_line(row, PLANNER.plan_now, _context, tier_of=lambda _: 3, words_for=_words)


def test_a_write_is_shown_with_its_amount_as_a_decimal_string() -> None:
    line = _line(text="give design 200 more until friday")
    assert line == {
        "text": "give design 200 more until friday",
        "planner": "rules",
        "intent": "write",
        "confidence": 0.95,
        "actions": [
            {
                "action": "raise_budget",
                "tier": 3,
                "args": {
                    "wallet_id": "design",
                    "amount": "200.00",
                    "until_on": "2026-11-20",
                    "reason": None,
                },
            }
        ],
        "question": None,
        "lang": "en",
    }
    assert json.loads(json.dumps(line)) == line


def test_a_question_is_shown_in_words() -> None:
    line = _line(text="sube el presupuesto de datos")
    assert line["actions"] == []
    assert line["question"] == "es: which_amount"


def test_the_day_is_that_of_the_line_in_its_zone() -> None:
    line = _line(
        text="give design 5 more until tomorrow", ref="2026-03-31T23:30:00Z", tz="Asia/Tokyo"
    )
    actions = line["actions"]
    assert isinstance(actions, list)
    assert actions[0]["args"]["until_on"] == "2026-04-02"


def test_a_time_without_offset_is_in_the_zone_of_the_line() -> None:
    seen: list[datetime | None] = []

    def context(
        *, now: datetime | None, zone: ZoneInfo | None, language: Language | None
    ) -> PlanContext:
        seen.append(now)
        return _context(now=now, zone=zone, language=language)

    row: dict[str, object] = {"text": "hi", "ref": "2026-01-01T00:00:00", "tz": "Asia/Tokyo"}
    plan_line(row, PLANNER.plan_now, context, tier_of=lambda _: 3, words_for=_words)
    assert seen == [datetime(2025, 12, 31, 15, 0, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({}, "text"),
        ({"text": 5}, "text"),
        ({"text": None}, "text"),
        ({"text": "hi", "tz": "Mars/Base"}, "tz"),
        ({"text": "hi", "tz": "../../etc/passwd"}, "tz"),
        ({"text": "hi", "tz": 1}, "tz"),
        ({"text": "hi", "ref": "yesterday"}, "ref"),
        ({"text": "hi", "ref": 5}, "ref"),
        ({"text": "hi", "lang": "fr"}, "lang"),
        ({"text": "hi", "more": 1}, "more"),
    ],
)
def test_bad_input_is_refused_by_field(row: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        _line(**row)
    assert refused.value.facts["field"] == field
