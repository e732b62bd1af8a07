"""Setting Teams up: the package, the checks, and what is refused at the start."""

from __future__ import annotations

import asyncio
import io
import json
import struct
import zipfile
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.teams.building import build_teams
from adapters.teams.checks import check_teams
from adapters.teams.package import AppFacts, build_package, manifest
from bot.clock import Clock, ManualClock, SystemClock
from bot.connect import build_platforms
from bot.errors.kinds import InvalidInput, SettingsError
from bot.operations.doctor import Colour, check_platforms
from bot.operations.teams_setup import package_of, set_up_teams
from bot.running import App
from bot.settings.model import Settings, load_settings
from intents.commands.aliases import ALIASES
from storage.database import Database
from tests.platforms.no_turns import NoTurns
from tests.platforms.teams_server import APP_ID, SECRET, TENANT, FakeTeams
from tests.turns.chat import limits


def build(clock: Clock, host: str = "127.0.0.1", **teams: object) -> None:
    settings = load_settings(teams=teams, server={"host": host})
    build_teams(settings.teams, settings.server, NoTurns(), clock)


GOOD = {"app_id": APP_ID, "app_password": SECRET, "login_tenant": TENANT}


@pytest.mark.parametrize(
    ("teams", "host", "key"),
    [
        ({"app_id": APP_ID, "login_tenant": TENANT}, "127.0.0.1", "teams.app_password"),
        ({"app_password": SECRET, "login_tenant": TENANT}, "127.0.0.1", "teams.app_id"),
        ({}, "127.0.0.1", "teams.app_id"),
        ({"anonymous": True}, "0.0.0.0", "teams.anonymous"),  # noqa: S104  # refused
        ({"anonymous": True}, "::", "teams.anonymous"),
        ({"anonymous": True}, "192.168.1.5", "teams.anonymous"),
        ({"anonymous": True}, "bursar.example.com", "teams.anonymous"),
        ({**GOOD, "anonymous": True}, "127.0.0.1", "teams.anonymous"),
        ({**GOOD, "login_tenant": "botframework.com"}, "0.0.0.0", "teams.allowed_tenants"),  # noqa: S104  # refused
        ({**GOOD, "login_url": "http://login.example"}, "127.0.0.1", "teams.login_url"),
        ({**GOOD, "openid_metadata_url": "x"}, "127.0.0.1", "teams.openid_metadata_url"),
    ],
)
def test_it_does_not_start_half_set_or_open_to_anybody(
    clock: ManualClock, teams: dict[str, object], host: str, key: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        build(clock, host, **teams)
    assert raised.value.facts["key"] == key
    assert raised.value.facts["remedy"]
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_without_tokens_it_runs_on_this_machine_only(clock: ManualClock, host: str) -> None:
    build(clock, host, anonymous=True)


def test_with_credentials_it_runs_anywhere(clock: ManualClock) -> None:
    build(clock, "0.0.0.0", **GOOD)  # noqa: S104  # every call is checked


def files_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_package_holds_what_teams_wants() -> None:
    package = build_package(AppFacts(APP_ID, website="https://acme.example/bursar"))
    assert package == build_package(AppFacts(APP_ID, website="https://acme.example/bursar"))
    files = files_of(package)
    assert set(files) == {"manifest.json", "es.json", "color.png", "outline.png"}
    written = json.loads(files["manifest.json"])
    (bot,) = written["bots"]
    assert bot["botId"] == written["id"] == APP_ID
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert written["icons"] == {"color": "color.png", "outline": "outline.png"}
    assert len(written["name"]["short"]) <= 30
    assert len(written["description"]["short"]) <= 80
    spanish = json.loads(files["es.json"])
    assert len(spanish["description.short"]) <= 80
    (listed,) = bot["commandLists"]
    assert len(listed["commands"]) <= 10
    for index, command in enumerate(listed["commands"]):
        path = f"bots[0].commandLists[0].commands[{index}]"
        for title in (command["title"], spanish[f"{path}.title"]):
            # What the menu writes into the message is a command.
            assert title in ALIASES or title == "undo"
            assert len(title) <= 32
        assert len(command["description"]) <= 128
        assert spanish[f"{path}.description"] != command["description"]


@pytest.mark.parametrize(("name", "size"), [("color.png", 192), ("outline.png", 32)])
def test_the_icons_are_pictures_of_the_right_size(name: str, size: int) -> None:
    content = files_of(build_package(AppFacts(APP_ID)))[name]
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    at, data, kinds = 8, b"", []
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        (crc,) = struct.unpack(">I", content[at + 8 + length : at + 12 + length])
        assert crc == zlib.crc32(kind + body)
        kinds.append(kind)
        if kind == b"IHDR":
            assert struct.unpack(">IIBBBBB", body) == (size, size, 8, 6, 0, 0, 0)
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]
    rows = zlib.decompress(data)
    assert len(rows) == size * (4 * size + 1)
    pixels = [
        tuple(rows[y * (4 * size + 1) + 1 + 4 * x :][:4]) for y in range(size) for x in range(size)
    ]
    if name == "outline.png":
        # White on nothing.
        assert {pixel[:3] for pixel in pixels if pixel[3]} == {(255, 255, 255)}
        assert pixels[0][3] == 0
    else:
        assert all(pixel[3] == 255 for pixel in pixels)
        assert len(set(pixels)) > 2


