"""Pictures: handed to Slack as files, and shown by a message that names them.

A file that is uploaded and shared with nobody is shown by an image block of whoever uploaded it,
so that a picture stands in its message: in its place, in its thread, with words for those who do
not see it, and edited with it. Shared into a channel instead it would be a message of its own
that comes whenever Slack is ready, after what was sent behind it (node-slack-sdk #2260).
"""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

import structlog

from adapters.slack.api import Api, Declined
from bot.errors import MaybeSent, NotSent
from bot.messages import OutboxItem, PictureBlock

_log = structlog.get_logger(__name__)

# Of messages that wait for their next try: what is uploaded is not uploaded again.
_MOST_KEPT: Final = 1024


class Pictures:
    """Uploads the pictures of messages. `scheme` is what addresses of Slack's begin with."""

    def __init__(self, api: Api, *, scheme: str) -> None:
        self._api = api
        self._scheme = scheme
        self._kept: OrderedDict[int, Sequence[str]] = OrderedDict()

    async def upload(self, item: OutboxItem) -> Sequence[str]:
        """Upload a message's pictures; return their files' ids, empty for what Slack did not take.

        Nothing that goes wrong here holds up the message: it says the picture's words instead.
        """
        kept = self._kept.get(item.id)
        if kept is not None:
            return kept
        blocks = [block for block in item.message.blocks if isinstance(block, PictureBlock)]
        files = [await self._upload(item.id, number, block) for number, block in enumerate(blocks)]
        if files:
            self._kept[item.id] = files
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return files

    def forget(self, item: OutboxItem) -> None:
        """Let go of a message that is sent, or never will be."""
        self._kept.pop(item.id, None)

    async def _upload(self, item_id: int, number: int, block: PictureBlock) -> str:
        content = base64.b64decode(block.png)
        name = f"bursar-{item_id}-{number}.png"
        try:
            asked = await self._api.call(
                "files.getUploadURLExternal", filename=name, length=len(content)
            )
            url, file_id = str(asked.data["upload_url"]), str(asked.data["file_id"])
            if urlsplit(url).scheme != self._scheme or not await self._api.upload(url, content):
                raise Declined("not_uploaded")
            # The kind, so that it can be shown before Slack has looked into it.
            files = [{"id": file_id, "title": name, "highlight_type": "png"}]
            await self._api.call("files.completeUploadExternal", files=files)
        except (NotSent, MaybeSent, Declined) as error:
            _log.warning("picture not uploaded", outbox_id=item_id, code=error.code)
            return ""
        return file_id
