import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bot import logs
from bot.errors.kinds import SettingsError
from bot.gateway.application import build_application
from bot.gateway.door import Door, DoorLimits, listening
from bot.gateway.metrics import Depth, Metrics
from bot.settings.sections import ServerSettings
from tests.pauses import settle, skip

_GET = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"


class Sound:
    async def find_faults(self) -> list[str]:
        return []

    async def measure(self) -> list[Depth]:
        return []


def application() -> web.Application:
    return build_application(Sound(), Metrics(), max_body_bytes=1024, body_s=1)


@asynccontextmanager
async def serving(limits: DoorLimits) -> AsyncIterator[tuple[Door, int]]:
    door = Door(limits)
    async with listening(application(), "127.0.0.1", 0, door) as port:
        yield door, port


async def closed(reader: asyncio.StreamReader) -> bytes:
    """Return what came until the other side ended the connection, however it did."""
    data = b""
    with suppress(ConnectionError):
        while chunk := await reader.read(1000):
            data += chunk
    return data


@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\nA: ", b"\r\n\r"])
async def test_whoever_does_not_finish_the_headers_is_sent_away(sent: bytes) -> None:
    async with serving(DoorLimits(header_s=0.05)) as (door, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        assert await closed(reader) == b""
        writer.close()
    assert door.count == 0


@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\nA: "])
@pytest.mark.parametrize("is_pipelined", [True, False])
async def test_later_headers_have_no_more_time_than_the_first(
    sent: bytes, is_pipelined: bool
) -> None:
    """P18: nobody keeps a connection by a first request that was whole."""
    limits = DoorLimits()
    async with serving(limits) as (door, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(_GET + (sent if is_pipelined else b""))
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        writer.write(b"" if is_pipelined else sent)
        await settle()
        skip(limits.header_s)
        assert await closed(reader)
        writer.close()
    assert door.count == 0


def test_headers_and_a_body_take_less_than_was_promised() -> None:
    """P18: whoever is slow in both is closed after 15 seconds, too."""
    server = ServerSettings.model_validate({})
    assert server.header_s + server.body_s < 15
    assert server.header_s == DoorLimits().header_s


@pytest.mark.parametrize(
    "sent",
    [
        b"GET CANARY nonsense\r\n\r\n",
        b"GET /CANARY HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nCANARY\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: CANARY\0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: CANARY\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /metrics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nCANARY\r\n",
        b"GET /" + b"CANARY" * 2000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"CANARY" * 2000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: CANARY\r\n" * 500 + b"\r\n",
    ],
)
async def test_what_is_no_http_is_refused_and_not_logged(sent: bytes, tmp_path: Path) -> None:
    """P17: 4xx, whatever it is, and what was sent is in no log."""
    log = tmp_path / "log"
    logs.configure(level="debug", destination=str(log))
    async with serving(DoorLimits(header_s=0.5)) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        answer = await closed(reader)
        writer.close()
    # The library's own answer, before there is a request that it could be of.
    assert re.match(rb"HTTP/1\.[01] 4", answer), answer
    logged = log.read_text(encoding="utf-8")
    assert "aiohttp.server" in logged
    assert "CANARY" not in logged


async def test_headers_in_pieces_are_answered(caplog: pytest.LogCaptureFixture) -> None:
    async with serving(DoorLimits()) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in range(len(_GET)):
            writer.write(_GET[number : number + 1])
            await writer.drain()
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        writer.close()
        await writer.wait_closed()


async def test_one_address_gets_only_so_many_connections_and_gets_them_back() -> None:
    async with serving(DoorLimits(max_connections_per_address=2)) as (door, port):
        first = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        for reader, writer in first:
            # An answer shows that the server has let it in.
            writer.write(_GET)
            assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(_GET)
        assert await closed(reader) == b""
        writer.close()
        assert door.count == 2
        for reader, writer in first:
            writer.write(b"GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            await closed(reader)
            writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(_GET)
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        writer.close()


def test_the_door_counts_all_addresses_together() -> None:
    door = Door(DoorLimits(max_connections=2, max_connections_per_address=2))
    assert [door.enter(address) for address in ("a", "b", "c")] == [True, True, False]
    door.leave("a")
    assert door.enter("c")
    assert door.count == 2


async def test_health_is_answered_beside_many_who_send_slowly() -> None:
    """P18 in small: 200 connections that never finish, and health while they are there."""
    limits = DoorLimits(max_connections_per_address=300)
    async with serving(limits) as (door, port):
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(200)]
        for _, writer in slow:
            writer.write(b"GET /health/live HTTP/1.1\r\nX-")
        async with ClientSession() as session:
            for _ in range(20):
                async with session.get(f"http://127.0.0.1:{port}/health/live") as response:
                    assert response.status == 200
            assert door.count == 201
        skip(limits.header_s)
        assert set(await asyncio.gather(*(closed(reader) for reader, _ in slow))) == {b""}
        for _, writer in slow:
            writer.close()
    assert door.count == 0


async def test_an_address_that_is_taken_is_an_error_with_a_remedy() -> None:
    async with serving(DoorLimits()) as (_, port):
        with pytest.raises(SettingsError, match="BURSAR_SERVER__PORT"):
            async with listening(application(), "127.0.0.1", port, Door(DoorLimits())):
                pass
