"""A lease: one of many holds it, and it ends by itself."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.leases import LIFE, DatabaseLease
from bot.running import App
from storage.database import Database
from tests.turns.chat import limits

MINUTE = timedelta(minutes=1)


async def take(database: Database, owner: str, name: str = "poll") -> int | None:
    return await database.write(lambda tx: tx.leases.take(name, owner, MINUTE))


async def test_a_lease_is_taken_once_and_kept_by_its_holder(database: Database) -> None:
    first = await take(database, "a")
    assert first is not None
    assert await take(database, "b") is None
    # Its number stays, however often it is kept.
    assert await take(database, "a") == first


async def test_a_lease_is_taken_by_one_of_many(database: Database) -> None:
    found = await asyncio.gather(*(take(database, f"owner-{number}") for number in range(20)))
    assert sum(fence is not None for fence in found) == 1


async def test_a_lease_that_ended_is_taken_over_by_one_with_a_higher_number(
    database: Database, clock: ManualClock
) -> None:
    first = await take(database, "a")
    assert first is not None
    clock.advance(MINUTE - timedelta(microseconds=1))
    assert await take(database, "b") is None
    clock.advance(timedelta(microseconds=1))
    found = await asyncio.gather(*(take(database, owner) for owner in "bcdefg"))
    (second,) = (fence for fence in found if fence is not None)
    assert second > first
    # Whoever lost it neither has it nor can give it back.
    assert await take(database, "a") is None
    assert not await database.write(lambda tx: tx.leases.release("poll", "a", first))
    assert await take(database, "a") is None


async def test_a_lease_given_back_is_free_at_once(database: Database) -> None:
    first = await take(database, "a")
    assert first is not None
    assert await database.write(lambda tx: tx.leases.release("poll", "a", first))
    assert not await database.write(lambda tx: tx.leases.release("poll", "a", first))
    second = await take(database, "b")
    assert second is not None
    assert second > first


async def test_leases_of_other_names_do_not_wait_for_each_other(database: Database) -> None:
    assert await take(database, "a", "one") is not None
    assert await take(database, "b", "two") is not None


async def test_an_app_that_has_the_database_to_itself_waits_for_no_dead_process(
    database: Database,
) -> None:
    """The one that held the lease was killed; several may hold a PostgreSQL database."""
    dead, living = DatabaseLease(database, "poll"), DatabaseLease(database, "poll")
    assert await dead.hold()
    app = App(database, database.clock, limits())
    await app.take_over()
    assert not await living.hold()
    await app.take_over(is_start=True)
    assert await living.hold() is database.is_exclusive


@pytest.mark.parametrize("is_given_back", [True, False])
async def test_a_process_takes_over_from_one_that_ended(
    database: Database, clock: ManualClock, is_given_back: bool
) -> None:
    one, other = DatabaseLease(database, "poll"), DatabaseLease(database, "poll")
    assert await one.hold()
    assert not await other.hold()
    if is_given_back:
        await one.release()
    else:
        clock.advance(LIFE)
    assert await other.hold()
    assert not await one.hold()
    # Nothing is held any more: nothing happens.
    await one.release()
    assert await other.hold()
