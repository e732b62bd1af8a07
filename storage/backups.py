"""A whole database as one file, and back.

The file is a zip archive: SQLite's own file as its online backup leaves it, or a table each as
PostgreSQL's COPY writes it, and last `manifest.json` with the schema, the audit chain's end, the
time, and every member's size and digest. Nothing of a backup is used before all of it was read
and found to be as it was written.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

import orjson

from bot.audit.chain import Head
from bot.clock import Clock
from bot.errors.kinds import InvalidInput
from bot.errors.storage import StorageFull
from storage.engine import sqlite_path
from storage.failures import from_sqlite
from storage.schema import check_revision
from storage.snapshot import connect_patiently
from storage.sqlite_file import check_file, connect_file
from storage.tables import metadata

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
_SQLITE_MEMBER: Final = "database.sqlite"
CHUNK: Final = 1 << 20
# The lowest level: half the size for a tenth of the time of the usual one.
_LEVEL: Final = 1
_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive; `columns` where it is a table."""

    name: str
    size: int
    sha256: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    engine: str
    schema: str
    head: Head
    at: datetime
    members: tuple[Member, ...]


# Writing


async def write_backup(url: str, target: Path, clock: Clock) -> Manifest:
    """Write a database into one file, which appears whole or not at all.

    Whoever has the database open goes on writing; the backup holds what was committed when it
    began.

    Raises:
        InvalidInput: `target` is there already, or is where nothing can be written.
        StorageDamaged, SchemaMismatch, StorageBusy: the database cannot be read.
        StorageFull: there is no room; nothing is left behind.
    """
    _require_new(target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    path = sqlite_path(url)
    try:
        with (
            _made_private(part) as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
        ):
            if path is not None:
                manifest = _pack_sqlite(path, part, archive, clock)
            else:
                manifest = await _pack_postgres(url, archive, clock)
            archive.writestr(MANIFEST, _to_json(manifest))
        sync(part)
        part.replace(target)
        sync(target.parent)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise StorageFull(f"{target} cannot be written ({error.strerror})") from error
        raise InvalidInput(
            "file",
            f"{target} cannot be written ({error.strerror})",
            example="a folder that is there and that you may write to",
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def copy_sqlite(source: Path, target: Path, clock: Clock) -> None:
    """Copy a file that others write to, as of one moment, into a new file without a log."""
    make_file(target)
    reader = connect_file(source, clock, mode="ro")
    try:
        writer = sqlite3.connect(target, isolation_level=None)
        try:
            # It is synced as a whole afterwards.
            writer.execute("PRAGMA synchronous=OFF")
            # All pages in one step, so in one read transaction: a copy in several starts over
            # whenever another process commits (sqlite.org/backup.html).
            reader.backup(writer, pages=-1)
            writer.execute("PRAGMA journal_mode=DELETE")
        finally:
            writer.close()
    except sqlite3.Error as error:
        raise from_sqlite(error) from error
    finally:
        reader.close()


def sync(path: Path) -> None:
    """Wait until a file or a folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _require_new(target: Path) -> None:
    if target.exists():
        raise InvalidInput("file", f"{target} is there already", example="another name")


def make_file(path: Path) -> None:
    """Make an empty file that nobody but its owner reads; it must not be there yet."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def _made_private(path: Path) -> Iterator[IO[bytes]]:
    path.unlink(missing_ok=True)
    make_file(path)
    with path.open("r+b") as out:
        yield out


def _pack_sqlite(path: Path, part: Path, archive: zipfile.ZipFile, clock: Clock) -> Manifest:
    check_file(path)
    copy = part.with_suffix(".sqlite")
    copy.unlink(missing_ok=True)
    try:
        copy_sqlite(path, copy, clock)
        driver = sqlite3.connect(copy)
        try:
            schema = driver.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            seq, digest = driver.execute("SELECT seq, hash FROM audit_head").fetchone()
        finally:
            driver.close()
        with copy.open("rb") as source, _Packing(archive, _SQLITE_MEMBER) as packing:
            while chunk := source.read(CHUNK):
                packing.write(chunk)
    finally:
        copy.unlink(missing_ok=True)
    return Manifest("sqlite", schema, Head(seq, digest), clock.now(), (packing.member(),))


async def _pack_postgres(url: str, archive: zipfile.ZipFile, clock: Clock) -> Manifest:
    from storage.postgres_driver import driver_url

    members = []
    async with (
        connect_patiently(driver_url(url)) as driver,
        driver.transaction(isolation="repeatable_read", readonly=True),
    ):
        schema = None
        if await driver.fetchval("SELECT to_regclass('alembic_version')") is not None:
            schema = await driver.fetchval("SELECT version_num FROM alembic_version")
        check_revision(schema, "the database")
        head = await driver.fetchrow("SELECT seq, hash FROM audit_head WHERE id = 1")
        for table in metadata.sorted_tables:
            columns = tuple(column.name for column in table.columns)
            with _Packing(archive, f"{table.name}.copy", columns) as packing:
                await driver.copy_from_table(table.name, columns=columns, output=packing)
            members.append(packing.member())
    return Manifest("postgresql", str(schema), Head(head[0], head[1]), clock.now(), tuple(members))


class _Packing:
    """A member while it is written; what COPY takes for a file."""

    def __init__(self, archive: zipfile.ZipFile, name: str, columns: tuple[str, ...] = ()) -> None:
        self._name = name
        self._columns = columns
        self._digest = hashlib.sha256()
        self._size = 0
        self._out = archive.open(name, "w", force_zip64=True)

    def __enter__(self) -> _Packing:
        return self

    def __exit__(self, *_: object) -> None:
        self._out.close()

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        self._size += len(data)
        return self._out.write(data)

    def member(self) -> Member:
        return Member(self._name, self._size, self._digest.hexdigest(), self._columns)


# Reading


def _to_json(manifest: Manifest) -> bytes:
    return orjson.dumps(
        {
            "format": FORMAT,
            "engine": manifest.engine,
            "schema": manifest.schema,
            "at": manifest.at.isoformat(),
            "audit_seq": manifest.head.seq,
            "audit_hash": manifest.head.hash.hex(),
            "members": [
                {
                    "name": member.name,
                    "size": member.size,
                    "sha256": member.sha256,
                    "columns": list(member.columns),
                }
                for member in manifest.members
            ],
        },
        option=orjson.OPT_INDENT_2,
    )
