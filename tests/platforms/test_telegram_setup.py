"""`bursar init telegram` and what `bursar doctor` says of Telegram."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.typing import EventDict

from bot.app import open_app
from bot.cli import commands
from bot.clock import ManualClock, SystemClock
from bot.connect import build_platforms, open_platforms
from bot.errors.kinds import InvalidInput, SettingsError, Unavailable
from bot.ids import PrincipalId
from bot.leases import LIFE
from bot.operations.doctor import Finding
from bot.operations.doctor_telegram import check_telegram
from bot.operations.init_telegram import init_telegram
from bot.operations.serve import run_until
from bot.running import App
from bot.settings.model import Settings, load_settings
from storage.database import Database
from storage.engine import open_database
from tests.platforms.telegram_chat import TelegramChat, link_people, running_telegram
from tests.platforms.telegram_server import TOKEN, USERNAME, Fault, TelegramServer
from tests.servers import PostgresServer
from tests.turns.chat import ACME, limits, make_company

URL = "https://bursar.example/telegram/webhook"
SECRET = "webhook-secret-0123456789"  # noqa: S105  # of no real bot


def settings_of(server: TelegramServer, path: Path, **values: object) -> Settings:
    telegram = {"token": TOKEN, "api_base_url": server.url, "file_base_url": server.url, **values}
    return load_settings(telegram=telegram, database={"url": f"sqlite:///{path}"})


@pytest.fixture
async def company(sqlite_path: Path, clock: ManualClock) -> Path:
    database = await open_database(f"sqlite:///{sqlite_path}", clock)
    await database.write(make_company, tenant=ACME)
    await database.close()
    return sqlite_path


async def introduce(settings: Settings, clock: ManualClock, typed: str = "") -> str:
    told: list[str] = []
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return typed

    await asyncio.to_thread(init_telegram, settings, clock, ask, told.append)
    assert bool(asked) == bool(typed)
    return "\n".join(told)


async def test_the_owner_gets_a_link_that_works_once(
    company: Path, clock: ManualClock, telegram_server: TelegramServer
) -> None:
    told = await introduce(settings_of(telegram_server, company), clock)
    assert f"@{USERNAME}" in told
    assert TOKEN not in told
    head = f"https://t.me/{USERNAME}?start="
    token = told.partition(head)[2].split("\n")[0]
    assert len(token) == 43
    assert "█" in told
    assert len(telegram_server.commands) == 4
    database = await open_database(f"sqlite:///{company}", clock)
    for is_first in (True, False):
        link = await database.write(
            lambda tx: tx.links.redeem(token, "telegram", "4242", "104", "Elena")
        )
        assert (link is not None) is is_first
        if link is not None:
            assert link.person_id == PrincipalId("elena")
    await database.close()


async def test_a_typed_token_is_checked_and_never_shown(
    company: Path, clock: ManualClock, telegram_server: TelegramServer
) -> None:
    settings = settings_of(telegram_server, company, token="")
    told = await introduce(settings, clock, typed=f" {TOKEN}\n")
    assert "BURSAR_TELEGRAM__TOKEN" in told
    assert TOKEN not in told
    for wrong in ("canary", TOKEN[:-3] + "xyz"):
        with pytest.raises(SettingsError) as error:
            await introduce(settings, clock, typed=wrong)
        assert "canary" not in str(error.value)
        assert "@BotFather" in str(error.value)


async def test_without_telegram_or_a_company_it_says_so(
    sqlite_path: Path, clock: ManualClock, telegram_server: TelegramServer
) -> None:
    settings = settings_of(telegram_server, sqlite_path)
    with pytest.raises(InvalidInput, match="no company"):
        await introduce(settings, clock)
    telegram_server.script("getMe", Fault(resets=True))
    with pytest.raises(Unavailable):
        await introduce(settings, clock)


async def test_menus_are_shown_by_scope_and_language(telegram: TelegramChat) -> None:
    commands = telegram.server.commands
    assert {scope for scope, _ in commands} == {"all_private_chats", "all_group_chats"}
    names = [entry["command"] for entry in commands["all_private_chats", "es"]]
    assert names[0] == "saldo"
    assert len(names) == 10


async def test_the_commands_speak_to_telegram(
    company: Path,
    telegram_server: TelegramServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BURSAR_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("BURSAR_TELEGRAM__API_BASE_URL", telegram_server.url)
    monkeypatch.setenv("BURSAR_DATABASE__URL", f"sqlite:///{company}")
    assert await asyncio.to_thread(commands.run, ["init", "telegram"]) == 0
    assert f"https://t.me/{USERNAME}?start=" in capsys.readouterr().out
    await asyncio.to_thread(commands.run, ["doctor"])
    assert f"Telegram token: @{USERNAME}" in capsys.readouterr().out


# Doctor


async def examine(
    server: TelegramServer, clock: Any, **values: object
) -> dict[str, Finding]:  # Any: either clock
    settings = settings_of(server, Path("unused.db"), **values)
    found = await asyncio.to_thread(lambda: list(check_telegram(settings, clock)))
    assert all(bool(one.remedy) == (one.colour.value == "FAILED") for one in found)
    assert all(TOKEN not in str(one) for one in found)
    return {one.check.removeprefix("Telegram "): one for one in found}


async def test_a_bot_that_works_is_sound(telegram_server: TelegramServer) -> None:
    found = await examine(telegram_server, SystemClock())
    assert set(found) == {"token", "clock", "webhook"}
    assert all(not one.remedy for one in found.values())
    telegram_server.webhook = {"url": URL}
    mode = {"mode": "webhook", "webhook_url": URL, "webhook_secret": SECRET}
    found = await examine(telegram_server, SystemClock(), **mode)
    assert not found["webhook"].remedy


async def test_each_failure_has_its_remedy(
    telegram_server: TelegramServer, clock: ManualClock
) -> None:
    # The clock of the tests is of another year than the server's.
    assert "NTP" in (await examine(telegram_server, clock))["clock"].remedy
    telegram_server.webhook = {"url": URL}
    assert "takes it away" in (await examine(telegram_server, clock))["webhook"].remedy
    mode = {"mode": "webhook", "webhook_url": URL, "webhook_secret": SECRET}
    now = int((clock.now() - timedelta(minutes=5)).timestamp())
    telegram_server.webhook = {
        "url": URL + "/other",
        "last_error_date": now,
        "last_error_message": "Wrong response from the webhook: 502 Bad Gateway",
    }
    for _ in range(101):
        telegram_server.push(message={})
    found = await examine(telegram_server, clock, **mode)
    assert "bursar serve" in found["webhook"].remedy
    assert "502" in found["calls"].what
    assert "443" in found["calls"].remedy
    assert "101" in found["waiting"].what
    telegram_server.webhook["last_error_date"] = now - 7200
    assert "calls" not in await examine(telegram_server, clock, **mode)


async def test_a_token_that_is_wrong_is_told_from_a_network_that_is_away(
    telegram_server: TelegramServer, clock: ManualClock
) -> None:
    found = await examine(telegram_server, clock, token=TOKEN[:-3] + "xyz")
    assert "@BotFather" in found["token"].remedy
    found = await examine(telegram_server, clock, token="canary")  # noqa: S106  # of no bot
    assert "@BotFather" in found["settings"].remedy
    assert "canary" not in str(found["settings"])
    found = await examine(telegram_server, clock, api_base_url="http://127.0.0.1:9/bot")
    assert "api_base_url" in found["token"].remedy


# One of several processes


async def test_of_two_processes_one_polls_and_the_other_takes_over(
    postgres: PostgresServer,
    clock: ManualClock,
    telegram_server: TelegramServer,
    logged: list[EventDict],
) -> None:
    # A second process on an SQLite file is refused.
    url = postgres.create_database()
    first: Database = await open_database(url, clock)
    second: Database = await open_database(url, clock)
    await first.write(link_people, tenant=ACME)
    is_time = asyncio.Event()

    async def wait(_seconds: float) -> None:
        await is_time.wait()

    async with AsyncExitStack() as ending:
        running = running_telegram(first, clock, telegram_server)
        polling = await ending.enter_async_context(running)
        await polling.say("ana", "balance")
        async with running_telegram(second, clock, telegram_server, wait=wait) as waiting:
            assert len(await polling.say("ana", "balance")) == 1
            await ending.aclose()
            is_time.set()
            clock.advance(timedelta(seconds=2))
            assert len(await waiting.say("ana", "balance")) == 1
            assert await waiting.telegram.find_faults() == []
    # Nobody was thrown out: that would have been answered with 409, and waited for.
    assert all(line["event"] != "another program polls with the token" for line in logged)
    await first.close()
    await second.close()


async def test_serve_runs_what_is_configured_and_stops_in_order(
    company: Path, tmp_path: Path, clock: ManualClock, telegram_server: TelegramServer
) -> None:
    settings = load_settings(
        telegram={"token": TOKEN, "api_base_url": telegram_server.url},
        database={"url": f"sqlite:///{company}"},
        server={"port": 0},
        audit={"anchor_file": tmp_path / "anchor.jsonl"},
    )
    stop = asyncio.Event()
    serving = asyncio.ensure_future(run_until(stop, settings, open_app, open_platforms, clock))
    number = telegram_server.push(message={"message_id": 1})
    await telegram_server.until(lambda: telegram_server.confirmed == number)
    stop.set()
    await serving
    # What it polled with is free for the next one.
    database = await open_database(f"sqlite:///{company}", clock)
    name = f"telegram:{TOKEN.partition(':')[0]}"
    assert await database.write(lambda tx: tx.leases.take(name, "next", LIFE)) is not None
    await database.close()


async def test_without_a_token_there_is_no_telegram(
    sqlite_database: Database, clock: ManualClock
) -> None:
    app = App(sqlite_database, clock, limits())
    assert build_platforms(load_settings(), app, clock) == []


async def test_no_secret_and_nothing_that_was_said_is_logged(
    telegram: TelegramChat, logged: list[EventDict], caplog: pytest.LogCaptureFixture
) -> None:
    telegram.server.script("sendMessage", Fault(400, "Bad Request: can't parse entities"))
    telegram.server.script("getUpdates", Fault(502, body=b"canary"))
    await telegram.say("ana", "balance canary")
    whole = f"{logged} {caplog.text}"
    assert logged
    assert TOKEN.partition(":")[2] not in whole
    assert "canary" not in whole
