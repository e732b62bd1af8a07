"""How fast calls follow each other: one message may be several calls, to more than one chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakValueDictionary

from bot.clock import Clock
from bot.errors.sending import NotSent
from bot.platforms.pacing import Pacer, Rate

# About 1 message a second to one chat, 20 a minute to a group, 30 a second in all (Bot FAQ, "My
# bot is hitting limits"). A little less, because what is counted is when the server reads it.
_CHAT: Final = Rate(1, 1.05)
_GROUP: Final = Rate(20, 61.0)
_ALL: Final = Rate(28, 1.0, "app")
# While the process ends, only a short wait is worth it; the rest is sent at the next start.
_LAST_WAIT_S: Final = 2.0
# What is left of a wait by rounding is less than a clock counts.
_LEAST_WAIT_S: Final = 0.001
Wait = Callable[[float], Awaitable[object]]


class Pace:
    """Waits for each call's place."""

    def __init__(self, clock: Clock, wait: Wait) -> None:
        self._clock = clock
        self._wait = wait
        # Groups have a limit more, which the others must not be held to.
        self._all = Pacer((_ALL,), clock)
        self._chats = Pacer((_CHAT,), clock)
        self._groups = Pacer((_CHAT, _GROUP), clock)
        # Forgotten when nobody holds or waits for it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._refused: tuple[str, float] = ("", 0.0)
        self._is_ending = False

    def end(self) -> None:
        """Wait for nothing long any more."""
        self._is_ending = True

    @asynccontextmanager
    async def call(self, chat: str) -> AsyncIterator[None]:
        """Enter when a chat may be written to.

        Raises:
            NotSent: it would take too long for a process that ends.
        """
        chats = self._of(chat)
        # One call after the other, also of two conversations that share a chat.
        async with self._locks.setdefault(chat, asyncio.Lock()):
            while (wait_s := chats.take(chat)) > 0:
                await self._pause(wait_s)
            while (wait_s := self._all.take(chat)) > 0:
                await self._pause(wait_s)
            try:
                yield
            finally:
                # The server counts when it reads, which may be late: the answer is after that.
                chats.close(chat, _CHAT.seconds)

    def refused(self, chat: str, retry_after_s: float) -> bool:
        """Note that the server wants a chat to wait; True if it is not for this chat alone.

        It does not say for what it counted: when a second chat is refused while the first still
        has to wait, it was for all that the bot sends.
        """
        now = self._clock.monotonic()
        before, until = self._refused
        self._refused = (chat, now + retry_after_s)
        self._of(chat).close(chat, retry_after_s)
        if before and before != chat and now < until:
            self._all.close(None, retry_after_s)
            return True
        return False

    def _of(self, chat: str) -> Pacer:
        return self._groups if chat.startswith("-") else self._chats

    async def _pause(self, seconds: float) -> None:
        if self._is_ending and seconds > _LAST_WAIT_S:
            raise NotSent("the process ends", retry_after_s=seconds, scope="chat")
        await self._wait(max(seconds, _LEAST_WAIT_S))
