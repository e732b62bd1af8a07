"""A use that is counted and money that is set aside in one step: all of it or none."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.clock import ManualClock
from bot.economy import spending
from bot.economy.ledger import Movement
from bot.economy.periods import period_at
from bot.economy.quotas import Quota, count_use, use_of
from bot.errors.kinds import Refused
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import BEN, LIFE, ORG, TEAM, Company, found_company

CALLS = 7
LIMIT = 100


@pytest.fixture
async def books(database: Database) -> AsyncIterator[Company]:
    await database.write(found_company)
    made = Company(database)
    await made.limit(ORG, LIMIT)
    await made.limit(TEAM, LIMIT)
    yield made
    await made.assert_sound()


def quota_at(now: datetime) -> Quota:
    return Quota(BEN, "requests", period_at("day", now, now.tzinfo), CALLS)  # type: ignore[arg-type]  # aware


def parts(tx: SqlTx, amount: int, key: str) -> tuple[Movement, tuple[Movement, ...]]:
    use = use_of(tx, quota_at(tx.now), 1, key=f"{key}:call")
    return use, spending.hold_of(tx, TEAM, amount, key=key, actor="test", life=LIFE)


async def take(books: Company, amount: int, key: str) -> bool:
    """Try it in one step; True where that was possible."""

    def write(tx: SqlTx) -> bool:
        use, holds = parts(tx, amount, key)
        return tx.ledger.take_together([use], holds)

    return await books.write(write)


async def take_somehow(books: Company, amount: int, key: str) -> None:
    """Do as whoever asks for it does: one after the other where it is not possible at once."""

    def write(tx: SqlTx) -> None:
        use, holds = parts(tx, amount, key)
        if not tx.ledger.take_together([use], holds):
            count_use(tx, quota_at(tx.now), use)
            for each in holds:
                spending.set_aside(tx, each)

    await books.write(write)


async def calls(books: Company) -> int:
    def count(tx: SqlTx) -> int:
        account = tx.ledger.find_account(quota_at(tx.now).account)
        return 0 if account is None else account.dr

    return await books.read(count)


async def held(books: Company) -> tuple[int, int]:
    return (await books.figures(ORG))[2], (await books.figures(TEAM))[2]


async def test_it_is_done_in_one_step_where_there_is_one_writer(books: Company) -> None:
    is_together = books.database.is_exclusive
    assert await take(books, 60, "a") is is_together
    assert await held(books) == ((60, 60) if is_together else (0, 0))
    assert await calls(books) == int(is_together)


async def test_what_is_done_twice_counts_once(books: Company) -> None:
    for _ in range(3):
        await take_somehow(books, 60, "a")
    assert await take(books, 60, "a") is False
    assert (await held(books), await calls(books)) == ((60, 60), 1)


@pytest.mark.parametrize("lacking", ["calls", "team", "organisation"])
async def test_where_one_part_is_not_to_be_had_none_is_taken(books: Company, lacking: str) -> None:
    if lacking == "calls":
        for number in range(CALLS):
            await take_somehow(books, 1, f"k{number}")
    else:
        await books.limit(TEAM if lacking == "team" else ORG, 30)
    before = await held(books), await calls(books)
    assert await take(books, 60, "a") is False
    assert (await held(books), await calls(books)) == before
    with pytest.raises(Refused) as caught:
        await take_somehow(books, 60, "a")
    assert caught.value.code == ("quota_exceeded" if lacking == "calls" else "insufficient_funds")
    assert (await held(books), await calls(books)) == before


@pytest.mark.parametrize(("amount", "fit"), [(1, CALLS), (30, 3)])
async def test_exactly_what_there_is_is_taken_from_many_tasks(
    books: Company, amount: int, fit: int
) -> None:
    answers = await asyncio.gather(
        *(take_somehow(books, amount, f"k{number}") for number in range(40)),
        return_exceptions=True,
    )
    assert sum(one is None for one in answers) == fit
    assert all(one is None or isinstance(one, Refused) for one in answers)
    assert (await held(books), await calls(books)) == ((fit * amount, fit * amount), fit)


async def test_a_part_that_was_done_before_leaves_the_rest_to_single_steps(
    books: Company, clock: ManualClock
) -> None:
    await books.write(lambda tx: count_use(tx, quota_at(tx.now), parts(tx, 60, "a")[0]))
    assert await take(books, 60, "a") is False
    await take_somehow(books, 60, "a")
    assert (await held(books), await calls(books)) == ((60, 60), 1)


async def test_holds_of_a_group_end_together_and_once(books: Company) -> None:
    await take_somehow(books, 60, "a")
    await books.settle(TEAM, 45, "a")
    assert await held(books) == (0, 0)
    assert [(await books.figures(each))[1] for each in (ORG, TEAM)] == [45, 45]
    answers = await asyncio.gather(
        *(books.settle(TEAM, 45, "a") for _ in range(8)), return_exceptions=True
    )
    assert {getattr(one, "code", "") for one in answers} == {"hold_resolved"}
    await take_somehow(books, 50, "b")
    answers = await asyncio.gather(
        *(books.settle(TEAM, 45, "b") for _ in range(8)), return_exceptions=True
    )
    assert sum(isinstance(one, spending.Settled) for one in answers) == 1
    assert [(await books.figures(each))[1] for each in (ORG, TEAM)] == [90, 90]
