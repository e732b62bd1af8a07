"""Many lives of an app, one after the other, each in a process of its own.

They are forked from one process, so that a thousand of them do not load Python a thousand times.
How each ended is a line of output.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import orjson

from bot import logs
from tests.crash.money import say

ROOT: Final = Path(__file__).parents[2]

# What a life does with the connection that it was begun by.
Live = Callable[[socket.socket], Coroutine[Any, Any, None]]  # Any: it returns nothing


class Lives:
    """The process that forks one life of the app after the other."""

    def __init__(self, process: asyncio.subprocess.Process, path: Path) -> None:
        self._process = process
        self._path = path

    @classmethod
    @asynccontextmanager
    async def start(cls, module: str, path: Path) -> AsyncIterator[Lives]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, path, stdout=subprocess.PIPE, cwd=ROOT
        )
        lives = cls(process, path)
        try:
            assert await lives._line() == b"ready\n"
            yield lives
        finally:
            process.kill()
            await process.communicate()

    async def _line(self) -> bytes:
        assert self._process.stdout is not None
        return await self._process.stdout.readline()

    @asynccontextmanager
    async def connect(
        self, first: object
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """Begin a life with its first line; the connection is closed when the block ends."""
        reader, writer = await asyncio.open_unix_connection(self._path)
        writer.write(orjson.dumps(first) + b"\n")
        yield reader, writer
        writer.close()

    async def ended(self) -> int:
        """Return how the last life ended."""
        line = await self._line()
        assert line.startswith(b"exit "), line
        return int(line.split()[1])


def fork_lives(path: str, live: Live) -> None:
    """Take connections, one at a time, and live each in a process of its own; never returns."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        say("ready")
        while True:
            connection, _ = listener.accept()
            child = os.fork()
            if child == 0:
                listener.close()
                _run(connection, live)
            connection.close()
            _, status = os.waitpid(child, 0)
            say("exit", os.waitstatus_to_exitcode(status))


def _run(connection: socket.socket, live: Live) -> None:
    """Do one connection in this process, and leave it."""
    code = 1
    logs.configure(level="error")
    try:
        asyncio.run(live(connection))
        code = 0
    except Exception:  # noqa: BLE001  # this process ends here
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
