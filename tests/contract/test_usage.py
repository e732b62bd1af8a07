"""Usage and its sums by day and by hour."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from bot.economy.usage import CORRECTION, HourSpend, SpendCell, Usage
from bot.ids import PrincipalId, WalletId
from storage.database import Database
from storage.tables.usage import usage_hour
from tests.ledgers import ANA, BEN, OTHER, TEAM, Company, found_company

DAY = date(2026, 11, 18)
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def books(database: Database) -> Company:
    await database.write(found_company)
    return Company(database)


async def use(
    books: Company,
    usage_id: str,
    cost: int,
    *,
    wallet_id: WalletId = TEAM,
    person_id: PrincipalId = ANA,
    model: str = "small",
    on: date = DAY,
    at: datetime = NOON,
    feature: str = "chat",
) -> bool:
    usage = Usage(
        id=usage_id,
        wallet_id=wallet_id,
        principal_id=person_id,
        feature=feature,
        provider="p",
        model=model,
        tokens_in=10,
        tokens_out=3,
        cost_nanos=cost,
        price_version="1",
        at=at,
    )
    return await books.write(lambda tx: tx.usage.add(usage, on))


async def total(books: Company, from_on: date = DAY, until_on: date = DAY) -> tuple[int, int, int]:
    lines = await books.read(lambda tx: tx.usage.sum_by(None, from_on=from_on, until_on=until_on))
    return next(((x.cost_nanos, x.calls, x.tokens_in) for x in lines), (0, 0, 0))


async def test_a_call_is_summed_once(books: Company) -> None:
    assert await use(books, "a", 50)
    assert not await use(books, "a", 50)
    assert sum(await asyncio.gather(*(use(books, "b", 7) for _ in range(20)))) == 1
    assert await total(books) == (57, 2, 20)


async def test_many_calls_at_once_are_all_summed(books: Company) -> None:
    await asyncio.gather(*(use(books, f"k{index}", index) for index in range(100)))
    assert await total(books) == (4950, 100, 1000)


async def test_sums_are_by_heading_and_largest_first(books: Company) -> None:
    await use(books, "a", 50)
    await use(books, "b", 70, wallet_id=OTHER, person_id=BEN, model="large")
    await use(books, "c", 30, on=date(2026, 10, 31))
    period = {"from_on": date(2026, 10, 1), "until_on": DAY}
    expected = {
        "wallet": [(TEAM, 80), (OTHER, 70)],
        "person": [(ANA, 80), (BEN, 70)],
        "model": [("small", 80), ("large", 70)],
        "day": [("2026-10-31", 30), ("2026-11-18", 120)],
        "month": [("2026-10", 30), ("2026-11", 120)],
    }
    for grouping, lines in expected.items():
        found = await books.read(
            partial(lambda grouping, tx: tx.usage.sum_by(grouping, **period), grouping)
        )
        assert [(x.heading, x.cost_nanos) for x in found] == lines
    assert await books.read(lambda tx: tx.usage.list_models()) == ["large", "small"]


async def test_sums_are_of_some_wallets_a_person_or_a_model(books: Company) -> None:
    await use(books, "a", 50)
    await use(books, "b", 70, wallet_id=OTHER, person_id=BEN, model="large")
    for chosen, cost in (
        ({"wallet_ids": [TEAM]}, 50),
        ({"wallet_ids": [TEAM, OTHER]}, 120),
        ({"person_id": BEN}, 70),
        ({"model": "small"}, 50),
        ({"wallet_ids": []}, 0),
        ({"wallet_ids": [TEAM], "person_id": BEN}, 0),
    ):
        found = await books.read(
            partial(
                lambda chosen, tx: tx.usage.sum_by(None, from_on=DAY, until_on=DAY, **chosen),
                chosen,
            )
        )
        assert sum(x.cost_nanos for x in found) == cost


async def test_days_outside_are_left_out(books: Company) -> None:
    await use(books, "a", 50)
    assert await total(books, date(2026, 11, 1), date(2026, 11, 17)) == (0, 0, 0)
    assert await total(books, date(2026, 11, 19), date(2026, 11, 30)) == (0, 0, 0)


async def hours(
    books: Company, wallet_id: WalletId = TEAM, model: str = "small"
) -> dict[datetime, int]:
    return await books.read(
        lambda tx: tx.usage.list_hours(wallet_id, model, NOON - 24 * HOUR, NOON + 24 * HOUR)
    )


async def test_an_hour_sums_each_call_once(books: Company) -> None:
    assert await use(books, "a", 50, at=NOON + timedelta(minutes=59, microseconds=1))
    assert not await use(books, "a", 50, at=NOON)
    assert sum(await asyncio.gather(*(use(books, "b", 7) for _ in range(20)))) == 1
    assert await hours(books) == {NOON: 57}


async def test_an_hour_sums_many_calls_at_once(books: Company) -> None:
    await asyncio.gather(*(use(books, f"k{index}", index) for index in range(100)))
    assert await hours(books) == {NOON: 4950}


async def test_hours_are_of_one_wallet_and_model_and_in_order(books: Company) -> None:
    await use(books, "a", 50, at=NOON + HOUR)
    await use(books, "b", 7, at=NOON - timedelta(microseconds=1))
    await use(books, "c", 5, model="large")
    await use(books, "d", 3, wallet_id=OTHER)
    assert list((await hours(books)).items()) == [(NOON - HOUR, 7), (NOON + HOUR, 50)]
    first = await books.read(lambda tx: tx.usage.find_first_hour(TEAM, "small"))
    assert first == NOON - HOUR
    assert await books.read(lambda tx: tx.usage.find_first_hour(OTHER, "large")) is None


async def test_spend_of_an_hour_is_told_by_wallet_model_and_person(books: Company) -> None:
    await use(books, "a", 50)
    await use(books, "b", 7)
    await use(books, "c", 5, person_id=BEN, at=NOON + HOUR)
    await use(books, "d", 3, at=NOON + 2 * HOUR)
    found = await books.read(lambda tx: tx.usage.list_spent(NOON, NOON + 2 * HOUR))
    assert found == [
        HourSpend(NOON, TEAM, "small", ANA, 57),
        HourSpend(NOON + HOUR, TEAM, "small", BEN, 5),
    ]


async def test_sums_go_under_several_headings_at_once(books: Company) -> None:
    await use(books, "a", 50)
    await use(books, "b", 7, on=date(2026, 11, 17))
    await use(books, "c", 5, wallet_id=OTHER, person_id=BEN)
    first = date(2026, 11, 1)
    found = await books.read(
        lambda tx: tx.usage.sum_across(
            ("wallet", "model", "person", "day"), from_on=first, until_on=DAY
        )
    )
    assert found == [
        SpendCell((OTHER, "small", BEN, "2026-11-18"), 5, 1, 10, 3),
        SpendCell((TEAM, "small", ANA, "2026-11-17"), 7, 1, 10, 3),
        SpendCell((TEAM, "small", ANA, "2026-11-18"), 50, 1, 10, 3),
    ]
    of_other = await books.read(
        lambda tx: tx.usage.sum_across(("model",), from_on=first, until_on=DAY, wallet_ids=[OTHER])
    )
    assert [(cell.headings, cell.cost_nanos) for cell in of_other] == [(("small",), 5)]


async def test_what_a_bill_corrected_was_spent_at_no_hour(books: Company) -> None:
    assert await use(books, "a", 50)
    assert await use(books, "b", 9, feature=CORRECTION)
    assert await total(books) == (59, 1, 20)
    assert await hours(books) == {NOON: 50}
    rows = await books.read(lambda tx: tx.connection.rows(select(usage_hour.c.calls)))
    assert [row[0] for row in rows] == [1]
