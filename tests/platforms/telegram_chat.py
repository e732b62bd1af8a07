"""People who use Telegram, a running app, and the server between them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from adapters.telegram.connection import Telegram
from adapters.telegram.menu import list_menus
from adapters.telegram.pace import Wait
from bot.clock import ManualClock
from bot.ids import PrincipalId
from bot.leases import DatabaseLease
from bot.messages import OutboundMessage
from bot.running import App
from bot.settings.model import load_settings
from bot.settings.platforms import TelegramSettings
from storage.database import Database
from storage.transaction import SqlTx
from tests.platforms.telegram_server import BOT_ID, TOKEN, Json, Shown, TelegramServer
from tests.turns.chat import ACME, limits, make_company

# Private chats have the id of the person.
IDS = {"ana": 101, "ben": 102, "carla": 103, "elena": 104, "frank": 105, "mallory": 666}
GROUP = -100500


def settings_for(server: TelegramServer, **values: object) -> TelegramSettings:
    telegram = {"token": TOKEN, "api_base_url": server.url, "file_base_url": server.url, **values}
    return load_settings(telegram=telegram).telegram


def link_people(tx: SqlTx) -> None:
    """Make the small company, its people linked with their Telegram accounts."""
    make_company(tx)
    for handle, number in IDS.items():
        if handle != "mallory":
            tx.people.link(PrincipalId(handle), "telegram", str(BOT_ID), str(number))


@dataclass
class TelegramChat:
    """What people write and what they see."""

    server: TelegramServer
    app: App
    clock: ManualClock
    telegram: Telegram
    updates: list[Json] = field(default_factory=list)
    _message_id: int = 5000

    async def say(self, handle: str, text: str, **more: Any) -> list[Shown]:
        """Write in a private chat, or where `chat` says; return what is new in the private one."""
        before = {id(x): x.edits for x in self.server.messages}
        self.push(message=self.message(handle, text, **more))
        await self.settled()
        return [x for x in self.server.in_chat(IDS[handle]) if before.get(id(x)) != x.edits]

    async def press(self, handle: str, shown: Shown, label: str) -> None:
        """Press a button of a message that the person sees."""
        self.push(callback_query=self.callback(handle, shown, shown.button(label)))
        await self.settled()

    async def tell(self, handle: str, text: str, **more: Any) -> None:
        """Send a person something that they did not ask for."""

        def tell(tx: SqlTx) -> None:
            place = tx.conversations.find_of_person(PrincipalId(handle))
            assert place is not None
            tx.outbox.add(OutboundMessage(place.id, text, **more), place.platform)

        await self.app.database.write(tell, tenant=ACME)
        await self.app.settled()

    def push(self, **update: Any) -> int:
        number = self.server.push(**update)
        self.updates.append({"update_id": number, **update})
        return number

    def message(self, handle: str, text: str, *, chat: int | None = None, **more: Any) -> Json:
        self._message_id += 1
        at = self.clock.now()
        return message_of(self._message_id, at, handle, text, chat=chat, **more)

    def callback(self, handle: str, shown: Shown, button: Json) -> Json:
        self._message_id += 1
        return callback_of(self._message_id, self.server, handle, shown, button)

    async def settled(self) -> None:
        """Return when everything is fetched, confirmed, answered and sent."""
        await self.server.until(lambda: self.server.is_drained)
        await self.app.settled()


def message_of(
    number: int, at: datetime, handle: str, text: str, *, chat: int | None = None, **more: Any
) -> Json:
    """Write a message of somebody's, in their private chat unless another one is named."""
    where = IDS[handle] if chat is None else chat
    return {
        "message_id": number,
        "from": {"id": IDS[handle], "is_bot": False, "first_name": handle.title()},
        "chat": {"id": where, "type": "private" if where > 0 else "supergroup"},
        "date": int(at.timestamp()),
        "text": text,
        **_entities(text),
        **more,
    }


def callback_of(
    number: int, server: TelegramServer, handle: str, shown: Shown, button: Json
) -> Json:
    """Write what a client sends for a button that it shows, or showed."""
    return {
        "id": f"cb{number}",
        "from": {"id": IDS[handle], "is_bot": False, "first_name": handle.title()},
        "message": server._to_message(shown),
        "chat_instance": "1",
        "data": button["callback_data"],
    }


def _entities(text: str) -> Json:
    if not text.startswith("/"):
        return {}
    length = len(text.split(" ")[0])
    return {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}


@asynccontextmanager
async def telegram_chat(
    database: Database, clock: ManualClock, server: TelegramServer, **settings: Any
) -> AsyncIterator[TelegramChat]:
    """Run the app with the adapter; waiting moves the clock."""
    await database.write(link_people, tenant=ACME)
    async with running_telegram(database, clock, server, **settings) as chat:
        yield chat


@asynccontextmanager
async def running_telegram(
    database: Database,
    clock: ManualClock,
    server: TelegramServer,
    *,
    wait: Wait | None = None,
    **settings: Any,
) -> AsyncIterator[TelegramChat]:
    async def go_on(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))
        await asyncio.sleep(0)

    app = App(database, clock, limits())
    lease = DatabaseLease(database, "telegram:test")
    made = settings_for(server, **settings)
    telegram = Telegram(made, app, clock, lease, list_menus(), wait=wait or go_on)
    async with AsyncExitStack() as stack:
        app.workers.start()
        stack.push_async_callback(app.stop)
        await app.take_over(is_start=True)
        await stack.enter_async_context(telegram.running())
        app.add_channel(telegram.name, telegram.send, telegram.rates)
        await server.until(lambda: _is_connected(server))
        yield TelegramChat(server, app, clock, telegram)
        await telegram.stop_receiving()


def _is_connected(server: TelegramServer) -> bool:
    return len(server.commands) == 4


def texts(messages: Sequence[Shown]) -> str:
    return "\n".join(shown.text for shown in messages)
