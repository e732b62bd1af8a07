"""The planner against our own corpus: what people write about budget, and what only looks so."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.actions.base import ActionCall
from bot.planning import Language, Plan
from intents.plan_lines import shown_args
from intents.planner import RulePlanner
from tests.fakes_directory import demo_context

CORPUS = Path(__file__).parents[1] / "corpus"
READS = [
    "show_balance",
    "show_spend",
    "show_wallets",
    "show_top_spenders",
    "show_forecast",
    "list_requests",
    "show_help",
    "explain",
    "list_people",
    "list_accounts",
    "list_undelivered",
]
LANGUAGES: tuple[Language, ...] = ("en", "es")


# JSON rows have values of any kind.
def _rows(language: str) -> list[dict[str, Any]]:
    path = CORPUS / f"budget_{language}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _shown(call: ActionCall) -> dict[str, object]:
    default = {n: f.default for n, f in type(call).model_fields.items() if not f.is_required()}
    return {k: v for k, v in shown_args(call).items() if v is not None and default.get(k) != v}


def _writes(plan: Plan) -> list[ActionCall]:
    return [call for call in plan.actions if call.action not in READS]


def _is_right(row: dict[str, Any], plan: Plan) -> bool:
    if "question" in row:
        return plan.question is not None and plan.question.code == row["question"]
    if "intent" in row:
        return bool(plan.intent == row["intent"]) and not plan.actions
    if "actions" in row:
        got = [{"action": call.action, "args": _shown(call)} for call in plan.actions]
        return bool(got == row["actions"])
    named = row.get("action")
    return not _writes(plan) and (named is None or [c.action for c in plan.actions] == [named])


@pytest.mark.parametrize("language", LANGUAGES)
def test_usual_phrasings_are_read_right(language: Language) -> None:
    planner, context = RulePlanner(), demo_context("7K2M", language=language)
    rows = _rows(language)
    assert len(rows) >= 250
    wrong = [
        row["text"] for row in rows if not _is_right(row, planner.plan_now(row["text"], context))
    ]
    assert len(wrong) <= 0.03 * len(rows), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_order_never_becomes_a_write(language: Language) -> None:
    planner, context = RulePlanner(), demo_context("7K2M", language=language)
    rows = [row for row in _rows(language) if row.get("no_write")]
    assert len(rows) >= 80
    assert [row["text"] for row in rows if _writes(planner.plan_now(row["text"], context))] == []
