"""A limit changes in the moment in which another instance opens the next day's account.

On PostgreSQL neither sees what the other has not committed: without taking turns the new day
would keep the old limit. A file of SQLite has one writer, and so no such moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import asyncpg
import pytest
from sqlalchemy.util import await_only

from bot.clock import ManualClock
from bot.economy import limit_changes, spending
from bot.economy.wallets import TemporaryRaise
from bot.errors.kinds import Conflict
from bot.ids import new_id
from storage.postgres import PostgresDatabase
from storage.transaction import SqlTx
from tests.ledgers import LIFE, TEAM, Company, found_company
from tests.servers import PostgresServer

MIDNIGHT: Final = datetime(2027, 1, 31, tzinfo=UTC)
MOMENT: Final = timedelta(milliseconds=1)
END: Final = MIDNIGHT + timedelta(days=3)
Change = Callable[[SqlTx], object]


@dataclass
class Instances:
    """One instance a moment before midnight, one a moment after it, and who waits for whom."""

    before: Company
    after: Company
    looker: asyncpg.Connection

    async def interleave(
        self, first: Company, one: Change, second: Company, other: Change
    ) -> tuple[object, object]:
        """Have one done by the first, and commit only when the other is done or waits for it."""
        is_done, may_commit = asyncio.Event(), asyncio.Event()

        def held(tx: SqlTx) -> object:
            result = one(tx)
            is_done.set()
            await_only(may_commit.wait())
            return result

        begun = asyncio.ensure_future(first.write(held))
        await is_done.wait()
        beside = asyncio.ensure_future(second.write(other))
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        while not beside.done() and not await self.looker.fetchval(waiting):
            pass
        may_commit.set()
        return await begun, await beside


@pytest.fixture
async def instances(postgres: PostgresServer) -> AsyncIterator[Instances]:
    url = postgres.create_database()
    async with AsyncExitStack() as stack:
        opened = []
        for at in (MIDNIGHT - MOMENT, MIDNIGHT + MOMENT):
            database = await PostgresDatabase.open(url, ManualClock(at))
            stack.push_async_callback(database.close)
            opened.append(Company(database))
        looker = await asyncpg.connect(url)
        stack.push_async_callback(looker.close)
        await opened[0].write(found_company)
        await opened[0].limit(TEAM, 100, "day")
        made = Instances(opened[0], opened[1], looker)
        yield made
        await made.after.assert_sound()


def set_to(amount: int | None) -> Change:
    return lambda tx: limit_changes.set_limit(tx, TEAM, "day", amount, key=new_id(), actor="x")


def raise_by(amount: int) -> Change:
    return lambda tx: limit_changes.raise_limit(
        tx, TEAM, amount, until_at=END, key=new_id(), actor="x"
    )


def hold_ten(tx: SqlTx) -> None:
    spending.hold(tx, TEAM, 10, key="k", actor="x", life=LIFE)


CHANGES: Final = ((set_to(40), 40), (set_to(250), 250), (raise_by(50), 150))


@pytest.mark.parametrize("is_change_first", [True, False])
@pytest.mark.parametrize(("change", "limit"), CHANGES, ids=["lowered", "set higher", "raised"])
async def test_a_change_counts_in_the_day_that_is_opened_at_that_moment(
    instances: Instances, change: Change, limit: int, is_change_first: bool
) -> None:
    before, after = instances.before, instances.after
    if is_change_first:
        await instances.interleave(before, change, after, hold_ten)
    else:
        await instances.interleave(after, hold_ten, before, change)
    assert await after.figures(TEAM, "day") == (limit, 0, 10, limit - 10)
    assert await before.figures(TEAM, "day") == (limit, 0, 0, limit)


@pytest.mark.parametrize("is_change_first", [True, False])
async def test_a_raise_that_is_ended_ends_in_the_day_that_is_opened_at_that_moment(
    instances: Instances, is_change_first: bool
) -> None:
    before, after = instances.before, instances.after
    made = await before.write(raise_by(50))
    assert isinstance(made, TemporaryRaise)

    def end(tx: SqlTx) -> None:
        limit_changes.end_raise(tx, made.id, key="end", actor="x")

    if is_change_first:
        await instances.interleave(before, end, after, hold_ten)
    else:
        await instances.interleave(after, hold_ten, before, end)
    assert await after.figures(TEAM, "day") == (100, 0, 10, 90)


@pytest.mark.parametrize("is_change_first", [True, False])
async def test_a_limit_that_is_taken_away_and_set_anew_counts_once(
    instances: Instances, is_change_first: bool
) -> None:
    before, after = instances.before, instances.after
    if is_change_first:
        await instances.interleave(before, set_to(None), after, hold_ten)
        used = 0
    else:
        await instances.interleave(after, hold_ten, before, set_to(None))
        used = 10
    assert await after.read(lambda tx: tx.wallets.list_limits([TEAM])) == []
    await after.limit(TEAM, 70, "day")
    assert await after.figures(TEAM, "day") == (70, 0, used, 70 - used)


async def test_many_changes_and_many_first_calls_leave_one_limit(instances: Instances) -> None:
    before, after = instances.before, instances.after
    ended = await asyncio.gather(
        *(before.limit(TEAM, 200 + number, "day") for number in range(8)),
        *(after.hold(TEAM, 1, f"k{number}") for number in range(8)),
        return_exceptions=True,
    )
    assert all(one is None or isinstance(one, int | Conflict) for one in ended), ended
    (limit,) = await after.read(lambda tx: tx.wallets.list_limits([TEAM]))
    assert limit.amount_nanos in range(200, 208)
    assert await after.figures(TEAM, "day") == (limit.amount_nanos, 0, 8, limit.amount_nanos - 8)
