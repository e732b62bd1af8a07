"""What was said to the bot among others while nobody listened, read from channels' history.

Only where it was spoken to before, and only what it would have been told: a mention, or words in
a thread where it waits for their author's answer. All else is let go unread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Final

import structlog

from adapters.slack.api import Json
from adapters.slack.inbound import PLATFORM, Bot, from_history
from adapters.slack.missed import Reader
from adapters.slack.pages import LOOK_BACK, OVERLAP
from adapters.slack.reception import stamp_of
from bot.errors.kinds import InvalidInput
from bot.messages import InboundMessage

_log = structlog.get_logger(__name__)

# A channel is the bot's as long as somebody there spoke to it within this time.
_ADDRESSED: Final = timedelta(days=30)
# So long a question or a request may wait in a thread.
_IN_TALK: Final = timedelta(hours=48)
# Each is a call, of the 50 a minute that Slack allows for reading.
_MOST_CHANNELS: Final = 200
_MOST_THREADS: Final = 100
# Threads of a channel that were begun by others and went on since, in one look.
_MOST_BEGUN: Final = 10


class Channels(Reader):
    """Reads channels and threads where the bot was spoken to, and hands over what it missed."""

    latest = 2
    others = 2
    # Whether Slack lets it, as far as is known.
    _may_read = True

    async def catch_up(self) -> int:
        """Read every channel and thread since its last message; return how many were missed."""
        self._may_read = True
        await self._remember()
        count = 0
        channels = [place for place in reversed(self._reception.heard_among) if not place[1]]
        threads = [place for place in reversed(self._reception.heard_among) if place[1]]
        # First what may begin a thread, then what follows in it.
        for chat, thread in (*channels[:_MOST_CHANNELS], *threads[:_MOST_THREADS]):
            found, _ = await self._read(chat, thread)
            count += found
        if count:
            _log.info("messages read from channels", platform=PLATFORM, count=count)
        return count

    def _places(self) -> Collection[tuple[str, str]]:
        return self._reception.heard_among

    async def _remember(self) -> None:
        """Note where the bot was spoken to before this process began."""
        now = self._clock.now()
        known = await self._turns.list_heard(PLATFORM, now - _ADDRESSED, is_private=False)
        # Earliest first, so that the latest stands last.
        for chat, thread, heard_at in reversed(known):
            stamp = stamp_of(heard_at - OVERLAP)
            places = [(chat, ""), (chat, thread)] if now - heard_at < _IN_TALK else [(chat, "")]
            for place in places:
                if place not in self._reception.heard_among:
                    self._reception.hear_among(*place, stamp)

    async def _read(self, chat: str, thread: str) -> tuple[int, bool]:
        bot, heard = self._reception.bot, self._reception.heard_among
        since = heard.get((chat, thread))
        if bot is None or since is None or not self._may_read:
            return 0, False
        oldest = max(since, stamp_of(self._clock.now() - LOOK_BACK))
        found = await self._pages.read(chat, thread, oldest)
        if found.refusal:
            self._give_up(chat, thread, found.refusal)
        count, is_late = await self._hand_over(bot, chat, oldest, found.messages)
        if not thread:
            for begun in list(_gone_on(found.messages, oldest))[-_MOST_BEGUN:]:
                if (chat, begun) not in heard:
                    replies = await self._pages.read(chat, begun, oldest)
                    more, late = await self._hand_over(bot, chat, oldest, replies.messages)
                    count, is_late = count + more, is_late or late
        return count, is_late

    def _give_up(self, chat: str, thread: str, code: str) -> None:
        """Leave alone what Slack does not show: the bot is not in it, or may not read any."""
        self._reception.heard_among.pop((chat, thread), None)
        if code == "missing_scope":
            # An app of before this was read: `bursar doctor` names the scopes and what to do.
            self._may_read = False
        _log.info("channel not read", platform=PLATFORM, code=code)

    async def _hand_over(
        self, bot: Bot, chat: str, oldest: str, messages: tuple[Json, ...]
    ) -> tuple[int, bool]:
        count, is_late = 0, False
        for said in messages:
            # A thread is shown with its first message, however old.
            if str(said.get("ts", "")) <= oldest:
                continue
            message = await self._meant(said, bot, chat)
            if message is not None:
                taken, late = await self._take(message)
                count, is_late = count + taken, is_late or late
        return count, is_late

    async def _meant(self, said: Json, bot: Bot, chat: str) -> InboundMessage | None:
        try:
            found = from_history(said, bot, channel=chat)
        except InvalidInput:
            return None
        if found is None:
            return None
        message, is_named = found
        if is_named or await self._turns.awaits(message, is_late=True):
            return message
        return None


def _gone_on(messages: tuple[Json, ...], oldest: str) -> Iterator[str]:
    """Return the threads that were begun in a channel and answered since."""
    for said in messages:
        begun, latest = said.get("ts"), said.get("latest_reply")
        if isinstance(begun, str) and isinstance(latest, str) and latest > oldest:
            yield begun
