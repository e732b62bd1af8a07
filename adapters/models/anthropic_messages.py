"""Anthropic by its Messages API.

There is no temperature: the API refuses one since its version 2026-10-21, which the SDK speaks.

A shape is asked for by a schema that Anthropic compiles to a grammar. It compiles small ones only;
a larger one goes as the input of a tool that the model is made to call, which binds it less. The
answer is validated in any case.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypedDict

import anthropic
import httpx2
from anthropic import Omit, omit
from anthropic.types import (
    MessageParam,
    OutputConfigParam,
    TextBlockParam,
    ToolChoiceToolParam,
    ToolParam,
)

from adapters.models.endpoint import Endpoint
from adapters.models.faults import error_words, of_answer, of_connection, of_words
from adapters.models.prompts import spoken, system_text
from adapters.models.reading import (
    answer_of,
    count_usage,
    plain_text,
    read_body,
    read_last_id,
    read_models,
    sum_counts,
)
from adapters.models.schemas import fits_anthropic, strict_schema
from adapters.models.transport import for_sdk, open_client
from bot.errors.models import AnswerBroken, ProviderUnreachable
from bot.models import Ending, ModelAnswer, ModelRequest, TimeOuts
from bot.routing.lists import MOST_MODELS
from bot.tokens import TokenUsage

_TOOL: Final = "answer"
# In one page: API reference, "List Models", `limit`.
_MOST_LISTED: Final = 1000
_MOST_PAGES: Final = MOST_MODELS // _MOST_LISTED
_ENDINGS: Final[dict[str, Ending]] = {
    "max_tokens": "cut",
    "model_context_window_exceeded": "cut",
    "pause_turn": "cut",
    "refusal": "refused",
}


class AnthropicMessages:
    """A provider that speaks the Messages API."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._client = anthropic.AsyncAnthropic(
            # Given, so that the SDK looks for none in the environment and on the disk.
            api_key=endpoint.key,
            base_url=endpoint.base_url,
            max_retries=0,
            http_client=open_client(endpoint),
            open_telemetry=False,
        )

    async def ask(self, request: ModelRequest) -> ModelAnswer:
        async with self._one_call(request):
            raw = await self._client.messages.with_raw_response.create(
                model=request.model,
                system=_system_of(request),
                messages=_messages_of(request),
                max_tokens=request.most_tokens,
                **_shape_of(request),
                timeout=for_sdk(request.time_outs),
            )
        return read_message(raw.http_response, self._endpoint.name, request)

    async def look(self, time_outs: TimeOuts) -> None:
        async with self._one_call(ModelRequest("", (), 0, time_outs=time_outs)):
            await self._client.models.with_raw_response.list(limit=1, timeout=for_sdk(time_outs))

    async def list_models(self, time_outs: TimeOuts) -> tuple[str, ...]:
        found: dict[str, None] = {}
        after_id: str | Omit = omit
        async with self._one_call(ModelRequest("", (), 0, time_outs=time_outs)):
            for _ in range(_MOST_PAGES):
                raw = await self._client.models.with_raw_response.list(
                    limit=_MOST_LISTED, after_id=after_id, timeout=for_sdk(time_outs)
                )
                body = raw.http_response.content
                found |= dict.fromkeys(read_models(body))
                last_id = read_last_id(body)
                if not last_id:
                    break
                after_id = last_id
            else:
                # One that has no end is none.
                found = {}
        if not found:
            raise AnswerBroken(self._endpoint.name, "")
        return tuple(found)

    async def close(self) -> None:
        await self._client.close()

    @asynccontextmanager
    async def _one_call(self, request: ModelRequest) -> AsyncIterator[None]:
        """Bound the time of the call inside and say in our words how it fails."""
        name = self._endpoint.name
        if self._client.is_closed():
            raise ProviderUnreachable(name, request.model)
        try:
            async with asyncio.timeout(request.time_outs.total_s):
                yield
        except TimeoutError as error:
            raise ProviderUnreachable(name, request.model, may_be_charged=True) from error
        except anthropic.APIStatusError as error:
            raise of_answer(
                error.response, name, request.model, spends_without_retry_after=True
            ) from error
        except anthropic.APIConnectionError as error:
            raise of_connection(error.__cause__, name, request.model) from error


def _system_of(request: ModelRequest) -> str | list[TextBlockParam] | Omit:
    """Return what is ours of a prompt: it is the same in each call, so that it may be kept.

    Anthropic, "Prompt caching": the prefix up to the mark is kept for five minutes; what is too
    short for the model is sent as if there were no mark.
    """
    text = system_text(request.messages)
    if not text:
        return omit
    if not request.caches_context:
        return text
    return [TextBlockParam(type="text", text=text, cache_control={"type": "ephemeral"})]


def _messages_of(request: ModelRequest) -> list[MessageParam]:
    return [
        {"role": "assistant", "content": message.text}
        if message.role == "assistant"
        else {"role": "user", "content": message.text}
        for message in spoken(request.messages)
    ]


class _Shape(TypedDict, total=False):
    output_config: OutputConfigParam
    tools: list[ToolParam]
    tool_choice: ToolChoiceToolParam


def _shape_of(request: ModelRequest) -> _Shape:
    """Return the arguments that ask for the wanted shape."""
    if request.answer is None:
        return {}
    schema = dict(strict_schema(request.answer))
    if fits_anthropic(request.answer):
        return {"output_config": {"format": {"type": "json_schema", "schema": schema}}}
    tool = ToolParam(name=_TOOL, description="Give the answer.", input_schema=schema)
    return {
        "tools": [tool],
        "tool_choice": {"type": "tool", "name": _TOOL, "disable_parallel_tool_use": True},
    }


def read_message(answer: httpx2.Response, provider: str, request: ModelRequest) -> ModelAnswer:
    """Read an answer of status 2xx.

    Raises:
        Unanswered: it is no answer, or says that the call failed.
    """
    body = read_body(answer.content)
    if not body or not isinstance(body.get("content"), list):
        words = error_words(answer.content)
        usage = _usage(body.get("usage") if body else None, has_text=False)
        raise of_words(words, provider, request.model, status=answer.status_code, usage=usage)
    text = plain_text(_text_of(body["content"]))
    return answer_of(
        body,
        request,
        text=text,
        ending=_ENDINGS.get(str(body.get("stop_reason")), "done"),
        usage=_usage(body.get("usage"), has_text=bool(text)),
        request_id=answer.headers.get("request-id", ""),
    )


def _text_of(content: list[Any]) -> str:  # Any: JSON
    """Return what was said, or what our tool was called with; several calls are no answer."""
    blocks = [block for block in content if isinstance(block, dict)]
    called = [block.get("input") for block in blocks if block.get("name") == _TOOL]
    if len(called) == 1 and isinstance(called[0], dict):
        return json.dumps(called[0], ensure_ascii=False)
    said = [block.get("text") for block in blocks if block.get("type") == "text"]
    return "".join(text for text in said if isinstance(text, str))


def _usage(usage: Any, *, has_text: bool) -> TokenUsage | None:  # Any: JSON
    if not isinstance(usage, dict):
        return None
    read = usage.get("cache_read_input_tokens")
    written = usage.get("cache_creation_input_tokens")
    details = usage.get("output_tokens_details")
    return count_usage(
        # The others count what came from the cache as input too; Anthropic counts it beside.
        sum_counts(usage.get("input_tokens"), read, written),
        usage.get("output_tokens"),
        cached=read,
        cache_written=written,
        reasoning=details.get("thinking_tokens") if isinstance(details, dict) else None,
        has_text=has_text,
    )
