"""What was said in direct messages while nobody listened, read from their history."""

from __future__ import annotations

from collections.abc import Collection

import structlog

from adapters.slack.inbound import PLATFORM, to_message
from adapters.slack.missed import Reader
from adapters.slack.pages import LOOK_BACK, OVERLAP
from adapters.slack.reception import stamp_of
from bot.errors.kinds import InvalidInput

_log = structlog.get_logger(__name__)


class History(Reader):
    """Reads conversations that nobody else reads and hands over what was not heard."""

    # With those among others (see `channels`) well below the 50 calls a minute that Slack allows
    # for reading.
    latest = 4
    others = 4

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

    def _places(self) -> Collection[tuple[str, str]]:
        return self._reception.heard

    async def _read(self, chat: str, thread: str) -> tuple[int, bool]:
        bot = self._reception.bot
        since = self._reception.heard.get((chat, thread))
        if bot is None or since is None:
            return 0, False
        oldest = max(since, stamp_of(self._clock.now() - LOOK_BACK))
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
            taken, late = await self._take(message)
            count, is_late = count + taken, is_late or late
        return count, is_late
