"""The Bot API client: time-outs on everything, no secret in a log, errors told by their status."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx
import orjson
from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest, RequestData

from bot.settings.platforms import TelegramSettings

# Seconds that the server holds a poll open while nothing comes.
POLL_S: Final = 50
_CONNECT_S: Final = 5.0
_READ_S: Final = 15.0
_WRITE_S: Final = 15.0
# Beyond the poll itself, so that a connection that went deaf is found.
_POLL_GRACE_S: Final = 15.0
_POOL_S: Final = 5.0
_CONNECTIONS: Final = 64
# Where the server says 429 and not for how long.
_UNSAID_WAIT_S: Final = 5.0
# Floods are punished for hours at most; whatever says more is no answer of Telegram's.
_LONGEST_WAIT_S: Final = 86_400.0
# httpx writes each URL, which holds the token; the SDK writes what was sent.
_TALKATIVE: Final = ("httpx", "httpcore", "telegram")


class TooFast(TelegramError):
    """429: the server wants nothing for `retry_after_s`. The SDK's own warns when it is read."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("too fast")
        self.retry_after_s = retry_after_s


class ServerFailed(NetworkError):
    """5xx: the request was read, and what became of it is not known."""


class Requests(HTTPXRequest):
    """Requests whose failures are told by their status; keeps what time the server had."""

    def __init__(self, on_date: Callable[[datetime], None] | None = None) -> None:
        self._on_date = on_date
        super().__init__(
            connection_pool_size=_CONNECTIONS,
            connect_timeout=_CONNECT_S,
            read_timeout=_READ_S,
            write_timeout=_WRITE_S,
            media_write_timeout=_WRITE_S,
            pool_timeout=_POOL_S,
            httpx_kwargs={"event_hooks": {"response": [self._note_date]}},
        )

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: Any,  # Any: time-outs, handed on as they are
        **options: Any,
    ) -> tuple[int, bytes]:
        status, body = await super().do_request(url, method, request_data, *args, **options)
        if status == 429:
            raise TooFast(wait_of(body))
        if status >= 500:
            raise ServerFailed(f"status {status}")
        return status, body

    async def _note_date(self, response: httpx.Response) -> None:
        if self._on_date is None:
            return
        try:
            self._on_date(parsedate_to_datetime(response.headers["date"]).astimezone(UTC))
        except (KeyError, ValueError):
            return


def wait_of(body: bytes) -> float:
    """Return for how long a 429 asks, the usual where it does not say; a day at most."""
    try:
        wait_s = orjson.loads(body)["parameters"]["retry_after"]
        return min(max(float(wait_s), 0.0), _LONGEST_WAIT_S)
    except (orjson.JSONDecodeError, LookupError, TypeError, ValueError, OverflowError):
        return _UNSAID_WAIT_S


def make_bot(
    settings: TelegramSettings, *, on_date: Callable[[datetime], None] | None = None
) -> Bot:
    """Return the client of the bot that the settings name; nothing is sent yet."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    requests = Requests(on_date)
    return Bot(
        settings.token.get_secret_value(),
        base_url=settings.api_base_url,
        base_file_url=settings.file_base_url,
        request=requests,
        get_updates_request=requests,
    )


async def close_bot(bot: Bot) -> None:
    """Close the client's connections."""
    await bot.request.shutdown()


async def fetch_updates(
    bot: Bot, offset: int | None, allowed: Sequence[str], *, wait_s: int = POLL_S
) -> Sequence[Mapping[str, Any]]:  # Any: JSON; `updates` looks at what it takes
    """Return the next updates as they came: one that the SDK cannot read must not hide others.

    Raises:
        TelegramError: nothing was confirmed.
    """
    asked: dict[str, object] = {"timeout": wait_s, "allowed_updates": list(allowed)}
    if offset is not None:
        asked["offset"] = offset
    # Methods are found in any case (Bot API, "Making requests"); under its usual name the SDK
    # would want to parse the answer itself.
    found = await bot.do_api_request(
        "getupdates", api_kwargs=asked, read_timeout=wait_s + _POLL_GRACE_S
    )
    return found if isinstance(found, list) else []
