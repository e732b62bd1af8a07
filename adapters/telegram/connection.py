"""Telegram as a platform: one bot, by long polling or by webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import structlog
from aiohttp import web
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import Conflict, InvalidToken, TelegramError

from adapters.telegram import webhook
from adapters.telegram.client import TooFast, close_bot, make_bot
from adapters.telegram.inbound import PLATFORM, Me, to_inbound
from adapters.telegram.menu import Menu, set_menus
from adapters.telegram.pace import Pace, Wait
from adapters.telegram.polling import ALLOWED, Lease, Poller
from adapters.telegram.sending import Sender
from adapters.telegram.settings import check_settings
from adapters.telegram.updates import parse_update
from bot.clock import Clock
from bot.errors.kinds import Unavailable
from bot.errors.sending import NotSent
from bot.messages import InboundMessage, OutboxItem
from bot.platforms.model import Turns
from bot.platforms.pacing import Rate
from bot.settings.platforms import TelegramSettings
from bot.tasks import TaskGroup

_log = structlog.get_logger(__name__)

_FIRST_WAIT_S: Final = 1.0
_LONGEST_WAIT_S: Final = 60.0
_UNKNOWN: Final = "the bot's name is not known yet"


class Telegram:
    """The adapter. Nothing is sent before `running` is entered.

    It keeps the platform's limits itself, because one message may be several calls.
    """

    name: str = PLATFORM
    rates: Sequence[Rate] = ()

    def __init__(
        self,
        settings: TelegramSettings,
        turns: Turns,
        clock: Clock,
        lease: Lease,
        menus: Sequence[Menu] = (),
        *,
        wait: Wait = asyncio.sleep,
    ) -> None:
        """Make the adapter.

        Raises:
            SettingsError: it is configured half.
        """
        check_settings(settings)
        self._settings = settings
        self._turns = turns
        self._lease = lease
        self._menus = menus
        self._wait = wait
        self._me: Me | None = None
        self._fault = _UNKNOWN
        self._bot: Bot = make_bot(settings)
        self._pace = Pace(clock, wait)
        self._sender = Sender(self._bot, self._pace, lambda: self._me)
        self._poller = Poller(self._bot, self._take, lease, wait)
        self._webhook = webhook.Webhook(settings.webhook_secret.get_secret_value(), self._take)
        self._tasks = TaskGroup()
        self._starting: asyncio.Task[Any] | None = None  # Any: it returns nothing

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Connect in the background: without Telegram, the other platforms still run."""
        self._starting = self._tasks.start(self._start(), name="telegram")
        try:
            yield
        finally:
            await self.stop_receiving()
            await self._tasks.cancel()
            await close_bot(self._bot)

    async def stop_receiving(self) -> None:
        """Fetch nothing further; what was fetched is kept before this returns."""
        self._pace.end()
        self._poller.stop()
        if self._starting is not None:
            if not self._poller.is_taking:
                self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)

    async def send(self, item: OutboxItem) -> str:
        return await self._sender.send(item)

    async def show_busy(self, message: InboundMessage) -> None:
        """Show that the bot types, for five seconds or until it writes (Bot API, sendChatAction).

        Raises:
            NotSent: Telegram wants to be left alone for a while.
        """
        try:
            await self._bot.send_chat_action(
                int(message.chat),
                ChatAction.TYPING,
                message_thread_id=int(message.thread) if message.thread else None,
            )
        except TooFast as error:
            raise NotSent("too fast", retry_after_s=error.retry_after_s, scope="app") from error

    def routes(self) -> Sequence[web.RouteDef]:
        if self._settings.mode == "polling":
            return ()
        return (web.post(webhook.PATH, self._webhook.handle),)

    async def find_faults(self) -> Sequence[str]:
        """Return why nothing comes in at present."""
        return [f"telegram: {fault}" for fault in (self._fault, self._poller.fault) if fault]

    # Starting

    async def _start(self) -> None:
        """Learn the bot's name, say how updates are to come, show the menus, then poll."""
        attempts = 0
        while not await self._connect():
            await self._wait(min(_FIRST_WAIT_S * 2.0**attempts, _LONGEST_WAIT_S))
            attempts = min(attempts + 1, 10)
        if self._settings.mode == "polling":
            await self._poller.run()

    async def _connect(self) -> bool:
        try:
            user = await self._bot.get_me()
            await self._set_mode()
        except TelegramError as error:
            self._fault = _why_not(error)
            _log.error("not connected", platform=PLATFORM, error=type(error).__name__)
            return False
        self._me = Me(user.id, user.username or "")
        self._fault = ""
        try:
            await set_menus(self._bot, self._menus)
        except TelegramError as error:
            # They show what may be said; it can be said without them.
            _log.warning("menus not set", platform=PLATFORM, error=type(error).__name__)
        _log.info("connected", platform=PLATFORM, state=self._settings.mode)
        return True

    async def _set_mode(self) -> None:
        if self._settings.mode == "polling":
            await self._bot.delete_webhook()
            return
        await self._bot.set_webhook(
            self._settings.webhook_url,
            allowed_updates=ALLOWED,
            secret_token=self._settings.webhook_secret.get_secret_value(),
        )

    # Taking in

    async def _take(self, raw: Mapping[str, Any]) -> None:  # Any: JSON
        """Keep one update.

        Raises:
            InvalidInput: it cannot be read.
            Unavailable: it was not kept.
        """
        update = parse_update(raw)
        if self._me is None:
            raise Unavailable(_UNKNOWN)
        message = to_inbound(update, self._me)
        if message is not None:
            await self._turns.receive(message)
        if update.callback_query is not None:
            self._tasks.start(self._answer(update.callback_query.id), name="telegram-callback")

    async def _answer(self, callback_id: str) -> None:
        """End the wait that the app shows on a pressed button."""
        try:
            await self._bot.answer_callback_query(callback_id)
        except TelegramError as error:
            # It shows nothing more than a clock, and for a short time.
            _log.info("callback not answered", platform=PLATFORM, error=type(error).__name__)


def _why_not(error: TelegramError) -> str:
    if isinstance(error, InvalidToken):
        return "Telegram refuses the bot's token: set a new one from @BotFather"
    if isinstance(error, Conflict):
        return "another program uses the bot's token"
    if isinstance(error, TooFast):
        return "Telegram wants the bot to wait"
    return "Telegram cannot be reached"
