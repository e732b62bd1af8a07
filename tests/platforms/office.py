"""The small company on Slack, Teams and Telegram at once: who says what where, and who sees what.

The bot may run in this process or in another one: an office only delivers, and looks at what its
platforms were given.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

from aiohttp import ClientSession

from adapters.telegram.markup import JOINER
from bot.clock import Clock
from bot.ids import PrincipalId
from bot.ports import Tx
from tests.platforms.slack_company import slack_settings
from tests.platforms.slack_server import PEOPLE as SLACK_USERS
from tests.platforms.slack_server import TEAM as SLACK_TEAM
from tests.platforms.slack_server import Json, Message, SlackServer, deliver_http
from tests.platforms.teams_company import ACCOUNT as TEAMS_ACCOUNT
from tests.platforms.teams_company import PEOPLE as TEAMS_PEOPLE
from tests.platforms.teams_company import tap
from tests.platforms.teams_server import FakeTeams, Posted
from tests.platforms.telegram_chat import IDS, callback_of, message_of
from tests.platforms.telegram_server import BOT_ID, TOKEN, Shown, TelegramServer
from tests.turns.chat import make_company

Mode = Literal["socket", "http"]
# References are made by chance; whoever reads the same story twice must not notice.
_REF: Final = re.compile(rf"#{JOINER}?[2-9A-HJKMNP-TV-Z]{{4}}\b")


def link_everybody(tx: Tx) -> None:
    """Make the company, its people known on all three platforms."""
    make_company(tx)
    for handle, user in SLACK_USERS.items():
        tx.people.link(PrincipalId(handle), "slack", SLACK_TEAM, user)
    for handle in TEAMS_PEOPLE:
        tx.people.link(PrincipalId(handle), "teams", TEAMS_ACCOUNT, f"29:{handle}")
        tx.people.link(PrincipalId(handle), "telegram", str(BOT_ID), str(IDS[handle]))


@dataclass(frozen=True)
class Seen:
    """A message as it came, as it stands now, and what can be tapped in it."""

    first: str
    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Delivery:
    """One thing that somebody did, as a platform tells the bot of it. `kind` is Slack's."""

    platform: Literal["slack", "teams", "telegram"]
    payload: Json
    kind: str = ""


