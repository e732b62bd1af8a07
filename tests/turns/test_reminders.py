"""Requests that wait: reminded, brought to somebody else, expired; each once."""

import asyncio
from datetime import timedelta

from bot.economy import budgets
from bot.ids import PrincipalId, WalletId
from bot.proposals.model import Proposal
from scheduler.jobs.expiry import expire_proposals
from scheduler.jobs.reminders import remind_requests
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat, lose_owner

HOURS = timedelta(hours=1)


async def request(chat: Chat) -> Proposal:
    """Have Ana ask for more; Ben is asked, Carla and Elena could decide too."""
    await chat.say("ana", "ask for 200 more for design")
    await chat.say("ana", "yes")
    (found,) = await chat.database.read(lambda tx: tx.proposals.list_requests(), tenant=ACME)
    return found


async def remind(chat: Chat, times: int = 1) -> tuple[int, list[tuple[str, str]]]:
    """Run the job, so often at once; return the steps taken and what was told to whom."""
    before = len(chat.sent)
    taken = await asyncio.gather(*(remind_requests(chat.database) for _ in range(times)))
    await chat.app.settled()
    return sum(taken), [(to, item.message.text) for to, item in chat.sent[before:]]


async def test_nobody_is_reminded_before_four_hours(chat: Chat) -> None:
    await request(chat)
    chat.clock.advance(4 * HOURS - timedelta(microseconds=1))
    assert await remind(chat) == (0, [])


async def test_after_four_hours_the_approver_is_reminded_once(chat: Chat) -> None:
    made = await request(chat)
    chat.clock.advance(4 * HOURS)
    taken, told = await remind(chat)
    assert taken == 1
    assert {to for to, _ in told} == {"ben", "ana"}
    assert f"Request #{made.ref} from Ana Lima has waited for you for 4 h;" in dict(told)["ben"]
    assert "I have reminded Ben Ortiz" in dict(told)["ana"]
    assert await remind(chat) == (0, [])


async def test_a_reminder_is_the_card_once_more_and_the_one_above_is_closed(chat: Chat) -> None:
    made = await request(chat)
    first = chat.buttons("ben")
    chat.clock.advance(4 * HOURS)
    await remind(chat)
    (above, again) = [item for to, item in chat.sent[-3:] if to == "ben"]
    assert above.edits
    assert above.message.buttons == ()
    assert "asked you again below" in above.message.text
    assert not again.edits
    assert [one.style for one in again.message.buttons] == ["yes", "edit", "no"]
    assert "$500.00 -> $700.00" in again.message.text
    assert [one.name for one in again.message.form] == ["amount", "reason"]
    assert chat.buttons("ben").keys() == first.keys()
    assert set(chat.buttons("ben").values()).isdisjoint(first.values())
    before = len(chat.sent)
    assert "Approved" in await chat.say("ben", button=chat.buttons("ben")["yes"])
    closed = [x for to, x in chat.sent[before:] if to == "ben" and x.message.card == made.id]
    # What shows the card now is closed, and nothing else is sent of it.
    assert [one.edits for one in closed] == [str(again.id)]
    assert closed[0].message.buttons == ()
    for button in (first["no"], chat.buttons("ben")["no"]):
        assert "already on" in await chat.say("ben", button=button)
    assert await limit_of_design(chat) == 700 * USD


async def limit_of_design(chat: Chat) -> int:
    shown = await chat.database.read(
        lambda tx: budgets.list_budgets(tx, [tx.wallets.get(WalletId("design"))]), tenant=ACME
    )
    return shown[0].limit_nanos


async def test_eight_taps_on_both_cards_decide_once(chat: Chat) -> None:
    await request(chat)
    first = chat.buttons("ben")["yes"]
    chat.clock.advance(4 * HOURS)
    await remind(chat)
    again = chat.buttons("ben")["yes"]
    messages = [chat.message("ben", button=one) for one in (first, again) * 4]
    await asyncio.gather(*(chat.app.receive(one) for one in messages))
    await chat.app.settled()
    assert await limit_of_design(chat) == 700 * USD


async def test_a_reminder_s_form_changes_the_amount(chat: Chat) -> None:
    await request(chat)
    chat.clock.advance(4 * HOURS)
    await remind(chat)
    assert "make it 250" in await chat.say("ben", button=chat.buttons("ben")["edit"])
    assert "$100.00" in await chat.say("ben", "make it 100")
    assert "Approved" in await chat.say("ben", button=chat.buttons("ben")["yes"])
    assert await limit_of_design(chat) == 600 * USD


async def test_whoever_lost_the_right_cannot_decide_by_a_reminder(chat: Chat) -> None:
    await request(chat)
    chat.clock.advance(4 * HOURS)
    await remind(chat)
    button = chat.buttons("ben")["yes"]
    await chat.database.write(
        lambda tx: tx.people.take(PrincipalId("ben"), "lead", WalletId("design")), tenant=ACME
    )
    assert "Nothing was changed." in await chat.say("ben", button=button)
    assert await limit_of_design(chat) == 500 * USD


