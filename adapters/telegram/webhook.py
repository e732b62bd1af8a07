"""The webhook: the secret first, then the body, and 200 only once the update is kept."""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import structlog
from aiohttp import web

from bot.errors.kinds import InvalidInput
from bot.strict_json import parse_object

_log = structlog.get_logger(__name__)

PATH: Final = "/telegram/webhook"
_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES: Final = 256 << 10
# Telegram repeats what was not answered with 200, and until then holds back what comes after it
# in that chat: an update that cannot be read is taken, and dropped, at the fifth time.
MOST_REPEATS: Final = 5
_MOST_REMEMBERED: Final = 1024

Take = Callable[[Mapping[str, Any]], Awaitable[None]]  # Any: JSON; `updates` looks at it


class Webhook:
    """What Telegram calls. `take` keeps an update."""

    def __init__(self, secret: str, take: Take) -> None:
        self._secret = secret.encode()
        self._take = take
        self._unreadable: OrderedDict[bytes, int] = OrderedDict()

    async def handle(self, request: web.Request) -> web.Response:
        """Take one update.

        Raises:
            web.HTTPException: 401 without the secret, 413 and 415 for other kinds of body.
            InvalidInput: no update; 400.
            Unavailable: it was not kept and has to come again; 503.
        """
        given = request.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            raise web.HTTPUnauthorized
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        body = await request.read()
        if len(body) > MOST_BYTES:
            raise web.HTTPRequestEntityTooLarge(MOST_BYTES, len(body))
        try:
            await self._take(parse_object(body))
        except InvalidInput:
            if not self._is_given_up(body):
                raise
            _log.error("update given up", attempts=MOST_REPEATS)
        return web.Response()

    def _is_given_up(self, body: bytes) -> bool:
        digest = hashlib.sha256(body).digest()
        repeats = self._unreadable.pop(digest, 0) + 1
        if repeats >= MOST_REPEATS:
            return True
        self._unreadable[digest] = repeats
        if len(self._unreadable) > _MOST_REMEMBERED:
            self._unreadable.popitem(last=False)
        return False
