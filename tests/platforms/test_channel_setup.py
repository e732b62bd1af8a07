"""Channels as an operator configures them: half, wrong, looked at, and tried."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.channels.building import build_channels
from bot.alerts.channels import ChannelOwners
from bot.clock import ManualClock
from bot.errors.kinds import SettingsError
from bot.ids import TenantId
from bot.operations.channels import check_channels, check_owners, try_channels
from bot.operations.doctor import Colour
from bot.settings.model import Settings, load_settings
from storage.database import Database
from tests.ledgers import found_company
from tests.platforms.channel_servers import Hooks, Mailbox, Trust, make_trust


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    return make_trust(tmp_path)


def mail(port: int, **more: object) -> dict[str, object]:
    return {
        "host": "localhost",
        "port": port,
        "security": "none",
        "sender": "bursar@acme.example",
        "to": ["ops@acme.example"],
        **more,
    }


def hook(url: str) -> dict[str, object]:
    return {"url": url, "secret": "s" * 32, "private_hosts": ["localhost"]}


def test_nothing_is_configured_by_itself(clock: ManualClock) -> None:
    settings = load_settings()
    assert settings.channels == {}
    assert build_channels(settings, clock) == []


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        (load_settings(email={"host": "mail.example"}), "email.sender"),
        (load_settings(webhook={"url": "https://hooks.example/"}), "webhook.secret"),
        (
            load_settings(webhook={"url": "http://hooks.example/", "secret": "s" * 32}),
            "webhook.url",
        ),
        (load_settings(webhook={"url": "https://127.1/", "secret": "s" * 32}), "webhook.url"),
        (
            load_settings(pagerduty={"routing_key": "R" * 32, "url": "http://x.example/"}),
            "pagerduty.url",
        ),
    ],
)
def test_what_is_configured_half_says_so(settings: Settings, key: str, clock: ManualClock) -> None:
    with pytest.raises(SettingsError) as raised:
        build_channels(settings, clock)
    assert raised.value.facts["key"] == key
    (finding,) = check_channels(settings, clock)
    assert finding.colour is Colour.red
    assert finding.remedy


async def test_the_doctor_looks_and_sends_nothing(trust: Trust, clock: ManualClock) -> None:
    async with Mailbox(trust).running() as box, Hooks(trust).running() as hooks:
        settings = load_settings(email=mail(box.port), webhook=hook(hooks.url))
        found = await asyncio.to_thread(lambda: list(check_channels(settings, clock)))
    assert [(one.check, one.colour) for one in found] == [
        ("channel email", Colour.green),
        ("channel webhook", Colour.green),
    ]
    assert box.mails == []
    assert hooks.posts == []


async def test_the_doctor_says_what_is_denied_and_what_does_not_answer(
    trust: Trust, clock: ManualClock
) -> None:
    async with Mailbox(trust, fault=("EHLO", "")).running() as box:
        webhook = {"url": "https://localhost/", "secret": "s" * 32}
        settings = load_settings(email=mail(box.port), webhook=webhook)
        found = await asyncio.to_thread(lambda: list(check_channels(settings, clock)))
    assert {one.colour for one in found} == {Colour.red}
    assert "denied" in found[1].what


async def test_a_try_goes_through_every_channel(trust: Trust, clock: ManualClock) -> None:
    told: list[str] = []
    async with Mailbox(trust).running() as box, Hooks(trust).running() as hooks:
        settings = load_settings(email=mail(box.port), webhook=hook(hooks.url))
        # Nobody trusts the server's certificate here, so that the webhook is not taken.
        is_taken = await asyncio.to_thread(try_channels, settings, told.append, clock)
    assert not is_taken
    assert told[0] == "ok       email: taken"
    assert told[1].startswith("FAILED   webhook: not_sent")
    assert [line for one in box.mails for line in one.splitlines() if "Subject" in line] == [
        "Subject: [trigger] A test of Bursar's alerts: nothing is wrong.",
        "Subject: [resolve] A test of Bursar's alerts: nothing is wrong.",
    ]


def test_without_a_channel_a_try_says_where_they_are_set(clock: ManualClock) -> None:
    told: list[str] = []
    assert try_channels(load_settings(), told.append, clock)
    assert "[webhook]" in told[0]


async def test_the_doctor_says_whose_a_channel_is_where_it_is_not_clear(
    database: Database,
) -> None:
    for tenant in ("acme", "globex"):
        await database.write(lambda tx, name=tenant: found_company(tx, tenant=TenantId(name)))  # type: ignore[misc]  # bound now
    owners: ChannelOwners = {"email": "", "webhook": "globex Inc.", "pagerduty": "Globex"}
    found = await database.read(lambda tx: check_owners(tx, owners))
    assert [(one.check, one.colour) for one in found] == [
        ("owner of channel email", Colour.yellow),
        ("owner of channel pagerduty", Colour.red),
    ]
    assert "only what is acme Inc.'s" in found[0].what
    assert "acme Inc., globex Inc." in found[1].remedy


def test_a_channel_belongs_to_the_company_that_the_settings_name() -> None:
    settings = load_settings(
        email={"host": "mail.example", "company": "Globex"},
        pagerduty={"routing_key": "R" * 32},
    )
    assert settings.channels == {"email": "Globex", "pagerduty": ""}
