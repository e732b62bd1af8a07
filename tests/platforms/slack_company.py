"""The small company on a loopback Slack: the real app, the real adapter, the real library."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from aiohttp import ClientSession

from adapters.slack.connection import Slack
from bot.clock import ManualClock
from bot.gateway.application import build_application
from bot.gateway.metrics import Depth, Metrics
from bot.ids import PrincipalId
from bot.ports import Tx
from bot.running import App
from bot.settings.platforms import SlackSettings
from storage.database import Database
from tests.loopback import serving
from tests.platforms.slack_server import (
    APP_TOKEN,
    BOT,
    BOT_TOKEN,
    CHANNEL,
    PEOPLE,
    SECRET,
    TEAM,
    Json,
    Message,
    SlackServer,
    deliver_http,
)
from tests.turns.chat import ACME, limits, make_company

Mode = Literal["socket", "http"]
Wait = Callable[[float], Awaitable[None]]


class _Unwatched:
    async def find_faults(self) -> Sequence[str]:
        return ()

    async def measure(self) -> Sequence[Depth]:
        return ()


def link_people(tx: Tx) -> None:
    """Make the company, its people known in Slack."""
    make_company(tx)
    for handle, user in PEOPLE.items():
        tx.people.link(PrincipalId(handle), "slack", TEAM, user)


@dataclass
class Company:
    """People who talk with the bot in Slack. Each delivery waits for all that follows from it."""

    server: SlackServer
    app: App
    slack: Slack
    database: Database
    clock: ManualClock
    mode: Mode
    http: ClientSession | None = None
    views: list[Json] = field(default_factory=list)

    async def deliver(self, kind: str, payload: Json, *, attempt: int = 0) -> Json:
        """Deliver once, as the mode says; return what the acknowledgement says back."""
        if self.mode == "socket":
            answer = await self.server.deliver_socket(kind, payload, attempt=attempt)
        else:
            assert self.http is not None
            status, answer = await deliver_http(
                self.http, self.clock, kind, payload, attempt=attempt
            )
            assert status == 200, (status, answer)
        await self.app.settled()
        return answer

    async def dm(self, handle: str, text: str, *, thread: str = "") -> str:
        """Say something to the bot; return what it answers there, one text."""
        before = len(self.server.messages) + 1
        message = self.server.says(handle, text, thread=thread)
        await self.deliver("events_api", self.server.event(message))
        return self.said_to(handle, before)

    async def mention(self, handle: str, text: str, *, thread: str = "") -> str:
        """Mention the bot in the channel."""
        before = len(self.server.messages) + 1
        message = self.server.says(handle, f"<@{BOT}> {text}", channel=CHANNEL, thread=thread)
        await self.deliver("events_api", self.server.event(message, "app_mention"))
        return self.said_to(handle, before)

    async def command(self, handle: str, command: str, text: str = "", **more: str) -> str:
        before = len(self.server.messages)
        await self.deliver("slash_commands", self.server.command(handle, command, text, **more))
        return self.said_to(handle, before)

    async def press(self, handle: str, label: str, message: Message | None = None) -> str:
        """Tap a button of the last message that has it."""
        before = len(self.server.messages)
        shown = message or self.card(handle, label)
        await self.deliver("interactive", self.server.press(handle, shown, label))
        return self.said_to(handle, before)

    async def submit(self, handle: str, **typed: str) -> Json:
        """Send the form that was opened last."""
        payload = self.server.submit(handle, self.server.views[-1], **typed)
        return await self.deliver("interactive", payload)

    def card(self, handle: str, label: str) -> Message:
        for message in reversed(self.server.seen_by(handle)):
            if any(button["text"]["text"] == label for _, button in message.buttons()):
                return message
        raise AssertionError(f"{handle} sees no button {label}")

    def said_to(self, handle: str, since: int = 0) -> str:
        seen = self.server.seen_by(handle)
        return "\n".join(
            message.shown for message in self.server.messages[since:] if message in seen
        )


@asynccontextmanager
async def company(
    database: Database,
    clock: ManualClock,
    *,
    mode: Mode = "socket",
    wait: Wait | None = None,
    ping_s: float = 5.0,
    is_paced: bool = True,
) -> AsyncIterator[Company]:
    """Run the app on Slack until the block ends; fail if Slack saw what it must not.

    Without `is_paced` a clock that stands still holds up no second message.
    """
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(SlackServer.running(clock))
        await database.write(link_people, tenant=ACME)
        app = App(database, clock, limits())
        app.workers.start()
        stack.push_async_callback(app.stop)
        settings = slack_settings(server, mode)
        waiting = wait or _for_ever
        slack = Slack(
            settings,
            app,
            clock,
            wait=waiting,
            pause=partial(_pass, clock),
            ping_s=ping_s,
        )
        await stack.enter_async_context(slack.running())
        app.add_channel(slack.name, slack.send, slack.rates if is_paced else ())
        made = Company(server, app, slack, database, clock, mode)
        if mode == "http":
            made.http = await stack.enter_async_context(serve(slack))
        else:
            await server.connected.wait()
        yield made
        assert server.violations == []


def slack_settings(server: SlackServer, mode: Mode) -> SlackSettings:
    return SlackSettings.model_validate(
        {
            "bot_token": BOT_TOKEN,
            "app_token": APP_TOKEN,
            "signing_secret": SECRET,
            "mode": mode,
            "api_base_url": f"{server.base}/api",
        }
    )


@asynccontextmanager
async def serve(slack: Slack) -> AsyncIterator[ClientSession]:
    """Serve the adapter's routes as `bursar serve` does; yield who calls them."""
    application = build_application(
        _Unwatched(), Metrics(), max_body_bytes=256 << 10, body_s=5, platforms=slack.routes()
    )
    async with (
        serving(application) as port,
        ClientSession(f"http://127.0.0.1:{port}") as session,
    ):
        yield session


async def _pass(clock: ManualClock, seconds: float) -> None:
    """Let time go by as spans are measured; the day stays the same."""
    clock._ticks += seconds


async def _for_ever(_seconds: float) -> None:
    """Wait until the test is over: nothing is looked at between."""
    import asyncio

    await asyncio.Event().wait()
