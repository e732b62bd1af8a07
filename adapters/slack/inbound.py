"""A delivery from Slack -> a message. Pure: what is needed of the bot's own account is passed in.

Keys are such that every way on which the same thing can arrive has the same one. A message is
told apart by its channel and its time stamp, which Slack makes unique within a channel: an event
that is repeated, the mention and the message that Slack sends of one text, and the history that
is read after a gap all agree on it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from adapters.slack.entities import to_plain
from adapters.slack.modals import Modal, read_order, read_token
from adapters.slack.place import RESPONSE_LIFE, Address, Place
from bot.clock import EPOCH
from bot.errors.kinds import InvalidInput
from bot.messages import InboundMessage

PLATFORM: Final = "slack"
REQUEST_COMMAND: Final = "/ai-request"
# What a command says to the planner, before whatever is typed behind it.
COMMANDS: Final[Mapping[str, str]] = {
    "/ai-budget": "/balance",
    REQUEST_COMMAND: "/request",
    "/ai-forecast": "/forecast",
    "/ai-top-users": "/top",
    "/bursar": "",
}
_HELP: Final = "/help"
# Kinds of message that a person wrote, and nobody edited, deleted or passed on.
_WRITTEN: Final = frozenset({"", "thread_broadcast", "file_share", "me_message"})
_CHANNELS: Final = frozenset({"channel", "group"})
# Somebody, a group of people, or everybody there.
_NAMED: Final = re.compile(r"<[@!](?!date\^)")
_MOST_ID: Final = 255
_MOST_STAMP: Final = Decimal(10**11)

Payload = Mapping[str, Any]  # Any: JSON from Slack; every value that is used is looked at


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot's own account: its team, its user, and the channels in which it talks with one."""

    team: str
    user: str
    bot_id: str = ""
    direct: Collection[str] = ()


def from_event(body: Payload, bot: Bot) -> InboundMessage | None:
    """Translate an event; None for those that are not somebody speaking to the bot.

    Raises:
        InvalidInput: it is not built as Slack builds them.
    """
    event = _object(body, "event")
    kind = _text(event, "type")
    if kind not in {"message", "app_mention"} or "edited" in event:
        # A text that was changed after it was acted on causes nothing, also where a mention was
        # added to it.
        return None
    channel = _id(event, "channel")
    is_direct = event.get("channel_type") == "im" or channel in bot.direct
    if kind == "message" and not is_direct:
        # In channels the bot hears what mentions it, and that is an event of its own.
        return None
    return to_message(event, bot, channel=channel, is_direct=is_direct)


def from_thread(body: Payload, bot: Bot) -> InboundMessage | None:
    """Translate what somebody said in a channel's thread and to nobody; None for all else.

    Whether it is meant for the bot does not show: they may be answering what it asked there.

    Raises:
        InvalidInput: it is not built as Slack builds them.
    """
    event = _object(body, "event")
    if _text(event, "type") != "message" or "edited" in event:
        return None
    if event.get("channel_type") not in _CHANNELS or not event.get("thread_ts"):
        return None
    # What names the bot comes as a mention too; what names others is for them.
    if _NAMED.search(_text(event, "text", optional=True)):
        return None
    message = to_message(event, bot, channel=_id(event, "channel"), is_direct=False)
    # The first of a thread answers nothing.
    return None if message is None or message.thread == message.message_id else message


def from_history(said: Payload, bot: Bot, *, channel: str) -> tuple[InboundMessage, bool] | None:
    """Translate what a channel's history shows; with it, whether it names the bot.

    What does not may answer what the bot asked, in a thread and naming nobody else. None for all
    else.

    Raises:
        InvalidInput: it is not built as Slack builds them.
    """
    if "edited" in said:
        return None
    text = _text(said, "text", optional=True)
    message = to_message(said, bot, channel=channel, is_direct=False)
    if message is None or f"<@{bot.user}" in text:
        return None if message is None else (message, True)
    if _NAMED.search(text) or message.thread == message.message_id:
        return None
    return message, False


def to_message(
    event: Payload, bot: Bot, *, channel: str, is_direct: bool
) -> InboundMessage | None:
    """Translate a message as events and the history show it; None where it says nothing.

    Raises:
        InvalidInput: it is not built as Slack builds them.
    """
    if not _is_written(event, bot):
        return None
    stamp = _id(event, "ts")
    text = to_plain(_text(event, "text", optional=True), bot_user=bot.user)
    if not text and is_direct:
        return None
    thread = _id(event, "thread_ts", optional=True)
    if thread == stamp:
        # The first of a thread: it has this only once it was answered there.
        thread = ""
    return InboundMessage(
        platform=PLATFORM,
        account=bot.team,
        key=f"message:{channel}:{stamp}",
        chat=channel,
        external_id=_id(event, "user"),
        # Whoever only mentions the bot wants to know what it can do.
        text=text or _HELP,
        # In a channel each question is a thread of its own.
        thread=thread or ("" if is_direct else stamp),
        sent_at=_at(stamp),
        is_private=is_direct,
        message_id=stamp,
    )


def _is_written(event: Payload, bot: Bot) -> bool:
    if _text(event, "subtype", optional=True) not in _WRITTEN or event.get("hidden"):
        return False
    if "bot_id" in event or "bot_profile" in event:
        return False
    return _text(event, "user", optional=True) not in {"", bot.user, "USLACKBOT"}


