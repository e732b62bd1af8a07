"""Where an answer goes: what the adapter notes for later, and what its own buttons carry.

A conversation's address holds the `response_url` of the last command or tap, for as long as Slack
takes answers there. A card's buttons carry the conversation that they belong to in their block's
id: a card may be shown elsewhere than it was asked for, and a tap on one that only its reader sees
does not say in which thread it was.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.clock import from_us, to_us

Language = Literal["en", "es"]

# docs.slack.dev, "Handling user interaction": 5 answers within 30 minutes. A minute less, so that
# what is sent at the end still arrives.
RESPONSE_LIFE: Final = timedelta(minutes=29)
MOST_RESPONSES: Final = 5
# docs.slack.dev, "Block Kit": a block's id.
_MOST_BLOCK_ID: Final = 255
_SEPARATOR: Final = "|"


@dataclass(frozen=True, slots=True)
class Address:
    """How a person can be answered out of others' sight, and which card they tapped last."""

    response_url: str = ""
    until: datetime | None = None
    card: str = ""

    def dump(self) -> str:
        """Return it as the conversation keeps it; empty where there is nothing to note."""
        if not self.response_url or self.until is None:
            return ""
        return json.dumps(
            {"url": self.response_url, "until_us": to_us(self.until), "card": self.card},
            separators=(",", ":"),
        )

    @classmethod
    def load(cls, text: str) -> Address:
        """Read what `dump` wrote."""
        if not text:
            return cls()
        values = json.loads(text)
        return cls(values["url"], from_us(values["until_us"]), values["card"])

    def is_open(self, now: datetime) -> bool:
        """Tell whether Slack still takes answers there, as far as time goes."""
        return self.until is not None and now < self.until


@dataclass(frozen=True, slots=True)
class Place:
    """The conversation that a card belongs to, its card, and its reader's language."""

    chat: str
    thread: str = ""
    is_private: bool = False
    card: str = ""
    language: Language = "en"

    def dump(self, number: int = 0) -> str:
        """Return it as a block's id; `number` tells blocks of one message apart."""
        flag = "p" if self.is_private else "c"
        parts = (self.chat, self.thread, flag, self.language, self.card, str(number))
        text = _SEPARATOR.join(parts)
        return text if len(text) <= _MOST_BLOCK_ID else ""

    @classmethod
    def load(cls, text: str) -> Place | None:
        """Read a block's id; None for one that is not of ours."""
        parts = text.split(_SEPARATOR)
        if len(parts) != 6 or not parts[0] or parts[2] not in {"p", "c"}:
            return None
        chat, thread, flag, language, card, _ = parts
        return cls(chat, thread, flag == "p", card, "es" if language == "es" else "en")
