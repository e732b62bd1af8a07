"""The streams of the fake, read by the SDKs themselves: what a gateway is tested against."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import anthropic
import openai
import pytest
from aiohttp import ClientPayloadError, ClientSession, ClientTimeout

from tests.models.faults import Stream
from tests.models.replies import APIS, MISSING, Api, Counts, Reply, ToolCall
from tests.models.server import KEY, ModelServer

WIDE = "Zażółć\u2028gęślą 😀 jaźń\u0085 end"


@pytest.fixture
async def openai_sdk(server: ModelServer) -> AsyncIterator[openai.AsyncOpenAI]:
    base_url = f"{server.root}/v1"
    async with openai.AsyncOpenAI(api_key=KEY, base_url=base_url, max_retries=0) as client:
        yield client


@pytest.fixture
async def anthropic_sdk(server: ModelServer) -> AsyncIterator[anthropic.AsyncAnthropic]:
    async with anthropic.AsyncAnthropic(
        api_key=KEY, base_url=server.root, max_retries=0
    ) as client:
        yield client


async def chat(client: openai.AsyncOpenAI) -> tuple[str, list[Any]]:
    """Return the text and every usage of a streamed chat completion."""
    text, usages = "", []
    stream = await client.chat.completions.create(
        model="m",
        max_tokens=64,
        messages=[{"role": "user", "content": "x"}],
        stream=True,
        stream_options={"include_usage": True},
    )
    async for chunk in stream:
        text += "".join(choice.delta.content or "" for choice in chunk.choices)
        usages += [chunk.usage] if chunk.usage else []
    return text, usages


async def responses(client: openai.AsyncOpenAI) -> tuple[str, Any]:
    """Return the text and the whole, or the error, of a streamed response."""
    text = ""
    last: Any = None
    stream = await client.responses.create(
        model="m",
        max_output_tokens=64,
        input=[{"role": "user", "content": "x"}],
        stream=True,
    )
    async for event in stream:
        if event.type == "response.output_text.delta":
            text += event.delta
        if event.type in ("response.completed", "response.incomplete"):
            last = event.response
        if event.type == "error":
            last = event
    return text, last


async def messages(client: anthropic.AsyncAnthropic) -> anthropic.types.Message:
    """Return the message that the SDK puts together of a stream."""
    async with client.messages.stream(
        model="m", max_tokens=64, messages=[{"role": "user", "content": "x"}]
    ) as stream:
        return await stream.get_final_message()


@pytest.mark.parametrize(
    "stream",
    [
        Stream(Reply(WIDE)),
        Stream(Reply(WIDE), chunk_bytes=1),
        Stream(Reply(WIDE), newline="\r\n", chunk_bytes=3),
        Stream(Reply(WIDE), newline="\r", chunk_bytes=7),
        Stream(Reply(WIDE), comments=True),
        Stream(Reply(WIDE), packed=True),
        Stream(Reply(WIDE), pad_bytes=100_000),
    ],
    ids=["plain", "byte by byte", "CR LF", "CR", "comments", "gzip", "long line"],
)
async def test_the_sdks_read_a_stream_however_it_is_written(
    server: ModelServer,
    openai_sdk: openai.AsyncOpenAI,
    anthropic_sdk: anthropic.AsyncAnthropic,
    stream: Stream,
) -> None:
    server.say(stream, stream, stream)
    text, usages = await chat(openai_sdk)
    assert (text, usages[0].prompt_tokens, usages[0].completion_tokens) == (WIDE, 11, 7)
    text, response = await responses(openai_sdk)
    assert (text, response.output_text, response.usage.output_tokens) == (WIDE, WIDE, 7)
    message = await messages(anthropic_sdk)
    assert message.content[0].type == "text"
    assert (message.content[0].text, message.stop_reason) == (WIDE, "end_turn")
    assert (message.usage.input_tokens, message.usage.output_tokens) == (11, 7)


async def test_a_streamed_call_of_a_tool_comes_together(
    server: ModelServer, openai_sdk: openai.AsyncOpenAI, anthropic_sdk: anthropic.AsyncAnthropic
) -> None:
    reply = Reply(tools=(ToolCall("move", '{"to": "ben"}', "call_7"),))
    server.say(reply, reply, reply)
    parts = ""
    stream = await openai_sdk.chat.completions.create(
        model="m", max_tokens=64, messages=[{"role": "user", "content": "x"}], stream=True
    )
    async for chunk in stream:
        for call in chunk.choices[0].delta.tool_calls or [] if chunk.choices else []:
            parts += (call.function and call.function.arguments) or ""
    assert json.loads(parts) == {"to": "ben"}
    _, response = await responses(openai_sdk)
    assert response.output[-1].arguments == '{"to": "ben"}'
    message = await messages(anthropic_sdk)
    assert message.content[0].type == "tool_use"
    assert (message.content[0].input, message.stop_reason) == ({"to": "ben"}, "tool_use")


async def test_an_answer_that_met_its_bound_says_so_in_a_stream(
    server: ModelServer, openai_sdk: openai.AsyncOpenAI, anthropic_sdk: anthropic.AsyncAnthropic
) -> None:
    reply = Reply("half", ending="cut")
    server.say(reply, reply)
    _, response = await responses(openai_sdk)
    assert (response.status, response.incomplete_details.reason) == (
        "incomplete",
        "max_output_tokens",
    )
    assert (await messages(anthropic_sdk)).stop_reason == "max_tokens"


async def test_usage_comes_twice_or_not_at_all(
    server: ModelServer, openai_sdk: openai.AsyncOpenAI
) -> None:
    server.say(Reply(first_usage=Counts(11, 2)), Reply(usage=MISSING))
    _, usages = await chat(openai_sdk)
    assert [usage.completion_tokens for usage in usages] == [2, 7]
    assert (await chat(openai_sdk))[1] == []


async def test_an_error_in_the_middle_reaches_the_caller(
    server: ModelServer, openai_sdk: openai.AsyncOpenAI, anthropic_sdk: anthropic.AsyncAnthropic
) -> None:
    stream = Stream(Reply("a long enough answer"), error_after=3)
    server.say(stream, stream, stream)
    with pytest.raises(openai.APIError):
        await chat(openai_sdk)
    # The SDK hands this one on as an event.
    assert (await responses(openai_sdk))[1].code == "server_error"
    with pytest.raises(anthropic.APIStatusError):
        await messages(anthropic_sdk)


BODIES: dict[Api, tuple[str, dict[str, Any]]] = {
    "chat": ("chat/completions", {"max_tokens": 64, "messages": [{"role": "user"}]}),
    "responses": ("responses", {"max_output_tokens": 64, "input": [{"role": "user"}]}),
    "messages": ("messages", {"max_tokens": 64, "messages": [{"role": "user"}]}),
}
HEADERS = {"authorization": f"Bearer {KEY}", "anthropic-version": "2023-06-01"}


async def read(server: ModelServer, api: Api) -> bytes:
    """Return the bytes of a streamed answer, as a gateway sees them."""
    path, body = BODIES[api]
    sent = {"model": "m", "stream": True, **body}
    time_out = ClientTimeout(total=20.0)
    async with (
        ClientSession(timeout=time_out) as session,
        session.post(f"{server.root}/v1/{path}", json=sent, headers=HEADERS) as answer,
    ):
        return await answer.read()


@pytest.mark.parametrize("api", APIS)
async def test_a_stream_without_its_end_is_the_rest_of_it(server: ModelServer, api: Api) -> None:
    server.say(Stream(Reply(WIDE)), Stream(Reply(WIDE), is_ended=False))
    whole, open_ended = await read(server, api), await read(server, api)
    assert whole.startswith(open_ended)
    ends = {"chat": b"[DONE]", "responses": b"response.completed", "messages": b"message_stop"}
    assert (ends[api] in whole, ends[api] in open_ended) == (True, False)


@pytest.mark.parametrize("api", APIS)
async def test_a_line_of_ten_megabytes_is_one_line(server: ModelServer, api: Api) -> None:
    server.say(Stream(Reply("x"), pad_bytes=10 << 20))
    lines = (await read(server, api)).split(b"\n")
    assert max(map(len, lines)) == len("data: ") + (10 << 20)


@pytest.mark.parametrize("api", APIS)
async def test_a_stream_that_hangs_can_be_given_up(server: ModelServer, api: Api) -> None:
    server.say(Stream(Reply(WIDE), hang_after=2))
    with pytest.raises((TimeoutError, ClientPayloadError)):
        await read(server, api)


async def test_a_caller_without_a_key_is_refused_in_the_providers_words(
    server: ModelServer, openai_sdk: openai.AsyncOpenAI, anthropic_sdk: anthropic.AsyncAnthropic
) -> None:
    server.key = "another"
    with pytest.raises(openai.AuthenticationError):
        await chat(openai_sdk)
    with pytest.raises(anthropic.AuthenticationError):
        await messages(anthropic_sdk)
