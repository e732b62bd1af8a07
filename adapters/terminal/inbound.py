"""A typed line -> a message. All share one chat; a conversation is one person's part of it."""

from __future__ import annotations

import itertools
from typing import Final

from bot.ids import new_token
from bot.messages import InboundMessage

PLATFORM: Final = "terminal"
ACCOUNT: Final = "bursar"
CHAT: Final = "terminal"


class Lines:
    """Turns lines into messages, each with a key of its own, also after a restart."""

    def __init__(self) -> None:
        self._run = new_token()
        self._numbers = itertools.count(1)

    def to_inbound(self, line: str, handle: str, button: str = "") -> InboundMessage | None:
        """Translate one line, or a button that it names; None for an empty one."""
        text = "" if button else to_text(line)
        if not text and not button:
            return None
        return InboundMessage(
            platform=PLATFORM,
            account=ACCOUNT,
            key=f"{self._run}:{next(self._numbers)}",
            chat=CHAT,
            external_id=handle,
            text=text,
            button=button,
        )


def to_text(line: str) -> str:
    """Return a line as it may be stored: UTF-8, no controls, no blanks around it."""
    # A terminal in another encoding hands half characters over as lone surrogates.
    whole = line.encode("utf-8", "replace").decode("utf-8")
    kept = "".join(char if char >= " " and char != "\x7f" else " " for char in whole)
    return kept.strip()
