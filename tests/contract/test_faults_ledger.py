"""A broken invariant stops the money and nothing else."""

import asyncio

import pytest
from sqlalchemy import text

from bot.economy import spending
from bot.errors.money import LedgerBroken, LedgerReadOnly
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import ANA, LIFE, TEAM, Company, found_company


@pytest.fixture
async def books(database: Database) -> Company:
    await database.write(found_company)
    made = Company(database)
    await made.limit(TEAM, 100)
    await made.spend(TEAM, 5)
    return made


def spend_and_tamper(tx: SqlTx) -> None:
    spending.hold(tx, TEAM, 10, key="bad", actor="x", life=LIFE)
    tx.connection.run(
        text("UPDATE account SET cr = cr + 1 WHERE kind = 'budget' AND owner = 'acme-team'")
    )


async def test_a_broken_invariant_is_rolled_back_and_stops_money(books: Company) -> None:
    with pytest.raises(LedgerBroken) as caught:
        await books.write(spend_and_tamper)
    assert set(caught.value.facts) == {"account_id", "expected", "found"}
    assert books.database.guard.is_read_only
    for call in (
        books.hold(TEAM, 1, "k"),
        books.limit(TEAM, 200),
        books.spend(TEAM, 1),
    ):
        with pytest.raises(LedgerReadOnly):
            await call
    # Everything that was there can be read, and what is no money goes on.
    assert await books.figures(TEAM) == (100, 5, 0, 95)
    await books.write(lambda tx: tx.conversations.open("telegram", "chat", "", ANA))
    await books.assert_sound()


async def test_money_moves_again_after_a_restart(books: Company) -> None:
    with pytest.raises(LedgerBroken):
        await books.write(spend_and_tamper)
    books.database.guard.is_read_only = False
    await books.spend(TEAM, 10)
    assert await books.figures(TEAM) == (100, 15, 0, 85)
    await books.assert_sound()


async def test_nothing_of_a_broken_batch_is_kept(books: Company) -> None:
    answers = await asyncio.gather(
        books.hold(TEAM, 1, "before"),
        books.write(spend_and_tamper),
        books.hold(TEAM, 1, "after"),
        return_exceptions=True,
    )
    assert isinstance(answers[1], LedgerBroken)
    held = sum(not isinstance(x, BaseException) for x in answers)
    assert await books.figures(TEAM) == (100, 5, held, 95 - held)
    await books.assert_sound()
