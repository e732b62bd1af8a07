"""Whole conversations on Teams, from the HTTP call to the card."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.teams.heard import read_activity
from adapters.teams.inbound import to_message
from storage.database import Database
from tests.conftest import START
from tests.platforms.teams_company import (
    ACCOUNT,
    CHANNEL,
    GROUP,
    Company,
    PacingClock,
    open_company,
)
from tests.platforms.teams_server import BOT, Posted, words_of

MENTION = {
    "type": "mention",
    "mentioned": {"id": BOT, "name": "Bursar"},
    "text": "<at>Bursar</at>",
}


@pytest.fixture
async def company(database: Database) -> AsyncIterator[Company]:
    async with open_company(database, PacingClock(START)) as opened:
        yield opened


async def test_a_question_is_answered_in_the_private_chat(company: Company) -> None:
    answer = await company.say("ana", "balance")
    assert "Design" in answer
    await company.say("ana", "cancel my request 7K2M")
    assert company.teams.last("a:ana").activity["textFormat"] == "plain"


async def test_a_request_is_approved_by_a_tap(company: Company) -> None:
    shown = await company.request()
    assert "200.00" in shown.words
    status, answer = await company.send(company.tap("ben", shown.card))
    assert (status, answer["statusCode"]) == (200, 200)
    assert answer["type"] == "application/vnd.microsoft.card.adaptive"
    assert "Approved by Ben Ortiz" in words_of(answer["value"])
    assert "actions" not in answer["value"]
    assert await company.limit() == 700
    edited = [each for each in company.teams.posted if each.how == "update"]
    assert any(each.id == shown.id and "Approved" in each.words for each in edited)


async def test_a_client_without_universal_actions_approves_by_a_message(company: Company) -> None:
    shown = await company.request()
    status, _ = await company.send(company.submit("ben", shown.card))
    assert status == 200
    assert await company.limit() == 700
    edited = next(each for each in posted(company) if each.how == "update" and each.id == shown.id)
    assert "Approved by Ben Ortiz" in edited.words


async def test_an_approver_grants_another_amount(company: Company) -> None:
    shown = await company.request()
    _, answer = await company.send(company.tap("ben", shown.card, amount="120"))
    assert "Approved" in words_of(answer["value"])
    assert await company.limit() == 620


async def test_an_amount_that_is_none_is_asked_about(company: Company) -> None:
    shown = await company.request()
    _, answer = await company.send(company.tap("ben", shown.card, amount="1,5 or so"))
    assert answer["value"]["actions"]
    assert await company.limit() == 500


async def test_a_draft_is_changed_in_its_card_and_then_sent(company: Company) -> None:
    await company.say("ben", "hello")
    await company.say("ana", "ask for 200 more for design until the end of the month")
    first = company.card("a:ana")
    _, answer = await company.send(company.tap("ana", first.card, amount="250"))
    assert "$250.00" in words_of(answer["value"])
    edited = company.card("a:ana")
    assert (edited.how, edited.id) == ("update", first.id)
    # The buttons of the first version do not count any more.
    await company.send(company.tap("ana", first.card))
    assert not any(
        each.conversation == "a:ben" and "250" in each.words for each in posted(company)
    )
    await company.send(company.tap("ana", edited.card))
    assert "$250.00" in company.card("a:ben").words


def posted(company: Company) -> list[Posted]:
    return company.teams.posted


async def test_each_person_sees_their_own_view(company: Company) -> None:
    """Approvers may decide, who asked may take it back, and all others only look."""
    shown = await company.request()
    views = {}
    for person in ("ana", "ben", "carla", "frank"):
        _, views[person] = await company.send(company.view(person, shown.card, GROUP))
    labels = {
        person: [action["title"] for action in view["value"].get("actions", ())]
        for person, view in views.items()
    }
    assert labels == {
        "ana": ["Cancel request"],
        "ben": ["Yes", "Edit", "No"],
        "carla": ["Sí", "Editar", "No"],
        "frank": [],
    }
    _, answer = await company.send(company.tap("ana", views["ana"]["value"], 0, GROUP))
    assert "Taken back by Ana Lima" in words_of(answer["value"])
    assert await company.limit() == 500
    # Who comes later is told so, and the group saw nothing of it.
    _, late = await company.send(company.tap("carla", views["carla"]["value"], 0, GROUP))
    assert "actions" not in late["value"]
    assert await company.limit() == 500
    assert not any(each.conversation == GROUP for each in posted(company))


async def test_a_view_is_never_refused(company: Company) -> None:
    shown = await company.request()
    card = shown.card
    stranger = await company.send(company.view("mallory", card))
    assert stranger[0] == 200
    assert stranger[1]["type"] == "application/vnd.microsoft.activity.message"
    card["refresh"]["action"]["data"]["bursar"]["card"] = "no-such-card"
    assert (await company.send(company.view("ben", card)))[0] == 200


async def test_forged_buttons_change_nothing(company: Company) -> None:
    shown = await company.request()
    card = shown.card
    good = card["actions"][0]["data"]["bursar"]
    for data in (
        {"button": "x" * 22, "card": good["card"]},
        {"button": good["button"][::-1], "card": good["card"]},
        {"button": "", "card": good["card"]},
        {"button": "y" * 5000, "card": good["card"]},
        {"card": 7},
        {"button": ["a"]},
        {},
    ):
        forged = {"actions": [{"verb": "press", "data": {"bursar": data}}], "body": []}
        status, answer = await company.send(company.tap("ben", forged))
        assert (status, answer["statusCode"]) == (200, 200)
    for verb in ("approve", "", "PRESS", "view;press"):
        forged = {"actions": [{"verb": verb, "data": {"x": 1}}], "body": []}
        assert (await company.send(company.tap("ben", forged)))[0] == 200
    # Right token, wrong people and wrong places.
    for person, place in (("carla", ""), ("ana", ""), ("mallory", ""), ("ben", GROUP)):
        assert (await company.send(company.tap(person, card, 0, place)))[0] == 200
    assert await company.limit() == 500
    await company.send(company.tap("ben", card))
    assert await company.limit() == 700


async def test_every_delivery_five_times_with_new_ids_has_one_effect(company: Company) -> None:
    """Teams repeats what it takes for lost under another id (botbuilder-dotnet #5005)."""
    shown = await company.request()
    copies = [company.tap("ben", shown.card) for _ in range(5)]
    same = [copy for copy in copies for _ in range(5)]
    random.Random(7).shuffle(same)
    answers = await asyncio.gather(*(company.teams.deliver(copy) for copy in same))
    await company.app.settled()
    assert {status for status, _ in answers} == {200}
    assert await company.limit() == 700
    # Whatever each of them was answered first, the card that is left says who decided.
    for copy in copies:
        _, answer = await company.send(copy)
        assert "Approved by Ben Ortiz" in words_of(answer["value"])


async def test_one_message_delivered_five_times_is_answered_once(company: Company) -> None:
    activity = company.teams.activity("ana", "balance")
    for _ in range(5):
        assert (await company.send(activity))[0] == 200
    assert len(posted(company)) == 1


async def test_where_others_read_along_the_answer_goes_aside(company: Company) -> None:
    thread = f"{CHANNEL};messageid=1700000000000"
    line = await company.say(
        "ana",
        "<at>Bursar</at>&nbsp; balance",
        thread,
        entities=[MENTION],
    )
    assert line == "I have answered you in private."
    assert "Design has spent" in company.teams.last("a:ana").words
    assert company.teams.last(thread).reply_to


async def test_a_card_of_a_channel_is_answered_in_either_place(company: Company) -> None:
    thread = f"{CHANNEL};messageid=1700000000000"
    await company.say("ben", "hello")
    line = await company.say("ana", "ask for 200 more for design until month end", thread)
    assert line == "I have sent you a card in private. Only you see the details."
    notice, aside = company.card(thread), company.card("a:ana")
    assert notice.card["refresh"]["userIds"] == ["29:ana"]
    assert "200" not in notice.words
    # In the channel its reader, and nobody else, sees the draft.
    _, own = await company.send(company.view("ana", notice.card, thread))
    assert "$200.00" in words_of(own["value"])
    _, other = await company.send(company.view("ben", notice.card, thread))
    assert other["type"] == "application/vnd.microsoft.activity.message"
    # The private card's buttons count, too, though they are pressed in another chat.
    _, answer = await company.send(company.tap("ana", aside.card, amount="210"))
    assert "$210.00" in words_of(answer["value"])
    await company.send(company.tap("ana", company.card("a:ana").card))
    assert "$210.00" in company.card("a:ben").words
    assert not any("$2" in each.words for each in posted(company) if each.conversation == thread)
    assert company.teams.last(thread).how == "update"


async def test_who_cannot_be_written_to_in_private_is_told_how(company: Company) -> None:
    company.teams.refuses_private = "BotNotInConversationRoster"
    line = await company.say("ana", "balance", GROUP)
    assert "open a chat with me" in line
    assert [each.conversation for each in posted(company)] == [GROUP]


async def test_bots_edits_reactions_and_strange_events_are_not_answered(company: Company) -> None:
    before = await company.fingerprint()
    activity = company.teams.activity
    for each in (
        activity("ana", "balance", type="messageUpdate", channelData={"eventType": "editMessage"}),
        activity("ana", type="messageDelete"),
        activity("ana", type="messageReaction", reactionsAdded=[{"type": "like"}]),
        activity("ana", type="typing"),
        activity("ana", type="event", name="x"),
        activity("ana", type="endOfConversation"),
        activity("ana", type="installationUpdate", action="remove"),
        activity("ana", type="conversationUpdate", membersAdded=[{"id": "29:zoe"}]),
        activity("ana", "balance") | {"from": {"id": BOT, "name": "Bursar"}},
        activity("ana", "balance") | {"from": {"id": "28:another", "name": "Other"}},
        activity("ana", "balance") | {"from": {"id": "29:b", "role": "bot"}},
        activity("ana"),
        activity("ana", "<at>Bursar</at>", entities=[MENTION]),
        activity("ana", value={"somebody": "else"}),
    ):
        assert (await company.send(each))[0] in {200, 403}
    assert await company.fingerprint() == before
    assert not posted(company)


async def test_installing_it_stores_how_a_person_is_reached_and_greets(company: Company) -> None:
    activity = company.teams.activity
    joined = [{"id": BOT}]
    await company.send(activity("ben", type="conversationUpdate", membersAdded=joined))
    assert not posted(company)
    await company.say("ana", "ask for 200 more for design until the end of the month")
    await company.send(company.tap("ana", company.card("a:ana").card))
    assert "$200.00" in company.card("a:ben").words
    await company.send(activity("carla", type="installationUpdate", action="add"))
    assert company.teams.last("a:carla").words


async def test_a_command_is_text_to_the_planner(company: Company) -> None:
    assert "Design" in await company.say("ana", "/balance design")


async def test_when_stopping_it_asks_to_be_called_again(company: Company) -> None:
    await company.adapter.stop_receiving()
    status, _ = await company.teams.deliver(
        company.teams.activity("ana", "balance"), may_fail=True
    )
    assert status == 503


async def test_an_approver_who_blocked_the_bot_is_passed_over(company: Company) -> None:
    """F28: nobody waits for a card that nobody saw."""
    await company.say("ben", "hello")
    await company.say("carla", "hola")
    company.teams.blocked.add("a:ben")
    await company.say("ana", "ask for 200 more for design until the end of the month")
    await company.send(company.tap("ana", company.card("a:ana").card))
    assert "Ben Ortiz" in company.teams.last("a:ana").words
    shown = company.card("a:carla")
    _, answer = await company.send(company.tap("carla", shown.card))
    assert "Carla Ruiz" in words_of(answer["value"])
    assert await company.limit() == 700


async def test_a_command_that_comes_hours_late_is_not_done(company: Company) -> None:
    """F5: what was asked yesterday may not be wanted any more."""
    shown = await company.request()
    late = (START - timedelta(hours=3)).isoformat()
    _, answer = await company.send(company.tap("ben", shown.card) | {"timestamp": late})
    assert answer["value"]["actions"]
    assert await company.limit() == 500


async def test_two_people_decide_at_once_and_one_of_them_did(company: Company) -> None:
    shown = await company.request()
    _, view = await company.send(company.view("carla", shown.card, GROUP))
    approve = company.tap("ben", shown.card)
    reject = company.tap("carla", view["value"], 2, GROUP)
    answers = await asyncio.gather(company.teams.deliver(approve), company.teams.deliver(reject))
    await company.app.settled()
    assert {status for status, _ in answers} == {200}
    final = {words_of((await company.send(tap))[1]["value"]) for tap in (approve, reject)}
    assert await company.limit() in {500, 700}
    who = "Ben Ortiz" if await company.limit() == 700 else "Carla Ruiz"
    assert all(who in words for words in final)


async def test_what_was_asked_in_a_group_goes_on_in_the_private_chat(company: Company) -> None:
    await company.say("ben", "hello")
    assert await company.say("ana", "<at>Bursar</at> ask for more budget for design", GROUP)
    assert "How much" in company.teams.last("a:ana").words
    await company.say("ana", "200")
    first = company.card("a:ana")
    assert "$200.00" in first.words
    await company.say("ana", "make it 250")
    edited = company.card("a:ana")
    assert (edited.how, edited.id) == ("update", first.id)
    assert "$250.00" in edited.words
    # A tap there changes nothing about where it goes on.
    await company.send(company.tap("ana", edited.card, 1))
    await company.say("ana", "yes")
    assert "$250.00" in company.card("a:ben").words


async def test_that_an_answer_takes_longer_is_shown_as_typing(company: Company) -> None:
    heard = read_activity(company.teams.activity("ana", "why?"))
    asked = to_message(heard, ACCOUNT)
    await company.adapter.show_busy(asked)
    assert company.teams.last("a:ana").activity == {"type": "typing"}
    # Among others the answer stands somewhere else.
    before = len(company.teams.posted)
    await company.adapter.show_busy(replace(asked, is_private=False))
    assert len(company.teams.posted) == before
