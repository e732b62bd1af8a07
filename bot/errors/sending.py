"""Errors of messages on their way to a platform."""

from typing import Final

from bot.errors.kinds import BursarError, Unavailable

_LONGEST_PATIENCE_S: Final = 86_400.0


class NotSent(Unavailable):
    """A platform did not take a message, for certain; `scope` says what has to wait.

    One chat, one method of the platform's API, or all that this bot sends. How long to wait is
    what the other side wrote, and so between nothing and a day, whatever that was.
    """

    code = "not_sent"

    def __init__(
        self, message: str, *, retry_after_s: float = 1.0, scope: str = "message"
    ) -> None:
        super().__init__(message, scope=scope)
        # In this order NaN is nothing.
        self.retry_after_s = min(max(0.0, retry_after_s), _LONGEST_PATIENCE_S)


class Undelivered(BursarError):
    """A message did not reach its reader, or nobody knows."""

    code = "undelivered"


class MaybeSent(Undelivered):
    """The platform may have taken a message: it was handed over, and no answer came."""

    code = "maybe_sent"


class Undeliverable(Undelivered):
    """A message will never arrive: repeating it does not help.

    `why`: blocked, chat_gone, archived, not_installed, refused, or token_revoked, which holds
    for all that this bot sends. `ends_chat` says that nothing else will arrive there either.
    """

    code = "undeliverable"

    def __init__(self, why: str, *, ends_chat: bool = False) -> None:
        super().__init__(why, why=why)
        self.why = why
        self.ends_chat = ends_chat


class ChatMoved(Undelivered):
    """The chat has another id from now on."""

    code = "chat_moved"

    def __init__(self, new_chat: str) -> None:
        super().__init__("the chat has another id")
        self.new_chat = new_chat
