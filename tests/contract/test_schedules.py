"""Schedules: planned once for a subject, claimed once for a date, done by whoever holds them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.audit.chain import AuditFact
from bot.clock import ManualClock
from bot.ids import PrincipalId
from bot.operations.doctor import Colour
from bot.operations.doctor_schedules import check_schedules
from bot.ports import Tx
from bot.schedules.model import (
    MAX_TRIES,
    CatchUp,
    Plan,
    Run,
    Schedule,
    claim_due,
    coming_of,
    ensure,
    plan,
    replan_ahead,
)
from bot.schedules.recurrence import daily, once
from scheduler.kinds import Job, prepared, quick
from scheduler.runs import Runs
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import ACME, ANA, found_company

# The tests begin on Wednesday 18 November 2026 at 12:00 UTC, 13:00 in Madrid.
LEASE = timedelta(seconds=45)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def digest(
    subject: str = "", *, at: time = time(9), catch_up: CatchUp = "one", grace: timedelta = HOUR
) -> Plan:
    return Plan(
        kind="digest",
        rule=daily(at),
        zone="Europe/Madrid",
        subject=subject,
        owner_id=ANA,
        grace=grace,
        catch_up=catch_up,
    )


@pytest.fixture
async def company(database: Database) -> Database:
    await database.write(found_company, tenant=ACME)
    return database


async def planned(database: Database, wanted: Plan) -> Schedule:
    made = await database.write(lambda tx: plan(tx, wanted), tenant=ACME)
    assert made is not None
    return made


async def look(database: Database, subject: str = "", kind: str = "digest") -> Schedule:
    found = await database.read(lambda tx: tx.schedules.find(kind, subject), tenant=ACME)
    assert found is not None
    return found


async def claim(database: Database, owner: str = "a", limit: int = 100) -> Sequence[Run]:
    return await database.write(lambda tx: claim_due(tx, "digest", owner, LEASE, limit))


def send(tx: Tx, run: Run) -> str:
    """What a job leaves behind: a fact in the chain for each time it is done."""
    tx.record(AuditFact(tx.tenant, "bursar", "sent", run.schedule.id, {"on": dates([run])[0]}))
    return "sent"


async def sent(database: Database) -> int:
    def count(tx: SqlTx) -> int:
        return sum(b'"sent"' in bytes(row[2]) for page in tx.audit.pages() for row in page)

    return await database.read(count)


async def work(*runs: Runs) -> None:
    await asyncio.gather(*(one.tick() for one in runs))
    for one in runs:
        await one.idle()


def dates(runs: Sequence[Run]) -> list[str]:
    return [run.occasion.local_date.isoformat() for run in runs]


async def test_what_is_planned_twice_is_one_schedule_as_planned_last(company: Database) -> None:
    first = await planned(company, digest())
    assert first.next is not None
    assert first.next.at == datetime(2026, 11, 19, 8, tzinfo=UTC)
    again = await planned(company, digest(at=time(18)))
    assert again.id == first.id
    assert again.next is not None
    assert again.next.at == datetime(2026, 11, 18, 17, tzinfo=UTC)
    assert await company.read(lambda tx: tx.schedules.list_of(ANA), tenant=ACME) == [again]


async def test_many_that_plan_the_same_at_once_make_one(company: Database) -> None:
    made = await asyncio.gather(*(planned(company, digest()) for _ in range(20)))
    assert len({one.id for one in made}) == 1
    ensured = await asyncio.gather(
        *(company.write(lambda tx: ensure(tx, digest("x")), tenant=ACME) for _ in range(20))
    )
    assert sum(ensured) == 1


async def test_what_is_ensured_stays_as_somebody_changed_it(company: Database) -> None:
    made = await planned(company, digest())
    assert await company.write(lambda tx: tx.schedules.pause(made), tenant=ACME)
    assert not await company.write(lambda tx: ensure(tx, digest(at=time(18))), tenant=ACME)
    found = await look(company)
    assert (found.state, found.plan.rule, found.next) == ("paused", daily(time(9)), None)


async def test_a_rule_without_an_occasion_to_come_is_not_planned(company: Database) -> None:
    past = Plan(kind="task", rule=once(date(2026, 11, 18), time(12)), zone="Europe/Madrid")
    assert await company.write(lambda tx: plan(tx, past), tenant=ACME) is None
    assert await company.read(lambda tx: tx.schedules.find("task"), tenant=ACME) is None


async def test_nothing_is_claimed_before_its_time(company: Database, clock: ManualClock) -> None:
    made = await planned(company, digest())
    assert made.next is not None
    clock.set(made.next.at - timedelta(microseconds=1))
    assert await claim(company) == []
    assert await company.read(lambda tx: tx.runs.list_due_kinds()) == []
    clock.set(made.next.at)
    assert await company.read(lambda tx: tx.runs.list_due_kinds()) == ["digest"]
    (run,) = await claim(company)
    assert (run.fence, run.is_late, dates([run])) == (1, False, ["2026-11-19"])
    assert (await look(company)).next == coming_of(made.plan, clock.now())


async def test_an_occasion_is_claimed_once(company: Database, clock: ManualClock) -> None:
    await planned(company, digest())
    clock.advance(DAY)
    assert len(await claim(company)) == 1
    assert await claim(company, "b") == []


async def test_a_zone_that_nobody_here_knows_holds_up_no_other(
    company: Database, clock: ManualClock
) -> None:
    for subject in ("first", "second"):
        await planned(company, digest(subject))
    moved = text("UPDATE schedule SET zone = 'Mars/Tharsis' WHERE subject = 'first'")
    await company.write(lambda tx: tx.connection.run(moved), tenant=ACME)
    clock.advance(DAY)
    with capture_logs() as logs:
        assert [run.schedule.plan.subject for run in await claim(company)] == ["second"]
    assert [line["event"] for line in logs] == ["schedule waits for its zone"]
    assert await claim(company) == []


async def test_an_occasion_is_claimed_by_one_of_many(
    company: Database, clock: ManualClock
) -> None:
    for number in range(30):
        await planned(company, digest(str(number)))
    clock.advance(DAY)
    found = await asyncio.gather(*(claim(company, f"owner-{x}", 7) for x in range(20)))
    subjects = [run.schedule.plan.subject for runs in found for run in runs]
    # Each looks at a few that it may have to share; whoever looks again gets the rest.
    while runs := await claim(company):
        subjects += [run.schedule.plan.subject for run in runs]
    assert sorted(subjects) == sorted(str(x) for x in range(30))


async def test_a_date_is_taken_once_however_its_plan_is_changed(
    company: Database, clock: ManualClock
) -> None:
    await planned(company, digest())
    clock.set(datetime(2026, 11, 19, 8, tzinfo=UTC))
    assert len(await claim(company)) == 1
    runs = Runs(company, {"digest": quick(send)})
    await work(runs)
    await planned(company, digest(at=time(18)))
    clock.set(datetime(2026, 11, 19, 17, tzinfo=UTC))
    await work(runs)
    # What was claimed first was left open, and done when its lease was over; nothing besides.
    assert await sent(company) == 1


async def test_a_run_is_done_once(company: Database, clock: ManualClock) -> None:
    await planned(company, digest())
    clock.advance(DAY)
    runs = Runs(company, {"digest": quick(send)})
    await work(runs)
    await work(runs)
    assert await sent(company) == 1
    found = await look(company)
    assert (found.last_result, found.last_at) == ("sent", clock.now())


async def test_a_run_is_done_once_by_many_instances(company: Database, clock: ManualClock) -> None:
    for number in range(30):
        await planned(company, digest(str(number)))
    instances = [Runs(company, {"digest": quick(send)}) for _ in range(5)]
    for day in range(1, 4):
        clock.advance(DAY)
        await work(*instances)
        assert await sent(company) == 30 * day


async def test_of_one_that_slept_past_its_lease_nothing_is_kept(
    company: Database, clock: ManualClock
) -> None:
    """It was paused for a minute in the middle of a run and then goes on."""
    await planned(company, digest())
    clock.advance(DAY)
    asleep, awake = asyncio.Event(), asyncio.Event()

    async def prepare_slowly(run: Run) -> Job:
        asleep.set()
        await awake.wait()
        return send

    slow = Runs(company, {"digest": prepared(prepare_slowly)})
    await slow.tick()
    await asleep.wait()
    clock.advance(timedelta(minutes=10))
    await work(Runs(company, {"digest": quick(send)}))
    assert await sent(company) == 1
    awake.set()
    await slow.idle()
    assert await sent(company) == 1
    assert (await look(company)).last_result == "sent"


async def test_who_lost_a_run_can_neither_end_nor_put_it_off(
    company: Database, clock: ManualClock
) -> None:
    await planned(company, digest())
    clock.advance(DAY)
    (lost,) = await claim(company, "a")
    clock.advance(LEASE - timedelta(microseconds=1))
    assert await claim(company, "b") == []
    clock.advance(timedelta(seconds=15))
    (held,) = await claim(company, "b")
    assert held.fence == lost.fence + 1
    assert not await company.write(lambda tx: tx.runs.put_off(lost, HOUR), tenant=ACME)
    assert not await company.write(lambda tx: tx.runs.close(lost), tenant=ACME)
    ended = await asyncio.gather(
        *(company.write(lambda tx: tx.runs.close(held), tenant=ACME) for _ in range(20))
    )
    assert sum(ended) == 1


@pytest.mark.parametrize(
    ("catch_up", "late", "done", "result"),
    [
        ("one", HOUR, 1, "sent"),
        ("none", HOUR, 1, "sent"),
        ("one", HOUR + timedelta(microseconds=1), 1, "sent"),
        ("none", HOUR + timedelta(microseconds=1), 0, "missed"),
        # Down for three days: the last of them at most, never all three.
        ("one", 3 * DAY + 2 * HOUR, 1, "sent"),
        ("none", 3 * DAY + 2 * HOUR, 0, "missed"),
        # The last of them is still in time.
        ("none", 3 * DAY + HOUR / 2, 1, "sent"),
    ],
)
async def test_of_what_was_missed_one_is_made_up_for_or_none(
    company: Database,
    clock: ManualClock,
    catch_up: CatchUp,
    late: timedelta,
    done: int,
    result: str,
) -> None:
    made = await planned(company, digest(catch_up=catch_up))
    assert made.next is not None
    clock.set(made.next.at + late)
    instances = [Runs(company, {"digest": quick(send)}) for _ in range(3)]
    await work(*instances)
    await work(*instances)
    assert await sent(company) == done
    found = await look(company)
    assert found.last_result == result
    assert found.next is not None
    assert clock.now() < found.next.at <= clock.now() + DAY


async def test_one_that_was_left_half_done_for_days_gives_way_to_the_next(
    company: Database, clock: ManualClock
) -> None:
    await planned(company, digest())
    clock.advance(DAY)
    assert len(await claim(company, "killed")) == 1
    clock.advance(3 * DAY)
    await work(Runs(company, {"digest": quick(send)}))
    assert await sent(company) == 1


async def test_a_clock_that_went_ahead_and_back_sends_nothing_twice(
    company: Database, clock: ManualClock
) -> None:
    await planned(company, digest())
    runs = Runs(company, {"digest": quick(send)})
    clock.set(datetime(2026, 11, 19, 8, tzinfo=UTC))
    await work(runs)
    # It jumps ahead by ten years: one is sent that time has come for, and not ten years' worth.
    clock.advance(timedelta(days=3653))
    await work(runs)
    assert await sent(company) == 2
    clock.set(datetime(2026, 11, 19, 7, tzinfo=UTC))
    assert await company.write(lambda tx: replan_ahead(tx, 100)) == 1
    assert await company.write(lambda tx: replan_ahead(tx, 100)) == 0
    for hours in (1, 24):
        clock.advance(hours * HOUR)
        await work(runs)
    # The nineteenth was taken, the twentieth was not.
    assert await sent(company) == 3


async def test_a_job_that_fails_leaves_nothing_and_is_tried_again(
    company: Database, clock: ManualClock
) -> None:
    await planned(company, digest())
    clock.advance(DAY)
    tried = set()

    def fail(tx: Tx, run: Run) -> str:
        send(tx, run)
        tried.add(run.fence)
        if run.fence < 3:
            raise LookupError("not there")
        return "sent"

    runs = Runs(company, {"digest": quick(fail)})
    for _ in range(4):
        await work(runs)
        clock.advance(timedelta(minutes=2))
    assert tried == {1, 2, 3}
    assert await sent(company) == 1


async def test_a_job_that_always_fails_is_given_up_and_comes_again_next_time(
    company: Database, clock: ManualClock
) -> None:
    await planned(company, digest())
    clock.advance(DAY)
    tried = set()

    def fail(tx: Tx, run: Run) -> str:
        tried.add((run.occasion.local_date, run.fence))
        raise LookupError("not there")

    runs = Runs(company, {"digest": quick(fail)})
    for _ in range(MAX_TRIES + 3):
        await work(runs)
        clock.advance(timedelta(minutes=5))
    assert len(tried) == MAX_TRIES
    assert (await look(company)).last_result == "failed"
    clock.advance(DAY)
    await work(runs)
    assert len(tried) == MAX_TRIES + 1


async def test_a_run_that_kills_its_process_is_given_up(
    company: Database, clock: ManualClock
) -> None:
    await planned(company, digest())
    clock.advance(DAY)
    for number in range(MAX_TRIES):
        (run,) = await claim(company, f"process-{number}")
        assert run.fence == number + 1
        clock.advance(LEASE)
    assert await claim(company, "last") == []
    assert (await look(company)).last_result == "failed"


async def test_what_comes_once_is_over_and_may_be_planned_again_for_the_same_day(
    company: Database, clock: ManualClock
) -> None:
    runs = Runs(company, {"task": quick(send)})

    def reminder(at: time) -> Plan:
        return Plan(kind="task", rule=once(date(2026, 11, 18), at), zone="Europe/Madrid")

    for hour in (14, 15):
        await planned(company, reminder(time(hour)))
        clock.advance(HOUR)
        await work(runs)
        await work(runs)
    found = await look(company, kind="task")
    assert (found.state, found.next, found.last_result) == ("over", None, "sent")
    assert await sent(company) == 2


async def test_pausing_and_going_on_are_each_done_once(
    company: Database, clock: ManualClock
) -> None:
    made = await planned(company, digest())
    paused = await asyncio.gather(
        *(company.write(lambda tx: tx.schedules.pause(made), tenant=ACME) for _ in range(20))
    )
    assert sum(paused) == 1
    clock.advance(3 * DAY)
    assert await claim(company) == []
    coming = coming_of(made.plan, clock.now())
    assert coming is not None
    resumed = await asyncio.gather(
        *(
            company.write(lambda tx: tx.schedules.resume(made, coming), tenant=ACME)
            for _ in range(20)
        )
    )
    assert sum(resumed) == 1
    # What came while it was paused is not made up for.
    assert await claim(company) == []
    assert (await look(company)).next == coming


async def test_what_is_asked_for_runs_once_beside_the_rule(
    company: Database, clock: ManualClock
) -> None:
    made = await planned(company, digest())
    asked = await asyncio.gather(
        *(company.write(lambda tx: tx.runs.ask_for(made), tenant=ACME) for _ in range(20))
    )
    assert sum(asked) == 1
    runs = Runs(company, {"digest": quick(send)})
    await work(runs)
    assert await sent(company) == 1
    # Again, when it is done; and what the rule says comes all the same.
    clock.advance(timedelta(seconds=1))
    assert await company.write(lambda tx: tx.runs.ask_for(made), tenant=ACME)
    await work(runs)
    clock.advance(DAY)
    await work(runs)
    assert await sent(company) == 3


async def test_a_kind_that_is_not_known_is_left_to_who_knows_it(
    company: Database, clock: ManualClock
) -> None:
    await planned(company, digest())
    clock.advance(DAY)
    await work(Runs(company, {}))
    await work(Runs(company, {"digest": quick(send)}))
    assert await sent(company) == 1


async def test_no_kind_waits_for_another(company: Database, clock: ManualClock) -> None:
    await planned(company, digest())
    await planned(company, Plan(kind="task", rule=daily(time(9)), zone="Europe/Madrid"))
    clock.advance(DAY)
    go_on = asyncio.Event()

    async def wait_for_task(run: Run) -> Job:
        await go_on.wait()
        return send

    def send_and_let_go(tx: Tx, run: Run) -> str:
        go_on.set()
        return send(tx, run)

    runs = Runs(company, {"digest": prepared(wait_for_task), "task": quick(send_and_let_go)})
    await runs.tick()
    await runs.idle()
    assert await sent(company) == 2


async def test_old_runs_are_forgotten_and_what_is_over_with_them(
    company: Database, clock: ManualClock
) -> None:
    runs = Runs(company, {"digest": quick(send), "task": quick(send)})
    await planned(company, digest())
    await planned(
        company,
        Plan(kind="task", rule=once(date(2026, 11, 19), time(9)), zone="Europe/Madrid"),
    )
    clock.advance(DAY)
    await work(runs)
    clock.advance(35 * DAY)
    await work(runs)
    dropped = await company.write(lambda tx: tx.runs.drop_old(tx.now - 30 * DAY, 200), tenant=ACME)
    assert dropped == 3
    assert await company.read(lambda tx: tx.schedules.find("task"), tenant=ACME) is None
    assert (await look(company)).last_result == "sent"


async def test_a_schedule_belongs_to_a_person_of_the_same_company(company: Database) -> None:
    stranger = Plan(
        kind="digest", rule=daily(time(9)), zone="UTC", owner_id=PrincipalId("globex-ana")
    )
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await company.write(lambda tx: plan(tx, stranger), tenant=ACME)


async def test_the_doctor_names_what_is_late_and_what_failed(
    company: Database, clock: ManualClock
) -> None:
    made = await planned(company, digest())
    await planned(company, digest("other"))
    assert made.next is not None
    clock.set(made.next.at + timedelta(minutes=14))
    (finding,) = await company.read(check_schedules)
    assert finding.colour is Colour.green
    clock.advance(timedelta(minutes=2))
    (finding,) = await company.read(check_schedules)
    assert finding.colour is Colour.yellow
    assert finding.what == "2 late, the longest digest of acme, due at 2026-11-19 08:00 UTC"
    assert "bursar serve" in finding.remedy

    def fail(tx: Tx, run: Run) -> str:
        raise LookupError("not there")

    runs = Runs(company, {"digest": quick(fail)})
    for _ in range(MAX_TRIES):
        await work(runs)
        clock.advance(timedelta(minutes=5))
    (finding,) = await company.read(check_schedules)
    assert finding.what == "2 failed last time, the first digest of acme"
