"""Teams as a platform: the route that the connector calls, and what is opened and closed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

import structlog
from aiohttp import web

from adapters.teams.activities import typing_activity
from adapters.teams.addresses import load_address
from adapters.teams.connector import RATES, Connector
from adapters.teams.files import INVOKE, to_answer
from adapters.teams.guard import Guard
from adapters.teams.handing import Handing
from adapters.teams.heard import Heard, read_activity
from adapters.teams.hosts import HostList
from adapters.teams.inbound import (
    PLATFORM,
    is_from_bot,
    require_whole,
    to_message,
    to_tap,
    to_tapped,
)
from adapters.teams.keys import KeyCache
from adapters.teams.outgoing import Outgoing
from adapters.teams.taps import Taps
from adapters.teams.tokens import TokenRefused
from adapters.teams.uploads import Uploads
from adapters.teams.wire import Wire
from bot.errors.kinds import Unavailable
from bot.messages import InboundMessage, OutboxItem
from bot.platforms.model import Handovers, Turns
from bot.platforms.pacing import Rate
from bot.strict_json import parse_object

_log = structlog.get_logger(__name__)

PATH: Final = "/api/messages"
_START: Final = "/start"


@dataclass(frozen=True, slots=True)
class Files:
    """What handing files over takes: `hosts` are those at which they may be put."""

    handovers: Handovers
    hosts: HostList
    uploads: Uploads


class Teams:
    """The adapter; see `bot.platforms.model.Platform`. Without `files` none is offered."""

    name = PLATFORM
    rates: Sequence[Rate] = RATES

    def __init__(
        self,
        turns: Turns,
        wire: Wire,
        keys: KeyCache | None,
        guard: Guard,
        connector: Connector,
        *,
        files: Files | None = None,
    ) -> None:
        self._turns = turns
        self._wire = wire
        self._keys = keys
        self._guard = guard
        self._connector = connector
        self._files = files
        handing = None
        if files is not None:
            handing = Handing(connector, files.handovers, files.uploads)
        self._outgoing = Outgoing(connector, handing)
        self._taps = Taps(turns)
        self._is_receiving = True

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Hold the connections open. The keys are fetched by the first call that needs them."""
        await self._wire.open()
        try:
            yield
        finally:
            await self._wire.close()

    async def stop_receiving(self) -> None:
        """Turn away what comes; the connector delivers it again."""
        self._is_receiving = False

    async def send(self, item: OutboxItem) -> str:
        return await self._outgoing.send(item)

    async def show_busy(self, message: InboundMessage) -> None:
        """Show that the bot types. Among others not: its answer will stand somewhere else."""
        address = load_address(message.address)
        if message.is_private and address is not None:
            await self._connector.create(address, typing_activity())

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.post(PATH, self._take)]

    async def find_faults(self) -> Sequence[str]:
        faults = []
        if self._connector.is_revoked:
            faults.append("Teams does not take the bot's token")
        if self._keys is not None and self._keys.is_failing:
            faults.append("the keys of Teams are out of reach")
        return faults

    async def _take(self, request: web.Request) -> web.Response:
        """Check who calls, then read what they say, then keep it, then acknowledge."""
        if not self._is_receiving:
            raise Unavailable("stopping")
        try:
            caller = await self._guard.admit(request.headers.get("Authorization", ""))
            if request.content_type != "application/json":
                raise web.HTTPUnsupportedMediaType
            heard = read_activity(parse_object(await request.read()))
            account = self._guard.recognise(caller, heard)
        except TokenRefused as refusal:
            _log.warning("teams call refused", code=refusal.why)
            raise web.HTTPUnauthorized from None
        return await self._follow(heard, account)

    async def _follow(self, heard: Heard, account: str) -> web.Response:
        require_whole(heard)
        if heard.kind == "invoke" and heard.name == INVOKE:
            await self._answer_file(heard, account)
            # Whatever comes of it is said by a message: a client waits some seconds for this.
            return web.Response(status=HTTPStatus.OK)
        if heard.kind == "invoke":
            status, body = await self._taps.answer(heard, account)
            return web.Response(status=status, body=body, content_type="application/json")
        if not is_from_bot(heard):
            await self._keep(heard, account)
        return web.Response(status=HTTPStatus.OK)

    async def _answer_file(self, heard: Heard, account: str) -> None:
        if self._files is None or heard.conversation_kind != "personal":
            return
        answer = to_answer(heard, self._files.hosts)
        if answer is not None:
            # It is no message, and no reply quotes it.
            message = replace(to_message(heard, account), text="")
            await self._files.handovers.answer(message, answer)

    async def _keep(self, heard: Heard, account: str) -> None:
        if heard.kind == "message":
            message = to_message(heard, account)
            if heard.value is not None:
                tap = to_tap(heard.value)
                if tap is not None and tap.verb == "press":
                    message = to_tapped(heard, account, tap)
            if message.text or message.button:
                await self._turns.receive(message)
        elif heard.conversation_kind == "personal":
            if heard.kind == "installationUpdate" and heard.action.startswith("add"):
                await self._turns.receive(to_message(heard, account, _START))
            elif heard.kind == "conversationUpdate" and heard.bot.id in heard.joined:
                await self._turns.hear(to_message(heard, account))
