"""What a backend sends, and what it makes of an answer."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from adapters.models.endpoint import Endpoint
from adapters.models.opening import open_backend
from bot.errors.kinds import InvalidInput
from bot.errors.models import ProviderKeyRefused, ProviderUnreachable
from bot.models import ModelBackend, ModelMessage, ModelRequest
from bot.routing.providers import Abilities
from bot.tokens import TokenUsage
from tests.models import faults
from tests.models.conftest import OpenFor
from tests.models.replies import Api, Counts, Reply, ToolCall
from tests.models.server import KEY, ModelServer
from tests.models.shapes import MOVE, PLAN, Move, Plan, asks


async def test_prose_comes_back_with_its_usage(backend: ModelBackend, server: ModelServer) -> None:
    server.say(Reply("Hello, Ana.", usage=Counts(12, 5, reasoning=2)))
    answer = await backend.ask(asks("hello"))
    assert answer.text == "Hello, Ana."
    assert answer.value is None
    assert answer.ending == "done"
    assert answer.usage == TokenUsage(12, 5, reasoning=2)
    assert (answer.model, answer.request_id) == ("model-that-answered", "req_1")


async def test_a_wanted_shape_comes_back_typed(backend: ModelBackend, server: ModelServer) -> None:
    server.say(Reply(PLAN.model_dump_json()))
    answer = await backend.ask(asks(answer=Plan))
    assert answer.value == PLAN
    assert answer.text == PLAN.model_dump_json()


WHOLE = MOVE.model_dump_json()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WHOLE[:-9], id="cut"),
        pytest.param(f"Here it is: {WHOLE}", id="prose before"),
        pytest.param(f"{WHOLE} Done.", id="prose after"),
        pytest.param(f"```json\n{WHOLE}\n```", id="fenced"),
        pytest.param(f"{WHOLE}{WHOLE}", id="twice"),
        pytest.param(WHOLE.replace('"12.50"', "true"), id="wrong type"),
        pytest.param(WHOLE.replace('"ben"', "7"), id="number for text"),
        pytest.param(WHOLE.replace('"12.50"', "NaN"), id="no number"),
        pytest.param(WHOLE.replace('"move"', '"drop"'), id="unknown action"),
        pytest.param(WHOLE.replace("{", '{"to": "eve", '), id="a name twice"),
        pytest.param('{"action": "move"}', id="fields missing"),
        pytest.param(f"[{WHOLE}]", id="a list"),
        pytest.param("null", id="null"),
        pytest.param("[" * 5000, id="deep"),
        pytest.param('{"a":' * 5000, id="deep objects"),
        pytest.param("", id="nothing"),
    ],
)
async def test_what_is_not_the_shape_has_no_value_and_keeps_its_text(
    backend: ModelBackend, server: ModelServer, text: str
) -> None:
    server.say(Reply(text))
    answer = await backend.ask(asks(answer=Move))
    assert (answer.value, answer.text) == (None, text)
    assert answer.usage == TokenUsage(11, 7)


async def test_fifty_actions_are_no_plan_that_allows_ten(
    backend: ModelBackend, server: ModelServer
) -> None:
    many = json.loads(PLAN.model_dump_json())
    many["actions"] *= 50
    server.say(Reply(json.dumps(many)))
    assert (await backend.ask(asks(answer=Plan))).value is None


async def test_an_answer_that_met_its_bound_has_no_value_even_if_it_looks_whole(
    backend: ModelBackend, server: ModelServer
) -> None:
    server.say(Reply(WHOLE, ending="cut"))
    answer = await backend.ask(asks(answer=Move))
    assert (answer.ending, answer.value, answer.text) == ("cut", None, WHOLE)
    assert answer.usage == TokenUsage(11, 7)


async def test_a_refusal_says_so_with_its_words(
    backend: ModelBackend, server: ModelServer
) -> None:
    server.say(Reply("I won't.", ending="refused"), Reply("", ending="filtered"))
    answer = await backend.ask(asks(answer=Move))
    assert (answer.ending, answer.value, answer.text) == ("refused", None, "I won't.")
    assert (await backend.ask(asks(answer=Move))).ending == "refused"


@pytest.mark.parametrize(
    "tools",
    [
        (ToolCall("drop_all", '{"now": true}'),),
        tuple(ToolCall("move", WHOLE, f"call_{n}") for n in range(50)),
        (ToolCall("move", WHOLE, "same"), ToolCall("move", WHOLE, "same")),
    ],
    ids=["unknown", "fifty", "one id twice"],
)
async def test_calls_of_tools_that_nobody_offered_are_no_answer(
    backend: ModelBackend, server: ModelServer, tools: tuple[ToolCall, ...]
) -> None:
    server.say(Reply(tools=tools))
    answer = await backend.ask(asks(answer=Move))
    assert (answer.value, answer.text) == (None, "")
    assert answer.usage == TokenUsage(11, 7)


async def test_text_that_nothing_could_keep_is_mended(
    server: ModelServer, backend: ModelBackend
) -> None:
    server.say(Reply("half \ud83d of it"))
    assert (await backend.ask(asks())).text == "half ? of it"


async def test_our_text_and_theirs_go_where_they_belong(
    backend: ModelBackend, server: ModelServer, api: Api
) -> None:
    server.say(Reply())
    said = (
        ModelMessage("system", "One."),
        ModelMessage("user", "a"),
        ModelMessage("assistant", "b"),
        ModelMessage("system", "Two."),
        ModelMessage("user", "c"),
    )
    await backend.ask(ModelRequest("gpt-test", said, most_tokens=99))
    sent = server.calls[0].body
    spoken = sent["input" if api == "responses" else "messages"]
    ours = {
        "chat": lambda: spoken.pop(0)["content"],
        "responses": lambda: sent["instructions"],
        "messages": lambda: sent["system"],
    }[api]()
    assert ours == "One.\n\nTwo."
    assert [(message["role"], message["content"]) for message in spoken] == [
        ("user", "a"),
        ("assistant", "b"),
        ("user", "c"),
    ]
    bound = "max_output_tokens" if api == "responses" else "max_tokens"
    assert (sent["model"], sent[bound]) == ("gpt-test", 99)
    assert "temperature" not in sent


async def test_openai_keeps_nothing_of_a_call(open_for: OpenFor, server: ModelServer) -> None:
    backend = await open_for(server.root, "responses")
    server.say(Reply())
    await backend.ask(asks())
    assert server.calls[0].body["store"] is False


@pytest.mark.parametrize("structure", ["schema", "json", "prompt"])
async def test_a_compatible_server_is_told_the_shape_as_it_takes_it(
    open_for: OpenFor, server: ModelServer, structure: Any
) -> None:
    backend = await open_for(server.root, "chat", abilities=Abilities(structure=structure))
    server.say(Reply(WHOLE))
    assert (await backend.ask(asks(answer=Move))).value == MOVE
    sent = server.calls[0].body
    kind = sent.get("response_format", {}).get("type")
    assert kind == {"schema": "json_schema", "json": "json_object", "prompt": None}[structure]
    ours = sent["messages"][0]["content"]
    assert ours.startswith("You plan.")
    assert ('"amount"' in ours) is (structure != "schema")


async def test_a_compatible_server_is_told_the_bound_by_the_name_it_knows(
    open_for: OpenFor,
    server: ModelServer,
) -> None:
    backend = await open_for(
        server.root, "chat", abilities=Abilities(bound="max_completion_tokens")
    )
    server.say(Reply())
    await backend.ask(asks())
    sent = server.calls[0].body
    assert (sent["max_completion_tokens"], "max_tokens" in sent) == (64, False)


async def test_nothing_of_the_environment_is_sent(
    open_for: OpenFor, server: ModelServer, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = "stray-canary-71c"
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_ADMIN_KEY",
        "OPENAI_ORG_ID",
        "OPENAI_PROJECT_ID",
        "ANTHROPIC_API_KEY",
        "ANTHROPIC_AUTH_TOKEN",
    ):
        monkeypatch.setenv(name, stray)
    for name in ("OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("OPENAI_CUSTOM_HEADERS", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.setenv(name, f"x-stray: {stray}\nAuthorization: Bearer {stray}")
    backend = await open_for(server.root, api)
    server.say(Reply())
    await backend.ask(asks())
    headers = server.calls[0].headers
    assert stray not in str(headers)
    assert not [name for name in headers if name.startswith("x-stainless")]


async def test_a_server_without_a_key_is_sent_none(open_for: OpenFor, api: Api) -> None:
    async with ModelServer.running(key="") as server:
        backend = await open_for(server.root, api, key="")
        server.say(Reply())
        await backend.ask(asks())
        assert not {"authorization", "x-api-key"} & server.calls[0].headers.keys()


async def test_extra_headers_are_sent_and_stand_above_our_own(server: ModelServer) -> None:
    headers = {"X-Tenant": "acme", "Authorization": KEY}
    backend = await open_backend(
        "compatible", Endpoint("azure", f"{server.root}/v1", "another", headers)
    )
    server.say(Reply())
    await backend.ask(asks())
    sent = server.calls[0].headers
    assert (sent["x-tenant"], sent["authorization"]) == ("acme", KEY)
    await backend.close()


async def test_a_wrong_key_is_told_and_not_shown(
    open_for: OpenFor, server: ModelServer, api: Api
) -> None:
    backend = await open_for(server.root, api, key="sk-other-canary")
    with pytest.raises(ProviderKeyRefused) as caught:
        await backend.ask(asks())
    assert "canary" not in f"{caught.value} {caught.value.facts}"


async def test_a_closed_backend_reaches_nobody(backend: ModelBackend, server: ModelServer) -> None:
    await backend.close()
    await backend.close()
    with pytest.raises(ProviderUnreachable) as caught:
        await backend.ask(asks())
    assert not caught.value.may_be_charged
    assert server.calls == []


async def test_calls_beside_each_other_get_their_own_answers(
    backend: ModelBackend, server: ModelServer
) -> None:
    server.say(*(Reply(f"{n}") for n in range(8)))
    answers = await asyncio.gather(*(backend.ask(asks()) for _ in range(8)))
    assert sorted(answer.text for answer in answers) == [str(n) for n in range(8)]


async def test_a_packed_answer_is_read(backend: ModelBackend, server: ModelServer) -> None:
    server.say(faults.packed(Reply("wide")))
    assert (await backend.ask(asks())).text == "wide"


@pytest.mark.parametrize(
    "given",
    [
        {"base_url": "localhost:11434"},
        {"base_url": "ftp://example.org"},
        {"base_url": "https://"},
        {"base_url": "https://[::1"},
        {"base_url": "https://example.org/v1?version=1"},
        {"key": "sk-canary\n"},
        {"key": "“sk-canary”"},
        {"headers": {"x-one": "canary\r\nx-two: 1"}},
        {"proxy": "proxy.example.org"},
    ],
)
def test_an_endpoint_that_cannot_work_is_refused_without_its_secrets(given: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        Endpoint(**{"name": "acme", "base_url": "https://example.org", **given})
    assert "canary" not in f"{caught.value} {caught.value.facts}"


def test_an_endpoint_does_not_show_its_secrets() -> None:
    shown = repr(Endpoint("acme", "https://example.org", "canary", {"api-key": "canary"}))
    assert "canary" not in shown


async def test_what_is_ours_is_kept_by_the_provider_where_that_is_wanted(
    backend: ModelBackend, server: ModelServer, api: Api
) -> None:
    server.say(Reply(), Reply())
    said = (ModelMessage("system", "One."), ModelMessage("user", "a"))
    request = ModelRequest("gpt-test", said, most_tokens=99)
    await backend.ask(request)
    await backend.ask(replace(request, caches_context=True))
    plain, kept = (call.body for call in server.calls)
    if api != "messages":
        # The others keep prefixes by themselves.
        assert plain == kept
        return
    mark = {"cache_control": {"type": "ephemeral"}}
    assert kept["system"] == [{"type": "text", "text": "One.", **mark}]
    assert plain["system"] == "One."
