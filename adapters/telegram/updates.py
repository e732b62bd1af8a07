"""What is read of an update: strict types for what is used, everything else passed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors.kinds import InvalidInput

# Ids have at most 52 significant bits (Bot API, Chat); 63 are what the database holds.
Id = Annotated[int, Field(gt=-(1 << 62), lt=1 << 62)]
# 0 for a message that waits to be sent (Bot API, Message).
MessageId = Annotated[int, Field(ge=0, lt=1 << 62)]
Text = Annotated[str, Field(max_length=20_000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class User(_Part):
    """Who wrote, or pressed."""

    id: Annotated[int, Field(gt=0, lt=1 << 62)]
    is_bot: bool
    first_name: Text = ""
    last_name: Text = ""


class Chat(_Part):
    """Where."""

    id: Id
    type: Literal["private", "group", "supergroup", "channel"]


class Entity(_Part):
    """A part of the text that means something; counted in UTF-16 units."""

    type: Annotated[str, Field(max_length=64)]
    offset: Annotated[int, Field(ge=0, le=1 << 20)]
    length: Annotated[int, Field(ge=0, le=1 << 20)]
    user: User | None = None


class PressedButton(_Part):
    """A button below a message, as it comes back with it."""

    callback_data: Text = ""


class Keyboard(_Part):
    """The buttons below a message."""

    inline_keyboard: list[list[PressedButton]] = []


class AnyMessage(_Part):
    """A message that another one is about; `date` is 0 where Telegram keeps it no more."""

    message_id: MessageId
    chat: Chat
    date: Annotated[int, Field(ge=0, lt=1 << 40)] = 0
    sender: User | None = Field(None, alias="from")
    message_thread_id: MessageId | None = None
    is_topic_message: bool = False
    reply_markup: Keyboard | None = None


class Message(AnyMessage):
    """A message to the bot, or one that it was let read."""

    text: Text = ""
    entities: list[Entity] = []
    caption: Text = ""
    caption_entities: list[Entity] = []
    reply_to_message: AnyMessage | None = None
    sender_chat: Chat | None = None
    via_bot: User | None = None


class Callback(_Part):
    """A pressed button."""

    id: Annotated[str, Field(min_length=1, max_length=128)]
    sender: User = Field(alias="from")
    message: AnyMessage | None = None
    data: Annotated[str, Field(max_length=256)] = ""


class Update(_Part):
    """One update; at most one of its kinds is there. The others say nothing to the bot."""

    update_id: Annotated[int, Field(ge=0, lt=1 << 62)]
    message: Message | None = None
    callback_query: Callback | None = None


def parse_update(raw: Mapping[str, Any]) -> Update:  # Any: JSON
    """Read an update.

    Raises:
        InvalidInput: a part that is used has another type; nothing of the update is in the error.
    """
    try:
        return Update.model_validate(raw)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"][:3])
        # Not `from error`: it quotes what it could not read.
        raise InvalidInput("update", f"wrong at {where}", example='{"update_id": 1}') from None
