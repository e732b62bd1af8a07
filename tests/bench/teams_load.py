"""The connector as a process of its own: prepared requests, sent when they are due."""

from __future__ import annotations

import asyncio
import json
import pickle
import sys
import time
from pathlib import Path
from typing import Final

import uvloop

# The connector calls from many addresses; one alone may not open more than the door lets in.
_ADDRESSES: Final = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4")
_EACH: Final = 45


class Caller:
    """Connections that are kept open; each has one call at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = (
            asyncio.Queue()
        )
        self.latencies: list[float] = []
        self.statuses: set[int] = set()

    async def open(self) -> None:
        for address in _ADDRESSES:
            for _ in range(_EACH):
                opened = await asyncio.open_connection(
                    "127.0.0.1", self._port, local_addr=(address, 0)
                )
                self._free.put_nowait(opened)

    async def call_all(self, requests: list[bytes], gap_s: float) -> None:
        """Send a request each `gap_s` seconds; a late answer counts from when it was due."""
        start = time.perf_counter()
        await asyncio.gather(
            *(self._call(request, start + n * gap_s) for n, request in enumerate(requests))
        )

    async def _call(self, request: bytes, due: float) -> None:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        reader, writer = await self._free.get()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        self.latencies.append(time.perf_counter() - due)
        self.statuses.add(int(head.split(b" ", 2)[1]))
        self._free.put_nowait((reader, writer))


async def main(port: int, requests: list[bytes], rate: float, warm_up: int) -> None:
    caller = Caller(port)
    await caller.open()
    await caller.call_all(requests[:warm_up], 0.0)
    caller.latencies.clear()
    await caller.call_all(requests[warm_up:], 1 / rate)
    print(json.dumps({"latencies": caller.latencies, "statuses": sorted(caller.statuses)}))


if __name__ == "__main__":
    port, file, rate, warm_up = sys.argv[1:]
    prepared = pickle.loads(Path(file).read_bytes())  # noqa: S301  # of the parent's
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(int(port), prepared, float(rate), int(warm_up)))
