"""One answer in the three languages of the providers, plain and streamed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tests.models.replies import MISSING, Api, Counts, Event, Json, Reply

_AT: Final = 1_795_867_200


def plain(api: Api, reply: Reply) -> Json:
    """Return the body of an answer."""
    return {"chat": _chat, "responses": _responses, "messages": _messages}[api](reply)


def streamed(api: Api, reply: Reply) -> Iterator[Event]:
    """Yield the events of an answer."""
    return {
        "chat": _chat_events,
        "responses": _responses_events,
        "messages": _messages_events,
    }[api](reply)


def pieces(text: str, size: int = 4) -> Sequence[str]:
    """Cut a text as a model says it, a few characters at a time."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def with_usage(body: Json, usage: Any) -> Json:
    """Add usage to a body, unless it is missing."""
    return body if usage == MISSING else {**body, "usage": usage}


# Chat completions


def _chat_usage(counts: Counts | str | None) -> Any:
    if not isinstance(counts, Counts):
        return counts
    return {
        "prompt_tokens": counts.tokens_in,
        "completion_tokens": counts.tokens_out,
        "total_tokens": _total(counts),
        "prompt_tokens_details": {
            "cached_tokens": counts.cached,
            "cache_write_tokens": counts.cache_written,
        },
        "completion_tokens_details": {"reasoning_tokens": counts.reasoning},
    }


_FINISH: Final = {"done": "stop", "cut": "length", "refused": "stop", "filtered": "content_filter"}


def _chat(reply: Reply) -> Json:
    is_refused = reply.ending == "refused"
    message: Json = {
        "role": "assistant",
        "content": None if is_refused or reply.tools else reply.text,
        "refusal": reply.text if is_refused else None,
    }
    if reply.tools:
        message["tool_calls"] = _chat_tools(reply)
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": _AT,
        "model": reply.model,
        "choices": [
            {
                "index": 0,
                "message": message,
                "logprobs": None,
                "finish_reason": "tool_calls" if reply.tools else _FINISH[reply.ending],
            }
        ],
    }
    return with_usage(body, _chat_usage(reply.usage))


def _chat_tools(reply: Reply) -> list[Json]:
    return [
        {
            "id": tool.id,
            "type": "function",
            "function": {"name": tool.name, "arguments": tool.arguments},
        }
        for tool in reply.tools
    ]


def _chat_events(reply: Reply) -> Iterator[Event]:
    def chunk(delta: Json, finish: str | None = None) -> Event:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return "", {**_chunk_head(reply), "choices": [choice], "usage": None}

    yield chunk({"role": "assistant", "content": ""})
    if reply.tools:
        for number, tool in enumerate(_chat_tools(reply)):
            whole = tool["function"]["arguments"]
            tool["function"]["arguments"] = ""
            yield chunk({"tool_calls": [{"index": number, **tool}]})
            for part in pieces(whole):
                yield chunk({"tool_calls": [{"index": number, "function": {"arguments": part}}]})
    name = "refusal" if reply.ending == "refused" else "content"
    for part in [] if reply.tools else pieces(reply.text):
        yield chunk({name: part})
    yield chunk({}, "tool_calls" if reply.tools else _FINISH[reply.ending])
    for counts in (reply.first_usage, reply.usage):
        if counts is not None and counts != MISSING:
            yield "", {**_chunk_head(reply), "choices": [], "usage": _chat_usage(counts)}
    yield "", "[DONE]"


def _chunk_head(reply: Reply) -> Json:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": _AT,
        "model": reply.model,
    }


# Responses


def _responses_usage(counts: Counts | str | None) -> Any:
    if not isinstance(counts, Counts):
        return counts
    return {
        "input_tokens": counts.tokens_in,
        "input_tokens_details": {
            "cached_tokens": counts.cached,
            "cache_write_tokens": counts.cache_written,
        },
        "output_tokens": counts.tokens_out,
        "output_tokens_details": {"reasoning_tokens": counts.reasoning},
        "total_tokens": _total(counts),
    }


def _responses(reply: Reply) -> Json:
    is_whole = reply.ending in ("done", "refused")
    why = "max_output_tokens" if reply.ending == "cut" else "content_filter"
    output = _responses_output(reply)
    body = {
        "id": "resp_1",
        "object": "response",
        "created_at": _AT,
        "status": "completed" if is_whole else "incomplete",
        "incomplete_details": None if is_whole else {"reason": why},
        "error": None,
        "model": reply.model,
        "output": [{"id": "rs_1", "type": "reasoning", "summary": []}, *output],
        "instructions": None,
        "metadata": {},
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "temperature": None,
        "top_p": None,
    }
    return with_usage(body, _responses_usage(reply.usage))


def _responses_output(reply: Reply) -> list[Json]:
    if reply.tools:
        return [
            {
                "id": f"fc_{number}",
                "type": "function_call",
                "status": "completed",
                "call_id": tool.id,
                "name": tool.name,
                "arguments": tool.arguments,
            }
            for number, tool in enumerate(reply.tools)
        ]
    part: Json = {"type": "output_text", "text": reply.text, "annotations": []}
    if reply.ending == "refused":
        part = {"type": "refusal", "refusal": reply.text}
    return [
        {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "status": "completed" if reply.ending in ("done", "refused") else "incomplete",
            "content": [part],
        }
    ]


