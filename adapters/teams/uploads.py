"""Putting a file where Teams wants it: one upload session of OneDrive, gone on with if cut off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import orjson

from adapters.channels.posting import Poster, Reply
from bot.errors.sending import MaybeSent, NotSent, Undeliverable

# With the calls around it, less than the minute after which another process takes a message over.
UPLOAD_S: Final = 25.0
# Whoever is asked to wait longer would hold up all that comes after the file.
_PATIENCE_S: Final = 20.0
_IS_THERE: Final = 416

Upload = Literal["done", "failed", "unsure"]


class Uploads:
    """Uploads files. `poster` reaches no private net and follows no redirect."""

    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    async def put(self, url: str, data: bytes, *, is_again: bool, is_last: bool) -> Upload:
        """Put all of a file there; at most 60 MiB go in one request (createUploadSession).

        Nothing of a file is to be seen before its last byte. Says "failed" where it surely did
        not arrive, "unsure" where nobody can tell: a session that is over is gone whether it was
        finished or not.

        Args:
            url: the session's own address, which is also its right.
            data: the file, at least a byte.
            is_again: it may have been tried before.
            is_last: it will not be tried again.

        Raises:
            NotSent: not now.
        """
        start = await self._start(url, len(data), is_last=is_last) if is_again else 0
        if isinstance(start, str):
            return start
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}",
        }
        unsure: Upload = "unsure" if is_again else "failed"
        try:
            reply = await self._poster.call("PUT", url, data[start:], headers)
        except Undeliverable:
            return unsure
        except NotSent as error:
            return _later(error, unsure, is_last=is_last)
        except MaybeSent:
            return _later(NotSent("no answer"), "unsure", is_last=is_last)
        if reply.status in {200, 201}:
            return "done"
        if reply.status in {202, _IS_THERE} or reply.status >= 500:
            return _later(_busy(reply), "unsure", is_last=is_last)
        if reply.is_later:
            return _later(_busy(reply), unsure, is_last=is_last)
        return unsure

    async def _start(self, url: str, size: int, *, is_last: bool) -> int | Upload:
        """Ask how much of the file is there; return from where on it is missing."""
        try:
            reply = await self._poster.call("GET", url)
        except Undeliverable:
            return "unsure"
        except (NotSent, MaybeSent):
            return _later(NotSent("no answer"), "unsure", is_last=is_last)
        if reply.is_later:
            return _later(_busy(reply), "unsure", is_last=is_last)
        if not reply.is_done:
            return "unsure"
        return _missing_from(reply, size)


def _later(error: NotSent, otherwise: Upload, *, is_last: bool) -> Upload:
    """Put off what may be tried again soon."""
    if is_last or error.retry_after_s > _PATIENCE_S:
        return otherwise
    raise error


def _busy(reply: Reply) -> NotSent:
    return NotSent(f"status {reply.status}", retry_after_s=reply.retry_after_s)


def _missing_from(reply: Reply, size: int) -> int | Upload:
    """Read `nextExpectedRanges`: ["12345-"], or ["12345-55232"] and more."""
    try:
        told = orjson.loads(reply.content)
        ranges = told["nextExpectedRanges"] if isinstance(told, Mapping) else None
        if not isinstance(ranges, list):
            return "unsure"
        if not ranges:
            return "done"
        start = int(str(ranges[0]).partition("-")[0])
    except (ValueError, KeyError):
        return "unsure"
    return start if 0 <= start < size else "unsure"
