"""One call to a checked address, and what the answer to a POST means for its message."""

from __future__ import annotations

import io
import ssl
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import aiohttp
from yarl import URL

from adapters.channels.addresses import CheckedResolver, Denied, Resolve, check_url, resolve_host
from bot.errors.sending import MaybeSent, NotSent, Undeliverable

# The facts of the house for webhooks: so long, and so much of an answer.
TIME_OUT_S: Final = 5.0
MOST_BYTES: Final = 64 << 10
_LONGEST_WAIT_S: Final = 3600.0
_TRY_LATER: Final = frozenset({408, 425, 429})
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `content` is at most `MOST_BYTES` of it."""

    status: int
    retry_after: str = ""
    content: bytes = b""

    @property
    def is_done(self) -> bool:
        """The call did what it asked for."""
        return 200 <= self.status < 300

    @property
    def is_later(self) -> bool:
        """The same call may be taken another time."""
        return self.status in _TRY_LATER or self.status >= 500

    @property
    def retry_after_s(self) -> float:
        """How long the other side asks to wait, within reason."""
        wait_s = 1.0
        with suppress(ValueError):
            # In this order NaN is a second.
            wait_s = min(max(1.0, float(self.retry_after or "1")), _LONGEST_WAIT_S)
        return wait_s


class Poster:
    """Calls https addresses, and nowhere else: no redirect, no proxy, no cookie.

    `inside` are hosts that may be on private nets; `trust` is whom TLS trusts, the machine's
    store where it is None.
    """

    def __init__(
        self,
        inside: Collection[str] = (),
        *,
        resolve: Resolve = resolve_host,
        trust: ssl.SSLContext | None = None,
        time_out_s: float = TIME_OUT_S,
    ) -> None:
        self._resolver = CheckedResolver(inside, resolve)
        self._trust = trust
        self._time_out = aiohttp.ClientTimeout(total=time_out_s)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Post a body; returns once it was taken.

        Raises:
            NotSent: it was not taken, and may be later: no connection, 429, 5xx.
            MaybeSent: it was handed over and no answer came.
            Undeliverable: it never will be: another status, a redirect, a denied address.
        """
        _judge(await self.call("POST", url, body, headers))

    async def call(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] = _NONE
    ) -> Reply:
        """Make one call; the answer is its caller's to judge.

        Raises:
            NotSent: no connection.
            MaybeSent: it was handed over and no answer came.
            Undeliverable: the address is denied; nothing was sent.
        """
        try:
            host = check_url(url)
            if ":" in host or host.replace(".", "").isdigit():
                # No name to resolve: the connection would not ask.
                self._resolver.check(host, [host])
            return await self._ask(method, url, body, headers)
        except Denied:
            raise Undeliverable("address") from None
        except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError) as error:
            if _is_denied(error):
                raise Undeliverable("address") from None
            raise NotSent("no connection") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise MaybeSent("no answer") from error

    async def _ask(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        # A connection of its own, so that what was checked is what is used.
        connector = aiohttp.TCPConnector(
            resolver=self._resolver,
            use_dns_cache=False,
            force_close=True,
            ssl=self._trust or ssl.create_default_context(),
        )
        async with aiohttp.ClientSession(
            connector=connector,
            timeout=self._time_out,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
        ) as session:
            # A PUT whose connection breaks is made a second time otherwise, and nobody hears of
            # the first.
            session._retry_connection = False
            async with session.request(
                method,
                # As it was written: a signed address that is written anew is another one.
                URL(url, encoded=True),
                # Bytes would go out in one piece, and everything else wait for it.
                data=io.BytesIO(body) if body else None,
                headers=headers,
                allow_redirects=False,
            ) as answer:
                # Its end tells that it was meant.
                content = await answer.content.read(MOST_BYTES)
                return Reply(answer.status, answer.headers.get("Retry-After", ""), content)


def _is_denied(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, Denied):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _judge(reply: Reply) -> None:
    if reply.is_done:
        return
    if reply.is_later:
        raise NotSent(f"status {reply.status}", retry_after_s=reply.retry_after_s)
    raise Undeliverable("refused")
