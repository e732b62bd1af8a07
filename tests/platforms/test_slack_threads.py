"""In a thread of a channel what somebody says without a mention answers what waits for them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.statements import Statement
from storage.tables.messages import inbox
from storage.transaction import SqlTx
from tests.conftest import START
from tests.platforms.slack_company import Company, company
from tests.platforms.slack_server import BOT, CHANNEL, PEOPLE, SteppingClock

COUNT = Statement(select(func.count()).select_from(inbox))
ASK = "ask for 200 more for design until the end of the month"


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(START)


@pytest.fixture
async def slack(database: Database, clock: SteppingClock) -> AsyncIterator[Company]:
    async with company(database, clock) as made:
        yield made


async def begin(slack: Company, handle: str, text: str) -> str:
    """Mention the bot in the channel; return the thread that this began."""
    count = len(slack.server.messages)
    await slack.mention(handle, text)
    return slack.server.messages[count].ts


async def reply(slack: Company, handle: str, text: str, thread: str) -> str:
    """Say something in a thread without naming the bot; return what it answers."""
    before = len(slack.server.messages) + 1
    said = slack.server.says(handle, text, channel=CHANNEL, thread=thread)
    await slack.deliver("events_api", slack.server.event(said))
    return slack.said_to(handle, before)


async def kept(slack: Company) -> int:
    def count(tx: SqlTx) -> int:
        row = tx.connection.row(COUNT)
        return 0 if row is None else row[0]

    return await slack.database.read(count)


async def test_a_question_is_answered_and_a_draft_changed_and_confirmed(slack: Company) -> None:
    await slack.dm("ben", "hello")
    thread = await begin(slack, "ana", "ask for more budget for design")
    assert "ask for $150.00 for Design" in await reply(slack, "ana", "150", thread)
    assert "$250.00" in await reply(slack, "ana", "make it 250", thread)
    assert "Ben Ortiz" in await reply(slack, "ana", "yes", thread)
    assert "from Ana Lima: $250.00 for Design" in slack.card("ben", "Yes").shown
    shown = [one for one in slack.server.seen_by("ana") if one.channel == CHANNEL]
    assert {(one.thread, one.seen_by) for one in shown} == {(thread, PEOPLE["ana"])}


async def test_what_waits_for_nobody_stays_unread(slack: Company) -> None:
    thread = await begin(slack, "ana", ASK)
    other = await begin(slack, "ana", "balance")
    count = await kept(slack)
    # Somebody else's words, a thread where nothing waits, one that the bot is not in, none.
    assert await reply(slack, "carla", "yes", thread) == ""
    assert await reply(slack, "ana", "yes", other) == ""
    assert await reply(slack, "ana", "yes", "1794000000.000001") == ""
    assert await reply(slack, "ana", "yes", "") == ""
    # To somebody else, whoever else is named beside them.
    assert await reply(slack, "ana", f"<@{PEOPLE['carla']}> yes", thread) == ""
    assert await reply(slack, "ana", "<!here> yes", thread) == ""
    assert await reply(slack, "ana", "yes <!subteam^S1|@design>", thread) == ""
    assert await kept(slack) == count
    assert slack.card("ana", "Yes").edits == 0


async def test_a_draft_that_is_over_is_answered_no_more(
    slack: Company, clock: SteppingClock
) -> None:
    thread = await begin(slack, "ana", ASK)
    await slack.press("ana", "No")
    count = await kept(slack)
    assert await reply(slack, "ana", "yes", thread) == ""
    late = await begin(slack, "ana", ASK)
    clock.advance(timedelta(minutes=16))
    assert await reply(slack, "ana", "yes", late) == ""
    assert await kept(slack) == count + 1


async def test_a_reply_that_names_the_bot_comes_twice_and_counts_once(slack: Company) -> None:
    await slack.dm("ben", "hello")
    thread = await begin(slack, "ana", ASK)
    said = slack.server.says("ana", f"<@{BOT}> yes", channel=CHANNEL, thread=thread)
    for kind in ("message", "app_mention") * 5:
        await slack.deliver("events_api", slack.server.event(said, kind))
    bens = [one for one in slack.server.seen_by("ben") if "from Ana Lima" in one.shown]
    assert len(bens) == 1


async def test_a_reply_that_is_repeated_counts_once(slack: Company) -> None:
    await slack.dm("ben", "hello")
    thread = await begin(slack, "ana", ASK)
    said = slack.server.says("ana", "yes", channel=CHANNEL, thread=thread)
    for attempt in range(5):
        await slack.deliver("events_api", slack.server.event(said), attempt=attempt)
    bens = [one for one in slack.server.seen_by("ben") if "from Ana Lima" in one.shown]
    assert len(bens) == 1


async def test_a_reply_that_was_changed_causes_nothing(slack: Company) -> None:
    thread = await begin(slack, "ana", ASK)
    said = slack.server.says("ana", "yes", channel=CHANNEL, thread=thread)
    edited = slack.server.event(said, edited={"user": PEOPLE["ana"], "ts": "1.1"})
    await slack.deliver("events_api", edited)
    assert slack.card("ana", "Yes").edits == 0
