"""Uploading a file to the loopback Slack: asked for, handed over, completed, looked into."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

Json = dict[str, Any]
FORM = "application/x-www-form-urlencoded"
FORMS = ("files.getUploadURLExternal", "files.completeUploadExternal")
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass
class SlackFile:
    """A file on its way: `refusals` is how often a message may not show it yet."""

    id: str
    name: str
    length: int
    content: bytes = b""
    is_complete: bool = False
    shared: tuple[str, str] = ("", "")
    refusals: int = 1


class FileStore:
    """The files of a workspace. `violations` is where what Slack must not see is noted."""

    def __init__(self, violations: list[str]) -> None:
        self.files: dict[str, SlackFile] = {}
        self.refusals = 1
        self._violations = violations
        self._numbers = itertools.count(1)

    def url(self, given: Json, base: str) -> Json:
        """files.getUploadURLExternal: a name and a length in bytes."""
        length, name = str(given.get("length", "")), given.get("filename", "")
        if not length.isdigit() or int(length) < 1 or not name:
            self._violations.append("getUploadURLExternal without name or length")
        file = SlackFile(f"F{next(self._numbers):08d}", name, int(length), refusals=self.refusals)
        self.files[file.id] = file
        return {"upload_url": f"{base}/upload/{file.id}", "file_id": file.id}

    async def take(self, request: web.Request) -> web.Response:
        """The upload address: all bytes that were announced, without the bot's token."""
        file = self.files[request.match_info["file"]]
        if "Authorization" in request.headers:
            self._violations.append("a token where files are uploaded")
        content = await request.read()
        if len(content) != file.length or file.content:
            self._violations.append("an upload of another length, or twice")
            return web.Response(status=400)
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    def complete(self, given: Json) -> Json | None:
        """files.completeUploadExternal; None for a file that was not uploaded.

        A conversation to share it in is one id, never a person's, and only it has threads.
        """
        channel, thread = given.get("channel_id", ""), given.get("thread_ts", "")
        if set(given) - {"files", "channel_id", "thread_ts", "token"} or (thread and not channel):
            self._violations.append("completed with what Slack does not know")
        for one in json.loads(given["files"]):
            file = self.files.get(one["id"])
            if file is None or not file.content:
                return None
            if file.is_complete or set(one) - {"id", "title", "highlight_type"}:
                self._violations.append("completed twice, or with what Slack does not know")
            if channel and (channel[0] not in "CDG" or "highlight_type" in one):
                self._violations.append("shared with a person, or as a picture")
            if file.content.startswith(PNG) and channel:
                self._violations.append("a picture shared beside its message")
            file.shared = channel, thread
            file.is_complete = True
        return {"files": [{"id": one["id"]} for one in json.loads(given["files"])]}

    def may_show(self, blocks: list[Json]) -> bool:
        """Tell whether a message may show its pictures; not yet while Slack looks into one."""
        for block in blocks:
            if block["type"] != "image":
                continue
            file = self.files.get(block["slack_file"]["id"])
            if file is None or not file.is_complete or not file.content.startswith(PNG):
                return False
            if file.refusals > 0:
                file.refusals -= 1
                return False
        return True
