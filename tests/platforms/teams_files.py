"""OneDrive as a bot sees it: upload sessions over https, and what is wrong with them.

Sessions are as `createUploadSession` documents them: a PUT says which bytes it carries, a GET
says which are missing, and once the last byte is there, or the time is over, a session is gone.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.loopback import serving
from tests.platforms.channel_servers import Trust, make_trust

if TYPE_CHECKING:
    from tests.platforms.teams_server import Posted

Json = dict[str, Any]

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


@cache
def trust_of_tests() -> Trust:
    """Return a certificate for localhost, made once."""
    with tempfile.TemporaryDirectory() as folder:
        return make_trust(Path(folder))


def faults_of_consent(attachment: Json, conversation: str) -> Iterator[str]:
    """Yield what in a card that offers a file is not as Teams takes it."""
    if not conversation.startswith("a:"):
        yield "a file is offered where others read along"
    content = attachment["content"]
    if not attachment.get("name") or not isinstance(content.get("sizeInBytes"), int):
        yield "a file without a name or a size"
    for name in ("acceptContext", "declineContext"):
        if not isinstance(content.get(name), dict):
            yield f"no {name}"


def faults_of_info(attachment: Json, drive: FakeDrive) -> Iterator[str]:
    """Yield what in a card that shows a file is not so."""
    known = {session.info["contentUrl"]: session for session in drive.sessions.values()}
    session = known.get(attachment["contentUrl"])
    if session is None or not session.is_whole:
        yield "a file is shown that is not there"
    elif attachment["content"]["uniqueId"] != session.info["uniqueId"]:
        yield "a file is shown under another id"


@dataclass
class Session:
    """One place to put a file."""

    info: Json
    size: int
    data: bytes = b""
    is_over: bool = False

    @property
    def is_whole(self) -> bool:
        """All of the file is there."""
        return len(self.data) == self.size


@dataclass
class DriveFault:
    """What happens to one call: an answer, or none.

    `cuts_at` bytes of it are kept, and then the connection breaks; `finishes` says that all of it
    is, and nobody hears of it.
    """

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    cuts_at: int | None = None
    finishes: bool = False


class FakeDrive:
    """Everybody's OneDrive, at localhost."""

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self.faults: deque[DriveFault] = deque()
        self.calls: list[str] = []
        self.port = 0
        self._open = asyncio.Event()
        self._open.set()
        self._numbers = itertools.count(1)

    @property
    def trust(self) -> Trust:
        """Whom a client must trust."""
        return trust_of_tests()

    @property
    def files(self) -> list[bytes]:
        """The files that are there, whole."""
        return [each.data for each in self.sessions.values() if each.is_whole]

    def hold(self) -> None:
        """Take what comes, and answer nothing."""
        self._open.clear()

    def release(self) -> None:
        """Answer again."""
        self._open.set()

    def open(self, shown: Posted) -> Json:
        """Make a place for the file that a card offers, as a client does that takes it."""
        assert shown.consent is not None
        number = str(next(self._numbers))
        name = shown.consent["name"]
        info = {
            "contentUrl": f"https://localhost:{self.port}/personal/ana/Documents/{number}/{name}",
            "name": name,
            "uploadUrl": f"https://localhost:{self.port}/up/{number}?guid='{number}'&path=~tmp%27",
            "uniqueId": f"1150D938-{number}",
            "fileType": name.rpartition(".")[2],
        }
        self.sessions[number] = Session(info, shown.consent["content"]["sizeInBytes"])
        return info

    @asynccontextmanager
    async def running(self) -> AsyncIterator[FakeDrive]:
        """Serve until the block ends."""
        application = web.Application(client_max_size=60 << 20)
        application.router.add_put("/up/{number}", self._put)
        application.router.add_get("/up/{number}", self._get)
        async with serving(application, tls=self.trust.server) as self.port:
            try:
                yield self
            finally:
                self._open.set()

    async def _get(self, request: web.Request) -> web.Response:
        self.calls.append("GET")
        if self.faults:
            fault = self.faults.popleft()
            return web.json_response({}, status=fault.status, headers=fault.headers)
        session = self._session(request)
        return web.json_response({"nextExpectedRanges": [f"{len(session.data)}-"]})

    async def _put(self, request: web.Request) -> web.Response:
        self.calls.append("PUT")
        body = await request.read()
        await self._open.wait()
        fault = self.faults.popleft() if self.faults else None
        if fault is not None and fault.status:
            return web.json_response({}, status=fault.status, headers=fault.headers)
        session = self._session(request)
        found = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
        if found is None:
            return web.json_response({}, status=400)
        first, last, size = (int(part) for part in found.groups())
        if size != session.size or last - first + 1 != len(body):
            return web.json_response({}, status=400)
        if first != len(session.data):
            return web.json_response({}, status=416)
        if fault is not None and not fault.finishes:
            body = body[: fault.cuts_at]
        session.data += body
        session.is_over = session.is_whole
        if fault is not None:
            assert request.transport is not None
            request.transport.abort()
        if session.is_whole:
            return web.json_response({"id": session.info["uniqueId"]}, status=201)
        return web.json_response({"nextExpectedRanges": [f"{len(session.data)}-"]}, status=202)

    def _session(self, request: web.Request) -> Session:
        session = self.sessions.get(request.match_info["number"])
        if session is None or session.is_over:
            raise web.HTTPNotFound
        return session
