"""What is due is told once, with buttons that do what they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import ManualClock
from bot.ids import PrincipalId
from bot.ports import Tx
from bot.schedules.model import Run
from scheduler.jobs.tasks import tell_task
from scheduler.kinds import quick
from scheduler.runs import Runs
from storage.transaction import SqlTx
from tests.turns.chat import ACME, Chat

HOUR = timedelta(hours=1)


async def add(chat: Chat, who: str, said: str) -> None:
    await chat.say(who, said)
    await chat.say(who, "yes")


async def told(chat: Chat, *, at: datetime | None = None, instances: int = 1) -> list[str]:
    """Let the clock strike; return what was sent then, after quiet hours that are over."""
    if at is not None:
        chat.clock.advance(at - chat.clock.now())
    before = len(chat.sent)
    runs = [Runs(chat.database, {"task": quick(tell_task)}) for _ in range(instances)]
    for one in runs:
        await one.tick()
    for one in runs:
        await one.idle()
    await chat.app.take_over()
    await chat.app.settled()
    return [item.message.text for _, item in chat.sent[before:]]


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time in Madrid in November 2026, which is an hour ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - HOUR


@pytest.mark.parametrize("instances", [1, 5])
async def test_what_is_due_is_told_once(chat: Chat, instances: int) -> None:
    await add(chat, "ana", "remind me to send the invoice on Friday at 10")
    assert await told(chat, at=local(20, 9, 59), instances=instances) == []
    texts = await told(chat, at=local(20, 10), instances=instances)
    assert texts == ["Reminder: “send the invoice” (#1)"]
    _, item = chat.sent[-1]
    assert [button.label for button in item.message.buttons] == ["Done", "In 1 h", "Tomorrow at 9"]
    assert await told(chat, at=local(20, 11), instances=instances) == []


async def test_an_instance_whose_clock_is_behind_tells_it_once(chat: Chat) -> None:
    await add(chat, "ana", "remind me to send the invoice on Friday at 10")

    def tell_behind(tx: Tx, run: Run) -> str:
        assert isinstance(tx, SqlTx)
        right = tx.scope.clock
        tx.scope.clock = ManualClock(right.now() - timedelta(minutes=3))
        try:
            return tell_task(tx, run)
        finally:
            tx.scope.clock = right

    texts = []
    for minute in range(5):
        chat.clock.advance(local(20, 10, minute) - chat.clock.now())
        before = len(chat.sent)
        runs = Runs(chat.database, {"task": quick(tell_behind)})
        await runs.tick()
        await runs.idle()
        await chat.app.settled()
        texts += [item.message.text for _, item in chat.sent[before:]]
    assert texts == ["Reminder: “send the invoice” (#1)"]


async def test_done_ticks_it_off_once(chat: Chat) -> None:
    await add(chat, "ana", "remind me to send the invoice on Friday at 10")
    await told(chat, at=local(20, 10))
    token = chat.sent[-1][1].message.buttons[0].token
    assert "Done: “send the invoice”" in await chat.say("ana", button=token)
    assert "Done" in await chat.say("ana", button=token)
    assert "no open tasks" in await chat.say("ana", "my tasks")


async def test_put_off_it_is_told_again(chat: Chat) -> None:
    await add(chat, "ana", "remind me to send the invoice on Friday at 10")
    await told(chat, at=local(20, 10))
    _, hour, _ = chat.sent[-1][1].message.buttons
    assert "again on Fri 20 Nov, 11:00" in await chat.say("ana", button=hour.token)
    assert await told(chat, at=local(20, 10, 59)) == []
    assert await told(chat, at=local(20, 11)) == ["Reminder: “send the invoice” (#1)"]
    *_, tomorrow = chat.sent[-1][1].message.buttons
    assert "again on Sat 21 Nov, 09:00" in await chat.say("ana", button=tomorrow.token)
    assert await told(chat, at=local(21, 9)) == ["Reminder: “send the invoice” (#1)"]


async def test_in_words_what_was_told_last_is_put_off(chat: Chat) -> None:
    await add(chat, "ana", "remind me to send the invoice on Friday at 10")
    await told(chat, at=local(20, 10))
    card = await chat.say("ana", "snooze 1 h")
    assert "tell you again of task #1, “send the invoice”, on Fri 20 Nov, 11:00" in card


async def test_what_repeats_is_told_each_time_until_it_is_dropped(chat: Chat) -> None:
    await add(chat, "carla", "cada día a las 9 recuérdame el informe")
    assert await told(chat, at=local(19, 9)) == ["Recordatorio: «el informe» (#1)"]
    yesterdays = chat.sent[-1][1].message.buttons[0].token
    assert await told(chat, at=local(20, 9)) == ["Recordatorio: «el informe» (#1)"]
    todays = chat.sent[-1][1].message.buttons[0].token
    assert "ninguna tarea" in await chat.say("carla", button=yesterdays)
    assert "Vuelve el sáb 21 nov, 09:00" in await chat.say("carla", button=todays)
    await add(chat, "carla", "cancela la tarea 1")
    assert await told(chat, at=local(21, 9)) == []


async def test_what_was_done_before_its_time_is_not_told_of(chat: Chat) -> None:
    await add(chat, "carla", "cada lunes a las 9 recuérdame el informe")
    await add(chat, "carla", "hecha la tarea 1")
    assert await told(chat, at=local(23, 9)) == []
    assert await told(chat, at=local(30, 9)) == ["Recordatorio: «el informe» (#1)"]


async def test_after_three_days_away_one_is_told_late(chat: Chat) -> None:
    await add(chat, "ana", "every day at 9 remind me to stretch")
    texts = await told(chat, at=local(22, 12))
    assert texts == ["Reminder from Thu 19 Nov, 09:00: “stretch” (#1)"]
    assert "Sun 22 Nov, 09:00" in await chat.say("ana", "my tasks")
    assert await told(chat, at=local(23, 9)) == ["Reminder: “stretch” (#1)"]


async def test_quiet_hours_hold_it_back(chat: Chat) -> None:
    await add(chat, "ana", "quiet hours 22:00 to 7:00")
    await add(chat, "ana", "remind me to send the invoice tomorrow at 23:00")
    assert await told(chat, at=local(19, 23)) == []
    assert await told(chat, at=local(20, 7, 1)) == ["Reminder: “send the invoice” (#1)"]


async def test_moved_it_comes_at_its_new_time_alone(chat: Chat) -> None:
    await add(chat, "ana", "remind me to send the invoice tomorrow at 9")
    await add(chat, "ana", "move task 1 to Friday at 10")
    assert await told(chat, at=local(19, 9)) == []
    assert await told(chat, at=local(20, 10)) == ["Reminder: “send the invoice” (#1)"]


async def test_whoever_was_shut_out_is_told_nothing(chat: Chat) -> None:
    await add(chat, "ana", "remind me to send the invoice tomorrow at 9")
    await chat.database.write(
        lambda tx: tx.people.set_disabled(PrincipalId("ana"), True), tenant=ACME
    )
    assert await told(chat, at=local(19, 9)) == []
