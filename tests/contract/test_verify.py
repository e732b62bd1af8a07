"""The full verification finds whatever was changed behind the ledger's back."""

import pytest
from sqlalchemy import text

from bot.clock import ManualClock
from bot.economy import limit_changes
from storage.database import Database
from storage.transaction import SqlTx
from storage.verify import MAX_FAULTS, verify_ledger
from tests.contract.test_budgets import END_OF_MONTH
from tests.ledgers import ORG, TEAM, Company, found_company


@pytest.fixture
async def books(database: Database) -> Company:
    """A company with a raise, something spent and something held."""
    await database.write(found_company)
    made = Company(database)
    await made.limit(ORG, 200)
    await made.limit(TEAM, 100)
    await made.write(
        lambda tx: limit_changes.raise_limit(
            tx, TEAM, 9, until_at=END_OF_MONTH, key="r", actor="x"
        )
    )
    await made.spend(TEAM, 30)
    await made.hold(TEAM, 5, "open")
    await made.assert_sound()
    return made


async def tamper(books: Company, statement: str) -> None:
    await books.database.write(lambda tx: tx.connection.rows(text(statement)))


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE account SET cr = cr + 1 WHERE owner = 'acme-team' AND kind = 'sink'", "cr"),
        ("UPDATE account SET dr = dr + 1 WHERE kind = 'source'", "dr"),
        (
            "UPDATE account SET held = held + 1 WHERE owner = 'acme-org' AND kind = 'budget'",
            "held",
        ),
        ("UPDATE account SET moved = moved - 1 WHERE kind = 'source'", "moved"),
        ("UPDATE lapsing SET amount = amount + 1 WHERE amount > 0", "lapsing"),
        ("DELETE FROM lapsing WHERE amount > 0", "lapsing"),
        ("DELETE FROM open_hold WHERE hold_id = 'open/0'", "listed as open"),
        ("INSERT INTO open_hold VALUES ('gone/0', 'acme', 'gone', 1)", "listed as open"),
    ],
)
async def test_what_was_changed_by_hand_is_found(
    books: Company, statement: str, what: str
) -> None:
    await tamper(books, statement)
    faults = await books.database.read(verify_ledger)
    assert what in {x.what for x in faults}
    assert {x.tenant for x in faults} == {"acme"}
    assert all(x.expected != x.found for x in faults)


async def test_a_counter_that_is_wrong_unbalances_its_unit(books: Company) -> None:
    await tamper(books, "UPDATE account SET dr = dr + 1 WHERE kind = 'source'")
    faults = await books.database.read(verify_ledger)
    assert [x.what for x in faults] == ["debits = credits", "dr"]
    assert faults[0].subject == "nusd"
    assert faults[0].expected == faults[0].found + 1


async def test_a_changed_transfer_is_found(books: Company) -> None:
    def change(tx: SqlTx) -> None:
        if tx.connection.dialect == "sqlite":
            tx.connection.run(text("DROP TRIGGER transfer_is_never_updated"))
        else:
            tx.connection.rows(text("ALTER TABLE transfer DISABLE TRIGGER ALL"))
        tx.connection.rows(text("UPDATE transfer SET amount = amount - 1 WHERE kind = 'post'"))

    await books.database.write(change)
    faults = await books.database.read(verify_ledger)
    assert {x.what for x in faults} == {"cr", "dr"}
    assert len(faults) == 4


async def test_no_more_is_told_than_an_operator_can_read(
    books: Company, clock: ManualClock
) -> None:
    def list_many(tx: SqlTx) -> None:
        for index in range(MAX_FAULTS + 20):
            tx.connection.rows(
                text(f"INSERT INTO open_hold VALUES ('x{index}', 'acme', 'x', 1)")  # noqa: S608  # a number
            )

    await books.database.write(list_many)
    assert len(await books.database.read(verify_ledger)) == MAX_FAULTS
