"""HTTP calls with an end: time-outs, small answers, no redirects, no cookies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp
from yarl import URL

# What any answer of the Bot Connector or of a key server stays far below.
_MOST_BYTES: Final = 512 << 10
_CONNECT_S: Final = 3.0
# Read before it is given up: a connector that is slower is told again.
_TOTAL_S: Final = 15.0


class NotConnected(Exception):
    """Nothing was handed over: no address, no connection, no place in the pool."""


class NoAnswer(Exception):
    """The call was handed over, and no whole answer came."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `content` is the JSON object in it, empty where there is none."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: Mapping[str, Any] = field(default_factory=dict)  # Any: JSON; readers look at it

    @property
    def is_done(self) -> bool:
        """The call did what it asked for."""
        return 200 <= self.status < 300

    def retry_after_s(self, default: float) -> float:
        """Return how long the other side asks to wait, within reason."""
        try:
            seconds = float(self.headers.get("Retry-After", ""))
        except ValueError:
            return default
        return min(seconds, 3600.0) if seconds >= 0 else default

    @property
    def error_code(self) -> str:
        """The code of an error, as the connector and the login service write it."""
        error = self.content.get("error")
        code = error.get("code") if isinstance(error, Mapping) else error
        return code if isinstance(code, str) else ""


class Wire:
    """The connections of this adapter. `open` and `close` are its owner's."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Begin. Must be called on the running loop."""
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=_TOTAL_S, connect=_CONNECT_S),
            cookie_jar=aiohttp.DummyCookieJar(),
            connector=aiohttp.TCPConnector(limit=100, limit_per_host=100),
        )
        # What breaks a kept connection would be asked a second time otherwise, without a place in
        # the pace, and nobody hears of the first (there is no public way: aiohttp issue 10790).
        self._session._retry_connection = False

    async def close(self) -> None:
        """End what is open; repeating does nothing."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(
        self,
        method: str,
        url: URL,
        *,
        token: str = "",
        json_body: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
        total_s: float | None = None,
    ) -> Answer:
        """Make one call.

        Raises:
            NotConnected: for certain nothing was handed over.
            NoAnswer: it may have been.
        """
        if self._session is None:
            raise NotConnected
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data: bytes | Mapping[str, str] | None = form
        if json_body is not None:
            text = json.dumps(json_body, ensure_ascii=False, allow_nan=False)
            data = text.encode("utf-8", "replace")
            headers["Content-Type"] = "application/json; charset=utf-8"
        timeout = aiohttp.ClientTimeout(total=total_s or _TOTAL_S, connect=_CONNECT_S)
        try:
            async with self._session.request(
                method, url, headers=headers, data=data, timeout=timeout, allow_redirects=False
            ) as response:
                body = await response.content.read(_MOST_BYTES + 1)
                while len(body) <= _MOST_BYTES and not response.content.at_eof():
                    body += await response.content.read(_MOST_BYTES + 1 - len(body))
                return Answer(response.status, response.headers, _object(body))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotConnected from error
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError) as error:
            raise NotConnected from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NoAnswer from error


def _object(body: bytes) -> Mapping[str, Any]:  # Any: JSON
    if len(body) > _MOST_BYTES:
        return {}
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