def _responses_events(reply: Reply) -> Iterator[Event]:
    whole = _responses(reply)
    started = {**whole, "status": "in_progress", "output": [], "usage": None}
    events: list[Json] = [
        {"type": "response.created", "response": started},
        {"type": "response.in_progress", "response": started},
    ]
    for index, item in enumerate(whole["output"]):
        at = {"output_index": index, "item_id": item["id"]}
        added = {**item, "content": []} if item["type"] == "message" else item
        events.append({"type": "response.output_item.added", "output_index": index, "item": added})
        if item["type"] == "function_call":
            name = "response.function_call_arguments"
            events += [
                {"type": f"{name}.delta", **at, "delta": d} for d in pieces(item["arguments"])
            ]
            events.append({"type": f"{name}.done", **at, "arguments": item["arguments"]})
        if item["type"] == "message":
            events += _part_events(item["content"][0], {**at, "content_index": 0})
        events.append({"type": "response.output_item.done", "output_index": index, "item": item})
    ended = "completed" if whole["status"] == "completed" else "incomplete"
    events.append({"type": f"response.{ended}", "response": whole})
    for number, event in enumerate(events):
        yield event["type"], {**event, "sequence_number": number}


def _part_events(part: Json, at: Json) -> list[Json]:
    key = "refusal" if part["type"] == "refusal" else "text"
    name = "response.refusal" if key == "refusal" else "response.output_text"
    more: Json = {} if key == "refusal" else {"logprobs": []}
    return [
        {"type": "response.content_part.added", **at, "part": {**part, key: ""}},
        *({"type": f"{name}.delta", **at, **more, "delta": delta} for delta in pieces(part[key])),
        {"type": f"{name}.done", **at, **more, key: part[key]},
        {"type": "response.content_part.done", **at, "part": part},
    ]


# Messages


def _messages_usage(counts: Counts | str | None) -> Any:
    if not isinstance(counts, Counts):
        return counts
    return {
        "input_tokens": counts.tokens_in,
        "cache_creation_input_tokens": counts.cache_written,
        "cache_read_input_tokens": counts.cached,
        "output_tokens": counts.tokens_out,
        "output_tokens_details": {"thinking_tokens": counts.reasoning},
        "service_tier": "standard",
    }


_STOP: Final = {
    "done": "end_turn",
    "cut": "max_tokens",
    "refused": "refusal",
    "filtered": "refusal",
}


def _stop(reply: Reply) -> str:
    return "tool_use" if reply.tools and reply.ending == "done" else _STOP[reply.ending]


def _messages(reply: Reply) -> Json:
    content: list[Json] = [{"type": "text", "text": reply.text}]
    if reply.tools:
        content = [
            {"type": "tool_use", "id": t.id, "name": t.name, "input": json.loads(t.arguments)}
            for t in reply.tools
        ]
    body = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": reply.model,
        "content": content,
        "stop_reason": _stop(reply),
        "stop_sequence": None,
    }
    return with_usage(body, _messages_usage(reply.usage))


def _messages_events(reply: Reply) -> Iterator[Event]:
    usage = _messages_usage(reply.usage)
    begun = {**usage, "output_tokens": 1} if isinstance(usage, dict) else usage
    message: Json = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": reply.model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
    }
    yield "message_start", {"type": "message_start", "message": with_usage(message, begun)}
    yield "ping", {"type": "ping"}
    blocks: list[tuple[Json, str, str, str]] = [
        ({"type": "text", "text": ""}, "text_delta", "text", reply.text)
    ]
    if reply.tools:
        blocks = [
            (
                {"type": "tool_use", "id": tool.id, "name": tool.name, "input": {}},
                "input_json_delta",
                "partial_json",
                tool.arguments,
            )
            for tool in reply.tools
        ]
    for index, (block, kind, key, whole) in enumerate(blocks):
        at = {"index": index}
        yield (
            "content_block_start",
            {"type": "content_block_start", **at, "content_block": block},
        )
        for part in pieces(whole):
            delta = {"type": kind, key: part}
            yield "content_block_delta", {"type": "content_block_delta", **at, "delta": delta}
        yield "content_block_stop", {"type": "content_block_stop", **at}
    end = {"type": "message_delta", "delta": {"stop_reason": _stop(reply), "stop_sequence": None}}
    told = {"output_tokens": usage.get("output_tokens")} if isinstance(usage, dict) else usage
    yield "message_delta", with_usage(end, told)
    yield "message_stop", {"type": "message_stop"}


def _total(counts: Counts) -> Any:
    if counts.total is not None:
        return counts.total
    both = (counts.tokens_in, counts.tokens_out)
    return sum(both) if all(isinstance(count, int | float) for count in both) else None
