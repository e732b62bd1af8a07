"""Schemas in the language of strict modes, against a checker written from the other side."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai import AsyncOpenAI, BadRequestError
from pydantic import BaseModel, Field, RootModel, create_model

from adapters.models.schemas import fits_anthropic, strict_schema
from bot.errors.models import ProviderRefused
from bot.models import ModelBackend
from bot.tokens import TokenUsage
from intents.free_speech.shapes import plan_shape
from tests.models.conftest import OpenFor
from tests.models.replies import Api, Reply, ToolCall
from tests.models.server import KEY, ModelServer
from tests.models.shapes import PLAN, Move, Node, Plan, Report, asks
from tests.models.strict import find_anthropic_faults, find_faults


@pytest.mark.parametrize("shape", [Plan, Move, Report, Node])
def test_a_strict_mode_takes_the_schema(shape: type[BaseModel]) -> None:
    assert find_faults(strict_schema(shape)) == []


@pytest.mark.parametrize("shape", [Plan, Move, Report, Node])
def test_the_checker_refuses_what_pydantic_writes(shape: type[BaseModel]) -> None:
    assert find_faults(shape.model_json_schema())


async def test_a_provider_refuses_what_pydantic_writes(server: ModelServer) -> None:
    form: Any = {"name": "Plan", "strict": True, "schema": Plan.model_json_schema()}
    async with AsyncOpenAI(api_key=KEY, base_url=f"{server.root}/v1", max_retries=0) as client:
        with pytest.raises(BadRequestError):
            await client.chat.completions.create(
                model="m",
                max_tokens=9,
                messages=[{"role": "user", "content": "x"}],
                response_format={"type": "json_schema", "json_schema": form},
            )


def test_what_strict_mode_cannot_say_is_told_in_words() -> None:
    move = strict_schema(Move)["properties"]
    assert move["action"] == {"type": "string", "enum": ["move"]}
    assert "minLength: 1" in move["to"]["description"]
    assert move["amount"]["description"].startswith("in dollars")
    assert move["on"] == {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
    at_most = strict_schema(Report)["properties"]["at_most"]
    assert "default: 10" in at_most["description"]


def test_a_described_reference_is_written_out() -> None:
    main = strict_schema(Plan)["properties"]["main"]
    assert main["description"] == "the one that matters"
    assert main["anyOf"][0] == {"$ref": "#/$defs/Move"}

    class Outer(BaseModel):
        one: Move = Field(description="only this")

    one = strict_schema(Outer)["properties"]["one"]
    assert (one["type"], one["description"]) == ("object", "only this")


class Free(BaseModel):
    names: dict[str, int]


class Anything(BaseModel):
    value: Any


class Pair(BaseModel):
    pair: tuple[int, str]


class Bare(BaseModel):
    values: list[Any]


class Open(BaseModel, extra="allow"):
    one: int


@pytest.mark.parametrize("shape", [Free, Anything, Pair, Bare, Open, RootModel[list[int]]])
def test_a_shape_that_cannot_be_said_is_refused_before_a_call(shape: type[BaseModel]) -> None:
    with pytest.raises(TypeError):
        strict_schema(shape)


_MANY: dict[str, Any] = {f"field_{number}": (int | None, None) for number in range(17)}
_TALKATIVE: dict[str, Any] = {"n" * 90 + f"_{number}": (int, ...) for number in range(90)}
WIDE: type[BaseModel] = create_model("Wide", **_MANY)
LONG: type[BaseModel] = create_model("Long", **_TALKATIVE)
TREE = Node(name="a", children=[Node(name="b")])


@pytest.mark.parametrize(
    "value",
    [TREE, WIDE(field_3=7), LONG(**dict.fromkeys(LONG.model_fields, 1))],
    ids=["holds itself", "wide", "long"],
)
async def test_every_provider_takes_what_anthropic_compiles_to_no_grammar(
    backend: ModelBackend, server: ModelServer, api: Api, value: BaseModel
) -> None:
    server.say(Reply(value.model_dump_json()))
    answer = await backend.ask(asks(answer=type(value)))
    assert (answer.value, answer.usage) == (value, TokenUsage(11, 7))
    called = server.calls[0].body.get("tool_choice", {}).get("name")
    assert called == ("answer" if api == "messages" else None)


async def test_every_provider_takes_the_shape_of_a_plan(
    backend: ModelBackend, server: ModelServer
) -> None:
    plan = {"intent": "greet", "then": "show", "confidence": 0.9, "actions": []}
    server.say(Reply(json.dumps(plan)))
    answer = await backend.ask(asks(answer=plan_shape()))
    assert answer.value is not None
    assert answer.value.model_dump(mode="json") == plan


@pytest.mark.parametrize("text", ['{"name": 7, "children": []}', "no tool for this", "{"])
async def test_what_was_called_wrongly_has_no_value_and_keeps_its_text(
    open_for: OpenFor, server: ModelServer, text: str
) -> None:
    backend = await open_for(server.root, "messages")
    server.say(Reply(text))
    answer = await backend.ask(asks(answer=Node))
    assert (answer.value, answer.text) == (None, text)


async def test_a_call_that_met_its_bound_or_came_twice_has_no_value(
    open_for: OpenFor, server: ModelServer
) -> None:
    backend = await open_for(server.root, "messages")
    call = ToolCall("answer", TREE.model_dump_json())
    server.say(Reply(tools=(call,), ending="cut"), Reply(tools=(call, call)))
    for _ in range(2):
        assert (await backend.ask(asks(answer=Node))).value is None


@pytest.mark.parametrize("shape", [Node, WIDE, LONG])
def test_the_checker_knows_what_anthropic_compiles(shape: type[BaseModel]) -> None:
    assert find_anthropic_faults(strict_schema(shape))
    assert not fits_anthropic(shape)


@pytest.mark.parametrize("shape", [Plan, Move, Report])
def test_what_fits_is_asked_for_by_a_schema(shape: type[BaseModel]) -> None:
    assert find_anthropic_faults(strict_schema(shape)) == []
    assert fits_anthropic(shape)


async def test_asking_changes_no_schema(backend: ModelBackend, server: ModelServer) -> None:
    before = json.dumps(strict_schema(Plan))
    server.say(Reply(PLAN.model_dump_json()), Reply(PLAN.model_dump_json()))
    await backend.ask(asks(answer=Plan))
    await backend.ask(asks(answer=Plan))
    assert json.dumps(strict_schema(Plan)) == before
    assert server.calls[0].schema == server.calls[1].schema


FIELDS = st.sampled_from(
    [
        (str, ...),
        (int, 5),
        (bool | None, None),
        (list[str], Field(max_length=3)),
        (Literal["a", "b"], ...),
        (Literal[1, 2], 1),
        (Move | Report, ...),
        (list[Node] | None, None),
        (float, Field(ge=0, description="a share")),
        (Plan | None, None),
    ]
)


@given(st.lists(FIELDS, max_size=8))
def test_whatever_is_put_together_of_simple_kinds_is_taken(fields: list[Any]) -> None:
    named: dict[str, Any] = {f"field_{number}": field for number, field in enumerate(fields)}
    shape: type[BaseModel] = create_model("Made", **named)
    assert find_faults(strict_schema(shape)) == []
    if fits_anthropic(shape):
        assert find_anthropic_faults(strict_schema(shape)) == []


async def test_the_provider_says_no_to_a_shape_it_does_not_take(
    open_for: OpenFor, server: ModelServer
) -> None:
    backend = await open_for(server.root, "responses")
    with pytest.raises(ProviderRefused):
        await backend.ask(asks(most_tokens=3))  # Responses wants 16 at least
