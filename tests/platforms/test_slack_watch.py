"""A connection over which nothing comes is found and made anew; nothing said then is lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.slack.connection import LOOK_EVERY_S
from adapters.slack.socket import DEAF_S
from bot.clock import ManualClock
from bot.errors.kinds import SettingsError
from storage.database import Database
from tests.platforms.slack_company import Company, company, slack_settings
from tests.platforms.slack_server import SlackServer, answers
from tests.turns.chat import ACME, limits


class Looks:
    """The watch's pauses: each ends when the test says that so much time has passed."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self._go = asyncio.Semaphore(0)
        self._waits = asyncio.Semaphore(0)

    async def wait(self, seconds: float) -> None:
        assert seconds == LOOK_EVERY_S
        self._waits.release()
        await self._go.acquire()

    async def look(self) -> None:
        """Let half a minute pass, and return when the watch has looked."""
        await self._waits.acquire()
        self._clock.advance(timedelta(seconds=LOOK_EVERY_S))
        self._go.release()
        await self._waits.acquire()
        self._waits.release()


@pytest.fixture
def looks(clock: ManualClock) -> Looks:
    return Looks(clock)


async def reconnected(slack: Company, before: int) -> None:
    """Wait until a new connection stands and what was missed is read."""
    while len(slack.server.sockets) == before:
        slack.server.connected.clear()
        await slack.server.connected.wait()
    while slack.slack.is_catching_up or not await heard(slack):  # noqa: ASYNC110  # nobody tells
        await asyncio.sleep(0)
    await slack.app.settled()


async def heard(slack: Company) -> bool:
    assert slack.slack.socket is not None
    return await slack.slack.socket.find_fault() == ""


async def test_a_deaf_connection_is_found_within_90_s_and_nothing_is_lost(
    sqlite_database: Database, clock: ManualClock, looks: Looks
) -> None:
    async with company(sqlite_database, clock, wait=looks.wait, is_paced=False) as slack:
        await slack.dm("ana", "balance")
        clock.advance(timedelta(seconds=5))
        server, before = slack.server, len(slack.server.sockets)
        # The line stands, pings are answered, and no event comes.
        server.is_deaf = True
        server.says("ana", "how much has design spent this month?")
        server.says("ana", "open requests")
        for _ in range(3):
            await looks.look()
        server.is_deaf = False
        await reconnected(slack, before)
        assert len(server.seen_by("ana")) == 3


async def test_a_line_without_pongs_is_made_anew_within_90_s(
    sqlite_database: Database, clock: ManualClock, looks: Looks
) -> None:
    async with company(sqlite_database, clock, wait=looks.wait, is_paced=False) as slack:
        server, before = slack.server, len(slack.server.sockets)
        server.answers_pings = False
        assert 3 * LOOK_EVERY_S <= 90
        assert DEAF_S < 2 * LOOK_EVERY_S
        for _ in range(3):
            await looks.look()
        server.answers_pings = True
        await reconnected(slack, before)
        assert len(server.sockets) > before


async def test_what_was_said_while_the_bot_was_away_is_read_at_its_start(
    sqlite_database: Database, clock: ManualClock
) -> None:
    async with company(sqlite_database, clock, is_paced=False) as slack:
        await slack.dm("ana", "balance")
        await slack.dm("ana", "balance", thread="1794000000.000001")
        server, settings = slack.server, slack_settings(slack.server, "socket")
        await slack.slack.stop_receiving()
        clock.advance(timedelta(minutes=10))
        asked = server.says("ana", "open requests")
        asked.has_replies = True
        server.says("ana", "how much has design spent?", thread="1794000000.000001")
        before = len(server.seen_by("ana"))

        from adapters.slack.connection import Slack

        again = Slack(settings, slack.app, clock, wait=forever)
        async with again.running():
            slack.slack = again
            await reconnected(slack, 1)
            assert len(server.seen_by("ana")) == before + 2
            # The event itself, late: it is known by then.
            await slack.deliver("events_api", server.event(asked))
            assert len(server.seen_by("ana")) == before + 2


async def test_what_was_said_too_long_ago_is_left(
    sqlite_database: Database, clock: ManualClock, looks: Looks
) -> None:
    async with company(sqlite_database, clock, wait=looks.wait, is_paced=False) as slack:
        await slack.dm("ana", "balance")
        slack.server.says("ana", "ask for 200 more for design until the end of the month")
        clock.advance(timedelta(hours=30))
        before = len(slack.server.messages)
        await looks.look()
        assert len(slack.server.messages) == before


async def test_a_history_in_pages_is_read_to_its_end(
    sqlite_database: Database, clock: ManualClock, looks: Looks
) -> None:
    async with company(sqlite_database, clock, wait=looks.wait, is_paced=False) as slack:
        await slack.dm("ana", "balance")
        for _ in range(450):
            slack.server.says("ana", "thanks")
        clock.advance(timedelta(seconds=20))
        await looks.look()
        depth = await slack.database.read(lambda tx: tx.inbox.depth(), tenant=ACME)
        heard = slack.slack.reception.heard[slack.server.direct("ana"), ""]
        assert heard == [one.ts for one in slack.server.messages if one.user == "U01ANA"][-1]
        assert depth <= 450


async def test_slack_away_at_the_start_is_waited_for(
    sqlite_database: Database, clock: ManualClock, looks: Looks
) -> None:
    from adapters.slack.connection import Slack
    from bot.running import App

    app = App(sqlite_database, clock, limits())
    async with SlackServer.running(clock) as server:
        server.faults["auth.test"].append(answers(503))
        slack = Slack(slack_settings(server, "socket"), app, clock, wait=looks.wait)
        async with slack.running():
            assert any("does not answer" in fault for fault in await slack.find_faults())
            await server.connected.wait()
            await looks.look()
            assert slack.reception.bot is not None
            assert not [x for x in await slack.find_faults() if "does not answer" in x]


async def test_a_refused_token_stops_the_start_with_a_remedy(
    sqlite_database: Database, clock: ManualClock
) -> None:
    from adapters.slack.connection import Slack
    from bot.running import App

    app = App(sqlite_database, clock, limits())
    async with SlackServer.running(clock) as server:
        server.faults["auth.test"].append(answers(200, "invalid_auth"))
        slack = Slack(slack_settings(server, "socket"), app, clock, wait=forever)
        with pytest.raises(SettingsError, match="OAuth & Permissions"):
            async with slack.running():
                raise AssertionError("it must not run")


@pytest.mark.parametrize("missing", ["bot_token", "app_token", "signing_secret"])
async def test_half_a_configuration_is_refused(
    sqlite_database: Database, clock: ManualClock, missing: str
) -> None:
    from adapters.slack.connection import Slack
    from bot.running import App
    from bot.settings.platforms import SlackSettings

    given = {"bot_token": "xoxb-1", "app_token": "xapp-1", "signing_secret": "s"}
    given[missing] = ""
    mode = "http" if missing == "signing_secret" else "socket"
    settings = SlackSettings.model_validate({**given, "mode": mode})
    app = App(sqlite_database, clock, limits())
    with pytest.raises(SettingsError, match=f"slack.{missing}"):
        Slack(settings, app, clock)


async def test_an_app_that_was_taken_out_says_so(
    sqlite_database: Database, clock: ManualClock
) -> None:
    async with company(sqlite_database, clock, is_paced=False) as slack:
        gone = slack.server.callback({"type": "app_uninstalled"})
        await slack.deliver("events_api", gone)
        assert "taken out" in (await slack.slack.find_faults())[0]


async def forever(_seconds: float) -> None:
    await asyncio.Event().wait()
