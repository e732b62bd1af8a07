"""Entries that PostgreSQL puts off and writes together: they come out as if written at once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text

from bot.clock import ManualClock
from bot.economy.ledger import AccountKey, Entry, Movement, Shortfall, Unit
from bot.errors.kinds import InvalidInput, KeyReused
from bot.ids import IdempotencyKey, TenantId
from storage import postgres as engine
from storage.database import Database
from storage.transaction import SqlTx
from tests.conftest import START
from tests.ledgers import Company, found_company
from tests.servers import PostgresServer

Fn = Callable[[SqlTx], Any]  # Any: each has its own type of result


@pytest.fixture
async def books(database: Database) -> AsyncIterator[Company]:
    await database.write(found_company)
    made = Company(database)
    yield made
    await made.assert_sound()


def account(tx: SqlTx, kind: str, *, unit: Unit = "nusd") -> int:
    """Return a purse, or an account without a floor; made at first use."""
    if kind == "purse":
        return tx.ledger.open_account(AccountKey("budget", "p", unit, "2026-11"))[0].id
    key = AccountKey("source", kind, unit, "total")
    return tx.ledger.open_account(key, is_bottomless=True)[0].id


def take(tx: SqlTx, key: str = "k", amount: int = 10) -> bool:
    entry = Entry(account(tx, "purse"), account(tx, "sink"), amount)
    return tx.ledger.transfer(Movement(IdempotencyKey(key), "ana", "test", (entry,)))


async def fill(books: Company, amount: int) -> None:
    def give(tx: SqlTx) -> None:
        entry = Entry(account(tx, "source"), account(tx, "purse"), amount)
        tx.ledger.transfer(Movement(IdempotencyKey("fill"), "ana", "test", (entry,)))
        account(tx, "sink")

    await books.write(give)


async def free(books: Company) -> int:
    return await books.read(lambda tx: tx.ledger.refresh(account(tx, "purse")).free)


async def at_once(books: Company, fns: Sequence[Fn]) -> list[Any]:
    return await asyncio.gather(*(books.write(fn) for fn in fns), return_exceptions=True)


async def test_a_repeated_key_among_many_is_told_apart(books: Company) -> None:
    await fill(books, 1000)
    assert await books.write(partial(take, key="k3"))
    answers = await at_once(books, [partial(take, key=f"k{index % 6}") for index in range(12)])
    assert answers == [True, True, True, False, True, True] + [False] * 6
    assert await free(books) == 940


async def test_a_key_with_other_contents_fails_alone(books: Company) -> None:
    await fill(books, 1000)
    await books.write(partial(take, key="k3"))
    answers = await at_once(
        books, [partial(take, key=f"k{index}", amount=20) for index in range(6)]
    )
    assert [type(x) for x in answers] == [bool, bool, bool, KeyReused, bool, bool]
    assert await free(books) == 890


@pytest.mark.parametrize("amount", [0, -5, 10**18 + 1])
async def test_what_the_database_refuses_fails_alone(books: Company, amount: int) -> None:
    await fill(books, 1000)

    def wrong(tx: SqlTx) -> None:
        entry = Entry(account(tx, "sink"), account(tx, "purse"), amount)
        tx.ledger.transfer(Movement(IdempotencyKey("wrong"), "ana", "test", (entry,)))

    answers = await at_once(books, [partial(take, key="a"), partial(take, key="b"), wrong])
    assert [isinstance(x, BaseException) for x in answers] == [False, False, True]
    assert await free(books) == 980


async def test_units_are_never_mixed(books: Company) -> None:
    await fill(books, 1000)

    def mix(tx: SqlTx) -> None:
        entry = Entry(account(tx, "source", unit="tokens"), account(tx, "purse"), 10)
        tx.ledger.transfer(Movement(IdempotencyKey("mix"), "ana", "test", (entry,)))

    answers = await at_once(books, [partial(take, key="a"), mix, partial(take, key="b")])
    assert [isinstance(x, BaseException) for x in answers] == [False, True, False]
    assert await free(books) == 980


async def test_a_write_that_fails_after_its_entry_leaves_nothing(books: Company) -> None:
    await fill(books, 1000)

    def fail(tx: SqlTx) -> None:
        take(tx, "failed")
        raise InvalidInput("amount", "is odd")

    answers = await at_once(books, [partial(take, key="a"), fail, partial(take, key="b")])
    assert [isinstance(x, InvalidInput) for x in answers] == [False, True, False]
    assert await free(books) == 980
    assert await books.write(partial(take, key="failed"))


async def test_a_step_that_is_undone_takes_only_its_own_entries(books: Company) -> None:
    await fill(books, 1000)

    def work(tx: SqlTx) -> list[int]:
        seen = []
        take(tx, "before")
        with suppress(InvalidInput), tx.savepoint():
            take(tx, "inside")
            seen.append(tx.ledger.refresh(account(tx, "purse")).free)
            take(tx, "inside too")
            raise InvalidInput("amount", "is odd")
        with tx.savepoint():
            take(tx, "kept")
        take(tx, "after")
        seen.append(tx.ledger.refresh(account(tx, "purse")).free)
        return seen

    assert await books.write(work) == [980, 970]
    assert await free(books) == 970
    assert await books.write(partial(take, key="inside too"))


async def test_what_a_write_has_moved_is_seen_by_whatever_it_asks(books: Company) -> None:
    await fill(books, 1000)

    def work(tx: SqlTx) -> tuple[bool, int]:
        tx.ledger.refresh(account(tx, "purse"))
        take(tx, "k", 400)
        return tx.ledger.has_posted(IdempotencyKey("k")), tx.ledger.refresh(
            account(tx, "purse")
        ).free

    assert await books.write(work) == (True, 600)


async def test_what_an_entry_brings_may_be_spent_by_the_next(books: Company) -> None:
    def work(tx: SqlTx) -> int:
        source, purse = account(tx, "source"), account(tx, "purse")
        for step in range(5):
            entry = Entry(source, purse, 100)
            tx.ledger.transfer(Movement(IdempotencyKey(f"g{step}"), "ana", "test", (entry,)))
            take(tx, f"t{step}", 100)
        with pytest.raises(Shortfall):
            take(tx, "more", 1)
        return tx.ledger.refresh(purse).free

    assert await books.write(work) == 0


async def test_no_more_is_taken_than_there_is(books: Company) -> None:
    await fill(books, 105)
    answers = await at_once(books, [partial(take, key=f"k{index}") for index in range(40)])
    assert Counter(type(x) for x in answers) == {bool: 10, Shortfall: 30}
    assert await free(books) == 5


async def test_an_overdraft_is_spent_but_not_handed_on(books: Company) -> None:
    await fill(books, 100)

    def hand_on(tx: SqlTx) -> None:
        entry = Entry(account(tx, "purse"), account(tx, "sink"), 101, moves_credit=True)
        tx.ledger.transfer(Movement(IdempotencyKey("on"), "ana", "test", (entry,)))

    await books.write(lambda tx: tx.ledger.set_overdraft(account(tx, "purse"), 50))
    answers = await at_once(books, [hand_on, partial(take, amount=150), hand_on])
    assert [type(x) for x in answers] == [Shortfall, bool, Shortfall]
    assert await free(books) == 0


async def test_credit_whose_time_is_over_is_not_spent(books: Company, clock: ManualClock) -> None:
    await fill(books, 100)

    def lend(tx: SqlTx) -> None:
        end = START + timedelta(hours=1)
        entry = Entry(account(tx, "source"), account(tx, "purse"), 50, end, moves_credit=True)
        tx.ledger.transfer(Movement(IdempotencyKey("lend"), "ana", "test", (entry,)))

    await books.write(lend)
    clock.advance(timedelta(hours=2))
    answers = await at_once(books, [partial(take, key=x, amount=60) for x in ("a", "b")])
    assert [type(x) for x in answers] == [bool, Shortfall]
    assert await free(books) == 40


async def test_holds_of_many_writes_are_all_open(books: Company) -> None:
    await fill(books, 1000)

    def hold(tx: SqlTx, key: str) -> None:
        entry = Entry(account(tx, "purse"), account(tx, "sink"), 10, START + timedelta(hours=1))
        tx.ledger.hold(Movement(IdempotencyKey(key), "ana", "test", (entry, entry)))

    for _ in range(2):
        await at_once(books, [partial(hold, key=f"h{index}") for index in range(20)])
    assert await free(books) == 600

    def end(tx: SqlTx, key: str) -> int:
        holds = tx.ledger.list_open_holds(key)
        for held in holds:
            tx.ledger.resolve([held], "post", 4, actor="ana", cause="test")
        return len(holds)

    ended = await at_once(books, [partial(end, key=f"h{index}") for index in range(20)])
    assert ended == [2] * 20
    assert await free(books) == 840


@pytest.fixture
async def server_books(postgres: PostgresServer, clock: ManualClock) -> AsyncIterator[Company]:
    database = await engine.PostgresDatabase.open(postgres.create_database(), clock)
    await database.write(found_company)
    made = Company(database)
    await fill(made, 100_000)
    yield made
    await made.assert_sound()
    await database.close()


async def test_a_write_that_swallows_its_failure_is_run_again(server_books: Company) -> None:
    await server_books.write(take)
    seen: list[bool] = []

    def swallow(tx: SqlTx) -> None:
        seen.append(take(tx, "k"))
        with suppress(Exception):
            tx.ledger.refresh(account(tx, "purse"))
        seen.append(take(tx, "other"))

    await server_books.write(swallow)
    assert seen[-2:] == [False, True]
    assert await free(server_books) == 100_000 - 20


async def test_a_failed_write_makes_no_other_one_run_again(server_books: Company) -> None:
    ran: Counter[int] = Counter()

    def work(tx: SqlTx, number: int) -> None:
        ran[number] += 1
        take(tx, f"k{number}")
        if number % 2:
            raise InvalidInput("amount", "is odd")

    await at_once(server_books, [partial(work, number=number) for number in range(64)])
    assert set(ran.values()) == {1}
    assert await free(server_books) == 100_000 - 320


async def test_two_processes_on_one_account_lose_nothing(
    server_books: Company, clock: ManualClock
) -> None:
    database = server_books.database
    assert isinstance(database, engine.PostgresDatabase)
    other = Company(await engine.PostgresDatabase.open(database.url, clock))
    fns = [partial(take, key=f"k{index}") for index in range(150)]
    answers = await asyncio.gather(at_once(server_books, fns), at_once(other, fns))
    # Both ask the same: each key moves once, whoever comes first.
    assert Counter(x for some in answers for x in some) == {True: 150, False: 150}
    assert await free(server_books) == 100_000 - 1500
    await other.database.close()


async def test_a_long_batch_is_cut_and_nothing_of_it_lost(server_books: Company) -> None:
    sizes: list[int] = []
    server_books.database.on_batch(lambda size, _: sizes.append(size))

    def ask(tx: SqlTx, key: str) -> int:
        for _ in range(30):
            tx.connection.forget()
            tx.ledger.refresh(account(tx, "purse"))
        take(tx, key)
        return int(key)

    answers = await at_once(server_books, [partial(ask, key=str(index)) for index in range(100)])
    assert answers == list(range(100))
    assert sum(sizes) == 100
    assert max(sizes) <= 256 / 30 + 1
    assert await free(server_books) == 100_000 - 1000


async def test_what_a_cut_batch_left_is_done_before_the_end(
    postgres: PostgresServer, clock: ManualClock
) -> None:
    database = await engine.PostgresDatabase.open(postgres.create_database(), clock)

    def ask(tx: SqlTx) -> str:
        for _ in range(100):
            tx.connection.forget()
            tx.audit.head()
        return "done"

    answers = await asyncio.gather(*(database.write(ask) for _ in range(20)), database.close())
    assert answers == ["done"] * 20 + [None]


MANY = """
    INSERT INTO transfer (id, grp, tenant, kind, dr_acc, cr_acc, amount, actor, cause, at_us)
    SELECT 'r' || n, 'r', 'acme', 'transfer', {debit}, {credit}, {amount}, 'x', 'x', 1
    FROM generate_series(1, 10) n
