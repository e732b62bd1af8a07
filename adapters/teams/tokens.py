"""Is a call from the Bot Connector, and for this bot? Its token says so, or the call is refused.

The check of botframework-connector answers bad tokens with errors of many kinds, takes tokens
that never end, and stops the loop while it fetches keys; so the check is ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import jwt
from jwt.types import Options

from adapters.teams.keys import SigningKey
from bot.clock import Clock

_CHANNEL: Final = "msteams"
# Bot Connector authentication: five minutes between two clocks.
_SKEW_S: Final = 300
_LONGEST: Final = 8192
_MOST_KNOWN: Final = 200
_NO_CHECKS_OF_TIME: Final[Options] = {
    "require": ["exp", "iss", "aud"],
    "strict_aud": True,
    # Against our own clock, below.
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}


class TokenRefused(Exception):
    """A call does not prove that it comes from the connector; `why` is a code for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Caller:
    """What a token proves: the service that the call comes from."""

    service_url: str


class Keys(Protocol):
    """Where keys come from."""

    async def find(self, key_id: str) -> SigningKey | None:
        """Return a key by its id, None if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class _Known:
    """A token whose signature was found good, and by which key."""

    key_id: str
    key: SigningKey
    claims: Mapping[str, Any]  # Any: JSON


class TokenCheck:
    """Checks the header of each call."""

    def __init__(self, keys: Keys, clock: Clock, *, app_id: str, issuer: str) -> None:
        self._keys = keys
        self._clock = clock
        self._app_id = app_id
        self._issuer = issuer
        self._known: dict[str, _Known] = {}

    async def check(self, header: str) -> Caller:
        """Return who calls.

        Raises:
            TokenRefused: the token is missing or proves nothing.
        """
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token.isascii() or len(token) > _LONGEST:
            raise TokenRefused("no_token")
        claims = await self._verified(token)
        self._check_times(claims)
        service_url = claims.get("serviceurl")
        if not isinstance(service_url, str) or not service_url:
            raise TokenRefused("service_url")
        return Caller(service_url)

    async def _verified(self, token: str) -> Mapping[str, Any]:  # Any: JSON
        """Return the claims of a token that is signed for us by a key that counts now.

        The connector shows one token for an hour; its signature is looked at once for each key.
        """
        known = self._known.get(token)
        if known is not None and await self._keys.find(known.key_id) is known.key:
            return known.claims
        key_id = self._key_id_of(token)
        self._look_over(token)
        key = await self._keys.find(key_id)
        if key is None:
            raise TokenRefused("key")
        if _CHANNEL not in key.endorsements:
            raise TokenRefused("endorsement")
        claims = self._claims(token, key)
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[token] = _Known(key_id, key, claims)
        return claims

    def _key_id_of(self, token: str) -> str:
        try:
            head = jwt.get_unverified_header(token)
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            # Not `from error`: it quotes the token.
            raise TokenRefused("no_token") from None
        key_id = head.get("kid")
        if head.get("alg") != "RS256":
            raise TokenRefused("algorithm")
        if not isinstance(key_id, str):
            raise TokenRefused("key")
        return key_id

    def _look_over(self, token: str) -> None:
        """Refuse what cannot be ours before its key is looked for: looking is rationed."""
        try:
            claims = jwt.decode(token, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            raise TokenRefused("no_token") from None
        if claims.get("iss") != self._issuer:
            raise TokenRefused("issuer")
        if claims.get("aud") != self._app_id:
            raise TokenRefused("audience")
        self._check_times(claims)

    def _claims(self, token: str, key: SigningKey) -> dict[str, Any]:  # Any: JSON
        try:
            return jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=self._issuer,
                options=_NO_CHECKS_OF_TIME,
            )
        except jwt.InvalidSignatureError:
            raise TokenRefused("signature") from None
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            raise TokenRefused("claims") from None

    def _check_times(self, claims: Mapping[str, Any]) -> None:  # Any: JSON
        now = self._clock.now().timestamp()
        ends = _number(claims.get("exp"))
        if ends is None or ends + _SKEW_S <= now:
            raise TokenRefused("expired")
        for name in ("nbf", "iat"):
            if name not in claims:
                continue
            begins = _number(claims[name])
            if begins is None or begins - _SKEW_S > now:
                raise TokenRefused("not_yet")


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
