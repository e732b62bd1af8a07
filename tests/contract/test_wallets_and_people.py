"""Wallets, people, their roles and accounts, on both databases."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from bot.access import Grant, Principal
from bot.economy.wallets import Limit, Tenant, Wallet
from bot.errors.kinds import InvalidInput, NotFound
from bot.ids import PrincipalId, TenantId, WalletId
from storage.database import Database
from tests.ledgers import ACME, ANA, BEN, KEY, ORG, PROJECT, TEAM, Company, found_company

REFUSED_BY_DATABASE = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)


@pytest.fixture
async def books(database: Database) -> Company:
    await database.write(found_company)
    return Company(database)


async def at_once(count: int, call: Callable[[], Awaitable[object]]) -> list[object]:
    """Make a call from many tasks; return what each got, errors too."""
    return await asyncio.gather(*(call() for _ in range(count)), return_exceptions=True)


async def test_a_wallets_chain_ends_with_the_organisation(books: Company) -> None:
    chain = await books.read(lambda tx: tx.wallets.chain(KEY))
    assert [x.id for x in chain] == [KEY, PROJECT, TEAM, ORG]
    with pytest.raises(NotFound):
        await books.read(lambda tx: tx.wallets.chain(WalletId("none")))


async def test_a_name_is_taken_once_however_it_is_written(books: Company) -> None:
    def add(name: str, wallet_id: str) -> Callable[[], Awaitable[None]]:
        wallet = Wallet(WalletId(wallet_id), ORG, "team", name)
        return lambda: books.write(lambda tx: tx.wallets.add(wallet))

    await add("Lab", "lab")()
    # The third begins with a Cyrillic letter.
    for name in ("lab", "LÁB", "L\u0430b"):
        with pytest.raises(InvalidInput):
            await add(name, name)()
    answers = await asyncio.gather(
        *(add("Launch", f"launch-{index}")() for index in range(20)), return_exceptions=True
    )
    assert sum(x is None for x in answers) == 1
    assert sum(isinstance(x, InvalidInput) for x in answers) == 19


async def test_a_closed_wallets_name_is_free_again(books: Company) -> None:
    assert await books.write(lambda tx: tx.wallets.set_closed(KEY, True))
    assert not await books.write(lambda tx: tx.wallets.set_closed(KEY, True))
    assert await books.read(lambda tx: tx.wallets.find_by_name("key")) is None
    again = Wallet(WalletId("key-2"), PROJECT, "key", "key")
    await books.write(lambda tx: tx.wallets.add(again))
    assert await books.read(lambda tx: tx.wallets.find_by_name("KEY")) == again
    assert (await books.read(lambda tx: tx.wallets.get(KEY))).is_closed


async def test_a_wallet_is_closed_by_one_of_many(books: Company) -> None:
    answers = await at_once(20, lambda: books.write(lambda tx: tx.wallets.set_closed(KEY, True)))
    assert sorted(map(bool, answers)) == [False] * 19 + [True]


async def test_a_wallet_is_renamed_unless_the_name_is_taken(books: Company) -> None:
    await books.write(lambda tx: tx.wallets.rename(KEY, "Launch"))
    await books.write(lambda tx: tx.wallets.rename(KEY, "launch"))
    assert (await books.read(lambda tx: tx.wallets.get(KEY))).name == "launch"
    with pytest.raises(InvalidInput):
        await books.write(lambda tx: tx.wallets.rename(KEY, "Team"))


async def test_a_limit_changes_only_from_what_was_seen(books: Company) -> None:
    def change(amount: int | None, expected: int | None) -> Awaitable[bool]:
        return books.write(
            lambda tx: tx.wallets.set_limit(TEAM, "month", amount, expected=expected)
        )

    assert await change(100, None)
    assert not await change(200, None)
    assert not await change(200, 99)
    assert await change(200, 100)
    assert not await change(None, 100)
    assert await books.read(lambda tx: tx.wallets.list_limits([TEAM, KEY])) == [
        Limit(TEAM, "month", 200)
    ]
    assert sorted(map(bool, await at_once(20, lambda: change(300, 200)))) == [False] * 19 + [True]
    assert await change(None, 300)
    assert await books.read(lambda tx: tx.wallets.list_limits([TEAM])) == []


async def test_wallets_with_the_widest_of_trees_are_listed(books: Company) -> None:
    found = await books.read(lambda tx: tx.wallets.list_all())
    assert [x.name for x in found] == ["key", "org", "other", "project", "team"]


async def test_a_person_is_found_with_their_roles(books: Company) -> None:
    await books.write(lambda tx: tx.people.give(BEN, "lead", TEAM))
    ben = await books.read(lambda tx: tx.people.get(BEN))
    assert ben.grants == (Grant("lead", TEAM), Grant("member"))
    assert await books.read(lambda tx: tx.people.find_by_handle("ben")) == ben
    assert ben in await books.read(lambda tx: tx.people.list_all())
    assert await books.read(lambda tx: tx.people.find_by_handle("nobody")) is None
    with pytest.raises(NotFound):
        await books.read(lambda tx: tx.people.get(PrincipalId("nobody")))


async def test_a_role_is_given_and_taken_once(books: Company) -> None:
    async def give() -> bool:
        return await books.write(lambda tx: tx.people.give(BEN, "lead", TEAM))

    async def take() -> bool:
        return await books.write(lambda tx: tx.people.take(BEN, "lead", TEAM))

    assert [await give(), await give()] == [True, False]
    assert [await take(), await take()] == [True, False]
    assert sorted(map(bool, await at_once(20, give))) == [False] * 19 + [True]
    assert sorted(map(bool, await at_once(20, take))) == [False] * 19 + [True]


async def test_a_role_is_of_a_kind_that_there_is(books: Company) -> None:
    with pytest.raises(REFUSED_BY_DATABASE):
        await books.write(lambda tx: tx.people.give(BEN, "king", None))  # type: ignore[arg-type]  # on purpose


async def test_the_last_owner_stays(books: Company) -> None:
    def take(person_id: PrincipalId) -> Awaitable[bool]:
        return books.write(lambda tx: tx.people.take(person_id, "owner", None))

    assert not await take(ANA)
    await books.write(lambda tx: tx.people.give(BEN, "owner", None))
    answers = await asyncio.gather(*(take(x) for x in (ANA, BEN) * 10))
    assert sum(answers) == 1
    people = await books.read(lambda tx: tx.people.list_all())
    assert sum(x.has_role("owner") for x in people) == 1


async def test_a_person_is_shut_out_once(books: Company) -> None:
    async def shut_out() -> bool:
        return await books.write(lambda tx: tx.people.set_disabled(BEN, True))

    assert sorted(map(bool, await at_once(20, shut_out))) == [False] * 19 + [True]
    assert (await books.read(lambda tx: tx.people.get(BEN))).is_disabled


async def test_an_account_is_linked_to_one_person(books: Company) -> None:
    def link(person_id: PrincipalId, external_id: str = "7") -> Awaitable[bool]:
        return books.write(lambda tx: tx.people.link(person_id, "telegram", "bot", external_id))

    answers = await asyncio.gather(*(link(x) for x in (ANA, BEN) * 10))
    assert sum(answers) == 1
    found = await books.database.read(lambda tx: tx.people.find_linked("telegram", "bot", "7"))
    assert found is not None
    assert (found.tenant, found.id) == (ACME, ANA)
    assert found == await books.read(lambda tx: tx.people.get(ANA))
    assert await link(ANA, "8")
    for platform, account, external_id in (
        ("slack", "bot", "7"),
        ("telegram", "other", "7"),
        ("telegram", "bot", "9"),
    ):
        key = (platform, account, external_id)
        assert await books.database.read(lambda tx, key=key: tx.people.find_linked(*key)) is None  # type: ignore[misc]  # bound now


async def test_a_handle_is_taken_once_in_a_tenant(books: Company) -> None:
    carl = Principal(PrincipalId("carl"), ACME, "Carl", "ben", "en", "UTC")
    with pytest.raises(REFUSED_BY_DATABASE):
        await books.write(lambda tx: tx.people.add(carl))
    await books.write(lambda tx: found_company(tx, tenant=TenantId("globex")))


async def test_companies_are_listed_oldest_first(books: Company) -> None:
    await books.write(lambda tx: found_company(tx, tenant=TenantId("globex")))
    found = await books.database.read(lambda tx: tx.people.list_tenants())
    assert sorted(x.id for x in found) == ["acme", "globex"]
    with pytest.raises(REFUSED_BY_DATABASE):
        await books.write(lambda tx: tx.people.add_tenant(Tenant(ACME, "Another", "UTC", "en")))
