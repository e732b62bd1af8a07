"""Opening a database by its URL."""

from pathlib import Path
from typing import Final

from bot.clock import Clock
from storage.database import Database

SQLITE: Final = "sqlite:///"
POSTGRES: Final = ("postgresql://", "postgresql+asyncpg://")


def sqlite_path(url: str) -> Path | None:
    """Return the file of an SQLite URL (`sqlite:///var/bursar.db`), None for another kind."""
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


async def open_database(url: str, clock: Clock) -> Database:
    """Open a database whose schema is this program's.

    Raises:
        StorageDamaged, SchemaMismatch, DatabaseInUse: see the two engines.
        ValueError: the URL is of no kind that Bursar knows.
    """
    path = sqlite_path(url)
    if path is not None:
        from storage.sqlite import SqliteDatabase

        return SqliteDatabase.open(path, clock)
    if url.startswith(POSTGRES):
        from storage.postgres import PostgresDatabase

        return await PostgresDatabase.open(url, clock)
    raise ValueError("a database URL begins with sqlite:/// or postgresql://")


async def migrate(url: str, revision: str = "head", *, backwards: bool = False) -> None:
    """Take a database to a revision; an SQLite file is made if it is not there."""
    from storage.schema import upgrade_postgres, upgrade_sqlite

    path = sqlite_path(url)
    if path is None:
        if url.startswith("postgresql://"):
            url = url.replace("postgresql://", "postgresql+asyncpg://", 1)
        await upgrade_postgres(url, revision, backwards=backwards)
    else:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Only for whoever runs Bursar; the log beside it takes over the file's mode.
        path.touch(mode=0o600)
        upgrade_sqlite(path, revision, backwards=backwards)
