"""What was said while nobody listened, read from the history of conversations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final

import structlog

from adapters.slack.api import Api, Declined, Json
from adapters.slack.inbound import PLATFORM, to_message
from adapters.slack.reception import Reception
from bot.clock import EPOCH, Clock
from bot.errors import InvalidInput, MaybeSent, NotSent
from bot.platforms import Turns

_log = structlog.get_logger(__name__)

# What is older was meant for another day; Slack's own repeats end sooner.
LOOK_BACK: Final = timedelta(hours=24)
# A message is noted when its turn ends; another may have been said before that. What was heard
# already is known by its key.
_OVERLAP: Final = timedelta(minutes=5)
_PAGE: Final = 200
_MOST_PAGES: Final = 10
# So long an event may be on its way without being lost.
_ON_ITS_WAY: Final = timedelta(seconds=15)

Wait = Callable[[float], Awaitable[None]]


class History:
    """Reads conversations that nobody else reads and hands over what was not heard."""

    def __init__(
        self, turns: Turns, api: Api, reception: Reception, clock: Clock, wait: Wait
    ) -> None:
        self._turns = turns
        self._api = api
        self._reception = reception
        self._clock = clock
        self._wait = wait
        self._next = 0

    async def catch_up(self) -> int:
        """Read every conversation since its last message; return how many were not heard."""
        since = self._clock.now() - LOOK_BACK
        for chat, thread, heard_at in await self._turns.list_heard(PLATFORM, since):
            if (chat, thread) not in self._reception.heard:
                seconds = (heard_at - _OVERLAP - EPOCH).total_seconds()
                self._reception.hear(chat, thread, f"{seconds:.6f}")
        count = 0
        for chat, thread in reversed(list(self._reception.heard)):
            found, _ = await self._read(chat, thread)
            count += found
        if count:
            _log.info("messages read from the history", platform=PLATFORM, count=count)
        return count

    async def sample(self, latest: int, others: int) -> bool:
        """Look into a few conversations; True if something in them was never delivered.

        The `latest` that were heard, and as many `others` in turn.
        """
        heard = list(self._reception.heard)
        rest = heard[:-latest] if latest else heard
        start = self._next % len(rest) if rest else 0
        self._next = start + others
        chosen = [*heard[-latest:], *rest[start : start + others]]
        was_missed = False
        for chat, thread in chosen:
            _, is_late = await self._read(chat, thread)
            was_missed = was_missed or is_late
        return was_missed

    async def _read(self, chat: str, thread: str) -> tuple[int, bool]:
        """Hand over what was said since; return how many, and whether one was long overdue."""
        bot = self._reception.bot
        since = self._reception.heard.get((chat, thread))
        if bot is None or since is None:
            return 0, False
        oldest = max(since, f"{(self._clock.now() - LOOK_BACK - EPOCH).total_seconds():.6f}")
        count, is_late = 0, False
        for said in await self._pages(chat, thread, oldest):
            try:
                message = to_message(said, bot, channel=chat, is_direct=True)
            except InvalidInput:
                continue
            if message is None or message.thread != thread:
                continue
            if await self._reception.receive(message):
                count += 1
                at = message.sent_at
                is_late = is_late or (at is not None and self._clock.now() - at > _ON_ITS_WAY)
        return count, is_late

    async def _pages(self, chat: str, thread: str, oldest: str) -> Sequence[Json]:
        """Return what was said since, oldest first."""
        said: list[Json] = []
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            page = await self._page(chat, thread, oldest, cursor)
            if page is None:
                break
            messages = page.get("messages")
            said += [one for one in messages or () if isinstance(one, dict)]
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        return sorted(said, key=lambda one: str(one.get("ts", "")))

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
            except (MaybeSent, Declined) as error:
                _log.warning("history not read", platform=PLATFORM, code=error.code)
                return None
            else:
                return answer.data
        return None
