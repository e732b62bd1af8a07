"""Quotas: so many uses in a span, in units of their own."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import ManualClock
from bot.economy.ledger import Unit
from bot.economy.periods import period_at, short_window
from bot.economy.quotas import Quota, admit
from bot.errors.plans import QuotaExceeded
from bot.ids import new_id
from storage.database import Database
from tests.ledgers import TEAM, Company, found_company

UTC = ZoneInfo("UTC")


@pytest.fixture
async def books(database: Database) -> AsyncIterator[Company]:
    await database.write(found_company)
    made = Company(database)
    yield made
    await made.assert_sound()


async def use(
    books: Company,
    clock: ManualClock,
    count: int = 1,
    *,
    unit: Unit = "reads",
    limit: int = 10,
    key: str = "",
) -> None:
    quota = Quota("ana", unit, period_at("day", clock.now(), UTC), limit)
    await books.write(lambda tx: admit(tx, quota, count, key=key or new_id()))


async def test_uses_are_counted_up_to_the_limit(books: Company, clock: ManualClock) -> None:
    await use(books, clock, 7)
    await use(books, clock, 3)
    with pytest.raises(QuotaExceeded) as caught:
        await use(books, clock)
    assert caught.value.facts == {
        "unit": "reads",
        "limit": 10,
        "period": "day:2026-11-18",
        "asked": 1,
        "left": 0,
        "opens_at": "2026-11-19T00:00:00+00:00",
        "plan": None,
    }


async def test_a_use_too_large_counts_nothing(books: Company, clock: ManualClock) -> None:
    with pytest.raises(QuotaExceeded):
        await use(books, clock, 11)
    await use(books, clock, 10)


async def test_a_repeated_use_counts_once(books: Company, clock: ManualClock) -> None:
    for _ in range(3):
        await use(books, clock, 6, key="k")
    await asyncio.gather(*(use(books, clock, 6, key="k") for _ in range(20)))
    await use(books, clock, 4)


async def test_a_use_repeated_in_the_next_period_counts_in_the_first(
    books: Company, clock: ManualClock
) -> None:
    await use(books, clock, 6, key="k")
    clock.advance(timedelta(days=1))
    await use(books, clock, 6, key="k")
    await use(books, clock, 10)


async def test_exactly_the_limit_is_admitted_from_many_tasks(
    books: Company, clock: ManualClock
) -> None:
    answers = await asyncio.gather(
        *(use(books, clock, limit=37) for _ in range(100)), return_exceptions=True
    )
    assert sum(x is None for x in answers) == 37
    assert sum(isinstance(x, QuotaExceeded) for x in answers) == 63


async def test_units_and_owners_are_counted_apart(books: Company, clock: ManualClock) -> None:
    await use(books, clock, 10)
    await use(books, clock, 10, unit="tokens")
    ben = Quota("ben", "reads", period_at("day", clock.now(), UTC), 10)
    await books.write(lambda tx: admit(tx, ben, 10, key="b"))
    await books.limit(TEAM, 5)
    await books.spend(TEAM, 5)


async def test_a_quota_of_none_refuses_everything(books: Company, clock: ManualClock) -> None:
    with pytest.raises(QuotaExceeded):
        await use(books, clock, limit=0)


async def test_a_short_window_begins_anew(books: Company, clock: ManualClock) -> None:
    async def write_once() -> None:
        quota = Quota("ana", "writes", short_window(10, clock.now()), 2)
        await books.write(lambda tx: admit(tx, quota, 1, key=new_id()))

    for _ in range(2):
        await write_once()
        await write_once()
        with pytest.raises(QuotaExceeded):
            await write_once()
        clock.advance(timedelta(minutes=10))
