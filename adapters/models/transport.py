"""What goes over the wire and what may come back, the same for every SDK.

The SDKs add to a call whatever they find in the environment (`OPENAI_CUSTOM_HEADERS`,
`OPENAI_ORG_ID`, `ANTHROPIC_CUSTOM_HEADERS`, proxies, a netrc) and a description of the machine.
Here only what the endpoint says leaves, to the configured host and nowhere else: no proxy that
was not configured, no redirect.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Final

import httpx2

from adapters.models.endpoint import Endpoint
from bot.models import TimeOuts

# The longest answers of today's models, 128,000 tokens, are under 1 MiB of text.
MOST_BYTES: Final = 8 << 20
_KEPT: Final = frozenset(
    {
        "host",
        "accept",
        "connection",
        "user-agent",
        "content-type",
        "content-length",
        "transfer-encoding",
        "anthropic-version",
    }
)
# How many calls there may be at once is decided before them, not by waiting here.
_LIMITS: Final = httpx2.Limits(max_connections=None, max_keepalive_connections=20)
# What was true of the body as it came.
_BODY: Final = (b"content-encoding", b"content-length", b"transfer-encoding")
_AUTOMATIC: Final = 32 + zlib.MAX_WBITS  # zlib's manual, inflateInit2: gzip or zlib by its header


def open_client(endpoint: Endpoint) -> httpx2.AsyncClient:
    """Make the HTTP client that an SDK works with; whoever makes it closes it.

    The endpoint's key, if it has one, and its headers go out with every call.
    """
    # Both SDKs send a key so, Anthropic's since its version 2.
    auth = {"authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    given = {name.lower(): value for name, value in endpoint.headers.items()}
    inner = httpx2.AsyncHTTPTransport(
        verify=_trusted(), trust_env=False, proxy=endpoint.proxy, limits=_LIMITS
    )
    return httpx2.AsyncClient(
        transport=_OwnTransport(inner, {**auth, **given}),
        trust_env=False,
        follow_redirects=False,
    )


def for_sdk(time_outs: TimeOuts) -> httpx2.Timeout:
    """Return the time-outs of one step; the one of the whole call is the backend's own.

    `first_byte_s` is also the longest that an answer may pause.
    """
    return httpx2.Timeout(
        connect=time_outs.connect_s,
        pool=time_outs.connect_s,
        write=time_outs.first_byte_s,
        read=time_outs.first_byte_s,
    )


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom we trust, as everywhere in Bursar: the machine's store, or `SSL_CERT_FILE`.

    One for all: to read the store takes 40 ms and more.
    """
    return ssl.create_default_context()


class _OwnTransport(httpx2.AsyncBaseTransport):
    """Sends our headers only, and reads an answer whole, up to a bound also when unpacked."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, headers: Mapping[str, str]) -> None:
        self._inner = inner
        self._headers = {**headers, "accept-encoding": "gzip"}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        kept = {name: value for name, value in request.headers.items() if name in _KEPT}
        # A request of our own: the SDK goes on reading what it noted on the headers of its.
        ours = httpx2.Request(
            request.method,
            request.url,
            headers={**kept, **self._headers},
            stream=request.stream,
            extensions=request.extensions,
        )
        answer = await self._inner.handle_async_request(ours)
        try:
            body = await _read(answer)
        finally:
            await answer.aclose()
        # Raw: a server may write what is no ASCII.
        headers = [
            (name, value) for name, value in answer.headers.raw if name.lower() not in _BODY
        ]
        return httpx2.Response(answer.status_code, headers=headers, content=body)

    async def aclose(self) -> None:
        await self._inner.aclose()


async def _read(answer: httpx2.Response) -> bytes:
    """Return the whole body.

    Raises:
        httpx2.DecodingError: longer than `MOST_BYTES`, or packed in a way that was not asked for.
    """
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "deflate"):
        raise httpx2.DecodingError("packed in a way that was not asked for")
    unpack = None if encoding == "identity" else zlib.decompressobj(_AUTOMATIC)
    body = bytearray()
    assert isinstance(answer.stream, httpx2.AsyncByteStream)  # noqa: S101  # what httpx2 promises
    async for packed in answer.stream:
        room = MOST_BYTES + 1 - len(body)
        try:
            body += unpack.decompress(packed, room) if unpack else packed[:room]
        except zlib.error as error:
            raise httpx2.DecodingError("not packed as it says") from error
        if len(body) > MOST_BYTES:
            raise httpx2.DecodingError("too long")
    if unpack and body and not unpack.eof:
        raise httpx2.DecodingError("cut while packed")
    return bytes(body)
