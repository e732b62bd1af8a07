"""The model that reads a script: strict with whoever asks for what is not in it."""

from __future__ import annotations

import pytest

from adapters.models.scripted import Line, NotScripted, ScriptedModel
from bot.errors.models import ProviderBusy
from bot.models import ModelBackend
from bot.tokens import TokenUsage
from tests.models.shapes import MOVE, PLAN, Move, Plan, asks


async def test_lines_are_said_in_order() -> None:
    model = ScriptedModel([Line("one"), Line(PLAN, when="move")])
    backend: ModelBackend = model
    assert (await backend.ask(asks("hello"))).text == "one"
    answer = await backend.ask(asks("hello", "move 12.50", answer=Plan))
    assert (answer.value, answer.usage) == (PLAN, TokenUsage(100, 20))
    assert [request.answer for request in model.asked] == [None, Plan]
    model.check()
    await backend.close()


async def test_a_call_that_is_not_in_the_script_fails_the_test() -> None:
    model = ScriptedModel([Line("one", when="move")])
    with pytest.raises(NotScripted):
        await model.ask(asks("hello"))
    with pytest.raises(NotScripted):
        model.check()
    await model.ask(asks("move"))
    with pytest.raises(NotScripted):
        await model.ask(asks("move"))


async def test_what_we_say_ourselves_chooses_no_line() -> None:
    model = ScriptedModel([Line("one", when="You plan")])
    with pytest.raises(NotScripted):
        await model.ask(asks("hello"))


async def test_a_value_of_another_shape_is_a_fault_of_the_script() -> None:
    with pytest.raises(NotScripted):
        await ScriptedModel([Line(MOVE)]).ask(asks(answer=Plan))


async def test_broken_text_and_failures_are_said_as_written() -> None:
    busy = ProviderBusy("acme", "m", retry_after_s=3.0)
    model = ScriptedModel(
        [Line("{oops"), Line(MOVE, ending="cut"), Line("no", ending="refused"), Line(busy)]
    )
    broken, cut, refused = [await model.ask(asks(answer=Move)) for _ in range(3)]
    assert (broken.value, cut.value, refused.value) == (None, None, None)
    assert (broken.text, cut.ending, refused.ending) == ("{oops", "cut", "refused")
    with pytest.raises(ProviderBusy):
        await model.ask(asks())


async def test_a_demo_says_a_line_as_often_as_it_fits() -> None:
    model = ScriptedModel([Line("moved", when="move"), Line("what?")], is_ordered=False)
    said = [(await model.ask(asks(text))).text for text in ("hi", "move 3", "hi", "move 4")]
    assert said == ["what?", "moved", "what?", "moved"]
    model.check()
