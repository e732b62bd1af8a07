"""How a provider fails, and who can act on it: F12 to F15 of the faults."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx2
import pytest

from adapters.models.faults import MOST_RETRY_AFTER_S, of_connection
from bot.errors.models import (
    AnswerBroken,
    ProviderBusy,
    ProviderFailed,
    ProviderKeyRefused,
    ProviderRefused,
    ProviderSpent,
    ProviderUnreachable,
    Unanswered,
)
from bot.models import ModelBackend, TimeOuts
from tests.models import faults
from tests.models.conftest import OpenFor
from tests.models.faults import Fault
from tests.models.replies import Api, Json, Reply
from tests.models.server import ModelServer, closed_address, talking_nonsense
from tests.models.shapes import asks


async def failure(backend: ModelBackend, time_outs: TimeOuts | None = None) -> Unanswered:
    """Ask, and return how it failed."""
    with pytest.raises(Unanswered) as caught:
        await backend.ask(asks(time_outs=time_outs) if time_outs else asks())
    assert (caught.value.provider, caught.value.model) == ("acme", "gpt-test")
    return caught.value


@pytest.mark.parametrize(
    ("fault", "kind", "number", "may_be_charged"),
    [
        (faults.status(307, headers={"location": "/elsewhere"}), ProviderRefused, 307, False),
        (faults.status(400), ProviderRefused, 400, False),
        (faults.status(401), ProviderKeyRefused, 401, False),
        (faults.status(402), ProviderSpent, 402, False),
        (faults.status(403), ProviderKeyRefused, 403, False),
        (faults.status(404), ProviderRefused, 404, False),
        (faults.status(408), ProviderUnreachable, 408, False),
        (faults.status(409), ProviderRefused, 409, False),
        (faults.status(413), ProviderRefused, 413, False),
        (faults.status(422), ProviderRefused, 422, False),
        (faults.status(500), ProviderFailed, 500, False),
        (faults.status(503), ProviderFailed, 503, False),
        (faults.status(504), ProviderFailed, 504, True),
        (faults.status(524), ProviderFailed, 524, True),
        (faults.status(529), ProviderBusy, 529, False),
        (faults.page(502), ProviderFailed, 502, False),
        (faults.page(403), ProviderKeyRefused, 403, False),
    ],
)
async def test_a_status_says_who_can_act(
    backend: ModelBackend,
    server: ModelServer,
    fault: Fault,
    kind: type[Unanswered],
    number: int,
    may_be_charged: bool,
) -> None:
    server.say(fault)
    error = await failure(backend)
    assert (type(error), error.status) == (kind, number)
    assert error.may_be_charged is may_be_charged
    # Nothing is tried again behind the back of whoever pays.
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    "fault",
    [
        faults.status(429, kind="insufficient_quota", headers={"retry-after": "1"}),
        faults.status(429, code="insufficient_quota"),
        faults.status(429, kind="insufficient_quota", code="project_spend_limit_exceeded"),
        faults.status(429, code="enforced_spend_limit_reached"),
        faults.status(400, kind="billing_error"),
        faults.status(403, code="billing_hard_limit_reached"),
    ],
)
async def test_a_limit_on_spending_is_no_rate_limit(
    backend: ModelBackend, server: ModelServer, fault: Fault
) -> None:
    server.say(fault)
    error = await failure(backend)
    assert (type(error), error.passes) == (ProviderSpent, False)


async def test_a_silent_429_is_a_spending_limit_at_anthropic_only(
    backend: ModelBackend, server: ModelServer, api: Api
) -> None:
    server.say(faults.status(429))
    expected = ProviderSpent if api == "messages" else ProviderBusy
    assert type(await failure(backend)) is expected


async def test_what_the_sentence_says_decides_nothing(
    backend: ModelBackend, server: ModelServer
) -> None:
    said = "insufficient_quota: your spend limit was reached, invalid api key"
    server.say(faults.status(429, message=said, headers={"retry-after": "2"}))
    error = await failure(backend)
    assert type(error) is ProviderBusy
    assert "insufficient" not in f"{error} {error.facts}"


@pytest.mark.parametrize(
    ("said", "waits_s"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("0", 0.0),
        ("-30", 0.0),
        ("999999999999", MOST_RETRY_AFTER_S),
        ("1e400", MOST_RETRY_AFTER_S),
        ("Wed, 21 Oct 2099 07:28:00 GMT", MOST_RETRY_AFTER_S),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 -0000", 0.0),
    ],
)
async def test_when_to_come_again_is_taken_and_bounded(
    backend: ModelBackend, server: ModelServer, said: str, waits_s: float
) -> None:
    server.say(faults.status(429, headers={"retry-after": said}))
    error = await failure(backend)
    assert (type(error), error.retry_after_s) == (ProviderBusy, waits_s)


async def test_a_date_is_taken_by_the_clock_of_the_provider(
    backend: ModelBackend, server: ModelServer
) -> None:
    server.say(
        faults.status(
            529,
            headers={
                "date": "Wed, 18 Nov 2026 12:00:00 GMT",
                "retry-after": "Wed, 18 Nov 2026 12:01:30 GMT",
            },
        )
    )
    assert (await failure(backend)).retry_after_s == 90.0


@pytest.mark.parametrize("said", ["", "soon", "nan", "+", "1,5", "Wed, 99 Foo 2026", "\u0667"])
async def test_what_is_no_time_is_none(open_for: OpenFor, server: ModelServer, said: str) -> None:
    backend = await open_for(server.root, "chat")
    server.say(faults.status(429, headers={"retry-after": said}))
    error = await failure(backend)
    assert (type(error), error.retry_after_s) == (ProviderBusy, None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Welcome</html>",
        b'{"id": "x", "cho',
        b"null",
        b"[]",
        b"{}",
        b'{"choices": [], "output": [], "content": null, "status": "completed"}',
        b'{"choices": null, "output": null, "content": 7}',
        b'{"choices": [null], "output": {}, "content": {}}',
        b'{"choices": [{"message": null}], "output": "x", "content": "x"}',
        b"\xff\xfe\x00",
        b'{"a":' * 3000,
        json.dumps({"choices": [{"message": 5}], "error": {"message": "odd"}}).encode(),
    ],
)
@pytest.mark.parametrize("content_type", ["application/json", "text/html"])
async def test_what_is_no_answer_is_broken_and_may_be_charged(
    backend: ModelBackend, server: ModelServer, content: bytes, content_type: str
) -> None:
    server.say(faults.body(content, content_type=content_type))
    error = await failure(backend)
    assert (type(error), error.status, error.may_be_charged) == (AnswerBroken, 200, True)


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("overloaded_error", None, ProviderBusy),
        ("rate_limit_error", None, ProviderBusy),
        ("api_error", None, ProviderFailed),
        ("server_error", None, ProviderFailed),
        ("insufficient_quota", None, ProviderSpent),
        ("authentication_error", None, ProviderKeyRefused),
        ("what_is_this", None, AnswerBroken),
    ],
)
async def test_an_error_after_success_is_told_by_its_words(
    backend: ModelBackend, server: ModelServer, kind: str, code: str | None, expected: type
) -> None:
    server.say(faults.failed_after_success(kind, code))
    error = await failure(backend)
    assert (type(error), error.may_be_charged) == (expected, True)


@pytest.mark.parametrize(("code", "expected"), [(502, ProviderFailed), (429, ProviderBusy)])
async def test_a_router_that_writes_the_status_into_the_body_is_understood(
    open_for: OpenFor, server: ModelServer, code: int, expected: type
) -> None:
    backend = await open_for(server.root, "chat")
    server.say(faults.body({"error": {"code": code, "message": "No."}}))
    assert type(await failure(backend)) is expected


async def test_a_response_that_failed_says_why(open_for: OpenFor, server: ModelServer) -> None:
    backend = await open_for(server.root, "responses")
    failed = {"status": "failed", "output": [], "error": {"code": "server_error", "message": ""}}
    queued: Json = {"status": "queued", "output": [], "error": None}
    server.say(faults.body(failed), faults.body(queued))
    assert type(await failure(backend)) is ProviderFailed
    assert type(await failure(backend)) is AnswerBroken


async def test_nobody_there_was_not_asked(open_for: OpenFor, api: Api) -> None:
    backend = await open_for(closed_address(), api)
    error = await failure(backend)
    assert (type(error), error.status, error.may_be_charged) == (ProviderUnreachable, 0, False)


async def test_no_tls_where_it_is_wanted_was_not_asked(open_for: OpenFor, api: Api) -> None:
    async with talking_nonsense(b"HTTP/1.1 400 Bad Request\r\n\r\n") as root:
        backend = await open_for(root.replace("http:", "https:"), api)
        error = await failure(backend)
        assert (type(error), error.may_be_charged) == (ProviderUnreachable, False)


@pytest.mark.parametrize("fault", [faults.reset, faults.hang, faults.hang_midway, faults.drip])
async def test_a_call_that_was_sent_and_has_no_answer_may_be_charged(
    backend: ModelBackend, server: ModelServer, fault: Fault
) -> None:
    server.say(fault)
    error = await failure(backend)
    assert (type(error), error.may_be_charged) == (ProviderUnreachable, True)
    server.say(Reply("again"))
    assert (await backend.ask(asks())).text == "again"


async def test_the_whole_call_has_a_bound_of_its_own(
    backend: ModelBackend, server: ModelServer
) -> None:
    server.say(faults.hang_midway)
    error = await failure(backend, TimeOuts(connect_s=3000.0, first_byte_s=3000.0, total_s=60.0))
    assert (type(error), error.may_be_charged) == (ProviderUnreachable, True)


@pytest.mark.parametrize(
    "said", [b"nonsense\r\n\r\n", b"", b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"]
)
async def test_what_is_no_http_may_be_charged(open_for: OpenFor, api: Api, said: bytes) -> None:
    async with talking_nonsense(said) as root:
        backend = await open_for(root, api)
        error = await failure(backend)
        assert (type(error), error.may_be_charged) == (ProviderUnreachable, True)


@pytest.mark.parametrize(
    "fault",
    [
        faults.body(b'{"text": "' + b"a" * (10 << 20) + b'"}'),
        faults.packed(Reply("a" * (10 << 20))),
        faults.packed(Reply(), is_cut=True),
        faults.packed(Reply(), claims="br"),
        faults.packed(Reply(), claims="deflate, gzip"),
    ],
    ids=["10 MiB", "10 MiB packed", "cut while packed", "unknown packing", "packed twice"],
)
async def test_what_cannot_be_read_is_one_clean_error(
    backend: ModelBackend, server: ModelServer, fault: Fault
) -> None:
    server.say(fault, Reply("again"))
    error = await failure(backend)
    assert (type(error), error.may_be_charged) == (AnswerBroken, True)
    assert (await backend.ask(asks())).text == "again"


@pytest.mark.parametrize(
    ("cause", "may_be_charged"),
    [
        (httpx2.ConnectError("no such host"), False),
        (httpx2.ConnectTimeout(""), False),
        (httpx2.PoolTimeout(""), False),
        (httpx2.ProxyError(""), False),
        (httpx2.UnsupportedProtocol(""), False),
        (httpx2.WriteTimeout(""), True),
        (httpx2.WriteError(""), True),
        (httpx2.ReadTimeout(""), True),
        (httpx2.ReadError(""), True),
        (httpx2.RemoteProtocolError(""), True),
        (None, True),
    ],
)
def test_only_what_was_never_sent_cannot_be_charged(cause: Any, may_be_charged: bool) -> None:
    error = of_connection(cause, "acme", "m")
    assert (type(error), error.may_be_charged) == (ProviderUnreachable, may_be_charged)


async def test_whoever_gives_up_gives_up(backend: ModelBackend, server: ModelServer) -> None:
    server.say(faults.wait, Reply("again"))
    asking = asyncio.ensure_future(backend.ask(asks()))
    await server.called.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert (await backend.ask(asks())).text == "again"
