"""Writes that are gathered into one commit: each stands or falls alone."""

import asyncio

import pytest

from bot.economy.ledger import AccountKey, Entry, Movement, Shortfall
from bot.economy.wallets import Tenant
from bot.errors import InvalidInput
from bot.ids import IdempotencyKey, TenantId
from storage.database import Database
from storage.transaction import SqlTx

T = TenantId("t1")


@pytest.fixture
async def accounts(database: Database) -> tuple[int, int]:
    """A budget with 1,000 and a sink."""

    def make(tx: SqlTx) -> tuple[int, int]:
        tx.people.add_tenant(Tenant(T, "Acme", "UTC", "en"))
        ledger = tx.ledger
        source, _ = ledger.open_account(
            AccountKey("source", "s", "nusd", "total"), is_bottomless=True
        )
        sink, _ = ledger.open_account(AccountKey("sink", "s", "nusd", "total"), is_bottomless=True)
        budget, _ = ledger.open_account(AccountKey("budget", "w", "nusd", "2026-11"))
        ledger.transfer(_movement("fund", source.id, budget.id, 1000))
        return budget.id, sink.id

    return await database.write(make, tenant=T)


def _movement(key: str, debit_id: int, credit_id: int, amount: int) -> Movement:
    return Movement(IdempotencyKey(key), "ana", "test", (Entry(debit_id, credit_id, amount),))


async def test_a_refused_write_leaves_its_neighbours_alone(
    database: Database, accounts: tuple[int, int]
) -> None:
    budget, sink = accounts

    def take(tx: SqlTx, number: int) -> None:
        tx.ledger.transfer(_movement(f"k{number}", budget, sink, 300))

    results = await asyncio.gather(
        *(
            database.write(lambda tx, number=number: take(tx, number), tenant=T)  # type: ignore[misc]  # a default argument
            for number in range(40)
        ),
        return_exceptions=True,
    )
    assert [type(result) for result in results].count(type(None)) == 3
    assert all(result is None or isinstance(result, Shortfall) for result in results)
    left = await database.read(lambda tx: tx.ledger.refresh(budget).free, tenant=T)
    assert left == 100


async def test_a_write_that_changed_something_and_then_failed_is_undone_alone(
    database: Database, accounts: tuple[int, int]
) -> None:
    budget, sink = accounts

    def take_and_fail(tx: SqlTx, number: int) -> None:
        tx.ledger.transfer(_movement(f"f{number}", budget, sink, 1))
        if number % 2:
            raise InvalidInput("amount", "is odd")

    results = await asyncio.gather(
        *(
            database.write(lambda tx, number=number: take_and_fail(tx, number), tenant=T)  # type: ignore[misc]  # a default argument
            for number in range(100)
        ),
        return_exceptions=True,
    )
    assert [isinstance(result, InvalidInput) for result in results] == [False, True] * 50
    left = await database.read(lambda tx: tx.ledger.refresh(budget).free, tenant=T)
    assert left == 950


async def test_a_statement_that_fails_takes_no_neighbour_with_it(
    database: Database, accounts: tuple[int, int]
) -> None:
    budget, sink = accounts

    def break_a_rule(tx: SqlTx) -> None:
        tx.people.add_tenant(Tenant(T, "Twice", "UTC", "en"))

    def take(tx: SqlTx) -> None:
        tx.ledger.transfer(_movement("good", budget, sink, 400))

    results = await asyncio.gather(
        *(database.write(fn, tenant=T) for fn in (break_a_rule, take, break_a_rule)),
        return_exceptions=True,
    )
    assert [isinstance(result, BaseException) for result in results] == [True, False, True]
    left = await database.read(lambda tx: tx.ledger.refresh(budget).free, tenant=T)
    assert left == 600
