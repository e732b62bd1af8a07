"""The owner's code: it is theirs, counts once, and needs a company."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.errors.kinds import InvalidInput
from bot.operations.owner_link import issue_owner_link, tell_owner_link
from bot.settings.model import Settings, load_settings
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, make_company


@pytest.fixture
def settings(sqlite_path: Path) -> Settings:
    return load_settings(database={"url": f"sqlite:///{sqlite_path}"})


async def write(settings: Settings, clock: ManualClock, fn: object) -> object:
    database = await open_database(settings.database.url.get_secret_value(), clock)
    try:
        return await database.write(fn, tenant=ACME)  # type: ignore[arg-type]  # a function of a tx
    finally:
        await database.close()


def test_without_a_company_there_is_no_owner(settings: Settings, clock: ManualClock) -> None:
    with pytest.raises(InvalidInput, match="no company"):
        issue_owner_link(settings, clock)


def test_the_code_is_the_owners_and_counts_once(settings: Settings, clock: ManualClock) -> None:
    asyncio.run(write(settings, clock, make_company))
    told: list[str] = []
    tell_owner_link(settings, clock, told.append)
    assert told[0].startswith("Elena Vega writes this")
    token = told[0].split("/link ")[1].splitlines()[0]

    def redeem(tx: SqlTx) -> object:
        link = tx.links.redeem(token, "slack", "T1", "U1", "Elena")
        return None if link is None else link.person_id

    assert asyncio.run(write(settings, clock, redeem)) == "elena"
    assert asyncio.run(write(settings, clock, redeem)) is None


def test_the_code_ends_by_itself(settings: Settings, clock: ManualClock) -> None:
    asyncio.run(write(settings, clock, make_company))
    _, token = issue_owner_link(settings, clock)
    clock.advance(timedelta(minutes=10))

    def redeem(tx: SqlTx) -> object:
        return tx.links.redeem(token, "slack", "T1", "U1", "Elena")

    assert asyncio.run(write(settings, clock, redeem)) is None
