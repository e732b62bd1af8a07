"""Pages of what was said in a conversation, at the pace that Slack allows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from adapters.slack.api import Api, Declined, Json
from adapters.slack.inbound import PLATFORM
from bot.errors.sending import MaybeSent, NotSent

_log = structlog.get_logger(__name__)

# What is older was meant for another day; Slack's own repeats end sooner.
LOOK_BACK: Final = timedelta(hours=24)
# A message is noted when its turn ends; another may have been said before that. What was heard
# already is known by its key.
OVERLAP: Final = timedelta(minutes=5)
# So long an event may be on its way without being lost.
ON_ITS_WAY: Final = timedelta(seconds=15)
_PAGE: Final = 200
_MOST_PAGES: Final = 10

Wait = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, oldest first. `refusal` is Slack's code where it does not show it."""

    messages: tuple[Json, ...] = ()
    refusal: str = ""


class Pages:
    """Reads the history of a conversation, or of a thread."""

    def __init__(self, api: Api, wait: Wait) -> None:
        self._api = api
        self._wait = wait

    async def read(self, chat: str, thread: str, oldest: str) -> Said:
        """Return what was said after a time stamp, or the part of it that could be read."""
        said: list[Json] = []
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            try:
                page = await self._page(chat, thread, oldest, cursor)
            except Declined as error:
                return Said(_sorted(said), error.code)
            if page is None:
                break
            messages = page.get("messages")
            said += [one for one in messages or () if isinstance(one, dict)]
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        return Said(_sorted(said))

    async def _page(self, chat: str, thread: str, oldest: str, cursor: str | None) -> Json | None:
        method = "conversations.replies" if thread else "conversations.history"
        for _ in range(2):
            try:
                answer = await self._api.call(
                    method,
                    channel=chat,
                    ts=thread or None,
                    oldest=oldest,
                    limit=_PAGE,
                    cursor=cursor,
                )
            except NotSent as error:
                await self._wait(error.retry_after_s)
            except MaybeSent as error:
                _log.warning("history not read", platform=PLATFORM, code=error.code)
                return None
            else:
                return answer.data
        return None


def _sorted(said: list[Json]) -> tuple[Json, ...]:
    return tuple(sorted(said, key=lambda one: str(one.get("ts", ""))))


class Turn:
    """Which of many places are looked into each time: the latest, and others one after another."""

    def __init__(self, latest: int, others: int) -> None:
        self._latest = latest
        self._others = others
        self._next = 0

    def choose(self, heard: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the places to look into now; `heard` has the latest at its end."""
        rest = heard[: -self._latest] if self._latest else heard
        start = self._next % len(rest) if rest else 0
        self._next = start + self._others
        return [*heard[-self._latest :], *rest[start : start + self._others]]
