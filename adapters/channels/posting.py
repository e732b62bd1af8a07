"""One POST to a checked address, and what its answer means for the message."""

from __future__ import annotations

import ssl
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Final

import aiohttp

from adapters.channels.addresses import CheckedResolver, Denied, Resolve, check_url, resolve_host
from bot.errors.sending import MaybeSent, NotSent, Undeliverable

# The facts of the house for webhooks: so long, and so much of an answer.
TIME_OUT_S: Final = 5.0
MOST_BYTES: Final = 64 << 10
_LONGEST_WAIT_S: Final = 3600.0
_TRY_LATER: Final = frozenset({408, 425, 429})


class Poster:
    """Posts to https addresses, and nowhere else: no redirect, no proxy, no cookie.

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
        try:
            host = check_url(url)
            if ":" in host or host.replace(".", "").isdigit():
                # No name to resolve: the connection would not ask.
                self._resolver.check(host, [host])
            status, retry_after = await self._ask(url, body, headers)
        except Denied:
            raise Undeliverable("address") from None
        except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError) as error:
            if _is_denied(error):
                raise Undeliverable("address") from None
            raise NotSent("no connection") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise MaybeSent("no answer") from error
        _judge(status, retry_after)

    async def _ask(self, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        # A connection of its own, so that what was checked is what is used.
        connector = aiohttp.TCPConnector(
            resolver=self._resolver,
            use_dns_cache=False,
            force_close=True,
            ssl=self._trust or ssl.create_default_context(),
        )
        async with (
            aiohttp.ClientSession(
                connector=connector,
                timeout=self._time_out,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
                auto_decompress=False,
            ) as session,
            session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            # What it says is of no use; its end tells that it was meant.
            await answer.content.read(MOST_BYTES)
            return answer.status, answer.headers.get("Retry-After", "")


def _is_denied(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, Denied):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _judge(status: int, retry_after: str) -> None:
    if 200 <= status < 300:
        return
    if status in _TRY_LATER or status >= 500:
        wait_s = 1.0
        with suppress(ValueError):
            # In this order NaN is a second.
            wait_s = min(max(1.0, float(retry_after or "1")), _LONGEST_WAIT_S)
        raise NotSent(f"status {status}", retry_after_s=wait_s)
    raise Undeliverable("refused")
