"""Deliveries, however they came: kept first, acknowledged then, and what is shown beside.

What a listener returns is Slack's acknowledgement, so everything that must not be lost is in the
inbox before it. What only looks (the app's page, prompts, the status line) is done afterwards.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from datetime import datetime
from typing import Any, Final

import structlog

from adapters.slack.api import Api, Declined
from adapters.slack.home import to_home, to_prompts
from adapters.slack.inbound import (
    PLATFORM,
    Bot,
    Payload,
    from_action,
    from_command,
    from_event,
    from_home,
    from_modal,
    from_thread,
    team_of,
    wants_request_form,
)
from adapters.slack.modals import Modal, find_errors, read_view, request_modal, to_view
from adapters.slack.place import Language, Place
from bot.clock import EPOCH, Clock
from bot.errors.kinds import InvalidInput, Unavailable
from bot.errors.sending import MaybeSent, NotSent
from bot.messages import InboundMessage, OutboxItem
from bot.platforms.model import Turns
from bot.replies.words import say
from bot.tasks import TaskGroup

_log = structlog.get_logger(__name__)

_MOST_KNOWN: Final = 20_000
# The form is open already: the same tap was delivered twice.
_OPENED: Final = frozenset({"exchanged_trigger_id", "trigger_exchanged", "duplicate_trigger_id"})
# Slack takes a status line away by itself after two minutes.
_LONGEST_STATUS_S: Final = 120.0
_GONE: Final = frozenset({"app_uninstalled", "tokens_revoked"})


class Reception:
    """Takes what Slack delivers. `bot` is None until Slack has said who the token is."""

    def __init__(self, turns: Turns, api: Api, clock: Clock) -> None:
        self._turns = turns
        self._api = api
        self._clock = clock
        self._after = TaskGroup()
        # Conversations that nobody else reads, as (channel, thread), with the last message heard
        # in each; the one that was heard last stands last.
        self.heard: OrderedDict[tuple[str, str], str] = OrderedDict()
        # Channels, and threads in them, where the bot was spoken to, in the same way.
        self.heard_among: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._languages: OrderedDict[str, Language] = OrderedDict()
        self._direct: set[str] = set()
        # Who waits for an answer under a status line, by conversation.
        self._waiting: dict[tuple[str, str], asyncio.Event] = {}
        self.bot: Bot | None = None
        self.is_gone = False

    async def close(self) -> None:
        """End what is done beside."""
        await self._after.cancel()

    async def settled(self) -> None:
        """Return when nothing is done beside any more."""
        await self._after.join()

    def meet(self, team: str, user: str, bot_id: str) -> None:
        """Say who the bot is."""
        self.bot = Bot(team, user, bot_id, self._direct)
        self.is_gone = False

    # What Slack delivers

    async def event(self, body: Payload) -> None:
        """Take an event.

        Raises:
            InvalidInput: it is not built as Slack builds them.
            Unavailable: it was not kept; Slack must deliver it again.
        """
        bot = self._bot_of(body)
        event = body.get("event")
        if bot is None or not isinstance(event, dict):
            return
        kind = event.get("type")
        if kind in ("app_home_opened", "assistant_thread_started"):
            self._greet(kind, body, bot)
        elif isinstance(kind, str) and kind in _GONE:
            self.is_gone = True
            _log.error("slack has taken the bot out", platform=PLATFORM, code=kind)
        else:
            message = from_event(body, bot)
            if message is None:
                overheard = from_thread(body, bot)
                if overheard is None or not await self._turns.awaits(overheard):
                    return
                message = overheard
            await self._receive_visibly(message)

    async def receive(self, message: InboundMessage) -> bool:
        """Keep a message; False if it was kept before."""
        if message.is_private and not message.button:
            self.hear(message.chat, message.thread, message.message_id)
        elif not message.button:
            self.hear_among(message.chat, "", message.message_id)
            self.hear_among(message.chat, message.thread, message.message_id)
        return await self._turns.receive(message)

    async def command(self, body: Payload) -> None:
        """Take a slash command; one that asks for a form opens it.

        Raises:
            InvalidInput, Unavailable: as for `event`.
        """
        bot = self._bot_of(body)
        if bot is None:
            return
        message = from_command(body, bot, self._clock.now())
        if wants_request_form(body):
            place = Place(
                message.chat,
                message.thread,
                message.is_private,
                language=self.language_of(message.external_id),
            )
            modal = request_modal(place, message.address)
            if await self._open(modal, str(body.get("trigger_id", ""))):
                return
        if not message.is_private:
            self.hear_among(message.chat, "", stamp_of(self._clock.now()))
        await self._turns.receive(message)

    async def action(self, body: Payload) -> None:
        """Take a tapped button; one with a form opens it.

        Raises:
            InvalidInput, Unavailable: as for `event`.
        """
        bot = self._bot_of(body)
        tap = None if bot is None else from_action(body, bot, self._clock.now())
        if tap is None or (tap.form is not None and await self._open(tap.form, tap.trigger)):
            return
        await self._turns.receive(tap.message)

    async def view(self, body: Payload) -> dict[str, str] | None:
        """Take a form that was sent; return what is missing in it, by field, and take nothing.

        Raises:
            InvalidInput, Unavailable: as for `event`.
        """
        bot = self._bot_of(body)
        view = body.get("view")
        if bot is None:
            return None
        if not isinstance(view, dict):
            raise InvalidInput("view", "not an object")
        modal, typed = read_view(view)
        message = from_modal(body, modal, typed, bot, self._clock.now())
        errors = find_errors(modal, typed)
        if errors:
            return errors
        await self._turns.receive(message)
        return None

    # What is known

    def hear(self, channel: str, thread: str, stamp: str) -> None:
        """Note a message of a conversation that nobody else reads."""
        key = (channel, thread)
        self._direct.add(channel)
        self.heard[key] = max(stamp, self.heard.pop(key, ""))
        if len(self.heard) > _MOST_KNOWN:
            self.heard.popitem(last=False)

    def hear_among(self, channel: str, thread: str, stamp: str) -> None:
        """Note that the bot was spoken to in a channel, or in a thread of it."""
        key = (channel, thread)
        self.heard_among[key] = max(stamp, self.heard_among.pop(key, ""))
        if len(self.heard_among) > _MOST_KNOWN:
            self.heard_among.popitem(last=False)

    def language_of(self, person: str) -> Language:
        """Return in which language somebody was written to last."""
        return self._languages.get(person, "en")

    def sent(self, item: OutboxItem) -> None:
        """Note that somebody was answered: the status line ends, and their language is known."""
        self._languages[item.external_id] = item.language
        self._languages.move_to_end(item.external_id)
        if len(self._languages) > _MOST_KNOWN:
            self._languages.popitem(last=False)
        answered = self._waiting.pop((item.chat, item.thread), None)
        if answered is not None:
            answered.set()

    def _bot_of(self, body: Payload) -> Bot | None:
        """Return the bot that a delivery is for; None for one of another team."""
        if self.bot is None:
            raise Unavailable("Slack has not said yet who the bot is")
        return self.bot if team_of(body) == self.bot.team else None

    # What is shown beside

    async def _open(self, modal: Modal, trigger: str) -> bool:
        """Open a form; False where Slack does not, so that the tap is taken without it."""
        try:
            await self._api.call("views.open", trigger_id=trigger, view=to_view(modal))
        except MaybeSent:
            return True
        except NotSent:
            return False
        except Declined as error:
            if error.code not in _OPENED:
                _log.warning("form not opened", platform=PLATFORM, code=error.code)
            return error.code in _OPENED
        return True

    def _greet(self, kind: str, body: Payload, bot: Bot) -> None:
        if kind == "assistant_thread_started":
            thread = body["event"].get("assistant_thread")
            if not isinstance(thread, dict):
                raise InvalidInput("assistant_thread", "not an object")
            work = self._offer(
                str(thread.get("channel_id", "")),
                str(thread.get("thread_ts", "")),
                self.language_of(str(thread.get("user_id", ""))),
            )
        else:
            looks, tab = from_home(body, bot)
            if tab == "messages":
                work = self._offer(looks.chat, "", self.language_of(looks.external_id))
            else:
                work = self._publish(looks)
        self._after.start(work, name="slack-greeting")

    async def _publish(self, looks: InboundMessage) -> None:
        # Their direct messages: there the page's orders are answered.
        place = Place(looks.chat, is_private=True, language=self.language_of(looks.external_id))
        view = to_home(await self._turns.page(looks), place)
        await self._beside("views.publish", user_id=looks.external_id, view=view)

    async def _offer(self, channel: str, thread: str, language: Language) -> None:
        await self._beside(
            "assistant.threads.setSuggestedPrompts",
            channel_id=channel,
            thread_ts=thread or None,
            title=say(language, "surface.prompt.title"),
            prompts=to_prompts(language),
        )

    async def _receive_visibly(self, message: InboundMessage) -> None:
        """Keep a message and show in its thread, until it is answered, that it is being read."""
        if not (message.is_private and message.thread):
            await self.receive(message)
            return
        key = (message.chat, message.thread)
        # Before the message is kept: its answer may be faster than what follows here.
        answered = self._waiting.setdefault(key, asyncio.Event())
        if not await self.receive(message) or answered.is_set():
            return
        status = say(self.language_of(message.external_id), "surface.status")
        self._after.start(self._show_status(key, status, answered), name="slack-status")

    async def _show_status(
        self, key: tuple[str, str], status: str, answered: asyncio.Event
    ) -> None:
        await self._set_status(key, status)
        try:
            async with asyncio.timeout(_LONGEST_STATUS_S):
                await answered.wait()
        except TimeoutError:
            self._waiting.pop(key, None)
        await self._set_status(key, "")

    async def _set_status(self, key: tuple[str, str], status: str) -> None:
        await self._beside(
            "assistant.threads.setStatus", channel_id=key[0], thread_ts=key[1], status=status
        )

    async def _beside(self, method: str, **values: Any) -> None:  # Any: JSON
        """Call what nothing depends on."""
        try:
            await self._api.call(method, **values)
        except (Declined, NotSent, MaybeSent) as error:
            _log.warning("slack was not told", method=method, code=_code(error))


def stamp_of(at: datetime) -> str:
    """Write a time as Slack stamps messages: seconds with six decimals."""
    return f"{(at - EPOCH).total_seconds():.6f}"


def _code(error: Exception) -> str:
    return str(getattr(error, "code", ""))
