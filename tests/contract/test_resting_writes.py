"""Writes for which the writer is woken a moment later: in their turn, and never left behind."""

import asyncio
from collections.abc import Callable

import pytest

from bot.errors.storage import StorageBusy
from storage.database import Database
from storage.transaction import SqlTx


def note(done: list[str], name: str) -> Callable[[SqlTx], None]:
    def write(_tx: SqlTx) -> None:
        done.append(name)

    return write


async def test_it_keeps_its_turn(database: Database) -> None:
    done: list[str] = []
    names = [f"{number}{kind}" for number in range(30) for kind in ("rests", "does not")]
    await asyncio.gather(
        *(database.write(note(done, name), may_rest=name.endswith("rests")) for name in names)
    )
    assert done == names or not database.keeps_order
    assert sorted(done) == sorted(names)


async def test_it_needs_nobody_behind_it(database: Database) -> None:
    done: list[str] = []
    await database.write(note(done, "alone"), may_rest=True)
    assert done == ["alone"]


async def test_it_is_done_before_the_database_is_closed(sqlite_database: Database) -> None:
    done: list[str] = []
    resting = asyncio.ensure_future(sqlite_database.write(note(done, "late"), may_rest=True))
    # The next round of the loop hands it over.
    await asyncio.sleep(0)
    await sqlite_database.close()
    await resting
    assert done == ["late"]


async def test_after_that_it_is_refused(sqlite_database: Database) -> None:
    await sqlite_database.close()
    with pytest.raises(StorageBusy):
        await sqlite_database.write(note([], "too late"), may_rest=True)
