"""What was said in direct messages while nobody listened, read from their history."""

from __future__ import annotations

from typing import Final

import structlog

from adapters.slack.inbound import PLATFORM, to_message
from adapters.slack.pages import LOOK_BACK, ON_ITS_WAY, OVERLAP, Pages, Turn
from adapters.slack.reception import Reception, stamp_of
from bot.clock import Clock
from bot.errors import InvalidInput
from bot.platforms import Turns

_log = structlog.get_logger(__name__)

# Conversations looked into each time: those that were heard last, and others in turn. With those
# among others (see `channels`) well below the 50 calls a minute that Slack allows for reading.
_LATEST: Final = 4
_OTHERS: Final = 4


class History:
    """Reads conversations that nobody else reads and hands over what was not heard."""

    def __init__(self, turns: Turns, pages: Pages, reception: Reception, clock: Clock) -> None:
        self._turns = turns
        self._pages = pages
        self._reception = reception
        self._clock = clock
        self._turn = Turn(_LATEST, _OTHERS)

    async def catch_up(self) -> int:
        """Read every conversation since its last message; return how many were not heard."""
        since = self._clock.now() - LOOK_BACK
        for chat, thread, heard_at in await self._turns.list_heard(PLATFORM, since):
            if (chat, thread) not in self._reception.heard:
                self._reception.hear(chat, thread, stamp_of(heard_at - OVERLAP))
        count = 0
        for chat, thread in reversed(list(self._reception.heard)):
            found, _ = await self._read(chat, thread)
            count += found
        if count:
            _log.info("messages read from the history", platform=PLATFORM, count=count)
        return count

    async def sample(self) -> bool:
        """Look into a few conversations; True if something in them was never delivered."""
        was_missed = False
        for chat, thread in self._turn.choose(list(self._reception.heard)):
            _, is_late = await self._read(chat, thread)
            was_missed = was_missed or is_late
        return was_missed

    async def _read(self, chat: str, thread: str) -> tuple[int, bool]:
        """Hand over what was said since; return how many, and whether one was long overdue."""
        bot = self._reception.bot
        since = self._reception.heard.get((chat, thread))
        if bot is None or since is None:
            return 0, False
        now = self._clock.now()
        oldest = max(since, stamp_of(now - LOOK_BACK))
        count, is_late = 0, False
        found = await self._pages.read(chat, thread, oldest)
        if found.refusal:
            _log.warning("history not read", platform=PLATFORM, code=found.refusal)
        for said in found.messages:
            try:
                message = to_message(said, bot, channel=chat, is_direct=True)
            except InvalidInput:
                continue
            if message is None or message.thread != thread:
                continue
            if await self._reception.receive(message):
                count += 1
                at = message.sent_at
                is_late = is_late or (at is not None and now - at > ON_ITS_WAY)
        return count, is_late
