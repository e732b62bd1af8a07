"""`bursar migrate`: the database at this program's schema."""

from __future__ import annotations

import asyncio
import sqlite3

from bot.clock import Clock, SystemClock
from bot.errors.storage import StorageDamaged
from bot.settings.model import Settings
from storage.backups import copy_sqlite, sync
from storage.engine import migrate, sqlite_path
from storage.schema import HEAD, check_revision
from storage.sqlite_file import connect_file, take_lock


def migrate_database(settings: Settings, clock: Clock | None = None) -> str:
    """Take the missing steps; return what to tell. An SQLite file is copied beside itself first.

    Raises:
        StorageDamaged: there is no such file, or it is not a database.
        DatabaseInUse: a Bursar has it open.
        SchemaMismatch: it is newer than this program.
    """
    url = settings.database.url.get_secret_value()
    path = sqlite_path(url)
    clock = clock or SystemClock()
    if path is None:
        asyncio.run(migrate(url))
        return f"The database is at schema {HEAD}."
    if not path.exists():
        raise StorageDamaged(
            f"there is no database at {path}: `bursar init` makes a new company,"
            " `bursar restore FILE` brings one back",
            path=str(path),
        )
    with take_lock(path):
        driver = connect_file(path, clock, mode="ro")
        try:
            found = driver.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            found = None
        except sqlite3.DatabaseError as error:
            raise StorageDamaged(
                f"{path} is damaged: run `bursar restore FILE` with the latest backup"
            ) from error
        finally:
            driver.close()
        revision = found[0] if found else None
        if revision is not None and revision >= HEAD:
            check_revision(revision, str(path))
            return f"{path} is at schema {HEAD} already."
        copy = path.with_name(f"{path.name}.before-{HEAD}-{clock.now():%Y%m%dT%H%M%S}")
        copy_sqlite(path, copy, clock)
        sync(copy)
        asyncio.run(migrate(url))
    return f"{path} is at schema {HEAD}. What it was before is {copy}."
