"""What a provider answered -> text, shape and counts. Pure, and total: nothing here raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from bot.errors.kinds import InvalidInput
from bot.models import Ending, ModelAnswer, ModelRequest
from bot.routing.lists import MOST_MODELS, is_model_name
from bot.strict_json import parse_object
from bot.tokens import TokenUsage

# No model reads or writes as much in one call; beyond it a count cannot be true.
_MOST_TOKENS: Final = 10**10


def read_body(body: bytes) -> dict[str, Any] | None:  # Any: JSON; callers look at what they take
    """Return a body that is one JSON object, None for every other."""
    try:
        return parse_object(body)
    except InvalidInput:
        return None


def read_models(body: bytes) -> tuple[str, ...]:
    """Return the models that a body lists, in its order; empty for one that is no list of any.

    OpenAI and Anthropic list them under `data`, Together at the top. What cannot be a model's
    name here is left out.
    """
    # Together's list in an object, so that one strict reader reads both.
    is_bare = body.lstrip().startswith(b"[")
    read = read_body(b'{"data":' + body + b"}" if is_bare else body) or {}
    data = read.get("data")
    entries = data if isinstance(data, list) and len(data) <= MOST_MODELS else []
    names = [one.get("id") for one in entries if isinstance(one, dict)]
    return tuple(dict.fromkeys(x for x in names if isinstance(x, str) and is_model_name(x)))


def read_last_id(body: bytes) -> str:
    """Return after which model a list goes on in another page; empty for its last page.

    API reference of Anthropic, "List Models": `has_more` and `last_id`.
    """
    read = read_body(body) or {}
    last_id = read.get("last_id")
    return last_id if read.get("has_more") is True and isinstance(last_id, str) else ""


def read_value(text: str, shape: type[BaseModel] | None, ending: Ending) -> BaseModel | None:
    """Return the wanted shape if the text is it and nothing else, all of it and of its types.

    None for an answer that was cut, also where what is there happens to be complete.
    """
    if shape is None or ending != "done":
        return None
    body = text.encode("utf-8", errors="surrogatepass")
    if read_body(body) is None:
        return None
    try:
        return shape.model_validate_json(body, strict=True)
    except ValidationError:
        return None


def answer_of(
    body: Mapping[str, Any],  # Any: JSON
    request: ModelRequest,
    *,
    text: str,
    ending: Ending,
    usage: TokenUsage | None,
    request_id: str,
) -> ModelAnswer:
    """Put together what a body says; the model is the one that it names, if it names one."""
    model = body.get("model")
    return ModelAnswer(
        text=text,
        model=model if isinstance(model, str) and model else request.model,
        ending=ending,
        value=read_value(text, request.answer, ending),
        usage=usage,
        request_id=request_id,
    )


def plain_text(text: str) -> str:
    """Return text that can be kept and sent: half a surrogate pair, is neither."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def openai_usage(usage: object, into: str, out_of: str, *, has_text: bool) -> TokenUsage | None:
    """Return what a server counted that speaks OpenAI's language.

    Args:
        usage: as it came.
        into: what the tokens of the prompt are called there, "prompt" or "input".
        out_of: what those of the answer are called, "completion" or "output".
        has_text: whether anything was answered.
    """
    if not isinstance(usage, dict):
        return None
    details_in, details_out = (
        details if isinstance(details := usage.get(f"{name}_tokens_details"), dict) else {}
        for name in (into, out_of)
    )
    return count_usage(
        usage.get(f"{into}_tokens"),
        usage.get(f"{out_of}_tokens"),
        total=usage.get("total_tokens"),
        cached=details_in.get("cached_tokens"),
        cache_written=details_in.get("cache_write_tokens"),
        reasoning=details_out.get("reasoning_tokens"),
        has_text=has_text,
    )


def count_usage(
    tokens_in: object,
    tokens_out: object,
    *,
    total: object = None,
    cached: object = None,
    cache_written: object = None,
    reasoning: object = None,
    has_text: bool,
) -> TokenUsage | None:
    """Return what a provider counted, None where that cannot be true.

    A call without tokens in, or with text and without tokens out, is one that was not counted:
    zero would make it free. Parts that do not fit into their whole are read as what costs more.
    """
    whole_in, whole_out, whole = _count(tokens_in), _count(tokens_out), _count(total)
    if not whole_in or whole_out is None:
        return None
    if whole is not None:
        # xAI and Gemini count reasoning in the total only, and charge for it.
        whole_out = max(whole_out, whole - whole_in)
    if has_text and not whole_out:
        return None
    written = min(_count(cache_written) or 0, whole_in)
    read = _count(cached) or 0
    return TokenUsage(
        tokens_in=whole_in,
        tokens_out=whole_out,
        cached=read if read + written <= whole_in else 0,
        cache_written=written,
        reasoning=min(_count(reasoning) or 0, whole_out),
    )


def sum_counts(*values: object) -> int | None:
    """Return the sum of counts of which some may be missing; None if one cannot be true."""
    counts = [0 if value is None else _count(value) for value in values]
    return None if None in counts else sum(count or 0 for count in counts)


def _count(value: object) -> int | None:
    """Return a count that can be true: a whole number, also where it is written as 12.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _MOST_TOKENS else None
