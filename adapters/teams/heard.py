"""A delivery of the connector -> the parts that the adapter reads.

By hand: of an activity's some forty fields fifteen are read, and botbuilder's model of all of
them takes twenty times as long as that, for each delivery and before it is acknowledged. What is
read is of the type that the Bot Framework documents, or the whole delivery is refused. A test
holds this against botbuilder's own reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from adapters.teams.addresses import Address
from bot.errors.kinds import InvalidInput

_EXAMPLE: Final = '{"type": "message", "id": "1"}'
# Ids of conversations and people have about 200 characters.
_LONGEST_ID: Final = 1000
_NOTHING: Final[Mapping[str, Any]] = {}


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
    conversation = _part(body, "conversation")
    if not isinstance(conversation.get("isGroup"), bool | None):
        raise _wrong()
    tenants = _tenants(conversation, body.get("channelData"))
    # What is not read may still say that somebody else wrote this.
    for _ in _each(body, "attachments"):
        pass
    place, bot = _id(conversation, "id"), _member(body, "recipient")
    service_url, channel = _id(body, "serviceUrl"), _id(body, "channelId")
    return Heard(
        kind=_id(body, "type"),
        name=_id(body, "name"),
        id=_id(body, "id"),
        service_url=service_url,
        channel=channel,
        conversation=place,
        conversation_kind=_id(conversation, "conversationType"),
        tenants=tenants,
        sender=_member(body, "from"),
        bot=bot,
        reply_to=_id(body, "replyToId"),
        text=_text(body, "text"),
        locale=_id(body, "locale"),
        action=_id(body, "action"),
        value=body.get("value"),
        sent_at=_time(_text(body, "timestamp")),
        mentions=tuple(_mentions(body)),
        joined=frozenset(_id(member, "id") for member in _each(body, "membersAdded")),
        address=Address(
            service_url=service_url,
            conversation=place,
            bot=bot.id,
            tenant=min(tenants, default=""),
            channel=channel,
        ),
    )


def _tenants(conversation: Mapping[str, Any], channel_data: object) -> frozenset[str]:
    found = [_id(conversation, "tenantId")]
    # Of other channels it may be of any type.
    if isinstance(channel_data, dict) and isinstance(channel_data.get("tenant"), dict):
        found.append(_id(channel_data["tenant"], "id"))
    return frozenset(each.casefold() for each in found if each)


def _mentions(body: Mapping[str, Any]) -> Iterator[Mention]:
    for entity in _each(body, "entities"):
        mentioned = entity.get("mentioned")
        if _text(entity, "type") == "mention" and isinstance(mentioned, dict):
            yield Mention(_id(mentioned, "id"), _text(mentioned, "name"), _text(entity, "text"))


def _member(body: Mapping[str, Any], name: str) -> Member:
    account = _part(body, name)
    return Member(_id(account, "id"), _text(account, "name"), _id(account, "role"))


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    if value is None:
        return _NOTHING
    if not isinstance(value, dict):
        raise _wrong()
    return value


def _each(body: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    listed = body.get(name)
    if listed is None:
        return
    if not isinstance(listed, list):
        raise _wrong()
    for each in listed:
        if not isinstance(each, dict):
            raise _wrong()
        yield each


def _time(text: str) -> datetime | None:
    """Return when it was sent; None where no zone is said."""
    if not text:
        return None
    try:
        sent_at = datetime.fromisoformat(text)
        return None if sent_at.tzinfo is None else sent_at.astimezone(UTC)
    except (ValueError, OverflowError):
        # Not `from error`: it quotes the body.
        raise _wrong() from None


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidInput("activity", "has something else in place of text", example=_EXAMPLE)
    return value


def _id(body: Mapping[str, Any], name: str) -> str:
    text = _text(body, name)
    if len(text) > _LONGEST_ID:
        raise InvalidInput("activity", "has an id that is too long", example=_EXAMPLE)
    return text


def _wrong() -> InvalidInput:
    return InvalidInput("activity", "not as the connector writes it", example=_EXAMPLE)
