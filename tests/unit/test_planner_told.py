"""A sentence that tells something about budgets or people is no sure question for them."""

from __future__ import annotations

import pytest

from intents.planner import RulePlanner
from tests.fakes_directory import demo_context

# Below this a model is asked where there is one.
SURE = 0.8


@pytest.mark.parametrize(
    "text",
    [
        "my account is new",
        "mi cuenta es nueva",
        "the members of design are happy",
        "everybody in design likes claude",
        "the open requests are boring",
        "my budget is tight",
        "the teams of the company are tired",
        "los miembros de design están contentos",
        "my accounts need a rest",
    ],
)
def test_what_is_told_is_read_less_surely(text: str) -> None:
    plan = RulePlanner().plan_now(text, demo_context())
    assert plan.intent != "write"
    assert plan.confidence < SURE


@pytest.mark.parametrize(
    "text",
    [
        "everybody in design could do with 40 dollars on top",
        "the people in design need 40 dollars",
        "the members of design are short of 40 dollars",
    ],
)
def test_who_needs_how_much_is_no_question_for_who_is_here(text: str) -> None:
    plan = RulePlanner().plan_now(text, demo_context())
    assert "list_people" not in [call.action for call in plan.actions]
    assert plan.intent != "write" or plan.question is not None


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("my accounts", "list_accounts"),
        ("which accounts are mine", "list_accounts"),
        ("who is in design", "list_people"),
        ("people in design", "list_people"),
        ("who in design may approve 40 dollars?", "list_people"),
        ("open requests", "list_requests"),
        ("what is left for design", "show_balance"),
        ("i would like to see what is left", "show_balance"),
        ("¿quién está en design?", "list_people"),
        ("mis cuentas", "list_accounts"),
    ],
)
def test_what_is_asked_is_read_as_surely_as_before(text: str, action: str) -> None:
    plan = RulePlanner().plan_now(text, demo_context())
    assert [call.action for call in plan.actions] == [action]
    assert plan.confidence >= SURE
