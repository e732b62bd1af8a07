"""Channels that are no chats, seen, tried, paused and narrowed from the chat."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta

import pytest

from bot.alerts.channels import ChannelRule
from bot.alerts.events import parse_event
from bot.errors.sending import NotSent, Undeliverable
from bot.ids import PrincipalId, WalletId
from bot.messages import OutboxItem
from tests.turns.chat import ACME, Chat
from tests.turns.test_alerts import DESIGN, HOURS, be_unusual, look, tell, use
from tests.turns.test_shared_alerts import listen, share


async def test_whoever_looks_after_them_sees_the_channels(chat: Chat) -> None:
    said = await chat.say("elena", "channels")
    assert "· webhook: all of them." in said
    assert "e-mail" not in said
    assert "Nothing was changed." in await chat.say("ben", "list channels")


async def test_what_is_paused_hears_of_no_beginning_and_of_every_end(chat: Chat) -> None:
    heard = await listen(chat)
    await use(chat, 410)
    await tell(chat)
    await share(chat)
    assert "send nothing new to webhook" in await chat.say("elena", "pause channel webhook")
    assert "Nothing new goes to webhook." in await chat.say("elena", "yes")
    assert "· webhook: paused" in await chat.say("elena", "/channels")
    chat.clock.advance(24 * HOURS)
    await tell(chat)
    await use(chat, 700, wallet="data")
    await tell(chat)
    await share(chat)
    await chat.say("ben", "acknowledge design")
    await chat.say("ben", "yes")
    await share(chat)
    steps = [(x.event, x.wallet) for channel, x in heard if channel == "webhook"]
    assert steps == [("trigger", "Design"), ("acknowledge", "Design")]
    assert ("trigger", "Data") in [(x.event, x.wallet) for y, x in heard if y == "pagerduty"]
    await chat.say("elena", "undo")
    assert "again" in await chat.say("elena", "yes")
    await use(chat, 90)
    await tell(chat)
    await share(chat)
    assert heard[-1][1].event == "trigger"
    assert {channel for channel, x in heard if x.key == heard[-1][1].key} == {
        "webhook",
        "pagerduty",
    }


async def test_only_the_gravest_go_where_that_is_said(chat: Chat) -> None:
    heard = await listen(chat)
    card = await chat.say("elena", "send only alerts from 95 % on to pagerduty")
    assert "0 %" in card
    assert "95 %" in card
    assert "from 95 % of a limit on" in await chat.say("elena", "yes")
    await be_unusual(chat)
    await look(chat)
    await use(chat, 410)
    await tell(chat)
    await share(chat)
    assert {channel for channel, _ in heard} == {"webhook"}
    await use(chat, 70)
    await tell(chat)
    await share(chat)
    assert ("pagerduty", "trigger") in [(channel, x.event) for channel, x in heard]
    await chat.say("elena", "/channel pagerduty all")
    assert "To PagerDuty go all alerts." in await chat.say("elena", "yes")


async def test_a_channel_hears_of_the_chosen_wallets_and_of_what_is_below_them(
    chat: Chat,
) -> None:
    heard = await listen(chat)
    card = await chat.say("elena", "send only alerts of Design to pagerduty")
    assert "all wallets -> Design" in card
    assert "the alerts of Design, with what is below" in await chat.say("elena", "yes")
    said = await chat.say("elena", "channels")
    assert "· PagerDuty: those of Design, with what is below." in said
    await use(chat, 700, wallet="data")
    await use(chat, 170, wallet="launch")
    await tell(chat)
    await share(chat)
    assert {x.wallet for y, x in heard if y == "webhook"} == {"Data", "Launch"}
    assert {x.wallet for y, x in heard if y == "pagerduty"} == {"Launch"}
    await chat.say("elena", "undo")
    assert "To PagerDuty go all alerts." in await chat.say("elena", "yes")
    assert "· PagerDuty: all of them." in await chat.say("elena", "channels")


async def test_what_is_unusual_goes_where_its_wallet_was_chosen(chat: Chat) -> None:
    heard = await listen(chat)
    await chat.say("elena", "send only alerts of data to pagerduty")
    await chat.say("elena", "yes")
    await be_unusual(chat)
    await look(chat)
    await share(chat)
    assert {channel for channel, _ in heard} == {"webhook"}


async def test_what_began_before_the_choice_is_ended_where_it_began(chat: Chat) -> None:
    heard = await listen(chat)
    await use(chat, 410)
    await tell(chat)
    await share(chat)
    await chat.say("elena", "/channel pagerduty data")
    await chat.say("elena", "yes")
    chat.clock.advance(24 * HOURS)
    await tell(chat)
    await share(chat)
    await chat.say("ben", "acknowledge design")
    await chat.say("ben", "yes")
    await share(chat)
    steps = [x.event for channel, x in heard if channel == "pagerduty"]
    assert steps == ["trigger", "acknowledge"]


async def test_several_wallets_and_a_percentage_go_with_one_yes(chat: Chat) -> None:
    card = await chat.say("elena", "send only alerts of Design and Data from 95 % on to pagerduty")
    assert "0 % -> 95 %" in card
    assert "all wallets -> Data, Design" in card
    assert "from 95 % of a limit on" in await chat.say("elena", "yes")
    said = await chat.say("elena", "channels")
    assert "those of Data and Design, with what is below, from 95 % of a limit on" in said
    card = await chat.say("elena", "send alerts of all wallets to pagerduty")
    assert "Data, Design -> all wallets" in card
    assert "95 %" not in card
    assert "from 95 % of a limit on" in await chat.say("elena", "yes")


async def test_an_unclear_wallet_is_asked_about_and_nothing_is_chosen(chat: Chat) -> None:
    assert "Which wallet is “nosuch”?" in await chat.say("elena", "/channel webhook nosuch")
    said = await chat.say("elena", "send only alerts of design and nosuch to webhook")
    assert "Which wallet" in said
    assert "· webhook: all of them." in await chat.say("elena", "channels")


async def test_nothing_is_told_of_a_closed_wallet_and_that_is_said(chat: Chat) -> None:
    await chat.say("elena", "send only alerts of launch to webhook")
    await chat.say("elena", "yes")
    await chat.say("elena", "close the launch wallet")
    await chat.say("elena", "yes")
    assert "wallets that are closed, so nothing" in await chat.say("elena", "channels")


async def test_what_is_so_already_is_not_drafted(chat: Chat) -> None:
    said = await chat.say("elena", "resume channel webhook")
    assert "The channel is so already. Nothing was changed." in said
    assert "The channel is so already." in await chat.say(
        "elena", "send alerts of all wallets to webhook"
    )
    assert "e-mail” is not configured." in await chat.say("elena", "pause channel email")


async def test_of_many_that_change_a_channel_at_once_one_does(chat: Chat) -> None:
    def pause() -> asyncio.Future[bool]:
        return asyncio.ensure_future(
            chat.database.write(
                lambda tx: tx.channels.set_rule(
                    ChannelRule("webhook", is_paused=True), expected=ChannelRule("webhook")
                ),
                tenant=ACME,
            )
        )

    # The first row is nobody's change of one that is there: from then on one of eight finds it.
    assert max(await asyncio.gather(*(pause() for _ in range(8)))) is True
    assert not await pause()
    changed = await asyncio.gather(
        *(
            chat.database.write(
                lambda tx, percent=percent: tx.channels.set_rule(  # type: ignore[misc]  # bound now
                    ChannelRule("webhook", from_percent=percent),
                    expected=ChannelRule("webhook", is_paused=True),
                ),
                tenant=ACME,
            )
            for percent in range(80, 88)
        )
    )
    assert sum(changed) == 1


async def test_of_many_that_choose_wallets_at_once_one_does(chat: Chat) -> None:
    first = ChannelRule("webhook", wallet_ids=(DESIGN,))

    def choose(*wallet_ids: str) -> Coroutine[object, object, bool]:
        rule = ChannelRule("webhook", wallet_ids=tuple(WalletId(one) for one in wallet_ids))
        return chat.database.write(
            lambda tx: tx.channels.set_rule(rule, expected=first), tenant=ACME
        )

    await chat.database.write(
        lambda tx: tx.channels.set_rule(first, expected=ChannelRule("webhook")), tenant=ACME
    )
    chosen = [("data",), ("support",), ("launch",), ("data", "support"), ()]
    assert sum(await asyncio.gather(*(choose(*ids) for ids in chosen))) == 1
    assert not await choose("brand")


async def test_a_test_says_that_it_was_taken(chat: Chat) -> None:
    heard = await listen(chat)
    assert "on its way to PagerDuty" in await chat.say("elena", "test channel pagerduty")
    await chat.app.settled()
    assert "The test was taken by PagerDuty" in chat.told("elena")
    steps = [(channel, x.event, x.type, x.severity) for channel, x in heard]
    assert steps == [
        ("pagerduty", "trigger", "test", "info"),
        ("pagerduty", "resolve", "test", "info"),
    ]
    assert "A test of Bursar's alerts by Elena Vega" in heard[0][1].summary


@pytest.mark.parametrize(
    ("why", "says"), [("address", "public https address"), ("refused", "its keys under [webhook]")]
)
async def test_a_test_that_fails_says_what_to_do(chat: Chat, why: str, says: str) -> None:
    async def send(item: OutboxItem) -> str:
        raise Undeliverable(why)

    chat.app.add_channel("webhook", send)
    await chat.say("elena", "test channel webhook")
    await chat.app.settled()
    assert says in chat.told("elena")
    assert "again" not in chat.told("elena")


async def test_a_test_that_is_tried_again_says_so_once_and_then_how_it_ended(chat: Chat) -> None:
    tries = 0

    async def send(item: OutboxItem) -> str:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise NotSent("down", retry_after_s=1)
        return parse_event(item.message.text).key

    chat.app.add_channel("webhook", send)
    await chat.say("elena", "/test_channel webhook")
    for _ in range(3):
        chat.clock.advance(timedelta(minutes=1))
        await chat.app.take_over()
        await chat.app.settled()
    told = [item.message.text for to, item in chat.sent if to == "elena"]
    assert [text for text in told if "I try again" in text] != []
    assert len([text for text in told if "I try again" in text]) == 1
    assert "taken by webhook" in told[-1]


async def test_in_spanish(chat: Chat) -> None:
    await chat.database.write(
        lambda tx: tx.people.give(PrincipalId("carla"), "admin", None), tenant=ACME
    )
    assert "· webhook: todas." in await chat.say("carla", "canales")
    await chat.say("carla", "envía a pagerduty solo alertas desde el 95 %")
    assert "desde el 95 % de un límite" in await chat.say("carla", "sí")
    card = await chat.say("carla", "envía a webhook solo las alertas de diseño y datos")
    assert "todas las carteras -> Data, Design" in card
    assert "las alertas de Data y Design, con lo que hay debajo" in await chat.say("carla", "sí")
    assert "· webhook: las de Data y Design" in await chat.say("carla", "canales")
    await chat.say("carla", "envía a webhook las alertas de todas las carteras")
    assert "van todas las alertas" in await chat.say("carla", "sí")
    await chat.say("carla", "pausa el canal pagerduty")
    assert "no va nada nuevo" in await chat.say("carla", "sí")
    assert "Va una prueba a webhook." in await chat.say("carla", "prueba el canal webhook")
