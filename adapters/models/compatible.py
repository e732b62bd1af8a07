"""Any server that speaks OpenAI's chat completions.

Ollama, vLLM, Groq, Together, Mistral, Azure OpenAI's `/openai/v1`, Gemini's `/v1beta/openai` and
a gateway in the house: an address, a key where one is wanted, and what the server can do. That is
said by whoever configures it and never guessed from how the server fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import httpx2
from openai import Omit, omit
from openai.types.chat import ChatCompletionMessageParam
from openai.types.chat.completion_create_params import ResponseFormat

from adapters.models.endpoint import Endpoint
from adapters.models.faults import error_words, of_words
from adapters.models.openai_client import list_models, look, one_call, open_openai
from adapters.models.prompts import schema_in_words, spoken, system_text
from adapters.models.reading import answer_of, openai_usage, plain_text, read_body
from adapters.models.schemas import strict_schema
from adapters.models.transport import for_sdk
from bot.errors.models import AnswerBroken
from bot.models import Ending, ModelAnswer, ModelRequest, TimeOuts
from bot.routing.providers import Abilities
from bot.tokens import TokenUsage

_ENDINGS: Final[dict[str, Ending]] = {"length": "cut", "content_filter": "refused"}


class Compatible:
    """A provider that speaks chat completions."""

    def __init__(self, endpoint: Endpoint, abilities: Abilities) -> None:
        self._endpoint = endpoint
        self._abilities = abilities
        self._client = open_openai(endpoint)

    async def ask(self, request: ModelRequest) -> ModelAnswer:
        bound = self._abilities.bound
        async with one_call(self._client, self._endpoint, request):
            raw = await self._client.chat.completions.with_raw_response.create(
                model=request.model,
                messages=_messages_of(request, self._abilities),
                max_tokens=request.most_tokens if bound == "max_tokens" else omit,
                max_completion_tokens=omit if bound == "max_tokens" else request.most_tokens,
                response_format=_format_of(request, self._abilities),
                timeout=for_sdk(request.time_outs),
            )
        return read_completion(raw.http_response, self._endpoint.name, request)

    async def look(self, time_outs: TimeOuts) -> None:
        await look(self._client, self._endpoint, time_outs)

    async def list_models(self, time_outs: TimeOuts) -> tuple[str, ...]:
        return await list_models(self._client, self._endpoint, time_outs)

    async def close(self) -> None:
        await self._client.close()


def _messages_of(request: ModelRequest, abilities: Abilities) -> list[ChatCompletionMessageParam]:
    system = system_text(request.messages)
    if request.answer is not None and abilities.structure != "schema":
        system = "\n\n".join(
            part for part in (system, schema_in_words(strict_schema(request.answer))) if part
        )
    messages: list[ChatCompletionMessageParam] = []
    if system:
        messages.append({"role": "system", "content": system})
    for message in spoken(request.messages):
        if message.role == "assistant":
            messages.append({"role": "assistant", "content": message.text})
        else:
            messages.append({"role": "user", "content": message.text})
    return messages


def _format_of(request: ModelRequest, abilities: Abilities) -> ResponseFormat | Omit:
    if request.answer is None or abilities.structure == "prompt":
        return omit
    if abilities.structure == "json":
        return {"type": "json_object"}
    return {
        "type": "json_schema",
        "json_schema": {
            "name": request.answer.__name__,
            "schema": dict(strict_schema(request.answer)),
            "strict": True,
        },
    }


def read_completion(answer: httpx2.Response, provider: str, request: ModelRequest) -> ModelAnswer:
    """Read an answer of status 2xx.

    Raises:
        Unanswered: it is no answer, or says that the call failed.
    """
    body = read_body(answer.content)
    if not body or (body.get("error") and not body.get("choices")):
        words = error_words(answer.content)
        usage = _usage(body or {}, has_text=False)
        raise of_words(words, provider, request.model, status=answer.status_code, usage=usage)
    choices = body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        usage = _usage(body, has_text=False)
        raise AnswerBroken(
            provider, request.model, status=answer.status_code, may_be_charged=True, usage=usage
        )
    refusal = _text_of(message.get("refusal"))
    finish = choice.get("finish_reason")
    text = plain_text(refusal or _text_of(message.get("content")))
    return answer_of(
        body,
        request,
        text=text,
        ending="refused" if refusal else _ENDINGS.get(str(finish), "done"),
        usage=_usage(body, has_text=bool(text)),
        request_id=answer.headers.get("x-request-id", ""),
    )


def _usage(body: Mapping[str, Any], *, has_text: bool) -> TokenUsage | None:  # Any: JSON
    return openai_usage(body.get("usage"), "prompt", "completion", has_text=has_text)


def _text_of(content: Any) -> str:  # Any: JSON
    """Return the text of a message; Mistral's reasoning models send it in parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(
        part["text"]
        for part in parts
        if isinstance(part, dict)
        and part.get("type") == "text"
        and isinstance(part.get("text"), str)
    )
