"""P18: two thousand clients who never finish a sentence, and the real `bursar serve`."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pytest

from storage.engine import migrate

ROOT: Final = Path(__file__).parents[2]
# `make crash` sets 1,000: then as many as promised.
IS_FULL: Final = int(os.environ.get("BURSAR_TEST_KILLS", "20")) >= 1000  # noqa: TID251  # a test has no settings
COUNT: Final = 2000 if IS_FULL else 300
ASKED: Final = 200 if IS_FULL else 40
PER_ADDRESS: Final = 40
# Fewer than it needs, as shells commonly give a process; the server must see to having more.
FILES: Final = 1024 if IS_FULL else 128
CLOSED_S: Final = 15.0
ANSWER_S: Final = 0.5
# Nothing; a part of a header; all headers and a part of a body; a request, then a part of one.
BEGINNINGS: Final = (
    b"",
    b"GET /health/live HTTP/1.1\r\nX-",
    b"POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\nGET /health/live HTTP/1.1\r\nX-",
)
KINDS: Final = len(BEGINNINGS)


@contextmanager
def room_for_files(count: int) -> Iterator[None]:
    """Let this process open so many files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def start(folder: Path) -> subprocess.Popen[bytes]:
    url = f"sqlite:///{folder / 'bursar.db'}"
    asyncio.run(migrate(url))
    others = {k: v for k, v in os.environ.items() if not k.startswith("BURSAR_")}  # noqa: TID251  # for a process of its own
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "serve"],
        env={
            **others,
            "BURSAR_DATABASE__URL": url,
            "BURSAR_AUDIT__ANCHOR_FILE": str(folder / "anchor.jsonl"),
            "BURSAR_SERVER__PORT": "0",
        },
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    _, hard = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (FILES, hard))
    return process


class Crowd:
    """Clients who begin a request and wait; how long each was let wait."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.waited_s: list[float] = []
        self.answers: Counter[bytes] = Counter()
        self.inside = asyncio.Semaphore(0)

    async def wait(self, number: int) -> None:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.port, local_addr=(f"127.0.1.{number // PER_ADDRESS + 1}", 0)
        )
        began = time.perf_counter()
        writer.write(BEGINNINGS[number % KINDS])
        self.inside.release()
        answer = b""
        with suppress(ConnectionError):
            while chunk := await reader.read(1000):
                answer += chunk
        self.waited_s.append(time.perf_counter() - began)
        self.answers[answer[:12]] += 1
        writer.close()


async def ask(port: int) -> float:
    """Ask for health over a new connection; return how long the answer took."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.close()
    return time.perf_counter() - began


async def besiege(port: int) -> tuple[list[float], Crowd]:
    crowd = Crowd(port)
    clients = asyncio.gather(*(crowd.wait(number) for number in range(COUNT)))
    for _ in range(COUNT):
        await crowd.inside.acquire()
    answered_s = [await ask(port) for _ in range(ASKED)]
    await clients
    return sorted(answered_s), crowd


@pytest.mark.timeout(300)
def test_health_is_answered_beside_a_crowd_that_never_finishes(tmp_path: Path) -> None:
    with room_for_files(COUNT + 500), start(tmp_path) as process:
        assert process.stderr is not None
        try:
            while (line := json.loads(process.stderr.readline()))["event"] != "serving":
                pass
            answered_s, crowd = asyncio.run(besiege(line["port"]))
        finally:
            process.terminate()
            process.communicate()
    if IS_FULL:
        # In a run of all tests it would say how busy the machine is.
        assert answered_s[len(answered_s) * 99 // 100] < ANSWER_S
        assert max(crowd.waited_s) <= CLOSED_S
    each = COUNT // KINDS
    assert crowd.answers == {b"": 2 * each, b"HTTP/1.1 408": each, b"HTTP/1.1 200": each}
    sys.stdout.write(
        f"{COUNT} slow clients: health p99 {answered_s[len(answered_s) * 99 // 100]:.3f} s, "
        f"closed after at most {max(crowd.waited_s):.1f} s\n"
    )
