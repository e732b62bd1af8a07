"""The manifest, the setup and the doctor's questions."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.slack import manifest
from adapters.slack.api import SCOPES
from adapters.slack.checks import Check, list_checks
from adapters.slack.inbound import COMMANDS
from bot.cli import commands
from bot.clock import ManualClock, SystemClock
from bot.operations.slack_setup import set_up_slack
from bot.settings.platforms import SlackSettings
from tests.platforms.slack_company import slack_settings
from tests.platforms.slack_server import APP_TOKEN, BOT_TOKEN, SECRET, SlackServer, answers

FOLDER = Path(inspect.getfile(manifest)).parent


@pytest.fixture
async def server(clock: ManualClock) -> AsyncIterator[SlackServer]:
    async with SlackServer.running(clock) as server:
        yield server


def named_methods() -> set[str]:
    """Return the methods that code here names, those of the tables in `api.py` left out."""
    groups = "apps assistant auth channels chat conversations files reactions team users views"
    method = re.compile(rf"({'|'.join(groups.split())})(\.[a-zA-Z]+)+")
    found = set()
    for path in FOLDER.glob("*.py"):
        for part in ast.parse(path.read_text()).body:
            if isinstance(part, ast.Assign | ast.AnnAssign):
                continue
            texts = [one.value for one in ast.walk(part) if isinstance(one, ast.Constant)]
            found |= {one for one in texts if isinstance(one, str) and method.fullmatch(one)}
    return found


def test_the_scopes_are_those_of_what_is_called_and_no_other() -> None:
    assert named_methods() == set(SCOPES)
    assert manifest.bot_scopes() == [
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "im:history",
        "im:write",
    ]


def test_the_manifest_names_every_command_and_event_once() -> None:
    made = manifest.make_manifest()
    assert [one["command"] for one in made["features"]["slash_commands"]] == list(COMMANDS)
    assert made["oauth_config"]["scopes"]["bot"] == manifest.bot_scopes()
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"] == {"is_enabled": True}
    assert made["features"]["app_home"]["home_tab_enabled"] is True
    assert "agent_view" in made["features"]
    # Slack's limits on a manifest's texts.
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    for one in made["features"]["slash_commands"]:
        assert len(one["description"]) <= 2000
    assert len(made["features"]["agent_view"]["suggested_prompts"]) <= 4


def test_over_http_the_manifest_says_where() -> None:
    made = manifest.make_manifest("http", "https://bursar.example.org/")
    url = "https://bursar.example.org/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["interactivity"]["request_url"] == url
    assert made["settings"]["event_subscriptions"]["request_url"] == url
    assert {one["url"] for one in made["features"]["slash_commands"]} == {url}


def test_the_command_prints_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert commands.run(["slack-manifest"]) == 0
    assert json.loads(capsys.readouterr().out) == manifest.make_manifest()
    assert commands.run(["slack-manifest", "--url", "https://b.example.org"]) == 0
    over_http = manifest.make_manifest("http", "https://b.example.org")
    assert json.loads(capsys.readouterr().out) == over_http
    monkeypatch.setenv("BURSAR_SLACK__MODE", "http")
    assert commands.run(["slack-manifest"]) == 3
    assert "--url https://" in capsys.readouterr().err
    assert commands.run(["slack-manifest", "--url", "https://b.example.org"]) == 0


async def look(server: SlackServer, settings: SlackSettings | None = None) -> dict[str, Check]:
    settings = settings or slack_settings(server, "socket")
    return {check.name: check async for check in list_checks(settings, SystemClock())}


async def test_when_all_is_well_there_is_nothing_to_do(server: SlackServer) -> None:
    found = await look(server)
    assert set(found) == {"Slack bot token", "Slack scopes", "Slack clock", "Slack socket"}
    assert {check.remedy for check in found.values()} == {""}


@pytest.mark.parametrize(
    ("spoil", "name", "what", "remedy"),
    [
        (
            lambda server: server.faults["auth.test"].append(answers(200, "invalid_auth")),
            "Slack bot token",
            "invalid_auth",
            "slack.bot_token",
        ),
        (
            lambda server: server.faults["auth.test"].append(answers(200, "account_inactive")),
            "Slack bot token",
            "account_inactive",
            "install the app",
        ),
        (
            lambda server: server.faults["auth.test"].append(answers(500)),
            "Slack",
            "not reached",
            "slack.api_base_url",
        ),
        (
            lambda server: setattr(server, "scopes", "commands,im:history"),
            "Slack scopes",
            "assistant:write, channels:history, chat:write",
            "slack-manifest",
        ),
        (
            lambda server: server.faults["apps.connections.open"].append(
                answers(200, "not_allowed_token_type")
            ),
            "Slack socket",
            "not_allowed_token_type",
            "connections:write",
        ),
    ],
)
async def test_each_fault_has_its_remedy(
    server: SlackServer, spoil: Callable[[SlackServer], None], name: str, what: str, remedy: str
) -> None:
    spoil(server)
    found = (await look(server))[name]
    assert what in found.what
    assert remedy in found.remedy


async def test_a_clock_that_is_wrong_is_found(server: SlackServer) -> None:
    clock = ManualClock(datetime.now(UTC) + timedelta(minutes=4))  # noqa: TID251  # against the server's header
    settings = slack_settings(server, "socket")
    found = {check.name: check async for check in list_checks(settings, clock)}
    assert "NTP" in found["Slack clock"].remedy


async def test_over_http_the_signing_secret_is_looked_at(server: SlackServer) -> None:
    settings = slack_settings(server, "http")
    found = await look(server, settings)
    assert "hexadecimal" in found["Slack signing secret"].what
    good = SlackSettings.model_validate(
        {**dict(settings), "signing_secret": "0123456789abcdef" * 2}
    )
    assert (await look(server, good))["Slack signing secret"].remedy == ""


async def test_the_setup_asks_checks_and_shows_no_token(server: SlackServer) -> None:
    told: list[str] = []
    asked: list[str] = []
    tokens = {"slack.bot_token": f" {BOT_TOKEN}\n", "slack.app_token": APP_TOKEN}

    def ask(name: str) -> str:
        asked.append(name)
        return tokens[name]

    settings = SlackSettings(api_base_url=f"{server.base}/api")
    assert await asyncio.to_thread(set_up_slack, settings, ask, told.append)
    assert asked == ["slack.bot_token", "slack.app_token"]
    text = "\n".join(told)
    assert "bot_token_file" in text
    for secret in (BOT_TOKEN, APP_TOKEN, SECRET):
        assert secret not in text
    server.faults["auth.test"].append(answers(200, "invalid_auth"))
    told.clear()
    assert not await asyncio.to_thread(set_up_slack, settings, ask, told.append)
    assert "What to do" in "\n".join(told)
    assert "bot_token_file" not in "\n".join(told)


async def test_the_doctor_asks_too(
    server: SlackServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.operations.doctor import check_platforms
    from bot.settings.model import load_settings

    nothing = load_settings()
    assert list(check_platforms(nothing, SystemClock())) == []
    slack = slack_settings(server, "socket")
    configured = nothing.model_copy(update={"slack": slack})
    server.faults["auth.test"].append(answers(200, "invalid_auth"))
    findings = await asyncio.to_thread(lambda: list(check_platforms(configured, SystemClock())))
    assert [str(finding)[:6] for finding in findings] == ["FAILED", "ok    "]
