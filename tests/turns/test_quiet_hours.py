"""Quiet hours: set in words, kept by what the bot says by itself, never by an answer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.ids import PrincipalId
from scheduler.jobs.expiry import expire_proposals
from scheduler.jobs.reminders import remind_requests
from tests.turns.chat import ACME, Chat
from tests.turns.test_reminders import remind, request

HOUR = timedelta(hours=1)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time in Madrid in November 2026, which is an hour ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - HOUR


async def quiet(chat: Chat, handle: str, text: str = "quiet hours 22:00 to 7:00") -> None:
    await chat.say(handle, text)
    await chat.say(handle, "yes")


async def wake(chat: Chat) -> list[tuple[str, str]]:
    """Look into the outbox, as the clock does; return what was sent to whom."""
    before = len(chat.sent)
    await chat.app.take_over()
    await chat.app.settled()
    return [(to, item.message.text) for to, item in chat.sent[before:]]


async def test_they_are_a_draft_a_yes_and_an_undo(chat: Chat) -> None:
    assert "no quiet hours" in await chat.say("ana", "my quiet hours")
    card = await chat.say("ana", "quiet hours 22:00 to 7:00")
    assert "set your quiet hours to 22:00–07:00" in card
    assert "Quiet hours: none -> 22:00–07:00" in card
    done = await chat.say("ana", "yes")
    assert "22:00–07:00 (Europe/Madrid)" in done
    assert "22:00–07:00" in await chat.say("ana", "what are my quiet hours?")
    assert "are that already" in await chat.say("ana", "quiet hours 22:00 to 7:00")
    await chat.say("ana", "no quiet hours")
    assert "no quiet hours any more" in await chat.say("ana", "yes")
    assert "back to 22:00–07:00" in await chat.say("ana", "undo")
    await chat.say("ana", "yes")
    assert "22:00–07:00" in await chat.say("ana", "my quiet hours")


async def test_they_are_asked_for_and_changed_in_a_form(chat: Chat) -> None:
    assert "horas de silencio" in await chat.say("carla", "horas de silencio de 22 a 7")
    no = chat.buttons("carla")["no"]
    await chat.say("carla", button=no)
    assert "¿Desde qué hora" in await chat.say("carla", "pon mis horas de silencio")
    card = await chat.say("carla", "de 22:00 a 7:00")
    assert "22:00–07:00" in card
    (_, item) = chat.sent[-1]
    assert [(x.name, x.value, x.kind) for x in item.message.form] == [
        ("begins", "22:00", "time"),
        ("ends", "07:00", "time"),
    ]


async def test_a_viewer_has_them_too(chat: Chat) -> None:
    await quiet(chat, "frank")
    assert "22:00–07:00" in await chat.say("frank", "my quiet hours")


async def test_a_reminder_waits_for_the_morning_and_answers_do_not(chat: Chat) -> None:
    await quiet(chat, "ben")
    chat.clock.set(local(18, 18, 30))
    made = await request(chat)
    chat.clock.set(local(18, 22, 30))
    taken, told = await remind(chat)
    # Ana has no quiet hours and hears of it; Ben sleeps.
    assert (taken, [to for to, _ in told]) == (1, ["ana"])
    assert "Design" in await chat.say("ben", "balance")
    assert await wake(chat) == []
    chat.clock.set(local(19, 6, 59))
    assert await wake(chat) == []
    chat.clock.set(local(19, 7))
    # The card above is closed, and shown once more below.
    (told_to, above), (again_to, text) = await wake(chat)
    assert (told_to, again_to) == ("ben", "ben")
    assert "asked you again below" in above
    assert f"Request #{made.ref} from Ana Lima has waited for you" in text
    assert await wake(chat) == []


async def test_a_card_to_decide_comes_at_once(chat: Chat) -> None:
    await quiet(chat, "ben")
    chat.clock.set(local(18, 23))
    made = await request(chat)
    assert f"Request #{made.ref}" in chat.told("ben")


async def test_a_decision_is_told_at_once_and_an_expiry_waits(chat: Chat) -> None:
    await quiet(chat, "ana")
    chat.clock.set(local(18, 23))
    await request(chat)
    await chat.say("ben", "yes")
    assert "approved" in chat.told("ana").lower()
    chat.clock.set(local(20, 23))
    await chat.say("ana", "ask for 300 more for design")
    await chat.say("ana", "yes")
    chat.clock.set(local(22, 23, 1))
    count = len(chat.sent)
    await expire_proposals(chat.database)
    await chat.app.settled()
    texts = [x.message.text for to, x in chat.sent[count:] if to == "ana" and not x.message.card]
    assert texts == []
    chat.clock.set(local(23, 7))
    assert [to for to, _ in await wake(chat)] == ["ana"]


async def test_ending_them_lets_go_what_waits(chat: Chat) -> None:
    await quiet(chat, "ben")
    chat.clock.set(local(18, 18, 30))
    await request(chat)
    chat.clock.set(local(18, 22, 30))
    await remind(chat)
    before = len(chat.sent)
    await chat.say("ben", "no quiet hours")
    assert not [x for to, x in chat.sent[before:] if "has waited" in x.message.text]
    await chat.say("ben", button=chat.buttons("ben")["yes"])
    waited = [x for to, x in chat.sent[before:] if "has waited" in x.message.text]
    assert len(waited) == 1


async def test_moving_them_moves_what_waits(chat: Chat) -> None:
    await quiet(chat, "ben")
    chat.clock.set(local(18, 18, 30))
    await request(chat)
    chat.clock.set(local(18, 22, 30))
    await remind(chat)
    await chat.say("ben", "quiet hours 22:00 to 9:00")
    await chat.say("ben", button=chat.buttons("ben")["yes"])
    chat.clock.set(local(19, 8))
    assert await wake(chat) == []
    chat.clock.set(local(19, 9))
    assert [to for to, _ in await wake(chat)] == ["ben", "ben"]


async def test_eight_clocks_at_once_hold_one_reminder(chat: Chat) -> None:
    await quiet(chat, "ben")
    chat.clock.set(local(18, 18, 30))
    await request(chat)
    chat.clock.set(local(18, 22, 30))
    await asyncio.gather(*(remind_requests(chat.database) for _ in range(8)))
    await chat.app.settled()
    chat.clock.set(local(19, 7))
    assert [to for to, _ in await wake(chat)] == ["ben", "ben"]


async def test_eight_changes_at_once_are_one(chat: Chat) -> None:
    await chat.say("ana", "quiet hours 22:00 to 7:00")
    yes = chat.buttons("ana")["yes"]
    before = len(chat.sent)
    for _ in range(8):
        await chat.app.receive(chat.message("ana", button=yes))
    await chat.app.settled()
    done = [x for to, x in chat.sent[before:] if "wait" in x.message.text and not x.message.card]
    assert len(done) == 1
    person = await chat.database.read(lambda tx: tx.people.get(PrincipalId("ana")), tenant=ACME)
    assert str(person.quiet) == "22:00–07:00"
