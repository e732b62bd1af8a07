"""Where a conversation is reached, and where a message stands: as the outbox keeps both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

_THREAD: Final = ";messageid="


@dataclass(frozen=True, slots=True)
class Address:
    """A conversation reference: the service, the bot and the conversation there."""

    service_url: str
    conversation: str
    bot: str = ""
    tenant: str = ""
    channel: str = ""

    def aside(self, conversation: str) -> Address:
        """Return the address of another conversation at the same service."""
        return replace(self, conversation=conversation)

    def dump(self) -> str:
        """Write it as a conversation keeps it."""
        # Field by field, sorted: `asdict` takes longer than all the rest of reading a delivery.
        values = {
            "bot": self.bot,
            "channel": self.channel,
            "conversation": self.conversation,
            "service_url": self.service_url,
            "tenant": self.tenant,
        }
        return orjson.dumps(values).decode()


def load_address(text: str) -> Address | None:
    """Read an address; None where nobody was ever heard."""
    try:
        values: dict[str, Any] = orjson.loads(text)  # Any: JSON that `dump` wrote
        return Address(**values)
    except (ValueError, TypeError):
        return None


def is_at(conversation: str, chat: str, thread: str) -> bool:
    """Tell whether a conversation of the service is this chat and thread."""
    return conversation == (f"{chat}{_THREAD}{thread}" if thread else chat)


def part(conversation: str) -> tuple[str, str]:
    """Return chat and thread: a channel names the message that began a thread in its id."""
    chat, _, thread = conversation.partition(_THREAD)
    return chat, thread


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that stands in a conversation, and the line about it where others read along."""

    conversation: str
    activity: str
    notice_in: str = ""
    notice: str = ""

    def dump(self) -> str:
        """Write it as the platform's id of the message; empty if the service gave none."""
        if not self.activity:
            return ""
        parts: Sequence[str] = (self.conversation, self.activity)
        if self.notice:
            parts = (*parts, self.notice_in, self.notice)
        return orjson.dumps(parts).decode()


def load_shown(text: str) -> Shown | None:
    """Read where a message stands; None for an id of another making."""
    try:
        parts = orjson.loads(text)
        return Shown(*(str(part) for part in parts))
    except (ValueError, TypeError):
        return None
