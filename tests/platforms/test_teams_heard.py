"""Our reading of an activity against botbuilder's, which reads all of it."""

from __future__ import annotations

import json
from typing import Any

import botbuilder.schema
import pytest
from botbuilder.core import TurnContext
from msrest import Deserializer

from adapters.teams.heard import Heard, read_activity
from bot.clock import ManualClock
from bot.errors.kinds import InvalidInput
from tests.conftest import START
from tests.platforms.teams_server import FakeTeams, Json
from tests.platforms.test_teams_render import CHANNEL

READ = Deserializer(  # type: ignore[no-untyped-call]  # msrest has no types
    {name: model for name, model in vars(botbuilder.schema).items() if isinstance(model, type)}
)
PERSONAL: Json = {
    "type": "message",
    "id": "f:1",
    "timestamp": "2026-11-18T12:00:00.1234567Z",
    "localTimezone": "Europe/Madrid",
    "serviceUrl": "https://smba.trafficmanager.net/emea/",
    "channelId": "msteams",
    "from": {"id": "29:1aBcD", "name": "Ana Lima", "aadObjectId": "4f1d", "role": "user"},
    "conversation": {"conversationType": "personal", "tenantId": "9a1b", "id": "a:1kQ"},
    "recipient": {"id": "28:6e1f2c9e", "name": "Bursar"},
    "entities": None,
    "channelData": {"tenant": {"id": "9a1b"}, "settings": {"x": [1, None, {"y": 0.5}]}},
    "replyToId": "1763467200000",
    "value": {"bursar": {"button": "t"}, "amount": "250"},
    "locale": "es-ES",
}
ADDED: Json = {
    "type": "conversationUpdate",
    "id": "f:2",
    "timestamp": "2026-11-18T13:00:00+01:00",
    "serviceUrl": "https://smba.trafficmanager.net/emea/",
    "channelId": "msteams",
    "from": {"id": "29:1aBcD"},
    "conversation": {"conversationType": "personal", "id": "a:1kQ"},
    "recipient": {"id": "28:6e1f2c9e"},
    "membersAdded": [{"id": "28:6e1f2c9e"}, {"id": "29:1aBcD", "name": "Ana"}],
    "channelData": {"tenant": {"id": "9A1B"}},
}
INSTALLED: Json = {"type": "installationUpdate", "action": "add", "channelData": "text", "id": "1"}
RECORDED: dict[str, Json] = {
    "channel": CHANNEL,
    "personal": PERSONAL,
    "added": ADDED,
    "installed": INSTALLED,
    "nothing": {},
}


def by_botbuilder(body: Json) -> tuple[object, ...]:
    """Return what botbuilder reads in the fields that are ours."""
    read: Any = READ("Activity", json.loads(json.dumps(body)))
    reference = TurnContext.get_conversation_reference(read)
    conversation, sender, bot = read.conversation, read.from_property, read.recipient
    return (
        read.type,
        read.name,
        read.id,
        read.service_url,
        read.channel_id,
        conversation and conversation.id,
        conversation and conversation.conversation_type,
        sender and (sender.id, sender.name or "", sender.role or ""),
        bot and bot.id,
        read.reply_to_id,
        read.text,
        read.locale,
        read.action,
        read.value,
        read.timestamp,
        [
            (more["mentioned"]["id"], more["mentioned"]["name"], more["text"])
            for entity in read.entities or ()
            if entity.type == "mention" and (more := entity.additional_properties)
        ],
        {member.id for member in read.members_added or ()},
        (
            reference.service_url,
            reference.conversation and reference.conversation.id,
            reference.bot and reference.bot.id,
            reference.channel_id,
        ),
    )


def by_us(heard: Heard) -> tuple[object, ...]:
    """Return the same fields of our reading; None for what is empty, as botbuilder has it."""
    sender, address = heard.sender, heard.address
    return (
        heard.kind or None,
        heard.name or None,
        heard.id or None,
        heard.service_url or None,
        heard.channel or None,
        heard.conversation or None,
        heard.conversation_kind or None,
        (sender.id, sender.name, sender.role) if sender.id else None,
        heard.bot.id or None,
        heard.reply_to or None,
        heard.text or None,
        heard.locale or None,
        heard.action or None,
        heard.value,
        heard.sent_at,
        [(each.id, each.name, each.text) for each in heard.mentions],
        set(heard.joined),
        (
            address.service_url or None,
            address.conversation or None,
            address.bot or None,
            address.channel or None,
        ),
    )


@pytest.mark.parametrize("name", RECORDED)
def test_an_activity_is_read_as_botbuilder_reads_it(name: str) -> None:
    assert by_us(read_activity(RECORDED[name])) == by_botbuilder(RECORDED[name])


def test_directories_are_all_that_a_delivery_names() -> None:
    assert read_activity(ADDED).tenants == {"9a1b"}
    two = {**PERSONAL, "channelData": {"tenant": {"id": "other"}}}
    assert read_activity(two).tenants == {"9a1b", "other"}
    assert read_activity(INSTALLED).tenants == frozenset()


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("2026-11-18T12:00:00Z", True),
        ("2026-11-18T12:00:00", False),
        ("2026-11-18", False),
        ("", False),
    ],
)
def test_a_time_without_a_zone_is_none(text: str, is_kept: bool) -> None:
    assert (read_activity({**PERSONAL, "timestamp": text}).sent_at is not None) is is_kept


WRONG: tuple[object, ...] = (
    None,
    "x",
    5,
    0.5,
    True,
    [],
    [1],
    {},
    {"x": 1},
    [[]],
    [{}],
    "x" * 1001,
)


@pytest.mark.parametrize("body", RECORDED.values(), ids=list(RECORDED))
def test_a_part_of_another_type_is_refused_or_read_as_nothing(body: Json) -> None:
    """Whatever stands in whichever place: only `InvalidInput`, or values of the right types."""
    for path in _paths(body):
        for value in WRONG:
            try:
                heard = read_activity(_changed(body, path, value))
            except InvalidInput:
                continue
            texts = (heard.kind, heard.id, heard.conversation, heard.sender.id, heard.text)
            assert all(isinstance(each, str) for each in texts)
            assert all(isinstance(each, str) for each in (*heard.tenants, *heard.joined))


def _paths(value: object, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found: list[tuple[str | int, ...]] = [above] if above else []
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    for name, each in inner:
        found += _paths(each, (*above, name))
    return found


def _changed(body: Json, path: tuple[str | int, ...], value: object) -> Json:
    copy: Json = json.loads(json.dumps(body))
    at: Any = copy
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return copy


def test_what_the_fake_service_writes_is_read() -> None:
    written = FakeTeams(ManualClock(START)).activity("ana", "balance", serviceUrl="https://a.b/")
    assert by_us(read_activity(written)) == by_botbuilder(written)
