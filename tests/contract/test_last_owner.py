"""A company never loses its last owner: neither the role nor whoever has it.

Also not when two take the role from each other, or shut each other out, at once.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest

from bot.clock import ManualClock
from bot.ids import PrincipalId
from storage.database import Database
from storage.engine import open_database
from tests.turns.chat import ACME, make_company

OWNERS = (PrincipalId("elena"), PrincipalId("ana"))


@pytest.fixture
async def databases(database_url: str, clock: ManualClock) -> AsyncIterator[list[Database]]:
    """Two processes' worth of a server; a file has one process only."""
    count = 1 if database_url.startswith("sqlite") else 2
    opened = [await open_database(database_url, clock) for _ in range(count)]
    await opened[0].write(make_company, tenant=ACME)
    yield opened
    for database in opened:
        await database.close()


async def owners(database: Database) -> set[str]:
    """Return who is owner and not shut out."""
    people = await database.read(lambda tx: tx.people.list_all(), tenant=ACME)
    return {x.id for x in people if x.has_role("owner") and not x.is_disabled}


async def take(database: Database, person_id: PrincipalId) -> bool:
    return await database.write(lambda tx: tx.people.take(person_id, "owner", None), tenant=ACME)


async def give(database: Database, person_id: PrincipalId) -> bool:
    return await database.write(lambda tx: tx.people.give(person_id, "owner", None), tenant=ACME)


async def shut_out(database: Database, person_id: PrincipalId) -> bool:
    return await database.write(lambda tx: tx.people.set_disabled(person_id, True), tenant=ACME)


async def let_in(database: Database, person_id: PrincipalId) -> bool:
    return await database.write(lambda tx: tx.people.set_disabled(person_id, False), tenant=ACME)


async def test_the_role_is_taken_once(databases: list[Database]) -> None:
    await give(databases[0], OWNERS[1])
    assert await take(databases[0], OWNERS[1])
    assert not await take(databases[0], OWNERS[1])
    assert not await take(databases[0], OWNERS[0])
    assert await owners(databases[0]) == {OWNERS[0]}


async def test_two_owners_who_go_at_once_leave_one(databases: list[Database]) -> None:
    for _ in range(10):
        for owner in OWNERS:
            await give(databases[0], owner)
        turns = zip(OWNERS * 4, itertools.cycle(databases), strict=False)
        await asyncio.gather(*(take(database, owner) for owner, database in turns))
        assert len(await owners(databases[0])) == 1


async def test_the_last_owner_is_not_shut_out(databases: list[Database]) -> None:
    assert not await shut_out(databases[0], OWNERS[0])
    assert await owners(databases[0]) == {OWNERS[0]}
    await give(databases[0], OWNERS[1])
    assert await shut_out(databases[0], OWNERS[0])
    assert not await shut_out(databases[0], OWNERS[0])
    assert not await shut_out(databases[0], OWNERS[1])
    assert await owners(databases[0]) == {OWNERS[1]}
    assert await let_in(databases[0], OWNERS[0])
    assert not await let_in(databases[0], OWNERS[0])
    assert await shut_out(databases[0], OWNERS[1])


async def test_the_role_stays_with_the_only_owner_who_is_not_shut_out(
    databases: list[Database],
) -> None:
    await give(databases[0], OWNERS[1])
    await shut_out(databases[0], OWNERS[1])
    assert not await take(databases[0], OWNERS[0])
    # Whoever is shut out may lose the role all the same.
    assert await take(databases[0], OWNERS[1])
    assert await owners(databases[0]) == {OWNERS[0]}


async def test_two_owners_who_shut_each_other_out_leave_one(databases: list[Database]) -> None:
    for _ in range(10):
        for owner in OWNERS:
            await give(databases[0], owner)
            await let_in(databases[0], owner)
        turns = zip(OWNERS * 4, itertools.cycle(databases), strict=False)
        await asyncio.gather(*(shut_out(database, owner) for owner, database in turns))
        assert len(await owners(databases[0])) == 1


async def test_an_owner_who_goes_while_the_other_is_shut_out_stays(
    databases: list[Database],
) -> None:
    for round_ in range(10):
        for owner in OWNERS:
            await give(databases[0], owner)
            await let_in(databases[0], owner)
        first, second = OWNERS if round_ % 2 else OWNERS[::-1]
        await asyncio.gather(
            *(shut_out(database, first) for database in databases),
            *(take(database, second) for database in databases),
        )
        assert len(await owners(databases[0])) == 1