"""


@pytest.mark.parametrize(
    ("debit", "credit", "amount"),
    [
        ("{purse}", "{sink}", "10001"),
        ("{purse}", "CASE n WHEN 7 THEN {foreign} ELSE {sink} END", "1"),
        ("CASE n WHEN 7 THEN {foreign} ELSE {purse} END", "{sink}", "1"),
        ("{purse}", "CASE n WHEN 7 THEN {tokens} ELSE {sink} END", "1"),
        ("{purse}", "{sink}", "n - 1"),
    ],
    ids=["too much together", "to a stranger", "from a stranger", "another unit", "no amount"],
)
async def test_a_statement_with_one_wrong_row_is_refused_whole(
    server_books: Company, debit: str, credit: str, amount: str
) -> None:
    def ids(tx: SqlTx) -> dict[str, int]:
        found = {kind: account(tx, kind) for kind in ("purse", "sink")}
        found["tokens"] = account(tx, "tokens", unit="tokens")
        found_company(tx, tenant=TenantId("globex"))
        return found | {"foreign": account(tx, "foreign")}

    named = await server_books.write(ids)
    sql = MANY.format(debit=debit, credit=credit, amount=amount).format(**named)
    with pytest.raises(asyncpg.CheckViolationError):
        await server_books.write(lambda tx: tx.connection.run(text(sql)))
    assert await free(server_books) == 100_000
