"""The file of an SQLite database: opened, looked at before it is used, taken for one process."""

from __future__ import annotations

import fcntl
import sqlite3
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

from bot.clock import Clock, to_us
from bot.errors.storage import DatabaseInUse, StorageDamaged
from storage.failures import from_sqlite
from storage.schema import check_revision

# Larger files are checked by `bursar doctor`, because a start must not take minutes.
_QUICK_CHECK_BYTES: Final = 64 << 20
_BUSY_MS: Final = 5000


def connect_file(path: Path, clock: Clock, *, mode: str) -> sqlite3.Connection:
    """Open the file as every part of Bursar does: 'ro', 'rw', or 'rwc' to make it."""
    driver = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    driver.row_factory = sqlite3.Row
    driver.create_function("bursar_now", 0, lambda: to_us(clock.now()))
    for pragma in (f"busy_timeout={_BUSY_MS}", "foreign_keys=ON", "temp_store=MEMORY"):
        driver.execute(f"PRAGMA {pragma}")
    return driver


def check_file(path: Path) -> None:
    """Refuse a file that is not there, cut, corrupt, or of another schema.

    Raises:
        StorageDamaged: with what to do about it. Nothing is ever made anew silently.
        StorageBusy: another program holds the file; nothing can be said about it.
        SchemaMismatch: older (migrate) or newer (upgrade the program).
    """
    if not path.exists():
        raise StorageDamaged(
            f"there is no database at {path}: `bursar init` makes a new company, "
            f"`bursar restore FILE` brings one back",
            path=str(path),
        )
    if path.stat().st_size == 0:
        # To SQLite that is an empty database; to us it is one that was cut to nothing.
        raise _damaged(path)
    try:
        driver = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
        try:
            driver.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
            if path.stat().st_size <= _QUICK_CHECK_BYTES:
                verdict = driver.execute("PRAGMA quick_check(1)").fetchone()[0]
                if verdict != "ok":
                    raise _damaged(path)
            found = driver.execute(
                "SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'"
            ).fetchone()[0]
            revision = (
                driver.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0]
                if found
                else None
            )
        finally:
            driver.close()
    except sqlite3.DatabaseError as error:
        ours = from_sqlite(error)
        raise (_damaged(path) if isinstance(ours, StorageDamaged) else ours) from error
    check_revision(revision, str(path))


def take_lock(path: Path) -> IO[bytes]:
    """Take the file for this process until the handle is closed. Raises `DatabaseInUse`."""
    handle = path.with_name(path.name + ".lock").open("ab")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise DatabaseInUse(
            f"another Bursar has {path} open: stop it first, or use PostgreSQL for several",
            path=str(path),
        ) from error
    return handle


def _damaged(path: Path) -> StorageDamaged:
    return StorageDamaged(
        f"{path} is damaged: nothing was changed. Put it aside and run `bursar restore FILE` "
        f"with the latest backup",
        path=str(path),
    )
