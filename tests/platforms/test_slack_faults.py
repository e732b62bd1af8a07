"""When Slack is slow, unwell or gone: what is sent again, what is marked, what is given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.slack.api import Api, make_client, open_session
from adapters.slack.place import RESPONSE_LIFE, Address
from adapters.slack.sending import Sender
from bot.clock import ManualClock
from bot.errors.sending import MaybeSent, NotSent, Undeliverable
from bot.ids import ConversationId, TenantId
from bot.messages import Button, OutboundMessage, OutboxItem, TextBlock
from storage.database import Database
from tests.conftest import START
from tests.platforms.slack_company import company
from tests.platforms.slack_server import (
    BOT_TOKEN,
    CHANNEL,
    Message,
    SlackServer,
    SteppingClock,
    answers,
    hangs,
    resets,
)

CARD = OutboundMessage(
    ConversationId("c1"),
    "Draft #7K2M: ask for $200.00",
    message_class="card",
    buttons=(Button("Yes", "token-yes", "yes"),),
    card="card-1",
    blocks=(TextBlock("Draft #7K2M", is_title=True), TextBlock("ask for $200.00")),
)
ITEM = OutboxItem(7, TenantId("acme"), "slack", "DU01ANA", "", 0, CARD, external_id="U01ANA")
ELSEWHERE = replace(ITEM, chat=CHANNEL, thread="1.000001", is_private=False)


@pytest.fixture
async def server(clock: ManualClock) -> AsyncIterator[SlackServer]:
    async with SlackServer.running(clock) as server:
        yield server
        assert server.violations == []


@asynccontextmanager
async def sending(server: SlackServer, *, base: str = "") -> AsyncIterator[Sender]:
    async def pause(seconds: float) -> None:
        assert isinstance(server.clock, ManualClock)
        server.clock.advance(timedelta(seconds=seconds))

    async with open_session() as session:
        client = make_client(BOT_TOKEN, f"{base or server.base}/api/", session)
        yield Sender(Api(client, session), server.clock, scheme="http", wait=pause)


@pytest.fixture
async def sender(server: SlackServer) -> AsyncIterator[Sender]:
    async with sending(server) as made:
        yield made


@pytest.mark.parametrize(
    ("wait", "seconds"),
    [("7", 7.0), ("0", 1.0), ("-5", 30.0), ("", 30.0), ("99999", 300.0), ("9" * 50, 30.0),
     ("Wed, 18 Nov 2026 12:01:00 GMT", 30.0), ("1.5", 30.0), ("NaN", 30.0), ("٣", 30.0)],
)  # fmt: skip
async def test_too_fast_says_what_has_to_wait_and_how_long(
    server: SlackServer, sender: Sender, wait: str, seconds: float
) -> None:
    raw = wait.encode().decode("latin-1")
    server.faults["chat.postMessage"].append(answers(429, "ratelimited", Retry_After=raw))
    with pytest.raises(NotSent) as caught:
        await sender.send(ITEM)
    assert caught.value.facts["scope"] == "chat"
    assert caught.value.retry_after_s == seconds
    assert server.messages == []


async def test_a_limit_of_another_method_holds_for_the_app(
    server: SlackServer, sender: Sender
) -> None:
    message_id = await sender.send(ITEM)
    server.faults["chat.update"].append(answers(429, "ratelimited", Retry_After="3"))
    with pytest.raises(NotSent) as caught:
        await sender.send(replace(ITEM, edits=message_id))
    assert caught.value.facts["scope"] == "app"


async def test_no_connection_means_not_sent(server: SlackServer) -> None:
    async with sending(server, base="http://127.0.0.1:1") as sender:
        with pytest.raises(NotSent) as caught:
            await sender.send(ITEM)
    assert caught.value.facts["scope"] == "app"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_fault_of_slacks_may_have_sent_it(
    server: SlackServer, sender: Sender, status: int
) -> None:
    server.faults["chat.postMessage"].append(answers(status))
    with pytest.raises(MaybeSent):
        await sender.send(ITEM)


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "service_unavailable"])
async def test_a_fault_that_it_names_may_have_sent_it(
    server: SlackServer, sender: Sender, code: str
) -> None:
    server.faults["chat.postMessage"].append(answers(200, code))
    with pytest.raises(MaybeSent):
        await sender.send(ITEM)


async def test_silence_may_have_sent_it(server: SlackServer, sender: Sender) -> None:
    over = asyncio.Event()
    server.faults["chat.postMessage"].append(hangs(over))
    with pytest.raises(MaybeSent):
        await sender.send(ITEM)
    over.set()


async def test_what_arrived_before_the_line_was_cut_is_found_and_not_sent_again(
    server: SlackServer, sender: Sender
) -> None:
    fault = resets(server, "chat.postMessage", after=True)
    server.faults["chat.postMessage"].append(fault)
    with pytest.raises(MaybeSent):
        await sender.send(ITEM)
    message_id = await sender.send(replace(ITEM, was_tried=True))
    (message,) = server.messages
    assert message_id == f"DU01ANA:{message.ts}"
    # As well in a thread, where the history is another.
    server.faults["chat.postMessage"].append(fault)
    threaded = replace(ITEM, id=8, thread="1.000001")
    with pytest.raises(MaybeSent):
        await sender.send(threaded)
    await sender.send(replace(threaded, was_tried=True))
    assert len(server.messages) == 2


async def test_what_arrived_in_private_for_somebody_heard_in_a_channel_is_found(
    server: SlackServer, sender: Sender
) -> None:
    """Whoever only used commands is told by their account; where that is, Slack knows."""
    server.faults["chat.postMessage"].append(resets(server, "chat.postMessage", after=True))
    with pytest.raises(MaybeSent):
        await sender.send(ELSEWHERE)
    message_id = await sender.send(replace(ELSEWHERE, was_tried=True))
    (message,) = server.messages
    assert message_id == f"DU01ANA:{message.ts}"


async def test_who_may_not_ask_where_that_is_sends_a_marked_copy(
    server: SlackServer, sender: Sender
) -> None:
    server.faults["chat.postMessage"].append(resets(server, "chat.postMessage", after=True))
    with pytest.raises(MaybeSent):
        await sender.send(ELSEWHERE)
    server.faults["conversations.open"].append(answers(200, "missing_scope"))
    await sender.send(replace(ELSEWHERE, was_tried=True))
    first, copy = server.messages
    assert "may be a second copy" in copy.shown
    assert first.channel == copy.channel == "DU01ANA"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "may be a second copy"), ("es", "segunda copia")]
)
async def test_what_did_not_arrive_is_sent_again_and_says_what_it_may_be(
    server: SlackServer, sender: Sender, language: str, words: str
) -> None:
    server.faults["chat.postMessage"].append(resets(server, "chat.postMessage", after=False))
    with pytest.raises(MaybeSent):
        await sender.send(ITEM)
    again = replace(ITEM, was_tried=True, language="es" if language == "es" else "en")
    await sender.send(replace(again, message=replace(CARD, reference="7K2M")))
    (message,) = server.messages
    assert words in message.shown
    assert "7K2M)" in message.shown


async def test_a_history_that_cannot_be_read_makes_a_marked_copy(
    server: SlackServer, sender: Sender
) -> None:
    await sender.send(ITEM)
    server.faults["conversations.history"].append(answers(200, "missing_scope"))
    await sender.send(replace(ITEM, was_tried=True))
    assert ["second copy" in message.shown for message in server.messages] == [False, True]


@pytest.mark.parametrize(
    ("code", "why", "ends_chat"),
    [
        ("channel_not_found", "chat_gone", True),
        ("is_archived", "archived", True),
        ("not_in_channel", "not_installed", True),
        ("user_disabled", "blocked", True),
        ("account_inactive", "token_revoked", False),
        ("invalid_auth", "token_revoked", False),
        ("token_revoked", "token_revoked", False),
        ("msg_too_long", "refused", False),
        ("something_new", "refused", False),
    ],
)
async def test_what_slack_refuses_for_good_is_given_up(
    server: SlackServer, sender: Sender, code: str, why: str, ends_chat: bool
) -> None:
    server.faults["chat.postMessage"].append(answers(200, code))
    with pytest.raises(Undeliverable) as caught:
        await sender.send(ITEM)
    assert (caught.value.why, caught.value.ends_chat) == (why, ends_chat)


async def test_refused_blocks_are_sent_as_text(server: SlackServer, sender: Sender) -> None:
    server.faults["chat.postMessage"].append(answers(200, "invalid_blocks"))
    await sender.send(ITEM)
    (message,) = server.messages
    assert message.blocks == []
    assert message.text == CARD.text


async def test_an_edit_of_what_is_gone_is_said_anew(server: SlackServer, sender: Sender) -> None:
    first = await sender.send(ITEM)
    server.messages.clear()
    second = await sender.send(replace(ITEM, edits=first))
    assert second != first
    assert len(server.messages) == 1


async def test_an_edit_is_repeated_freely(server: SlackServer, sender: Sender) -> None:
    message_id = await sender.send(ITEM)
    server.faults["chat.update"].append(resets(server, "chat.update", after=True))
    again = replace(ITEM, edits=message_id)
    with pytest.raises(MaybeSent):
        await sender.send(again)
    assert await sender.send(replace(again, was_tried=True)) == message_id
    (message,) = server.messages
    assert "second copy" not in message.shown


async def test_a_long_message_comes_in_parts_and_goes_on_where_it_stopped(
    server: SlackServer, sender: Sender
) -> None:
    text = "\n".join(f"line {number}: {'x' * 90}" for number in range(400))
    long = replace(ITEM, message=replace(CARD, text=text, blocks=()))
    await sender.send(long)
    count = len(server.messages)
    assert count > 2
    assert [bool(message.buttons()) for message in server.messages] == [False] * (count - 1) + [
        True
    ]
    shown = "\n".join(message.shown for message in server.messages)
    assert shown == text

    server.messages.clear()
    later = replace(long, id=8)

    def refuse_second(after_s: int) -> None:
        server.faults["chat.postMessage"].append(None)
        wait = str(after_s)
        server.faults["chat.postMessage"].append(answers(429, "ratelimited", Retry_After=wait))

    # Longer than the rest may wait here.
    refuse_second(30)
    with pytest.raises(MaybeSent):
        await sender.send(later)
    assert len(server.messages) == 1
    await sender.send(replace(later, was_tried=True))
    assert len({message.metadata["event_payload"]["part"] for message in server.messages}) == len(
        server.messages
    )

    # A short wait costs nothing of it, also of an answer that is not sent twice.
    server.messages.clear()
    refuse_second(3)
    await sender.send(replace(long, id=9))
    assert "\n".join(message.shown for message in server.messages) == text


@pytest.mark.parametrize("is_private", [True, False])
@pytest.mark.parametrize("has_address", [True, False])
async def test_the_parts_of_a_message_keep_to_the_pace(
    is_private: bool, has_address: bool
) -> None:
    text = "\n".join(f"line {number}: {'x' * 90}" for number in range(900))
    said = replace(CARD, text=text, blocks=(), reply_to="1.0")
    async with SlackServer.running(SteppingClock(START)) as server, sending(server) as sender:
        to = ITEM if is_private else ELSEWHERE
        at = address(server) if has_address else ""
        await sender.send(replace(to, message=said, address=at))
        assert len(server.messages) > 5
        assert "\n".join(message.shown for message in server.messages).rstrip() == text
        assert server.violations == []


async def test_the_rest_of_an_answer_for_one_alone_waits_too(
    server: SlackServer, sender: Sender
) -> None:
    text = "\n".join(f"line {number}: {'x' * 90}" for number in range(400))
    answer = replace(ELSEWHERE, message=replace(CARD, text=text, blocks=(), reply_to="1.0"))
    for method in ("chat.postEphemeral", "response_url"):
        server.messages.clear()
        has_address = method == "response_url"
        shown = replace(answer, address=address(server)) if has_address else answer
        server.faults[method].append(None)
        server.faults[method].append(answers(429, "ratelimited", Retry_After="3"))
        await sender.send(shown)
        assert "\n".join(message.shown for message in server.messages) == text


# For one person among others


def address(server: SlackServer, *, card: str = "", message: Message | None = None) -> str:
    url = server._url("U01ANA", CHANNEL, message)
    return Address(url, START + RESPONSE_LIFE, card).dump()


async def test_an_answer_is_for_the_askers_eyes_only(server: SlackServer, sender: Sender) -> None:
    answer = replace(ELSEWHERE, message=replace(CARD, reply_to="1.000001"))
    await sender.send(answer)
    await sender.send(replace(answer, address=address(server)))
    assert {message.seen_by for message in server.messages} == {"U01ANA"}
    assert {message.thread for message in server.messages} == {"1.000001"}


async def test_an_address_is_used_five_times_and_for_half_an_hour(
    server: SlackServer, sender: Sender, clock: ManualClock
) -> None:
    at = address(server)
    for number in range(7):
        await sender.send(
            replace(ELSEWHERE, id=number, address=at, message=replace(CARD, reply_to="1.0"))
        )
    methods = [method for method, _ in server.calls]
    assert methods.count("chat.postEphemeral") == 2
    late = address(server)
    clock.advance(RESPONSE_LIFE)
    await sender.send(replace(ELSEWHERE, address=late, message=replace(CARD, reply_to="1.0")))
    assert len(server.messages) == 8


async def test_an_address_that_slack_has_closed_is_not_asked_again(
    server: SlackServer, sender: Sender
) -> None:
    server.faults["response_url"].append(answers(404))
    at = address(server)
    for number in range(2):
        await sender.send(
            replace(ELSEWHERE, id=number, address=at, message=replace(CARD, reply_to="1.0"))
        )
    assert [method for method, _ in server.calls] == ["chat.postEphemeral"] * 2


async def test_a_failing_address_is_classified_like_any_call(
    server: SlackServer, sender: Sender
) -> None:
    answer = replace(ELSEWHERE, message=replace(CARD, reply_to="1.0"))
    server.faults["response_url"].append(answers(429, Retry_After="4"))
    with pytest.raises(NotSent):
        await sender.send(replace(answer, address=address(server)))
    server.faults["response_url"].append(answers(500))
    with pytest.raises(MaybeSent):
        await sender.send(replace(answer, address=address(server)))


async def test_only_the_card_that_was_tapped_is_replaced(
    server: SlackServer, sender: Sender
) -> None:
    first = await sender.send(replace(ELSEWHERE, message=replace(CARD, reply_to="1.0")))
    (shown,) = server.messages
    at = address(server, card="card-1", message=shown)
    closed = replace(CARD, buttons=(), text="Approved", blocks=())
    assert await sender.send(replace(ELSEWHERE, edits=first, address=at, message=closed)) == first
    assert shown.shown == "Approved"
    other = replace(closed, card="card-2", text="Other")
    await sender.send(replace(ELSEWHERE, edits="e:1", address=at, message=other))
    assert shown.shown == "Approved"
    assert [message.shown for message in server.messages] == ["Approved", "Other"]


async def test_who_cannot_be_shown_anything_there_gets_it_in_their_messages(
    server: SlackServer, sender: Sender
) -> None:
    server.members[CHANNEL].discard("U01ANA")
    answer = replace(ELSEWHERE, message=replace(CARD, reply_to="1.0"))
    message_id = await sender.send(answer)
    assert message_id.startswith("DU01ANA:")
    await sender.send(replace(answer, edits=message_id))
    (message,) = server.messages
    assert message.edits == 1


async def test_an_address_of_another_kind_is_never_called(server: SlackServer) -> None:
    async with open_session() as session:
        client = make_client(BOT_TOKEN, f"{server.base}/api/", session)
        sender = Sender(Api(client, session), server.clock)
        answer = replace(ELSEWHERE, message=replace(CARD, reply_to="1.0"))
        await sender.send(replace(answer, address=address(server)))
    assert [method for method, _ in server.calls] == ["chat.postEphemeral"]


# The whole way


async def test_a_card_that_is_lost_twice_arrives_once(
    sqlite_database: Database,
) -> None:
    clock = SteppingClock(START)
    async with company(sqlite_database, clock) as slack:
        server = slack.server
        server.faults["chat.postMessage"].append(resets(server, "chat.postMessage", after=True))
        message = server.says("ana", "ask for 200 more for design until the end of the month")
        await server.deliver_socket("events_api", server.event(message))
        await slack.app.settled()
        # Ambiguous: it waits in the outbox for a second, by the database's clock.
        clock.advance(timedelta(seconds=2))
        slack.app.add_channel("slack", slack.slack.send, slack.slack.rates)
        await slack.app.settled()
        assert len([one for one in server.seen_by("ana") if one.buttons()]) == 1


async def test_an_unreachable_approver_is_told_to_the_asker(
    sqlite_database: Database,
) -> None:
    clock = SteppingClock(START)
    async with company(sqlite_database, clock) as slack:
        await slack.dm("ben", "hello")
        await slack.dm("carla", "hola")
        slack.server.gone[slack.server.direct("ben")] = "channel_not_found"
        await slack.dm("ana", "ask for 200 more for design until the end of the month")
        await slack.press("ana", "Yes")
        assert "did not reach Ben Ortiz, so I have asked Carla Ruiz" in slack.said_to("ana")
        assert slack.card("carla", "Sí").channel == slack.server.direct("carla")
