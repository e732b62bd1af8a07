"""Which schema a database has, and the way forward and back.

Alembic is imported only when a step is taken: a start compares one string.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection as EngineConnection
from sqlalchemy import create_engine, event, pool, text

from bot.errors.storage import SchemaMismatch

if TYPE_CHECKING:
    from alembic.config import Config

# The newest step; a test compares it with the folder of steps.
HEAD: Final = "0040"

_STEPS: Final = Path(__file__).parent / "migrations"


def check_revision(found: str | None, where: str) -> None:
    """Compare a database's schema with this program's. Raises `SchemaMismatch`."""
    if found == HEAD:
        return
    if found is None or found < HEAD:
        raise SchemaMismatch(
            f"{where} has an older schema ({found or 'none'}, needed {HEAD}): "
            f"run `bursar backup FILE`, then `bursar migrate`",
            found=found,
        )
    raise SchemaMismatch(
        f"{where} has schema {found}, newer than this program knows ({HEAD}): "
        f"start the newer Bursar, or restore a backup made with this one",
        found=found,
    )


def _config(connection: EngineConnection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_STEPS))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: EngineConnection, revision: str = "head") -> None:
    """Take the steps up to a revision; repeating does nothing. Each step commits by itself."""
    from alembic import command

    command.upgrade(_config(connection), revision)


def downgrade(connection: EngineConnection, revision: str) -> None:
    """Take the steps back to a revision, `base` for an empty database."""
    from alembic import command

    command.downgrade(_config(connection), revision)


def upgrade_sqlite(path: Path, revision: str = "head", *, backwards: bool = False) -> None:
    """Take an SQLite file, made if it is not there, to a revision."""
    engine = create_engine(f"sqlite:///{path}", poolclass=pool.NullPool)

    # The driver begins no transaction before DDL by itself, so an interrupted step would stay
    # half taken. Source: SQLAlchemy's documentation of the pysqlite dialect, transactions.
    @event.listens_for(engine, "connect")
    def _own_transactions(driver, _record) -> None:  # type: ignore[no-untyped-def]  # DBAPI
        driver.isolation_level = None
        driver.execute("PRAGMA journal_mode=WAL")
        driver.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: EngineConnection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        (downgrade if backwards else upgrade)(connection, revision)
    engine.dispose()


async def upgrade_postgres(url: str, revision: str = "head", *, backwards: bool = False) -> None:
    """Take a PostgreSQL database to a revision; two at once wait for each other."""
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url, poolclass=pool.NullPool)
    try:
        async with engine.connect() as connection:
            # Any number that others do not use; released with the connection.
            await connection.execute(text("SELECT pg_advisory_lock(7027113)"))
            await connection.commit()
            await connection.run_sync(downgrade if backwards else upgrade, revision)
            await connection.commit()
    finally:
        await engine.dispose()
