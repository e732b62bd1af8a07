"""A conversation over a pipe or a file: a line is a message, and all comes out as plain text."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final

from adapters.terminal.render import to_lines, to_note, to_plain, visible
from adapters.terminal.session import Session
from bot.messages import OutboundMessage

_CHUNK: Final = 64 << 10
# A longer line is taken in parts: nobody types that, and memory is not for the sender to fill.
_MAX_LINE: Final = 1 << 20
_AHEAD: Final = 64


class PlainScreen:
    """Writes text without colours, each message at once and whole."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write

    def show(self, message: OutboundMessage) -> None:
        self._write(to_plain(to_lines(message)))

    def note(self, text: str) -> None:
        self._write(to_plain([to_note(text)]))

    def echo(self, handle: str, line: str) -> None:
        """Show what was read, as if it had been typed here."""
        self._write(f"{handle}> {visible(line)}\n")


async def talk(session: Session, screen: PlainScreen, lines: AsyncIterator[str]) -> None:
    """Take lines to their end or `/quit`; the answers to each come before the next is read."""
    async for line in lines:
        text = line.strip()
        if not text:
            continue
        screen.echo(session.speaker.handle, text)
        goes_on = await session.take(text)
        await session.finish()
        if not goes_on:
            return


async def read_lines(source: int) -> AsyncIterator[str]:
    """Yield the lines of a file descriptor as text; bytes that are not UTF-8 become "\ufffd"."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[bytes | None] = asyncio.Queue(_AHEAD)

    def hand_over(line: bytes | None) -> None:
        # Waits while the reader is far ahead of the conversation.
        asyncio.run_coroutine_threadsafe(queue.put(line), loop).result()

    def read() -> None:
        try:
            for line in _split(source):
                hand_over(line)
            hand_over(None)
        except RuntimeError:  # the loop is closed: nobody waits any more
            return

    # A thread of its own that nothing waits for: a read from a pipe cannot be interrupted.
    threading.Thread(target=read, name="bursar-stdin", daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line.decode("utf-8", "replace")


def _split(source: int) -> Iterator[bytes]:
    rest = b""
    while chunk := os.read(source, _CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
        if len(rest) > _MAX_LINE:
            yield rest
            rest = b""
    if rest:
        yield rest
