"""Alerts by webhook, PagerDuty and e-mail: the real wire, its faults, and where nothing may go."""

from __future__ import annotations

import hashlib
import hmac
import itertools
from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest
from structlog.testing import capture_logs

from adapters.channels.addresses import Denied, check_address, check_url
from adapters.channels.email import Email, Server
from adapters.channels.posting import Poster
from adapters.channels.webhook import PagerDuty, Webhook
from bot.alerts.events import (
    AlertEvent,
    AnomalyEvent,
    ChannelEvent,
    EventName,
    dump_event,
    parse_event,
)
from bot.clock import ManualClock
from bot.errors.sending import MaybeSent, NotSent, Undeliverable
from bot.ids import ConversationId, TenantId
from bot.messages import OutboundMessage, OutboxItem
from tests.platforms.channel_servers import Hooks, Mailbox, Trust, make_trust

SECRET = "s" * 32
INSIDE = ("localhost",)


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    folder: Path = tmp_path_factory.mktemp("trust")
    return make_trust(folder)


def event(name: EventName = "trigger", wallet: str = "Design", percent: int = 80) -> AlertEvent:
    return AlertEvent(
        event=name,
        key="acme:design:80:month:2026-11",
        company="Acme",
        company_id="acme",
        wallet=wallet,
        percent=percent,
        period="month:2026-11",
        used_usd="410.00",
        limit_usd="500.00",
        at="2026-11-18T12:00:00+00:00",
        summary=f"{wallet} has passed {percent} % of its limit: $410.00 of $500.00.",
    )


def item(what: ChannelEvent) -> OutboxItem:
    message = OutboundMessage(ConversationId("c"), dump_event(what), "alert")
    return OutboxItem(7, TenantId("acme"), "webhook", "webhook", "", 0, message)


async def test_a_webhook_is_signed_with_its_time(trust: Trust, clock: ManualClock) -> None:
    async with Hooks(trust).running() as hooks:
        webhook = Webhook(hooks.url, SECRET, Poster(INSIDE, trust=trust.client), clock)
        await webhook.send(item(event()))
    ((headers, body),) = hooks.posts
    assert orjson.loads(body)["wallet"] == "Design"
    at, _, signature = headers["Bursar-Signature"].partition(",v1=")
    seconds = at.removeprefix("t=")
    assert int(seconds) == int(clock.now().timestamp())
    wanted = hmac.new(SECRET.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert signature == wanted
    assert headers["Bursar-Id"] == "7"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (500, NotSent),
        (503, NotSent),
        (429, NotSent),
        (408, NotSent),
        (400, Undeliverable),
        (404, Undeliverable),
        ("redirect", Undeliverable),
        ("reset", MaybeSent),
        ("hang", MaybeSent),
    ],
)
async def test_a_fault_says_whether_it_is_tried_again(
    trust: Trust, fault: int | str, error: type[Exception]
) -> None:
    async with Hooks(trust, fault=fault).running() as hooks:
        with pytest.raises(error):
            await Poster(INSIDE, trust=trust.client).post(hooks.url, b"{}", {})
    # A redirect is not followed, and nothing is sent twice by itself.
    assert len(hooks.posts) == 1


async def test_who_is_busy_says_for_how_long(trust: Trust) -> None:
    async with Hooks(trust, fault=429, headers={"Retry-After": "42"}).running() as hooks:
        with pytest.raises(NotSent) as raised:
            await Poster(INSIDE, trust=trust.client).post(hooks.url, b"{}", {})
    assert raised.value.retry_after_s == 42


@pytest.mark.parametrize(
    ("said", "wait_s"), [("nan", 1), ("inf", 3600), ("-5", 1), ("1e400", 3600), ("soon", 1)]
)
async def test_a_wait_that_is_no_time_is_a_usual_one(
    trust: Trust, said: str, wait_s: float
) -> None:
    async with Hooks(trust, fault=503, headers={"Retry-After": said}).running() as hooks:
        with pytest.raises(NotSent) as raised:
            await Poster(INSIDE, trust=trust.client).post(hooks.url, b"{}", {})
    assert raised.value.retry_after_s == wait_s


async def test_nobody_there_is_tried_again(trust: Trust) -> None:
    async with Hooks(trust).running() as hooks:
        url = hooks.url
    with pytest.raises(NotSent):
        await Poster(INSIDE, trust=trust.client).post(url, b"{}", {})


async def test_a_certificate_that_nobody_trusts_gets_nothing(trust: Trust) -> None:
    async with Hooks(trust).running() as hooks:
        with pytest.raises(NotSent):
            await Poster(INSIDE).post(hooks.url, b"{}", {})
    assert hooks.posts == []


async def test_a_private_host_is_reached_only_where_the_operator_allows_it(trust: Trust) -> None:
    async with Hooks(trust).running() as hooks:
        with pytest.raises(Undeliverable) as raised:
            await Poster(trust=trust.client).post(hooks.url, b"{}", {})
    assert raised.value.why == "address"
    assert hooks.posts == []


