"""What moved the spend of a day, from sums that a database holds."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.economy.usage import Usage
from bot.ids import PrincipalId, WalletId
from bot.reports.movers import Mover, movers
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import ANA, BEN, OTHER, TEAM, Company, found_company

DAY = date(2026, 11, 18)
WEEK_BEFORE = DAY - timedelta(days=7)


@pytest.fixture
async def books(database: Database) -> Company:
    await database.write(found_company)
    return Company(database)


async def spend(
    books: Company, *spent: tuple[date, WalletId, str, PrincipalId, int], start: int = 0
) -> None:
    def add(tx: SqlTx) -> None:
        for number, (on, wallet_id, model, person_id, cost) in enumerate(spent, start):
            at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
            usage = Usage(
                f"u{number}", wallet_id, person_id, "chat", "p", model, 1, 1, cost, "1", at
            )
            tx.usage.add(usage, on)

    await books.write(add)


async def test_the_largest_of_each_kind_is_named_with_its_share(books: Company) -> None:
    await spend(
        books,
        (WEEK_BEFORE, TEAM, "small", ANA, 100),
        (WEEK_BEFORE, OTHER, "small", BEN, 100),
        (DAY, TEAM, "large", ANA, 150),
        (DAY, TEAM, "small", BEN, 50),
        (DAY, OTHER, "small", BEN, 150),
        # Neither day, so that they must not count.
        (DAY - timedelta(days=1), OTHER, "small", BEN, 9_000),
        (DAY + timedelta(days=1), OTHER, "small", BEN, 9_000),
    )
    found = await books.read(lambda tx: movers(tx, DAY))
    assert (found.against, found.spent_nanos, found.before_nanos) == (WEEK_BEFORE, 350, 200)
    assert (found.change_nanos, found.change_percent) == (150, 75)
    assert found.wallet == Mover("wallet", TEAM, 200, 100, 67)
    assert found.model == Mover("model", "large", 150, 0, 100)
    assert found.person == Mover("person", BEN, 200, 100, 67)
    assert found.top == found.model


async def test_less_is_moved_by_what_went_down(books: Company) -> None:
    await spend(
        books,
        (WEEK_BEFORE, TEAM, "small", ANA, 300),
        (WEEK_BEFORE, OTHER, "large", BEN, 10),
        (DAY, TEAM, "small", ANA, 100),
        (DAY, OTHER, "large", BEN, 60),
    )
    found = await books.read(lambda tx: movers(tx, DAY))
    assert (found.change_nanos, found.change_percent) == (-150, -48)
    # More than all of it: the other wallet went up meanwhile.
    assert found.top == found.wallet == Mover("wallet", TEAM, 100, 300, 133)
    assert found.wallet.change_nanos == -200


async def test_some_wallets_and_another_day_can_be_asked_about(books: Company) -> None:
    await spend(
        books,
        (DAY - timedelta(days=1), OTHER, "small", BEN, 10),
        (DAY, OTHER, "small", BEN, 30),
        (DAY, TEAM, "large", ANA, 900),
    )
    found = await books.read(
        lambda tx: movers(tx, DAY, wallet_ids=[OTHER], against=DAY - timedelta(days=1))
    )
    assert (found.spent_nanos, found.before_nanos) == (30, 10)
    assert found.top == Mover("wallet", OTHER, 30, 10, 100)


async def test_days_that_are_the_same_have_no_mover(books: Company) -> None:
    await spend(
        books,
        (WEEK_BEFORE, TEAM, "small", ANA, 40),
        (DAY, OTHER, "small", ANA, 40),
    )
    found = await books.read(lambda tx: movers(tx, DAY))
    assert (found.change_nanos, found.change_percent, found.top) == (0, 0, None)


async def test_a_first_day_has_no_percentage(books: Company) -> None:
    assert (await books.read(lambda tx: movers(tx, DAY))).top is None
    await spend(books, (DAY, TEAM, "small", ANA, 40))
    found = await books.read(lambda tx: movers(tx, DAY))
    assert (found.change_nanos, found.change_percent) == (40, None)
    assert found.top == Mover("wallet", TEAM, 40, 0, 100)
