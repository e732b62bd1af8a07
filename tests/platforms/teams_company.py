"""The small company on Teams: the real app, adapter and HTTP server, against `FakeTeams`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.channels.posting import Poster
from adapters.teams.building import build_teams
from adapters.teams.connection import Teams
from adapters.teams.inbound import account_of
from adapters.teams.uploads import UPLOAD_S
from bot.clock import ManualClock
from bot.economy.budgets import list_budgets
from bot.gateway.application import build_application
from bot.gateway.metrics import Metrics
from bot.ids import PrincipalId, WalletId
from bot.operations.watch import Watch
from bot.running import App
from bot.settings.model import load_settings
from storage.database import Database
from storage.transaction import SqlTx
from tests.loopback import serving
from tests.platforms.teams_server import APP_ID, TENANT, FakeTeams, Json, Posted
from tests.turns.chat import ACME, USD, limits, make_company

ACCOUNT = account_of(APP_ID, TENANT)
PEOPLE = ("ana", "ben", "carla", "elena", "frank")
CHANNEL = "19:general@thread.tacv2"
GROUP = "19:meeting_chat@unq.gbl.spaces"


class PacingClock(ManualClock):
    """A clock on which waiting takes no time."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.waited_s = 0.0

    async def pause(self, seconds: float) -> None:
        """Wait, as far as spans are concerned; the day stays the same."""
        self._ticks += seconds
        self.waited_s += seconds


@dataclass
class Company:
    """What people do, and what they see."""

    app: App
    database: Database
    clock: PacingClock
    teams: FakeTeams
    adapter: Teams

    async def send(self, activity: Json, **more: Any) -> tuple[int, Json]:
        """Deliver an activity and wait for all that follows."""
        answer = await self.teams.deliver(activity, **more)
        await self.app.settled()
        return answer

    async def say(self, person: str, text: str, conversation: str = "", **more: object) -> str:
        """Say something; return what the person's private chat, or the conversation, shows."""
        before = len(self.teams.posted)
        status, _ = await self.send(self.teams.activity(person, text, conversation, **more))
        assert status == 200
        where = conversation or f"a:{person}"
        found = [each for each in self.teams.posted[before:] if each.conversation == where]
        return "\n".join(each.words for each in found)

    def card(self, conversation: str) -> Posted:
        """Return the last message with a card in a conversation."""
        return next(
            each
            for each in reversed(self.teams.posted)
            if each.conversation == conversation and "attachments" in each.activity
        )

    def tap(
        self, person: str, card: Json, index: int = 0, conversation: str = "", **typed: str
    ) -> Json:
        """Write the invoke of a button by its place, with what was typed."""
        return tap(self.teams, person, card, index, conversation, **typed)

    def submit(self, person: str, card: Json, index: int = 0, **typed: str) -> Json:
        """Write what a client without Universal Actions sends for the same button."""
        action = card["actions"][index]["fallback"]
        values = {each["id"]: each["value"] for each in card["body"] if "id" in each}
        return self.teams.activity(person, value={**action["data"], **values, **typed})

    def view(self, person: str, card: Json, conversation: str = "") -> Json:
        """Write the invoke by which a client renews a card."""
        action = card["refresh"]["action"]
        return self.teams.activity(
            person,
            conversation=conversation,
            type="invoke",
            name="adaptiveCard/action",
            value={"action": action, "trigger": "automatic"},
        )

    def consents(self, conversation: str) -> list[Posted]:
        """Return the cards in a conversation that offer a file, in order."""
        return [
            each
            for each in self.teams.posted
            if each.conversation == conversation and each.consent is not None
        ]

    def press_allow(self, person: str, shown: Posted) -> Json:
        """Write the invoke that a client sends when a file is taken: with a place for it."""
        uploading = {"uploadInfo": self.teams.drive.open(shown)}
        return self._answer_file(person, shown, "accept", uploading)

    def press_decline(self, person: str, shown: Posted) -> Json:
        """Write the invoke that a client sends when a file is left."""
        return self._answer_file(person, shown, "decline", {})

    def _answer_file(self, person: str, shown: Posted, action: str, more: Json) -> Json:
        assert shown.consent is not None
        context = shown.consent["content"][f"{action}Context"]
        value = {"type": "fileUpload", "action": action, "context": context, **more}
        return self.teams.activity(
            person, type="invoke", name="fileConsent/invoke", value=value, replyToId=shown.id
        )

    async def request(self, amount: int = 200) -> Posted:
        """Have Ana ask for more for Design; return the card that Ben is shown."""
        await self.say("ben", "hello")
        await self.say("ana", f"ask for {amount} more for design until the end of the month")
        status, _ = await self.send(self.tap("ana", self.card("a:ana").card))
        assert status == 200
        return self.card("a:ben")

    async def limit(self, wallet: str = "design") -> int:
        """Return a wallet's limit in whole dollars."""

        def read(tx: SqlTx) -> int:
            return list_budgets(tx, [tx.wallets.get(WalletId(wallet))])[0].limit_nanos

        return await self.database.read(read, tenant=ACME) // USD

    async def fingerprint(self) -> list[int]:
        """Return how many rows there are of what a delivery could change."""

        def read(tx: SqlTx) -> list[int]:
            from sqlalchemy import func, select

            from storage.statements import Statement
            from storage.tables import metadata

            found: list[int] = []
            # PostgreSQL marks its lanes for each write, also for looking what is to be sent.
            for table in (each for each in metadata.sorted_tables if each.name != "lane_mark"):
                row = tx.connection.row(Statement(select(func.count()).select_from(table)))
                assert row is not None
                found.append(row[0])
            return found

        return await self.database.read(read, tenant=ACME)


