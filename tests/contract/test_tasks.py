"""Tasks as both databases keep them: each change once, whoever else makes it too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.task_calls import AddTask, CancelTask, CompleteTask, SnoozeTask
from bot.actions.tasks import add_task, cancel_task, complete_task, snooze_task
from bot.agenda import Task, Timing
from bot.clock import ManualClock
from bot.errors.kinds import Conflict, NotFound
from bot.ids import PrincipalId
from bot.ports import Actor
from storage.database import Database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, make_company

ANA = PrincipalId("ana")


@pytest.fixture
async def company(database: Database) -> Database:
    await database.write(make_company)
    return database


async def add(database: Database, text: str = "call Bill", timing: Timing | None = None) -> Task:
    def run(tx: SqlTx) -> Task:
        kept = tx.tasks.add(ANA, text=text, salt=b"salt", state="open", timing=timing or Timing())
        assert kept is not None
        return kept

    return await database.write(run, tenant=ACME)


async def read(database: Database, number: int = 1) -> Task:
    found = await database.read(lambda tx: tx.tasks.find(ANA, number), tenant=ACME)
    assert found is not None
    return found


async def test_a_task_reads_back_as_it_was_kept(company: Database, clock: ManualClock) -> None:
    due = clock.now() + timedelta(days=1)
    kept = await add(company, timing=Timing(due, "week on mon at 09:00", "Europe/Madrid"))
    assert kept == await read(company)
    assert (kept.number, kept.text, kept.salt, kept.state) == (1, "call Bill", b"salt", "open")
    assert (kept.due_at, kept.rule, kept.zone) == (due, "week on mon at 09:00", "Europe/Madrid")
    assert (kept.snoozed_until, kept.told_at, kept.version) == (None, None, 1)


async def test_numbers_rise_and_none_is_used_twice(company: Database) -> None:
    tasks = await asyncio.gather(*(add(company, f"task {n}") for n in range(8)))
    assert sorted(task.number for task in tasks) == list(range(1, 9))
    await company.write(lambda tx: tx.tasks.forget(ANA), tenant=ACME)
    assert (await add(company)).number == 9


async def test_a_full_list_takes_no_more(company: Database) -> None:
    def fill(tx: SqlTx) -> Task | None:
        return tx.tasks.add(ANA, text="x", salt=b"", state="inbox", most=3)

    found = await asyncio.gather(*(company.write(fill, tenant=ACME) for _ in range(8)))
    assert sum(task is not None for task in found) == 3


async def test_a_change_is_kept_once(company: Database) -> None:
    before = await add(company)

    def save(tx: SqlTx) -> Task | None:
        return tx.tasks.save(before, replace(before, text="call Ana"))

    saved = await company.write(save, tenant=ACME)
    assert saved is not None
    assert (saved.text, saved.version) == ("call Ana", 2)
    assert await company.write(save, tenant=ACME) is None
    assert await read(company) == saved


async def test_of_many_changes_at_once_one_is_kept(company: Database) -> None:
    before = await add(company)

    def saving(text: str) -> Callable[[SqlTx], Task | None]:
        return lambda tx: tx.tasks.save(before, replace(before, text=text))

    found = await asyncio.gather(
        *(company.write(saving(f"task {n}"), tenant=ACME) for n in range(8))
    )
    kept = [task for task in found if task is not None]
    assert len(kept) == 1
    assert await read(company) == kept[0]


async def done(database: Database, call: CompleteTask | CancelTask | SnoozeTask) -> str:
    """Do a call as a yes does it; return how it went."""

    def run(tx: SqlTx) -> str:
        actor = Actor(tx.people.get(ANA), None)
        try:
            with tx.savepoint():
                if isinstance(call, CompleteTask):
                    complete_task(call, tx, actor)
                elif isinstance(call, CancelTask):
                    cancel_task(call, tx, actor)
                else:
                    snooze_task(call, tx, actor)
        except (NotFound, Conflict) as error:
            return error.code
        return "done"

    return await database.write(run, tenant=ACME)


@pytest.mark.parametrize("call", [CompleteTask(task="1"), CancelTask(task="1")])
async def test_a_task_ends_once(company: Database, call: CompleteTask | CancelTask) -> None:
    await add(company)
    assert await done(company, call) == "done"
    assert await done(company, call) == "not_found"
    state = (await read(company)).state
    assert state == ("done" if isinstance(call, CompleteTask) else "cancelled")


@pytest.mark.parametrize("call", [CompleteTask(task="1"), CancelTask(task="1")])
async def test_a_task_ends_once_whoever_else_ends_it(
    company: Database, call: CompleteTask | CancelTask
) -> None:
    await add(company)
    found = await asyncio.gather(*(done(company, call) for _ in range(8)))
    assert sorted(set(found)) in (["done", "not_found"], ["conflict", "done"], [*_THREE])
    assert found.count("done") == 1


_THREE = ("conflict", "done", "not_found")


async def test_one_occasion_is_ticked_off_once(company: Database, clock: ManualClock) -> None:
    due = clock.now() + timedelta(hours=1)
    await add(company, timing=Timing(due, "day at 09:00", "UTC"))
    call = CompleteTask(task="1", due_at=due)
    found = await asyncio.gather(*(done(company, call) for _ in range(8)))
    assert found.count("done") == 1
    after = await read(company)
    assert (after.state, after.version) == ("open", 2)
    assert after.due_at is not None
    assert after.due_at > due
    assert await done(company, call) == "not_found"


async def test_a_task_is_put_off_by_each_who_asks(company: Database, clock: ManualClock) -> None:
    await add(company)
    assert await done(company, SnoozeTask(task="1", minutes=60)) == "done"
    assert (await read(company)).snoozed_until == clock.now() + timedelta(hours=1)
    assert await done(company, SnoozeTask(task="1", minutes=90)) == "done"
    assert (await read(company)).snoozed_until == clock.now() + timedelta(minutes=90)


async def test_what_was_due_while_its_draft_waited_is_kept(
    company: Database, clock: ManualClock
) -> None:
    on, at = clock.now().date(), clock.now() - timedelta(minutes=5)

    def run(tx: SqlTx) -> None:
        actor = Actor(replace(tx.people.get(ANA), zone="UTC"), None)
        add_task(AddTask(text="call Bill", due_on=on, clock=f"{at:%H:%M}"), tx, actor)

    await company.write(run, tenant=ACME)
    assert (await read(company)).due_at == at.replace(second=0, microsecond=0)


async def test_forgetting_leaves_nothing_of_one_person_and_all_of_others(
    company: Database,
) -> None:
    task = await add(company)
    gone = await company.write(lambda tx: tx.tasks.forget(ANA), tenant=ACME)
    assert list(gone) == [task.id]
    assert await company.read(lambda tx: tx.tasks.get(task.id), tenant=ACME) is None
    assert await company.write(lambda tx: tx.tasks.save(task, task), tenant=ACME) is None
