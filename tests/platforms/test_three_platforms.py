"""The three flows, with one bot that serves Slack, Teams and Telegram as `bursar serve` does."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from adapters.slack.connection import Slack
from adapters.teams.building import build_teams
from adapters.telegram.connection import Telegram
from adapters.telegram.menu import list_menus
from bot.actions.digest import KIND as DIGEST
from bot.app import open_app
from bot.clock import Clock
from bot.leases import DatabaseLease
from bot.operations.serve import run_until
from bot.platforms.model import Platform
from bot.running import App
from bot.settings.model import Settings, load_settings
from scheduler.jobs.reminders import remind_requests
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.conftest import START
from tests.platforms.flows import (
    CHAT,
    DECISION,
    GREETINGS,
    REQUEST,
    Step,
    check_books,
    check_shown,
    telegram_yes,
)
from tests.platforms.office import Delivery, Mode, Office, Seen, link_everybody, open_office
from tests.platforms.slack_server import SteppingClock
from tests.platforms.telegram_chat import IDS
from tests.turns.chat import ACME


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(START)


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> Mode:
    found: Mode = request.param
    return found


def late_press(office: Office) -> Delivery:
    """Press the button that Carla saw before somebody else decided."""
    (shown,) = [x for x in office.telegram.in_chat(IDS["carla"]) if "Ana Lima" in x.text]
    before = json.loads(shown.sent["reply_markup"])["inline_keyboard"]
    return office.telegram_taps("carla", shown, before[0][0])


@dataclass
class Bot:
    """The one running bot, and who uses it."""

    app: App
    office: Office
    url: str
    _delivered: list[Delivery] = field(default_factory=list)

    async def do(self, steps: Iterable[Step], times: int = 1) -> None:
        """Take steps, each delivered so often, and wait each time for all that follows."""
        for step in steps:
            delivery = step(self.office)
            self._delivered.append(delivery)
            for attempt in range(times):
                await self.office.deliver(delivery, self.url, attempt=attempt)
                await self.app.settled()

    async def repeat_all(self, times: int) -> None:
        """Deliver everything that was ever delivered so often again, in any order."""
        again = self._delivered * times
        random.Random(7).shuffle(again)
        for delivery in again:
            await self.office.deliver(delivery, self.url, attempt=times)
        await self.app.settled()

    async def wait(self, hours: int = 25) -> None:
        """Let a request wait: for a day until somebody else is asked, too."""
        clock = self.office.clock
        assert isinstance(clock, SteppingClock)
        # A slow machine's ticks would come to the morning's digests.
        await self.app.database.write(_end_digests, tenant=ACME)
        clock.advance(timedelta(hours=hours))
        await remind_requests(self.app.database)
        await self.app.settled()


@asynccontextmanager
async def serve(office: Office, database_url: str, folder: Path) -> AsyncIterator[Bot]:
    """Serve everything until the block ends; nothing may have been done that a platform forbids.

    It is `bursar serve`, but for how adapters wait: not at all, or for ever.
    """
    clock = office.clock
    database = await open_database(database_url, clock)
    await database.write(link_everybody, tenant=ACME)
    await database.close()
    apps: asyncio.Future[App] = asyncio.get_running_loop().create_future()
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @asynccontextmanager
    async def platforms(
        settings: Settings, app: App, clock: Clock
    ) -> AsyncIterator[Sequence[Platform]]:
        lease = DatabaseLease(app.database, "telegram:test")
        made: Sequence[Platform] = (
            Telegram(settings.telegram, app, clock, lease, list_menus(), wait=_at_once),
            Slack(settings.slack, app, clock, wait=_for_ever),
            build_teams(settings.teams, settings.server, app, clock, pause=_at_once),
        )
        async with AsyncExitStack() as stack:
            for platform in made:
                await stack.enter_async_context(platform.running())
                app.add_channel(platform.name, platform.send, platform.rates)
            apps.set_result(app)
            yield made

    settings = load_settings(
        **office.settings(
            database={"url": database_url},
            server={"port": 0},
            audit={"anchor_file": folder / "anchor.jsonl"},
        )
    )
    stop = asyncio.Event()
    running = asyncio.ensure_future(
        run_until(stop, settings, open_app, platforms, clock, on_listening=port.set_result)
    )
    try:
        either: set[asyncio.Future[Any]] = {running, port}  # Any: two kinds
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        bot = Bot(apps.result(), office, f"http://127.0.0.1:{port.result()}")
        await office.telegram.until(lambda: len(office.telegram.commands) == len(list_menus()))
        if office.slack_mode == "socket":
            await office.slack.connected.wait()
        yield bot
    finally:
        stop.set()
        await running
    assert office.violations() == []


def _end_digests(tx: SqlTx) -> None:
    for person in tx.people.list_all():
        found = tx.schedules.find(DIGEST, person.id)
        if found is not None:
            tx.schedules.end(found)


async def _for_ever(_seconds: float) -> None:
    await asyncio.Event().wait()


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


async def ask_and_decide(bot: Bot, times: int = 1) -> None:
    await bot.do(GREETINGS, times)
    await bot.do(REQUEST, times)
    await bot.wait()
    await bot.do(DECISION, times)


async def test_chat_in_telegram(database_url: str, clock: SteppingClock, tmp_path: Path) -> None:
    async with open_office(clock) as office, serve(office, database_url, tmp_path) as bot:
        await bot.do(CHAT)
        spent, draft, done = office.telegram.in_chat(IDS["elena"])
        assert "Launch has spent $0.00 of $200.00" in spent.text
        assert "raise Launch's limit by $60.00 until 30 Nov 2026" in draft.text
        assert "Confirmed by Elena Vega" in draft.text
        assert draft.keyboard == []
        assert "$260.00" in done.text
        await bot.app.database.read(lambda tx: check_books(tx, launch=260, design=500, requests=0))


async def test_a_command_in_slack_is_decided_on_a_card_in_teams_and_both_see_it(
    database_url: str, clock: SteppingClock, tmp_path: Path, mode: Mode
) -> None:
    async with (
        open_office(clock, slack_mode=mode) as office,
        serve(office, database_url, tmp_path) as bot,
    ):
        await ask_and_decide(bot)
        check_shown(office)
        assert not any(one.labels for seen in office.seen().values() for one in seen)
        await bot.app.database.read(lambda tx: check_books(tx, launch=200, design=700, requests=1))
        told = [message.shown for message in office.slack.seen_by("ana")]
        assert len([text for text in told if "Ben Ortiz approved" in text]) == 1
        # Whoever comes later hears who was faster.
        await bot.do([late_press])
        assert "Ben Ortiz" in office.telegram.in_chat(IDS["carla"])[-1].text


# What somebody says where they are told things, how they tap a card there, and its name.
PLACES: Final[dict[str, tuple[Step, Step, str]]] = {
    "slack": (
        lambda office: office.slack_says("ben", "hello"),
        lambda office: office.slack_taps("ben", "Yes"),
        "slack ben",
    ),
    "teams": (
        lambda office: office.teams_says("ben", "hello"),
        lambda office: office.teams_taps("ben", "Request"),
        "teams a:ben",
    ),
    "telegram": (
        lambda office: office.telegram_says("ben", "hello"),
        telegram_yes("ben"),
        f"telegram {IDS['ben']}",
    ),
}


@pytest.mark.parametrize("platform", PLACES)
async def test_a_reminder_can_be_tapped_and_every_copy_closes(
    database_url: str, clock: SteppingClock, tmp_path: Path, platform: str
) -> None:
    greeting, tap, where = PLACES[platform]
    async with open_office(clock) as office, serve(office, database_url, tmp_path) as bot:
        await bot.do([greeting, *REQUEST])
        await bot.wait(hours=5)
        _, above, again = office.seen()[where]
        assert above.labels == ()
        assert "asked you again below" in above.text
        assert "has waited for you for 5 h" in again.text
        assert again.labels[:1] == ("Yes",)
        await bot.do([tap], times=5)
        shown = office.seen()[where]
        assert [one for one in shown if one.labels] == []
        assert len([one for one in shown if "Approved by Ben Ortiz" in one.text]) == 1
        await bot.app.database.read(lambda tx: check_books(tx, launch=200, design=700, requests=1))


async def test_with_every_delivery_five_times_people_see_the_same(
    database_url: str, clock: SteppingClock, tmp_path: Path, mode: Mode, sqlite_template: Path
) -> None:
    async def tell(url: str, times: int) -> dict[str, list[Seen]]:
        async with (
            open_office(SteppingClock(START), slack_mode=mode) as office,
            serve(office, url, tmp_path) as bot,
        ):
            await bot.do(CHAT, times)
            await ask_and_decide(bot, times)
            if times > 1:
                await bot.repeat_all(times)
            check_shown(office)
            await bot.app.database.read(
                lambda tx: check_books(tx, launch=260, design=700, requests=1)
            )
            return office.seen()

    once = shutil.copy(sqlite_template, tmp_path / "once.db")
    assert await tell(database_url, 5) == await tell(f"sqlite:///{once}", 1)
