"""Corrections by a provider's bill: once, twice, many at once; ledger and usage say the same."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.bills.imports import BillImport
from bot.bills.lines import Bill, BillLine
from bot.bills.posting import AlreadyCorrected, UsageChanged, post
from bot.bills.variance import correct, count
from bot.clock import ManualClock
from bot.economy import budgets
from bot.economy.budgets import sink_key
from bot.economy.ledger import AccountKey
from bot.economy.periods import period_at
from bot.economy.usage import Usage
from bot.ids import PrincipalId
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import ANA, ORG, OTHER, PROJECT, TEAM, Company, found_company

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 30)
USED_AT = datetime(2026, 10, 20, 12, tzinfo=UTC)
BOSS = PrincipalId("acme-ana")


@pytest.fixture
async def books(database: Database, clock: ManualClock) -> Company:
    """A company that used gpt-5 in October for 300: the project 200, the other team 100."""
    await database.write(found_company)
    company = Company(database)
    today = clock.now()
    clock.set(USED_AT)
    for wallet_id in (ORG, TEAM, PROJECT, OTHER):
        await company.limit(wallet_id, 1000)
    for wallet_id, cost in ((PROJECT, 200), (OTHER, 100)):
        await company.spend(wallet_id, cost, key=f"call:{wallet_id}")
        await company.write(
            lambda tx, wallet_id=wallet_id, cost=cost: tx.usage.add(  # type: ignore[misc]  # default arguments
                Usage(
                    id=f"call:{wallet_id}",
                    wallet_id=wallet_id,
                    principal_id=ANA,
                    feature="chat",
                    provider="openai",
                    model="gpt-5",
                    tokens_in=10,
                    tokens_out=3,
                    cost_nanos=cost,
                    price_version="1",
                    at=USED_AT,
                ),
                USED_AT.date(),
            )
        )
    clock.set(today)
    return company


def bill_of(cost: int, bill_id: str = "one") -> Bill:
    return Bill(
        bill_id, "openai", (BillLine(USED_AT.date(), "gpt-5-2025-08-07", None, None, cost),)
    )


def keep(tx: SqlTx, bill: Bill, ref: str) -> BillImport:
    counted = count(tx.charges, bill.provider, bill.from_on, bill.until_on)
    found = tuple(correct(bill, counted, ORG))
    return tx.bills.keep(
        BillImport(bill.id, ref, bill.provider, bill.from_on, bill.until_on, found)
    )


async def kept(books: Company, cost: int, bill_id: str = "one", ref: str = "7K2M") -> BillImport:
    return await books.write(lambda tx: keep(tx, bill_of(cost, bill_id), ref))


async def posted(books: Company, found: BillImport) -> int:
    return await books.write(lambda tx: post(tx, found, actor=BOSS))


async def spent(books: Company) -> dict[str, int]:
    """Return what the ledger and the usage say was spent in October, in all and by wallet."""

    def look(tx: SqlTx) -> dict[str, int]:
        period = period_at("month", USED_AT, tx.zone)
        found = {}
        for wallet_id in (ORG, TEAM, PROJECT, OTHER):
            sink = tx.ledger.find_account(sink_key(wallet_id, period))
            found[str(wallet_id)] = 0 if sink is None else sink.cr - sink.dr
        days: Any = {"from_on": OCTOBER, "until_on": date(2026, 10, 31)}
        found["usage"] = sum(x.cost_nanos for x in tx.usage.sum_by("wallet", **days))
        return found

    await books.assert_sound()
    return await books.read(look)


def all_at(total: int, project: int, other: int) -> dict[str, int]:
    return {
        str(ORG): total,
        str(TEAM): project,
        str(PROJECT): project,
        str(OTHER): other,
        "usage": total,
    }


async def test_a_correction_makes_usage_and_ledger_what_was_charged(books: Company) -> None:
    assert await spent(books) == all_at(300, 200, 100)
    assert await posted(books, await kept(books, 330)) == 2
    assert await spent(books) == all_at(330, 220, 110)
    # What is no call is counted as none, and nobody's.
    lines = await books.read(
        lambda tx: tx.usage.sum_by("person", from_on=OCTOBER, until_on=NOVEMBER)
    )
    assert [(x.heading, x.cost_nanos, x.calls) for x in lines] == [
        (ANA, 300, 2),
        ("bursar", 30, 0),
    ]


async def test_what_was_charged_less_comes_back_as_budget_of_its_month(
    books: Company, clock: ManualClock
) -> None:
    await posted(books, await kept(books, 270))
    assert await spent(books) == all_at(270, 180, 90)
    clock.set(USED_AT)
    limit, used, _, free = await books.figures(PROJECT)
    assert (limit, used, free) == (1020, 200, 820)


async def test_this_month_is_left_alone(books: Company) -> None:
    before = await books.figures(ORG)
    await posted(books, await kept(books, 999))
    assert await books.figures(ORG) == before


async def test_a_correction_beyond_the_budget_is_an_overrun_and_not_lost(books: Company) -> None:
    await posted(books, await kept(books, 3300))
    found = await spent(books)
    assert (found[str(ORG)], found["usage"]) == (3300, 3300)

    def overrun(tx: SqlTx) -> int:
        period = period_at("month", USED_AT, tx.zone)
        account = tx.ledger.find_account(AccountKey("overrun", ORG, budgets.UNIT, period.key))
        return 0 if account is None else account.dr

    assert await books.read(overrun) > 0


async def test_the_same_twice_is_posted_once(books: Company) -> None:
    found = await kept(books, 330)
    await posted(books, found)
    with pytest.raises(AlreadyCorrected):
        await posted(books, found)
    # The same file again finds it done.
    again = await kept(books, 330, ref="8AAA")
    assert (again.ref, again.state) == ("7K2M", "corrected")
    with pytest.raises(AlreadyCorrected):
        await posted(books, again)
    assert await spent(books) == all_at(330, 220, 110)


async def test_of_many_at_once_one_posts(books: Company) -> None:
    found = await kept(books, 330)
    done = await asyncio.gather(*(posted(books, found) for _ in range(8)), return_exceptions=True)
    assert [one for one in done if not isinstance(one, BaseException)] == [2]
    assert sum(isinstance(one, AlreadyCorrected) for one in done) == 7
    assert await spent(books) == all_at(330, 220, 110)


async def test_of_many_files_of_the_same_days_at_once_one_posts(books: Company) -> None:
    some = [await kept(books, 330, f"file{number}", f"{number}AAA") for number in range(2, 8)]
    done = await asyncio.gather(*(posted(books, one) for one in some), return_exceptions=True)
    assert [one for one in done if not isinstance(one, BaseException)] == [2]
    assert sum(isinstance(one, UsageChanged) for one in done) == 5
    assert await spent(books) == all_at(330, 220, 110)


# What the provider charges for each day; the days of a bill, and of another after it.
TRUTH = {date(2026, 10, day): cost for day, cost in ((5, 110), (19, 220), (20, 330), (28, 7))}
BILLS = [((1, 31), (1, 19)), ((1, 19), (1, 31)), ((1, 20), (19, 31)), ((20, 20), (5, 28))]


@pytest.fixture
async def daily(books: Company, clock: ManualClock) -> Company:
    """The same company, which also used gpt-5 on the 5th and the 19th."""
    today = clock.now()
    for day, wallet_id, cost in ((5, OTHER, 100), (19, PROJECT, 200)):
        at = USED_AT.replace(day=day)
        clock.set(at)
        await books.spend(wallet_id, cost, key=f"call:{day}")
        usage = Usage(
            f"call:{day}", wallet_id, ANA, "chat", "openai", "gpt-5", 10, 3, cost, "1", at
        )
        await books.write(lambda tx, usage=usage: tx.usage.add(usage, usage.at.date()))  # type: ignore[misc]  # a default argument
    clock.set(today)
    return books


def bill_of_days(first: int, last: int) -> Bill:
    lines = tuple(
        BillLine(on, "gpt-5", None, None, cost)
        for on, cost in TRUTH.items()
        if first <= on.day <= last
    )
    return Bill(f"{first}-{last}", "openai", lines)


async def by_day(books: Company) -> Counter[date]:
    found = await books.read(lambda tx: tx.usage.sum_by("day", from_on=OCTOBER, until_on=NOVEMBER))
    return Counter({date.fromisoformat(one.heading): one.cost_nanos for one in found})


@pytest.mark.parametrize(("first", "second"), BILLS)
async def test_bills_of_some_of_the_same_days_correct_each_day_once(
    daily: Company, first: tuple[int, int], second: tuple[int, int]
) -> None:
    for number, days in enumerate((first, second, first, second)):
        bill = Bill(f"{number}", "openai", bill_of_days(*days).lines)
        before = await by_day(daily)
        found = await daily.write(lambda tx, bill=bill, n=number: keep(tx, bill, f"{n}AAA"))  # type: ignore[misc]  # default arguments
        assert bool(found.corrections) == any(x.cost_nanos != before[x.on] for x in bill.lines)
        await posted(daily, found)
    whole = {day for span in (first, second) for day in range(span[0], span[1] + 1)}
    wanted = {on: cost for on, cost in TRUTH.items() if on.day in whole}
    assert await by_day(daily) == {
        date(2026, 10, 5): 100,
        date(2026, 10, 19): 200,
        date(2026, 10, 20): 300,
        **wanted,
    }
    found_in_all = await spent(daily)
    assert found_in_all[str(ORG)] == found_in_all["usage"] == sum((await by_day(daily)).values())


@pytest.mark.parametrize(("first", "second"), BILLS)
async def test_of_two_open_imports_of_some_of_the_same_days_one_posts(
    daily: Company, first: tuple[int, int], second: tuple[int, int]
) -> None:
    some = []
    for number, days in enumerate((first, second)):
        bill = bill_of_days(*days)
        some.append(await daily.write(lambda tx, bill=bill, n=number: keep(tx, bill, f"{n}AAA")))  # type: ignore[misc]  # default arguments
    done = await asyncio.gather(*(posted(daily, one) for one in some), return_exceptions=True)
    assert sum(isinstance(one, UsageChanged) for one in done) == 1
    assert sum(isinstance(one, int) for one in done) == 1
    found = await spent(daily)
    assert found[str(ORG)] == found["usage"]


async def test_usage_that_came_later_is_not_corrected_by_what_was_seen_before(
    books: Company,
) -> None:
    early, late = await kept(books, 330), await kept(books, 340, "later", "8AAA")
    await posted(books, late)
    with pytest.raises(UsageChanged):
        await posted(books, early)
    assert await spent(books) == all_at(340, 227, 113)
    # Imported again it says what is left: the file is of less than is counted now.
    again = await kept(books, 330)
    assert (again.ref, again.state, again.ours_nanos) == ("7K2M", "open", 340)
    await posted(books, again)
    assert (await spent(books))["usage"] == 330


async def test_what_fails_half_way_leaves_nothing(
    books: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await kept(books, 330)

    def post_and_fail(tx: SqlTx) -> None:
        post(tx, found, actor=BOSS)
        raise ValueError("odd")

    with pytest.raises(ValueError, match="odd"):
        await books.write(post_and_fail)
    assert await spent(books) == all_at(300, 200, 100)
    await posted(books, found)
    assert await spent(books) == all_at(330, 220, 110)


async def test_a_model_that_nobody_used_is_the_companys(books: Company) -> None:
    bill = Bill("o3", "openai", (BillLine(USED_AT.date(), "o3", None, None, 50),))
    found = await books.write(lambda tx: keep(tx, bill, "7K2M"))
    await posted(books, found)
    assert await spent(books) == {**all_at(300, 200, 100), str(ORG): 350, "usage": 350}


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Pacific/Pago_Pago", "UTC", "Asia/Kolkata"])
async def test_the_last_day_of_a_month_is_corrected_in_that_month(
    database: Database, zone: str, clock: ManualClock
) -> None:
    await database.write(lambda tx: found_company(tx, zone=zone))
    books = Company(database)
    await books.limit(ORG, 1000)
    bill = Bill("b", "openai", (BillLine(date(2026, 10, 31), "o3", None, None, 50),))
    found = await books.write(lambda tx: keep(tx, bill, "7K2M"))
    await posted(books, found)

    def look(tx: SqlTx) -> tuple[int, Any]:
        key = sink_key(ORG, period_at("month", datetime(2026, 10, 15, tzinfo=UTC), tx.zone))
        sink = tx.ledger.find_account(key)
        days: Any = {"from_on": OCTOBER, "until_on": date(2026, 10, 31)}
        return 0 if sink is None else sink.cr, tx.usage.sum_by(None, **days)[0].cost_nanos

    assert await books.read(look) == (50, 50)
    # And found again by the day of the bill, so that nothing is left to correct.
    again = await books.write(
        lambda tx: correct(bill, count(tx.charges, "openai", bill.from_on, bill.until_on), ORG)
    )
    assert again == []
