"""A process whose disk fails; started by `test_disk.py`.

Usage: python -m tests.crash.disk DATABASE. It does one order after the other, a line each, and
answers each with a line: `write N` keeps so many bytes, `unsynced` makes every later fsync of the
process fail, `limit N` ends each file at so many bytes (0 for no end), `count` says how many are
kept.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import platform
import resource
import struct
import sys
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import text

from bot import logs
from bot.clock import ManualClock
from bot.errors.kinds import BursarError
from storage.database import Database
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.crash.money import say
from tests.ledgers import ACME, ANA

# Linux, by machine: AUDIT_ARCH_*, the numbers of fsync and fdatasync, and that of seccomp.
_SYSTEM: Final = {"x86_64": (0xC000003E, 74, 75, 317), "aarch64": (0xC00000B7, 82, 83, 277)}
_EIO: Final = 5
_PR_SET_NO_NEW_PRIVS: Final = 38
_SET_MODE_FILTER: Final = 1
_ALL_THREADS: Final = 1


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def fail_fsync() -> None:
    """Make the kernel answer EIO to every fsync of this process from here on (seccomp(2))."""
    machine, fsync, fdatasync, seccomp = _SYSTEM[platform.machine()]
    load, equal, leave = 0x20, 0x15, 0x06
    steps = (
        (load, 0, 0, 4),  # the machine
        (equal, 0, 4, machine),
        (load, 0, 0, 0),  # the call
        (equal, 1, 0, fsync),
        (equal, 0, 1, fdatasync),
        (leave, 0, 0, 0x00050000 | _EIO),
        (leave, 0, 0, 0x7FFF0000),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.syscall(
        seccomp, _SET_MODE_FILTER, _ALL_THREADS, ctypes.byref(program)
    ):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def limit_files(size: int) -> None:
    """End every file of this process at so many bytes, as a full disk does; 0 for no end."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size or hard, hard))


async def obey(database: Database, order: str, amount: int) -> object:
    def keep(tx: SqlTx) -> None:
        tx.audit.keep_content(ANA, "x" * amount, b"salt")

    def count(tx: SqlTx) -> int:
        found: int = tx.connection.rows(text("SELECT count(*) FROM content"))[0][0]
        return found

    if order == "unsynced":
        fail_fsync()
    elif order == "limit":
        limit_files(amount)
    elif order == "count":
        return await database.read(count, tenant=ACME)
    else:
        try:
            await database.write(keep, tenant=ACME)
        except BursarError as error:
            return error.code
    return "done"


async def main(url: str) -> None:
    logs.configure()
    database = await open_database(url, ManualClock(datetime(2026, 11, 18, 12, tzinfo=UTC)))
    say("ready", os.getpid())
    while line := await asyncio.to_thread(sys.stdin.readline):
        order, _, amount = line.strip().partition(" ")
        say(await obey(database, order, int(amount or 0)))
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
