"""Accounts and guests in the tables: each step once, whatever races."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.access import Principal
from bot.clock import ManualClock
from bot.ids import LinkId, PrincipalId
from bot.people.links import Account, Link
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import ACME, ANA, BEN, TEAM, Company, found_company

GINA = PrincipalId("acme-gina")
HOUR = timedelta(hours=1)


@pytest.fixture
async def books(database: Database) -> Company:
    await database.write(found_company)
    made = Company(database)

    def add(tx: SqlTx) -> None:
        guest = Principal(GINA, ACME, "Gina", "guest-1", "en", "UTC", is_guest=True)
        tx.people.add(guest)
        tx.people.link(GINA, "slack", "bot", "U1", "Gina")

    await made.write(add)
    return made


def link_to(person_id: PrincipalId) -> Link:
    return Link(LinkId("l"), ACME, person_id, "slack", "bot", "U1", "Gina R.")


async def at_once(books: Company, do: Callable[[SqlTx], bool], times: int = 8) -> int:
    """Do something from many tasks at once; return how often it was done."""
    return sum(await asyncio.gather(*(books.write(do) for _ in range(times))))


async def owner_of(books: Company) -> str | None:
    found = await books.database.read(lambda tx: tx.people.find_linked("slack", "bot", "U1"))
    return None if found is None else found.id


async def test_a_guests_account_becomes_one_persons_once(books: Company) -> None:
    def take(to: PrincipalId) -> Callable[[SqlTx], bool]:
        return lambda tx: tx.people.relink(link_to(to), GINA)

    answers = await asyncio.gather(*(books.write(take(to)) for to in (ANA, BEN) * 4))
    assert sum(answers) == 1
    assert await owner_of(books) in {ANA, BEN}
    owner = PrincipalId(str(await owner_of(books)))
    (account,) = await books.read(lambda tx: tx.people.list_accounts(owner))
    assert (account.label, account.name) == ("Slack U1", "Gina R.")


async def test_an_account_of_a_person_is_not_taken_over(books: Company) -> None:
    await books.write(lambda tx: tx.people.relink(link_to(BEN), GINA))
    assert not await books.write(lambda tx: tx.people.relink(link_to(ANA), BEN))
    assert not await books.write(lambda tx: tx.people.relink(link_to(ANA), GINA))
    assert await owner_of(books) == BEN


async def test_nothing_is_linked_to_guests_and_people_who_are_shut_out(books: Company) -> None:
    await books.write(lambda tx: tx.people.set_disabled(BEN, True))
    assert not await books.write(lambda tx: tx.people.relink(link_to(BEN), GINA))
    assert not await books.write(lambda tx: tx.people.relink(link_to(GINA), GINA))


async def test_an_account_is_unlinked_once(books: Company, clock: ManualClock) -> None:
    await books.write(lambda tx: tx.people.relink(link_to(BEN), GINA))
    account = Account("slack", "bot", "U1", "", clock.now())
    assert not await books.write(lambda tx: tx.people.unlink(ANA, account))
    assert await at_once(books, lambda tx: tx.people.unlink(BEN, account)) == 1
    assert await owner_of(books) is None


async def test_of_two_owners_who_unlink_at_once_one_keeps_an_account(
    books: Company, clock: ManualClock
) -> None:
    def prepare(tx: SqlTx) -> None:
        tx.people.give(BEN, "owner", None)
        tx.people.link(ANA, "slack", "bot", "A")
        tx.people.link(BEN, "slack", "bot", "B")

    await books.write(prepare)
    mine = {ANA: Account("slack", "bot", "A", "", clock.now())}
    mine[BEN] = Account("slack", "bot", "B", "", clock.now())

    def leave(who: PrincipalId) -> Callable[[SqlTx], bool]:
        account = mine[who]
        return lambda tx: tx.people.unlink(who, account)

    answers = await asyncio.gather(*(books.write(leave(who)) for who in (ANA, BEN) * 4))
    assert sum(answers) == 1


async def test_an_owner_who_is_shut_out_keeps_nobody_in(
    books: Company, clock: ManualClock
) -> None:
    def prepare(tx: SqlTx) -> None:
        tx.people.give(BEN, "owner", None)
        tx.people.link(ANA, "slack", "bot", "A")
        tx.people.link(BEN, "slack", "bot", "B")
        tx.people.set_disabled(BEN, True)

    await books.write(prepare)
    account = Account("slack", "bot", "A", "", clock.now())
    assert not await books.write(lambda tx: tx.people.unlink(ANA, account))


async def test_a_guest_is_let_in_once(books: Company) -> None:
    assert GINA not in [x.id for x in await books.read(lambda tx: tx.people.list_all())]
    assert await at_once(books, lambda tx: tx.people.admit(GINA, "Gina R.", "gina", TEAM)) == 1
    found = await books.read(lambda tx: tx.people.get(GINA))
    assert (found.name, found.handle, found.home_wallet_id) == ("Gina R.", "gina", TEAM)
    assert not found.is_guest
    assert found in await books.read(lambda tx: tx.people.list_all())
    assert not await books.write(lambda tx: tx.people.admit(BEN, "Ben", "ben2", None))


async def test_a_guest_is_greeted_once_in_a_span(books: Company, clock: ManualClock) -> None:
    assert await at_once(books, lambda tx: tx.people.greet(GINA, HOUR)) == 1
    clock.advance(HOUR)
    assert await at_once(books, lambda tx: tx.people.greet(GINA, HOUR)) == 1
    assert not await books.write(lambda tx: tx.people.greet(BEN, HOUR))


async def test_a_guest_is_nobody_by_handle(books: Company) -> None:
    assert await books.read(lambda tx: tx.people.find_by_handle("guest-1")) is None
