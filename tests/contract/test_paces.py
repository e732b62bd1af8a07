"""How fast people go: stretches that slide, and the pause that follows."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.cooldowns import Cooldown, Pace
from bot.ids import PrincipalId
from storage.database import Database
from storage.engine import open_database
from tests.turns.chat import ACME, make_company

PACE = Pace()
ANA, BEN = PrincipalId("ana"), PrincipalId("ben")


@pytest.fixture
async def acme(database: Database) -> Database:
    await database.write(make_company)
    return database


async def count(
    database: Database, person: PrincipalId = ANA, pace: Pace = PACE, *, is_write: bool = False
) -> Cooldown | None:
    return await database.write(
        lambda tx: tx.paces.count(person, pace, is_write=is_write), tenant=ACME
    )


async def test_the_thirteenth_message_in_a_minute_begins_a_pause(
    acme: Database, clock: ManualClock
) -> None:
    for _ in range(12):
        assert await count(acme) is None
        clock.advance(timedelta(seconds=4))
    assert await count(acme) == Cooldown(clock.now() + timedelta(minutes=5), "messages", 1)
    assert await count(acme, BEN) is None


async def test_the_minute_slides(acme: Database, clock: ManualClock) -> None:
    for _ in range(100):
        assert await count(acme) is None
        clock.advance(timedelta(seconds=5))


async def test_a_message_a_minute_old_counts_no_more(acme: Database, clock: ManualClock) -> None:
    for _ in range(12):
        assert await count(acme) is None
    clock.advance(timedelta(seconds=60) - timedelta(microseconds=1))
    cooldown = await count(acme)
    assert cooldown is not None
    clock.set(cooldown.until)
    for _ in range(12):
        assert await count(acme) is None
    clock.advance(timedelta(seconds=60))
    assert await count(acme) is None


async def test_the_sixth_change_in_ten_minutes_begins_a_pause(
    acme: Database, clock: ManualClock
) -> None:
    for _ in range(5):
        assert await count(acme, is_write=True) is None
        clock.advance(timedelta(seconds=100))
    assert await count(acme) is None
    assert await count(acme, is_write=True) == Cooldown(
        clock.now() + timedelta(minutes=5), "writes", 1
    )


async def test_a_pause_swallows_messages_and_ends_by_itself(
    acme: Database, clock: ManualClock
) -> None:
    began = [await count(acme) for _ in range(13)][-1]
    assert began is not None
    assert began.is_new
    clock.advance(timedelta(minutes=4))
    for number in range(2, 30):
        cooldown = await count(acme)
        assert cooldown == Cooldown(began.until, "messages", number)
        assert not cooldown.is_new
    clock.set(began.until)
    # And all that there may be is there again.
    for _ in range(12):
        assert await count(acme) is None
    assert await count(acme) is not None


async def test_a_pause_for_messages_forgets_no_change(acme: Database, clock: ManualClock) -> None:
    for _ in range(5):
        assert await count(acme, is_write=True) is None
    for _ in range(7):
        assert await count(acme) is None
    cooldown = await count(acme)
    assert cooldown is not None
    clock.set(cooldown.until)
    again = await count(acme, is_write=True)
    assert again is not None
    assert again.cause == "writes"


async def test_other_bounds_take_hold_at_once(acme: Database, clock: ManualClock) -> None:
    for _ in range(12):
        assert await count(acme) is None
    wider, narrower = Pace(messages=20), Pace(messages=3)
    for _ in range(8):
        assert await count(acme, pace=wider) is None
    assert await count(acme, pace=wider) is not None
    clock.advance(timedelta(minutes=5))
    for _ in range(3):
        assert await count(acme) is None
    assert await count(acme, pace=narrower) is not None


async def test_exactly_twelve_pass_from_many_tasks(acme: Database) -> None:
    answers = await asyncio.gather(*(count(acme) for _ in range(40)))
    assert answers.count(None) == 12
    swallowed = sorted(one.swallowed for one in answers if one is not None)
    assert swallowed == list(range(1, 29))


async def test_exactly_five_changes_pass_from_many_tasks(acme: Database) -> None:
    answers = await asyncio.gather(*(count(acme, is_write=True) for _ in range(11)))
    assert answers.count(None) == 5
    assert sum(one is not None and one.is_new for one in answers) == 1


async def test_a_pause_is_lifted_once_and_all_is_counted_anew(acme: Database) -> None:
    async def lift() -> bool:
        return await acme.write(lambda tx: tx.paces.lift(ANA), tenant=ACME)

    assert not await lift()
    for _ in range(13):
        await count(acme, is_write=True)
    found = await acme.read(lambda tx: tx.paces.list_cooldowns(), tenant=ACME)
    assert list(found) == [ANA]
    assert sum(await asyncio.gather(*(lift() for _ in range(8)))) == 1
    assert await acme.read(lambda tx: tx.paces.find_cooldown(ANA), tenant=ACME) is None
    for _ in range(5):
        assert await count(acme, is_write=True) is None


async def test_a_pause_outlives_the_process(database_url: str, clock: ManualClock) -> None:
    first = await open_database(database_url, clock)
    await first.write(lambda tx: make_company(tx, tenant=ACME))
    began = [await count(first) for _ in range(13)][-1]
    await first.close()
    again = await open_database(database_url, clock)
    found = await again.read(lambda tx: tx.paces.find_cooldown(ANA), tenant=ACME)
    assert found == began
    swallowed = await count(again)
    assert swallowed is not None
    assert swallowed.swallowed == 2
    await again.close()
