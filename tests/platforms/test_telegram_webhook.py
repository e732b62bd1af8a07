"""The webhook: kept before it is answered, and nothing else gets through."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.telegram.connection import Telegram
from adapters.telegram.webhook import MOST_BYTES, MOST_REPEATS
from bot.clock import ManualClock
from bot.errors.kinds import SettingsError
from bot.errors.storage import StorageBusy
from bot.gateway.application import build_application
from bot.gateway.metrics import Metrics
from bot.leases import DatabaseLease
from storage.database import Database
from tests.gateway.test_application import Scripted
from tests.platforms.telegram_chat import IDS, TelegramChat, settings_for, telegram_chat, texts
from tests.platforms.telegram_server import TelegramServer

SECRET = "webhook-secret-0123456789"  # noqa: S105  # of no real bot
URL = "https://bursar.example/telegram/webhook"
WEBHOOK = {"mode": "webhook", "webhook_url": URL, "webhook_secret": SECRET}
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}


@dataclass
class Called:
    """The running bot and whoever calls its webhook."""

    chat: TelegramChat
    client: TestClient[web.Request, web.Application]

    async def post(self, body: object, **headers: str | None) -> int:
        """Call the webhook; return the status."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        sent = {key: text for key, text in {**HEADERS, **given}.items() if text is not None}
        response = await self.client.post("/telegram/webhook", data=data, headers=sent)
        assert b"canary" not in await response.read()
        return response.status

    def update(self, text: str = "balance", **more: Any) -> dict[str, Any]:
        number = self.chat.server._next_update
        self.chat.server._next_update += 1
        return {"update_id": number, "message": self.chat.message("ana", text), **more}


@pytest.fixture
async def called(
    sqlite_database: Database, clock: ManualClock, telegram_server: TelegramServer
) -> AsyncIterator[Called]:
    async with telegram_chat(sqlite_database, clock, telegram_server, **WEBHOOK) as chat:
        application = build_application(
            Scripted(),
            Metrics(),
            max_body_bytes=512 << 10,
            body_s=5,
            platforms=chat.telegram.routes(),
        )
        async with TestClient(TestServer(application)) as client:
            yield Called(chat, client)


async def inbox_of(called: Called) -> int:
    def count(tx: Any) -> int:  # Any: an open transaction
        from sqlalchemy import func, select

        from storage.statements import Statement
        from storage.tables.messages import inbox

        row = tx.connection.row(Statement(select(func.count()).select_from(inbox)))
        return int(row[0])

    return await called.chat.app.database.read(count)


async def test_it_says_how_it_wants_to_be_called(called: Called) -> None:
    webhook = called.chat.server.webhook
    assert webhook["url"] == URL
    assert webhook["secret_token"] == SECRET
    assert json.loads(webhook["allowed_updates"]) == ["message", "callback_query"]
    assert called.chat.server.called("getUpdates") == []


async def test_a_call_is_kept_then_answered_then_acted_on(called: Called) -> None:
    update = called.update()
    for _ in range(5):
        assert await called.post(update) == 200
    assert await inbox_of(called) == 1
    await called.chat.app.settled()
    assert "$500.00" in texts(called.chat.server.in_chat(IDS["ana"]))


async def test_a_button_is_pressed_over_the_webhook(called: Called) -> None:
    await called.post(called.update("ask for 200 more until the end of the month"))
    await called.chat.app.settled()
    (draft,) = called.chat.server.in_chat(IDS["ana"])
    callback = called.chat.callback("ana", draft, draft.button("No"))
    for _ in range(5):
        assert await called.post({"update_id": 1, "callback_query": callback}) == 200
    await called.chat.app.settled()
    await called.chat.server.until(lambda: len(called.chat.server.answered) == 5)
    assert draft.keyboard == []
    assert len(called.chat.server.in_chat(IDS["ana"])) == 2


