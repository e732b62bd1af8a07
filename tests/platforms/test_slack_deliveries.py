"""What Slack delivers more than once, late, forged or broken."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import random
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import structlog

from adapters.slack.signature import is_genuine, sign
from bot.clock import to_us
from storage.database import Database
from tests.conftest import START
from tests.platforms.slack_company import Company, company
from tests.platforms.slack_server import (
    SECRET,
    TEAM,
    Json,
    SteppingClock,
    answers,
    deliver_http,
)
from tests.turns.chat import ACME

NOW = str(to_us(START) // 1_000_000)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(START)


@pytest.fixture
async def over_http(sqlite_database: Database, clock: SteppingClock) -> AsyncIterator[Company]:
    async with company(sqlite_database, clock, mode="http") as made:
        yield made


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_every_delivery_five_times_and_shuffled_counts_once(
    database: Database, clock: SteppingClock, mode: str
) -> None:
    order = random.Random(7)
    is_http = mode == "http"
    async with company(database, clock, mode="http" if is_http else "socket") as slack:
        server = slack.server
        await slack.dm("ben", "hello")

        async def repeated(*deliveries: tuple[str, Json]) -> None:
            # Also the same envelope with `retry_attempt` 0, as it was seen to come back.
            several = [(one, attempt) for one in deliveries for attempt in (0, 0, 1, 2, 3)]
            order.shuffle(several)
            for (kind, payload), attempt in several:
                await slack.deliver(kind, payload, attempt=attempt)

        asked = server.says("ana", "ask for 200 more for design until the end of the month")
        event = server.event(asked)
        # A direct message that mentions the bot comes as two events with two ids.
        await repeated(
            ("events_api", event),
            ("events_api", {**event, "event_id": "Ev999999999"}),
            ("events_api", server.event(asked, "app_mention")),
        )
        assert len([one for one in server.seen_by("ana") if one.buttons()]) == 1
        await repeated(("interactive", server.press("ana", slack.card("ana", "Yes"), "Yes")))
        card = slack.card("ben", "Yes")
        await repeated(("interactive", server.press("ben", card, "Yes")))
        await repeated(("slash_commands", server.command("ana", "/ai-budget")))
        said = [message.shown for message in server.seen_by("ana")]
        assert len([text for text in said if "Ben Ortiz approved" in text]) == 1
        assert len([text for text in said if "has spent $0.00 of $700.00" in text]) == 1
        assert len([one for one in server.seen_by("ben") if "Approved" in one.shown]) == 2

        await slack.command("ana", "/ai-request")
        form = server.submit("ana", server.views[-1], amount="30", wallet="Design", reason="x")
        await repeated(("interactive", form))
        assert len([one for one in server.seen_by("ana") if one.buttons()]) == 1
        # The same ones a day later.
        clock.advance(timedelta(days=1))
        count = len(server.messages)
        await repeated(("events_api", event), ("interactive", form))
        assert len(server.messages) == count


async def test_what_was_meant_long_ago_moves_no_money(
    over_http: Company, clock: SteppingClock
) -> None:
    await over_http.dm("ana", "ask for 200 more for design until the end of the month")
    press = over_http.server.press("ana", over_http.card("ana", "Yes"), "Yes")
    clock.advance(timedelta(hours=2))
    await over_http.deliver("interactive", press)
    assert over_http.server.seen_by("ben") == []
    assert over_http.card("ana", "Yes").edits == 0


async def test_the_url_is_verified_inline(over_http: Company) -> None:
    assert over_http.http is not None
    status, answer = await deliver_http(
        over_http.http,
        over_http.clock,
        "events_api",
        {"type": "url_verification", "challenge": "abc123", "token": "x"},
    )
    assert (status, answer) == (200, {"challenge": "abc123"})


async def test_a_database_that_is_away_is_told_to_slack_and_nothing_is_lost(
    over_http: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.errors.storage import StorageBusy

    server, http = over_http.server, over_http.http
    assert http is not None
    event = server.event(server.says("ana", "balance"))
    real = over_http.app.database.write

    async def busy(*_given: object, **_more: object) -> object:
        raise StorageBusy("locked")

    monkeypatch.setattr(over_http.app.database, "write", busy)
    status, _ = await deliver_http(http, over_http.clock, "events_api", event)
    assert status == 503
    monkeypatch.setattr(over_http.app.database, "write", real)
    # Only the repeat is kept: it must not be dropped because it says that it is one.
    await over_http.deliver("events_api", event, attempt=1)
    assert len(server.seen_by("ana")) == 1


# Forged


def forged() -> Iterator[tuple[str, dict[str, str], bytes]]:
    """Yield what nobody but Slack may send: (what, headers, body)."""
    body = json.dumps({"type": "event_callback", "team_id": TEAM}).encode()
    good = sign(SECRET, NOW, body)

    def headers(timestamp: str | None, signature: str | None) -> dict[str, str]:
        found = {"Content-Type": "application/json"}
        if timestamp is not None:
            found["X-Slack-Request-Timestamp"] = timestamp
        if signature is not None:
            found["X-Slack-Signature"] = signature
        return found

    def signed(timestamp: str) -> str:
        base = b"v0:" + timestamp.encode("utf-8", "surrogateescape") + b":" + body
        return "v0=" + hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()

    yield "nothing", headers(None, None), body
    yield "no signature", headers(NOW, None), body
    yield "no timestamp", headers(None, good), body
    for gap in (-301, -3600, -86_400, 301, 3600, 10**6):
        timestamp = str(int(NOW) + gap)
        yield f"{gap} s", headers(timestamp, signed(timestamp)), body
    for timestamp in (
        "", " ", "0", "-1", "+" + NOW, NOW + ".0", "1e9", "0x65", "NaN", "inf", "now", "null",
        NOW + " ", "1_794_960_000", "9" * 13, "9" * 300, "9" * 5000, "½", "五", "١٢٣٤",
        "\uff11\uff17\uff19", "\u200b" + NOW, "[]", "{}", "'", '"', "%00", "true",
    ):  # fmt: skip
        yield (
            f"timestamp {timestamp[:20]!r} {len(timestamp)}",
            headers(timestamp, signed(timestamp)),
            body,
        )
    for signature in (
        "", "v0", "v0=", "v0=" + "0" * 64, good[:-1], good + "0", good.upper(), good[3:],
        "v1=" + good[3:], good.replace("v0=", "V0="), "v0=" + "é" * 64, "é", "\u212b" * 10,
        "v0=" + "g" * 64, f"{good},{good}", f'"{good}"', "null", "a" * 5000, f"{good} ",
        "sha256=" + good[3:], "v0:" + good[3:], "v0=" + "\uff10" * 64,
        sign("another", NOW, body), sign("", NOW, body), sign(SECRET, NOW, body + b" "),
        sign(SECRET, str(int(NOW) - 1), body), sign(SECRET, NOW, b""),
    ):  # fmt: skip
        if signature != f"{good} ":  # blanks around a header's value are no part of it
            yield (
                f"signature {signature[:20]!r} {len(signature)} {signature[-3:]!r}",
                headers(NOW, signature),
                body,
            )
    for other in (b"", b"{}", b"\xff\xfe", b"\x00", body[:-1], body + b"\n", b"[" * 100_000):
        yield f"other body {other[:10]!r} {len(other)}", headers(NOW, good), other


FORGED = list(forged())


@pytest.fixture(scope="module")
def kinds() -> int:
    return len(FORGED) + len(MALFORMED)


async def test_what_is_forged_is_refused_before_anything_is_read(
    over_http: Company, caplog: pytest.LogCaptureFixture
) -> None:
    assert over_http.http is not None
    caplog.set_level(logging.DEBUG)
    answers = {}
    with structlog.testing.capture_logs() as lines:
        for what, headers, body in FORGED:
            raw = {
                name: value.encode("utf-8").decode("latin-1") for name, value in headers.items()
            }
            async with over_http.http.post("/slack/events", data=body, headers=raw) as answer:
                answers[what] = answer.status
        assert {what: status for what, status in answers.items() if status != 401} == {}
    assert lines == []
    assert "event_callback" not in caplog.text
    assert await count_inbox(over_http) == 0


def malformed() -> Iterator[tuple[str, str, bytes]]:
    """Yield what is signed, and not as Slack builds it: (what, content type, body)."""
    form, plain = "application/x-www-form-urlencoded", "application/json"

    def event(**inner: object) -> bytes:
        good: Json = {
            "type": "message", "channel": "D1", "user": "U01ANA", "text": "hi",
            "ts": "1794960000.1", "channel_type": "im",
        }  # fmt: skip
        body = {"type": "event_callback", "team_id": TEAM, "event": {**good, **inner}}
        return json.dumps(body).encode()

    for text in (
        b"", b" ", b"null", b"1", b'"x"', b"[]", b"[{}]", b"{", b"}", b'{"a"', b'{"a":}', b"{a:1}",
        b'{"a":1,}', b'{"a":1}{}', b'{"a":NaN}', b'{"a":Infinity}', b'{"a":-Infinity}',
        b'{"a":1e999}', b'{"a":1,"a":2}', b"\xef\xbb\xbf{}", b"\xff\xfe", b'{"a":"\xff"}',
        b'{"a":"\xed\xa0\x80"}', b"<xml/>", b"a=b", b'{"a":01}', b"{'a':1}", b'{"a":"\x01"}',
        b'{"a":' * 65 + b"1" + b"}" * 65, b"[" * 10_000, b'{"a":' * 20_000, b'{"a":"\\ud8"}',
        b"\x00", b'{"a":tru}', b'{"event":{"type":"message","type":"x"},"team_id":"T01ACME"}',
    ):  # fmt: skip
        yield f"json {text[:24]!r} {len(text)}", plain, text
    for name in ("channel", "user", "text", "ts", "thread_ts", "subtype"):
        wrong: tuple[object, ...] = (1, True, [], {}, ["x"], 1.5)
        for value in wrong:
            yield f"event {name}={value!r}", plain, event(**{name: value})
    for name, values in {
        "channel": ("", "D\n1", "D" * 256, "é", "D\u202e"),
        "ts": ("", "x", "-1.0", "0", "NaN", "Infinity", "9" * 20, "1794960000.1\n", "1.2.3"),
        "user": ("U\x00", "U" * 300, "Ü"),
    }.items():
        for typed in values:
            yield f"event {name}={typed[:12]!r} {len(typed)}", plain, event(**{name: typed})
    for sent_form in (
        "", "payload", "payload=", "payload=x", "payload=%7B", "payload=%5B%5D", "payload=null",
        "payload=%7B%7D&payload=%7B%7D", "a=1&a=2", "&&", "=&=", "payload=%FF", "a=%FF%FE",
        "payload=" + "%5B" * 10_000, "&".join(f"a{n}=1" for n in range(200)),
    ):  # fmt: skip
        what = f"form {sent_form[:24]!r} {len(sent_form)}"
        yield what, form, sent_form.encode()
    yield "form in bytes", form, b"text=\xff"
    for other in ("text/plain", "multipart/form-data; boundary=x", "application/xml", ""):
        yield f"type {other!r}", other, b"{}"
    good_command: Json = {
        "command": "/ai-budget", "team_id": TEAM, "channel_id": "C1", "user_id": "U01ANA",
        "trigger_id": "1.2.3", "text": "",
    }  # fmt: skip
    for name in ("channel_id", "user_id", "trigger_id"):
        without = {key: value for key, value in good_command.items() if key != name}
        yield f"command without {name}", form, urlencode(without).encode()
        for typed in ("", "\n", "é", "x" * 300):
            body = urlencode({**good_command, name: typed}).encode()
            yield f"command {name}={typed[:5]!r}", form, body
    button: Json = {
        "type": "button", "action_id": "b", "block_id": "C1||c|en||0", "value": "t",
        "action_ts": "1794960000.1", "text": {"type": "plain_text", "text": "Yes"},
    }  # fmt: skip
    tap: Json = {
        "type": "block_actions", "team": {"id": TEAM}, "user": {"id": "U01ANA"},
        "trigger_id": "1.2.3", "actions": [button],
    }  # fmt: skip

    def action(**changed: object) -> Json:
        return {**tap, "actions": [{**button, **changed}]}

    for what, payload in {
        "no user": {**tap, "user": None},
        "user text": {**tap, "user": "U01ANA"},
        "user without id": {**tap, "user": {}},
        "two actions": {**tap, "actions": [button, button]},
        "action id": action(action_id=1),
        "long action id": action(action_id="x" * 300),
        "no time": action(action_ts=None),
        "time": action(action_ts="soon"),
        "block id": action(block_id=[]),
        "value": action(value=["t"]),
        "value json": action(value="{"),
        "value list": action(value='{"t":[]}'),
        "value fields": action(value='{"t":"x","f":[1]}'),
        "value pairs": action(value='{"t":"x","f":[["a","b"]]}'),
        "value numbers": action(value='{"t":"x","f":[[1,2,3]]}'),
        "value deep": action(value='{"a":' + "[" * 3000),
        "url": {**tap, "response_url": 5},
        "trigger": {**tap, "trigger_id": 5},
    }.items():
        yield f"action {what}", form, urlencode({"payload": json.dumps(payload)}).encode()
    metadata = json.dumps({"t": "token", "p": "C1||c|en||0", "a": ""})
    view: Json = {
        "id": "V1", "callback_id": "form", "private_metadata": metadata,
        "state": {"values": {}},
    }  # fmt: skip
    sent: Json = {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": "U01ANA"}}
    views: dict[str, Json] = {
        "no id": {"id": None},
        "id": {"id": 5},
        "metadata": {"private_metadata": None},
        "metadata text": {"private_metadata": "x"},
        "metadata list": {"private_metadata": "[]"},
        "metadata of others": {"private_metadata": "{}"},
        "metadata place": {"private_metadata": '{"t":"x","a":"","p":"x"}'},
        "metadata token": {"private_metadata": '{"t":5,"a":"","p":"C1||c|en||0"}'},
        "no state": {"state": None},
        "state list": {"state": []},
        "no values": {"state": {}},
        "values list": {"state": {"values": []}},
        "value": {"state": {"values": {"amount": {"amount": {"value": 5}}}}},
    }
    for what, changed in views.items():
        payload = {**sent, "view": {**view, **changed}}
        yield f"view {what}", form, urlencode({"payload": json.dumps(payload)}).encode()
    wrong_views: tuple[object, ...] = (None, "V1", [])
    for bad in wrong_views:
        body = urlencode({"payload": json.dumps({**sent, "view": bad})}).encode()
        yield f"view {bad!r}", form, body


MALFORMED = list(malformed())


async def test_what_is_malformed_is_refused_and_changes_nothing(over_http: Company) -> None:
    assert over_http.http is not None
    answers = {}
    for what, content_type, body in MALFORMED:
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": NOW,
            "X-Slack-Signature": sign(SECRET, NOW, body),
        }
        async with over_http.http.post("/slack/events", data=body, headers=headers) as answer:
            answers[what] = answer.status
    assert {what: status for what, status in answers.items() if not 400 <= status < 500} == {}
    assert await count_inbox(over_http) == 0
    assert await over_http.dm("ana", "balance")


def test_there_are_enough_kinds(kinds: int) -> None:
    assert kinds >= 150
    assert len({what for what, *_ in [*FORGED, *MALFORMED]}) == kinds


def test_a_signature_counts_for_its_time_body_and_secret() -> None:
    body = b'{"text": "a"}'
    assert is_genuine(SECRET, NOW, sign(SECRET, NOW, body), body, START)
    assert not is_genuine(SECRET, NOW, sign(SECRET, NOW, body), body + b" ", START)
    assert not is_genuine("other", NOW, sign(SECRET, NOW, body), body, START)
    assert not is_genuine(
        SECRET, NOW, sign(SECRET, NOW, body), body, START + timedelta(seconds=301)
    )


async def test_a_packed_or_large_body_is_refused(over_http: Company) -> None:
    assert over_http.http is not None
    for headers, body, status in (
        ({"Content-Encoding": "gzip"}, b"x", 415),
        ({}, b"x" * (300 << 10), 413),
    ):
        async with over_http.http.post("/slack/events", data=body, headers=headers) as answer:
            assert answer.status == status


async def count_inbox(slack: Company) -> int:
    return await slack.database.read(lambda tx: tx.inbox.depth(), tenant=ACME)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_no_token_no_text_and_no_address_is_logged(
    sqlite_database: Database, clock: SteppingClock, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines:
        is_http = mode == "http"
        async with company(sqlite_database, clock, mode="http" if is_http else "socket") as slack:
            server = slack.server
            await slack.dm("ana", "ask for 200 more for design, because of canary-reason")
            server.faults["chat.postMessage"].append(answers(500))
            server.faults["chat.update"].append(answers(200, "canary_refusal"))
            await slack.press("ana", "No")
            await slack.command("ana", "/ai-budget", "canary-wallet")
            server.faults["views.open"].append(answers(200, "expired_trigger_id"))
            await slack.command("ana", "/ai-request")
            event = server.event(server.says("ana", "canary-text"))
            if is_http:
                assert slack.http is not None
                status, _ = await deliver_http(
                    slack.http,
                    clock,
                    "events_api",
                    event,
                    secret="canary-wrong-secret",  # noqa: S106
                )
                assert status == 401
            await slack.deliver("events_api", event)
    written = caplog.text + json.dumps(lines, default=str)
    assert "form not opened" in written
    assert "canary-" not in written
    assert "ticket=" not in written
    assert server.base not in written
