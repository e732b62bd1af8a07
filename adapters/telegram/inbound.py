"""An update -> a message. What is not for the bot, or not from a person, is None."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from adapters.telegram.markup import JOINER
from adapters.telegram.updates import AnyMessage, Callback, Entity, Message, Update
from bot.messages import InboundMessage

PLATFORM: Final = "telegram"
# A button's token, and after it the chat and topic of a card that is shown in a private chat in
# their place. The sender could make it up: it only ever leads to conversations of their own.
_DATA: Final = re.compile(r"p:([A-Za-z0-9_-]{22})(?::(-\d{1,20}):(\d{0,20}))?", re.ASCII)
# Before the id of a message that stands in the private chat and not in the conversation's own.
ASIDE: Final = "private:"


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself: its numeric id and its name without the @."""

    id: int
    username: str

    @property
    def account(self) -> str:
        """What the inbox calls the bot's account."""
        return str(self.id)


def to_data(token: str, chat: str = "", thread: str = "") -> str:
    """Write what a button sends back; `chat` where the card stands in a private chat instead."""
    return f"p:{token}:{chat}:{thread}" if chat else f"p:{token}"


def to_inbound(update: Update, me: Me) -> InboundMessage | None:
    """Translate one update; None for those that ask nothing of the bot.

    Edited messages, posts of channels and service messages are of other kinds or have no text.
    """
    if update.callback_query is not None:
        return _pressed(update.callback_query, me)
    if update.message is not None:
        return _written(update, update.message, me)
    return None


def _pressed(callback: Callback, me: Me) -> InboundMessage | None:
    shown = callback.message
    found = _DATA.fullmatch(callback.data)
    if shown is None or found is None or callback.sender.is_bot or shown.chat.type == "channel":
        return None
    token, chat, thread = found.groups()
    is_private = shown.chat.type == "private"
    if chat is not None and not is_private:
        return None
    return InboundMessage(
        platform=PLATFORM,
        account=me.account,
        # A press comes once in each update, but one press is one callback.
        key=f"callback:{callback.id}",
        chat=chat or str(shown.chat.id),
        thread=thread or "" if chat else _thread_of(shown),
        external_id=str(callback.sender.id),
        button=token,
        is_private=is_private and chat is None,
        sender_name=_name_of(callback.sender.first_name, callback.sender.last_name),
        message_id=f"{ASIDE}{shown.message_id}" if chat else str(shown.message_id),
    )


def _written(update: Update, message: Message, me: Me) -> InboundMessage | None:
    sender = message.sender
    if sender is None or sender.is_bot or message.via_bot is not None:
        return None
    # A channel or a group that speaks for itself: nobody in particular.
    if message.sender_chat is not None or message.chat.type == "channel":
        return None
    text = message.text or message.caption
    entities = message.entities if message.text else message.caption_entities
    if not text.strip():
        return None
    is_private = message.chat.type == "private"
    addressed = _addressed(text, entities, me)
    if addressed is None or not (is_private or addressed.is_meant or _answers(message, me)):
        return None
    chat, thread, message_id = str(message.chat.id), _thread_of(message), str(message.message_id)
    aside = _card_of(message.reply_to_message, me) if is_private else None
    if aside is not None:
        (chat, thread), message_id, is_private = aside, f"{ASIDE}{message_id}", False
    return InboundMessage(
        platform=PLATFORM,
        account=me.account,
        # Message ids count per chat; those of updates per bot.
        key=f"update:{update.update_id}",
        chat=chat,
        thread=thread,
        external_id=str(sender.id),
        # A reference that is copied from a message of ours brings its joiner along.
        text=addressed.text.replace(JOINER, ""),
        sent_at=datetime.fromtimestamp(message.date, UTC) if message.date else None,
        is_private=is_private,
        sender_name=_name_of(sender.first_name, sender.last_name),
        message_id=message_id,
        has_asides=is_private,
    )


def _thread_of(message: AnyMessage) -> str:
    # Outside of topics it is only the message that a chain of replies began with.
    is_topic = message.is_topic_message and message.message_thread_id is not None
    return str(message.message_thread_id) if is_topic else ""


def _answers(message: Message, me: Me) -> bool:
    answered = message.reply_to_message
    if answered is None or answered.sender is None or answered.sender.id != me.id:
        return False
    # In a topic every message "replies" to the one that opened it.
    return not (message.is_topic_message and answered.message_id == message.message_thread_id)


def _card_of(answered: AnyMessage | None, me: Me) -> tuple[str, str] | None:
    """Return the chat and topic of the card that a private message replies to."""
    if answered is None or answered.sender is None or answered.sender.id != me.id:
        return None
    rows = answered.reply_markup.inline_keyboard if answered.reply_markup is not None else []
    for pressed in (button for row in rows for button in row):
        found = _DATA.fullmatch(pressed.callback_data)
        if found is not None and found.group(2):
            return found.group(2), found.group(3) or ""
    return None


def _name_of(first: str, last: str) -> str:
    return f"{first} {last}".strip()


@dataclass(frozen=True, slots=True)
class _Addressed:
    """A text without the bot's own name; `is_meant` says that it was named, or a command."""

    text: str
    is_meant: bool


def _addressed(text: str, entities: Sequence[Entity], me: Me) -> _Addressed | None:
    """Take the bot's name out of a text; None for a command to another bot."""
    # Offsets count UTF-16 units (Bot API, MessageEntity).
    units = text.encode("utf-16-le", "replace")
    is_meant = False
    own = f"@{me.username}".casefold()
    for entity in sorted(entities, key=lambda one: -one.offset):
        begin, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        named = units[begin:end].decode("utf-16-le", "replace")
        if entity.type == "bot_command" and entity.offset == 0:
            command, at, whom = named.partition("@")
            if at and f"@{whom}".casefold() != own:
                return None
            is_meant = True
            units = command.encode("utf-16-le") + units[end:]
        elif _names_me(entity, named, own, me):
            is_meant = True
            units = units[:begin] + units[end:]
    kept = units.decode("utf-16-le", "replace")
    return _Addressed(kept.strip() if is_meant else kept, is_meant)


def _names_me(entity: Entity, named: str, own: str, me: Me) -> bool:
    if entity.type == "text_mention":
        return entity.user is not None and entity.user.id == me.id
    return entity.type == "mention" and named.casefold() == own