async def test_a_reminder_that_waits_for_the_morning_is_not_sent_once_it_is_decided(
    chat: Chat,
) -> None:
    await chat.say("ben", "quiet hours 12:00 to 23:00")
    await chat.say("ben", "yes")
    await request(chat)
    chat.clock.advance(4 * HOURS)
    taken, told = await remind(chat)
    assert taken == 1
    assert {to for to, _ in told} == {"ana"}
    await chat.say("carla", "aprueba la solicitud")
    await chat.say("carla", "sí")
    before = len(chat.sent)
    chat.clock.advance(12 * HOURS)
    await chat.app.take_over()
    await chat.app.settled()
    assert [to for to, _ in chat.sent[before:]] == []


async def test_a_reminder_comes_in_the_morning_with_its_buttons(chat: Chat) -> None:
    await chat.say("ben", "quiet hours 12:00 to 23:00")
    await chat.say("ben", "yes")
    await request(chat)
    chat.clock.advance(4 * HOURS)
    await remind(chat)
    before = len(chat.sent)
    chat.clock.advance(12 * HOURS)
    await chat.app.take_over()
    await chat.app.settled()
    assert [to for to, _ in chat.sent[before:]] == ["ben", "ben"]
    assert "Approved" in await chat.say("ben", button=chat.buttons("ben")["yes"])


async def test_after_a_day_the_next_is_asked_once(chat: Chat) -> None:
    made = await request(chat)
    chat.clock.advance(4 * HOURS)
    await remind(chat)
    chat.clock.advance(20 * HOURS)
    taken, told = await remind(chat)
    assert taken == 1
    # The card comes to Carla, in her language, with buttons that are hers.
    assert f"Solicitud #{made.ref}" in dict(told)["carla"]
    assert "I have asked Carla Ruiz too" in dict(told)["ana"]
    assert await remind(chat) == (0, [])
    chat.clock.advance(20 * HOURS)
    assert await remind(chat) == (0, [])
    await chat.say("carla", button=chat.buttons("carla")["yes"])
    assert "approved" in chat.told("ana")


async def test_eight_at_once_remind_once(chat: Chat) -> None:
    await request(chat)
    # Ben's card is closed, and shown once more below; Carla has none to close.
    for hours, to in ((4, ["ana", "ben", "ben"]), (20, ["ana", "carla"])):
        chat.clock.advance(hours * HOURS)
        taken, told = await remind(chat, times=8)
        assert taken == 1
        assert sorted(one for one, _ in told) == to


async def test_a_step_that_was_missed_is_not_made_up_for(chat: Chat) -> None:
    await request(chat)
    chat.clock.advance(30 * HOURS)
    taken, told = await remind(chat)
    assert taken == 1
    assert {to for to, _ in told} == {"carla", "ana"}
    assert await remind(chat) == (0, [])


async def test_what_is_decided_or_over_reminds_nobody(chat: Chat) -> None:
    await request(chat)
    await chat.say("ben", button=chat.buttons("ben")["no"])
    chat.clock.advance(4 * HOURS)
    assert await remind(chat) == (0, [])
    await request_again(chat)
    chat.clock.advance(48 * HOURS)
    assert await remind(chat) == (0, [])


async def request_again(chat: Chat) -> None:
    await chat.say("ana", "ask for 100 more for design")
    await chat.say("ana", "yes")


async def test_a_decision_at_the_same_moment_is_not_lost(chat: Chat) -> None:
    made = await request(chat)
    chat.clock.advance(4 * HOURS)
    await asyncio.gather(
        chat.app.receive(chat.message("ben", button=chat.buttons("ben")["yes"])),
        *(remind_requests(chat.database) for _ in range(8)),
    )
    await chat.app.settled()
    found = await chat.database.read(lambda tx: tx.proposals.find(made.id), tenant=ACME)
    assert found is not None
    assert found.state == "executed"


async def test_an_approver_who_may_decide_no_more_is_passed_over(chat: Chat) -> None:
    await request(chat)
    await chat.database.write(
        lambda tx: tx.people.set_disabled(PrincipalId("ben"), True), tenant=ACME
    )
    chat.clock.advance(4 * HOURS)
    _, told = await remind(chat)
    assert {to for to, _ in told} == {"carla", "ana"}


async def test_where_nobody_else_may_decide_the_same_one_is_reminded(chat: Chat) -> None:
    def shut_out(tx: SqlTx) -> None:
        tx.people.set_disabled(PrincipalId("carla"), True)
        lose_owner(tx)

    await chat.database.write(shut_out, tenant=ACME)
    await request(chat)
    chat.clock.advance(24 * HOURS)
    _, told = await remind(chat)
    assert {to for to, _ in told} == {"ben", "ana"}
    assert "I have reminded Ben Ortiz" in dict(told)["ana"]


async def test_at_the_end_whoever_asked_hears_of_it_once(chat: Chat) -> None:
    await request(chat)
    chat.clock.advance(48 * HOURS)
    before = len(chat.sent)
    assert sum(await asyncio.gather(*(expire_proposals(chat.database) for _ in range(8)))) == 1
    await chat.app.settled()
    told = [item.message.text for to, item in chat.sent[before:] if to == "ana"]
    assert len([text for text in told if "nobody decided in time" in text]) == 1


async def test_a_stranger_is_told_no_names_while_they_wait(both: Chat) -> None:
    await both.write("slack", "U0GINA", "hello")
    await both.write("slack", "U0GINA", "yes")
    both.clock.advance(4 * HOURS)
    _, told = await remind(both)
    texts = [text for to, text in told if to != "elena"]
    assert len(texts) == 1
    assert "still waits" in texts[0]
    assert "Elena" not in texts[0]
