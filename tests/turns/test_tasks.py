"""Tasks and reminders in whole conversations: drafted, confirmed, changed, done, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import cast

from sqlalchemy import TextClause, text

from storage.connection import Row
from storage.transaction import SqlTx
from tests.turns.chat import ACME, Chat


async def add(chat: Chat, who: str, text: str) -> str:
    await chat.say(who, text)
    return await chat.say(who, "yes")


async def test_a_reminder_is_a_draft_a_yes_and_an_undo(chat: Chat) -> None:
    card = await chat.say("ana", "remind me to send the invoice on Friday at 10")
    assert "remind you of “send the invoice” on Fri 20 Nov, 10:00" in card
    assert "Your tasks" not in await chat.say("ana", "my tasks")
    done = await chat.say("ana", "yes")
    assert "I'll remind you on Fri 20 Nov, 10:00" in done
    assert "#1 send the invoice · Fri 20 Nov, 10:00" in await chat.say("ana", "my tasks")
    await chat.say("ana", "undo")
    assert "Dropped" in await chat.say("ana", "yes")
    assert "no open tasks" in await chat.say("ana", "my tasks")


async def test_an_edit_changes_the_time_or_the_words(chat: Chat) -> None:
    await chat.say("ana", "remind me to send the invoice on Friday at 10")
    card = await chat.say("ana", "yes but at 11")
    assert "second version" in card
    assert "“send the invoice” on Fri 20 Nov, 11:00" in card
    card = await chat.say("ana", "make it Thursday")
    assert "Thu 19 Nov, 11:00" in card
    card = await chat.say("ana", "change it to send both invoices")
    assert "“send both invoices” on Thu 19 Nov, 11:00" in card
    assert "Thu 19 Nov, 11:00" in await chat.say("ana", "yes")


async def test_a_task_without_a_time_says_so_and_takes_one(chat: Chat) -> None:
    card = await chat.say("ana", "add a task to water the plants")
    assert "add the task “water the plants”" in card
    assert "Without a time" in card
    card = await chat.say("ana", "yes, tomorrow at 9")
    assert "Thu 19 Nov, 09:00" in card
    assert "Thu 19 Nov, 09:00" in await chat.say("ana", "yes")


async def test_what_is_missing_is_asked_for(chat: Chat) -> None:
    assert "Of what?" in await chat.say("ana", "remind me")
    card = await chat.say("ana", "to call Bill tomorrow at 9")
    assert "“call Bill” on Thu 19 Nov, 09:00" in card


async def test_what_repeats_goes_on_when_it_is_done(chat: Chat) -> None:
    card = await chat.say("carla", "cada lunes a las 9 recuérdame el informe")
    assert "recordarte «el informe» cada lunes, la primera vez el lun 23 nov, 09:00" in card
    assert "cada lunes" in await chat.say("carla", "sí")
    card = await chat.say("carla", "hecha la tarea 1")
    assert "vuelve el lun 30 nov, 09:00" in card
    assert "Vuelve el lun 30 nov" in await chat.say("carla", "sí")
    assert "lun 30 nov, 09:00, cada lunes" in await chat.say("carla", "mis tareas")


async def test_tasks_are_named_by_their_words_and_pinned_by_their_number(chat: Chat) -> None:
    await add(chat, "ana", "add a task to water the plants")
    await add(chat, "ana", "add a task to water the garden")
    assert "may mean more than one" in await chat.say("ana", "delete the task water")
    card = await chat.say("ana", "mark water the plants as done")
    assert "tick off task #1, “water the plants”" in card
    assert "Done: “water the plants”" in await chat.say("ana", "yes")
    assert "no open task" in await chat.say("ana", "mark water the plants as done")
    await chat.say("ana", "undo")
    assert "Back on your list" in await chat.say("ana", "yes")


async def test_nobody_sees_or_changes_what_another_has_to_do(chat: Chat) -> None:
    await add(chat, "ana", "add a task to water the plants")
    assert "no open tasks" in await chat.say("ben", "my tasks")
    assert "no open task" in await chat.say("ben", "cancel task 1")
    assert "no open task" in await chat.say("elena", "done 1")


async def test_a_task_is_moved_and_put_off(chat: Chat) -> None:
    await add(chat, "ana", "remind me to call Bill tomorrow at 9")
    card = await chat.say("ana", "move task 1 to Friday")
    assert "Fri 20 Nov, 09:00" in card
    assert "Fri 20 Nov, 09:00" in await chat.say("ana", "yes")
    card = await chat.say("ana", "snooze task 1 until Monday at 8")
    assert "Mon 23 Nov, 08:00" in card
    assert "tell you again on Mon 23 Nov, 08:00" in await chat.say("ana", "yes")
    assert "put off to Mon 23 Nov, 08:00" in await chat.say("ana", "my tasks")


async def test_a_thought_waits_in_the_inbox_and_becomes_a_task(chat: Chat) -> None:
    card = await chat.say("ana", "note: ask Carla about the new prices")
    assert "keep “ask Carla about the new prices” in your inbox" in card
    await chat.say("ana", "yes")
    assert "In your inbox: 1" in await chat.say("ana", "my tasks")
    assert "#1 ask Carla about the new prices" in await chat.say("ana", "inbox")
    await add(chat, "ana", "move task 1 to Friday at 10")
    assert "inbox is empty" in await chat.say("ana", "inbox")
    assert "Fri 20 Nov, 10:00" in await chat.say("ana", "my tasks")


async def test_a_day_is_planned_and_planned_again(chat: Chat) -> None:
    assert "Nothing is due today" in await chat.say("ben", "plan my day")
    await add(chat, "ben", "remind me to call Bill today at 18:00")
    await add(chat, "ben", "note: new chairs")
    await add(chat, "ana", "ask for 40 for design until the end of the month, launch")
    plan = await chat.say("ben", "plan my day again")
    assert "Due today (1):\n#1 call Bill" in plan
    assert "Requests that wait for you: #" in plan
    assert "#2 new chairs" in plan
    chat.clock.advance(timedelta(days=1))
    assert "Overdue (1):" in await chat.say("ben", "plan my day")


async def test_what_nobody_touched_is_offered_to_be_dropped(chat: Chat) -> None:
    assert "gone untouched" in await chat.say("ana", "clean up my tasks")
    await add(chat, "ana", "add a task to water the plants")
    chat.clock.advance(timedelta(days=31))
    await add(chat, "ana", "add a task to call Bill")
    card = await chat.say("ana", "clean up my tasks")
    assert "drop what nobody has touched for 30 days (1)" in card
    assert "#1 water the plants" in card
    assert "Dropped: 1." in await chat.say("ana", "yes")
    assert "#2 call Bill" in await chat.say("ana", "my tasks")
    await chat.say("ana", "undo")
    assert "Back on your list" in await chat.say("ana", "yes")


async def test_all_of_them_are_dropped_by_an_explicit_yes_alone(chat: Chat) -> None:
    for said in ("add a task to water the plants", "add a task to call Bill"):
        await add(chat, "ana", said)
    card = await chat.say("ana", "clear my todo list")
    assert "drop all your open tasks (2)" in card
    assert "Your tasks (2)" in await chat.say("ana", "my tasks")
    assert "Dropped: 2." in await chat.say("ana", "yes")
    assert "no open tasks" in await chat.say("ana", "my tasks")


async def test_other_lists_and_calendars_are_not_kept_here(chat: Chat) -> None:
    assert "no calendar" in await chat.say("ana", "schedule a meeting for 3 pm Tuesday")
    answer = await chat.say("ana", "add eggs to my shopping list")
    assert "I keep one list" in answer
    card = await chat.say("ana", "1")
    assert "add the task “eggs”" in card


async def test_forgetting_erases_tasks_wherever_their_words_are(chat: Chat) -> None:
    await add(chat, "ana", "remind me to visit the secret garden tomorrow at 9")
    await add(chat, "ana", "move task 1 to Friday")
    await add(chat, "ana", "rename task 1 to see the secret garden twice")
    await chat.say("ana", "note: the secret garden has a gate")
    await chat.say("ana", "forget what you know about me")
    assert "tasks 1" in await chat.say("ana", "yes")

    def kept(tx: SqlTx) -> list[str]:
        found: list[str] = []
        for name in ("task", "proposal", "change", "offer", "content", "audit"):
            rows = tx.connection.rows(_everything(name))
            found += [name for row in rows if "secret garden" in _shown(row)]
        return found

    assert await chat.database.read(kept, tenant=ACME) == []
    assert "no open tasks" in await chat.say("ana", "my tasks")


async def test_the_audit_log_holds_a_digest_and_no_words(chat: Chat) -> None:
    await add(chat, "ana", "remind me to visit the secret garden tomorrow at 9")

    def rows(tx: SqlTx) -> list[str]:
        return [bytes(row["body"]).decode() for row in tx.connection.rows(_everything("audit"))]

    bodies = await chat.database.read(rows, tenant=ACME)
    assert not [body for body in bodies if "secret garden" in body]
    assert [body for body in bodies if '"what":"task.added"' in body and '"digest":"' in body]


async def test_a_task_of_many_words_with_or_is_still_plainly_confirmed(chat: Chat) -> None:
    await chat.say("ana", "remind me to buy milk or bread tomorrow at 9")
    assert "I'll remind you" in await chat.say("ana", "yes")


def _everything(table: str) -> TextClause:
    return text(f"SELECT * FROM {table}")  # noqa: S608  # names of our own


def _shown(row: Row) -> str:
    # Both drivers' rows are sequences, which repositories have no use for.
    return str(list(cast("Iterable[object]", row)))
