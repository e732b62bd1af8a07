"""The driver of PostgreSQL: connections, and what its errors mean."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

import asyncpg

from bot.errors.kinds import BursarError
from bot.errors.storage import StorageBusy, StorageDamaged, StorageFull
from storage.connection import PostgresConnection
from storage.transaction import SqlTx

RETRIED: Final = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
)
LOST: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # The driver has lost track of the protocol, as it may when a connection is cut mid-answer.
    asyncpg.InternalClientError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    ConnectionError,
    OSError,
    TimeoutError,
)


def from_driver(error: BaseException) -> BaseException:
    """Return the error of ours that a driver's error means; itself if it is a bug."""
    if isinstance(error, (asyncpg.DiskFullError, asyncpg.OutOfMemoryError)):
        return StorageFull("the database server has no room left")
    if isinstance(error, asyncpg.ReadOnlySQLTransactionError):
        return StorageBusy("the database server is read-only at present")
    if isinstance(error, (*RETRIED, asyncpg.QueryCanceledError)):
        return StorageBusy("the database server is busy")
    if isinstance(error, (asyncpg.DataCorruptedError, asyncpg.IndexCorruptedError)):
        return StorageDamaged("the database server reports damaged data")
    if isinstance(error, asyncpg.TooManyConnectionsError):
        return StorageBusy("the database server has no connection left")
    if isinstance(error, LOST) and not isinstance(error, BursarError):
        return StorageBusy("the connection to the database server was lost")
    return error


def unreachable(url: str, error: BaseException) -> StorageBusy:
    """Return what is told where no connection could be opened; neither user nor password is."""
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if isinstance(error, asyncpg.InvalidCatalogNameError):
        return StorageBusy(f"the database server has no database {name!r}: create it there")
    if isinstance(error, asyncpg.InvalidAuthorizationSpecificationError):
        return StorageBusy(
            "the database server refuses the user or the password: mend them in database.url"
        )
    return StorageBusy(
        f"the database server cannot be reached at {_place(parts)}: look whether it runs there,"
        " else mend database.url"
    )


def _place(parts: SplitResult) -> str:
    try:
        return f"{parts.hostname or 'localhost'}:{parts.port or 5432}"
    except ValueError:
        # The port is no number.
        return parts.hostname or "localhost"


async def connect(url: str, answer_s: float, idle_s: float) -> Any:  # Any: asyncpg ships no types
    """Open a connection that gives up a dead line and an idle transaction.

    Args:
        url: as `driver_url` makes it.
        answer_s: how long a statement may take to be answered.
        idle_s: how long a transaction may do nothing.
    """
    return await asyncpg.connect(
        url,
        timeout=10,
        command_timeout=answer_s,
        statement_cache_size=512,
        server_settings={
            "application_name": "bursar",
            "lock_timeout": "2000",
            "statement_timeout": "15000",
            "idle_in_transaction_session_timeout": str(round(idle_s * 1000)),
            # A machine that is gone acknowledges nothing: the server ends what it had after 9 s.
            "tcp_keepalives_idle": "5",
            "tcp_keepalives_interval": "2",
            "tcp_keepalives_count": "2",
        },
    )


def driver_url(url: str) -> str:
    """Return a URL as asyncpg takes it, without SQLAlchemy's mark of the driver."""
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)


def connection_of(tx: SqlTx) -> PostgresConnection:
    """Return a transaction's connection."""
    connection = tx.connection
    assert isinstance(connection, PostgresConnection)  # noqa: S101  # what the pool holds
    return connection


def driver_of(tx: SqlTx) -> Any:  # Any: asyncpg ships no types
    """Return the driver's connection below a transaction."""
    return connection_of(tx).driver
