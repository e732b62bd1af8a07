"""What is sent is within Slack's limits, and no text in it is anything but text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.slack.entities import escape, to_plain
from adapters.slack.home import to_home, to_prompts
from adapters.slack.inbound import (
    Bot,
    from_action,
    from_command,
    from_event,
    from_modal,
    wants_request_form,
)
from adapters.slack.modals import (
    Modal,
    find_errors,
    read_order,
    read_token,
    read_view,
    to_order,
    to_value,
    to_view,
)
from adapters.slack.place import Address, Place
from adapters.slack.render import MOST_TEXT, split, to_parts
from bot.errors.kinds import InvalidInput
from bot.ids import ConversationId, TenantId
from bot.messages import (
    BarBlock,
    Button,
    FieldsBlock,
    FormField,
    InboundMessage,
    Order,
    OutboundMessage,
    OutboxItem,
    PictureBlock,
    TextBlock,
)
from tests.conftest import START
from tests.platforms.slack_blocks import (
    entities,
    find_faults,
    find_view_faults,
    read,
    text_objects,
)

BOT = Bot("T01ACME", "U01BURSAR", "B01", frozenset({"D01"}))
HOSTILE = (
    "'; DROP TABLE people", "{{7*7}}", "%s %n", "../../etc/passwd", "<!channel>", "@here",
    "@everyone", "<@U01ANA>", "<#C01|general>", "[x](tg://user?id=1)", "<script>alert(1)</script>",
    "```code```", "*bold* _it_ ~no~ `code`", "> quote", "&lt;!channel&gt;", "&amp;lt;@U1&amp;gt;",
    ":tada: :skull:", '=HYPERLINK("http://x")', "http://evil.example/?d=1", "<http://a|b>",
    "<!date^1392734382^{date}|x>", "<!subteam^S1>", "<mailto:a@b.c|a>", '{"type":"AdaptiveCard"}',
    "\u202egnp.exe", "a\u200bb", "\ud800", "\0", "<", ">", "&", "&&&&", "<<<>>>", "</text>",
)  # fmt: skip
text = st.one_of(
    st.text(max_size=300),
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), max_size=40).map(" ".join),
    st.text(alphabet="&<>:*_~`|!@#", max_size=4000),
)


def item(message: OutboundMessage, **more: object) -> OutboxItem:
    made = OutboxItem(1, TenantId("acme"), "slack", "C01", "1.000001", 0, message)
    return replace(made, **more)  # type: ignore[arg-type]  # the tests' own names


def message(said: str, *blocks: object, **more: object) -> OutboundMessage:
    made = OutboundMessage(ConversationId("c1"), said)
    return replace(made, blocks=tuple(blocks), **more)  # type: ignore[arg-type]


def test_a_card_is_a_title_its_lines_and_its_buttons() -> None:
    card = message(
        "Draft #7K2M: ask\nDesign's limit: $500.00 -> $700.00",
        TextBlock("Draft #7K2M: ask", is_title=True),
        TextBlock("Design's limit: $500.00 -> $700.00"),
        buttons=(Button("Yes", "t1"), Button("Edit", "t2", "edit"), Button("No", "t3", "no")),
        form=(FormField("amount", "Amount", "200"),),
        card="card-1",
    )
    (part,) = to_parts(item(card))
    assert part.text == "Draft #7K2M: ask\nDesign's limit: $500.00 -&gt; $700.00"
    assert list(part.blocks) == [
        {
            "type": "header",
            "text": {"type": "plain_text", "text": "Draft #7K2M: ask", "emoji": False},
        },
        {
            "type": "section",
            "text": {
                "type": "plain_text",
                "text": "Design's limit: $500.00 -&gt; $700.00",
                "emoji": False,
            },
        },
        {
            "type": "actions",
            "block_id": "C01|1.000001|p|en|card-1|0",
            "elements": [
                {
                    "type": "button",
                    "action_id": "button-0",
                    "text": {"type": "plain_text", "text": "Yes", "emoji": False},
                    "value": "t1",
                    "style": "primary",
                },
                {
                    "type": "button",
                    "action_id": "button-1",
                    "text": {"type": "plain_text", "text": "Edit", "emoji": False},
                    "value": '{"t":"t2","f":[["amount","Amount","200"]]}',
                },
                {
                    "type": "button",
                    "action_id": "button-2",
                    "text": {"type": "plain_text", "text": "No", "emoji": False},
                    "value": "t3",
                    "style": "danger",
                },
            ],
        },
    ]


def test_a_message_without_a_word_is_one_all_the_same() -> None:
    (part,) = to_parts(item(message(" \n")))
    assert find_faults(part.blocks) == []


def test_fields_a_bar_and_a_picture_are_said_too() -> None:
    shown = message(
        "x",
        FieldsBlock(tuple((f"name {number}", f"value {number}") for number in range(23))),
        BarBlock("Design has spent 83 %", 83),
        BarBlock("too much", 250),
        BarBlock("nothing", -3),
        PictureBlock("aGk=", "A line that rises"),
    )
    (part,) = to_parts(item(shown))
    assert find_faults(part.blocks) == []
    assert [len(one["fields"]) for one in part.blocks if "fields" in one] == [10, 10, 3]
    bars = [one["text"]["text"] for one in part.blocks if "text" in one]
    assert bars[0].count("▰") == 16
    assert bars[1].count("▰") == 20
    assert bars[2].count("▱") == 20
    assert part.blocks[-1]["elements"][0]["text"] == "A line that rises"


@settings(max_examples=400, deadline=None)
@given(text, text, text, text, st.booleans())
@example("<!channel> :tada:", "a" * 4000, "&" * 4000, "*x*", True)
@example("", "", "", "", False)
def test_no_text_becomes_anything_else(
    title: str, body: str, name: str, label: str, was_tried: bool
) -> None:
    shown = message(
        f"{title}\n{body}",
        TextBlock(title, is_title=True),
        TextBlock(body),
        FieldsBlock(((name, body),)),
        BarBlock(name, 50),
        buttons=(Button(label, "token"), Button(label, "other", "edit")),
        form=(FormField("reason", label, body[:3000]),),
        card="card-1",
        reference="7K2M",
    )
    parts = to_parts(item(shown, was_tried=was_tried))
    said = ""
    for part in parts:
        assert find_faults(part.blocks) == []
        assert 0 < len(part.text) <= MOST_TEXT + 1
        assert entities(part.text, has_emoji=True, has_markup=False) == []
        for one in text_objects(list(part.blocks)):
            assert (one["type"], one["emoji"]) == ("plain_text", False)
            plain, found = read(one)
            assert found == []
            said += plain
    # What was meant to be read is there, character by character.
    for wanted in (title, body):
        assert _letters(wanted) in _letters(said)


def _letters(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(text, st.integers(min_value=10, max_value=400))
def test_splitting_loses_no_letter(said: str, most: int) -> None:
    pieces = list(split(said, most))
    assert all(0 < len(escape(piece)) <= most for piece in pieces)
    assert _letters("".join(pieces)) == _letters(said)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_what_was_typed_comes_back_as_it_was_typed(said: str) -> None:
    clean = " ".join(said.split(" ")).strip()
    found = to_plain(escape(clean), bot_user="U01BURSAR")
    assert _letters(found) == _letters(clean)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("<@U01BURSAR> balance", "balance"),
        ("hey <@U01BURSAR|bursar> what is left", "hey what is left"),
        ("give <@U01BEN> the role", "give @U01BEN the role"),
        ("give <@U01BEN|ben> the role", "give @ben the role"),
        ("in <#C01GENERAL|general>", "in #general"),
        ("in <#C01GENERAL>", "in #C01GENERAL"),
        ("<!here> <!channel>", "@here @channel"),
        ("<!subteam^S1|@design> <!subteam^S1>", "@design @subteam"),
        ("<!date^1392734382^{date}|18 Nov>", "18 Nov"),
        ("see <https://a.example/?x=1&amp;y=2|a.example>", "see a.example"),
        ("see <https://a.example/?x=1&amp;y=2>", "see https://a.example/?x=1&y=2"),
        ("<mailto:a@b.example|a@b.example> <mailto:c@d.example>", "a@b.example c@d.example"),
        ("R&amp;D &lt;b&gt; &amp;lt;", "R&D <b> &lt;"),
    ],
)
def test_slacks_sequences_become_plain_text(raw: str, plain: str) -> None:
    assert to_plain(raw, bot_user="U01BURSAR") == plain


@settings(max_examples=200, deadline=None)
@given(text, text, text)
def test_a_form_comes_back_as_it_was_opened(label: str, value: str, typed: str) -> None:
    typed = typed.replace("\ud800", "")
    fields = (FormField("amount", label or "x", value), FormField("reason", "Reason", value))
    token, found = read_token(to_value("token", fields))
    assert (token,) == ("token",)
    assert [field.name for field in found] in (["amount", "reason"], [])
    place = Place("C01", "1.000001", False, "card-1", "es")
    view = to_view(Modal("token", place, label, fields[:1], "address"))
    assert find_view_faults({**view, "title": view["title"] if label else {
        "type": "plain_text", "text": "x"}}) == []  # fmt: skip
    for one in text_objects(view):
        assert read(one)[1] == []
    state = {"values": {"amount": {"amount": {"value": typed}}}}
    modal, values = read_view({**view, "state": state})
    assert (modal.token, modal.place, modal.address) == ("token", place, "address")
    assert values == {"amount": " ".join(typed.split())[:3000]}
    assert bool(find_errors(modal, values)) == (not values["amount"])


def test_an_address_and_a_place_come_back() -> None:
    address = Address("https://hooks.example/1", START, "card-1")
    assert Address.load(address.dump()) == address
    assert Address.load("") == Address()
    assert Address().dump() == ""
    assert address.is_open(START - timedelta(seconds=1))
    assert not address.is_open(START)
    assert Place.load("something else") is None
    assert Place.load("C01|1.0|x|en|card|0") is None


def test_a_page_is_a_home_tab_within_its_limits() -> None:
    place = Place("D01", is_private=True)
    blocks = [TextBlock("x" * 2900) for _ in range(200)]
    assert find_view_faults(to_home(blocks, place)) == []
    assert len(to_home([TextBlock("a")], place)["blocks"]) == 1


@settings(max_examples=100, deadline=None)
@given(text, text)
def test_an_order_of_a_page_comes_back_as_it_was_made(said: str, label: str) -> None:
    form = (FormField("begins", label, "22:00", "time"), FormField("reason", label, said[:100]))
    order = Order(label, said, form)
    assert read_order(to_order(order)) == replace(order, label="")
    assert read_order("token") is None


def test_what_is_filled_in_stands_behind_an_order() -> None:
    form = (FormField("begins", "From", "22:00", "time"), FormField("ends", "Until", "", "time"))
    view = to_view(Modal("", Place("D01"), "Change", form, order="/quiet"))
    assert find_view_faults(view) == []
    times = {name: {name: {"selected_time": at}} for name, at in
             (("ends", "07:00"), ("begins", "23:00"))}  # fmt: skip
    modal, typed = read_view({**view, "state": {"values": times}})
    assert modal.as_text(typed) == "/quiet 23:00 07:00"
    assert find_errors(modal, typed) == {}


@pytest.mark.parametrize(
    "value",
    ['{"o":1}', '{"o":"/quiet","f":[["a"]]}', '{"o":"/quiet","f":[["a","b","c","date"]]}',
     '{"o":"/quiet","f":[["","b","c"]]}', '{"o":"/quiet"}', '{"o":'],
)  # fmt: skip
def test_an_order_that_is_not_of_ours_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput):
        read_order(value)


@pytest.mark.parametrize("language", ["en", "es"])
def test_prompts_say_what_they_send(language: str) -> None:
    prompts = to_prompts("es" if language == "es" else "en")
    assert len(prompts) <= 4
    assert all(prompt["title"] and prompt["message"] for prompt in prompts)


# Recorded deliveries


def test_a_direct_message_is_translated() -> None:
    body = {
        "team_id": "T01ACME",
        "event": {
            "type": "message", "channel": "D01", "user": "U01ANA", "text": "R&amp;D &lt;b&gt;",
            "ts": "1794960000.000123", "channel_type": "im", "client_msg_id": "abc",
        },
    }  # fmt: skip
    found = from_event(body, BOT)
    assert found == InboundMessage(
        platform="slack",
        account="T01ACME",
        key="message:D01:1794960000.000123",
        chat="D01",
        external_id="U01ANA",
        text="R&D <b>",
        sent_at=found.sent_at if found else None,
        message_id="1794960000.000123",
    )
    assert found.sent_at is not None
    assert found.sent_at.timestamp() == pytest.approx(1794960000.000123)


def test_a_mention_opens_a_thread_and_one_in_a_thread_stays_there() -> None:
    event = {
        "type": "app_mention", "channel": "C01", "user": "U01ANA", "text": "<@U01BURSAR> balance",
        "ts": "1794960000.000123",
    }  # fmt: skip
    found = from_event({"event": event}, BOT)
    assert found is not None
    assert (found.thread, found.is_private, found.text) == ("1794960000.000123", False, "balance")
    found = from_event({"event": {**event, "thread_ts": "1794950000.000001"}}, BOT)
    assert found is not None
    assert found.thread == "1794950000.000001"
    bare = from_event({"event": {**event, "text": "<@U01BURSAR>"}}, BOT)
    assert bare is not None
    assert bare.text == "/help"


@pytest.mark.parametrize(
    ("command", "typed", "said"),
    [
        ("/ai-budget", "", "/balance"),
        ("/ai-budget", "design", "/balance design"),
        ("/ai-request", "200 design", "/request 200 design"),
        ("/ai-forecast", "design", "/forecast design"),
        ("/ai-top-users", " ", "/top"),
        ("/bursar", "", "/help"),
        ("/bursar", "what is left &amp; why", "what is left & why"),
        ("/balance", "design", "/balance design"),
    ],
)
def test_a_command_is_what_the_planner_reads(command: str, typed: str, said: str) -> None:
    body = {
        "command": command, "text": typed, "channel_id": "C01", "user_id": "U01ANA",
        "trigger_id": "1.2.3", "user_name": "ana", "response_url": "https://hooks.example/1",
    }  # fmt: skip
    found = from_command(body, BOT, START)
    assert (found.text, found.key, found.is_private) == (said, "command:1.2.3", False)
    assert Address.load(found.address).response_url == "https://hooks.example/1"
    assert wants_request_form(body) is (command == "/ai-request" and not typed.strip())
    assert from_command({**body, "channel_id": "D01"}, BOT, START).is_private


def test_a_tap_belongs_to_the_conversation_of_its_card() -> None:
    place = Place("C01", "1.000001", False, "card-1", "es")
    body = {
        "type": "block_actions", "user": {"id": "U01ANA", "name": "ana"}, "trigger_id": "1.2.3",
        "channel": {"id": "D01"}, "response_url": "https://hooks.example/1",
        "actions": [{
            "type": "button", "action_id": "button-0", "block_id": place.dump(), "value": "t1",
            "action_ts": "1794960000.5", "text": {"type": "plain_text", "text": "Sí"},
        }],
    }  # fmt: skip
    tap = from_action(body, BOT, START)
    assert tap is not None
    assert tap.form is None
    said = tap.message
    assert (said.chat, said.thread, said.is_private, said.button) == (
        "C01",
        "1.000001",
        False,
        "t1",
    )
    assert said.key == "action:U01ANA:1794960000.5:button-0"
    assert Address.load(said.address).card == "card-1"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "/request 200 Design until 30 Nov, we launch"),
        ("es", "/request 200 Design hasta 30 Nov, we launch"),
    ],
)
def test_a_form_without_a_card_is_a_request(language: str, said: str) -> None:
    place = Place("C01", "", False, "", "es" if language == "es" else "en")
    typed = {"amount": "200", "wallet": "Design", "until": "30 Nov", "reason": "we launch"}
    body = {"user": {"id": "U01ANA"}, "view": {"id": "V1"}}
    found = from_modal(body, Modal("", place, "", ()), typed, BOT, START)
    assert (found.text, found.button, found.fields) == (said, "", ())
    found = from_modal(body, Modal("token", place, "", ()), typed, BOT, START)
    assert (found.text, found.button) == ("", "token")
    assert dict(found.fields) == typed