async def test_what_could_not_be_kept_is_to_come_again(
    called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(_message: object) -> bool:
        raise StorageBusy("locked")

    update = called.update()
    with monkeypatch.context() as patched:
        patched.setattr(called.chat.app, "receive", refuse)
        assert await called.post(update) == 503
    assert await inbox_of(called) == 0
    assert await called.post(update) == 200
    assert await inbox_of(called) == 1


@pytest.mark.parametrize(
    "secret",
    [
        None,
        "",
        "wrong",
        SECRET[:-1],
        SECRET + "x",
        SECRET.upper(),
        f" {SECRET}x",
        "ñ" * 8,
        "x" * 5000,
    ],
)
async def test_without_the_secret_nothing_is_read(called: Called, secret: str | None) -> None:
    given = {"X_Telegram_Bot_Api_Secret_Token": secret}
    for body in (called.update(), b"canary{", b"[" * 5000):
        assert await called.post(body, **given) == 401
    assert await inbox_of(called) == 0


def junk() -> list[bytes]:
    """Return bodies that are no update, of many kinds."""
    good = {
        "update_id": 7,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 101, "type": "private"},
            "from": {"id": 101, "is_bot": False, "first_name": "canary"},
            "text": "ask for 100",
        },
    }
    callback = {
        "update_id": 7,
        "callback_query": {
            "id": "5",
            "from": {"id": 101, "is_bot": False, "first_name": "canary"},
            "message": good["message"],
            "data": "p:" + "A" * 22,
        },
    }
    bodies: list[bytes] = [
        b"", b" ", b"canary", b"null", b"true", b"0", b'"canary"', b"[]", b"[{}]", b"{", b"}",
        b"{]", b"{}", b'{"update_id":}', b'{"update_id":1,}', b"{'update_id':1}",
        b'{"update_id":1}}',
        b"\xff\xfe{}", b'{"update_id":"\xff"}', b"\x00", b'{"update_id":NaN}',
        b'{"update_id":Infinity}', b'{"update_id":-Infinity}', b'{"update_id":1e309}',
        b'{"update_id":1.5}', b'{"update_id":-1}', b'{"update_id":"1"}', b'{"update_id":null}',
        b'{"update_id":true}', b'{"update_id":[]}', b'{"update_id":{}}',
        b'{"update_id":1,"update_id":2}', b'{"update_id":99999999999999999999999}',
        b'{"update_id":' + b"9" * 5000 + b"}",
        b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"[" * 100_000, b'{"update_id":1,"message":' + b"[" * 60_000,
        b'{"update_id":1} {"update_id":2}', b'{"update_id":1}\x00', b"{\x00}",
        b"update_id=1&message=canary", b"<update><id>1</id></update>",
    ]  # fmt: skip
    wrong: tuple[object, ...] = (None, True, 0, 1.5, "canary", [], [1], {"a": 1}, -1, 1 << 70)
    places = [
        ("message",), ("message", "message_id"), ("message", "date"), ("message", "chat"),
        ("message", "chat", "id"), ("message", "chat", "type"), ("message", "from"),
        ("message", "from", "id"), ("message", "from", "is_bot"), ("message", "text"),
    ]  # fmt: skip
    for base, found in ((good, places), (callback, [("callback_query", *x) for x in places[:-1]])):
        for place in [*found, ("callback_query", "id"), ("callback_query", "data")]:
            bodies += [body for value in wrong if (body := _with(base, place, value)) is not None]
    return bodies


# What the types allow, or what stands for "nothing there": these are read, and say nothing.
HARMLESS = (
    (None, "message"),
    (None, "from"),
)


def _with(base: dict[str, Any], place: tuple[str, ...], value: object) -> bytes | None:
    changed = json.loads(json.dumps(base))
    inner = changed
    for name in place[:-1]:
        inner = inner.get(name, {})
    if place[-1] not in inner:
        return None
    was = inner[place[-1]]
    if place[-2:] == ("chat", "id") and value == -1:
        # A group's.
        return None
    is_allowed = type(value) is type(was) and not (
        isinstance(value, dict) or place[-1] == "type" or (isinstance(value, int) and value >> 62)
    )
    if is_allowed or (value, place[-1]) in HARMLESS:
        return None
    inner[place[-1]] = value
    return json.dumps(changed).encode()


async def test_malformed_calls_are_refused_and_change_nothing(called: Called) -> None:
    bodies = junk()
    assert len(bodies) > 130
    for body in bodies:
        status = await called.post(body)
        assert status == 400, body[:200]
    assert await called.post(b"x" * (MOST_BYTES + 1)) == 413
    assert await called.post(b"x" * (600 << 10)) == 413
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ):
        assert await called.post(called.update(), Content_Type=kind) == 415
    packed = gzip.compress(json.dumps(called.update()).encode())
    assert await called.post(packed, Content_Encoding="gzip") == 415
    assert (await called.client.get("/telegram/webhook", headers=HEADERS)).status == 405
    assert await inbox_of(called) == 0
    assert called.chat.server.messages == []
    assert await called.post(called.update()) == 200


async def test_what_cannot_be_read_is_not_repeated_for_ever(called: Called) -> None:
    statuses = [await called.post(b'{"update_id": "odd"}') for _ in range(MOST_REPEATS)]
    assert statuses == [*[400] * (MOST_REPEATS - 1), 200]
    assert await inbox_of(called) == 0


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({**WEBHOOK, "webhook_secret": ""}, "telegram.webhook_secret"),
        ({**WEBHOOK, "webhook_secret": "short"}, "telegram.webhook_secret"),
        ({**WEBHOOK, "webhook_secret": "spaces are not allowed"}, "telegram.webhook_secret"),
        ({**WEBHOOK, "webhook_url": ""}, "telegram.webhook_url"),
        ({**WEBHOOK, "webhook_url": URL.replace("https", "http")}, "telegram.webhook_url"),
        ({**WEBHOOK, "webhook_url": "https://bursar.example/"}, "telegram.webhook_url"),
        ({"token": "canary"}, "telegram.token"),
    ],
)
async def test_half_a_configuration_is_refused(
    sqlite_database: Database,
    clock: ManualClock,
    telegram_server: TelegramServer,
    values: dict[str, Any],
    key: str,
) -> None:
    settings = settings_for(telegram_server, **values)
    with pytest.raises(SettingsError) as error:
        Telegram(settings, None, clock, DatabaseLease(sqlite_database, "x"))  # type: ignore[arg-type]  # never asked
    assert error.value.facts["key"] == key
    assert "canary" not in str(error.value)
