"""Errors of the database and its file."""

from bot.errors.kinds import Broken, Unavailable


class StorageBusy(Unavailable):
    """The database is locked, restarting, or lost the connection."""

    code = "storage_busy"


class StorageFull(Unavailable):
    """The disk is full or a write failed: the whole batch was rolled back."""

    code = "storage_full"
    retry_after_s = 30.0


class StorageDamaged(Broken):
    """The database file is missing, cut or corrupt; it is never made anew silently."""

    code = "storage_damaged"


class SchemaMismatch(Broken):
    """The database is older than this program (migrate) or newer (upgrade the program)."""

    code = "schema_mismatch"


class DatabaseInUse(Broken):
    """Another process holds this SQLite file."""

    code = "database_in_use"
