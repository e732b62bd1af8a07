"""Sending: each part of a message once, in its place, in the chat where it may be read.

In a group, what is answered is for the asker's eyes only: it goes to their private chat, and the
group sees a short line with a button that opens it. What is for everybody stands in the group.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from adapters.telegram.client import TooFast
from adapters.telegram.faults import refusal_of, to_error
from adapters.telegram.inbound import ASIDE, Me
from adapters.telegram.pace import Pace
from adapters.telegram.render import Key, Part, render, text_part
from bot.errors.kinds import BursarError
from bot.errors.sending import ChatMoved, MaybeSent, NotSent, Undeliverable
from bot.messages import OutboxItem
from bot.replies import notices

_log = structlog.get_logger(__name__)

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
# Messages of which only a part was sent, and questions in groups that were answered aside.
_MOST_REMEMBERED: Final = 2048


@dataclass(slots=True)
class _Target:
    """Where a part goes; `reply_to` and `thread` are 0 for none."""

    chat: str
    thread: int = 0
    reply_to: int = 0


@dataclass(slots=True)
class _Progress:
    """What of a message is sent, so that a second try sends only the rest."""

    message_ids: list[int] = field(default_factory=list)


class Sender:
    """Sends what the outbox hands over. `find_me` returns None while the bot's name is unknown."""

    def __init__(self, bot: Bot, pace: Pace, find_me: Callable[[], Me | None]) -> None:
        self._bot = bot
        self._pace = pace
        self._find_me = find_me
        self._progress: OrderedDict[int, _Progress] = OrderedDict()
        self._told_aside: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._moved: dict[str, str] = {}

    async def send(self, item: OutboxItem) -> str:
        """Send a message, or edit the one it takes the place of; return `chat:id,id`.

        Raises:
            NotSent, MaybeSent, Undeliverable, ChatMoved: as `bot.platforms.model.Platform.send`.
        """
        try:
            sent = await self._send(item)
        except (MaybeSent, Undeliverable):
            self._progress.pop(item.id, None)
            raise
        self._progress.pop(item.id, None)
        return sent

    async def _send(self, item: OutboxItem) -> str:
        if not (item.is_private or item.message.is_for_all):
            return await self._send_aside(item)
        target = _Target(
            self._moved.get(item.chat, item.chat), _number(item.thread), _number_of_reply(item)
        )
        return await self._deliver(item, target, _parts_of(item))

    # In a group

    async def _send_aside(self, item: OutboxItem) -> str:
        """Answer in the asker's private chat, and say so where they asked."""
        me = self._find_me()
        if me is None:
            raise NotSent("the bot's own name is not known yet", retry_after_s=2.0, scope="app")
        if not item.external_id:
            raise Undeliverable("chat_gone", ends_chat=True)
        asked_aside = item.message.reply_to.startswith(ASIDE)
        target = _Target(item.external_id, reply_to=_number_of_reply(item) if asked_aside else 0)
        parts = _parts_of(item, chat=item.chat, thread=item.thread)
        try:
            sent = await self._deliver(item, target, parts)
        except Undeliverable as error:
            if error.why not in {"blocked", "chat_gone"}:
                raise
            if not asked_aside:
                await self._say_in_group(item, me, may_write=False)
            # The group is still there; a card that nobody saw must be heard of all the same.
            raise Undeliverable(error.why) from error
        if item.message.reply_to and not asked_aside and not item.edits:
            await self._say_in_group(item, me, may_write=True)
        return sent

    async def _say_in_group(self, item: OutboxItem, me: Me, *, may_write: bool) -> None:
        """Show the group's short line, once for each question."""
        asked = (item.chat, item.message.reply_to or str(item.id))
        if asked in self._told_aside:
            return
        text = notices.answered_aside if may_write else notices.open_private_chat
        label = notices.private_chat_label(item.language)
        link = f"https://t.me/{me.username}?start=hello"
        part = text_part(text(item.language), ((Key(label, url=link),),))
        chat = self._moved.get(item.chat, item.chat)
        target = _Target(chat, _number(item.thread), _number_of_reply(item))
        try:
            await self._send_part(part, target)
        except TelegramError as error:
            became = self._judge(error, chat)
            if isinstance(became, (NotSent, ChatMoved)):
                raise became from error
            # The answer itself is where it belongs.
            _log.info("group not told of an answer", outbox_id=item.id, code=became.code)
        self._told_aside[asked] = None
        if len(self._told_aside) > _MOST_REMEMBERED:
            self._told_aside.popitem(last=False)

    # In one chat

    async def _deliver(self, item: OutboxItem, target: _Target, parts: Sequence[Part]) -> str:
        try:
            message_ids = await self._edited(item, target, parts)
            if message_ids is None and item.message.shows == "past":
                return item.edits
            if message_ids is None:
                message_ids = await self._sent(item, target, parts)
        except TelegramError as error:
            raise self._judge(error, target.chat) from error
        return f"{target.chat}:{','.join(map(str, message_ids))}"

    async def _sent(
        self, item: OutboxItem, target: _Target, parts: Sequence[Part]
    ) -> Sequence[int]:
        progress = self._progress.setdefault(item.id, _Progress())
        if len(self._progress) > _MOST_REMEMBERED:
            self._progress.popitem(last=False)
        done = progress.message_ids
        for part in parts[len(done) :]:
            # Only the first part answers; the others follow it.
            to = target if not done else _Target(target.chat, target.thread)
            done.append((await self._send_part(part, to)).message_id)
        return done

    async def _edited(
        self, item: OutboxItem, target: _Target, parts: Sequence[Part]
    ) -> Sequence[int] | None:
        """Put the parts in the place of what is shown; None where that cannot be."""
        chat, _, listed = item.edits.partition(":")
        message_ids = [int(number) for number in listed.split(",") if number]
        if not message_ids or chat != target.chat:
            return None
        if len(message_ids) != len(parts) or not all(part.is_text for part in parts):
            await self._close_buttons(chat, message_ids[-1])
            return None
        for message_id, part in zip(message_ids, parts, strict=True):
            if not await self._edit_part(part, chat, message_id):
                return None
        return message_ids

    async def _close_buttons(self, chat: str, message_id: int) -> None:
        """Take the buttons from a message that another one replaces."""
        try:
            async with self._pace.call(chat):
                await self._bot.edit_message_reply_markup(_chat_id(chat), message_id)
        except BadRequest as error:
            _log.info("buttons stay on a replaced message", code=refusal_of(error))

    async def _edit_part(self, part: Part, chat: str, message_id: int) -> bool:
        """Edit one message; False if it is gone, too old, or no text."""
        for is_marked_up in (True, False):
            try:
                async with self._pace.call(chat):
                    await self._bot.edit_message_text(
                        part.html if is_marked_up else part.plain,
                        _chat_id(chat),
                        message_id,
                        parse_mode=ParseMode.HTML if is_marked_up else None,
                        reply_markup=_markup(part),
                        link_preview_options=_NO_PREVIEW,
                    )
            except BadRequest as error:
                refusal = refusal_of(error)
                if refusal == "markup" and is_marked_up:
                    continue
                if refusal == "not_editable":
                    return False
                if refusal != "unchanged":
                    raise
            return True
        return False

    async def _send_part(self, part: Part, target: _Target) -> Message:
        """Send one message; plain where its markup is refused, in the chat where its topic is."""
        try:
            return await self._send_once(part, target, is_marked_up=True)
        except BadRequest as error:
            refusal = refusal_of(error)
            instead = part.instead if refusal == "other" else None
            if refusal not in {"markup", "no_topic"} and instead is None:
                raise
            _log.warning("message sent in a simpler form", code=refusal)
            if instead is not None:
                return await self._send_part(instead, target)
            if refusal == "no_topic":
                target = _Target(target.chat)
            return await self._send_once(part, target, is_marked_up=refusal != "markup")

    async def _send_once(self, part: Part, target: _Target, *, is_marked_up: bool) -> Message:
        async with self._pace.call(target.chat):
            return await self._call(part, target, is_marked_up=is_marked_up)

    async def _call(self, part: Part, target: _Target, *, is_marked_up: bool) -> Message:
        text = part.html if is_marked_up else part.plain
        mode = ParseMode.HTML if is_marked_up else None
        chat, thread = _chat_id(target.chat), target.thread or None
        markup, reply = _markup(part), _reply(target)
        if part.picture:
            return await self._bot.send_photo(
                chat,
                InputFile(part.picture, "picture.png"),
                caption=text,
                parse_mode=mode,
                reply_markup=markup,
                message_thread_id=thread,
                reply_parameters=reply,
            )
        if part.file:
            return await self._bot.send_document(
                chat,
                InputFile(part.file, part.file_name),
                caption=text,
                parse_mode=mode,
                reply_markup=markup,
                message_thread_id=thread,
                reply_parameters=reply,
            )
        return await self._bot.send_message(
            chat,
            text,
            parse_mode=mode,
            reply_markup=markup,
            message_thread_id=thread,
            reply_parameters=reply,
            link_preview_options=_NO_PREVIEW,
        )

    def _judge(self, error: TelegramError, chat: str) -> BursarError:
        if isinstance(error, TooFast) and self._pace.refused(chat, error.retry_after_s):
            return NotSent("too fast", retry_after_s=error.retry_after_s, scope="app")
        became = to_error(error, chat)
        if isinstance(error, ChatMigrated):
            # Told once, it is kept; a conversation that could not move is reached all the same.
            self._moved[chat] = str(error.new_chat_id)
        return became


def _parts_of(item: OutboxItem, *, chat: str = "", thread: str = "") -> list[Part]:
    notice = ""
    if item.was_tried and not item.edits:
        notice = notices.maybe_a_copy(item.language, item.message.reference)
    return render(item.message, notice=notice, chat=chat, thread=thread, language=item.language)


def _markup(part: Part) -> InlineKeyboardMarkup | None:
    if not part.keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    key.label,
                    callback_data=key.data or None,
                    url=key.url or None,
                    style=key.style or None,
                )
                for key in row
            ]
            for row in part.keyboard
        ]
    )


def _reply(target: _Target) -> ReplyParameters | None:
    if not target.reply_to:
        return None
    return ReplyParameters(target.reply_to, allow_sending_without_reply=True)


def _number_of_reply(item: OutboxItem) -> int:
    return _number(item.message.reply_to.removeprefix(ASIDE))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _chat_id(chat: str) -> int | str:
    return int(chat) if chat.removeprefix("-").isdigit() else chat
