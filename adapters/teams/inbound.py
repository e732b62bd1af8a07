"""An activity -> a message, or what a tap asks for. Pure; the connection decides what follows.

Who a sender is, is `from.id`: the service writes it, in a body that only the service can send
(see `tokens`), it is the same for one person and bot in every chat and for ever, and it is
always there. `aadObjectId` is missing for guests and in some deliveries, and one person must not
have two identities. A name proves nothing. `from.id` is what new conversations and cards that
renew themselves take too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import orjson

from adapters.teams.addresses import part
from adapters.teams.heard import Heard
from bot.errors.kinds import InvalidInput
from bot.messages import InboundMessage

PLATFORM: Final = "teams"
# Everything of ours in a card's data stands under this name, beside the fields of the form.
OURS: Final = "bursar"
PRESS: Final = "press"
VIEW: Final = "view"

_EXAMPLE: Final = '{"type": "message", "id": "1", "from": {"id": "29:1"}}'
_AT: Final = re.compile(r"</?at(?:\s[^<>]*)?>", re.IGNORECASE)
_BLANKS: Final = re.compile(r"[ \t]{2,}")
_BOT_ID: Final = "28:"
_LONGEST_TOKEN: Final = 200
_MOST_FIELDS: Final = 20
_LONGEST_FIELD: Final = 4000


@dataclass(frozen=True, slots=True)
class Tap:
    """What was tapped in a card.

    `place` is the chat and thread that the card belongs to, where it is shown somewhere else.
    """

    verb: Literal["press", "view"]
    button: str = ""
    card: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    place: tuple[str, str] | None = None


def account_of(app_id: str, tenant: str) -> str:
    """Return the bot's own account in a directory, as links name it."""
    return f"{app_id or 'anonymous'}@{tenant}"


def is_from_bot(heard: Heard) -> bool:
    """Tell whether a bot wrote this: another one, or this one itself."""
    sender = heard.sender
    return sender.role == "bot" or sender.id.startswith(_BOT_ID) or sender.id == heard.bot.id


def require_whole(heard: Heard) -> None:
    """Look that a delivery says who sent it, where, and which one it is.

    Raises:
        InvalidInput: one of these is missing.
    """
    if not (heard.kind and heard.conversation and heard.sender.id and heard.id):
        raise InvalidInput("activity", "lacks type, id, from or conversation", example=_EXAMPLE)


def to_message(heard: Heard, account: str, text: str = "") -> InboundMessage:
    """Translate what was written; `text` takes the place of what was not."""
    chat, thread = part(heard.conversation)
    return InboundMessage(
        platform=PLATFORM,
        account=account,
        # Ids count within a conversation; the pair is written so that no two look the same.
        key=orjson.dumps([heard.conversation, heard.id]).decode(),
        chat=chat,
        thread=thread,
        external_id=heard.sender.id,
        text=text or plain_text(heard),
        sent_at=heard.sent_at,
        is_private=heard.conversation_kind == "personal",
        has_asides=heard.conversation_kind == "personal",
        sender_name=heard.sender.name,
        message_id=heard.id if heard.kind == "message" else "",
        address=heard.address.dump(),
    )


def to_tapped(heard: Heard, account: str, tap: Tap) -> InboundMessage:
    """Translate a tap: the token of its button, with what was typed beside it."""
    message = replace(
        to_message(heard, account),
        text="",
        button=tap.button,
        fields=tap.fields,
        # An answer to a tap is no reply to a message.
        message_id="",
    )
    if tap.place is None or not message.is_private:
        return message
    # The card came here because its own chat has others in it; its buttons count there. From now
    # on that conversation goes on here. A made-up place reaches nothing: conversations are found
    # by the person too, and buttons by their own conversation.
    chat, thread = tap.place
    return replace(message, chat=chat, thread=thread, is_private=False)


def plain_text(heard: Heard) -> str:
    """Return what was written: without the bot's own mention, other mentions as plain names."""
    text = heard.text.replace("&nbsp;", " ").replace("\xa0", " ")
    for mention in heard.mentions:
        if not mention.text:
            continue
        name = "" if mention.id == heard.bot.id else mention.name
        text = text.replace(mention.text, f" {name} " if name else " ")
    text = _AT.sub(" ", text)
    lines = (_BLANKS.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(lines).strip()


def to_tap(value: object) -> Tap | None:
    """Read what an invoke of a card, or a message with a value, carries; None if it is not ours.

    Raises:
        InvalidInput: it is not what a card sends.
    """
    if not isinstance(value, Mapping):
        raise InvalidInput("value", "not what a card sends", example='{"action": {}}')
    if "action" not in value:
        return _read_tap(value, "")
    action = value["action"]
    if not isinstance(action, Mapping):
        raise InvalidInput("value", "not what a card sends", example='{"action": {}}')
    verb, data = action.get("verb"), action.get("data")
    if not isinstance(verb, str) or not isinstance(data, Mapping):
        raise InvalidInput("value", "not what a card sends", example='{"action": {}}')
    return _read_tap(data, verb)


def _read_tap(data: Mapping[str, object], verb: str) -> Tap | None:
    ours = data.get(OURS)
    if not isinstance(ours, Mapping):
        return None
    button, card = _short(ours.get("button")), _short(ours.get("card"))
    verb = verb or (PRESS if button else VIEW)
    if verb == PRESS and button:
        fields = tuple(
            (name, typed[:_LONGEST_FIELD])
            for name, typed in data.items()
            if name != OURS and isinstance(typed, str)
        )
        return Tap("press", button, card, fields[:_MOST_FIELDS], _place(ours.get("place")))
    if verb == VIEW and card:
        return Tap("view", card=card, place=_place(ours.get("place")))
    return None


def _short(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST_TOKEN else ""


def _place(value: object) -> tuple[str, str] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    chat, thread = value
    if not isinstance(chat, str) or not isinstance(thread, str) or not chat:
        return None
    if len(chat) + len(thread) > 2 * _LONGEST_TOKEN:
        return None
    return chat, thread