async def test_a_name_is_resolved_once_for_a_post_and_looked_at_anew_for_the_next(
    trust: Trust,
) -> None:
    answers = itertools.chain([["127.0.0.1"]], itertools.repeat(["169.254.169.254"]))
    asked = 0

    async def rebinding(host: str, port: int) -> Sequence[str]:
        nonlocal asked
        asked += 1
        return next(answers)

    async with Hooks(trust).running() as hooks:
        poster = Poster(INSIDE, resolve=rebinding, trust=trust.client)
        # What was looked at is what is connected to: nobody asks for the name again.
        await poster.post(hooks.url, b"{}", {})
        assert asked == 1
        with pytest.raises(Undeliverable):
            await poster.post(hooks.url, b"{}", {})
    assert len(hooks.posts) == 1


async def test_one_private_address_among_public_ones_denies_the_name(trust: Trust) -> None:
    async def mixed(host: str, port: int) -> Sequence[str]:
        return ["93.184.216.34", "10.0.0.1"]

    with pytest.raises(Undeliverable):
        await Poster(resolve=mixed, trust=trust.client).post("https://a.example/", b"{}", {})


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "169.254.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "0.0.0.0",  # noqa: S104  # nothing is bound to it
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::127.0.0.1",
        "::a9fe:a9fe",
        "::ffff:0:127.0.0.1",
        "fec0::1",
        "168.63.129.16",
        "no address",
    ],
)
def test_an_address_that_is_not_public_is_denied(address: str) -> None:
    with pytest.raises(Denied):
        check_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_a_public_address_passes(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "::1", "fc00::1"])
def test_what_the_operator_allows_may_be_inside(address: str) -> None:
    check_address(address, may_be_inside=True)


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "168.63.129.16",
        "fd00:ec2::254",
        "fd00:ec2:0::0254",
        "fd20:ce::254",
        "fe80::1",
        "::10.0.0.1",
        "224.0.0.1",
    ],
)
def test_what_the_operator_allows_is_no_metadata(address: str) -> None:
    with pytest.raises(Denied):
        check_address(address, may_be_inside=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/x",
        "ftp://hooks.example/x",
        "https:///x",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://0177.0.0.1/",
        "https://user:pw@hooks.example/",
        "https://hooks.example:0/",
        "https://hooks.example:99999/",
        "https://hooks.example/\\@evil",
        "https://hooks.example/ x",
        "https://hooks.exämple/",
        "https://hooks.example/#x",
    ],
)
def test_an_address_in_disguise_is_denied(url: str) -> None:
    with pytest.raises(Denied):
        check_url(url)


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/"])
async def test_an_address_for_a_name_is_looked_at_too(url: str) -> None:
    with pytest.raises(Undeliverable):
        await Poster().post(url, b"{}", {})


async def test_pagerduty_opens_sees_to_and_resolves_one_incident(trust: Trust) -> None:
    names: tuple[EventName, ...] = ("trigger", "acknowledge", "resolve")
    async with Hooks(trust, fault=202).running() as hooks:
        duty = PagerDuty(hooks.url, "R" * 32, Poster(INSIDE, trust=trust.client))
        for name in names:
            await duty.send(item(event(name, percent=100)))
    bodies = [orjson.loads(body) for _, body in hooks.posts]
    assert [body["event_action"] for body in bodies] == list(names)
    assert {body["dedup_key"] for body in bodies} == {"acme:design:80:month:2026-11"}
    assert {body["routing_key"] for body in bodies} == {"R" * 32}
    assert bodies[0]["payload"]["severity"] == "critical"
    assert bodies[0]["payload"]["source"] == "bursar Acme"
    assert bodies[0]["payload"]["custom_details"] == {
        "percent": 100,
        "period": "month:2026-11",
        "used_usd": "410.00",
        "limit_usd": "500.00",
    }


async def test_pagerduty_hears_nothing_of_what_goes_on(trust: Trust) -> None:
    async with Hooks(trust, fault=202).running() as hooks:
        duty = PagerDuty(hooks.url, "R" * 32, Poster(INSIDE, trust=trust.client))
        assert await duty.send(item(event("repeat"))) == event().key
    assert hooks.posts == []


