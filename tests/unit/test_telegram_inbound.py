"""Recorded updates -> messages."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.telegram.inbound import Me, to_inbound
from adapters.telegram.updates import parse_update
from bot.errors.kinds import InvalidInput
from bot.messages import InboundMessage

ME = Me(4242, "BursarTestBot")
TOKEN = "Ab_-" * 5 + "xy"  # a button's
# As the Bot API sent them; ids and names changed.
PRIVATE: dict[str, Any] = {
    "update_id": 815_000_001,
    "message": {
        "message_id": 77,
        "from": {
            "id": 101,
            "is_bot": False,
            "first_name": "Ana",
            "last_name": "Lima",
            "username": "ana",
            "language_code": "es",
            "is_premium": True,
        },
        "chat": {"id": 101, "first_name": "Ana", "last_name": "Lima", "type": "private"},
        "date": 1_795_003_200,
        "text": "how much has design spent?",
    },
}
TOPIC: dict[str, Any] = {
    "update_id": 815_000_002,
    "message": {
        "message_id": 900,
        "from": {"id": 101, "is_bot": False, "first_name": "Ana"},
        "chat": {"id": -1002000000001, "title": "Acme", "is_forum": True, "type": "supergroup"},
        "date": 1_795_003_200,
        "message_thread_id": 12,
        "is_topic_message": True,
        "text": "/request@bursartestbot 200 design",
        "entities": [{"offset": 0, "length": 22, "type": "bot_command"}],
    },
}
PRESSED: dict[str, Any] = {
    "update_id": 815_000_003,
    "callback_query": {
        "id": "4382bfdwdsb323b2d9",
        "from": {"id": 102, "is_bot": False, "first_name": "Ben"},
        "message": {
            "message_id": 80,
            "from": {"id": 4242, "is_bot": True, "first_name": "Bursar"},
            "chat": {"id": 102, "first_name": "Ben", "type": "private"},
            "date": 1_795_003_200,
            "text": "Request #7K2M",
        },
        "chat_instance": "-3713",
        "data": f"p:{TOKEN}",
    },
}
ASKED = InboundMessage(
    platform="telegram",
    account="4242",
    key="update:815000001",
    chat="101",
    external_id="101",
    text="how much has design spent?",
    sent_at=datetime(2026, 11, 18, 12, 0, tzinfo=UTC),
    sender_name="Ana Lima",
    message_id="77",
    has_asides=True,
)


def read(raw: dict[str, Any]) -> InboundMessage | None:
    return to_inbound(parse_update(raw), ME)


def changed(raw: dict[str, Any], **more: Any) -> InboundMessage | None:
    return read({**raw, "message": {**raw["message"], **more}})


def test_a_private_message() -> None:
    assert read(PRIVATE) == ASKED


def test_a_command_in_a_topic_of_a_group() -> None:
    assert read(TOPIC) == InboundMessage(
        platform="telegram",
        account="4242",
        key="update:815000002",
        chat="-1002000000001",
        thread="12",
        external_id="101",
        text="/request 200 design",
        sent_at=datetime(2026, 11, 18, 12, 0, tzinfo=UTC),
        is_private=False,
        sender_name="Ana",
        message_id="900",
    )


def test_a_pressed_button() -> None:
    assert read(PRESSED) == InboundMessage(
        platform="telegram",
        account="4242",
        key="callback:4382bfdwdsb323b2d9",
        chat="102",
        external_id="102",
        button=TOKEN,
        sender_name="Ben",
        message_id="80",
    )


def pressed(**more: Any) -> InboundMessage | None:
    return read({**PRESSED, "callback_query": {**PRESSED["callback_query"], **more}})


def test_a_button_of_a_card_that_hangs_for_a_group() -> None:
    found = pressed(data=f"p:{TOKEN}:-1002000000001:12")
    assert found is not None
    assert (found.chat, found.thread, found.is_private) == ("-1002000000001", "12", False)
    assert (found.external_id, found.message_id) == ("102", "private:80")
    without = pressed(data=f"p:{TOKEN}:-5:")
    assert without is not None
    assert (without.chat, without.thread) == ("-5", "")


@pytest.mark.parametrize(
    "data",
    [
        "", "p:", TOKEN, f"q:{TOKEN}", f"p:{TOKEN}x", f"p:{TOKEN[:-1]}", f"p:{TOKEN}:101:",
        f"p:{TOKEN}:-1", f"p:{TOKEN}:-1:x", f"p:{TOKEN}\n", f" p:{TOKEN}", f"p:{TOKEN}:-1:1:1",
        f"p:{TOKEN}:-٣:", "p:" + "é" * 22, f"p:{TOKEN}:--1:",
    ],
)  # fmt: skip
def test_data_that_is_no_button_of_ours_says_nothing(data: str) -> None:
    assert pressed(data=data) is None


def test_a_press_that_belongs_nowhere_says_nothing() -> None:
    card = PRESSED["callback_query"]["message"]
    assert pressed(message=None) is None
    assert pressed(message={**card, "chat": {"id": -1, "type": "channel"}}) is None
    group = {**card, "chat": {"id": -1, "type": "group"}}
    assert pressed(message=group, data=f"p:{TOKEN}:-2:") is None
    assert pressed(**{"from": {"id": 9, "is_bot": True}}) is None


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("@BursarTestBot balance", [("mention", 0, 14)], "balance"),
        ("\U0001f600 @bursartestbot balance", [("mention", 3, 14)], "\U0001f600  balance"),
        ("hey @BursarTestBot", [("mention", 4, 14)], "hey"),
        ("/balance", [("bot_command", 0, 8)], "/balance"),
        ("/balance@BURSARTESTBOT data", [("bot_command", 0, 22)], "/balance data"),
        ("/balance@OtherBot", [("bot_command", 0, 17)], None),
        ("@OtherBot balance", [("mention", 0, 9)], None),
        ("what does /balance do", [("bot_command", 10, 8)], None),
        ("balance", [], None),
        ("odd", [("mention", 900, 14)], None),
    ],
)
def test_in_a_group_the_bots_name_is_not_part_of_what_is_said(
    text: str, entities: list[tuple[str, int, int]], expected: str | None
) -> None:
    listed = [{"type": kind, "offset": at, "length": n} for kind, at, n in entities]
    found = changed(TOPIC, text=text, entities=listed)
    assert (None if found is None else found.text) == expected


def test_somebody_without_a_username_is_mentioned_by_id() -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 6}
    me, other = ({"id": number, "is_bot": True} for number in (4242, 7))
    found = changed(TOPIC, text="Bursar balance", entities=[{**mention, "user": me}])
    assert found is not None
    assert found.text == "balance"
    assert changed(TOPIC, text="Bursar balance", entities=[{**mention, "user": other}]) is None


def test_a_link_is_started_with_its_payload() -> None:
    entity = {"type": "bot_command", "offset": 0, "length": 6}
    found = changed(PRIVATE, text="/start Ab_-9", entities=[entity])
    assert found is not None
    assert found.text == "/start Ab_-9"


def test_a_caption_is_a_text_and_a_picture_without_one_is_nothing() -> None:
    assert changed(PRIVATE, text="", caption="balance") == replace(ASKED, text="balance")
    assert changed(PRIVATE, text="") is None
    assert changed(PRIVATE, text=" \n") is None


def test_a_reply_to_the_bot_is_meant_for_it() -> None:
    answered = {
        "message_id": 5,
        "from": {"id": 4242, "is_bot": True},
        "chat": {"id": -1002000000001, "type": "supergroup"},
    }
    found = changed(TOPIC, text="yes", entities=[], reply_to_message=answered)
    assert found is not None
    assert found.text == "yes"
    opening = {**answered, "message_id": 12}
    assert changed(TOPIC, text="yes", entities=[], reply_to_message=opening) is None
    other = {**answered, "from": {"id": 7, "is_bot": False}}
    assert changed(TOPIC, text="yes", entities=[], reply_to_message=other) is None


def test_a_chain_of_replies_outside_of_topics_is_no_thread() -> None:
    found = changed(TOPIC, is_topic_message=False)
    assert found is not None
    assert found.thread == ""


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "edited_message": PRIVATE["message"]},
        {"update_id": 1, "channel_post": PRIVATE["message"]},
        {"update_id": 1, "my_chat_member": {}},
        {"update_id": 1, "something_new": {"a": 1}},
    ],
)
def test_other_kinds_say_nothing(update: dict[str, Any]) -> None:
    assert read(update) is None


@pytest.mark.parametrize("text", ["\0", "\u202e" + "x", "x" * 4096, "٣", "a\u2028b"])
def test_odd_text_is_handed_on_as_it_is(text: str) -> None:
    found = changed(PRIVATE, text=text)
    assert found is not None
    assert found.text == text


def test_what_cannot_be_read_is_an_error_without_its_words() -> None:
    with pytest.raises(InvalidInput) as error:
        read({"update_id": 1, "message": {"text": "canary", "chat": "canary"}})
    assert "canary" not in str(error.value)
