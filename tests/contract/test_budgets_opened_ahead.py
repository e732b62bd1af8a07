"""Budgets that a clock which was ahead has opened: what changes a limit changes them too."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.clock import ManualClock
from bot.economy import limit_changes
from bot.economy.periods import Span
from bot.economy.wallets import TemporaryRaise
from bot.errors.money import InsufficientFunds
from bot.ids import new_id
from storage.database import Database
from tests.ledgers import TEAM, Company, found_company

# The last minutes of a day, a week and a month at once; ten minutes on it is another of each.
LATE: Final = datetime(2027, 1, 31, 23, 55, tzinfo=UTC)
STEP: Final = timedelta(minutes=10)
SPANS: Final = ("day", "week", "month")


@pytest.fixture
async def books(database: Database, clock: ManualClock) -> AsyncIterator[Company]:
    """A company whose team has 100 in each window; every test ends with sound books."""
    clock.set(LATE)
    await database.write(found_company)
    made = Company(database)
    for span in SPANS:
        await made.limit(TEAM, 100, span)
    yield made
    await made.assert_sound()


async def go_ahead_and_back(books: Company, clock: ManualClock) -> None:
    """Spend by a clock that is ten minutes ahead, and set it right."""
    clock.step(STEP)
    await books.spend(TEAM, 10)
    clock.step(-STEP)


async def raise_until(books: Company, until_at: datetime) -> TemporaryRaise:
    made = await books.write(
        lambda tx: limit_changes.raise_limit(
            tx, TEAM, 50, until_at=until_at, key=new_id(), actor="x"
        )
    )
    assert made is not None
    return made


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("amount", [40, 250])
async def test_a_limit_set_after_the_clock_went_back_counts_when_the_period_comes(
    books: Company, clock: ManualClock, span: Span, amount: int
) -> None:
    await go_ahead_and_back(books, clock)
    await books.limit(TEAM, amount, span)
    assert await books.figures(TEAM, span) == (amount, 0, 0, amount)
    clock.step(STEP)
    assert await books.figures(TEAM, span) == (amount, 10, 0, amount - 10)


async def test_a_limit_that_was_taken_away_and_set_anew_counts_once(
    books: Company, clock: ManualClock
) -> None:
    await go_ahead_and_back(books, clock)
    await books.limit(TEAM, None, "day")
    await books.limit(TEAM, 70, "day")
    await books.limit(TEAM, 60, "day")
    clock.step(STEP)
    assert await books.figures(TEAM, "day") == (60, 10, 0, 50)
    with pytest.raises(InsufficientFunds):
        await books.hold(TEAM, 51, "k")


async def test_the_same_change_twice_counts_once(books: Company, clock: ManualClock) -> None:
    await go_ahead_and_back(books, clock)
    for _ in range(2):
        await books.limit(TEAM, 40, "day", key="same")
    clock.step(STEP)
    assert await books.figures(TEAM, "day") == (40, 10, 0, 30)


async def test_many_changes_at_once_leave_both_periods_alike(
    books: Company, clock: ManualClock
) -> None:
    await go_ahead_and_back(books, clock)
    await asyncio.gather(
        *(books.limit(TEAM, 200 + number, "day") for number in range(8)), return_exceptions=True
    )
    limit, *_ = await books.figures(TEAM, "day")
    assert limit in range(200, 208)
    clock.step(STEP)
    assert await books.figures(TEAM, "day") == (limit, 10, 0, limit - 10)


async def test_a_raise_reaches_what_was_opened_ahead_and_ends_there(
    books: Company, clock: ManualClock
) -> None:
    await go_ahead_and_back(books, clock)
    await raise_until(books, LATE + timedelta(days=2))
    clock.step(STEP)
    assert await books.figures(TEAM) == (150, 10, 0, 140)
    clock.step(timedelta(days=2))
    assert await books.figures(TEAM) == (100, 10, 0, 90)


async def test_a_raise_that_ends_early_ends_in_what_was_opened_ahead(
    books: Company, clock: ManualClock
) -> None:
    made = await raise_until(books, LATE + timedelta(days=2))
    await go_ahead_and_back(books, clock)
    await books.write(lambda tx: limit_changes.end_raise(tx, made.id, key="end", actor="x"))
    assert await books.figures(TEAM) == (100, 0, 0, 100)
    clock.step(STEP)
    assert await books.figures(TEAM) == (100, 10, 0, 90)
    clock.step(timedelta(days=2))
    assert await books.figures(TEAM) == (100, 10, 0, 90)


async def test_what_is_past_keeps_the_limit_that_it_had(
    books: Company, clock: ManualClock
) -> None:
    await books.spend(TEAM, 10)
    clock.step(STEP)
    await books.limit(TEAM, 40, "day")
    clock.step(-STEP)
    assert await books.figures(TEAM, "day") == (100, 10, 0, 90)
