"""Providers on the loopback: OpenAI's chat completions and Responses, Anthropic's Messages.

A call is checked as the real ones check it and answered by the script. `violations` holds what
only a fault of ours can be: a call that nobody scripted.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from aiohttp import web

from tests.loopback import serving
from tests.models.faults import Fault, Stream, error_body
from tests.models.replies import Api, Json, Reply, ToolCall
from tests.models.strict import find_anthropic_faults, find_faults
from tests.models.wires import plain

KEY: Final = "sk-canary-5d1f0c9a"

# What each takes at the top of a call; the rest is refused, as OpenAI and Anthropic do.
_ARGUMENTS: Final[dict[Api, set[str]]] = {
    "chat": {
        "model", "messages", "max_tokens", "max_completion_tokens", "response_format", "stream",
        "stream_options", "temperature", "tools", "tool_choice",
    },
    "responses": {
        "model", "input", "instructions", "max_output_tokens", "text", "store", "stream",
        "tools", "tool_choice",
    },
    "messages": {
        "model", "messages", "system", "max_tokens", "output_config", "stream", "tools",
        "tool_choice",
    },
}  # fmt: skip
# What a version of Anthropic's API takes beside that. "Versions" of its API reference.
_VERSIONS: Final[dict[str, set[str]]] = {
    "2023-06-01": {"temperature", "top_p", "top_k"},
    "2026-10-21": set(),
}
_PATHS: Final[dict[str, Api]] = {
    "/v1/chat/completions": "chat",
    "/v1/responses": "responses",
    "/v1/messages": "messages",
}


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it came, before it was looked at."""

    api: Api
    headers: dict[str, str]
    body: Json

    @property
    def schema(self) -> Any:
        return _schema_of(self.api, self.body)


class ModelServer:
    """A provider; `key` is what it wants, empty for a server that wants none."""

    def __init__(self, key: str = KEY) -> None:
        self.key = key
        self.root = ""
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.looks = 0
        # What it lists, and whether as Together does: the list alone.
        self.offered: list[str] = []
        self.is_bare = False
        # So many models in a page, for whom pages are known to; whether each says that more come.
        self.page_size = 0
        self.is_endless = False
        self.fails_on_look = 0
        self.called = asyncio.Event()
        self._script: deque[Reply | Fault] = deque()

    @classmethod
    @asynccontextmanager
    async def running(cls, key: str = KEY) -> AsyncIterator[ModelServer]:
        """Listen until the block ends."""
        server = cls(key)
        application = web.Application(client_max_size=1 << 20)
        application.router.add_get("/v1/models", server._list)
        for path in _PATHS:
            application.router.add_post(path, server._answer)
        async with serving(application, handler_cancellation=True) as port:
            server.root = f"http://127.0.0.1:{port}"
            yield server

    def say(self, *script: Reply | Fault) -> None:
        """Add answers, one for each call that comes."""
        self._script.extend(script)

    async def _list(self, request: web.Request) -> web.StreamResponse:
        self.looks += 1
        api: Api = "messages" if "anthropic-version" in request.headers else "chat"
        if not self._is_known(api, request):
            return self._refuse(api, 401, "no key, or another one")
        if self._script and not isinstance(self._script[0], Reply):
            fault = self._script.popleft()
            assert not isinstance(fault, Reply)
            return await fault(request, api)
        if self.looks == self.fails_on_look:
            return self._refuse(api, 500, "a fault of its own")
        data = [{"id": name, "object": "model"} for name in self.offered]
        if self.page_size and api == "messages":
            return web.json_response(self._page(request, data))
        body = data if self.is_bare else {"object": "list", "data": data, "has_more": False}
        return web.json_response(body)

    def _page(self, request: web.Request, data: list[Json]) -> Json:
        """Return what follows a model, as Anthropic does it."""
        after = request.query.get("after_id")
        begin = 0 if after is None else self.offered.index(after) + 1
        page = data[begin : begin + self.page_size]
        has_more = self.is_endless or begin + self.page_size < len(data)
        last_id = self.offered[0] if self.is_endless else page[-1]["id"]
        return {"data": page, "has_more": has_more, "last_id": last_id}

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        api = _PATHS[request.path]
        try:
            sent = json.loads(await request.read())
        except ValueError:
            return self._refuse(api, 400, "no JSON")
        self.calls.append(Call(api, {k.lower(): v for k, v in request.headers.items()}, sent))
        self.called.set()
        if not self._is_known(api, request):
            return self._refuse(api, 401, "no key, or another one")
        if faults := _find_faults(api, request, sent):
            return self._refuse(api, 400, "; ".join(faults))
        if not self._script:
            self.violations.append(f"{api}: a call that nobody scripted")
            return self._refuse(api, 500, "nothing is scripted")
        reply = self._script.popleft()
        if not isinstance(reply, Reply):
            return await reply(request, api)
        reply = _as_called(reply, sent)
        if sent.get("stream"):
            return await Stream(reply)(request, api)
        name = "request-id" if api == "messages" else "x-request-id"
        return web.json_response(plain(api, reply), headers={name: f"req_{len(self.calls)}"})

    def _is_known(self, api: Api, request: web.Request) -> bool:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if api == "messages" and not given:
            given = request.headers.get("x-api-key", "")
        return given == self.key

    def _refuse(self, api: Api, number: int, message: str) -> web.Response:
        kinds = {400: "invalid_request_error", 401: "authentication_error"}
        body = error_body(api, kinds.get(number, "api_error"), message=message)
        return web.json_response(body, status=number)


