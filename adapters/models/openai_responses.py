"""OpenAI by its Responses API.

Responses and not chat completions: every model of OpenAI answers there, the newest only there;
the bound on tokens counts reasoning too; an answer that met it is an ordinary answer with its
text and usage; a refusal is a part of its own. Other servers that speak OpenAI's language speak
chat completions: see `compatible.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import httpx2
from openai.types.responses import EasyInputMessageParam, ResponseTextConfigParam
from openai.types.shared_params import ResponseFormatText

from adapters.models.endpoint import Endpoint
from adapters.models.faults import error_words, of_words
from adapters.models.openai_client import list_models, look, one_call, open_openai
from adapters.models.prompts import spoken, system_text
from adapters.models.reading import answer_of, openai_usage, plain_text, read_body
from adapters.models.schemas import strict_schema
from adapters.models.transport import for_sdk
from bot.errors.models import AnswerBroken
from bot.models import Ending, ModelAnswer, ModelRequest, TimeOuts
from bot.tokens import TokenUsage

# Of the six that there are; the others say that there is no answer, or not yet.
_WITH_ANSWER: Final = ("completed", "incomplete")


class OpenAIResponses:
    """A provider that speaks the Responses API."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._client = open_openai(endpoint)

    async def ask(self, request: ModelRequest) -> ModelAnswer:
        async with one_call(self._client, self._endpoint, request):
            raw = await self._client.responses.with_raw_response.create(
                model=request.model,
                instructions=system_text(request.messages),
                input=[
                    EasyInputMessageParam(role=message.role, content=message.text)
                    for message in spoken(request.messages)
                ],
                max_output_tokens=request.most_tokens,
                text=_format_of(request),
                # Otherwise OpenAI keeps prompt and answer for 30 days. API reference, `store`.
                store=False,
                timeout=for_sdk(request.time_outs),
            )
        return read_response(raw.http_response, self._endpoint.name, request)

    async def look(self, time_outs: TimeOuts) -> None:
        await look(self._client, self._endpoint, time_outs)

    async def list_models(self, time_outs: TimeOuts) -> tuple[str, ...]:
        return await list_models(self._client, self._endpoint, time_outs)

    async def close(self) -> None:
        await self._client.close()


def _format_of(request: ModelRequest) -> ResponseTextConfigParam:
    if request.answer is None:
        return {"format": ResponseFormatText(type="text")}
    return {
        "format": {
            "type": "json_schema",
            "name": request.answer.__name__,
            "schema": dict(strict_schema(request.answer)),
            "strict": True,
        }
    }


def read_response(answer: httpx2.Response, provider: str, request: ModelRequest) -> ModelAnswer:
    """Read an answer of status 2xx.

    Raises:
        Unanswered: it is no answer, or says that the call failed.
    """
    body = read_body(answer.content)
    status = body.get("status") if body else None
    if not body or not isinstance(body.get("output"), list) or status not in _WITH_ANSWER:
        words = error_words(answer.content)
        usage = _usage(body or {}, has_text=False)
        raise of_words(words, provider, request.model, status=answer.status_code, usage=usage)
    if not body["output"] and status == "completed":
        usage = _usage(body, has_text=False)
        raise AnswerBroken(
            provider, request.model, status=answer.status_code, may_be_charged=True, usage=usage
        )
    said, refused = _parts(body["output"])
    ending: Ending = "refused" if refused else "done"
    if status == "incomplete":
        details = body.get("incomplete_details")
        is_filtered = isinstance(details, dict) and details.get("reason") == "content_filter"
        ending = "refused" if refused or is_filtered else "cut"
    text = plain_text("".join(refused or said))
    return answer_of(
        body,
        request,
        text=text,
        ending=ending,
        usage=_usage(body, has_text=bool(text)),
        request_id=answer.headers.get("x-request-id", ""),
    )


def _usage(body: Mapping[str, Any], *, has_text: bool) -> TokenUsage | None:  # Any: JSON
    return openai_usage(body.get("usage"), "input", "output", has_text=has_text)


def _parts(output: list[Any]) -> tuple[list[str], list[str]]:  # Any: JSON
    """Return the texts of the answer and those of a refusal."""
    said: list[str] = []
    refused: list[str] = []
    for item in output:
        # Reasoning and calls of tools are items too; what is said before the answer has a phase.
        if not isinstance(item, dict) or item.get("type") != "message":
            continue
        if item.get("phase") not in (None, "final_answer"):
            continue
        content = item.get("content")
        for part in content if isinstance(content, list) else ():
            if isinstance(part, dict) and isinstance(part.get("text"), str):
                said.append(part["text"])
            elif isinstance(part, dict) and isinstance(part.get("refusal"), str):
                refused.append(part["refusal"])
    return said, refused