def from_command(body: Payload, bot: Bot, now: datetime) -> InboundMessage:
    """Translate a slash command.

    Raises:
        InvalidInput: it is not built as Slack builds them.
    """
    command = _id(body, "command")
    typed = to_plain(_text(body, "text", optional=True), bot_user=bot.user)
    begin = COMMANDS.get(command, f"/{command.lstrip('/')}")
    channel, trigger = _id(body, "channel_id"), _id(body, "trigger_id")
    return InboundMessage(
        platform=PLATFORM,
        account=bot.team,
        key=f"command:{trigger}",
        chat=channel,
        external_id=_id(body, "user_id"),
        text=f"{begin} {typed}".strip() or _HELP,
        sent_at=now,
        is_private=channel in bot.direct,
        sender_name=_text(body, "user_name", optional=True),
        message_id=trigger,
        address=_address(body, now),
    )


def wants_request_form(body: Payload) -> bool:
    """Tell whether a command asks for the form in which a request is filled in."""
    text = body.get("text")
    is_bare = text is None or (isinstance(text, str) and not text.strip())
    return body.get("command") == REQUEST_COMMAND and is_bare


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped button: as a message, and the form that it opens, if it has one."""

    message: InboundMessage
    form: Modal | None
    trigger: str


def from_action(body: Payload, bot: Bot, now: datetime) -> Tap | None:
    """Translate a tapped button; None for what is not one of ours.

    Raises:
        InvalidInput: it is not built as Slack builds them.
    """
    actions = body.get("actions")
    if not isinstance(actions, list) or len(actions) != 1 or not isinstance(actions[0], dict):
        raise InvalidInput("actions", "not one action")
    action = actions[0]
    if action.get("type") != "button" or not action.get("value"):
        return None
    user = _object(body, "user")
    person, stamp, name = _id(user, "id"), _id(action, "action_ts"), _id(action, "action_id")
    place = Place.load(_text(action, "block_id", optional=True))
    if place is None:
        return None
    order = read_order(_text(action, "value"))
    token, fields = ("", order.form) if order else read_token(_text(action, "value"))
    message = InboundMessage(
        platform=PLATFORM,
        account=bot.team,
        key=f"action:{person}:{stamp}:{name}",
        chat=place.chat,
        external_id=person,
        # A button of a page says what the person could have typed.
        text=order.text if order else "",
        thread=place.thread,
        button=token,
        sent_at=_at(stamp),
        is_private=place.is_private,
        sender_name=_text(user, "name", optional=True),
        message_id=stamp,
        address=_address(body, now, card=place.card),
    )
    label = action.get("text")
    title = _text(label, "text", optional=True) if isinstance(label, dict) else ""
    said = order.text if order else ""
    form = Modal(token, place, title, fields, message.address, said) if fields else None
    return Tap(message, form, _text(body, "trigger_id", optional=True))


def from_modal(
    body: Payload, modal: Modal, typed: Mapping[str, str], bot: Bot, now: datetime
) -> InboundMessage:
    """Translate a form that was sent: the token of its button with the fields, or a request.

    Raises:
        InvalidInput: it is not built as Slack builds them.
    """
    user, view = _object(body, "user"), _object(body, "view")
    view_id = _id(view, "id")
    return InboundMessage(
        platform=PLATFORM,
        account=bot.team,
        # A view is sent once: what Slack repeats, or a person taps twice, is the same.
        key=f"view:{view_id}",
        chat=modal.place.chat,
        external_id=_id(user, "id"),
        text="" if modal.token else modal.as_text(typed),
        thread=modal.place.thread,
        button=modal.token,
        sent_at=now,
        is_private=modal.place.is_private,
        sender_name=_text(user, "name", optional=True),
        message_id=view_id,
        address=modal.address,
        fields=tuple(typed.items()) if modal.token else (),
    )


def from_home(body: Payload, bot: Bot) -> tuple[InboundMessage, str]:
    """Translate the opening of the app's page into who looks, and at which of its tabs.

    Raises:
        InvalidInput: it is not built as Slack builds them.
    """
    event = _object(body, "event")
    person, channel = _id(event, "user"), _id(event, "channel")
    message = InboundMessage(
        PLATFORM, bot.team, f"home:{channel}", channel, person, is_private=True
    )
    return message, _text(event, "tab", optional=True)


def team_of(body: Payload) -> str:
    """Return the team that a delivery is about; empty where it names none."""
    team = body.get("team_id")
    if team is None and isinstance(body.get("team"), dict):
        team = body["team"].get("id")
    return team if isinstance(team, str) else ""


def _address(body: Payload, now: datetime, *, card: str = "") -> str:
    url = _text(body, "response_url", optional=True)
    return Address(url, now + RESPONSE_LIFE, card).dump() if url else ""


def _object(values: Payload, name: str) -> Payload:
    found = values.get(name)
    if not isinstance(found, dict):
        raise InvalidInput(name, "not an object")
    return found


def _text(values: Payload, name: str, *, optional: bool = False) -> str:
    found = values.get(name)
    if found is None and optional:
        return ""
    if not isinstance(found, str):
        raise InvalidInput(name, "not text")
    return found


def _id(values: Payload, name: str, *, optional: bool = False) -> str:
    found = _text(values, name, optional=optional)
    if not found and optional:
        return ""
    if not 0 < len(found) <= _MOST_ID or not found.isascii() or not found.isprintable():
        raise InvalidInput(name, "not an id")
    return found


def _at(stamp: str) -> datetime:
    """Read a time stamp: seconds with six decimals."""
    try:
        seconds = Decimal(stamp)
    except InvalidOperation:
        raise InvalidInput("ts", "not a time stamp") from None
    if not seconds.is_finite() or not 0 < seconds < _MOST_STAMP:
        raise InvalidInput("ts", "not a time stamp")
    return EPOCH + timedelta(microseconds=int(seconds * 1_000_000))
