"""What was done long ago is forgotten at night, and nothing that still matters."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import null, select, update

from bot.clock import ManualClock, to_us
from bot.ids import ConversationId
from bot.messages import InboundMessage, OutboundMessage
from bot.operations.doctor import Colour
from bot.operations.doctor_messages import check_messages
from bot.schedules.model import Run, Schedule
from bot.schedules.recurrence import Occasion
from scheduler.jobs.kinds import ensure_company_plans
from scheduler.jobs.retention import Lives, retention
from storage.database import Database
from storage.tables.messages import inbox, outbox
from storage.tables.tasks import task
from storage.transaction import SqlTx
from tests.ledgers import ACME, ANA, found_company

DAY: Final = timedelta(days=1)
LIVES: Final = Lives(messages=30 * DAY, tasks=90 * DAY)
INBOX_STATES: Final = ("new", "leased", "done", "dead")
OUTBOX_STATES: Final = ("queued", "sending", "sent", "ambiguous", "dead")


@pytest.fixture
async def company(database: Database) -> Database:
    await database.write(found_company, tenant=ACME)
    await database.write(ensure_company_plans)
    return database


async def forget(company: Database, times: int = 1) -> Sequence[str]:
    """Do the nightly job, so often at the same time; return how each ended."""
    found = await company.read(lambda tx: tx.schedules.find("retention"), tenant=ACME)
    assert found is not None
    return await asyncio.gather(*(_once(company, found) for _ in range(times)))


async def _once(company: Database, schedule: Schedule) -> str:
    now = await company.read(lambda tx: tx.schedules.now())
    run = Run("x", schedule, Occasion(now.date(), now), "x", 1, now)
    job = await retention(company, LIVES)(run)
    return await company.write(lambda tx: job(tx, run), tenant=ACME)


def message(number: int) -> InboundMessage:
    return InboundMessage("telegram", "bot", f"k{number}", "chat", "1", text="hello")


async def receive(company: Database, number: int, *, is_done: bool = True) -> int:
    """Take a delivery, and answer it."""

    def run(tx: SqlTx) -> int:
        row_id = tx.inbox.accept(message(number), "me")
        assert row_id is not None
        if is_done:
            assert tx.inbox.finish(row_id, "me")
        return row_id

    return await company.write(run)


async def talk(company: Database) -> ConversationId:
    found = await company.write(
        lambda tx: tx.conversations.open("telegram", "chat", "", ANA), tenant=ACME
    )
    return found.id


async def send(company: Database, to: ConversationId, text: str, *, card: str = "") -> int:
    """Queue a message and have it sent."""
    said = OutboundMessage(conversation_id=to, text=text, message_class="card", card=card)
    await company.write(lambda tx: tx.outbox.add(said, "telegram"), tenant=ACME)

    def deliver(tx: SqlTx) -> int:
        item = tx.outbox.list_next("telegram", 1)[0]
        assert tx.outbox.begin([item.id]) == {item.id}
        assert tx.outbox.end(item.id, "sent", platform_msg_id=f"t{item.id}")
        return item.id

    return await company.write(deliver)


async def ids(company: Database, table: str) -> set[int]:
    of = {"inbox": inbox, "outbox": outbox}[table]
    rows = await company.read(lambda tx: tx.connection.rows(select(of.c.id)))
    return {row[0] for row in rows}


@pytest.mark.parametrize("times", [1, 8])
async def test_what_is_old_is_forgotten_and_what_is_young_is_not(
    company: Database, clock: ManualClock, times: int
) -> None:
    place = await talk(company)
    for number in range(3):
        await receive(company, number)
        await send(company, place, str(number))
    clock.advance(30 * DAY)
    assert set(await forget(company)) == {"nothing"}
    young = {await receive(company, 3)}, {await send(company, place, "3")}
    clock.advance(timedelta(microseconds=1))
    ended = await forget(company, times)
    assert "dropped" in ended
    assert (await ids(company, "inbox"), await ids(company, "outbox")) == young
    assert set(await forget(company, times)) == {"nothing"}


async def test_many_are_forgotten_a_few_at_a_time(company: Database, clock: ManualClock) -> None:
    def many(tx: SqlTx) -> None:
        for number in range(1000):
            row_id = tx.inbox.accept(message(number), "me")
            assert row_id is not None
            tx.inbox.finish(row_id, "me")

    await company.write(many)
    clock.advance(31 * DAY)
    last = max(await ids(company, "inbox"))
    await forget(company, 3)
    assert await ids(company, "inbox") == {last}


async def test_the_last_row_stays_so_that_no_number_comes_twice(
    company: Database, clock: ManualClock
) -> None:
    """What a turn counts is kept under the number of its message."""
    place = await talk(company)
    before = await receive(company, 1), await send(company, place, "1")
    clock.advance(365 * DAY)
    await forget(company)
    after = await receive(company, 2), await send(company, place, "2")
    assert (after[0] > before[0], after[1] > before[1]) == (True, True)


async def test_what_was_delivered_within_the_time_is_known_when_it_comes_again(
    company: Database, clock: ManualClock
) -> None:
    await receive(company, 1)
    clock.advance(30 * DAY)
    await receive(company, 2)
    await forget(company)
    for number in (1, 2):
        again = message(number)
        assert await company.write(lambda tx, again=again: tx.inbox.accept(again, "me")) is None  # type: ignore[misc]  # bound now


async def test_a_card_is_edited_however_old_it_is(company: Database, clock: ManualClock) -> None:
    place = await talk(company)
    await send(company, place, "first", card="p1")
    shown = await send(company, place, "second", card="p1")
    await send(company, place, "other", card="p2")
    await send(company, place, "plain")
    clock.advance(31 * DAY)
    await send(company, place, "young")
    await forget(company)
    assert len(await ids(company, "outbox")) == 3
    texts = await company.read(lambda tx: tx.connection.rows(select(outbox.c.payload)))
    assert not any("second" in row[0] or "other" in row[0] for row in texts)
    said = OutboundMessage(conversation_id=place, text="now", message_class="card", card="p1")
    await company.write(lambda tx: tx.outbox.add(said, "telegram"), tenant=ACME)
    (item,) = await company.read(lambda tx: tx.outbox.list_next("telegram", 9))
    assert item.edits == f"t{shown}"
    assert set(await forget(company)) == {"nothing"}


async def test_a_clock_that_was_ahead_keeps_nothing_for_ever(
    company: Database, clock: ManualClock
) -> None:
    begun = clock.now()
    clock.advance(3650 * DAY)
    ahead = await receive(company, 1)
    clock.set(begun)
    await receive(company, 2)
    clock.advance(31 * DAY)
    last = await receive(company, 3)
    await forget(company)
    assert await ids(company, "inbox") == {ahead, last}


@pytest.mark.parametrize("seed", range(12))
async def test_nothing_that_waits_is_ever_forgotten(
    company: Database, clock: ManualClock, seed: int
) -> None:
    """Rows in every state and of every age: what goes is exactly what was over long ago."""
    chance = random.Random(seed)  # no secret
    place = await talk(company)
    for number in range(60):
        await receive(company, number)
        await send(company, place, str(number), card=chance.choice(("", "", "p1", "p2", "p3")))
    now_us = to_us(clock.now())
    limit_us = now_us - LIVES.messages // timedelta(microseconds=1)

    def scatter(tx: SqlTx) -> None:
        for row_id in sorted(row[0] for row in tx.connection.rows(select(inbox.c.id))):
            state = chance.choice(INBOX_STATES)
            at_us = limit_us + chance.choice((-(10**12), -1, 0, 1, 10**12))
            is_over = state in {"done", "dead"}
            done_us = at_us if is_over else null()
            values = {"state": state, "received_us": at_us, "done_us": done_us}
            tx.connection.run(update(inbox).where(inbox.c.id == row_id).values(**values))
        for row_id in sorted(row[0] for row in tx.connection.rows(select(outbox.c.id))):
            state = chance.choice(OUTBOX_STATES)
            at_us = limit_us + chance.choice((-(10**12), -1, 0, 1, 10**12))
            values = {
                "state": state,
                "queued_us": at_us,
                "sent_us": at_us if state == "sent" else null(),
                "why": chance.choice(("blocked", "moved", "erased")) if state == "dead" else "",
            }
            tx.connection.run(update(outbox).where(outbox.c.id == row_id).values(**values))

    await company.write(scatter)
    ins = await company.read(lambda tx: tx.connection.rows(select(inbox).order_by(inbox.c.id)))
    outs = await company.read(lambda tx: tx.connection.rows(select(outbox).order_by(outbox.c.id)))
    await forget(company, chance.choice((1, 2, 8)))
    last_in, last_out = ins[-1]["id"], outs[-1]["id"]
    last_of_card = {row["card"]: row["id"] for row in outs if row["card"]}
    assert await ids(company, "inbox") == {
        row["id"]
        for row in ins
        if row["state"] != "done" or row["done_us"] >= limit_us or row["id"] == last_in
    }
    assert await ids(company, "outbox") == {
        row["id"]
        for row in outs
        if not (row["state"] == "sent" or row["why"] in {"moved", "erased"})
        or row["queued_us"] >= limit_us
        or row["id"] in {last_out, last_of_card.get(row["card"])}
    }


async def test_tasks_that_are_over_go_after_their_time(
    company: Database, clock: ManualClock
) -> None:
    def make(tx: SqlTx) -> None:
        for state in ("open", "inbox", "done", "cancelled"):
            made = tx.tasks.add(ANA, text=state, salt=b"x", state="open")
            assert made is not None
            tx.connection.run(update(task).where(task.c.id == made.id).values(state=state))

    await company.write(make, tenant=ACME)
    clock.advance(90 * DAY)
    assert set(await forget(company)) == {"nothing"}
    clock.advance(timedelta(microseconds=1))
    await forget(company, 8)
    rows = await company.read(lambda tx: tx.connection.rows(select(task.c.text)))
    assert sorted(row[0] for row in rows) == ["inbox", "open"]
    # Its number is not given to another one.
    new = await company.write(
        lambda tx: tx.tasks.add(ANA, text="new", salt=b"x", state="open"), tenant=ACME
    )
    assert new is not None
    assert new.number == 5


@pytest.mark.parametrize("times", [1, 8])
async def test_what_was_given_up_is_forgotten_after_a_year(
    company: Database, clock: ManualClock, times: int
) -> None:
    place = await talk(company)
    for number, card in enumerate(("", "p1", "p2")):
        await receive(company, number)
        await send(company, place, "lost", card=card)

    def lose(tx: SqlTx) -> None:
        tx.connection.run(update(inbox).values(state="dead"))
        lost = update(outbox).values(state="dead", why="blocked")
        tx.connection.run(lost)
        tx.connection.run(lost.where(outbox.c.card != "p2").values(platform_msg_id=""))

    await company.write(lose)
    clock.advance(365 * DAY)
    last = {await receive(company, 9)}, {await send(company, place, "young")}
    await forget(company, times)
    assert len(await ids(company, "inbox")) == 4
    assert len(await ids(company, "outbox")) == 4
    clock.advance(timedelta(microseconds=1))
    await forget(company, times)
    assert await ids(company, "inbox") == last[0]
    # What was shown before is edited by what follows, if anything does.
    kept = await company.read(lambda tx: tx.connection.rows(select(outbox.c.card)))
    assert sorted(row[0] for row in kept) == ["", "p2"]


async def test_what_was_given_up_is_told_for_a_month(
    company: Database, clock: ManualClock
) -> None:
    assert [x.colour for x in await company.read(check_messages)] == [Colour.green]
    place = await talk(company)
    row_id = await receive(company, 1, is_done=False)
    await send(company, place, "lost")

    def lose(tx: SqlTx) -> None:
        assert tx.inbox.finish(row_id, "me", dead=True)
        tx.connection.run(update(outbox).values(state="dead", why="blocked"))

    await company.write(lose)
    found = await company.read(check_messages)
    assert [x.colour for x in found] == [Colour.yellow, Colour.yellow]
    assert "1 of " in found[0].what
    assert "did not arrive" in found[0].what
    assert "1 in 30 days could not be answered" in found[1].what
    clock.advance(31 * DAY)
    await forget(company)
    assert [x.colour for x in await company.read(check_messages)] == [Colour.green]
    assert (len(await ids(company, "inbox")), len(await ids(company, "outbox"))) == (1, 1)
