"""What is shown in Teams: the same text, no markup, cards of the schema, inside the limits."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.heard import read_activity
from adapters.teams.inbound import account_of, plain_text, to_message, to_tap
from adapters.teams.render import to_activities, to_card, to_notice
from adapters.teams.sizes import MOST_BYTES, size_of, split
from bot.ids import ConversationId
from bot.messages import (
    BarBlock,
    Button,
    FieldsBlock,
    FileBlock,
    FormField,
    OutboundMessage,
    PictureBlock,
    TextBlock,
)
from bot.replies.notices import no_picture
from bot.replies.reader import Language
from tests.platforms.card_schema import faults_of
from tests.platforms.teams_server import words_of

NASTY = (
    "**bold** _it_ [x](https://evil.example) <at>all</at> {{DATE(2026)}} ![i](http://x/y.png)",
    "`code` ~~s~~ # head\n- item\n1. one\n> quote",
    "<script>alert(1)</script> & < > \" ' \\ </at>",
    '{"type": "AdaptiveCard", "actions": []}',
    "@here <!channel> =HYPERLINK(1) ${x} %s {0} ../ '; DROP",
    "  two  blanks   and\ttab",
    "é ñ 漢字 🏳️‍🌈 \u202e rtl",
)


def message(text: str, **more: Any) -> OutboundMessage:
    return OutboundMessage(ConversationId("c"), text, **more)


CARD = message(
    "Request #7K2M from Ana Lima: $200.00 for Design.\nLimit: $500.00 -> $700.00",
    message_class="card",
    card="0192-card",
    buttons=(Button("Yes", "t-yes"), Button("No", "t-no", "no")),
    blocks=(
        TextBlock("Request #7K2M from Ana Lima: $200.00 for Design.", is_title=True),
        TextBlock("Limit: $500.00 -> $700.00"),
    ),
    form=(FormField("amount", "Amount in dollars", "200.00"),),
)
DATA_YES = {"bursar": {"button": "t-yes", "card": "0192-card"}}
DATA_NO = {"bursar": {"button": "t-no", "card": "0192-card"}}
GOLDEN: dict[str, Any] = {
    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        {
            "type": "RichTextBlock",
            "spacing": "Default",
            "inlines": [
                {
                    "type": "TextRun",
                    "text": "Request #7K2M from Ana Lima: $200.00 for Design.",
                    "weight": "Bolder",
                    "size": "Medium",
                }
            ],
        },
        {
            "type": "RichTextBlock",
            "spacing": "Default",
            "inlines": [{"type": "TextRun", "text": "Limit: $500.00 -> $700.00"}],
        },
        {
            "type": "Input.Text",
            "id": "amount",
            "label": "Amount in dollars",
            "value": "200.00",
        },
    ],
    "actions": [
        {
            "type": "Action.Execute",
            "title": "Yes",
            "verb": "press",
            "data": DATA_YES,
            "fallback": {"type": "Action.Submit", "title": "Yes", "data": DATA_YES},
        },
        {
            "type": "Action.Execute",
            "title": "No",
            "verb": "press",
            "data": DATA_NO,
            "fallback": {"type": "Action.Submit", "title": "No", "data": DATA_NO},
        },
    ],
    "refresh": {
        "action": {
            "type": "Action.Execute",
            "verb": "view",
            "data": {"bursar": {"card": "0192-card"}},
        },
        "userIds": ["29:ben"],
    },
    "fallbackText": "Request #7K2M from Ana Lima: $200.00 for Design.\nLimit: $500.00 -> $700.00",
}


def test_a_card_is_as_it_was() -> None:
    assert to_card(CARD, readers=["29:ben"]) == GOLDEN


def test_every_kind_of_block_keeps_to_the_schema() -> None:
    whole = message(
        "x",
        card="c",
        buttons=(Button("Yes", "t"),),
        blocks=(
            TextBlock("Title", is_title=True),
            FieldsBlock((("**Limit**", "$500.00"), ("Spent", "[x](y)"))),
            BarBlock("83 %", 83),
            BarBlock("120 %", 120),
            BarBlock("-3 %", -3),
            PictureBlock("aGVsbG8=", "A chart"),
            PictureBlock("a" * 60_000, "A chart too large"),
        ),
    )
    card = to_card(whole, readers=["29:a"] * 90)
    assert not list(faults_of(card))
    assert "A chart too large" in words_of(card)
    assert len(card["refresh"]["userIds"]) == 60
    notice = to_notice("line", "c", ["29:a"])
    assert not list(faults_of(notice["attachments"][0]["content"]))


@pytest.mark.parametrize("language", ["en", "es"])
def test_pictures_that_do_not_fit_beside_each_other_come_before_the_card(
    language: Language,
) -> None:
    chart, bars = PictureBlock("a" * 30_000, "A chart"), PictureBlock("b" * 30_000, "Bars")
    large = PictureBlock("c" * 60_000, "A map")
    whole = message(
        "Design",
        card="c",
        buttons=(Button("Yes", "t"),),
        blocks=(TextBlock("Design", is_title=True), chart, BarBlock("83 %", 83), bars, large),
    )
    activities = to_activities(whole, readers=["29:a"], language=language)
    cards = [each["attachments"][0]["content"] for each in activities]
    assert [list(faults_of(card)) for card in cards] == [[], [], [], []]
    assert all(size_of(each) <= MOST_BYTES for each in activities)
    assert [card["body"][0].get("altText") for card in cards[:2]] == ["A chart", "Bars"]
    assert words_of(cards[2]) == f"A map\n{no_picture(language)}"
    assert "actions" in cards[3]
    assert [element["type"] for element in cards[3]["body"]] == ["RichTextBlock"] * 3
    # The service took less than it says: then it is the pictures' words.
    small = to_activities(whole, readers=["29:a"], most_bytes=MOST_BYTES // 2, language=language)
    assert "A chart" in words_of(small[0]["attachments"][0]["content"])


def test_a_file_is_told_of_by_its_beginning() -> None:
    rows = "".join(f"line {number},**{'x' * 300}**\r\n" for number in range(40))
    blocks = (TextBlock("October"), FileBlock.of("o.csv", "text/csv", rows.encode(), "All of it"))
    (activity,) = to_activities(message("October", blocks=blocks))
    card = activity["attachments"][0]["content"]
    assert not list(faults_of(card))
    lines = words_of(card).split("\n")
    assert lines[:4] == [
        "October",
        "All of it",
        "The file itself could not be handed over here.",
        "o.csv begins so:",
    ]
    assert len(lines) == 24
    assert all(len(line) <= 200 for line in lines)


def test_a_picture_that_fits_stands_in_its_place() -> None:
    blocks = (TextBlock("a"), PictureBlock("a" * 30_000, "A chart"), TextBlock("b"))
    (activity,) = to_activities(message("a\nb", blocks=blocks))
    kinds = [x["type"] for x in activity["attachments"][0]["content"]["body"]]
    assert kinds == ["RichTextBlock", "Image", "RichTextBlock"]


def shown(activity: dict[str, Any]) -> str:
    """Read a message as a person does; nothing in it may be markup."""
    if "text" in activity:
        assert activity["textFormat"] == "plain"
        return str(activity["text"])
    card = activity["attachments"][0]["content"]
    assert not list(faults_of(card))
    return words_of(card)


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("text", NASTY)
def test_what_people_wrote_is_shown_literally(text: str) -> None:
    for said in (
        message(text),
        message(text, card="c", buttons=(Button("Yes", "t"),), blocks=(TextBlock(text),)),
        message(f"{text}\n{text}"),
    ):
        (activity,) = to_activities(said)
        assert bare(shown(activity)) == bare(said.text)
        assert "entities" not in activity


@settings(max_examples=300)
# A message of blanks alone is never said.
@given(st.text(min_size=1, max_size=400).filter(str.strip))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    said = message(text.encode("utf-8", "replace").decode())
    for whole in (said, message(said.text, card="c", blocks=(TextBlock(said.text),))):
        activities = to_activities(whole)
        assert bare("".join(shown(each) for each in activities)) == bare(said.text)


@settings(max_examples=100)
@given(
    st.text(alphabet=st.sampled_from('a \n"\\😀é\x01'), max_size=3000),
    st.integers(min_value=40, max_value=2000),
    st.integers(min_value=1, max_value=40),
)
def test_pieces_keep_to_the_limits_and_lose_only_blanks(
    text: str, most_bytes: int, most_lines: int
) -> None:
    pieces = split(text, most_bytes, most_lines)
    assert all(size_of(piece) <= most_bytes for piece in pieces)
    assert all(piece.count("\n") < most_lines for piece in pieces)
    assert bare("".join(pieces)) == bare(text)


def test_the_largest_card_is_small_enough() -> None:
    long = message(
        "\n".join('"\\' * 300 for _ in range(400)),
        card="c",
        buttons=tuple(Button("Y" * 200, "t" * 22) for _ in range(6)),
        blocks=(TextBlock("\n".join('"\\' * 300 for _ in range(400))),),
    )
    assert all(size_of(each) <= MOST_BYTES for each in to_activities(long))
    assert size_of(to_card(long)) <= MOST_BYTES


# Recorded: a person in a channel, a group chat and a private chat.
CHANNEL = {
    "text": "<at>Bursar</at>&nbsp;ask <at>Ben Ortiz</at> for <b>200</b>\u00a0more\n",
    "textFormat": "plain",
    "attachments": [{"contentType": "text/html", "content": "<div>...</div>"}],
    "type": "message",
    "timestamp": "2026-11-18T12:00:00.123Z",
    "localTimestamp": "2026-11-18T13:00:00.123+01:00",
    "id": "1763467200123",
    "channelId": "msteams",
    "serviceUrl": "https://smba.trafficmanager.net/emea/9a1b4e1c/",
    "from": {"id": "29:1aBcD", "name": "Ana Lima", "aadObjectId": "4f1d"},
    "conversation": {
        "isGroup": True,
        "conversationType": "channel",
        "tenantId": "9A1B4E1C",
        "id": "19:253b1f341670408fb6fe51e4b7ed8d0d@thread.tacv2;messageid=1763467100000",
    },
    "recipient": {"id": "28:6e1f2c9e", "name": "Bursar"},
    "entities": [
        {
            "mentioned": {"id": "28:6e1f2c9e", "name": "Bursar"},
            "text": "<at>Bursar</at>",
            "type": "mention",
        },
        {
            "mentioned": {"id": "29:1xYz", "name": "Ben Ortiz"},
            "text": "<at>Ben Ortiz</at>",
            "type": "mention",
        },
        {"locale": "en-US", "country": "US", "platform": "Web", "type": "clientInfo"},
    ],
    "channelData": {"teamsChannelId": "19:253b", "tenant": {"id": "9a1b4e1c"}},
    "locale": "en-US",
}


def test_a_message_of_a_channel_is_read() -> None:
    heard = read_activity(CHANNEL)
    read = to_message(heard, account_of("6e1f2c9e", "9a1b4e1c"))
    assert read.text == "ask Ben Ortiz for <b>200</b> more"
    assert read.account == "6e1f2c9e@9a1b4e1c"
    assert read.chat == "19:253b1f341670408fb6fe51e4b7ed8d0d@thread.tacv2"
    assert read.thread == "1763467100000"
    assert json.loads(read.key) == [heard.conversation, "1763467200123"]
    assert read.external_id == "29:1aBcD"
    assert not read.is_private
    assert heard.tenants == {"9a1b4e1c"}
    assert json.loads(read.address) == {
        "service_url": "https://smba.trafficmanager.net/emea/9a1b4e1c/",
        "conversation": heard.conversation,
        "bot": "28:6e1f2c9e",
        "tenant": "9a1b4e1c",
        "channel": "msteams",
    }


@pytest.mark.parametrize(
    ("kind", "is_private"),
    [("personal", True), ("groupChat", False), ("channel", False), ("", False)],
)
def test_only_a_personal_chat_is_private(kind: str, is_private: bool) -> None:
    conversation = {"id": "a:1", "conversationType": kind}
    heard = read_activity({**CHANNEL, "conversation": conversation})
    assert to_message(heard, "a").is_private is is_private


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<at>Bursar</at> /balance design", "/balance design"),
        ("<AT>Bursar</AT>balance", "balance"),
        ('<at id="0">Bursar</at> hi', "Bursar hi"),
        ("say &lt;b&gt; & so", "say &lt;b&gt; & so"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_mentions_of_the_bot_are_taken_out(text: str, read: str) -> None:
    entities = [
        {
            "type": "mention",
            "mentioned": {"id": "28:6e1f2c9e", "name": "Bursar"},
            "text": text[: text.find(">", 5) + 1] if text[:4].casefold() == "<at>" else "",
        }
    ]
    assert plain_text(read_activity({**CHANNEL, "text": text, "entities": entities})) == read


def test_a_tap_carries_the_token_and_what_was_typed() -> None:
    data = {**DATA_YES, "amount": "250", "reason": "", "n": 5, "o": {"a": 1}}
    tap = to_tap({"action": {"verb": "press", "data": data}})
    assert tap is not None
    assert (tap.button, tap.card) == ("t-yes", "0192-card")
    assert tap.fields == (("amount", "250"), ("reason", ""))
    assert to_tap(data) == tap
    assert to_tap({"action": {"verb": "delete", "data": data}}) is None


@pytest.mark.parametrize(
    "place", [5, "a", ["a"], ["a", "b", "c"], [1, "b"], ["", "b"], ["a" * 900, ""], {"a": "b"}]
)
def test_a_made_up_place_is_none(place: object) -> None:
    tap = to_tap({"bursar": {"button": "t", "card": "c", "place": place}})
    assert tap is not None
    assert tap.place is None


def changed(card: dict[str, Any], path: tuple[Any, ...], value: object) -> dict[str, Any]:
    """Return a card with one value set at a path, or taken away where it is None."""
    copy: dict[str, Any] = json.loads(json.dumps(card))
    at: Any = copy
    for step in path[:-1]:
        at = at[step]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return copy


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), "1.6"),
        (("nope",), 1),
        (("body", 0, "nope"), 1),
        (("body", 0, "type"), "TextBlock"),
        (("body", 0, "type"), "RichText"),
        (("body", 0, "spacing"), "Huge"),
        (("body", 0, "inlines", 0, "weight"), "Heavy"),
        (("body", 0, "inlines", 0, "nope"), 1),
        (("body", 0, "inlines", 0, "text"), ""),
        (("body", 0, "inlines"), None),
        (("body", -1, "id"), None),
        (("body", -1, "value"), 200),
        (("body", 1), {"type": "Image", "url": "https://evil.example/x.png", "altText": "x"}),
        (("actions", 0, "fallback"), None),
        (("actions", 0, "fallback", "type"), "Action.OpenUrl"),
        (("actions", 0, "nope"), 1),
        (("actions", 0, "type"), "Action.Run"),
        (("refresh", "nope"), 1),
        (("refresh", "userIds"), ["29:x"] * 61),
        (("refresh", "action", "type"), "Action.Submit"),
    ],
)
def test_the_check_of_cards_finds_what_is_wrong(path: tuple[Any, ...], value: object) -> None:
    card = to_card(CARD, readers=["29:ben"])
    assert list(faults_of(card)) == []
    assert list(faults_of(changed(card, path, value))) != []
