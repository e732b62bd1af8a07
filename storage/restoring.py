"""A whole database read back from one file."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import orjson
from sqlalchemy import Identity

from bot.audit.chain import Head
from bot.clock import Clock
from bot.errors.kinds import InvalidInput
from bot.errors.storage import StorageBusy, StorageDamaged, StorageFull
from storage.backups import CHUNK, FORMAT, MANIFEST, Manifest, Member, make_file, sync
from storage.snapshot import connect_patiently
from storage.tables import metadata
from storage.transaction import SqlTx

T = TypeVar("T")


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
        make_file(target)
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
    from storage.postgres_driver import driver_url
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
        raise InvalidInput(
            "file", f"there is no {source}", example="a file made by `bursar backup`"
        ) from error
    except OSError as error:
        raise InvalidInput(
            "file",
            f"{source} cannot be read ({error.strerror})",
            example="a file made by `bursar backup`",
        ) from error
    except zipfile.BadZipFile as error:
        raise _not_as_written(source) from error


def _content(archive: zipfile.ZipFile, member: Member, source: Path) -> Iterator[bytes]:
    """Yield a member's bytes; raises at the end when they are not those that were written."""
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(member.name) as content:
            while chunk := content.read(CHUNK):
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


def _manifest_of(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        found = orjson.loads(archive.read(MANIFEST))
        if found["format"] != FORMAT:
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