def _as_called(reply: Reply, sent: Json) -> Reply:
    """Return what a model says that is made to call a tool: its text is the tool's input."""
    choice = sent.get("tool_choice")
    if reply.tools or not isinstance(choice, dict) or choice.get("type") != "tool":
        return reply
    try:
        is_object = isinstance(json.loads(reply.text), dict)
    except (ValueError, RecursionError):
        is_object = False
    # It may not obey.
    return replace(reply, tools=(ToolCall(choice["name"], reply.text),)) if is_object else reply


def _find_faults(api: Api, request: web.Request, sent: Json) -> list[str]:
    version = request.headers.get("anthropic-version", "")
    known = _ARGUMENTS[api] | _VERSIONS.get(version if api == "messages" else "", set())
    faults = [f"{name} is not known" for name in sent.keys() - known]
    if request.content_type != "application/json":
        faults.append("content-type")
    if api == "messages" and version not in _VERSIONS:
        faults.append("anthropic-version is required")
    if not isinstance(sent.get("model"), str) or not sent["model"]:
        faults.append("model is required")
    bounds = {"chat": "max_tokens", "responses": "max_output_tokens", "messages": "max_tokens"}
    most = sent.get(bounds[api], sent.get("max_completion_tokens"))
    if not isinstance(most, int) or most < (16 if api == "responses" else 1):
        faults.append(f"{bounds[api]} is too low")
    faults += _find_message_faults(api, sent)
    schema = _schema_of(api, sent)
    if schema is not None:
        faults += find_faults(schema)
        faults += find_anthropic_faults(schema) if api == "messages" else []
    return faults


def _find_message_faults(api: Api, sent: Json) -> list[str]:
    messages = sent.get("input" if api == "responses" else "messages")
    if not isinstance(messages, list) or not messages:
        return ["messages are required"]
    roles = [message.get("role") for message in messages]
    known = {"user", "assistant"} | ({"system"} if api == "chat" else set())
    faults = [] if set(roles) <= known else [f"a role of {roles}"]
    # Chat templates of many open models take a system message at the beginning only.
    if "system" in roles[1:]:
        faults.append("a system message after the beginning")
    is_json_mode = sent.get("response_format") == {"type": "json_object"}
    if is_json_mode and "json" not in json.dumps(messages).lower():
        faults.append("the word JSON is not in the messages")
    return faults


def _schema_of(api: Api, sent: Json) -> Any:
    """Return the schema of the wanted shape, None where none is wanted."""
    if api == "responses":
        form = sent.get("text", {}).get("format", {})
    elif api == "messages":
        form = sent.get("output_config", {}).get("format", {})
    else:
        form = sent.get("response_format", {})
    if form.get("type") != "json_schema":
        return None
    if api == "messages":
        return form.get("schema")
    form = form if api == "responses" else form.get("json_schema", {})
    named = form.get("name", "")
    is_right = form.get("strict") is True and named.isidentifier() and len(named) <= 64
    return form.get("schema") if is_right else "no strict format with a name"


def closed_address() -> str:
    """Return the address of a port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@asynccontextmanager
async def talking_nonsense(said: bytes) -> AsyncIterator[str]:
    """Run a server that answers whoever connects with these bytes; yield its address."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(said)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
