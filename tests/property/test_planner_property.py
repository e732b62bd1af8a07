"""What must hold for any text: a question is no order, nothing raises, nothing is made up."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.actions.base import ActionCall
from bot.planning import Plan
from intents.extract.money import find_amounts
from intents.planner import RulePlanner
from intents.rules.slots import nanos_of
from tests.fakes_directory import demo_context

PLANNER = RulePlanner()
CONTEXT = demo_context("7K2M", "9XWT")
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
]
OPENERS = (
    *("how do I ", "How can I ", "what if I ", "what happens if I ", "can I ", "should we "),
    *(
        "why did you ",
        "who did ",
        "did you ",
        "don't ",
        "never ",
        "¿cómo puedo ",
        "cómo se puede ",
    ),
    *("¿qué pasa si ", "¿puedo ", "¿por qué ", "no ", "¿quién ", "¿cuándo ", "si ", "if we "),
)
# Words from which orders are made, so that random rows of them come near to real ones.
WORDS = [
    "raise",
    "give",
    "move",
    "set",
    "approve",
    "reject",
    "cancel",
    "close",
    "rename",
    "create",
    "add",
    "make",
    "undo",
    "request",
    "ask",
    "for",
    "design",
    "data",
    "launch",
    "ben",
    "ana",
    "7K2M",
    "9XWT",
    "200",
    "$50",
    "1,500",
    "500€",
    "to",
    "from",
    "of",
    "by",
    "more",
    "budget",
    "limit",
    "the",
    "until",
    "friday",
    "a",
    "day",
    "monthly",
    "finance",
    "lead",
    "no",
    "longer",
    "is",
    "and",
    ",",
    ".",
    "?",
    "please",
    "all",
    "80%",
    "warn",
    "at",
    "it",
    "my",
    "sube",
    "pasa",
    "aprueba",
    "pon",
    "diseño",
    "datos",
    "a",
    "de",
    "en",
    "más",
    "hasta",
    "el",
    "viernes",
    "quita",
    "límite",
    "presupuesto",
    "rol",
]
rows = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
texts = st.one_of(
    rows, st.text(max_size=80), st.lists(st.one_of(rows, st.text(max_size=9))).map(" ".join)
)


def _writes(plan: Plan) -> list[ActionCall]:
    return [call for call in plan.actions if call.action not in READS]


@given(st.sampled_from(OPENERS), rows)
def test_a_question_is_never_an_order(opener: str, rest: str) -> None:
    assert _writes(PLANNER.plan_now(opener + rest, CONTEXT)) == []


@given(texts)
@settings(max_examples=300)
def test_any_text_is_read_without_an_error(text: str) -> None:
    for slash in ("", "/", "/approve ", "/request ", "/create ", "/role ", "/thresholds "):
        plan = PLANNER.plan_now(slash + text, CONTEXT)
        assert bool(plan.actions) != bool(plan.question) or plan.intent == "greet"
        assert 0 <= plan.confidence <= 1
        assert plan.question is None or plan.confidence < 0.6


@given(texts)
@settings(max_examples=300)
def test_a_write_names_only_what_is_there(text: str) -> None:
    directory = CONTEXT.directory
    wallets, people = {w.id for w in directory.wallets}, {p.id for p in directory.people}
    plan = PLANNER.plan_now(text, CONTEXT)
    for call in (*plan.actions, *(c for o in _choices(plan) for c in o)):
        shown = call.model_dump()
        assert {v for k, v in shown.items() if k.endswith("wallet_id") and v} <= wallets
        assert not shown.get("person_id") or shown["person_id"] in people
        ref = shown.get("ref")
        assert not ref or ref in directory.requests or ref.lower() in text.lower()


@given(rows)
@settings(max_examples=300)
def test_the_amount_of_a_write_stands_in_the_text(text: str) -> None:
    plan = PLANNER.plan_now(text, CONTEXT)
    for call in _writes(plan):
        nanos = call.model_dump().get("amount_nanos")
        if nanos is None:
            continue
        found = find_amounts(text, language=plan.language, locale="en").found
        plain = {int(n) * 10**9 for n in re.findall(r"\d+", text)}
        assert nanos in {nanos_of(amount) for amount in found} | plain


def _choices(plan: Plan) -> list[tuple[ActionCall, ...]]:
    return [choice.actions for choice in plan.question.choices] if plan.question else []
