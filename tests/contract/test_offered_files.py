"""Files that wait for their reader, on both databases: taken once, by one person, in time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.ids import PrincipalId
from bot.platforms.offered_files import Destination, OfferedFile
from scheduler.jobs.offers import tidy_offers
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import ACME, ANA, found_company

BEN = PrincipalId("ben")
LIFE = timedelta(days=7)


@pytest.fixture
async def file_id(database: Database) -> str:
    await database.write(found_company, tenant=ACME)
    return await offer(database)


async def offer(database: Database, number: int = 1) -> str:
    return await database.write(
        lambda tx: tx.offered_files.offer(
            7, number, person_id=ANA, name="october.csv", expires_at=tx.now + LIFE
        ),
        tenant=ACME,
    )


def place(number: int = 1) -> Destination:
    url = f"https://acme.sharepoint.com/up/{number}"
    return Destination(url, "https://acme.sharepoint.com/october.csv", "D-1", "o.csv", "csv")


async def take(
    database: Database, file_id: str, number: int = 1, person_id: PrincipalId = ANA
) -> bool:
    return await database.write(
        lambda tx: tx.offered_files.take(file_id, person_id, place(number), f"digest {number}"),
        tenant=ACME,
    )


async def find(database: Database, file_id: str) -> OfferedFile:
    found = await database.read(lambda tx: tx.offered_files.find(file_id), tenant=ACME)
    assert found is not None
    return found


async def test_the_same_file_is_offered_once(database: Database, file_id: str) -> None:
    again = await asyncio.gather(*(offer(database) for _ in range(8)))
    assert {file_id} == set(again)
    assert await offer(database, 2) != file_id
    assert len(file_id) == 22


async def test_a_file_is_taken_once(database: Database, clock: ManualClock, file_id: str) -> None:
    assert await take(database, file_id)
    found = await find(database, file_id)
    assert (found.state, found.destination) == ("taken", place())
    assert found.answered_at == clock.now()


async def test_a_file_is_not_taken_twice(database: Database, file_id: str) -> None:
    assert await take(database, file_id)
    assert not await take(database, file_id)
    assert not await take(database, file_id, 2)
    assert (await find(database, file_id)).destination == place()


async def test_of_many_who_take_it_at_once_one_does(database: Database, file_id: str) -> None:
    taken = await asyncio.gather(*(take(database, file_id, number) for number in range(8)))
    assert sum(taken) == 1
    assert (await find(database, file_id)).destination == place(taken.index(True))


async def leave(database: Database, file_id: str, person_id: PrincipalId = ANA) -> bool:
    return await database.write(lambda tx: tx.offered_files.leave(file_id, person_id), tenant=ACME)


async def test_of_taking_and_leaving_at_once_one_counts(database: Database, file_id: str) -> None:
    done = await asyncio.gather(
        *(take(database, file_id, number) for number in range(4)),
        *(leave(database, file_id) for _ in range(4)),
    )
    assert sum(done) == 1
    assert (await find(database, file_id)).state == ("taken" if any(done[:4]) else "left")


async def test_nobody_else_takes_or_leaves_it(database: Database, file_id: str) -> None:
    assert not await take(database, file_id, person_id=BEN)
    assert not await leave(database, file_id, BEN)
    assert (await find(database, file_id)).state == "offered"


async def test_it_is_over_by_the_clock_of_the_database(
    database: Database, clock: ManualClock, file_id: str
) -> None:
    clock.advance(LIFE)
    assert not await take(database, file_id)
    assert not await leave(database, file_id)
    assert (await find(database, file_id)).is_expired


def arrive(tx: SqlTx, file_id: str) -> bool:
    return tx.offered_files.hand_over(file_id)


def put_back(tx: SqlTx, file_id: str) -> bool:
    return tx.offered_files.put_back(file_id, tx.now + LIFE)


async def test_what_arrived_is_noted_once_and_its_address_forgotten(
    database: Database, file_id: str
) -> None:
    await take(database, file_id)
    noted = await asyncio.gather(
        *(database.write(lambda tx: arrive(tx, file_id), tenant=ACME) for _ in range(8))
    )
    assert sum(noted) == 1
    found = await find(database, file_id)
    assert found.state == "handed_over"
    assert found.destination is not None
    assert found.destination.upload_url == ""
    assert not await database.write(lambda tx: put_back(tx, file_id), tenant=ACME)


async def test_what_did_not_arrive_is_offered_again_but_not_for_the_same_address(
    database: Database, clock: ManualClock, file_id: str
) -> None:
    assert not await database.write(lambda tx: put_back(tx, file_id), tenant=ACME)
    await take(database, file_id)
    clock.advance(timedelta(days=1))
    put = await asyncio.gather(
        *(database.write(lambda tx: put_back(tx, file_id), tenant=ACME) for _ in range(8))
    )
    assert sum(put) == 1
    found = await find(database, file_id)
    assert (found.state, found.expires_at) == ("offered", clock.now() + LIFE)
    # The first acceptance, delivered late.
    assert not await take(database, file_id)
    assert await take(database, file_id, 2)


async def test_what_is_sent_again_can_be_taken_as_long_as_before(
    database: Database, clock: ManualClock, file_id: str
) -> None:
    clock.advance(LIFE)
    assert await offer(database) == file_id
    assert await take(database, file_id)


async def test_a_person_can_have_theirs_erased(database: Database, file_id: str) -> None:
    await take(database, file_id)
    assert [await erase(database, person) for person in (BEN, ANA, ANA)] == [0, 1, 0]


async def erase(database: Database, person_id: PrincipalId) -> int:
    return await database.write(lambda tx: tx.offered_files.erase(person_id), tenant=ACME)


async def test_what_is_long_over_is_forgotten(
    database: Database, clock: ManualClock, file_id: str
) -> None:
    clock.advance(LIFE + timedelta(days=29))
    assert await tidy_offers(database) == 0
    clock.advance(timedelta(days=1))
    assert await tidy_offers(database) == 1
    assert await tidy_offers(database) == 0
    assert await database.read(lambda tx: tx.offered_files.find(file_id), tenant=ACME) is None
