"""A whole database as one file, and back.

The file is a zip archive: SQLite's own file as its online backup leaves it, or a table each as
PostgreSQL's COPY writes it, and last `manifest.json` with the schema, the audit chain's end, the
time, and every member's size and digest. Nothing of a backup is used before all of it was read
and found to be as it was written.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import orjson
from sqlalchemy import Identity

from bot.audit.chain import Head
from bot.clock import Clock
from bot.errors.kinds import InvalidInput
from bot.errors.storage import StorageBusy, StorageDamaged, StorageFull
from storage.engine import sqlite_path
from storage.failures import from_sqlite
from storage.snapshot import connect_patiently
from storage.sqlite import check_file, connect_file
from storage.tables import metadata
from storage.transaction import SqlTx

T = TypeVar("T")

_FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
_SQLITE_MEMBER: Final = "database.sqlite"
_CHUNK: Final = 1 << 20
# The lowest level: half the size for a tenth of the time of the usual one.
_LEVEL: Final = 1


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
        InvalidInput: `target` is there already.
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
            archive.writestr(_MANIFEST, _to_json(manifest))
        sync(part)
        part.replace(target)
        sync(target.parent)
    except OSError as error:
        raise StorageFull(f"{target} cannot be written ({error.strerror})") from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def copy_sqlite(source: Path, target: Path, clock: Clock) -> None:
    """Copy a file that others write to, as of one moment, into a new file without a log."""
    _make(target)
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


def _make(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def _made_private(path: Path) -> Iterator[IO[bytes]]:
    path.unlink(missing_ok=True)
    _make(path)
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
            while chunk := source.read(_CHUNK):
                packing.write(chunk)
    finally:
        copy.unlink(missing_ok=True)
    return Manifest("sqlite", schema, Head(seq, digest), clock.now(), (packing.member(),))


async def _pack_postgres(url: str, archive: zipfile.ZipFile, clock: Clock) -> Manifest:
    from storage.postgres import driver_url
    from storage.sqlite import check_revision

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


def read_manifest(source: Path) -> Manifest:
    """Return what a backup says of itself.

    Raises:
        InvalidInput: there is no such file.
        StorageDamaged: it is no backup, or was cut.
    """
    with _open_archive(source) as archive:
        return _manifest_of(archive, source)


def unpack_sqlite(source: Path, target: Path) -> Manifest:
    """Write a backup's SQLite file to a new path and wait for the disk.

    Raises:
        StorageDamaged: the backup is not as it was written; nothing is left behind.
        StorageFull: there is no room; nothing is left behind.
    """
    with _open_archive(source) as archive:
        manifest = _manifest_of(archive, source)
        _make(target)
        try:
            with target.open("r+b") as out:
                for chunk in _content(archive, manifest.members[0], source):
                    out.write(chunk)
            sync(target)
        except OSError as error:
            target.unlink(missing_ok=True)
            raise StorageFull(f"{target} cannot be written ({error.strerror})") from error
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    return manifest


async def load_postgres(
    url: str, source: Path, check: Callable[[SqlTx], T], clock: Clock, *, is_forced: bool
) -> T:
    """Put a backup's rows into a database of the same schema, in one transaction.

    Args:
        url: a migrated database; without `is_forced` it must be empty.
        source: the backup.
        check: looks at what was loaded before it is committed; what it raises undoes all.
        clock: for the transaction that `check` is given.
        is_forced: delete what is there.

    Raises:
        StorageDamaged: the backup is not as it was written.
        InvalidInput: the database is not empty.
    """
    from sqlalchemy.util import greenlet_spawn

    from storage.connection import PostgresConnection
    from storage.postgres import driver_url
    from storage.scope import LedgerGuard

    with _open_archive(source) as archive:
        manifest = _manifest_of(archive, source)
        async with connect_patiently(driver_url(url)) as driver, driver.transaction():
            # Whoever has the database open waits, or gives up, until this is over.
            await driver.execute("SET LOCAL lock_timeout = '5s'")
            names = ", ".join(table.name for table in metadata.sorted_tables)
            try:
                await driver.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
            except _lock_errors() as error:
                raise StorageBusy(
                    "another program is using the database: stop every Bursar that has it open"
                ) from error
            if not is_forced:
                await _require_empty(driver)
            await _load(driver, archive, manifest, source)
            tx = SqlTx(PostgresConnection(driver), clock, LedgerGuard())
            return await greenlet_spawn(check, tx)


def _lock_errors() -> tuple[type[Exception], ...]:
    import asyncpg

    return (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)


async def _require_empty(driver: Any) -> None:  # Any: asyncpg ships no types
    for table in metadata.sorted_tables:
        # The head of an empty chain is a row too.
        where = " WHERE seq > 0" if table.name == "audit_head" else ""
        if await driver.fetchval(f"SELECT EXISTS (SELECT 1 FROM {table.name}{where})"):  # noqa: S608  # our own names
            raise InvalidInput(
                "database", "is not empty", example="`--force` to delete what is there"
            )


async def _load(
    driver: Any,  # Any: asyncpg ships no types
    archive: zipfile.ZipFile,
    manifest: Manifest,
    source: Path,
) -> None:
    guarded = ("transfer", "audit", "usage")
    tables = {table.name: table for table in metadata.sorted_tables}
    # The triggers would move every counter and sum a second time, and forbid emptying the tables.
    for name in guarded:
        await driver.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    await driver.execute(f"TRUNCATE {', '.join(tables)}")
    for member in manifest.members:
        name = member.name.removesuffix(".copy")
        if name not in tables:
            raise _not_as_written(source)
        await driver.copy_to_table(
            name, columns=member.columns, source=_chunks(_content(archive, member, source))
        )
    for name, table in tables.items():
        for column in table.columns:
            if isinstance(column.server_default, Identity):
                last = await driver.fetchval(f"SELECT max({column.name}) FROM {name}")  # noqa: S608  # our own names
                await driver.execute(
                    "SELECT setval(pg_get_serial_sequence($1, $2), $3, false)",
                    name,
                    column.name,
                    (last or 0) + 1,
                )
    for name in guarded:
        await driver.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


async def _chunks(content: Iterator[bytes]) -> Any:  # Any: an async generator, as asyncpg asks
    for chunk in content:
        yield chunk


@contextmanager
def _open_archive(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except FileNotFoundError as error:
        raise InvalidInput("file", f"there is no {source}") from error
    except zipfile.BadZipFile as error:
        raise _not_as_written(source) from error


def _content(archive: zipfile.ZipFile, member: Member, source: Path) -> Iterator[bytes]:
    """Yield a member's bytes; raises at the end when they are not those that were written."""
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(member.name) as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                yield chunk
    except (KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise _not_as_written(source) from error
    if size != member.size or digest.hexdigest() != member.sha256:
        raise _not_as_written(source)


def _not_as_written(source: Path) -> StorageDamaged:
    return StorageDamaged(
        f"{source} is cut, changed, or no backup of Bursar's: use an earlier backup",
        path=str(source),
    )


def _to_json(manifest: Manifest) -> bytes:
    return orjson.dumps(
        {
            "format": _FORMAT,
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


def _manifest_of(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        found = orjson.loads(archive.read(_MANIFEST))
        if found["format"] != _FORMAT:
            raise StorageDamaged(
                f"{source} was made by a newer Bursar: restore it with that one", path=str(source)
            )
        return Manifest(
            engine=found["engine"],
            schema=found["schema"],
            head=Head(found["audit_seq"], bytes.fromhex(found["audit_hash"])),
            at=datetime.fromisoformat(found["at"]),
            members=tuple(
                Member(part["name"], part["size"], part["sha256"], tuple(part["columns"]))
                for part in found["members"]
            ),
        )
    except (KeyError, TypeError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise _not_as_written(source) from error