async def test_every_channel_takes_what_is_unusual(trust: Trust, clock: ManualClock) -> None:
    unusual = AnomalyEvent(
        event="trigger",
        key="acme:design:2026-11-18:gpt-5",
        company="Acme",
        company_id="acme",
        wallet="Design",
        at="2026-11-18T12:00:00+00:00",
        summary="Design spends unusually much on gpt-5: $40.00 in an hour, usually at most $2.00.",
        model="gpt-5",
        day="2026-11-18",
        hour_at="2026-11-18T12:00:00+00:00",
        spent_usd="40.00",
        usual_usd="2.00",
    )
    async with Mailbox(trust).running() as box, Hooks(trust).running() as hooks:
        poster = Poster(INSIDE, trust=trust.client)
        await mailer(box, clock, trust).send(item(unusual))
        await Webhook(hooks.url, SECRET, poster, clock).send(item(unusual))
        await PagerDuty(hooks.url, "R" * 32, poster).send(item(unusual))
    assert "Subject: [trigger] Design spends unusually much on gpt-5" in box.mails[0]
    posted, paged = (orjson.loads(body) for _, body in hooks.posts)
    assert (posted["type"], posted["spent_usd"]) == ("anomaly", "40.00")
    assert paged["dedup_key"] == unusual.key
    assert paged["payload"]["severity"] == "warning"
    assert paged["payload"]["class"] == "anomaly"
    assert paged["payload"]["custom_details"]["usual_usd"] == "2.00"


def test_an_event_of_the_first_release_is_read() -> None:
    kept = orjson.loads(dump_event(event()))
    del kept["type"], kept["step"]
    assert parse_event(orjson.dumps(kept).decode()) == event()


def mailer(
    box: Mailbox,
    clock: ManualClock,
    trust: Trust,
    to: tuple[str, ...] = ("ops@acme.example",),
    **given: object,
) -> Email:
    server = Server(
        "localhost",
        box.port,
        "tls" if box.is_tls else "starttls",
        "bursar",
        "hunter2",
        trust.client,
        **given,  # type: ignore[arg-type]  # a time-out
    )
    return Email(server, "bursar@acme.example", to, clock)


@pytest.mark.parametrize("is_tls", [False, True])
async def test_mail_is_encrypted_and_logged_in_for(
    trust: Trust, clock: ManualClock, is_tls: bool
) -> None:
    async with Mailbox(trust, is_tls=is_tls).running() as box:
        await mailer(box, clock, trust).send(item(event()))
    (mail,) = box.mails
    assert box.encrypted == [True]
    assert box.logins == ["\0bursar\0hunter2"]
    assert "Subject: [trigger] Design has passed 80 % of its limit" in mail
    assert "To: ops@acme.example" in mail
    assert "Message-ID: <bursar-acme-7@acme.example>" in mail


async def test_a_name_begins_no_header(trust: Trust, clock: ManualClock) -> None:
    async with Mailbox(trust).running() as box:
        await mailer(box, clock, trust).send(item(event(wallet="Design\r\nBcc: x@evil.example")))
    (mail,) = box.mails
    head = mail.partition("\r\n\r\n")[0]
    assert "\r\nBcc:" not in head


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (("MAIL", "451 later"), NotSent),
        (("RCPT", "450 mailbox busy"), NotSent),
        (("RCPT", "550 no such mailbox"), Undeliverable),
        (("AUTH", "535 no"), Undeliverable),
        (("DATA", "554 no"), Undeliverable),
        (("EHLO", ""), NotSent),
        (("END", ""), MaybeSent),
        (("STARTTLS", "454 not now"), NotSent),
    ],
)
async def test_what_a_mail_server_says_decides(
    trust: Trust, clock: ManualClock, fault: tuple[str, str], error: type[Exception]
) -> None:
    async with Mailbox(trust, fault=fault).running() as box:
        with pytest.raises(error):
            await mailer(box, clock, trust).send(item(event()))
    assert box.mails == []


@pytest.mark.parametrize("answer", ["421 closing", "500 what?", ""])
async def test_a_mail_that_was_taken_is_sent_whatever_is_said_to_the_farewell(
    trust: Trust, clock: ManualClock, answer: str
) -> None:
    async with Mailbox(trust, fault=("QUIT", answer)).running() as box:
        await mailer(box, clock, trust).send(item(event()))
    assert len(box.mails) == 1


async def test_an_address_that_is_refused_among_others_is_said(
    trust: Trust, clock: ManualClock
) -> None:
    async with Mailbox(trust, unknown="gone@acme.example").running() as box:
        email = mailer(box, clock, trust, to=("ops@acme.example", "gone@acme.example"))
        with capture_logs() as lines:
            await email.send(item(event()))
    assert len(box.mails) == 1
    (line,) = [one for one in lines if one["event"] == "mail refused for some"]
    assert (line["count"], line["code"]) == (1, 550)


async def test_a_mail_server_that_is_not_there_is_tried_again(
    trust: Trust, clock: ManualClock
) -> None:
    async with Mailbox(trust).running() as box:
        email = mailer(box, clock, trust)
    with pytest.raises(NotSent):
        await email.send(item(event()))


async def test_a_look_logs_in_and_sends_nothing(trust: Trust, clock: ManualClock) -> None:
    async with Mailbox(trust).running() as box:
        await mailer(box, clock, trust).check()
    assert box.logins
    assert box.mails == []
