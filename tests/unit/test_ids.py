"""Identifiers that people read and type."""

from __future__ import annotations

import pytest

from bot.ids import new_ref
from bot.planning import Language
from intents.planner import RulePlanner
from tests.fakes_directory import demo_context


@pytest.mark.parametrize(("language", "order"), [("en", "approve"), ("es", "aprueba")])
def test_a_reference_is_read_as_one_also_when_nothing_waits(
    language: Language, order: str
) -> None:
    planner, context = RulePlanner(), demo_context(language=language)
    for _ in range(2000):
        ref = new_ref()
        plan = planner.plan_now(f"{order} {ref}", context)
        assert [getattr(call, "ref", "") for call in plan.actions] == [ref]


def test_no_reference_looks_like_a_day_a_time_or_a_size() -> None:
    for _ in range(5000):
        ref = new_ref()
        assert not ref.isdigit()
        # Letters alone, or behind a number.
        assert not ref.lstrip("23456789").isalpha(), ref
