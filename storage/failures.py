"""What a driver's error means: told apart by type and code, never by its text."""

import sqlite3
from typing import Final

from bot.errors.kinds import BursarError
from bot.errors.storage import StorageBusy, StorageDamaged, StorageFull

# Primary result codes (sqlite.org/rescode.html): the low byte of the extended ones.
_FULL: Final = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}
_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT}
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN}


def _primary_code(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF


def breaks_batch(error: BaseException) -> bool:
    """Tell whether SQLite has rolled back, or may have, more than the failing statement."""
    return isinstance(error, sqlite3.Error) and (
        _primary_code(error) in _FULL | _BUSY | _DAMAGED | {sqlite3.SQLITE_NOMEM}
    )


def is_failed_fsync(error: BaseException) -> bool:
    """Tell whether what was written may not be on the disk: nothing may be acknowledged after."""
    return isinstance(error, sqlite3.Error) and (
        getattr(error, "sqlite_errorcode", 0)
        in {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC}
    )


def from_sqlite(error: sqlite3.Error) -> BursarError | sqlite3.Error:
    """Return the error of ours that a driver's error means; itself if it is a bug."""
    code = _primary_code(error)
    if code in _FULL:
        return StorageFull("a write failed: the disk is full or cannot be written")
    if code in _BUSY:
        return StorageBusy("another program holds the database")
    if code in _DAMAGED:
        return StorageDamaged("the database file is damaged or gone")
    return error
