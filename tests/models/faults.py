"""What providers do instead of answering; each is given to `ModelServer.say`."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.errors.models import ProviderBusy, ProviderFailed, ProviderKeyRefused, ProviderUnreachable
from tests.models.replies import Api, Event, Json, Reply
from tests.models.wires import plain, streamed
from tests.pauses import skip

Fault = Callable[[web.Request, Api], Awaitable[web.StreamResponse]]

_LONGER_THAN_ANY_S = 600

ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    503: "api_error",
    504: "timeout_error",
    529: "overloaded_error",
}


def error_body(api: Api, kind: str, code: str | None = None, message: str = "No.") -> Json:
    """Return the body of an error in the provider's words."""
    if api == "messages":
        details = {} if code is None else {"details": {"error_code": code}}
        error = {"type": kind, "message": message, **details}
        return {"type": "error", "error": error, "request_id": "req_1"}
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def status(
    number: int,
    *,
    kind: str = "",
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
    message: str = "No.",
) -> Fault:
    """Answer with a status and an error's body."""

    async def fault(request: web.Request, api: Api) -> web.StreamResponse:
        body = error_body(api, kind or ERROR_TYPES.get(number, "api_error"), code, message)
        return web.json_response(body, status=number, headers=headers)

    return fault


def page(number: int, *, headers: Mapping[str, str] | None = None) -> Fault:
    """Answer with a page for people, as a proxy in between does."""

    async def fault(request: web.Request, api: Api) -> web.StreamResponse:
        text = "<html><body>Bad gateway</body></html>"
        return web.Response(status=number, text=text, content_type="text/html", headers=headers)

    return fault


def body(content: bytes | Any, *, content_type: str = "application/json") -> Fault:
    """Answer 200 with this very body."""

    async def fault(request: web.Request, api: Api) -> web.StreamResponse:
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        return web.Response(body=raw, content_type=content_type)

    return fault


def failed_after_success(kind: str, code: str | None = None) -> Fault:
    """Answer 200 with an error for a body."""

    async def fault(request: web.Request, api: Api) -> web.StreamResponse:
        return web.json_response(error_body(api, kind, code))

    return fault


def packed(reply: Reply, *, is_cut: bool = False, claims: str = "gzip") -> Fault:
    """Answer in gzip."""

    async def fault(request: web.Request, api: Api) -> web.StreamResponse:
        raw = gzip.compress(json.dumps(plain(api, reply)).encode())
        return web.Response(
            body=raw[:-12] if is_cut else raw,
            headers={"content-encoding": claims, "content-type": "application/json"},
        )

    return fault


async def reset(request: web.Request, api: Api) -> web.StreamResponse:
    """Cut the connection once the call has been read."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def wait(request: web.Request, api: Api) -> web.StreamResponse:
    """Say nothing until the caller goes away."""
    await asyncio.Event().wait()
    raise AssertionError("nobody went away")


async def hang(request: web.Request, api: Api) -> web.StreamResponse:
    """Say nothing for longer than anybody waits."""
    skip(_LONGER_THAN_ANY_S)
    return await wait(request, api)


async def hang_midway(request: web.Request, api: Api) -> web.StreamResponse:
    """Begin an answer and stop."""
    started = web.StreamResponse(headers={"content-type": "application/json"})
    await started.prepare(request)
    await started.write(b'{"id": "')
    return await hang(request, api)


async def drip(request: web.Request, api: Api) -> web.StreamResponse:
    """Send one byte after the other, for longer than anybody waits."""
    started = web.StreamResponse(headers={"content-type": "application/json"})
    await started.prepare(request)
    skip(_LONGER_THAN_ANY_S)
    while True:
        await started.write(b" ")
        await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class Stream:
    """How a stream is written: F15 of the faults.

    Attributes:
        reply: what is said.
        newline: what ends a line: "\\n", "\\r\\n" or "\\r".
        chunk_bytes: how much is written at once, 0 for an event; small ones split characters.
        comments: lines for nobody between the events.
        is_ended: whether the event that says the end comes.
        error_after: after how many events an error comes in place of the rest.
        hang_after: after how many events nothing more comes.
        pad_bytes: length of a line that the first event is blown up to.
        packed: whether the body is gzip.
    """

    reply: Reply
    newline: str = "\n"
    chunk_bytes: int = 0
    comments: bool = False
    is_ended: bool = True
    error_after: int | None = None
    hang_after: int | None = None
    pad_bytes: int = 0
    packed: bool = False

    async def __call__(self, request: web.Request, api: Api) -> web.StreamResponse:
        headers = {"content-type": "text/event-stream"}
        if self.packed:
            headers["content-encoding"] = "gzip"
        started = web.StreamResponse(headers=headers)
        await started.prepare(request)
        async for written in self._bytes(api):
            size = self.chunk_bytes or len(written)
            for start in range(0, len(written), size):
                await started.write(written[start : start + size])
        if self.hang_after is not None:
            await hang(request, api)
        return started

    async def _bytes(self, api: Api) -> AsyncIterator[bytes]:
        lines = [self._event(api, event, number) for number, event in self._events(api)]
        if self.packed:
            yield gzip.compress(b"".join(lines))
            return
        for line in lines:
            yield line

    def _events(self, api: Api) -> list[tuple[int, Event]]:
        events = list(streamed(api, self.reply))
        if not self.is_ended:
            events.pop()
        if self.error_after is not None:
            error = error_body(api, "overloaded_error")
            if api == "responses":
                error = {"type": "error", "code": "server_error", "message": "No.", "param": None}
            events[self.error_after :] = [("error" if api != "chat" else "", error)]
        if self.hang_after is not None:
            del events[self.hang_after :]
        return list(enumerate(events))

    def _event(self, api: Api, event: Event, number: int) -> bytes:
        name, data = event
        # As the providers do: other characters as themselves, U+2028 too.
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        if number == 0 and self.pad_bytes:
            text = text[:-1] + " " * (self.pad_bytes - len(text)) + text[-1]
        lines = [": nobody reads this"] if self.comments else []
        lines += [f"event: {name}"] if name else []
        return self.newline.join([*lines, f"data: {text}", "", ""]).encode()


# What may become of a question that no model is asked, and the error that says so.
WITHOUT_ANSWER = [
    (status(503), ProviderFailed),
    (status(529), ProviderBusy),
    (status(401), ProviderKeyRefused),
    (hang, ProviderUnreachable),
    (reset, ProviderUnreachable),
]
