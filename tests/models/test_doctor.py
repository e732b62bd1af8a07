"""`bursar doctor` asks each provider that is in use, and says what to do about each fault."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.ids import PrincipalId
from bot.operations.doctor import Colour, Finding
from bot.operations.doctor_models import check_models
from bot.routing.providers import Provider
from bot.settings.model import Settings, load_settings
from storage.engine import open_database
from tests.models import faults
from tests.models.conftest import KINDS, address
from tests.models.replies import Api, Reply
from tests.models.server import KEY, ModelServer
from tests.turns.chat import ACME, make_company


@pytest.fixture
def settings(sqlite_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("HOUSE_API_KEY", KEY)
    return load_settings(
        database={"url": f"sqlite:///{sqlite_path}"}, models={"hosts": ["127.0.0.1"]}
    )


async def look(settings: Settings, clock: ManualClock, *providers: Provider) -> list[Finding]:
    """Have a company with these providers looked at."""
    url = settings.database.url.get_secret_value()
    database = await open_database(url, clock)
    try:
        await database.write(make_company, tenant=ACME)
        for one in providers:
            await database.write(lambda tx, one=one: tx.providers.add(one), tenant=ACME)  # type: ignore[misc]  # bound now
    finally:
        await database.close()
    # The command has no loop of its own running.
    return await asyncio.to_thread(lambda: list(check_models(settings, clock)))


def house(root: str, api: Api, *, key_ref: str = "env:HOUSE_API_KEY") -> Provider:
    return Provider("house", KINDS[api], ("small",), address(root, api), key_ref)


async def test_a_provider_that_answers_is_green_and_asked_once(
    api: Api, server: ModelServer, settings: Settings, clock: ManualClock
) -> None:
    server.say(Reply("yes"))
    off = Provider("off", "openai", ("large",), is_disabled=True)
    (finding,) = await look(settings, clock, house(server.root, api), off)
    assert finding.colour is Colour.green
    assert "provider house of Acme acme" in finding.check
    assert [call.body["model"] for call in server.calls] == ["small"]


async def test_a_pause_is_said(settings: Settings, clock: ManualClock) -> None:
    url = settings.database.url.get_secret_value()
    database = await open_database(url, clock)
    await database.write(make_company, tenant=ACME)
    await database.write(lambda tx: tx.policy.pause(PrincipalId("elena")), tenant=ACME)
    await database.close()
    (finding,) = await asyncio.to_thread(lambda: list(check_models(settings, clock)))
    assert finding.colour is Colour.yellow
    assert "paused by Elena Vega since 2026-11-18" in finding.what
    assert "resume models" in finding.remedy


@pytest.mark.parametrize(
    ("fault", "colour", "what", "remedy"),
    [
        (faults.status(401), Colour.red, "does not take the key", "env:HOUSE_API_KEY"),
        (faults.status(402), Colour.red, "spending limit", "add credit"),
        (
            faults.status(429, headers={"retry-after": "5"}),
            Colour.yellow,
            "no more calls",
            "in a minute",
        ),
        (faults.status(500), Colour.red, "fault of its own", "status page"),
        (faults.status(404), Colour.red, "does not know the model small", "right address"),
        (faults.status(400), Colour.red, "does not take a plain question", "one for text"),
    ],
)
async def test_each_fault_has_its_remedy(
    api: Api,
    server: ModelServer,
    settings: Settings,
    clock: ManualClock,
    fault: faults.Fault,
    colour: Colour,
    what: str,
    remedy: str,
) -> None:
    server.say(fault)
    (finding,) = await look(settings, clock, house(server.root, api))
    assert finding.colour is colour, finding
    assert what in finding.what
    assert remedy in finding.remedy
    assert KEY not in str(finding)


async def test_what_cannot_be_called_is_red_without_a_call(
    server: ModelServer, settings: Settings, clock: ManualClock
) -> None:
    keyless = house(server.root, "chat", key_ref="env:ABSENT_API_KEY")
    away = Provider("away", "compatible", ("small",), "https://evil.example/v1")
    nobody = Provider("nobody", "compatible", ("small",), "http://127.0.0.1:1/v1")
    outside, missing, dead = await look(settings, clock, keyless, away, nobody)
    assert "has no key at env:ABSENT_API_KEY" in missing.what
    assert "set it where Bursar is started" in missing.remedy
    assert "host that is not allowed" in outside.what
    assert "models.hosts" in outside.remedy
    assert "cannot be reached" in dead.what
    assert {x.colour for x in (missing, outside, dead)} == {Colour.red}
    assert server.calls == []


async def test_a_company_without_a_provider_has_no_finding(
    settings: Settings, clock: ManualClock
) -> None:
    assert await look(settings, clock) == []
