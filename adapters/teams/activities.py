"""The one place that knows botbuilder: JSON of the Bot Framework to what the adapter reads.

Its successor writes the same JSON, so that a change of library ends here. What it is not used
for, and why: its check of tokens (see `tokens`), its connector client (blocking calls without
time-outs), its adapters (they write the answer to an invoke twice) and its stored state (it is
read back with jsonpickle, which builds any object that a text names).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import botbuilder.schema
import orjson
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.schema import Activity
from msrest import Deserializer

from adapters.teams.addresses import Address
from bot.errors import InvalidInput

_EXAMPLE: Final = '{"type": "message", "id": "1"}'
# Ids of conversations and people have about 200 characters.
_LONGEST_ID: Final = 1000
# One for all: each would look through every model of the schema again.
_READ: Final = Deserializer(  # type: ignore[no-untyped-call]  # msrest has no types
    {name: model for name, model in vars(botbuilder.schema).items() if isinstance(model, type)}
)
# Its own errors are ValueErrors; the others are what it runs into with unexpected types.
_READ_ERRORS: Final = (ValueError, TypeError, AttributeError, KeyError)
# It makes text of whatever stands here, and so an id of a list.
_TEXTS: Final = (
    "type", "name", "id", "serviceUrl", "channelId", "replyToId", "text", "locale", "action",
)  # fmt: skip
_TEXTS_BELOW: Final = {
    "from": ("id", "name", "role"),
    "recipient": ("id", "name", "role"),
    "conversation": ("id", "conversationType", "tenantId"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """A person or a bot, as the service names them."""

    id: str = ""
    name: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is named in a text; `text` is how they stand in it."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One delivery of the connector, with the parts that the adapter reads.

    `address` is where it came from, to be answered there later. `tenants` are the directories
    that it names: one, unless it contradicts itself. `value` is JSON from the client.
    """

    kind: str
    name: str
    id: str
    service_url: str
    channel: str
    conversation: str
    conversation_kind: str
    tenants: frozenset[str]
    sender: Member
    bot: Member
    reply_to: str
    text: str
    locale: str
    action: str
    value: object
    sent_at: datetime | None
    mentions: tuple[Mention, ...]
    joined: frozenset[str]
    address: Address


def read_activity(body: Mapping[str, Any]) -> Heard:  # Any: JSON from outside
    """Read an activity.

    Raises:
        InvalidInput: it is none, or a part is of another type; nothing of it is in the error.
    """
    for name in _TEXTS:
        _text(body.get(name))
    for part, names in _TEXTS_BELOW.items():
        values = body.get(part)
        if isinstance(values, Mapping):
            for name in names:
                _text(values.get(name))
    try:
        activity = _READ("Activity", body)
        reference = TurnContext.get_conversation_reference(activity)
    except _READ_ERRORS:
        # Not `from error`: it quotes the body.
        raise _invalid("not as the connector writes it") from None
    sender, bot = _member(activity.from_property), _member(activity.recipient)
    conversation, tenants = activity.conversation, _tenants(activity)
    sent_at = activity.timestamp
    return Heard(
        kind=_id(activity.type),
        name=_id(activity.name),
        id=_id(activity.id),
        service_url=_id(activity.service_url),
        channel=_id(activity.channel_id),
        conversation=_id(None if conversation is None else conversation.id),
        conversation_kind=_id(None if conversation is None else conversation.conversation_type),
        tenants=tenants,
        sender=sender,
        bot=bot,
        reply_to=_id(activity.reply_to_id),
        text=_text(activity.text),
        locale=_id(activity.locale),
        action=_id(activity.action),
        value=activity.value,
        sent_at=sent_at if sent_at is not None and sent_at.tzinfo is not None else None,
        mentions=tuple(_mentions(activity)),
        joined=frozenset(_id(member.id) for member in activity.members_added or ()),
        address=_address(reference, tenants),
    )


def _address(reference: Any, tenants: frozenset[str]) -> Address:  # Any: untyped SDK
    conversation, bot = reference.conversation, reference.bot
    return Address(
        service_url=_id(reference.service_url),
        conversation=_id(None if conversation is None else conversation.id),
        bot=_id(None if bot is None else bot.id),
        tenant=min(tenants, default=""),
        channel=_id(reference.channel_id),
    )


def _tenants(activity: Any) -> frozenset[str]:  # Any: untyped SDK
    found = []
    if activity.conversation is not None:
        more = activity.conversation.additional_properties or {}
        found.append(more.get("tenantId") or activity.conversation.tenant_id)
    if isinstance(activity.channel_data, dict):
        tenant = activity.channel_data.get("tenant")
        if isinstance(tenant, dict):
            found.append(tenant.get("id"))
    return frozenset(_id(each).casefold() for each in found if each)


def _mentions(activity: Any) -> list[Mention]:  # Any: untyped SDK
    found = []
    for entity in activity.entities or ():
        more = entity.additional_properties or {}
        mentioned = more.get("mentioned")
        if entity.type != "mention" or not isinstance(mentioned, dict):
            continue
        name, text = _text(mentioned.get("name")), _text(more.get("text"))
        found.append(Mention(_id(mentioned.get("id")), name, text))
    return found


def _member(account: Any) -> Member:  # Any: untyped SDK
    if account is None:
        return Member()
    return Member(_id(account.id), _text(account.name), _id(account.role))


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _invalid("has something else in place of text")
    return value


def _id(value: object) -> str:
    text = _text(value)
    if len(text) > _LONGEST_ID:
        raise _invalid("has an id that is too long")
    return text


def _invalid(why: str) -> InvalidInput:
    return InvalidInput("activity", why, example=_EXAMPLE)


CARD: Final = "application/vnd.microsoft.card.adaptive"
MESSAGE: Final = "application/vnd.microsoft.activity.message"


def invoke_answer(kind: str, value: object) -> tuple[int, bytes]:
    """Return the status and body that answer an invoke: a card, or words in a message.

    By hand: botbuilder's `AdaptiveCardInvokeResponse` cannot write words.
    """
    answer = InvokeResponse(status=200, body={"statusCode": 200, "type": kind, "value": value})
    return answer.status, orjson.dumps(answer.body)


def private_conversation(bot: str, person: str, tenant: str) -> dict[str, object]:
    """Return what asks the connector for the conversation of a person and the bot alone.

    By hand: botbuilder's `ConversationParameters` writes the directory as `tenantID`.
    """
    return {
        "isGroup": False,
        "bot": {"id": bot},
        "members": [{"id": person}],
        "tenantId": tenant,
        "channelData": {"tenant": {"id": tenant}},
    }


def message_activity(**fields: object) -> dict[str, object]:
    """Return a message as it is posted; what is empty is left out."""
    written: dict[str, object] = Activity(type="message").serialize()
    return written | {name: value for name, value in fields.items() if value}
