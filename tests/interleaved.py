"""Two instances on one PostgreSQL server, and two transactions that are open at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

import asyncpg
from sqlalchemy.util import await_only

from bot.clock import ManualClock
from storage.postgres import PostgresDatabase
from storage.transaction import SqlTx
from tests.ledgers import Company

Step = tuple[Company, Callable[[SqlTx], object]]
_WAITING: Final = """
    SELECT count(*) FROM pg_locks AS waiting
    JOIN pg_stat_activity AS of ON of.pid = waiting.pid
    WHERE NOT waiting.granted AND of.datname = current_database()
"""


@asynccontextmanager
async def opened_twice(url: str, *clocks: ManualClock) -> AsyncIterator[tuple[Company, Company]]:
    """Open a database by an instance for each of two clocks."""
    async with AsyncExitStack() as stack:
        opened = []
        for clock in clocks:
            database = await PostgresDatabase.open(url, clock)
            stack.push_async_callback(database.close)
            opened.append(Company(database))
        yield opened[0], opened[1]


async def interleave(url: str, one: Step, other: Step) -> tuple[Any, Any]:  # Any: as they return
    """Do both, each in an instance of its own; return what they returned.

    What the first has done is committed only when the other is done, or waits for it.
    """
    is_done, may_commit = asyncio.Event(), asyncio.Event()
    first, do = one

    def held(tx: SqlTx) -> object:
        result = do(tx)
        is_done.set()
        await_only(may_commit.wait())
        return result

    looker = await asyncpg.connect(url)
    try:
        begun = asyncio.ensure_future(first.write(held))
        await is_done.wait()
        second, do_beside = other
        beside = asyncio.ensure_future(second.write(do_beside))
        while not beside.done() and not await looker.fetchval(_WAITING):
            pass
        may_commit.set()
        return await begun, await beside
    finally:
        await looker.close()