@dataclass
class Office:
    """Three platforms, and where the bot answers their calls."""

    clock: Clock
    slack: SlackServer
    teams: FakeTeams
    telegram: TelegramServer
    http: ClientSession
    slack_mode: Mode = "http"
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(5001))

    def settings(self, **more: object) -> Json:
        """Return what the bot's settings say of the three platforms, plainly enough for JSON."""
        slack = slack_settings(self.slack, self.slack_mode)
        return {
            "telegram": {
                "token": TOKEN,
                "api_base_url": self.telegram.url,
                "file_base_url": self.telegram.url,
            },
            "slack": {
                "bot_token": slack.bot_token.get_secret_value(),
                "app_token": slack.app_token.get_secret_value(),
                "signing_secret": slack.signing_secret.get_secret_value(),
                "mode": slack.mode,
                "api_base_url": slack.api_base_url,
            },
            "teams": self.teams.settings(),
            **more,
        }

    # What people do

    def slack_command(self, handle: str, command: str, text: str = "") -> Delivery:
        """Type a command in the channel."""
        return Delivery("slack", self.slack.command(handle, command, text), "slash_commands")

    def slack_says(self, handle: str, text: str) -> Delivery:
        """Write to the bot alone."""
        said = self.slack.says(handle, text)
        return Delivery("slack", self.slack.event(said), "events_api")

    def slack_submits(self, handle: str, **typed: str) -> Delivery:
        """Send the form that was opened last."""
        payload = self.slack.submit(handle, self.slack.views[-1], **typed)
        return Delivery("slack", payload, "interactive")

    def slack_taps(self, handle: str, label: str) -> Delivery:
        """Tap a button of the last message that has it."""
        payload = self.slack.press(handle, self.slack_card(handle, label), label)
        return Delivery("slack", payload, "interactive")

    def teams_says(self, handle: str, text: str) -> Delivery:
        return Delivery("teams", self.teams.activity(handle, text))

    def teams_taps(self, handle: str, title: str, index: int = 0) -> Delivery:
        """Tap a button of a card in somebody's private chat, by its place."""
        card = self.teams_card(handle, title).card
        return Delivery("teams", tap(self.teams, handle, card, index))

    def telegram_says(self, handle: str, text: str) -> Delivery:
        message = message_of(next(self._numbers), self.clock.now(), handle, text)
        return Delivery("telegram", self.telegram.new_update(message=message))

    def telegram_taps(self, handle: str, shown: Shown, button: Json) -> Delivery:
        """Press a button that is, or was, under a message."""
        query = callback_of(next(self._numbers), self.telegram, handle, shown, button)
        return Delivery("telegram", self.telegram.new_update(callback_query=query))

    # What people see

    def slack_card(self, handle: str, label: str) -> Message:
        """Return the last message with such a button."""
        return next(
            message
            for message in reversed(self.slack.seen_by(handle))
            if any(button["text"]["text"] == label for _, button in message.buttons())
        )

    def teams_card(self, handle: str, title: str) -> Posted:
        """Return how the last card with such a title stands in somebody's private chat."""
        return next(
            each
            for each in reversed(self.teams.posted)
            if each.conversation == f"a:{handle}" and each.words.startswith(title)
        )

    def telegram_card(self, handle: str) -> Shown:
        """Return the last message with buttons in somebody's private chat."""
        return next(x for x in reversed(self.telegram.in_chat(IDS[handle])) if x.keyboard)

    def seen(self) -> dict[str, list[Seen]]:
        """Return every message of the bot's in the order in which it came, by (platform, who)."""
        found: dict[str, list[Seen]] = {}

        def see(where: str, first: str, text: str, labels: Iterable[str]) -> None:
            one = Seen(_REF.sub("#0000", first), _REF.sub("#0000", text), tuple(labels))
            found.setdefault(where, []).append(one)

        for handle in SLACK_USERS:
            for message in self.slack.seen_by(handle):
                labels = [button["text"]["text"] for _, button in message.buttons()]
                see(f"slack {handle}", message.first, message.shown, labels)
        for shown in self.telegram.messages:
            labels = [button["text"] for row in shown.keyboard for button in row]
            see(f"telegram {shown.chat}", shown.first, shown.text, labels)
        now = {(each.conversation, each.id): each for each in self.teams.posted}
        for each in self.teams.posted:
            if each.how == "create":
                last = now[each.conversation, each.id]
                card = last.card if "attachments" in last.activity else {}
                labels = [action["title"] for action in card.get("actions", ())]
                see(f"teams {each.conversation}", each.words, last.words, labels)
        return found

    # How it reaches the bot

    async def deliver(self, delivery: Delivery, bot_url: str, *, attempt: int = 0) -> Json:
        """Deliver once, and return what the acknowledgement says, once it is there.

        What is delivered again says so as the platform does: Slack counts, Telegram serves the
        same update, and Teams gives a tap another id.

        Raises:
            ClientError: the bot is gone; it is to be delivered again.
        """
        payload = delivery.payload
        if delivery.platform == "slack" and self.slack_mode == "socket":
            return await self.slack.deliver_socket(delivery.kind, payload, attempt=attempt)
        if delivery.platform == "slack":
            status, answer = await deliver_http(
                self.http, self.clock, delivery.kind, payload, attempt=attempt, at=bot_url
            )
        elif delivery.platform == "teams":
            if attempt and payload["type"] == "invoke":
                payload = {**payload, "id": self.teams.new_id()}
            self.teams.bot_url = bot_url
            status, answer = await self.teams.deliver(payload)
        else:
            self.telegram.deliver(payload)
            await self.telegram.until(lambda: self.telegram.is_drained)
            return {}
        assert status == 200, (status, answer)
        return answer

    def violations(self) -> list[str]:
        """Return what the platforms saw that they must not see."""
        return [*self.slack.violations, *self.teams.broken, *self.telegram.broken]


@asynccontextmanager
async def open_office(clock: Clock, *, slack_mode: Mode = "http") -> AsyncIterator[Office]:
    """Run the three platforms until the block ends."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(SlackServer.running(clock))
        teams = await stack.enter_async_context(FakeTeams(clock).running())
        telegram = await stack.enter_async_context(TelegramServer(clock).running())
        http = await stack.enter_async_context(ClientSession())
        yield Office(clock, slack, teams, telegram, http, slack_mode)
