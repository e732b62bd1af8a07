"""Whole conversations in Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.conftest import START
from tests.platforms.slack_company import Company, Mode, company
from tests.platforms.slack_server import SteppingClock


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(START)


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> Mode:
    found: Mode = request.param
    return found


@pytest.fixture
async def slack(database: Database, clock: SteppingClock, mode: Mode) -> AsyncIterator[Company]:
    async with company(database, clock, mode=mode) as made:
        yield made


async def test_a_direct_message_is_answered_there(slack: Company) -> None:
    text = await slack.dm("ana", "balance")
    assert "Design has spent $0.00 of $500.00" in text
    assert [message.channel for message in slack.server.seen_by("ana")] == ["DU01ANA"]
