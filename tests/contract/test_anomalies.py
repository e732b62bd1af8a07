"""Unusual hours in a database: found, and told once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.economy.money import NANOS_PER_USD
from bot.economy.usage import Usage
from bot.ids import PrincipalId, WalletId
from bot.reports.anomalies import Anomaly, find_anomalies, list_unusual
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import ANA, BEN, OTHER, TEAM, Company, found_company

USD = NANOS_PER_USD
HOUR = timedelta(hours=1)
# Half past ten on a Wednesday.
NOW = datetime(2026, 11, 18, 10, 30, tzinfo=UTC)
TEN = datetime(2026, 11, 18, 10, tzinfo=UTC)


@pytest.fixture
async def books(database: Database) -> Company:
    """Three weeks of $20 an hour, from 8 to 18 on working days, and nothing today."""
    await database.write(found_company)
    made = Company(database)
    hours = [
        TEN - timedelta(days=days) + (hour - 10) * HOUR
        for days in range(1, 22)
        for hour in range(8, 18)
        if (TEN - timedelta(days=days)).weekday() < 5
    ]

    def spend(tx: SqlTx) -> None:
        for at in hours:
            add(tx, f"u{at:%m%d%H}", at, 20 * USD)

    await made.write(spend)
    return made


def add(
    tx: SqlTx,
    key: str,
    at: datetime,
    cost: int,
    *,
    wallet_id: WalletId = TEAM,
    model: str = "large",
    person_id: PrincipalId = ANA,
) -> None:
    usage = Usage(key, wallet_id, person_id, "chat", "p", model, 1, 1, cost, "1", at)
    tx.usage.add(usage, at.date())


async def find(books: Company, at: datetime = NOW) -> list[Anomaly]:
    return await books.write(lambda tx: find_anomalies(tx, at))


async def test_what_is_unusual_is_told_in_numbers(books: Company) -> None:
    def spend(tx: SqlTx) -> None:
        add(tx, "a", TEN - HOUR, 300 * USD, person_id=BEN)
        add(tx, "b", TEN, 100 * USD)
        add(tx, "c", TEN + timedelta(minutes=20), 50 * USD, person_id=BEN)

    await books.write(spend)
    assert await find(books) == [
        Anomaly(
            wallet_id=TEAM,
            model="large",
            day=NOW.date(),
            hour_at=TEN,
            spent_nanos=150 * USD,
            low_nanos=20 * USD,
            high_nanos=20 * USD,
            basis="same_hours",
            since_at=TEN - HOUR,
            since_nanos=450 * USD,
            person_id=BEN,
            person_nanos=350 * USD,
        )
    ]


async def test_an_hour_that_just_ended_is_looked_at_too(books: Company) -> None:
    await books.write(lambda tx: add(tx, "a", TEN - HOUR, 300 * USD))
    (found,) = await find(books)
    assert (found.hour_at, found.since_at) == (TEN - HOUR, TEN - HOUR)
    assert await find(books, NOW + 2 * HOUR) == []


async def test_usual_hours_are_not_told(books: Company) -> None:
    await books.write(lambda tx: add(tx, "a", TEN, 30 * USD))
    assert await find(books) == []


async def test_a_new_model_is_not_unusual_for_seven_days(books: Company) -> None:
    def spend(tx: SqlTx) -> None:
        add(tx, "a", TEN, 900 * USD, model="new")
        add(tx, "b", TEN, 900 * USD, wallet_id=OTHER)

    await books.write(spend)
    assert await find(books) == []


async def test_what_slept_for_months_and_wakes_is_told(books: Company) -> None:
    def spend(tx: SqlTx) -> None:
        for days in range(100, 130):
            add(tx, f"a{days}", TEN - timedelta(days=days), 20 * USD, wallet_id=OTHER)
        add(tx, "b", TEN, 90 * USD, wallet_id=OTHER)

    await books.write(spend)
    (found,) = await find(books)
    assert (found.wallet_id, found.low_nanos, found.high_nanos) == (OTHER, 0, 0)


async def test_an_anomaly_is_told_once_a_day(books: Company) -> None:
    await books.write(lambda tx: add(tx, "a", TEN, 300 * USD))
    assert len(await find(books)) == 1
    assert await find(books) == []
    await books.write(lambda tx: add(tx, "b", TEN + HOUR, 900 * USD))
    assert await find(books, NOW + HOUR) == []
    assert [one.hour_at for one in await books.read(lambda tx: list_unusual(tx, NOW + HOUR))] == [
        TEN + HOUR
    ]
    kept = await books.read(lambda tx: tx.anomalies.list_since(NOW.date()))
    assert [(one.hour_at, one.spent_nanos) for one in kept] == [(TEN, 300 * USD)]


async def test_another_model_and_another_day_are_told_anew(books: Company) -> None:
    def spend(tx: SqlTx) -> None:
        for days in range(1, 15):
            add(tx, f"a{days}", TEN - timedelta(days=days), 20 * USD, model="small")
        add(tx, "b", TEN, 300 * USD)
        add(tx, "c", TEN, 200 * USD, model="small")
        add(tx, "d", TEN + timedelta(days=1), 400 * USD)

    await books.write(spend)
    assert [one.model for one in await find(books)] == ["large", "small"]
    (found,) = await find(books, NOW + timedelta(days=1))
    assert found.spent_nanos == 400 * USD


async def test_of_many_that_look_at_once_one_tells(books: Company) -> None:
    await books.write(lambda tx: add(tx, "a", TEN, 300 * USD))
    found = await asyncio.gather(*(find(books) for _ in range(16)))
    assert sum(len(one) for one in found) == 1


async def test_what_was_claimed_in_a_transaction_that_failed_is_told_by_the_next(
    books: Company,
) -> None:
    await books.write(lambda tx: add(tx, "a", TEN, 300 * USD))

    def fail(tx: SqlTx) -> None:
        assert find_anomalies(tx, NOW)
        raise LookupError("the message could not be written")

    with pytest.raises(LookupError):
        await books.write(fail)
    assert len(await find(books)) == 1