@pytest.mark.parametrize("facts", [AppFacts("x"), AppFacts(APP_ID, website="http://a.example")])
def test_a_package_that_teams_would_refuse_is_not_made(facts: AppFacts) -> None:
    with pytest.raises(InvalidInput):
        build_package(facts)


def test_a_package_names_its_app(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="app_id"):
        package_of(load_settings(), tmp_path / "x.zip")
    assert "Upload" in package_of(load_settings(teams=GOOD), tmp_path / "x.zip")
    with pytest.raises(InvalidInput, match="cannot be written"):
        package_of(load_settings(teams=GOOD), tmp_path / "none" / "x.zip")
    assert manifest(AppFacts(APP_ID))["id"] == APP_ID


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    async with FakeTeams(SystemClock()).running() as running:
        yield running


def told(teams: FakeTeams, **more: object) -> Settings:
    return load_settings(teams=teams.settings(**more), server={"host": "0.0.0.0"})  # noqa: S104


async def test_the_doctor_finds_all_in_order(teams: FakeTeams) -> None:
    settings = told(teams)
    checks = await check_teams(settings.teams, settings.server, SystemClock())
    assert [check.what for check in checks] == [
        "credentials", "keys", "clock", "messaging endpoint",
    ]  # fmt: skip
    assert not any(check.remedy for check in checks)


async def test_each_fault_has_its_remedy(teams: FakeTeams) -> None:
    wrong = {"app_password": "another", "openid_metadata_url": f"{teams.url}/none"}
    settings = told(teams, **wrong)
    late = ManualClock(SystemClock().now() + timedelta(hours=1))
    checks = await check_teams(settings.teams, settings.server, late)
    found = {check.what: check for check in checks}
    assert all(found[what].remedy for what in ("credentials", "keys", "clock"))
    assert "another" not in str(checks)
    teams.endorsements = ["webchat"]
    settings = load_settings(teams=teams.settings())
    checks = await check_teams(settings.teams, settings.server, SystemClock())
    found = {check.what: check for check in checks}
    assert found["keys"].remedy
    # A proxy in front is as usual as a loopback address is.
    assert not found["messaging endpoint"].is_fault


async def test_what_is_out_of_reach_is_said(teams: FakeTeams) -> None:
    nowhere = "http://127.0.0.1:9"
    settings = told(teams, login_url=nowhere, openid_metadata_url=nowhere)
    checks = await check_teams(settings.teams, settings.server, SystemClock())
    assert [bool(check.remedy) for check in checks] == [True, True, False, False]


async def test_unsafe_settings_are_the_only_finding(teams: FakeTeams) -> None:
    settings = load_settings(teams={"app_id": APP_ID})
    (check,) = await check_teams(settings.teams, settings.server, SystemClock())
    assert check.remedy
    settings = load_settings(teams={"anonymous": True})
    (check,) = await check_teams(settings.teams, settings.server, SystemClock())
    assert not check.is_fault


async def test_init_asks_checks_and_builds_the_package(teams: FakeTeams, tmp_path: Path) -> None:
    lines: list[str] = []
    values = teams.settings()
    for name in ("app_id", "app_password", "login_tenant"):
        del values[name]
    settings = load_settings(teams=values)
    answers = {"App id": APP_ID, "Secret": SECRET, "Directory id": TENANT}

    def run(given: dict[str, str], out: Path) -> bool:
        lines.clear()
        return set_up_teams(settings, given.__getitem__, lines.append, out=out)

    package = tmp_path / "app.zip"
    assert await asyncio.to_thread(run, answers, package)
    assert package.exists()
    text = "\n".join(lines)
    assert f"BURSAR_TEAMS__APP_ID={APP_ID}" in text
    assert "/api/messages" in text
    assert SECRET not in text
    wrong = tmp_path / "wrong.zip"
    assert not await asyncio.to_thread(run, {**answers, "Secret": "x"}, wrong)
    assert not wrong.exists()
    assert "What to do" in "\n".join(lines)


def test_the_doctor_looks_at_teams_where_it_is_set(clock: ManualClock) -> None:
    assert not list(check_platforms(load_settings(), clock))
    (finding,) = check_platforms(load_settings(teams={"app_id": APP_ID}), clock)
    assert finding.colour is Colour.red
    assert "teams.app_password" in str(finding)
    (finding,) = check_platforms(load_settings(teams={"anonymous": True}), clock)
    assert finding.colour is Colour.yellow


async def test_serve_runs_teams_where_it_is_set(
    sqlite_database: Database, clock: ManualClock
) -> None:
    app = App(sqlite_database, clock, limits())
    settings = load_settings(teams=GOOD)
    assert [each.name for each in build_platforms(settings, app, clock)] == ["teams"]
    with pytest.raises(SettingsError):
        build_platforms(load_settings(teams={"app_password": SECRET}), app, clock)
