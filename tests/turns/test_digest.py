"""The digest: to whom, when, what it tells, and one word that ends it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text

from bot.actions.digest import KIND
from bot.allowances import Allowances
from bot.economy.wallets import Wallet
from bot.ids import PrincipalId, WalletId
from bot.ports import Tx
from scheduler.jobs.digest import digest_kind, plan_digests
from scheduler.runs import Runs
from storage.transaction import SqlTx
from tests.turns.chat import ACME, Chat, spend

USD = 10**9
DAY = timedelta(days=1)


@pytest.fixture
def runs(chat: Chat) -> Runs:
    return runs_of(chat)


def runs_of(chat: Chat) -> Runs:
    return Runs(chat.database, {KIND: digest_kind(Allowances())})


async def spend_for(chat: Chat, days: int, *, wallet: str = "design", cost: int = 3) -> None:
    """Spend on each of so many days, a dollar more each day; the last one is yesterday."""
    for day in range(days):
        await chat.database.write(partial(_spend_a_day, wallet, cost + day), tenant=ACME)
        chat.clock.advance(DAY)


def _spend_a_day(wallet: str, cost: int, tx: Tx) -> None:
    key = f"{wallet}{tx.now:%m%d}"
    spend(tx, wallet, "ana", cost * USD, "claude-sonnet-4-5", key)
    spend(tx, wallet, "ben", USD, "gpt-5-mini", f"{key}b")


async def pass_a_day(chat: Chat, runs: Runs, *, by: timedelta = DAY) -> list[tuple[str, str]]:
    """Go on; return what people were sent, as (handle, text)."""
    before = len(chat.sent)
    chat.clock.advance(by)
    await runs.tick()
    await runs.idle()
    await chat.app.settled()
    return [(to, item.message.text) for to, item in chat.sent[before:]]


async def last_result(chat: Chat, handle: str) -> str:
    found = await chat.database.read(lambda tx: tx.schedules.find(KIND, handle), tenant=ACME)
    return "" if found is None else found.last_result


async def test_owners_finance_and_leads_are_sent_what_they_may_read(
    chat: Chat, runs: Runs
) -> None:
    for handle in ("ana", "ben", "carla", "elena", "frank"):
        await chat.say(handle, "hola" if handle == "carla" else "hi")
    await spend_for(chat, 10)
    assert await plan_digests(chat.database) == 3
    assert await plan_digests(chat.database) == 0
    sent = dict(await pass_a_day(chat, runs))
    assert sorted(sent) == ["ben", "carla", "elena"]
    # Of what a lead leads, and of nothing else.
    assert sent["ben"].startswith("Design: your digest of ")
    assert sent["elena"].startswith("Company: your digest of ")
    assert sent["carla"].startswith("Company: tu resumen del ")


async def test_a_lead_of_several_wallets_is_told_of_the_highest_together(
    chat: Chat, runs: Runs
) -> None:
    await chat.say("ben", "hi")
    await spend_for(chat, 10)

    def lead_more(tx: Tx) -> None:
        # Below what he leads, and beside it.
        tx.wallets.add(Wallet(WalletId("brand"), WalletId("design"), "team", "Brand"))
        for wallet_id in ("brand", "data"):
            tx.people.give(PrincipalId("ben"), "lead", WalletId(wallet_id))

    await chat.database.write(lead_more, tenant=ACME)
    await plan_digests(chat.database)
    sent = dict(await pass_a_day(chat, runs))
    assert sent["ben"].startswith("Data and Design: your digest of ")


async def test_a_digest_has_five_lines_its_own_cost_and_the_end_of_the_audit_log(
    chat: Chat,
) -> None:
    await spend_for(chat, 10)
    said = await chat.say("ben", "digest now")
    head = await chat.database.read(lambda tx: tx.audit.head())
    lines = said.split("\n")
    assert lines[0] == "Design: your digest of Fri 27 Nov"
    assert lines[1] == "Spent: $13.00 yesterday; $85.00 of $500.00 this November (17 %)."
    assert lines[2] == "Change: $7.00 more than on Fri 20 Nov (+117 %)."
    assert lines[3] == (
        "Most of it: claude-sonnet-4-5 +$7.00 (100 % of the change); mostly Ana Lima."
    )
    assert lines[4].startswith("Forecast: ≈$")
    assert lines[5] == "Requests: none is open."
    assert lines[6] == "Bursar itself cost nothing."
    assert lines[7].startswith("Audit log: row ")
    assert len(lines[7].split()[-1]) == len(head.hash.hex())


async def test_a_digest_has_a_chart(chat: Chat, runs: Runs) -> None:
    await chat.say("ben", "digest daily")
    await chat.database.write(partial(_spend_a_day, "design", 3), tenant=ACME)
    (sent,) = await pass_a_day(chat, runs)
    assert sent[1].endswith("$4.00  limit $500.00")
    assert "█" in await chat.say("ben", "digest now")


async def test_a_tap_looks_closer_or_has_it_less_often(chat: Chat, runs: Runs) -> None:
    await chat.say("ben", "digest daily")
    await chat.database.write(partial(_spend_a_day, "design", 3), tenant=ACME)
    await pass_a_day(chat, runs)
    buttons = chat.labels("ben")
    assert list(buttons) == ["Who spends most?", "Once a week instead", "No more digests"]
    assert "Ana Lima" in await chat.say("ben", button=buttons["Who spends most?"])
    assert "Monday" in await chat.say("ben", button=buttons["Once a week instead"])
    assert "Once a week instead" in await chat.say("ben", button=buttons["Once a week instead"])
    found = await chat.database.read(lambda tx: tx.schedules.find(KIND, "ben"), tenant=ACME)
    assert found is not None
    assert found.plan.rule.unit == "week"


async def test_open_requests_are_named(chat: Chat) -> None:
    await spend_for(chat, 1)
    await chat.say("ana", "ask for 200 more until the end of the month, we have the launch")
    await chat.say("ana", "yes")
    said = await chat.say("ben", "digest")
    assert "Requests: one is open, #" in said


async def test_nothing_new_is_not_told(chat: Chat, runs: Runs) -> None:
    await chat.say("ben", "digest daily")
    assert await pass_a_day(chat, runs) == []
    assert await last_result(chat, "ben") == "nothing_new"
    assert "Nothing was spent" in await chat.say("ben", "digest now")


async def test_what_a_reader_was_told_already_is_not_told_again(chat: Chat, runs: Runs) -> None:
    await spend_for(chat, 8)
    await chat.say("ben", "digest daily")
    (stopped,) = await pass_a_day(chat, runs)
    # On Thursday nothing was spent, a week before it was five dollars.
    assert "Spent: $0.00 yesterday" in stopped[1]
    assert "$5.00 less than" in stopped[1]
    for _ in range(3):
        assert await pass_a_day(chat, runs) == []
        assert await last_result(chat, "ben") == "nothing_new"
    await chat.say("ana", "ask for 200 more until the end of the month, we have the launch")
    await chat.say("ana", "yes")
    asked = [text for _, text in await pass_a_day(chat, runs) if "your digest" in text]
    assert ["Requests: one is open" in text for text in asked] == [True]


async def test_one_word_ends_it_and_brings_it_back(chat: Chat, runs: Runs) -> None:
    await chat.say("ben", "hi")
    await plan_digests(chat.database)
    assert "no digest any more" in await chat.say("ben", "digest off")
    # Nor is it planned again for a lead who wants none.
    assert await plan_digests(chat.database) == 0
    await spend_for(chat, 1)
    assert [to for to, _ in await pass_a_day(chat, runs, by=timedelta(0)) if to == "ben"] == []
    assert "every day at 09:00" in await chat.say("ben", "digest on")
    await spend_for(chat, 1)
    assert [to for to, _ in await pass_a_day(chat, runs, by=timedelta(0))] == ["ben"]


async def test_whoever_ended_it_is_sent_none_after_the_clean_up_either(
    chat: Chat, runs: Runs
) -> None:
    await chat.say("ben", "hi")
    await plan_digests(chat.database)
    assert "no digest any more" in await chat.say("ben", "digest off")
    # The clean-up forgets what is over and was not touched for 35 days.
    chat.clock.advance(40 * DAY)
    await chat.database.write(lambda tx: tx.runs.drop_old(tx.now - 35 * DAY, 200), tenant=ACME)
    await plan_digests(chat.database)
    await spend_for(chat, 1)
    sent = await pass_a_day(chat, runs, by=timedelta(0))
    assert "ben" not in {to for to, _ in sent}


async def test_readers_in_zones_a_day_apart_are_each_told_of_their_own_yesterday(
    chat: Chat, runs: Runs
) -> None:
    # At 19:00 UTC it is 9:00 of this day in Honolulu and 9:00 of the next one in Kiritimati.
    zones = {"carla": "Pacific/Kiritimati", "elena": "Pacific/Honolulu"}

    def move(tx: SqlTx) -> None:
        tx.connection.run(text("UPDATE tenant SET zone = 'Pacific/Kiritimati'"))
        tx.people._zones.clear()
        for person, zone in zones.items():
            moved = text("UPDATE principal SET zone = :zone WHERE id = :id")
            tx.connection.run(moved.bindparams(zone=zone, id=person))

    await chat.database.write(move, tenant=ACME)
    await chat.database.read(lambda tx: tx.people._zones.clear(), tenant=ACME)
    for person in zones:
        await chat.say(person, "hi")
    await spend_for(chat, 3)
    await plan_digests(chat.database)
    sent = dict(await pass_a_day(chat, runs))
    # The company's 21st is over where its days are counted, but not yet where Elena is.
    assert "21 nov" in sent["carla"].partition("\n")[0], sent
    assert "20 Nov" in sent["elena"].partition("\n")[0], sent


async def test_it_comes_at_the_time_that_was_asked_for_where_the_reader_is(
    chat: Chat, runs: Runs
) -> None:
    await spend_for(chat, 1)
    assert "at 08:30 (Europe/Madrid)" in await chat.say("ben", "digest at 8:30")
    # It is 13:00 in Madrid.
    await chat.database.write(partial(_spend_a_day, "design", 2), tenant=ACME)
    assert await pass_a_day(chat, runs, by=timedelta(hours=19, minutes=29)) == []
    sent = await pass_a_day(chat, runs, by=timedelta(minutes=1))
    assert [to for to, _ in sent] == ["ben"]
    assert await pass_a_day(chat, runs, by=timedelta(minutes=1)) == []


async def test_a_weekly_one_tells_of_the_week(chat: Chat, runs: Runs) -> None:
    await chat.say("ben", "hi")
    # Wednesday 18 to Sunday 29 November.
    await spend_for(chat, 11)
    assert "on Mondays at 09:00" in await chat.say("ben", "digest weekly")
    (sent,) = await pass_a_day(chat, runs)
    assert sent[1].startswith("Design: your digest of 23–29 Nov 2026")
    assert "more than the week before" in sent[1]


async def test_on_workdays_alone_mondays_tells_of_the_weekend_too(chat: Chat, runs: Runs) -> None:
    said = await chat.say("ben", "digest on weekdays at 8:30")
    assert "from Monday to Friday at 08:30" in said
    heads = []
    # Wednesday 18 November, 13:00, to the Tuesday after.
    for day in range(6):
        await chat.database.write(partial(_spend_a_day, "design", 3 + day), tenant=ACME)
        heads.append([text.partition("\n")[0] for _, text in await pass_a_day(chat, runs)])
    of = "Design: your digest of"
    assert heads == [
        [f"{of} Wed 18 Nov"],
        [f"{of} Thu 19 Nov"],
        [],
        [],
        [f"{of} 20–22 Nov 2026"],
        [f"{of} Mon 23 Nov"],
    ]


async def test_mondays_says_what_three_days_cost_and_can_be_had_once_a_week(
    chat: Chat, runs: Runs
) -> None:
    await chat.say("ben", "digest on weekdays")
    # Wednesday 18 to Saturday 21 November: 4, 5, 6 and 7 dollars.
    await spend_for(chat, 4)
    (told,) = await pass_a_day(chat, runs)
    assert "Spent: $13.00 in 3 days" in told[1]
    assert "more than on the same days a week earlier" in told[1]
    assert "Once a week instead" in chat.labels("ben")


async def test_somebody_who_never_wrote_is_sent_nothing(chat: Chat, runs: Runs) -> None:
    await plan_digests(chat.database)
    await spend_for(chat, 1)
    assert await pass_a_day(chat, runs, by=timedelta(0)) == []
    assert await last_result(chat, "elena") == "nowhere"


async def test_whoever_may_read_nothing_any_more_is_told_nothing(chat: Chat, runs: Runs) -> None:
    await chat.say("frank", "digest daily")
    await chat.database.write(partial(_spend_a_day, "data", 3), tenant=ACME)
    taken = await chat.database.write(
        lambda tx: tx.people.take(PrincipalId("frank"), "viewer", WalletId("data")), tenant=ACME
    )
    assert taken
    assert await pass_a_day(chat, runs) == []
    assert await last_result(chat, "frank") == "nothing_to_read"


async def test_of_two_processes_one_sends_it(chat: Chat, runs: Runs) -> None:
    await chat.say("ben", "digest daily")
    await spend_for(chat, 1)
    others = [runs, runs_of(chat), runs_of(chat)]
    await asyncio.gather(*(one.tick() for one in others))
    await asyncio.gather(*(one.idle() for one in others))
    await chat.app.settled()
    assert sum("your digest" in item.message.text for _, item in chat.sent) == 1
