"""What went wrong with a call -> what it means for the message.

Told by type, status and parameters. Only where the API gives one status for very different
things (400, "Bad Request: ...") does its description decide, and only for what follows here.
"""

from __future__ import annotations

from typing import Final, Literal

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from adapters.telegram.client import TooFast
from bot.errors.kinds import BursarError
from bot.errors.sending import ChatMoved, MaybeSent, NotSent, Undeliverable

Refusal = Literal["unchanged", "markup", "not_editable", "chat_gone", "no_topic", "other"]

# The request was not written: nobody can have read it.
_NOT_WRITTEN: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
    httpx.LocalProtocolError,
    # What httpx raises for a client that is closed.
    RuntimeError,
)
# As the Bot API server words them; in lower case, a part is enough.
_REFUSALS: Final[tuple[tuple[str, Refusal], ...]] = (
    ("message is not modified", "unchanged"),
    ("can't parse entities", "markup"),
    ("unsupported start tag", "markup"),
    ("message to edit not found", "not_editable"),
    ("message can't be edited", "not_editable"),
    ("message_id_invalid", "not_editable"),
    ("there is no text in the message to edit", "not_editable"),
    ("chat not found", "chat_gone"),
    ("peer_id_invalid", "chat_gone"),
    ("group chat was deactivated", "chat_gone"),
    ("message thread not found", "no_topic"),
    ("topic_closed", "no_topic"),
)


def refusal_of(error: BadRequest) -> Refusal:
    """Tell why a call was refused."""
    words = error.message.lower()
    return next((refusal for part, refusal in _REFUSALS if part in words), "other")


def to_error(error: TelegramError, chat: str) -> BursarError:
    """Return what a failed call means for a message to `chat`."""
    if isinstance(error, TooFast):
        return NotSent("too fast", retry_after_s=error.retry_after_s, scope="chat")
    if isinstance(error, ChatMigrated):
        return ChatMoved(str(error.new_chat_id))
    if isinstance(error, (InvalidToken, EndPointNotFound)):
        return Undeliverable("token_revoked")
    if isinstance(error, Forbidden):
        # A person who blocked the bot or is gone; a group that it was put out of.
        return Undeliverable("chat_gone" if chat.startswith("-") else "blocked", ends_chat=True)
    if isinstance(error, BadRequest):
        is_gone = refusal_of(error) == "chat_gone"
        return Undeliverable("chat_gone" if is_gone else "refused", ends_chat=is_gone)
    if isinstance(error, Conflict):
        return NotSent("another program uses the token", retry_after_s=30.0)
    if isinstance(error, NetworkError) and isinstance(error.__cause__, _NOT_WRITTEN):
        return NotSent("not connected", retry_after_s=2.0)
    return MaybeSent("no answer came")
