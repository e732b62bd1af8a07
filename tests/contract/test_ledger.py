"""Transfers, holds and what becomes of them, on both databases."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Insert, insert, text

from bot.clock import ManualClock
from bot.economy import spending
from bot.economy.ledger import Account, AccountKey, Entry, Movement, Shortfall, Unit
from bot.errors.kinds import BursarError, KeyReused
from bot.errors.money import HoldResolved, InsufficientFunds, WalletClosed
from bot.ids import IdempotencyKey, TenantId, WalletId
from storage.database import Database
from storage.tables.money import transfer
from storage.transaction import SqlTx
from tests.ledgers import (
    ACME,
    KEY,
    LIFE,
    ORG,
    OTHER,
    PROJECT,
    TEAM,
    Company,
    fact,
    found_company,
)

REFUSED_BY_DATABASE = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
GLOBEX = TenantId("globex")


@pytest.fixture
async def books(database: Database) -> AsyncIterator[Company]:
    """A company whose team has 100 a month; every test ends with sound books."""
    await database.write(found_company)
    made = Company(database)
    await made.limit(TEAM, 100)
    yield made
    await made.assert_sound()


def open_pair(tx: SqlTx, unit: Unit = "nusd") -> tuple[Account, Account]:
    """A bottomless account and one that may not fall below zero."""
    source, _ = tx.ledger.open_account(AccountKey("source", "s", unit, ""), is_bottomless=True)
    purse, _ = tx.ledger.open_account(AccountKey("quota", "p", unit, ""))
    return source, purse


def moving(key: str, *entries: Entry) -> Movement:
    return Movement(IdempotencyKey(key), "test", "test", entries)


async def test_a_transfer_moves_its_amount(books: Company) -> None:
    def move(tx: SqlTx) -> tuple[Account, Account]:
        source, purse = open_pair(tx)
        assert tx.ledger.transfer(moving("t", Entry(source.id, purse.id, 30)))
        assert tx.ledger.transfer(moving("u", Entry(purse.id, source.id, 10)))
        return tx.ledger.refresh(source.id), tx.ledger.refresh(purse.id)

    source, purse = await books.write(move)
    assert (source.cr, source.dr) == (10, 30)
    assert (purse.cr, purse.dr, purse.free) == (30, 10, 20)


async def test_a_transfer_beyond_what_is_free_is_refused(books: Company) -> None:
    def move(tx: SqlTx) -> None:
        source, purse = open_pair(tx)
        tx.ledger.transfer(moving("t", Entry(source.id, purse.id, 30)))
        tx.ledger.transfer(moving("u", Entry(purse.id, source.id, 31)))

    with pytest.raises(Shortfall) as caught:
        await books.write(move)
    assert (caught.value.needed, caught.value.account.free) == (31, 30)


async def test_a_movement_is_whole_even_when_its_caller_goes_on(books: Company) -> None:
    def move(tx: SqlTx) -> tuple[Account, Account]:
        source, purse = open_pair(tx)
        tx.ledger.transfer(moving("t", Entry(source.id, purse.id, 30)))
        with pytest.raises(Shortfall):
            tx.ledger.transfer(
                moving("u", Entry(purse.id, source.id, 20), Entry(purse.id, source.id, 20))
            )
        return tx.ledger.refresh(source.id), tx.ledger.refresh(purse.id)

    source, purse = await books.write(move)
    assert (source.cr, purse.dr, purse.free) == (0, 0, 30)


async def test_a_repeated_key_moves_once(books: Company) -> None:
    def move(tx: SqlTx) -> tuple[bool, int]:
        source, purse = open_pair(tx)
        is_new = tx.ledger.transfer(moving("t", Entry(source.id, purse.id, 30)))
        return is_new, tx.ledger.refresh(purse.id).free

    assert await books.write(move) == (True, 30)
    assert await books.write(move) == (False, 30)


async def test_a_repeated_key_moves_once_from_many_tasks(books: Company) -> None:
    def move(tx: SqlTx) -> bool:
        source, purse = open_pair(tx)
        return tx.ledger.transfer(moving("t", Entry(source.id, purse.id, 30)))

    assert sum(await asyncio.gather(*(books.write(move) for _ in range(50)))) == 1


@pytest.mark.parametrize("kind", ["amount", "direction", "one entry more", "one entry less"])
async def test_a_key_with_other_contents_is_a_conflict(books: Company, kind: str) -> None:
    def move(tx: SqlTx, *, is_other: bool) -> None:
        source, purse = open_pair(tx)
        first, second = Entry(source.id, purse.id, 30), Entry(source.id, purse.id, 5)
        if is_other:
            entries = {
                "amount": (replace(first, amount=31), second),
                "direction": (Entry(purse.id, source.id, 30), second),
                "one entry more": (first, second, second),
                "one entry less": (first,),
            }[kind]
        else:
            entries = (first, second)
        tx.ledger.transfer(moving("t", *entries))

    await books.write(lambda tx: move(tx, is_other=False))
    with pytest.raises(KeyReused):
        await books.write(lambda tx: move(tx, is_other=True))
    await books.write(lambda tx: move(tx, is_other=False))
    assert await books.write(lambda tx: open_pair(tx)[1].free) == 35


async def test_two_tenants_may_choose_the_same_key(books: Company) -> None:
    await books.write(lambda tx: found_company(tx, tenant=GLOBEX))
    globex, their_team = Company(books.database, GLOBEX), WalletId("globex-team")
    await globex.limit(their_team, 100)
    await books.hold(TEAM, 60, "same")
    await globex.hold(their_team, 70, "same")
    await globex.settle(their_team, 5, "same")
    assert await books.figures(TEAM) == (100, 0, 60, 40)


async def test_a_hold_sets_aside_and_settling_takes_the_cost(books: Company) -> None:
    await books.hold(TEAM, 60, "k")
    assert await books.figures(TEAM) == (100, 0, 60, 40)
    done = await books.settle(TEAM, 45, "k")
    assert (done.cost_nanos, done.overrun_nanos) == (45, 0)
    assert await books.figures(TEAM) == (100, 45, 0, 55)


async def test_a_hold_beyond_what_is_free_holds_nothing(books: Company) -> None:
    await books.hold(TEAM, 60, "k")
    with pytest.raises(InsufficientFunds) as caught:
        await books.hold(TEAM, 41, "l")
    assert caught.value.facts == {
        "wallet_id": TEAM,
        "needed_nanos": 41,
        "free_nanos": 40,
        "period": "month:2026-11",
    }
    assert await books.figures(TEAM) == (100, 0, 60, 40)


async def test_a_refused_first_use_leaves_the_ledger_open(books: Company) -> None:
    # It opens accounts that are rolled back with it, beside others in the same commit.
    writes = [books.hold(TEAM, 101, "much")]
    writes += [books.hold(TEAM, 10, f"k{index}") for index in range(3)]
    answers = await asyncio.gather(*writes, return_exceptions=True)
    assert isinstance(answers[0], InsufficientFunds)
    assert [x for x in answers[1:] if isinstance(x, BaseException)] == []
    assert not books.database.guard.is_read_only
    assert await books.figures(TEAM) == (100, 0, 30, 70)


async def test_a_repeated_hold_holds_once(books: Company, clock: ManualClock) -> None:
    await books.hold(TEAM, 60, "k")
    clock.advance(timedelta(seconds=1))
    await books.hold(TEAM, 60, "k")
    await asyncio.gather(*(books.hold(TEAM, 60, "k") for _ in range(20)))
    assert await books.figures(TEAM) == (100, 0, 60, 40)
    with pytest.raises(KeyReused):
        await books.hold(TEAM, 61, "k")


async def test_a_hold_settles_once(books: Company) -> None:
    await books.hold(TEAM, 60, "k")
    await books.settle(TEAM, 45, "k")
    for cost in (45, 46, 0):
        with pytest.raises(HoldResolved):
            await books.settle(TEAM, cost, "k")
    assert await books.figures(TEAM) == (100, 45, 0, 55)


async def test_settling_from_many_tasks_takes_once(books: Company) -> None:
    await books.hold(TEAM, 60, "k")
    answers = await asyncio.gather(
        *(books.settle(TEAM, 45, "k") for _ in range(50)),
        return_exceptions=True,
    )
    assert sum(isinstance(x, spending.Settled) for x in answers) == 1
    assert sum(isinstance(x, HoldResolved) for x in answers) == 49
    assert await books.figures(TEAM) == (100, 45, 0, 55)


async def test_settling_zero_gives_everything_back(books: Company) -> None:
    await books.hold(TEAM, 60, "k")
    await books.settle(TEAM, 0, "k")
    assert await books.figures(TEAM) == (100, 0, 0, 100)
    with pytest.raises(HoldResolved):
        await books.settle(TEAM, 5, "k")


async def test_a_cost_above_the_hold_is_charged_from_what_is_free(books: Company) -> None:
    await books.hold(TEAM, 60, "k")
    done = await books.settle(TEAM, 90, "k")
    assert done.overrun_nanos == 0
    assert await books.figures(TEAM) == (100, 90, 0, 10)


async def test_a_cost_that_nothing_is_free_for_becomes_an_overrun(books: Company) -> None:
    await books.hold(TEAM, 60, "k")
    done = await books.settle(TEAM, 175, "k")
    assert done.overrun_nanos == 115
    assert await books.figures(TEAM) == (100, 60, 0, 40)

    def overrun(tx: SqlTx) -> int:
        found = tx.ledger.find_account(AccountKey("overrun", TEAM, "nusd", "month:2026-11"))
        assert found is not None
        return found.dr

    assert await books.read(overrun) == 115
    with pytest.raises(HoldResolved):
        await books.settle(TEAM, 175, "k")


async def test_a_hold_expires_by_the_databases_clock(books: Company, clock: ManualClock) -> None:
    await books.hold(TEAM, 60, "k")
    clock.advance(LIFE - timedelta(microseconds=1))
    assert await books.expire_all() == 0
    clock.advance(timedelta(microseconds=1))
    assert await books.expire_all() == 1
    assert await books.expire_all() == 0
    assert await books.figures(TEAM) == (100, 0, 0, 100)


async def test_settling_after_expiry_charges_once(books: Company, clock: ManualClock) -> None:
    await books.hold(TEAM, 60, "k")
    clock.advance(LIFE)
    await books.expire_all()
    done = await books.settle(TEAM, 45, "k")
    assert done.overrun_nanos == 0
    assert await books.figures(TEAM) == (100, 45, 0, 55)
    for cost in (45, 50):
        with pytest.raises(HoldResolved):
            await books.settle(TEAM, cost, "k")
    assert await books.figures(TEAM) == (100, 45, 0, 55)


async def test_settling_after_expiry_overruns_once(books: Company, clock: ManualClock) -> None:
    await books.hold(TEAM, 60, "k")
    clock.advance(LIFE)
    await books.expire_all()
    await books.hold(TEAM, 90, "other")
    answers = await asyncio.gather(
        *(books.settle(TEAM, 45, "k") for _ in range(8)),
        return_exceptions=True,
    )
    done = [x for x in answers if isinstance(x, spending.Settled)]
    assert [x.overrun_nanos for x in done] == [45]
    assert await books.figures(TEAM) == (100, 0, 90, 10)


async def test_a_spend_without_a_limit_is_charged_to_one_made_meanwhile(books: Company) -> None:
    await books.hold(OTHER, 60, "k")
    assert await books.read(lambda tx: tx.ledger.list_open_holds("k")) == []
    await books.limit(OTHER, 100)
    await books.settle(OTHER, 45, "k")
    assert await books.figures(OTHER) == (100, 45, 0, 55)
    with pytest.raises(HoldResolved):
        await books.settle(OTHER, 45, "k")


async def test_a_hold_is_released_once(books: Company) -> None:
    await books.hold(TEAM, 60, "k")
    answers = await asyncio.gather(*(books.release("k") for _ in range(20)))
    assert sum(answers) == 1
    assert await books.figures(TEAM) == (100, 0, 0, 100)
    with pytest.raises(HoldResolved):
        await books.settle(TEAM, 5, "k")
    assert not await books.write(lambda tx: spending.expire(tx, "k"))


async def test_a_spend_draws_on_the_whole_tree_or_on_nothing(books: Company) -> None:
    for wallet_id, amount in ((ORG, 80), (PROJECT, 90), (KEY, 500)):
        await books.limit(wallet_id, amount)
    await books.hold(KEY, 70, "k")

    async def used_and_held() -> list[tuple[int, int]]:
        return [(await books.figures(x))[1:3] for x in (KEY, PROJECT, TEAM, ORG)]

    assert await used_and_held() == [(0, 70)] * 4
    # 430, 20, 30 and 10 are free: the organisation binds a spend of 15, the project one of 25.
    for amount, binding in ((15, ORG), (25, PROJECT)):
        with pytest.raises(InsufficientFunds) as caught:
            await books.hold(KEY, amount, "l")
        assert caught.value.facts["wallet_id"] == binding
    assert await used_and_held() == [(0, 70)] * 4
    await books.settle(KEY, 65, "k")
    assert await used_and_held() == [(65, 0)] * 4


async def test_a_closed_wallet_takes_no_new_spend_but_lets_one_finish(books: Company) -> None:
    await books.hold(KEY, 60, "k")
    await books.write(lambda tx: tx.wallets.set_closed(TEAM, True))
    with pytest.raises(WalletClosed) as caught:
        await books.hold(KEY, 5, "l")
    assert caught.value.facts["wallet_id"] == TEAM
    await books.settle(KEY, 45, "k")
    assert await books.figures(TEAM) == (100, 45, 0, 55)


def raw_entry(kind: str, debit: int, credit: int, amount: int = 5, **more: object) -> Insert:
    return insert(transfer).values(
        id="raw",
        grp="raw",
        tenant=ACME,
        kind=kind,
        dr_acc=debit,
        cr_acc=credit,
        amount=amount,
        actor="x",
        cause="x",
        at_us=1,
        **more,
    )


async def account_ids(books: Company) -> dict[str, int]:
    def make(tx: SqlTx) -> dict[str, int]:
        source, purse = open_pair(tx)
        tokens, _ = open_pair(tx, "tokens")
        found_company(tx, tenant=GLOBEX)
        foreign, _ = open_pair(tx)
        tx.enter(ACME)
        tx.ledger.transfer(moving("t", Entry(source.id, purse.id, 30)))
        return {
            "source": source.id,
            "purse": purse.id,
            "tokens": tokens.id,
            "foreign": foreign.id,
        }

    return await books.write(make)


@pytest.mark.parametrize(
    ("what", "sides"),
    [
        ("to another tenant", ("source", "foreign")),
        ("from another tenant", ("foreign", "purse")),
        ("between units", ("tokens", "purse")),
        ("to itself", ("source", "source")),
        ("beyond the floor", ("purse", "source")),
    ],
)
async def test_the_database_refuses_a_movement(
    books: Company, what: str, sides: tuple[str, str]
) -> None:
    ids = await account_ids(books)
    statement = raw_entry("transfer", ids[sides[0]], ids[sides[1]], 31)
    with pytest.raises(REFUSED_BY_DATABASE):
        await books.write(lambda tx: tx.connection.run(statement))


async def test_the_ledger_finds_no_account_of_another_tenant(books: Company) -> None:
    ids = await account_ids(books)
    for entry in (
        Entry(ids["foreign"], ids["purse"], 5),
        Entry(ids["source"], ids["foreign"], 5),
    ):
        with pytest.raises((LookupError, *REFUSED_BY_DATABASE)):
            await books.write(lambda tx, entry=entry: tx.ledger.transfer(moving("x", entry)))  # type: ignore[misc]  # bound now
    with pytest.raises(LookupError):
        await books.write(lambda tx: tx.ledger.refresh(ids["foreign"]))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("post", {"hold_id": "none/0"}),
        ("void", {"hold_id": "k/0", "amount": 59}),
        ("post", {"hold_id": "k/0", "amount": 61}),
        ("post", {}),
        ("transfer", {"hold_id": "k/0"}),
        ("hold", {}),
        ("transfer", {"amount": 0}),
        ("transfer", {"amount": -5}),
        ("transfer", {"amount": 10**18 + 1}),
        ("gift", {}),
    ],
)
async def test_the_database_refuses_an_entry_that_makes_no_sense(
    books: Company, kind: str, more: dict[str, Any]
) -> None:
    await books.hold(TEAM, 60, "k")

    def sides(tx: SqlTx) -> tuple[int, int]:
        held = tx.ledger.list_open_holds("k")[0]
        return held.debit_id, held.credit_id

    statement = raw_entry(kind, *await books.read(sides), **more)
    with pytest.raises(REFUSED_BY_DATABASE):
        await books.write(lambda tx: tx.connection.run(statement))


@pytest.mark.parametrize("table", ["transfer", "audit"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET tenant = tenant", "DELETE FROM {}"])
async def test_what_was_written_stays(books: Company, table: str, verb: str) -> None:
    await books.write(lambda tx: tx.record(fact()))
    await books.spend(TEAM, 60, "k")
    with pytest.raises(REFUSED_BY_DATABASE):
        await books.write(lambda tx: tx.connection.run(text(verb.format(table))))


async def test_an_error_of_ours_undoes_what_its_write_did(books: Company) -> None:
    class Odd(BursarError):
        pass

    def go_wrong(tx: SqlTx) -> None:
        spending.hold(tx, TEAM, 60, key="k", actor="x", life=LIFE)
        tx.announce("never")
        raise Odd("odd")

    heard: list[object] = []
    books.database.on_commit(heard.extend)
    for _ in range(2):
        with pytest.raises(Odd):
            await books.write(go_wrong)
    assert heard == []
    assert await books.figures(TEAM) == (100, 0, 0, 100)


async def test_a_key_that_held_less_before_holds_no_more_beside_it(books: Company) -> None:
    def hold(tx: SqlTx, *amounts: int) -> bool:
        sides = [(_side(tx, f"a{at}", 100), _side(tx, f"b{at}", 0)) for at in range(2)]
        entries = tuple(
            Entry(debit, credit, amount, tx.now + LIFE)
            for (debit, credit), amount in zip(sides, amounts, strict=False)
        )
        return tx.ledger.hold(Movement(IdempotencyKey("k"), "test", "test", entries))

    assert await books.write(lambda tx: hold(tx, 10))
    with pytest.raises(KeyReused):
        await books.write(lambda tx: hold(tx, 10, 10))
    assert len(await books.read(lambda tx: tx.ledger.list_open_holds("k"))) == 1


async def test_two_holds_on_one_account_count_together(books: Company) -> None:
    def hold(tx: SqlTx, key: str, each: int) -> bool:
        debit, credit = _side(tx, "a", 100), _side(tx, "b", 0)
        entries = tuple(Entry(debit, credit, each, tx.now + LIFE) for _ in range(2))
        return tx.ledger.hold(Movement(IdempotencyKey(key), "test", "test", entries))

    with pytest.raises(Shortfall):
        await books.write(lambda tx: hold(tx, "k", 60))
    assert await books.read(lambda tx: tx.ledger.list_open_holds("k")) == []
    assert await books.write(lambda tx: hold(tx, "l", 50))
    assert not await books.write(lambda tx: hold(tx, "l", 50))


def _side(tx: SqlTx, name: str, funds: int) -> int:
    """Return an account, with so much on it from its first use on."""
    account_id, is_new = tx.ledger.open_id(AccountKey("quota", name, "nusd", ""))
    if is_new and funds:
        source, _ = tx.ledger.open_id(AccountKey("source", "s", "nusd", ""), is_bottomless=True)
        funding = Entry(source, account_id, funds, moves_credit=True)
        tx.ledger.transfer(Movement(IdempotencyKey(name), "test", "test", (funding,)))
    return account_id
