"""Pictures and files: handed to Slack, and shown by a message that names them, or beside it.

A picture that is uploaded and shared with nobody is shown by an image block of whoever uploaded
it, so that it stands in its message: in its place, in its thread, with words for those who do not
see it, and edited with it. Shared into a channel instead it would be a message of its own that
comes whenever Slack is ready, after what was sent behind it (node-slack-sdk #2260).

No block shows other files, so that these are shared, before the message that tells of them: it
is known by then whether they could be. What somebody asked for among others goes to their direct
messages, for there is no file that only one of a channel sees.
"""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

import structlog

from adapters.slack.api import Api, Declined
from bot.errors.sending import MaybeSent, NotSent
from bot.messages import FileBlock, OutboxItem, PictureBlock

_log = structlog.get_logger(__name__)

# Of messages that wait for their next try: what is uploaded is not uploaded again.
_MOST_KEPT: Final = 1024


class Uploads:
    """Uploads what messages have with them. `scheme` is what addresses of Slack's begin with."""

    def __init__(self, api: Api, *, scheme: str) -> None:
        self._api = api
        self._scheme = scheme
        self._kept: OrderedDict[int, Sequence[str]] = OrderedDict()

    async def upload(self, item: OutboxItem) -> Sequence[str]:
        """Upload pictures and files; return their ids in order, empty for what Slack did not take.

        Nothing that goes wrong here holds up the message: it says their words instead.
        """
        kept = self._kept.get(item.id)
        if kept is not None:
            return kept
        blocks = [x for x in item.message.blocks if isinstance(x, (PictureBlock, FileBlock))]
        files = [await self._upload(item, number, block) for number, block in enumerate(blocks)]
        if files:
            self._kept[item.id] = files
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return files

    def forget(self, item: OutboxItem) -> None:
        """Let go of a message that is sent, or never will be."""
        self._kept.pop(item.id, None)

    async def _upload(self, item: OutboxItem, number: int, block: PictureBlock | FileBlock) -> str:
        try:
            if isinstance(block, FileBlock):
                return await self._share(item, block)
            name = f"bursar-{item.id}-{number}.png"
            file_id = await self._hand_over(name, base64.b64decode(block.png))
            # The kind, so that it can be shown before Slack has looked into it.
            files = [{"id": file_id, "title": name, "highlight_type": "png"}]
            await self._api.call("files.completeUploadExternal", files=files)
        except (NotSent, MaybeSent, Declined) as error:
            _log.warning("file not uploaded", outbox_id=item.id, code=error.code)
            return ""
        return file_id

    async def _share(self, item: OutboxItem, block: FileBlock) -> str:
        """Upload a file into the conversation that its reader has alone with the bot."""
        channel, thread = item.chat, item.thread
        if not item.is_private:
            channel, thread = await self._api.direct(item.external_id), ""
        file_id = await self._hand_over(block.name, block.data)
        await self._api.call(
            "files.completeUploadExternal",
            files=[{"id": file_id, "title": block.name}],
            channel_id=channel,
            thread_ts=thread or None,
        )
        return file_id

    async def _hand_over(self, name: str, content: bytes) -> str:
        asked = await self._api.call(
            "files.getUploadURLExternal", filename=name, length=len(content)
        )
        url, file_id = str(asked.data["upload_url"]), str(asked.data["file_id"])
        if urlsplit(url).scheme != self._scheme or not await self._api.upload(url, content):
            raise Declined("not_uploaded")
        return file_id
