"""The planner against our own corpus of tasks: what people ask for, and what only looks so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.actions.base import Tier
from bot.actions.catalog import BY_NAME
from bot.planning import Language, Plan
from intents.planner import RulePlanner
from tests.fakes_directory import demo_context

CORPUS = Path(__file__).parents[1] / "corpus"
LANGUAGES: tuple[Language, ...] = ("en", "es")


# JSON rows have values of any kind.
def rows(language: str) -> list[dict[str, Any]]:
    path = CORPUS / f"tasks_{language}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def writes(plan: Plan) -> list[str]:
    return [x.action for x in plan.actions if BY_NAME[x.action].tier is not Tier.T1]


def is_right(row: dict[str, Any], plan: Plan) -> bool:
    if "question" in row:
        return plan.question is not None and plan.question.code == row["question"]
    if "no_write" in row:
        return not writes(plan)
    if [call.action for call in plan.actions] != [row["action"]]:
        return False
    got = plan.actions[0].model_dump(mode="json")
    return all(got[name] == value for name, value in row.get("args", {}).items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_usual_phrasings_of_tasks_are_read_right(language: Language) -> None:
    planner, context = RulePlanner(), demo_context("7K2M", language=language)
    found = [row for row in rows(language) if "no_write" not in row]
    assert len(found) >= 80
    wrong = [
        row["text"] for row in found if not is_right(row, planner.plan_now(row["text"], context))
    ]
    assert len(wrong) <= 0.03 * len(found), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_asks_for_no_task_never_becomes_one(language: Language) -> None:
    planner, context = RulePlanner(), demo_context("7K2M", language=language)
    found = [row["text"] for row in rows(language) if "no_write" in row]
    wrong = [said for said in found if writes(planner.plan_now(said, context))]
    assert wrong == []


@pytest.mark.parametrize(
    ("said", "answer", "text"),
    [
        ("remind me on 30 february to pay the rent", "tomorrow at 9", "pay the rent"),
        ("remind me on 3/4 to call Bill", "on friday", "call Bill"),
        ("recuérdame el 31 de abril pagar la renta", "mañana a las 9", "pagar la renta"),
    ],
)
def test_what_led_to_an_unclear_time_goes_with_it(said: str, answer: str, text: str) -> None:
    planner = RulePlanner()
    context = demo_context("7K2M", language="es" if "á" in said else "en")
    asked = planner.plan_now(said, context).question
    assert asked is not None
    assert asked.code == "which_time"
    plan = planner.plan_now(f"{asked.text} {answer}", context)
    assert [call.model_dump()["text"] for call in plan.actions] == [text]
