"""The bot's own token, for the connector: fetched by its secret, kept while it lasts."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

from yarl import URL

from adapters.teams.wire import NoAnswer, NotConnected, Wire
from bot.clock import Clock
from bot.errors.sending import NotSent, Undeliverable

_SCOPE: Final = "https://api.botframework.com/.default"
# Fetched anew before its end, so that none ends on its way.
_EARLY_S: Final = 300.0
_LATER_S: Final = 5.0
_BUSY: Final = frozenset({408, 429})


class Tokens(Protocol):
    """Where the bot's token comes from."""

    async def get(self) -> str:
        """Return a token that counts now; empty where none is needed.

        Raises:
            NotSent: not now.
            Undeliverable: the secret does not count any more.
        """
        ...

    def forget(self, token: str) -> None:
        """Fetch another one next time: this one was refused."""
        ...


class NoTokens:
    """For a development client, which asks for none."""

    async def get(self) -> str:
        return ""

    def forget(self, token: str) -> None:
        return


class LoginTokens:
    """Tokens by client credentials, from the login service."""

    def __init__(
        self, wire: Wire, clock: Clock, *, login_url: str, tenant: str, app_id: str, secret: str
    ) -> None:
        self._wire = wire
        self._clock = clock
        self._url = URL(login_url) / tenant / "oauth2/v2.0/token"
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": secret,
            "scope": _SCOPE,
        }
        self._token = ""
        self._ends_at = 0.0
        self._lock = asyncio.Lock()

    async def get(self) -> str:
        async with self._lock:
            if not self._token or self._clock.monotonic() >= self._ends_at:
                self._token, lives_s = await self._fetch()
                early_s = min(_EARLY_S, lives_s / 2)
                self._ends_at = self._clock.monotonic() + lives_s - early_s
            return self._token

    def forget(self, token: str) -> None:
        if token == self._token:
            self._token = ""

    async def _fetch(self) -> tuple[str, float]:
        try:
            answer = await self._wire.call("POST", self._url, form=self._form)
        except (NotConnected, NoAnswer) as error:
            raise _later(_LATER_S) from error
        if answer.status >= 500 or answer.status in _BUSY:
            raise _later(answer.retry_after_s(_LATER_S))
        token = answer.content.get("access_token")
        if not answer.is_done or not isinstance(token, str) or not token:
            raise Undeliverable("token_revoked")
        return token, _seconds(answer.content.get("expires_in"))


def _later(seconds: float) -> NotSent:
    return NotSent("the login service does not answer", retry_after_s=seconds, scope="app")


def _seconds(value: object) -> float:
    """Read how long a token lives; the service writes it as a number or as text."""
    try:
        return float(value) if isinstance(value, (int, float, str)) else 0.0
    except ValueError:
        return 0.0
