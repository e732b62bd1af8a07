"""Alerts that are shared with channels that are no chats: each step of their life once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.actions.base import Receipt
from bot.actions.channels import (
    ChannelChanged,
    ChannelsReceipt,
    ListChannels,
    TryChannel,
    list_channels,
    try_channel,
)
from bot.alerts.events import AlertEvent, AnomalyEvent, ChannelEvent, ChannelName, parse_event
from bot.economy import limit_changes
from bot.errors.kinds import NotFound
from bot.errors.sending import NotSent
from bot.ids import PrincipalId, TenantId, WalletId
from bot.messages import OutboxItem
from bot.ports import Actor
from scheduler.jobs.alerts import share_alerts, tell_alerts, tell_unusual
from storage.transaction import SqlTx
from tests.ledgers import Company, found_company
from tests.turns.chat import ACME, USD, Chat
from tests.turns.test_alerts import DESIGN, HOURS, LADDER, be_unusual, look, tell, use

BOTH: tuple[ChannelName, ...] = ("webhook", "pagerduty")


async def listen(chat: Chat, channels: Sequence[str] = BOTH) -> list[tuple[str, ChannelEvent]]:
    heard: list[tuple[str, ChannelEvent]] = []

    async def send(item: OutboxItem) -> str:
        heard.append((item.platform, parse_event(item.message.text)))
        return str(item.id)

    for channel in channels:
        chat.app.add_channel(channel, send)
    return heard


async def share(chat: Chat, times: int = 1) -> None:
    await asyncio.gather(
        *(share_alerts(chat.database, dict.fromkeys(BOTH, "")) for _ in range(times))
    )
    await chat.app.settled()


async def test_each_step_of_an_alert_is_shared_once_with_each_channel(chat: Chat) -> None:
    heard = await listen(chat)
    await use(chat, 410)
    await tell(chat)
    await share(chat, times=8)
    assert sorted(channel for channel, _ in heard) == ["pagerduty", "webhook"]
    first = heard[0][1]
    assert isinstance(first, AlertEvent)
    assert (first.type, first.step) == ("limit", 0)
    assert (first.event, first.wallet, first.percent) == ("trigger", "Design", 80)
    assert (first.used_usd, first.limit_usd) == ("410.00", "500.00")
    assert first.key == "acme:design:80:month:2026-11"
    await chat.say("ben", button=chat.labels("ben")["Acknowledge"])
    await share(chat, times=8)
    await share(chat)
    chat.clock.advance(timedelta(days=30))
    await share(chat, times=8)
    steps = [event.event for channel, event in heard if channel == "pagerduty"]
    assert steps == ["trigger", "acknowledge", "resolve"]
    assert {event.key for _, event in heard} == {first.key}


async def test_a_raise_resolves_it(chat: Chat) -> None:
    heard = await listen(chat)
    await use(chat, 410)
    await tell(chat)
    await share(chat)
    await chat.database.write(
        lambda tx: limit_changes.raise_limit(
            tx, DESIGN, 500 * USD, until_at=None, key="more", actor="carla"
        ),
        tenant=ACME,
    )
    await share(chat)
    assert heard[-1][1].event == "resolve"


async def test_a_higher_threshold_resolves_the_lower_one(chat: Chat) -> None:
    heard = await listen(chat)
    await use(chat, 410)
    await tell(chat)
    await share(chat)
    await use(chat, 90)
    await tell(chat)
    await share(chat)
    steps = [(x.event, x.key.split(":")[2]) for channel, x in heard if channel == "webhook"]
    assert steps == [("trigger", "80"), ("resolve", "80"), ("trigger", "100")]


async def test_what_was_over_before_it_was_shared_is_not(chat: Chat) -> None:
    heard = await listen(chat)
    await use(chat, 410)
    await tell(chat)
    chat.clock.advance(timedelta(days=30))
    await share(chat)
    assert heard == []


async def test_a_channel_that_is_down_is_tried_again_in_order(chat: Chat) -> None:
    heard: list[str] = []
    is_up = False

    async def send(item: OutboxItem) -> str:
        if not is_up:
            raise NotSent("down", retry_after_s=1)
        heard.append(parse_event(item.message.text).event)
        return str(item.id)

    chat.app.add_channel("webhook", send)
    await use(chat, 410)
    await tell(chat)
    await share_alerts(chat.database, {"webhook": ""})
    await chat.say("ben", button=chat.labels("ben")["Acknowledge"])
    await share_alerts(chat.database, {"webhook": ""})
    is_up = True
    chat.clock.advance(timedelta(minutes=1))
    await chat.app.take_over()
    await chat.app.settled()
    assert heard == ["trigger", "acknowledge"]


async def test_nobody_is_told_anything_through_a_channel(chat: Chat) -> None:
    await listen(chat)
    await use(chat, 410)
    await tell(chat)
    await share(chat)
    elena = PrincipalId("elena")
    place = await chat.database.read(
        lambda tx: tx.conversations.find_of_person(elena), tenant=ACME
    )
    private = await chat.database.read(
        lambda tx: tx.conversations.list_private(elena), tenant=ACME
    )
    assert place is None or place.platform == "terminal"
    assert {one.platform for one in private} <= {"terminal"}


async def test_each_rung_of_a_ladder_is_shared_once(chat: Chat) -> None:
    heard = await listen(chat, ("webhook",))
    await use(chat, 410)
    await tell(chat)
    await share(chat, times=8)
    chat.clock.advance(24 * HOURS)
    await tell(chat)
    await share(chat, times=8)
    await share(chat)
    steps = [(event.event, event.step) for _, event in heard]
    assert steps == [("trigger", 0), ("repeat", 1)]
    assert "nobody has acknowledged it: $410.00 of $500.00." in heard[-1][1].summary
    await chat.say("ben", button=chat.labels("ben")["Acknowledge"])
    await share(chat)
    assert heard[-1][1].event == "acknowledge"


async def test_a_rung_that_was_climbed_before_anybody_was_told_is_no_news(chat: Chat) -> None:
    heard = await listen(chat, ("webhook",))
    await use(chat, 410)
    await tell(chat)
    chat.clock.advance(24 * HOURS)
    await tell(chat)
    await share(chat)
    await share(chat)
    assert [(event.event, event.step) for _, event in heard] == [("trigger", 1)]


async def test_what_is_unusual_is_shared_seen_to_and_over_each_once(chat: Chat) -> None:
    heard = await listen(chat)
    await be_unusual(chat)
    await look(chat)
    await share(chat, times=8)
    first = heard[0][1]
    assert isinstance(first, AnomalyEvent)
    assert (first.event, first.type, first.model) == ("trigger", "anomaly", "gpt-5")
    assert (first.spent_usd, first.usual_usd) == ("40.00", "2.00")
    assert first.key == "acme:design:2026-11-18:gpt-5"
    assert "Acknowledged" in await chat.say("ben", button=chat.labels("ben")["Acknowledge"])
    await share(chat, times=8)
    chat.clock.advance(2 * HOURS)
    await look(chat)
    await share(chat, times=8)
    await share(chat)
    steps = [event.event for channel, event in heard if channel == "pagerduty"]
    assert steps == ["trigger", "acknowledge", "resolve"]
    assert {event.key for _, event in heard} == {first.key}
    assert heard[-1][1].summary == "Design's spend on gpt-5 is as usual again."


async def test_what_was_unusual_and_over_before_it_was_shared_is_not(chat: Chat) -> None:
    heard = await listen(chat)
    await be_unusual(chat)
    await look(chat)
    chat.clock.advance(2 * HOURS)
    await look(chat)
    await share(chat)
    await share(chat)
    assert heard == []


async def test_what_is_unusual_can_be_acknowledged_once(chat: Chat) -> None:
    await be_unusual(chat)
    await look(chat)
    await chat.say("ben", "acknowledge design")
    assert "Acknowledged" in await chat.say("ben", "yes")
    assert "No alert of “Design” is open." in await chat.say("ben", "acknowledge design")


@pytest.mark.parametrize(
    ("owner", "heard_of"),
    [("", {"acme"}), ("globex Inc.", {"globex"}), ("Nobody", set())],
)
async def test_a_channel_hears_of_the_company_that_it_belongs_to_and_of_no_other(
    chat: Chat, owner: str, heard_of: set[str]
) -> None:
    heard = await listen(chat)
    globex = Company(chat.database, TenantId("globex"))
    await globex.write(lambda tx: found_company(tx, tenant=globex.tenant))
    team = WalletId("globex-team")
    await globex.limit(team, 100)
    await globex.spend(team, 100)
    await use(chat, 410)
    await tell_alerts(chat.database, LADDER)
    await be_unusual(chat)
    await tell_unusual(chat.database)
    for _ in range(2):
        await share_alerts(chat.database, dict.fromkeys(BOTH, owner))
        await chat.app.settled()
    assert {event.company_id for _, event in heard} == heard_of


async def test_nobody_tries_the_channel_of_another_company(chat: Chat) -> None:
    globex = TenantId("globex")

    def look(tx: SqlTx) -> Receipt:
        found_company(tx, tenant=globex)
        ana = tx.people.get(PrincipalId("globex-ana"))
        talk = tx.conversations.open("terminal", "terminal", "", ana.id)
        actor = Actor(ana, talk.id, channels={"webhook": "", "email": "globex Inc."})
        assert isinstance(try_channel(TryChannel(name="email"), tx, actor), ChannelChanged)
        with pytest.raises(NotFound):
            try_channel(TryChannel(name="webhook"), tx, actor)
        return list_channels(ListChannels(), tx, actor)

    shown = await chat.database.write(look, tenant=globex)
    assert isinstance(shown, ChannelsReceipt)
    assert [rule.name for rule in shown.rules] == ["email"]
