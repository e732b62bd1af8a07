"""Messages on their way out: posted, edited, or shown to one person among others.

Where nobody else reads along a message is posted and later edited, and so is in a channel what is
for everybody there. All else in a channel is for the asker's eyes only: through the address that
their command or tap came with, while Slack takes answers there; else as a message that only they
see. Nobody sees such a one who is not there at the moment, so what they did not just ask for goes
to their direct messages.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar
from urllib.parse import urlsplit

from adapters.slack.api import Api, Declined, Json
from adapters.slack.place import MOST_RESPONSES, Address
from adapters.slack.render import Part, to_parts, without_pictures
from adapters.slack.uploads import Uploads
from bot.clock import Clock
from bot.errors.sending import MaybeSent, NotSent, Undeliverable
from bot.messages import OutboxItem

# Ids of what only its reader sees, and nothing but their next tap can change.
_UNSEEN: Final = "e:"
_EVENT: Final = "bursar_message"
# How far back a message is looked for that may have arrived. Threads are told from their beginning
# on, so that all of one is asked for: as much as Slack gives at once.
_LOOK_BACK: Final = 50
_WHOLE_THREAD: Final = 1000
_MOST_URLS: Final = 4096
# What Slack refuses for good: why, and whether nothing else will arrive in that chat.
_ENDS: Final[dict[str, tuple[str, bool]]] = {
    "channel_not_found": ("chat_gone", True),
    "is_archived": ("archived", True),
    "not_in_channel": ("not_installed", True),
    "user_not_found": ("chat_gone", True),
    "user_disabled": ("blocked", True),
    "cannot_dm_bot": ("blocked", True),
    "messages_tab_disabled": ("blocked", True),
    "account_inactive": ("token_revoked", False),
    "invalid_auth": ("token_revoked", False),
    "not_authed": ("token_revoked", False),
    "token_expired": ("token_revoked", False),
    "token_revoked": ("token_revoked", False),
}
_BLOCKS_REFUSED: Final = frozenset({"invalid_blocks", "invalid_blocks_format"})
# The message is not there any more, or too old: it is said anew.
_EDIT_REFUSED: Final = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found"}
)
# They cannot be shown anything in that channel: it goes to their direct messages.
_NOT_THERE: Final = frozenset(
    {"channel_not_found", "is_archived", "not_in_channel", "user_not_in_channel"}
)
_SHOWN_PLAINLY: Final = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}
# Slack looks into a file before a message may show it: a second or two, in which it refuses.
_UNTIL_SHOWABLE_S: Final = (1.0, 2.0, 3.0)

# docs.slack.dev, "Rate limits": a message a second and channel.
_BETWEEN_S: Final = 1.0
# A part that Slack does not take yet: so often, and never for longer than this at once.
_TRIES: Final = 3
_PATIENCE_S: Final = 10.0

T = TypeVar("T")
Wait = Callable[[float], Awaitable[None]]


class Sender:
    """Sends what waits. One for each workspace."""

    def __init__(
        self, api: Api, clock: Clock, *, scheme: str = "https", wait: Wait = asyncio.sleep
    ) -> None:
        self._api = api
        self._clock = clock
        self._scheme = scheme
        self._wait = wait
        self._uploads = Uploads(api, scheme=scheme)
        self._used: OrderedDict[str, int] = OrderedDict()

    async def send(self, item: OutboxItem) -> str:
        """Send a message, or edit the one it takes the place of; return the id to edit it by.

        Raises:
            NotSent, MaybeSent, Undeliverable: as `Platform.send`.
        """
        if item.message.is_for_all:
            # In the channel itself, in whichever thread it was ordered.
            item = replace(item, thread="")
        parts = to_parts(item, await self._uploads.upload(item))
        try:
            if item.is_private or item.message.is_for_all:
                sent = await self._say(item, parts, item.chat, item.thread)
            else:
                sent = await self._show(item, parts)
        except Declined as error:
            self._uploads.forget(item)
            why, ends_chat = _ENDS.get(error.code, ("refused", False))
            raise Undeliverable(why, ends_chat=ends_chat) from error
        self._uploads.forget(item)
        return sent

    async def _patiently(
        self, item: OutboxItem, part: Part, call: Callable[[Sequence[Json]], Awaitable[T]]
    ) -> T:
        """Send a part; where its pictures are not shown in time, with their words instead.

        Raises:
            NotSent, MaybeSent, Declined: as `Api.call`.
        """
        for wait_s in _UNTIL_SHOWABLE_S if part.has_picture else ():
            try:
                return await call(part.blocks)
            except Declined as error:
                if error.code not in _BLOCKS_REFUSED:
                    raise
            await self._wait(wait_s)
        return await call(without_pictures(part, item.language).blocks)

    async def _say(
        self, item: OutboxItem, parts: Sequence[Part], channel: str, thread: str
    ) -> str:
        """Post a message, or edit it, where its reader sees it whenever they look."""
        if item.edits and not item.edits.startswith(_UNSEEN):
            edited = await self._edit(item, parts[0])
            if edited and len(parts) == 1:
                return edited
            if not edited and item.message.shows == "past":
                return item.edits
            if edited:
                parts = parts[1:]
                at, _, _ = edited.partition(":")
                return await self._post_all(item, parts, at, thread)
        there: dict[int, str] = {}
        if item.was_tried:
            if channel != item.chat:
                channel = await self._api.direct(channel)
            there = await self._find(item, channel, thread)
        return await self._post_all(item, parts, channel, thread, there)

    async def _post_all(
        self,
        item: OutboxItem,
        parts: Sequence[Part],
        channel: str,
        thread: str,
        there: dict[int, str] | None = None,
    ) -> str:
        message_id = ""
        for number, part in enumerate(parts):
            found = (there or {}).get(number)
            if found is not None:
                message_id = f"{channel}:{found}"
                continue
            post = partial(self._post, item, part, number, channel, thread)
            message_id = await self._in_turn(number, post)
        return message_id

    async def _in_turn(self, number: int, call: Callable[[], Awaitable[T]]) -> T:
        """Send one part of a message: those behind the first at Slack's pace.

        Where Slack wants more time for one of them it is waited here, within reason: the
        beginning is there, and the rest is to come behind it and not all of it anew.

        Raises:
            NotSent: of the first part; nothing was sent.
            MaybeSent: of a later one.
        """
        if number:
            await self._wait(_BETWEEN_S)
        for tries_left in reversed(range(_TRIES)):
            try:
                return await call()
            except NotSent as error:
                if not number:
                    raise
                if not tries_left or error.retry_after_s > _PATIENCE_S:
                    raise MaybeSent("sent in part") from error
                await self._wait(error.retry_after_s)
        raise AssertionError("unreachable")

    async def _post(
        self, item: OutboxItem, part: Part, number: int, channel: str, thread: str
    ) -> str:
        metadata: Json = {
            "event_type": _EVENT,
            "event_payload": {"outbox": str(item.id), "part": number},
        }

        async def post(blocks: Sequence[Json] | None) -> Json:
            answer = await self._api.call(
                "chat.postMessage",
                channel=channel,
                text=part.text,
                blocks=blocks,
                thread_ts=thread or None,
                metadata=metadata,
                **_SHOWN_PLAINLY,
            )
            return answer.data

        try:
            data = await self._patiently(item, part, post)
        except Declined as error:
            if error.code not in _BLOCKS_REFUSED:
                raise
            data = await post(None)
        return f"{data['channel']}:{data['ts']}"

    async def _edit(self, item: OutboxItem, part: Part) -> str:
        """Edit a posted message; empty if it cannot be edited any more."""
        channel, _, stamp = item.edits.partition(":")

        async def edit(blocks: Sequence[Json]) -> None:
            await self._api.call(
                "chat.update", channel=channel, ts=stamp, text=part.text, blocks=blocks
            )

        try:
            await self._patiently(item, part, edit)
        except Declined as error:
            if error.code in _EDIT_REFUSED:
                return ""
            raise
        return item.edits

    async def _find(self, item: OutboxItem, channel: str, thread: str) -> dict[int, str]:
        """Return which parts of a message arrived before, by their number.

        Empty where the history does not say; the copy is marked as one then.
        """
        method = "conversations.replies" if thread else "conversations.history"
        try:
            answer = await self._api.call(
                method,
                channel=channel,
                ts=thread or None,
                limit=_WHOLE_THREAD if thread else _LOOK_BACK,
                include_all_metadata="true",
            )
        except Declined:
            return {}
        found: dict[int, str] = {}
        for message in answer.data.get("messages", ()):
            metadata = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            if metadata.get("event_type") == _EVENT and payload.get("outbox") == str(item.id):
                found[int(payload.get("part", 0))] = message["ts"]
        return found

    async def _show(self, item: OutboxItem, parts: Sequence[Part]) -> str:
        """Show a message to its reader alone, in a chat where others read along."""
        if item.edits and not item.edits.startswith(_UNSEEN):
            return await self._say(item, parts, item.external_id, "")
        if item.message.shows == "past":
            # Seen by its reader alone, and gone from their sight by now.
            return item.edits
        address = Address.load(item.address)
        if item.edits and address.card == item.message.card:
            rest = await self._respond(item, address, parts, replaces=True)
            if not rest:
                return item.edits
            parts = rest
        if item.message.reply_to or item.edits:
            rest = await self._respond(item, address, parts)
            if not rest:
                return f"{_UNSEEN}{item.id}"
            begun, parts = len(parts) - len(rest), rest
            try:
                return await self._post_unseen(item, parts, begun)
            except Declined as error:
                if error.code not in _NOT_THERE:
                    raise
        return await self._say(item, parts, item.external_id, "")

    async def _respond(
        self, item: OutboxItem, address: Address, parts: Sequence[Part], *, replaces: bool = False
    ) -> Sequence[Part]:
        """Answer to a command or a tap; return what Slack did not take there any more."""
        for number, part in enumerate(parts):
            # Refused there a picture could not be told from an address that is used up.
            if part.has_picture or not self._takes(address):
                return parts[number:]
            payload: Json = {
                "response_type": "ephemeral",
                "replace_original": replaces and number == 0,
                "text": part.text,
                "blocks": part.blocks,
                **_SHOWN_PLAINLY,
            }
            if item.thread:
                payload["thread_ts"] = item.thread
            respond = partial(self._api.respond, address.response_url, payload)
            if not await self._in_turn(number, respond):
                self._used[address.response_url] = MOST_RESPONSES
                return parts[number:]
        return ()

    def _takes(self, address: Address) -> bool:
        """Tell whether one more answer may go there, and count it."""
        url = address.response_url
        if not address.is_open(self._clock.now()) or urlsplit(url).scheme != self._scheme:
            return False
        used = self._used.pop(url, 0)
        self._used[url] = min(used + 1, MOST_RESPONSES)
        if len(self._used) > _MOST_URLS:
            self._used.popitem(last=False)
        return used < MOST_RESPONSES

    async def _post_unseen(self, item: OutboxItem, parts: Sequence[Part], begun: int) -> str:
        """Show parts, of which so many others went before."""
        stamp = ""
        for number, part in enumerate(parts, begun):
            post = partial(self._patiently, item, part, partial(self._post_one_unseen, item, part))
            stamp = await self._in_turn(number, post)
        return f"{_UNSEEN}{stamp}"

    async def _post_one_unseen(self, item: OutboxItem, part: Part, blocks: Sequence[Json]) -> str:
        answer = await self._api.call(
            "chat.postEphemeral",
            channel=item.chat,
            user=item.external_id,
            text=part.text,
            blocks=blocks,
            thread_ts=item.thread or None,
        )
        return str(answer.data["message_ts"])
