"""How fast a platform may be written to: known limits, and what it says when that was too fast."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.clock import Clock

Scope = Literal["chat", "app"]
# Chats that were not written to for a while are forgotten, so that the memory stays small.
_MOST_CHATS: Final = 4096


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` messages in any span of `seconds`, to one chat or in all."""

    count: int
    seconds: float
    scope: Scope = "chat"


class Pacer:
    """Counts what was sent. One for each account that a platform counts by."""

    def __init__(self, rates: Sequence[Rate], clock: Clock) -> None:
        self._rates = {
            scope: [rate for rate in rates if rate.scope == scope] for scope in ("chat", "app")
        }
        self._clock = clock
        # When each of the last messages went, by chat; the app's own stand under None.
        self._sent: dict[str | None, deque[float]] = {}
        self._closed_until: dict[str | None, float] = {}

    def take(self, chat: str) -> float:
        """Take the next place for a chat: 0 says send now, else how many seconds to wait.

        Asking and taking are one step, so that two tasks never get the same place.
        """
        now = self._clock.monotonic()
        wait_s = max(
            self._wait(None, self._rates["app"], now), self._wait(chat, self._rates["chat"], now)
        )
        if wait_s > 0:
            return wait_s
        self._note(None, self._rates["app"], now)
        self._note(chat, self._rates["chat"], now)
        return 0.0

    def close(self, chat: str | None, seconds: float) -> None:
        """Send nothing to a chat, or nothing at all (None), for so long: the platform said so."""
        until = self._clock.monotonic() + seconds
        self._closed_until[chat] = max(until, self._closed_until.get(chat, 0.0))

    def _wait(self, key: str | None, rates: Sequence[Rate], now: float) -> float:
        wait_s = self._closed_until.get(key, now) - now
        if wait_s <= 0:
            self._closed_until.pop(key, None)
        sent = self._sent.get(key)
        if sent:
            for rate in rates:
                if len(sent) >= rate.count:
                    wait_s = max(wait_s, sent[-rate.count] + rate.seconds - now)
        return max(wait_s, 0.0)

    def _note(self, key: str | None, rates: Sequence[Rate], now: float) -> None:
        if not rates:
            return
        sent = self._sent.pop(key, None)
        if sent is None:
            sent = deque(maxlen=max(rate.count for rate in rates))
        sent.append(now)
        # Latest last: the first of the dictionary is the chat that was quiet longest.
        self._sent[key] = sent
        if len(self._sent) > _MOST_CHATS:
            quiet = next(known for known in self._sent if known is not None)
            del self._sent[quiet]
