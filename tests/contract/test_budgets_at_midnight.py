"""A limit changes in the moment in which another instance opens the next day's account.

On PostgreSQL neither sees what the other has not committed: without taking turns the new day
would keep the old limit. A file of SQLite has one writer, and so no such moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.clock import ManualClock
from bot.economy import limit_changes, spending
from bot.economy.wallets import TemporaryRaise
from bot.errors.kinds import Conflict
from bot.ids import new_id
from storage.transaction import SqlTx
from tests.interleaved import interleave, opened_twice
from tests.ledgers import LIFE, TEAM, Company, found_company
from tests.servers import PostgresServer

MIDNIGHT: Final = datetime(2027, 1, 31, tzinfo=UTC)
MOMENT: Final = timedelta(milliseconds=1)
END: Final = MIDNIGHT + timedelta(days=3)
Change = Callable[[SqlTx], object]


@dataclass
class Instances:
    """One instance a moment before midnight, one a moment after it."""

    url: str
    before: Company
    after: Company

    async def change_and_open(self, change: Change, *, is_change_first: bool) -> None:
        """Have the one change something and the other open the new day, at the same moment."""
        steps = [(self.before, change), (self.after, hold_ten)]
        if not is_change_first:
            steps.reverse()
        await interleave(self.url, *steps)


@pytest.fixture
async def instances(postgres: PostgresServer) -> AsyncIterator[Instances]:
    url = postgres.create_database()
    clocks = ManualClock(MIDNIGHT - MOMENT), ManualClock(MIDNIGHT + MOMENT)
    async with opened_twice(url, *clocks) as (before, after):
        await before.write(found_company)
        await before.limit(TEAM, 100, "day")
        yield Instances(url, before, after)
        await after.assert_sound()


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
    await instances.change_and_open(change, is_change_first=is_change_first)
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

    await instances.change_and_open(end, is_change_first=is_change_first)
    assert await after.figures(TEAM, "day") == (100, 0, 10, 90)


@pytest.mark.parametrize("is_change_first", [True, False])
async def test_a_limit_that_is_taken_away_and_set_anew_counts_once(
    instances: Instances, is_change_first: bool
) -> None:
    after = instances.after
    await instances.change_and_open(set_to(None), is_change_first=is_change_first)
    used = 0 if is_change_first else 10
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
