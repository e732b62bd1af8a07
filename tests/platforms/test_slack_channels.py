"""What was said to the bot in channels while it was away or deaf is read back, and no more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from adapters.slack.connection import LOOK_EVERY_S, Slack
from bot.clock import ManualClock
from storage.database import Database
from tests.platforms.slack_company import Company, company, slack_settings
from tests.platforms.slack_server import BOT, CHANNEL, PEOPLE, Message, answers
from tests.platforms.test_slack_threads import ASK, begin, kept
from tests.platforms.test_slack_watch import Looks, forever, reconnected

ELSEWHERE = "C01LAUNCH"


@pytest.fixture
def looks(clock: ManualClock) -> Looks:
    return Looks(clock)


@pytest.fixture
async def slack(sqlite_database: Database, clock: ManualClock) -> AsyncIterator[Company]:
    async with company(sqlite_database, clock, is_paced=False) as made:
        yield made


def says(slack: Company, handle: str, text: str, thread: str = "") -> Message:
    """Say something in the channel that the bot is not told."""
    return slack.server.says(handle, text, channel=CHANNEL, thread=thread)


async def go(slack: Company, minutes: int = 10) -> None:
    await slack.slack.stop_receiving()
    slack.clock.advance(timedelta(minutes=minutes))


@asynccontextmanager
async def back(slack: Company) -> AsyncIterator[int]:
    """Start the bot anew, as after a restart; yield how many messages there were before."""
    before, sockets = len(slack.server.messages), len(slack.server.sockets)
    settings = slack_settings(slack.server, "socket")
    again = Slack(settings, slack.app, slack.clock, wait=forever)
    async with again.running():
        slack.slack = again
        await reconnected(slack, sockets)
        yield before


async def test_a_mention_of_while_the_bot_was_away_is_answered(slack: Company) -> None:
    await slack.mention("ana", "balance")
    await go(slack)
    asked = says(slack, "ben", f"<@{BOT}> how much has design spent this month?")
    says(slack, "carla", "did anybody see the figures?")
    says(slack, "carla", f"<@{PEOPLE['ben']}> did you?")
    count = await kept(slack)
    async with back(slack) as before:
        assert "Design" in slack.said_to("ben", before)
        assert slack.said_to("carla", before) == ""
        assert await kept(slack) == count + 1
        # The event itself, late, in both of its shapes: it is known by then.
        for kind in ("app_mention", "message"):
            await slack.deliver("events_api", slack.server.event(asked, kind))
        assert await kept(slack) == count + 1


async def test_an_answer_in_a_thread_of_while_the_bot_was_away_counts_once(
    slack: Company,
) -> None:
    await slack.dm("ben", "hello")
    thread = await begin(slack, "ana", ASK)
    await go(slack)
    yes = says(slack, "ana", "yes", thread)
    says(slack, "carla", "yes", thread)
    says(slack, "ana", f"<@{PEOPLE['carla']}> no", thread)
    async with back(slack):
        bens = [one for one in slack.server.seen_by("ben") if "from Ana Lima" in one.shown]
        assert len(bens) == 1
        await slack.deliver("events_api", slack.server.event(yes))
    bens = [one for one in slack.server.seen_by("ben") if "from Ana Lima" in one.shown]
    assert len(bens) == 1


async def test_a_yes_before_a_draft_was_shown_is_none_to_it(slack: Company) -> None:
    """Both are read back; whoever said yes had not seen what there would be."""
    thread = await begin(slack, "ana", "balance")
    await go(slack)
    says(slack, "ana", f"<@{BOT}> {ASK}", thread)
    slack.clock.advance(timedelta(seconds=5))
    says(slack, "ana", "yes", thread)
    async with back(slack):
        assert slack.card("ana", "Yes").edits == 0
        # Nor when the thread is looked into again, now that the draft waits.
        await slack.slack._read_history()
        await slack.app.settled()
        assert slack.card("ana", "Yes").edits == 0
        await slack.dm("ben", "hello")
        assert not [one for one in slack.server.seen_by("ben") if "from Ana Lima" in one.shown]


async def test_a_mention_in_a_thread_that_others_began_is_found(slack: Company) -> None:
    await slack.mention("ana", "balance")
    await go(slack)
    first = says(slack, "carla", "who knows what is left?")
    says(slack, "ana", f"<@{BOT}> what is left for design?", first.ts)
    async with back(slack) as before:
        assert "Design" in slack.said_to("ana", before)


async def test_what_was_changed_afterwards_is_left(slack: Company) -> None:
    await slack.mention("ana", "balance")
    await go(slack)
    says(slack, "ana", f"<@{BOT}> open requests").is_edited = True
    count = await kept(slack)
    async with back(slack):
        assert await kept(slack) == count


async def test_a_channel_where_nobody_spoke_to_the_bot_is_not_read(slack: Company) -> None:
    slack.server.members[ELSEWHERE] = {PEOPLE["ana"], BOT}
    await slack.mention("ana", "balance")
    await go(slack)
    slack.server.says("ana", f"<@{BOT}> open requests", channel=ELSEWHERE)
    count = await kept(slack)
    async with back(slack):
        assert await kept(slack) == count
        asked = [given["channel"] for method, given in slack.server.calls if "history" in method]
        assert CHANNEL in asked
        assert ELSEWHERE not in asked


async def test_a_channel_that_the_bot_left_is_let_alone(slack: Company) -> None:
    await slack.mention("ana", "balance")
    await go(slack)
    slack.server.members[CHANNEL].discard(BOT)
    async with back(slack):
        assert (CHANNEL, "") not in slack.slack.reception.heard_among
        assert await slack.slack.find_faults() == []


async def test_an_app_of_an_old_manifest_goes_on_without_channels(slack: Company) -> None:
    """What lacks is said by `bursar doctor`; here it is no fault."""
    await slack.dm("ana", "balance")
    await slack.mention("ana", "balance")
    await go(slack)
    slack.server.scopes = "im:history,chat:write"
    says(slack, "ana", f"<@{BOT}> open requests")
    slack.server.says("ana", "open requests")
    count = await kept(slack)
    async with back(slack):
        assert await kept(slack) == count + 1
        assert await slack.slack.find_faults() == []


async def test_pages_are_read_to_their_end_at_the_pace_that_slack_sets(
    sqlite_database: Database, clock: ManualClock
) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)
        if seconds == LOOK_EVERY_S:
            await forever(seconds)

    async with company(sqlite_database, clock, is_paced=False) as slack:
        await slack.mention("ana", "balance")
        await go(slack)
        says(slack, "ana", f"<@{BOT}> what is left for design?")
        for number in range(450):
            says(slack, "carla", f"lunch {number}?")
        slack.server.faults["conversations.history"].append(
            answers(429, "ratelimited", retry_after="7")
        )
        settings = slack_settings(slack.server, "socket")
        before = len(slack.server.messages)
        again = Slack(settings, slack.app, clock, wait=wait)
        async with again.running():
            slack.slack = again
            await reconnected(slack, 1)
            assert "Design" in slack.said_to("ana", before)
        assert 7.0 in waited


async def test_a_deaf_connection_is_found_within_90_s_by_a_mention(
    sqlite_database: Database, clock: ManualClock, looks: Looks
) -> None:
    async with company(sqlite_database, clock, wait=looks.wait, is_paced=False) as slack:
        await slack.mention("ana", "balance")
        clock.advance(timedelta(seconds=5))
        server, before = slack.server, len(slack.server.sockets)
        count = len(server.messages)
        server.is_deaf = True
        says(slack, "ana", f"<@{BOT}> what is left for design?")
        for _ in range(3):
            await looks.look()
        server.is_deaf = False
        await reconnected(slack, before)
        assert "Design" in slack.said_to("ana", count)
