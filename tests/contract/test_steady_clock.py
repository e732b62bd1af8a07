"""The database's clock steps: nothing happens because of it before it is known to be right."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.clock import ManualClock
from bot.ports import Tx
from bot.schedules.model import Plan, Run, plan
from bot.schedules.recurrence import daily
from scheduler.kinds import quick
from scheduler.runs import Runs
from scheduler.steady import SteadyClock
from storage.database import Database
from tests.ledgers import ACME, found_company

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
YEARS = timedelta(days=3653)


class Instance:
    """One process: its clock watched, its runs counted by date."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        self.steady = SteadyClock(database, clock)
        self.done: set[str] = set()
        self._runs = Runs(database, {"digest": quick(self._send)})

    async def tick(self) -> None:
        await self.steady.only(self._runs.tick)()
        await self._runs.idle()

    def _send(self, tx: Tx, run: Run) -> str:
        self.done.add(run.occasion.local_date.isoformat())
        return "sent"


@pytest.fixture
async def company(database: Database) -> Database:
    """Plan something for each day at 13:00 in Madrid: just when the tests begin."""
    await database.write(found_company, tenant=ACME)
    wanted = Plan(kind="digest", rule=daily(time(13)), zone="Europe/Madrid")
    await database.write(lambda tx: plan(tx, wanted), tenant=ACME)
    return database


async def test_time_that_passes_is_steady(company: Database, clock: ManualClock) -> None:
    one = Instance(company, clock)
    for _ in range(5):
        assert await one.steady.is_steady()
        clock.advance(DAY)


@pytest.mark.parametrize("step", [HOUR, -HOUR, -SECOND * 61])
async def test_after_a_step_nothing_is_due_for_a_minute(
    company: Database, clock: ManualClock, step: timedelta
) -> None:
    one = Instance(company, clock)
    assert await one.steady.is_steady()
    clock.step(step)
    assert not await one.steady.is_steady()
    clock.advance(59 * SECOND)
    assert not await one.steady.is_steady()
    clock.advance(SECOND)
    assert await one.steady.is_steady()


@pytest.mark.parametrize("step", [SECOND * 59, -SECOND * 59])
async def test_a_small_repair_is_no_step(
    company: Database, clock: ManualClock, step: timedelta
) -> None:
    one = Instance(company, clock)
    assert await one.steady.is_steady()
    clock.step(step)
    assert await one.steady.is_steady()


async def test_a_step_by_years_that_is_set_right_sends_nothing(
    company: Database, clock: ManualClock
) -> None:
    one = Instance(company, clock)
    await one.tick()
    clock.step(YEARS)
    for _ in range(5):
        await one.tick()
        clock.advance(60 * SECOND)
    clock.step(-YEARS)
    for _ in range(3):
        await one.tick()
        clock.advance(60 * SECOND)
    assert one.done == set()
    clock.advance(DAY)
    await one.tick()
    assert one.done == {"2026-11-19"}


async def test_a_step_by_years_that_stays_sends_one(company: Database, clock: ManualClock) -> None:
    one = Instance(company, clock)
    await one.tick()
    clock.step(YEARS)
    await one.tick()
    clock.advance(600 * SECOND)
    await one.tick()
    assert one.done == {"2036-11-18"}


async def test_what_was_done_ahead_of_time_is_not_done_again_and_the_rest_is(
    company: Database, clock: ManualClock
) -> None:
    """A clock that is a day ahead for an hour, long enough to be believed."""
    one = Instance(company, clock)
    await one.tick()
    clock.step(DAY)
    for _ in range(12):
        await one.tick()
        clock.advance(300 * SECOND)
    assert one.done == {"2026-11-19"}
    one.done.clear()
    clock.step(-DAY)
    for _ in range(30):
        await one.tick()
        clock.advance(2 * HOUR)
    assert one.done == {"2026-11-20"}


async def test_a_process_that_was_away_for_days_goes_on_at_once(
    company: Database, clock: ManualClock
) -> None:
    clock.advance(3 * DAY)
    one = Instance(company, clock)
    await one.tick()
    assert one.done == {"2026-11-21"}


async def test_a_process_that_starts_years_later_waits_whether_that_is_true(
    company: Database, clock: ManualClock
) -> None:
    clock.advance(YEARS)
    one = Instance(company, clock)
    await one.tick()
    assert one.done == set()
    clock.advance(600 * SECOND)
    await one.tick()
    assert one.done == {"2036-11-18"}


async def test_a_process_that_starts_with_a_clock_set_back_plans_anew(
    company: Database, clock: ManualClock
) -> None:
    clock.advance(YEARS)
    wanted = Plan(kind="digest", rule=daily(time(13)), zone="Europe/Madrid", subject="x")
    await company.write(lambda tx: plan(tx, wanted), tenant=ACME)
    clock.advance(-YEARS)
    one = Instance(company, clock)
    await one.tick()
    clock.advance(600 * SECOND)
    await one.tick()
    found = await company.read(lambda tx: tx.schedules.find("digest", "x"), tenant=ACME)
    assert found is not None
    assert found.next is not None
    assert found.next.local_date.isoformat() == "2026-11-19"


async def test_a_database_without_any_plan_is_steady(
    database: Database, clock: ManualClock
) -> None:
    assert await SteadyClock(database, clock).is_steady()
