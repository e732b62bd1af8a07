"""Looking into places for what was said there and never delivered."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import ClassVar

from adapters.slack.pages import ON_ITS_WAY, Pages, Turn
from adapters.slack.reception import Reception
from bot.clock import Clock
from bot.messages import InboundMessage
from bot.platforms.model import Turns


class Reader(ABC):
    """Reads some kind of place, as (chat, thread), and hands over what was missed."""

    # Places looked into each time: those that were heard last, and others in turn.
    latest: ClassVar[int]
    others: ClassVar[int]

    def __init__(self, turns: Turns, pages: Pages, reception: Reception, clock: Clock) -> None:
        self._turns = turns
        self._pages = pages
        self._reception = reception
        self._clock = clock
        self._turn = Turn(self.latest, self.others)

    async def sample(self) -> bool:
        """Look into a few places; True if something there was never delivered."""
        was_missed = False
        for chat, thread in self._turn.choose(list(self._places())):
            _, is_late = await self._read(chat, thread)
            was_missed = was_missed or is_late
        return was_missed

    @abstractmethod
    def _places(self) -> Collection[tuple[str, str]]:
        """Return where something was heard, the latest at the end."""

    @abstractmethod
    async def _read(self, chat: str, thread: str) -> tuple[int, bool]:
        """Hand over what was missed; return how many, and whether one was long overdue."""

    async def _take(self, message: InboundMessage) -> tuple[int, bool]:
        """Hand over a message, and count it as `_read` does; none if it had been delivered."""
        if not await self._reception.receive(message):
            return 0, False
        at = message.sent_at
        return 1, at is not None and self._clock.now() - at > ON_ITS_WAY
