"""What follows from the catalogue: everything in it is complete, and can be asked for."""

from dataclasses import replace

import pytest

from bot.actions.base import Tier
from bot.actions.catalog import BY_NAME, CATALOG, dump_calls, parse_calls
from bot.planning import Language
from intents.planner import RulePlanner
from tests.fakes_directory import demo_context

EXAMPLES: list[tuple[str, Language, str]] = [
    (action.name, "es" if language == "es" else "en", text)
    for action in CATALOG
    for language, texts in action.examples.items()
    for text in texts
]


@pytest.mark.parametrize(("name", "language", "text"), EXAMPLES)
def test_every_example_in_the_help_is_understood(name: str, language: Language, text: str) -> None:
    context = demo_context()
    spanish = {"Design": "Diseño", "Data": "Datos"} if language == "es" else {}
    directory = replace(
        context.directory,
        wallets=tuple(
            replace(wallet, name=spanish.get(wallet.name, wallet.name))
            for wallet in context.directory.wallets
        ),
        requests=("7K2M",),
    )
    context = replace(context, directory=directory, language=language)
    plan = RulePlanner().plan_now(text, context)
    assert [call.action for call in plan.actions] == [name], plan.question


def test_every_write_has_a_preview_and_every_shown_action_an_example() -> None:
    for action in CATALOG:
        # What is done at once has one where a model may name it; see `test_spoken_plans`.
        assert (action.preview is None) == (action.tier is Tier.T1) or action.is_at_once, (
            action.name
        )
        assert action.is_hidden or set(action.examples) == {"en", "es"}, action.name


def test_only_what_is_reversible_and_shown_is_done_by_a_tap() -> None:
    for action in CATALOG:
        if action.is_tapped:
            assert action.tier is Tier.T2, action.name
            assert not action.is_hidden, action.name
            assert not action.is_at_once, action.name


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(CATALOG)


def test_a_stored_plan_reads_back_the_same() -> None:
    plan = RulePlanner().plan_now("ask for 200 more for design until friday", demo_context())
    assert parse_calls(dump_calls(plan.actions)) == plan.actions
