"""How fast a person may go, and the pause that follows where they go faster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Cause = Literal["messages", "writes"]


@dataclass(frozen=True, slots=True)
class Pace:
    """So many messages in `messages_s`, so many changes begun in `writes_s`; one more is too fast.

    The stretches slide: each message is counted with those before it. `exempt` are platforms on
    which nothing of this is counted.
    """

    messages: int = 12
    messages_s: int = 60
    writes: int = 5
    writes_s: int = 600
    lasts_s: int = 300
    exempt: tuple[str, ...] = ("terminal",)

    def bound(self, cause: Cause) -> tuple[int, int]:
        """Return how many there may be, and in how many seconds."""
        if cause == "messages":
            return self.messages, self.messages_s
        return self.writes, self.writes_s


@dataclass(frozen=True, slots=True)
class Cooldown:
    """A pause of a person's: until when, for what, and how many messages it has swallowed."""

    until: datetime
    cause: Cause
    swallowed: int

    @property
    def is_new(self) -> bool:
        """Whether it began with the message that is looked at: who wrote it is told."""
        return self.swallowed == 1
