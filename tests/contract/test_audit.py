"""The chain: sealed with what it tells, and every way to tamper with it is found."""

import asyncio
import sqlite3
from datetime import timedelta

import asyncpg
import pytest
from sqlalchemy import Executable, text, update

from bot.audit.chain import Fault, Head
from bot.clock import ManualClock
from bot.economy import spending
from bot.errors.money import InsufficientFunds
from bot.ids import TenantId
from storage.database import Database
from storage.tables.books import audit, audit_head
from storage.transaction import SqlTx
from tests.ledgers import ACME, ANA, LIFE, TEAM, Company, fact, found_company

ROWS = 12


@pytest.fixture
async def books(database: Database) -> Company:
    await database.write(found_company)
    return Company(database)


async def record(books: Company, count: int = ROWS) -> Head:
    for index in range(count):
        await books.write(lambda tx, index=index: tx.record(fact(f"what-{index}", n=index)))  # type: ignore[misc]  # bound now
    return await books.read(lambda tx: tx.audit.head())


async def verify(books: Company, anchor: Head | None = None) -> Fault | None:
    return await books.read(lambda tx: tx.audit.verify(anchor))


async def tamper(books: Company, *statements: Executable | str) -> None:
    """Change the chain as somebody would who owns the database."""

    def run(tx: SqlTx) -> None:
        if tx.connection.dialect == "sqlite":
            tx.connection.run(text("DROP TRIGGER IF EXISTS audit_is_never_updated"))
            tx.connection.run(text("DROP TRIGGER IF EXISTS audit_is_never_deleted"))
        else:
            tx.connection.rows(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        for statement in statements:
            tx.connection.rows(text(statement) if isinstance(statement, str) else statement)

    await books.database.write(run)


async def test_an_untouched_chain_is_sound(books: Company) -> None:
    assert await verify(books) is None
    head = await record(books)
    assert head.seq == ROWS
    assert await verify(books) is None
    assert await verify(books, head) is None
    await record(books)
    assert await verify(books, head) is None


async def test_facts_are_sealed_with_what_they_tell(books: Company) -> None:
    await books.limit(TEAM, 100)

    def spend(tx: SqlTx, amount: int) -> None:
        tx.record(fact("spend", amount=amount))
        spending.hold(tx, TEAM, amount, key=f"k{amount}", actor="x", life=LIFE)

    before = await books.read(lambda tx: tx.audit.head())
    with pytest.raises(InsufficientFunds):
        await books.write(lambda tx: spend(tx, 101))
    assert await books.read(lambda tx: tx.audit.head()) == before
    await books.write(lambda tx: spend(tx, 60))
    assert (await books.read(lambda tx: tx.audit.head())).seq == before.seq + 1
    await books.assert_sound()


async def test_facts_of_many_tasks_make_one_chain(books: Company) -> None:
    await asyncio.gather(
        *(books.write(lambda tx: tx.record(fact())) for _ in range(50)),
        *(
            books.database.write(lambda tx: tx.record(fact(tenant=TenantId("other"))))
            for _ in range(50)
        ),
    )
    assert (await books.read(lambda tx: tx.audit.head())).seq == 100
    assert await verify(books) is None


async def test_what_a_savepoint_undid_is_not_sealed(books: Company) -> None:
    def undo(tx: SqlTx) -> None:
        with tx.savepoint():
            tx.record(fact("undone"))
            raise ValueError("odd")

    def go(tx: SqlTx) -> None:
        tx.record(fact("kept"))
        with pytest.raises(ValueError, match="odd"):
            undo(tx)

    await books.write(go)
    bodies = await books.read(lambda tx: [row[2] for page in tx.audit.pages() for row in page])
    assert len(bodies) == 1
    assert b'"what":"kept"' in bodies[0]


@pytest.mark.parametrize(
    ("statements", "seq"),
    [
        ((update(audit).where(audit.c.seq == 5).values(body=b"{}"),), 5),
        ((update(audit).where(audit.c.seq == 5).values(tenant="globex"),), 5),
        ((update(audit).where(audit.c.seq == 5).values(hash=bytes(32)),), 5),
        (("DELETE FROM audit WHERE seq = 5",), 5),
        (("DELETE FROM audit WHERE seq = 1",), 1),
        (("DELETE FROM audit WHERE seq = 5", "UPDATE audit SET seq = seq - 1 WHERE seq = 6"), 5),
        (
            (
                "UPDATE audit SET seq = 100 WHERE seq = 5",
                "UPDATE audit SET seq = 5 WHERE seq = 6",
                "UPDATE audit SET seq = 6 WHERE seq = 100",
            ),
            5,
        ),
        (("INSERT INTO audit SELECT 13, tenant, body, hash FROM audit WHERE seq = 12",), 13),
        (("INSERT INTO audit SELECT 0, tenant, body, hash FROM audit WHERE seq = 1",), 1),
        (("DELETE FROM audit WHERE seq > 9",), 10),
        (("UPDATE audit_head SET seq = 9",), 10),
    ],
    ids=[
        "edited",
        "column edited",
        "hash edited",
        "deleted",
        "first deleted",
        "deleted and closed up",
        "reordered",
        "inserted at the end",
        "inserted before the first",
        "tail cut",
        "head moved back",
    ],
)
async def test_tampering_is_found_at_the_first_bad_row(
    books: Company, statements: tuple[Executable | str, ...], seq: int
) -> None:
    await record(books)
    await tamper(books, *statements)
    fault = await verify(books)
    assert fault is not None
    assert fault.seq == seq


async def test_a_tail_cut_together_with_the_head_is_found_by_the_anchor(books: Company) -> None:
    earlier = await record(books, 9)
    anchor = await record(books, 3)

    def cut(tx: SqlTx) -> None:
        tx.connection.rows(
            text("UPDATE audit_head SET seq = 9, hash = (SELECT hash FROM audit WHERE seq = 9)")
        )

    await tamper(books, "DELETE FROM audit WHERE seq > 9")
    await books.database.write(cut)
    assert await verify(books) is None
    assert await verify(books, earlier) is None
    fault = await verify(books, anchor)
    assert fault is not None
    assert fault.seq == 10


async def test_a_chain_written_anew_is_found_by_the_anchor(
    books: Company, clock: ManualClock
) -> None:
    anchor = await record(books)
    await tamper(books, "DELETE FROM audit", update(audit_head).values(seq=0, hash=bytes(32)))
    clock.advance(timedelta(seconds=1))
    await record(books, ROWS + 3)
    assert await verify(books) is None
    fault = await verify(books, anchor)
    assert fault is not None
    assert fault.seq == anchor.seq + 1


async def test_a_column_cannot_hide_behind_a_detail(books: Company) -> None:
    await books.write(lambda tx: tx.record(fact("odd", tenant_named="x", nested={"tenant": "b"})))
    await books.write(
        lambda tx: tx.record(fact('a,"tenant":"globex","what":', detail={"tenant": "globex"}))
    )
    assert await verify(books) is None
    await tamper(books, update(audit).where(audit.c.seq == 2).values(tenant="globex"))
    fault = await verify(books)
    assert fault is not None
    assert fault.seq == 2


async def test_the_chain_is_read_in_pages(books: Company) -> None:
    await record(books, 10)
    pages = await books.read(lambda tx: [len(page) for page in tx.audit.pages(size=4)])
    assert pages == [4, 4, 2]


async def test_content_is_kept_apart_from_the_chain(books: Company) -> None:
    content_id = await books.write(lambda tx: tx.audit.keep_content(ANA, "hello", b"salt"))

    def look(tx: SqlTx) -> tuple[str, str]:
        row = tx.connection.row(text("SELECT tenant, body, id FROM content"))
        assert row is not None
        assert row["id"] == content_id
        return row["tenant"], row["body"]

    assert await books.read(look) == (ACME, "hello")
    assert (await books.read(lambda tx: tx.audit.head())).seq == 0


async def test_the_database_itself_keeps_rows_from_changing(books: Company) -> None:
    await record(books, 3)
    for verb in ("UPDATE audit SET tenant = 'x'", "DELETE FROM audit"):
        with pytest.raises((sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)):
            await books.write(lambda tx, verb=verb: tx.connection.run(text(verb)))  # type: ignore[misc]  # bound now
    assert await verify(books) is None
