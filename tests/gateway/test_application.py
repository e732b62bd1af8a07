import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.access import Principal
from bot.clock import ManualClock
from bot.economy.wallets import Tenant
from bot.errors.kinds import InvalidInput
from bot.gateway.application import build_application
from bot.gateway.metrics import Depth, Metrics
from bot.ids import ConversationId, PrincipalId, TenantId
from bot.messages import OutboundMessage
from bot.operations.watch import Watch
from storage.database import Database
from storage.transaction import SqlTx
from tests.pauses import skip

Client = TestClient[web.Request, web.Application]
BODY_S = 10.0


class Scripted:
    """A running app as the routes see it."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.depths = [Depth("inbox", 3, 1.5), Depth("outbox", 0, 0.0)]
        self.error: Exception | None = None

    async def find_faults(self) -> Sequence[str]:
        if self.error is not None:
            raise self.error
        return self.faults

    async def measure(self) -> Sequence[Depth]:
        if self.error is not None:
            raise self.error
        return self.depths


@pytest.fixture
def app() -> Scripted:
    return Scripted()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def client(app: Scripted, metrics: Metrics) -> AsyncIterator[Client]:
    application = build_application(app, metrics, max_body_bytes=1024, body_s=BODY_S)
    async with TestClient(TestServer(application)) as client:
        yield client


async def test_it_is_live_whatever_else_is_wrong(client: Client, app: Scripted) -> None:
    app.error = RuntimeError("away")
    response = await client.get("/health/live")
    assert response.status == 200
    assert await response.json() == {"status": "live"}


async def test_it_is_ready_unless_there_is_a_reason(client: Client, app: Scripted) -> None:
    assert (await client.get("/health/ready")).status == 200
    app.faults = ["the ledger is read-only"]
    response = await client.get("/health/ready")
    assert response.status == 503
    assert await response.json() == {
        "status": "not ready",
        "reasons": ["the ledger is read-only"],
    }


async def test_the_numbers_are_those_that_were_told(client: Client, metrics: Metrics) -> None:
    metrics.turn_done("ok", 0.01)
    metrics.batch_done(7, 2)
    metrics.holds_expired(4)
    metrics.set_read_only(True)
    await client.get("/health/live")
    text = await (await client.get("/metrics")).text()
    for line in (
        'bursar_turns_total{outcome="ok"} 1.0',
        'bursar_writes_total{outcome="ok"} 5.0',
        'bursar_writes_total{outcome="failed"} 2.0',
        'bursar_batch_size_bucket{le="8.0"} 1.0',
        "bursar_holds_expired_total 4.0",
        "bursar_ledger_read_only 1.0",
        'bursar_queue_waiting{queue="inbox"} 3.0',
        'bursar_queue_oldest_seconds{queue="inbox"} 1.5',
        'bursar_http_requests_total{route="/health/live",status="200"} 1.0',
    ):
        assert line in text.splitlines()


async def test_the_numbers_are_told_while_the_database_is_away(
    client: Client, app: Scripted
) -> None:
    app.error = RuntimeError("canary")
    response = await client.get("/metrics")
    assert response.status == 200
    assert "canary" not in await response.text()


async def test_an_error_has_one_shape_and_none_of_its_words(client: Client, app: Scripted) -> None:
    app.error = RuntimeError("canary")
    response = await client.get("/health/ready")
    assert response.status == 500
    body = await response.json()
    assert body["error"]["code"] == "failed"
    assert "canary" not in str(body)
    missing = await client.get("/nothing")
    assert missing.status == 404
    assert (await missing.json())["error"]["code"] == "not_found"
    assert (await client.post("/metrics")).status == 405
    assert missing.headers["Server"] == "bursar"


async def test_packed_and_large_bodies_are_refused(client: Client) -> None:
    packed = await client.get("/metrics", headers={"Content-Encoding": "gzip"}, data=b"x")
    assert packed.status == 415
    large = await client.get("/metrics", data=b"x" * 2000)
    assert large.status == 413


async def test_a_body_that_does_not_come_is_not_waited_for(client: Client) -> None:
    begun, answered = asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b"x"
        # What was sent after it has been answered, so that it is being read by now.
        await client.get("/health/live")
        begun.set()
        await answered.wait()

    sending = asyncio.ensure_future(client.get("/metrics", data=slowly()))
    await begun.wait()
    skip(BODY_S)
    response = await sending
    answered.set()
    assert response.status == 408


# Over a database


async def test_a_running_database_is_ready_and_measured(
    database: Database, clock: ManualClock
) -> None:
    def fill(tx: SqlTx) -> None:
        tx.people.add_tenant(Tenant(TenantId("t"), "Acme", "UTC", "en"))
        tx.people.add(Principal(PrincipalId("p"), TenantId("t"), "Ana", "ana", "en", "UTC"))
        place: ConversationId = tx.conversations.open("terminal", "c", "", PrincipalId("p")).id
        for _ in range(2):
            tx.outbox.add(OutboundMessage(place, "hello"), "terminal")

    from datetime import timedelta

    await database.write(fill, tenant=TenantId("t"))
    clock.advance(timedelta(seconds=90))
    watch = Watch(database, Metrics(), lambda: False)
    assert await watch.find_faults() == []
    assert await watch.measure() == [Depth("inbox", 0, 0.0), Depth("outbox", 2, 90.0)]


async def test_each_commit_is_counted(database: Database) -> None:
    metrics = Metrics()
    database.on_batch(metrics.batch_done)

    def refuse(tx: SqlTx) -> None:
        raise InvalidInput("amount", "is odd")

    await database.write(lambda tx: None)
    with pytest.raises(InvalidInput):
        await database.write(refuse)
    lines = metrics.as_text().decode().splitlines()
    assert 'bursar_writes_total{outcome="ok"} 1.0' in lines
    assert 'bursar_writes_total{outcome="failed"} 1.0' in lines
    assert "bursar_batch_size_count 2.0" in lines


async def test_a_stopped_ledger_and_an_ending_process_are_reasons(database: Database) -> None:
    database.guard.close("account 3")
    faults = await Watch(database, Metrics(), lambda: True).find_faults()
    assert faults[0] == "stopping"
    assert "read-only" in faults[1]
