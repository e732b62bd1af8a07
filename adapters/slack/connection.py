"""Slack as a platform: opened, watched and closed in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import structlog

from adapters.slack.api import Api, Declined, make_client, open_session
from adapters.slack.channels import Channels
from adapters.slack.history import History
from adapters.slack.inbound import PLATFORM
from adapters.slack.listeners import build_app
from adapters.slack.pages import Pages, Wait
from adapters.slack.reception import Reception
from adapters.slack.sending import Sender
from adapters.slack.socket import PING_S, Socket
from adapters.slack.webhook import Webhook
from bot.clock import Clock
from bot.errors.kinds import SettingsError
from bot.errors.sending import MaybeSent, NotSent
from bot.messages import InboundMessage, OutboxItem
from bot.platforms.model import Turns
from bot.platforms.pacing import Rate
from bot.settings.platforms import SlackSettings
from bot.tasks import TaskGroup

if TYPE_CHECKING:
    from aiohttp import web

_log = structlog.get_logger(__name__)

# docs.slack.dev, "Rate limits": a message a second and channel.
RATES: Final = (Rate(1, 1.0),)
# Two of these and the longest silence of a socket are within 90 s.
LOOK_EVERY_S: Final = 30.0
_TEST_EVERY: Final = 2
_BAD_TOKEN: Final = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
)


class Slack:
    """One workspace. Over a socket by default, over HTTP where that is set."""

    name = PLATFORM
    rates: Sequence[Rate] = RATES

    def __init__(
        self,
        settings: SlackSettings,
        turns: Turns,
        clock: Clock,
        *,
        wait: Wait = asyncio.sleep,
        pause: Wait = asyncio.sleep,
        ping_s: float = PING_S,
    ) -> None:
        self._check(settings)
        self._wait = wait
        session = self._session = open_session()
        url = settings.api_base_url
        client = make_client(settings.bot_token.get_secret_value(), url, session)
        self._api = Api(client, session)
        self.reception = Reception(turns, self._api, clock)
        scheme = url.partition(":")[0]
        self._sender = Sender(self._api, clock, scheme=scheme, wait=pause)
        pages = Pages(self._api, wait)
        self._history = History(turns, pages, self.reception, clock)
        self._channels = Channels(turns, pages, self.reception, clock)
        app = build_app(self.reception, client)
        self.socket: Socket | None = None
        self._webhook: Webhook | None = None
        if settings.mode == "http":
            secret = settings.signing_secret.get_secret_value()
            self._webhook = Webhook(app, secret, clock)
        else:
            own = make_client(settings.app_token.get_secret_value(), url, session)
            self.socket = Socket(app, own, clock, self._catch_up, ping_s=ping_s)
        self._fault = ""
        self._tasks = TaskGroup()
        self._catching_up: asyncio.Task[None] | None = None

    @staticmethod
    def _check(settings: SlackSettings) -> None:
        needed = "signing_secret" if settings.mode == "http" else "app_token"
        for name in ("bot_token", needed):
            if not getattr(settings, name).get_secret_value():
                raise SettingsError(
                    f"slack.{name}",
                    f"is empty, and Slack needs it with slack.mode = {settings.mode!r}",
                    remedy="run `bursar init slack`, which says where to find it",
                )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Open the connection and take messages in until the block ends.

        Raises:
            SettingsError: Slack knows the bot's token no more.
        """
        try:
            await self._meet()
            if self._fault in _BAD_TOKEN:
                raise SettingsError(
                    "slack.bot_token",
                    f"is refused by Slack ({self._fault})",
                    remedy="take it anew from OAuth & Permissions, or run `bursar init slack`",
                )
            if self.socket is not None:
                self.socket.open()
            else:
                self._catch_up()
            self._tasks.start(self._watch(), name="slack-watch")
            yield
        finally:
            await self.stop_receiving()
            await self._tasks.cancel()
            await self.reception.close()
            await self._session.close()

    async def stop_receiving(self) -> None:
        """Take nothing further, while what was taken is still answered."""
        if self._webhook is not None:
            self._webhook.is_open = False
        if self.socket is not None:
            await self.socket.close()

    async def send(self, item: OutboxItem) -> str:
        """Send a message, or edit the one it takes the place of; return the platform's id.

        Raises:
            NotSent, MaybeSent, Undeliverable: see `Platform`.
        """
        message_id = await self._sender.send(item)
        self.reception.sent(item)
        return message_id

    async def show_busy(self, message: InboundMessage) -> None:
        """Show nothing more: its status line stands from the delivery to the answer."""

    def routes(self) -> Sequence[web.RouteDef]:
        """Return what Slack calls; empty over a socket."""
        return () if self._webhook is None else self._webhook.routes()

    async def find_faults(self) -> Sequence[str]:
        """Return why it does not work at present, as short sentences; empty when it does."""
        faults = []
        if self.reception.is_gone:
            faults.append("Slack: the app was taken out of the workspace")
        elif self._fault:
            faults.append(f"Slack does not answer as it should ({self._fault})")
        if self.socket is not None:
            fault = await self.socket.find_fault()
            if fault:
                faults.append(f"Slack's socket hears nothing ({fault})")
        return faults

    @property
    def is_catching_up(self) -> bool:
        """Whether the history is being read at the moment."""
        return self._catching_up is not None and not self._catching_up.done()

    async def _meet(self) -> None:
        """Ask Slack who the token is; what is wrong is kept for whoever asks."""
        try:
            answer = await self._api.call("auth.test")
        except Declined as error:
            self._fault = error.code
        except (NotSent, MaybeSent) as error:
            self._fault = error.code
        else:
            self._fault = ""
            said = answer.data
            self.reception.meet(said["team_id"], said["user_id"], said.get("bot_id", ""))
        if self._fault:
            _log.warning("slack was not reached", platform=PLATFORM, code=self._fault)

    def _catch_up(self) -> None:
        """Read what was said while nobody listened, unless that is being done."""
        if not self.is_catching_up:
            work = self._read_history()
            self._catching_up = self._tasks.start(work, name="slack-history")

    async def _read_history(self) -> None:
        if self.reception.bot is not None:
            await self._history.catch_up()
            await self._channels.catch_up()

    async def _watch(self) -> None:
        """Look every half minute whether Slack is there and still heard."""
        look = 0
        was_closed = False
        while True:
            await self._wait(LOOK_EVERY_S)
            look += 1
            if look % _TEST_EVERY == 0 or self.reception.bot is None:
                await self._meet()
            if self.socket is None or self.reception.bot is None:
                continue
            fault = await self.socket.find_fault()
            # The library connects anew by itself; where it has not by the second look, it won't.
            if fault == "no_pong" or (fault and was_closed):
                await self.socket.reopen(fault)
                fault = ""
            elif not fault:
                missed = await self._history.sample()
                if await self._channels.sample() or missed:
                    await self.socket.reopen("missed")
            was_closed = bool(fault)
