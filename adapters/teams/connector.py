"""The Bot Connector's REST API: create, reply, update, delete, opening a private conversation.

Nothing is sent to a host that is not on the list, the bot's token least of all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import quote

from yarl import URL

from adapters.teams.activities import private_conversation
from adapters.teams.addresses import Address
from adapters.teams.hosts import HostList
from adapters.teams.login import Tokens
from adapters.teams.wire import Answer, NoAnswer, NotConnected, Wire
from bot.clock import Clock
from bot.errors.sending import MaybeSent, NotSent, Undeliverable
from bot.platforms.pacing import Pacer, Rate

Pause = Callable[[float], Awaitable[None]]

# Rate limiting, "Per bot per thread" and "per app per tenant".
RATES: Final = (
    Rate(7, 1.0),
    Rate(8, 2.0),
    Rate(60, 30.0),
    Rate(1800, 3600.0),
    Rate(50, 1.0, scope="app"),
)
_WAIT_S: Final = 2.0
# Waiting for a place longer than this is the outbox's business.
_PATIENCE_S: Final = 5.0
# What the service did not take, and says so.
_NOT_TAKEN: Final = frozenset({412, 429, 502, 504})
_NOT_INSTALLED: Final = frozenset({"BotNotInConversationRoster", "BotDisabledByAdmin"})
_CONVERSATION_GONE: Final = "ConversationNotFound"
_MOST_PRIVATE: Final = 10_000


class TooLarge(Exception):
    """The service says that a message is larger than it takes."""


class MessageGone(Exception):
    """What was to be edited is not there any more."""


class Connector:
    """What is asked of the service, paced by its limits. `pause` waits so many seconds."""

    def __init__(
        self,
        wire: Wire,
        tokens: Tokens,
        hosts: HostList,
        clock: Clock,
        *,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._wire = wire
        self._tokens = tokens
        self._hosts = hosts
        self._pacer = Pacer(RATES, clock)
        self._pause = pause
        self._private: dict[tuple[str, str, str], str] = {}
        self.is_revoked = False

    async def create(
        self, address: Address, activity: Mapping[str, object], *, reply_to: str = ""
    ) -> str:
        """Post a message, as a reply where it is one; return the service's id of it.

        Raises:
            NotSent, MaybeSent, Undeliverable: what became of it.
            TooLarge: nothing did.
        """
        path = f"{_of(address)}/activities"
        if reply_to:
            path += f"/{quote(reply_to, safe='')}"
        answer = await self._ask("POST", address, path, activity)
        if not answer.is_done:
            raise _not_done(answer)
        made = answer.content.get("id")
        return made if isinstance(made, str) else ""

    async def update(
        self, address: Address, activity_id: str, activity: Mapping[str, object]
    ) -> None:
        """Put another message in the place of one.

        Raises:
            NotSent, MaybeSent, Undeliverable: what became of it.
            MessageGone, TooLarge: nothing did.
        """
        path = f"{_of(address)}/activities/{quote(activity_id, safe='')}"
        answer = await self._ask("PUT", address, path, {**activity, "id": activity_id})
        if answer.status == 404 and answer.error_code != _CONVERSATION_GONE:
            raise MessageGone
        if not answer.is_done:
            raise _not_done(answer)

    async def delete(self, address: Address, activity_id: str) -> None:
        """Take a message of the bot's away; repeating does nothing.

        Raises:
            NotSent, MaybeSent, Undeliverable: what became of it.
        """
        path = f"{_of(address)}/activities/{quote(activity_id, safe='')}"
        answer = await self._ask("DELETE", address, path, None)
        if not answer.is_done and answer.status != 404:
            raise _not_done(answer)

    async def open_private(self, address: Address, person: str) -> Address:
        """Return where a person talks with the bot alone; asking for it twice makes one.

        Raises:
            NotSent: not now.
            Undeliverable: they have no such conversation and cannot be given one.
        """
        key = (address.service_url, address.tenant, person)
        known = self._private.get(key)
        if known is None:
            asked = private_conversation(address.bot, person, address.tenant)
            try:
                answer = await self._ask("POST", address.aside(""), "v3/conversations", asked)
            except MaybeSent as error:
                # It makes at most the one that there may be.
                raise NotSent("no answer", retry_after_s=_WAIT_S) from error
            if not answer.is_done:
                raise _not_opened(answer)
            known = str(answer.content.get("id") or "")
            if not known:
                raise Undeliverable("refused")
            if len(self._private) >= _MOST_PRIVATE:
                self._private.clear()
            self._private[key] = known
        return address.aside(known)

    async def _ask(
        self, method: str, address: Address, path: str, body: Mapping[str, object] | None
    ) -> Answer:
        if not self._hosts.allows(address.service_url):
            raise Undeliverable("refused")
        url = URL(f"{address.service_url.rstrip('/')}/{path}", encoded=True)
        await self._take_place(address.conversation)
        answer = await self._call(method, url, body)
        if answer.status == 401:
            # The token may have been withdrawn before its end: another one, once.
            answer = await self._call(method, url, body)
        self.is_revoked = answer.status == 401
        return answer

    async def _call(self, method: str, url: URL, body: Mapping[str, object] | None) -> Answer:
        try:
            token = await self._tokens.get()
        except Undeliverable:
            self.is_revoked = True
            raise
        try:
            answer = await self._wire.call(method, url, token=token, json_body=body)
        except NotConnected as error:
            raise NotSent("no connection", retry_after_s=_WAIT_S) from error
        except NoAnswer as error:
            raise MaybeSent("no answer") from error
        if answer.status == 401:
            self._tokens.forget(token)
        return answer

    async def _take_place(self, conversation: str) -> None:
        while (wait_s := self._pacer.take(conversation)) > 0:
            if wait_s > _PATIENCE_S:
                raise NotSent("too fast", retry_after_s=wait_s, scope="chat")
            await self._pause(wait_s)


def _of(address: Address) -> str:
    return f"v3/conversations/{quote(address.conversation, safe='')}"


def _not_opened(answer: Answer) -> Exception:
    error = _not_done(answer)
    if isinstance(error, MaybeSent):
        return NotSent("not opened", retry_after_s=_WAIT_S)
    return error


def _not_done(answer: Answer) -> Exception:
    """Return what an answer that is no success means; by status and code, never by words."""
    status = answer.status
    if status in _NOT_TAKEN:
        return NotSent("not taken", retry_after_s=answer.retry_after_s(_WAIT_S), scope="chat")
    if status == 408 or status >= 500:
        return MaybeSent(f"answered {status}")
    if status == 413:
        return TooLarge()
    if status == 401:
        return Undeliverable("token_revoked")
    if status == 403:
        why = "not_installed" if answer.error_code in _NOT_INSTALLED else "blocked"
        return Undeliverable(why, ends_chat=True)
    if status == 404:
        return Undeliverable("chat_gone", ends_chat=True)
    return Undeliverable("refused")
