"""Who may come in, and how long they may take to say what they want.

aiohttp puts no end to a connection that sends nothing, or its headers a byte at a time; each
would keep a socket and memory for as long as its sender likes.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final, cast

from aiohttp import web

from bot.errors.kinds import SettingsError

_HEADERS_END: Final = b"\r\n\r\n"
# For the rest of a body after its request was answered; aiohttp would wait for ten seconds.
_LINGER_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class DoorLimits:
    """How many connections there may be, and how long headers may take.

    `header_s` is counted from the connection for the first headers, and from the answer before for
    later ones: whether nothing comes in between or a byte at a time, it is the same to whoever
    waits.
    """

    header_s: float = 5.0
    max_connections: int = 4000
    max_connections_per_address: int = 50


class Door:
    """Counts connections and turns away what is too many."""

    def __init__(self, limits: DoorLimits) -> None:
        self.limits = limits
        self._by_address: Counter[str] = Counter()
        self._count = 0

    def enter(self, address: str) -> bool:
        """Let one in; False when it is too many."""
        if (
            self._count >= self.limits.max_connections
            or self._by_address[address] >= self.limits.max_connections_per_address
        ):
            return False
        self._count += 1
        self._by_address[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Make room again for one that was let in."""
        self._count -= 1
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]

    @property
    def count(self) -> int:
        """How many are in."""
        return self._count


class GuardedProtocol(asyncio.Protocol):
    """Stands between a connection and aiohttp's handler of it."""

    def __init__(self, inner: asyncio.Protocol, door: Door) -> None:
        self._inner = inner
        self._door = door
        self._address: str | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._tail = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # A stream's, but uvloop's are no subclass of asyncio's.
        stream = cast(asyncio.Transport, transport)
        peer = stream.get_extra_info("peername")
        # A local socket has no address; whoever can open it is one of ours.
        address = peer[0] if isinstance(peer, tuple) else "local"
        if not self._door.enter(address):
            stream.abort()
            return
        self._address = address
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._door.limits.header_s, stream.abort)
        self._inner.connection_made(stream)

    def data_received(self, data: bytes) -> None:
        if self._address is None:
            return
        if self._timer is not None:
            seen = self._tail + data
            if _HEADERS_END in seen:
                self._stop_timer()
                self._tail = b""
            else:
                self._tail = seen[-len(_HEADERS_END) + 1 :]
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return None if self._address is None else self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._address is None:
            return
        self._stop_timer()
        self._door.leave(self._address)
        self._address = None
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


@asynccontextmanager
async def listening(
    application: web.Application, host: str, port: int, door: Door, *, drain_s: float = 5.0
) -> AsyncIterator[int]:
    """Serve an application until the block ends; yields the port.

    Raises:
        SettingsError: the address is taken or not ours.
    """
    runner = web.AppRunner(
        application,
        access_log=None,
        keepalive_timeout=door.limits.header_s,
        lingering_time=_LINGER_S,
        shutdown_timeout=drain_s,
    )
    async with AsyncExitStack() as stack:
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        make_inner = runner.server
        assert make_inner is not None  # noqa: S101  # it was set up above
        make: Callable[[], asyncio.Protocol] = lambda: GuardedProtocol(make_inner(), door)  # noqa: E731
        try:
            server = await asyncio.get_running_loop().create_server(make, host, port, backlog=512)
        except OSError as error:
            raise SettingsError(
                "server.port",
                f"cannot be listened on at {host}:{port} ({error.strerror})",
                remedy="stop what uses it, or set another BURSAR_SERVER__PORT",
            ) from error
        stack.callback(server.close)
        yield server.sockets[0].getsockname()[1]
