"""A chat's digest: who may order it there, what everybody reads, and what ends it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.access import Principal
from bot.actions.digest import KIND as OWN_KIND
from bot.ids import PrincipalId, WalletId
from bot.messages import OutboxItem
from bot.ports import Tx
from bot.schedules.shared_digests import KIND
from scheduler.jobs.digest import digest_kind
from scheduler.jobs.digest_figures import KeptFigures
from scheduler.jobs.shared_digest import SharedDigests
from scheduler.kinds import quick
from scheduler.runs import Runs
from storage.transaction import SqlTx
from tests.turns.chat import ACME, Chat, limits
from tests.turns.test_digest import DAY, spend_for

GROUP = "c-launch"


@pytest.fixture
async def chat(both: Chat) -> Chat:
    """Let everybody have an account on Slack."""

    def link(tx: Tx) -> None:
        for handle in ("ana", "ben", "carla", "elena", "frank"):
            tx.people.link(PrincipalId(handle), "slack", "bot", handle.upper())

    await both.database.write(link, tenant=ACME)
    return both


@pytest.fixture
def runs(chat: Chat) -> Runs:
    return runs_of(chat)


def runs_of(chat: Chat) -> Runs:
    allowances = limits().allowances
    shared = quick(SharedDigests(allowances, KeptFigures()).send)
    return Runs(chat.database, {KIND: shared, OWN_KIND: digest_kind(allowances)})


async def say_in_group(chat: Chat, who: str, words: str = "", button: str = "") -> str:
    return await chat.write("slack", who.upper(), words, button=button, group=GROUP)


async def order(chat: Chat, who: str, words: str = "digest here daily") -> str:
    """Order a digest in the group and say yes; return both answers."""
    asked = await say_in_group(chat, who, words)
    return f"{asked}\n{await say_in_group(chat, who, 'yes')}"


async def pass_time(
    chat: Chat, runs: Runs, by: timedelta = DAY, group: str = GROUP
) -> list[OutboxItem]:
    """Go on; return what the group was told as a whole."""
    before = len(chat.sent)
    chat.clock.advance(by)
    await runs.tick()
    await runs.idle()
    await chat.app.settled()
    items = [item for _, item in chat.sent[before:]]
    assert all(item.chat == group for item in items if item.message.is_for_all)
    return [item for item in items if item.message.is_for_all]


def tokens(item: OutboxItem) -> dict[str, str]:
    return {button.label: button.token for button in item.message.buttons}


async def test_a_lead_orders_it_and_everybody_there_reads_it(chat: Chat, runs: Runs) -> None:
    said = await order(chat, "ben")
    assert "show everybody in this chat the digest of Design, every day" in said
    assert "comes to this chat every day at 09:00 (Europe/Madrid)" in said
    await spend_for(chat, 10)
    (item,) = await pass_time(chat, runs, timedelta(0))
    lines = item.message.text.split("\n")
    assert lines[0] == "Design: digest of Fri 27 Nov"
    assert lines[1] == "Spent: $13.00 yesterday; $85.00 of $500.00 this November (17 %)."
    assert lines[5] == "Requests: none is open."
    assert lines[7].startswith("Audit log: row ")


async def test_nobody_is_named_and_requests_are_only_counted(chat: Chat, runs: Runs) -> None:
    await order(chat, "ben")
    await spend_for(chat, 10)
    await chat.say("ana", "ask for 200 more until the end of the month, we have the launch")
    await chat.say("ana", "yes")
    (item,) = await pass_time(chat, runs, timedelta(0))
    assert "Requests: one is open." in item.message.text
    assert "claude-sonnet-4-5" in item.message.text
    assert not [name for name in ("Ana", "Ben", "Lima", "Ortiz") if name in item.message.text]


async def test_what_is_open_elsewhere_is_not_counted(chat: Chat, runs: Runs) -> None:
    await order(chat, "carla", "resumen de Data aquí cada día")
    await spend_for(chat, 10, wallet="data")
    await chat.say("ana", "ask for 200 more until the end of the month, we have the launch")
    await chat.say("ana", "yes")
    (item,) = await pass_time(chat, runs, timedelta(0))
    assert item.message.text.startswith("Data: resumen del ")
    assert "Solicitudes: ninguna abierta." in item.message.text


async def test_only_a_plain_yes_shows_it_to_others(chat: Chat) -> None:
    await say_in_group(chat, "ben", "digest here daily")
    for words in ("what's left for design?", "thanks", "hmm"):
        chat.clock.advance(timedelta(seconds=1))
        await say_in_group(chat, "ben", words)
        assert await chat.database.write(_find, tenant=ACME) is None
    assert "Done" in await say_in_group(chat, "ben", "yes")


@pytest.mark.parametrize("who", ["ana", "frank"])
async def test_whoever_may_only_read_may_not_show_it_to_others(chat: Chat, who: str) -> None:
    said = await order(chat, who)
    assert "Draft" not in said
    found = await chat.database.write(_find, tenant=ACME)
    assert found is None


async def test_a_lead_may_not_show_what_another_one_leads(chat: Chat) -> None:
    assert "Draft" not in await say_in_group(chat, "ben", "digest of data here daily")
    assert "Draft" in await say_in_group(chat, "ben", "digest of launch here daily")


async def test_alone_with_the_bot_it_is_no_chats_digest(chat: Chat) -> None:
    assert "group or channel" in await chat.say("ben", "digest here daily")


async def test_a_chat_has_one_and_the_last_order_counts(chat: Chat, runs: Runs) -> None:
    await order(chat, "ben")
    said = await order(chat, "elena", "digest of design here weekly at 8:30")
    assert "In place of the one that Ben Ortiz ordered." in said
    assert "on Mondays at 08:30" in said
    await spend_for(chat, 3)
    # From Saturday, 13:00, until Monday, 8:30.
    assert await pass_time(chat, runs, timedelta(days=1, hours=19, minutes=29)) == []
    (item,) = await pass_time(chat, runs, timedelta(minutes=1))
    assert item.message.text.startswith("Design: digest of 16–22 Nov 2026")


async def test_whose_it_is_not_may_not_replace_it(chat: Chat) -> None:
    await order(chat, "elena", "digest of company here daily")
    assert "Draft" not in await say_in_group(chat, "ben", "digest of launch here daily")
    assert "Done" not in await say_in_group(chat, "ben", "digest here off")


async def test_what_is_not_said_stays_as_it_was(chat: Chat) -> None:
    await order(chat, "elena", "digest of launch here weekly")
    said = await order(chat, "elena", "digest here at 8:30")
    assert "The digest of Launch comes to this chat on Mondays at 08:30" in said


@pytest.mark.parametrize(
    "words",
    [
        "stop the digest here",
        "no digest in this chat",
        "no more digests here",
        "stop sending the digest to this channel",
        "digest here off",
        "don't send the digest here any more",
        "quita el resumen de este chat",
        "no más resumen aquí",
        "sin resumen en este grupo",
        "para el resumen aquí",
        "/unshare_digest",
    ],
)
async def test_it_is_ended_in_many_words(chat: Chat, words: str) -> None:
    await order(chat, "ben")
    said = await say_in_group(chat, "elena", words)
    assert "No digest comes to this chat any more" in said
    assert await chat.database.read(_state, tenant=ACME) == "over"


async def test_undo_takes_an_order_back_wherever_it_is_said(chat: Chat, runs: Runs) -> None:
    await order(chat, "ben")
    assert "show this chat the digest of Design no more" in await chat.say("ben", "undo")
    assert "No digest comes to" in await chat.say("ben", "yes")
    assert await chat.database.read(_state, tenant=ACME) == "over"
    await spend_for(chat, 1)
    assert await pass_time(chat, runs, timedelta(0)) == []


async def test_undo_of_what_took_another_ones_place_brings_that_one_back(
    chat: Chat, runs: Runs
) -> None:
    await order(chat, "ben")
    await order(chat, "elena", "digest of company here weekly at 8:30")
    card = await say_in_group(chat, "elena", "undo")
    assert "the digest of Design every day again, as Ben Ortiz ordered it" in card
    assert "The digest of Design comes to this chat every day at 09:00" in await say_in_group(
        chat, "elena", "yes"
    )
    assert "Nothing" in await say_in_group(chat, "elena", "undo")
    await spend_for(chat, 10)
    (item,) = await pass_time(chat, runs, timedelta(0))
    assert item.message.text.startswith("Design: digest of")


async def test_undo_does_not_undo_what_somebody_ordered_since(chat: Chat) -> None:
    await order(chat, "ben")
    await order(chat, "elena", "digest of design here weekly")
    await order(chat, "ben", "digest here at 7:30")
    assert "Nothing was changed." in await chat.say("elena", "undo") + await chat.say(
        "elena", "yes"
    )


async def test_digest_here_now_is_shown_to_all_after_a_yes(chat: Chat, runs: Runs) -> None:
    await spend_for(chat, 10)
    before = len(chat.sent)
    card = await say_in_group(chat, "ben", "digest here now")
    assert "show everybody in this chat the digest of Design now, once" in card
    assert [x for _, x in chat.sent[before:] if x.message.is_for_all] == []
    said = await say_in_group(chat, "ben", "yes")
    assert "Everybody in this chat has the digest of Design now." in said
    (item,) = [x for _, x in chat.sent[before:] if x.message.is_for_all]
    assert item.message.text.startswith("Design: digest of")
    assert "Ana" not in item.message.text
    # The chart is below it.
    assert len(item.message.blocks) > 2
    # None comes by itself, so there is none to end.
    assert list(tokens(item)) == ["Who spends most?"]
    assert await chat.database.write(_find, tenant=ACME) is None


async def test_what_comes_by_itself_stays_as_it_is(chat: Chat, runs: Runs) -> None:
    await order(chat, "ben")
    await spend_for(chat, 10)
    await say_in_group(chat, "ben", "/post_digest")
    before = len(chat.sent)
    await say_in_group(chat, "ben", "yes")
    (item,) = [x for _, x in chat.sent[before:] if x.message.is_for_all]
    assert list(tokens(item)) == ["Who spends most?", "No more here"]
    assert len(await pass_time(chat, runs, timedelta(0))) == 1


async def test_eight_taps_show_it_once(chat: Chat) -> None:
    await spend_for(chat, 10)
    await say_in_group(chat, "carla", "resumen de Design aquí ahora")
    button = chat.buttons_on("slack", "CARLA")["yes"]
    before = len(chat.sent)
    await asyncio.gather(*(say_in_group(chat, "carla", button=button) for _ in range(8)))
    assert sum(x.message.is_for_all for _, x in chat.sent[before:]) == 1


@pytest.mark.parametrize("who", ["ana", "frank"])
async def test_whoever_may_only_read_shows_no_chat_a_digest(chat: Chat, who: str) -> None:
    said = await say_in_group(chat, who, "digest here now")
    assert "Draft" not in said


async def test_it_follows_a_chat_where_whoever_ordered_it_was_heard_under_its_new_id(
    chat: Chat, runs: Runs
) -> None:
    await order(chat, "ben")
    # Heard there before any message of Bursar's learned of the new id.
    await chat.write("slack", "BEN", "hello", group="c-new")
    chat.moved[GROUP] = "c-new"
    await spend_for(chat, 10)
    assert [x.chat for x in await pass_time(chat, runs, timedelta(0), "c-new")] == ["c-new"]
    await spend_for(chat, 1)
    assert [x.chat for x in await pass_time(chat, runs, timedelta(0), "c-new")] == ["c-new"]
    said = await chat.write("slack", "BEN", "digest here off", group="c-new")
    assert "No digest comes to this chat any more" in said


async def test_of_two_ids_of_a_chat_the_new_ones_digest_stays(chat: Chat, runs: Runs) -> None:
    await order(chat, "ben")
    await chat.write("slack", "ELENA", "digest of company here weekly", group="c-new")
    await chat.write("slack", "ELENA", "yes", group="c-new")
    assert await chat.database.read(_state, tenant=ACME) == "active"
    chat.moved[GROUP] = "c-new"
    await spend_for(chat, 10)
    await pass_time(chat, runs, timedelta(0), "c-new")
    await spend_for(chat, 1)
    assert await pass_time(chat, runs, timedelta(0), "c-new") == []
    shown = await chat.write("slack", "ELENA", "digest here off", group="c-new")
    assert "No digest comes to this chat any more" in shown


async def test_digest_off_in_the_chat_ends_the_chats(chat: Chat, runs: Runs) -> None:
    await chat.say("ben", "digest daily")
    await order(chat, "ben")
    assert "No digest comes to this chat any more" in await say_in_group(chat, "ben", "digest off")
    await spend_for(chat, 1)
    assert await pass_time(chat, runs, timedelta(0)) == []
    assert chat.told("ben").startswith("Design: your digest")
    assert "You are sent no digest" in await say_in_group(chat, "ben", "digest off")


async def test_my_digest_off_leaves_the_chats(chat: Chat, runs: Runs) -> None:
    await order(chat, "ben")
    assert "You are sent no digest" in await say_in_group(chat, "ben", "my digest off")
    await spend_for(chat, 1)
    assert len(await pass_time(chat, runs, timedelta(0))) == 1


async def test_digest_off_of_whoever_may_not_end_the_chats_is_about_their_own(
    chat: Chat, runs: Runs
) -> None:
    await order(chat, "ben")
    assert "You are sent no digest" in await say_in_group(chat, "ana", "digest off")
    await spend_for(chat, 1)
    assert len(await pass_time(chat, runs, timedelta(0))) == 1


async def test_a_tap_counts_by_who_taps_and_is_answered_to_them_alone(
    chat: Chat, runs: Runs
) -> None:
    await order(chat, "ben")
    await spend_for(chat, 1)
    (item,) = await pass_time(chat, runs, timedelta(0))
    buttons = tokens(item)
    assert list(buttons) == ["Who spends most?", "No more here"]
    before = len(chat.sent)
    assert "Ana Lima" in await say_in_group(chat, "ana", button=buttons["Who spends most?"])
    # Data's viewer sees nothing of Design, and ends nothing of it either.
    assert "Ana" not in await say_in_group(chat, "frank", button=buttons["Who spends most?"])
    assert "Done" not in await say_in_group(chat, "frank", button=buttons["No more here"])
    assert "Done" in await say_in_group(chat, "elena", button=buttons["No more here"])
    assert "done already" in await say_in_group(chat, "ben", button=buttons["No more here"])
    assert not [x for _, x in chat.sent[before:] if x.message.is_for_all]
    assert await chat.database.read(_state, tenant=ACME) == "over"


async def test_it_ends_with_a_notice_once_whoever_ordered_it_may_not_show_it(
    chat: Chat, runs: Runs
) -> None:
    await order(chat, "ben")
    await spend_for(chat, 1)

    def take(tx: Tx) -> bool:
        return tx.people.take(PrincipalId("ben"), "lead", WalletId("design"))

    assert await chat.database.write(take, tenant=ACME)
    (item,) = await pass_time(chat, runs, timedelta(0))
    assert item.message.text.startswith("The digest of Design comes here no more: Ben Ortiz,")
    assert "$" not in item.message.text
    await spend_for(chat, 1)
    assert await pass_time(chat, runs, timedelta(0)) == []


async def test_it_ends_with_a_notice_once_whoever_ordered_it_has_left(
    chat: Chat, runs: Runs
) -> None:
    await order(chat, "ben")
    await spend_for(chat, 1)
    await chat.database.write(
        lambda tx: tx.people.set_disabled(PrincipalId("ben"), True), tenant=ACME
    )
    (item,) = await pass_time(chat, runs, timedelta(0))
    assert "is not of the company any more" in item.message.text
    assert await chat.database.read(_state, tenant=ACME) == "over"


async def test_of_three_processes_one_tells_the_chat(chat: Chat, runs: Runs) -> None:
    await order(chat, "ben")
    await spend_for(chat, 1)
    others = [runs, runs_of(chat), runs_of(chat)]
    await asyncio.gather(*(one.tick() for one in others))
    await asyncio.gather(*(one.idle() for one in others))
    await chat.app.settled()
    assert sum(item.message.is_for_all for _, item in chat.sent) == 1


async def test_a_chat_that_is_gone_is_told_nothing(chat: Chat, runs: Runs) -> None:
    await order(chat, "ben")
    await spend_for(chat, 1)

    def lose(tx: SqlTx) -> None:
        tx.connection.run(
            text("UPDATE conversation SET is_gone = 1 WHERE chat = :chat"), chat=GROUP
        )

    await chat.database.write(lose, tenant=ACME)
    assert await pass_time(chat, runs, timedelta(0)) == []


async def test_it_comes_when_it_is_nine_where_whoever_ordered_it_is(
    chat: Chat, runs: Runs
) -> None:
    def add(tx: Tx) -> None:
        zone = "America/New_York"
        gina = Principal(PrincipalId("gina"), ACME, "Gina Rossi", "gina", "en", zone)
        tx.people.add(gina)
        tx.people.link(gina.id, "slack", "bot", "GINA")
        tx.people.give(gina.id, "lead", WalletId("design"))

    await chat.database.write(add, tenant=ACME)
    await spend_for(chat, 1)
    # It is 13:00 in Madrid, 7:00 in New York.
    assert "(America/New_York)" in await order(chat, "gina")
    assert await pass_time(chat, runs, timedelta(hours=1, minutes=59)) == []
    assert len(await pass_time(chat, runs, timedelta(minutes=1))) == 1


def _find(tx: Tx) -> object:
    place = tx.conversations.open("slack", GROUP, "", PrincipalId("ana"))
    return tx.shared_digests.find_in(place)


def _state(tx: Tx) -> str:
    place = tx.conversations.find("slack", GROUP, "", PrincipalId("ben"))
    assert place is not None
    digest = tx.shared_digests.find_in(place)
    assert digest is not None
    found = tx.schedules.find(KIND, digest.id)
    assert found is not None
    return found.state
