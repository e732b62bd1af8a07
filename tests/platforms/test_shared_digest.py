"""A chat's digest on each platform: shown to everybody there, with buttons that count by tap."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.running import App
from bot.schedules.shared_digests import KIND
from scheduler.jobs.digest_figures import KeptFigures
from scheduler.jobs.shared_digest import SharedDigests
from scheduler.kinds import quick
from scheduler.runs import Runs
from storage.database import Database
from storage.transaction import SqlTx
from tests.conftest import START
from tests.platforms.slack_company import Company as SlackCompany
from tests.platforms.slack_company import company as slack_company
from tests.platforms.slack_server import CHANNEL
from tests.platforms.teams_company import CHANNEL as TEAMS_CHANNEL
from tests.platforms.teams_company import Company as TeamsCompany
from tests.platforms.teams_company import PacingClock, open_company
from tests.platforms.teams_server import words_of
from tests.platforms.telegram_chat import GROUP, TelegramChat, texts
from tests.platforms.telegram_server import USERNAME
from tests.turns.chat import ACME, USD, limits, spend

FIRST = "Design: digest of Wed 18 Nov"
ORDER = "digest here daily"


async def come_nine(app: App, clock: ManualClock) -> None:
    """Let somebody spend, and it be nine in Madrid the day after."""

    def use(tx: SqlTx) -> None:
        spend(tx, "design", "ana", 3 * USD, "claude-sonnet-4-5", "u1")

    await app.database.write(use, tenant=ACME)
    # It is Wednesday, 13:00, there.
    clock.advance(timedelta(hours=20))
    shared = quick(SharedDigests(limits().allowances, KeptFigures()).send)
    runs = Runs(app.database, {KIND: shared})
    await runs.tick()
    await runs.idle()
    await app.settled()


@pytest.fixture
async def slack(sqlite_database: Database, clock: ManualClock) -> AsyncIterator[SlackCompany]:
    async with slack_company(sqlite_database, clock, is_paced=False) as made:
        yield made


@pytest.fixture
async def teams(sqlite_database: Database) -> AsyncIterator[TeamsCompany]:
    async with open_company(sqlite_database, PacingClock(START)) as opened:
        yield opened


async def test_a_slack_channel_reads_it_outside_of_threads(slack: SlackCompany) -> None:
    await slack.mention("ben", ORDER)
    await slack.press("ben", "Yes")
    before = len(slack.server.messages)
    await come_nine(slack.app, slack.clock)
    (shown,) = slack.server.messages[before:]
    assert (shown.channel, shown.thread, shown.seen_by) == (CHANNEL, "", "")
    assert shown.shown.startswith(FIRST)
    # Each is answered where only they see it, by their own rights.
    assert "Ana Lima" in await slack.press("elena", "Who spends most?", shown)
    assert "Ana Lima" in await slack.press("ana", "Who spends most?", shown)
    assert all(x.seen_by for x in slack.server.messages[before + 1 :])


async def test_a_telegram_group_reads_it_in_its_topic(telegram: TelegramChat) -> None:
    topic = {"message_thread_id": 7, "is_topic_message": True}
    await telegram.say("ben", "hello")
    await telegram.say("elena", "hello")
    (draft,) = await telegram.say("ben", f"/digest@{USERNAME} here daily", chat=GROUP, **topic)
    await telegram.press("ben", draft, "Yes")
    before = len(telegram.server.in_chat(GROUP))
    await come_nine(telegram.app, telegram.clock)
    (shown,) = telegram.server.in_chat(GROUP)[before:]
    assert shown.text.startswith(FIRST)
    assert shown.sent["message_thread_id"] == "7"
    await telegram.press("elena", shown, "Who spends most?")
    assert "Ana Lima" in texts(telegram.server.in_chat(104)[-1:])
    assert "Ana Lima" not in texts(telegram.server.in_chat(GROUP))


async def test_a_teams_channel_reads_it_as_a_post_of_its_own(
    teams: TeamsCompany, clock: ManualClock
) -> None:
    thread = f"{TEAMS_CHANNEL};messageid=1700000000000"
    await teams.say("ben", ORDER, thread)
    await teams.send(teams.tap("ben", teams.card("a:ben").card))
    before = len(teams.teams.posted)
    await come_nine(teams.app, clock)
    teams.clock.set(clock.now())
    (shown,) = teams.teams.posted[before:]
    assert shown.conversation == TEAMS_CHANNEL
    assert FIRST in shown.words
    below = f"{TEAMS_CHANNEL};messageid={shown.id}"
    _, answer = await teams.send(teams.tap("elena", shown.card, conversation=below))
    assert answer["value"] == "I have answered in our chat."
    assert "Ana Lima" in teams.teams.last("a:elena").words
    assert not [
        x for x in teams.teams.posted if x.conversation != "a:elena" and "Ana Lima" in x.words
    ]
    assert "Ana" not in words_of(shown.card)
