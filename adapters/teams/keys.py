"""The keys by which incoming tokens are checked: fetched beside the loop, kept, renewed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from adapters.teams.hosts import is_loopback, parse_url
from adapters.teams.wire import NoAnswer, NotConnected, Wire
from bot.clock import Clock

_log = structlog.get_logger(__name__)

_FETCH_S: Final = 5.0
_MOST_KEYS: Final = 100
# Keys are announced before they sign (Bot Connector authentication: refresh at least daily).
_FRESH_S: Final = 24 * 3600.0
# A key that is not known may be new: look, but let nobody make us look more often than this.
_LOOK_AGAIN_S: Final = 3600.0
# After a fetch that failed; until then the keys that are there go on to count.
_TRY_AGAIN_S: Final = 10.0


class KeysUnreachable(Exception):
    """The keys could not be fetched."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key and the channels that it may sign for."""

    key: RSAPublicKey
    endorsements: frozenset[str]


class KeyCache:
    """The present keys by their ids. Whoever asks at the same time waits for the same fetch."""

    def __init__(self, wire: Wire, metadata_url: str, clock: Clock) -> None:
        self._wire = wire
        self._metadata_url = metadata_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched_at: float | None = None
        self._failed_at: float | None = None
        self._looked_at: float | None = None
        self._lock = asyncio.Lock()

    async def find(self, key_id: str) -> SigningKey | None:
        """Return a key; one that is not known is looked for once, at most each hour."""
        found = self._keys.get(key_id)
        is_fresh = not self._is_older(self._fetched_at, _FRESH_S)
        # While somebody renews them, the keys that are there go on to count.
        if found is not None and (is_fresh or self._lock.locked()):
            return found
        async with self._lock:
            if self._may_fetch(key_id):
                await self._renew()
        return self._keys.get(key_id)

    @property
    def is_failing(self) -> bool:
        """The last fetch did not succeed."""
        return self._failed_at is not None

    def _may_fetch(self, key_id: str) -> bool:
        if not self._is_older(self._failed_at, _TRY_AGAIN_S):
            return False
        if self._is_older(self._fetched_at, _FRESH_S):
            return True
        if key_id in self._keys or not self._is_older(self._looked_at, _LOOK_AGAIN_S):
            return False
        self._looked_at = self._clock.monotonic()
        return True

    def _is_older(self, at: float | None, seconds: float) -> bool:
        return at is None or self._clock.monotonic() - at >= seconds

    async def _renew(self) -> None:
        try:
            self._keys = await self.fetch()
        except KeysUnreachable:
            _log.warning("teams keys were not fetched")
            self._failed_at = self._clock.monotonic()
            # What could not be looked for may be looked for again.
            self._looked_at = None
            return
        self._fetched_at = self._clock.monotonic()
        self._failed_at = None

    async def fetch(self) -> dict[str, SigningKey]:
        """Fetch the metadata and the keys that it names.

        Raises:
            KeysUnreachable: one of the two did not answer, or with something else.
        """
        try:
            async with asyncio.timeout(_FETCH_S):
                metadata = await self._get(self._metadata_url)
                listed = await self._get(str(metadata.get("jwks_uri", "")))
        except (NotConnected, NoAnswer, TimeoutError) as error:
            raise KeysUnreachable from error
        keys = listed.get("keys")
        if not isinstance(keys, list):
            raise KeysUnreachable
        read = (_read_key(entry) for entry in keys[:_MOST_KEYS])
        return {key_id: key for key_id, key in read if key is not None}

    async def _get(self, text: str) -> Mapping[str, Any]:  # Any: JSON
        url = parse_url(text)
        # A key that comes over an open line proves nothing.
        if url is None or (url.scheme != "https" and not is_loopback(url.host or "")):
            raise KeysUnreachable
        answer = await self._wire.call("GET", url, total_s=_FETCH_S)
        if not answer.is_done:
            raise KeysUnreachable
        return answer.content


def _read_key(entry: object) -> tuple[str, SigningKey | None]:
    """Return a key of the list with its id; None for one of another kind."""
    if not isinstance(entry, dict) or not isinstance(entry.get("kid"), str):
        return "", None
    if entry.get("kty") != "RSA" or entry.get("use", "sig") != "sig":
        return "", None
    try:
        key = RSAAlgorithm.from_jwk(entry)
    except (jwt.PyJWTError, ValueError, TypeError):
        return "", None
    endorsements = entry.get("endorsements")
    named = endorsements if isinstance(endorsements, list) else []
    if not isinstance(key, RSAPublicKey):
        return "", None
    return entry["kid"], SigningKey(key, frozenset(x for x in named if isinstance(x, str)))
