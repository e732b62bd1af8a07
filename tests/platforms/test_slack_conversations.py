"""Whole conversations in Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.database import Database
from tests.conftest import START
from tests.platforms.slack_company import Company, Mode, company
from tests.platforms.slack_server import BOT, SteppingClock


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(START)


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> Mode:
    found: Mode = request.param
    return found


@pytest.fixture
async def slack(database: Database, clock: SteppingClock, mode: Mode) -> AsyncIterator[Company]:
    async with company(database, clock, mode=mode) as made:
        yield made


async def test_a_direct_message_is_answered_there(slack: Company) -> None:
    text = await slack.dm("ana", "balance")
    assert "Design has spent $0.00 of $500.00" in text
    assert [message.channel for message in slack.server.seen_by("ana")] == ["DU01ANA"]


async def test_a_request_by_message_is_decided_by_a_button_elsewhere(slack: Company) -> None:
    await slack.dm("ben", "hello")
    text = await slack.dm("ana", "ask for 200 more for design until the end of the month")
    assert "ask for $200.00 for Design" in text
    draft = slack.card("ana", "Yes")
    await slack.press("ana", "Yes")
    assert draft.edits == 1
    assert not draft.buttons()
    request = slack.card("ben", "Yes")
    assert request.channel == slack.server.direct("ben")
    assert "from Ana Lima: $200.00 for Design" in request.shown
    said = await slack.press("ben", "Yes", request)
    assert "Approved" in said
    assert request.edits == 1
    assert not request.buttons()
    assert "Ben Ortiz approved" in slack.said_to("ana")
    assert "$700.00" in await slack.dm("ana", "balance")


async def test_a_mention_is_answered_in_its_thread_for_the_asker_alone(slack: Company) -> None:
    text = await slack.mention("ana", "balance")
    assert "Design has spent" in text
    (message,) = slack.server.seen_by("ana")
    assert message.seen_by == "U01ANA"
    assert message.thread == slack.server.messages[0].ts


async def test_a_card_in_a_channel_is_changed_where_it_stands(slack: Company) -> None:
    await slack.mention("ana", "ask for 200 more for design until the end of the month")
    card = slack.card("ana", "No")
    assert card.seen_by == "U01ANA"
    await slack.press("ana", "No")
    assert card.edits == 1
    assert not card.buttons()
    others = [message for message in slack.server.messages if not message.seen_by]
    assert [message.user for message in others] == ["U01ANA"]


async def test_a_command_is_answered_where_it_was_typed(slack: Company) -> None:
    assert "Design has spent" in await slack.command("ana", "/ai-budget")
    assert "Data" in await slack.command("elena", "/ai-budget", "data")
    assert "Nobody spent anything" in await slack.command("ana", "/ai-top-users")
    assert "not enough data" in await slack.command("ana", "/ai-forecast", "design")
    assert "Budgets and spend: " in await slack.command("ana", "/bursar")
    assert "Design" in await slack.command("ana", "/bursar", "what is left for design?")


async def test_a_request_is_filled_in_a_form(slack: Company) -> None:
    assert await slack.command("ana", "/ai-request") == ""
    answer = await slack.submit("ana", amount=" ", reason="launch")
    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {"amount"}
    assert slack.server.seen_by("ana") == []
    answer = await slack.submit(
        "ana", amount="200", wallet="Design", until="30 Nov", reason="launch of 3 things"
    )
    assert answer == {}
    card = slack.card("ana", "Yes")
    assert "ask for $200.00 for Design until 30 Nov 2026" in card.shown
    assert "launch of 3 things" in card.shown


async def test_a_draft_is_edited_in_a_form(slack: Company) -> None:
    await slack.dm("ana", "ask for 200 more for design until the end of the month")
    await slack.press("ana", "Edit")
    view = slack.server.views[-1]
    assert view["title"]["text"] == "Edit"
    await slack.submit("ana", amount="250", reason="launch")
    card = slack.card("ana", "Yes")
    assert "$250.00" in card.shown
    assert card.edits == 1


async def test_a_command_is_seen_by_its_asker_alone_also_where_the_bot_is_no_member(
    slack: Company,
) -> None:
    text = await slack.command("ana", "/ai-budget", channel="C09ELSEWHERE")
    assert "Design has spent" in text
    (message,) = slack.server.seen_by("ana")
    assert (message.channel, message.seen_by) == ("C09ELSEWHERE", "U01ANA")


async def test_what_somebody_did_not_ask_for_in_a_channel_comes_to_their_messages(
    slack: Company,
) -> None:
    # Ben has only ever spoken in a channel, and is perhaps not there when Ana asks.
    await slack.mention("ben", "hello")
    await slack.dm("ana", "ask for 200 more for design until the end of the month")
    await slack.press("ana", "Yes")
    request = slack.card("ben", "Yes")
    assert (request.channel, request.seen_by) == (slack.server.direct("ben"), "")
    # Its buttons belong to the conversation in the channel, and count from here all the same.
    await slack.press("ben", "Yes", request)
    assert "$700.00" in await slack.dm("ana", "balance")
    assert not request.buttons()


async def test_a_card_that_its_tap_no_longer_reaches_is_said_anew(
    slack: Company, clock: SteppingClock
) -> None:
    await slack.mention("ana", "ask for 200 more for design until the end of the month")
    card = slack.card("ana", "No")
    thread = card.thread
    clock.advance(timedelta(minutes=5))
    await slack.press("ana", "Edit", card)
    assert slack.server.views
    clock.advance(timedelta(minutes=40))
    # The form brings the address of a tap that Slack has closed meanwhile.
    await slack.submit("ana", amount="250")
    said = slack.server.seen_by("ana")[-1]
    assert (said.seen_by, said.thread) == ("U01ANA", thread)


async def test_an_answer_in_a_thread_stays_there(slack: Company) -> None:
    await slack.dm("ana", "balance", thread="1794000000.000001")
    (message,) = slack.server.seen_by("ana")
    assert message.thread == "1794000000.000001"
    key = (slack.server.direct("ana"), "1794000000.000001")
    await slack.slack.reception.settled()
    assert slack.server.status[key] == ["is looking it up…", ""]


async def test_in_spanish_all_of_it_is_spanish(slack: Company) -> None:
    await slack.dm("carla", "saldo")
    await slack.command("carla", "/ai-request")
    view = slack.server.views[-1]
    assert view["title"]["text"] == "Pedir presupuesto"
    answer = await slack.submit("carla", amount="")
    assert answer["errors"] == {"amount": "Rellena este campo."}
    await slack.submit("carla", amount="200", wallet="Design", until="2026-11-30", reason="más")
    card = slack.card("carla", "Sí")
    assert "$200.00" in card.shown or "200" in card.shown
    assert "más" in card.shown


async def test_a_stranger_is_told_what_this_is_and_nothing_of_it(slack: Company) -> None:
    for changed in (
        {"user": "U09STRANGER"},
        {"bot_id": "B09OTHER"},
        {"user": "U01BURSAR"},
        {"subtype": "message_changed", "message": {"text": "balance"}},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"edited": {"user": "U01ANA", "ts": "1.0"}},
        {"hidden": True},
    ):
        message = slack.server.says("ana", "balance")
        await slack.deliver("events_api", slack.server.event(message, **changed))
    (card,) = [message for message in slack.server.messages if message.user == BOT]
    assert "ask Acme acme to let you in" in card.text
    assert "Design" not in card.text
    assert await slack.dm("ana", "balance")


async def test_another_team_is_answered_and_passed_over(slack: Company) -> None:
    event = slack.server.event(slack.server.says("ana", "balance"))
    await slack.deliver("events_api", {**event, "team_id": "T09OTHER"})
    command = slack.server.command("ana", "/ai-budget")
    await slack.deliver("slash_commands", {**command, "team_id": "T09OTHER"})
    assert slack.server.seen_by("ana") == []
