"""The audit chain's end, noted outside the database.

A chain alone cannot show that its tail was cut or that all of it was written anew. Each line of
the anchor file says where the chain ended at a time; the last complete line counts.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson

from bot.audit.chain import Head
from bot.errors.storage import StorageDamaged, StorageFull

# Two lines are shorter than this by far.
_TAIL: Final = 4096


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the chain ended, and when that was noted."""

    head: Head
    at: datetime


def append_anchor(path: Path, head: Head, at: datetime) -> bool:
    """Note a chain's end and wait for the disk; False when the last line says it already.

    Raises:
        StorageFull: the file cannot be written.
        StorageDamaged: what stands in it is no anchor.
    """
    last = find_last_anchor(path)
    if last is not None and last.head == head:
        return False
    line = orjson.dumps({"at": at.isoformat(), "seq": head.seq, "hash": head.hash.hex()})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # A line that a crash cut is closed first, so that this one stands alone.
            start = b"" if _ends_with_line(path) else b"\n"
            os.write(handle, start + line + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise StorageFull(f"{path} cannot be written ({error.strerror})") from error
    return True


def find_last_anchor(path: Path) -> Anchor | None:
    """Return what was noted last, None while nothing was.

    Raises:
        StorageDamaged: the file cannot be read, or its last complete line is no anchor.
    """
    try:
        with path.open("rb") as handle:
            handle.seek(max(handle.seek(0, os.SEEK_END) - _TAIL, 0))
            tail = handle.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _damaged(path) from error
    lines = [line for line in tail[: tail.rfind(b"\n") + 1].split(b"\n") if line]
    # A crash may have cut a line, which the next anchor then closed.
    for line in reversed(lines[-2:]):
        anchor = _read(line)
        if anchor is not None:
            return anchor
    if lines:
        raise _damaged(path)
    return None


def _read(line: bytes) -> Anchor | None:
    try:
        found = orjson.loads(line)
        head = Head(int(found["seq"]), bytes.fromhex(found["hash"]))
        return Anchor(head, datetime.fromisoformat(found["at"]))
    except (KeyError, TypeError, ValueError):
        return None


def _ends_with_line(path: Path) -> bool:
    with path.open("rb") as handle:
        if handle.seek(0, os.SEEK_END) == 0:
            return True
        handle.seek(-1, os.SEEK_END)
        return handle.read(1) == b"\n"


def _damaged(path: Path) -> StorageDamaged:
    return StorageDamaged(
        f"{path} is not a readable anchor file: put it aside for whoever looks into it; a new one"
        " begins by itself",
        path=str(path),
    )