def tap(
    teams: FakeTeams,
    person: str,
    card: Json,
    index: int = 0,
    conversation: str = "",
    **typed: str,
) -> Json:
    """Write the invoke of a card's button by its place, with what was typed."""
    action = card["actions"][index]
    values = {each["id"]: each["value"] for each in card["body"] if "id" in each}
    data = {**action["data"], **values, **typed}
    return teams.activity(
        person,
        conversation=conversation,
        type="invoke",
        name="adaptiveCard/action",
        value={
            "action": {"type": "Action.Execute", "verb": action["verb"], "data": data},
            "trigger": "manual",
        },
    )


@asynccontextmanager
async def open_company(
    database: Database, clock: PacingClock, **settings: object
) -> AsyncIterator[Company]:
    """Run everything; at the end the service must not have been broken."""
    await database.write(make_company, tenant=ACME)

    def link(tx: SqlTx) -> None:
        for handle in PEOPLE:
            tx.people.link(PrincipalId(handle), "teams", ACCOUNT, f"29:{handle}")

    await database.write(link, tenant=ACME)
    async with AsyncExitStack() as stack:
        teams = await stack.enter_async_context(FakeTeams(clock).running())
        given = load_settings(teams=teams.settings(**settings))
        app = App(database, clock, limits())
        app.workers.start()
        adapter = build_teams(
            given.teams,
            given.server,
            app,
            clock,
            handovers=app.handovers,
            poster=Poster(("localhost",), trust=teams.drive.trust.client, time_out_s=UPLOAD_S),
            pause=clock.pause,
        )
        await stack.enter_async_context(adapter.running())
        stack.push_async_callback(app.stop)
        # The connector keeps to the rates by itself, on the same clock.
        app.add_channel(adapter.name, adapter.send)
        teams.bot_url = await stack.enter_async_context(serve(database, adapter))
        yield Company(app, database, clock, teams, adapter)
        assert not teams.broken


@asynccontextmanager
async def serve(database: Database, adapter: Teams) -> AsyncIterator[str]:
    """Serve the adapter's routes behind the real edge; yields the base URL."""
    application = build_application(
        Watch(database, Metrics(), lambda: False),
        Metrics(),
        max_body_bytes=256 << 10,
        body_s=15,
        platforms=list(adapter.routes()),
    )
    async with serving(application) as port:
        yield f"http://127.0.0.1:{port}"
