"""The schema's steps: forward, back, forward again, and never half."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.clock import ManualClock
from bot.economy.usage import Usage
from bot.errors.storage import SchemaMismatch
from bot.ids import new_id
from storage import schema
from storage.engine import migrate, open_database, sqlite_path
from storage.migrations import triggers_0001
from storage.tables import metadata
from storage.transaction import SqlTx
from tests.ledgers import ANA, TEAM, Company, found_company

T = TypeVar("T")
STEPS = Path(schema.__file__).parent / "migrations"


async def look(url: str, fn: Callable[[Connection], T]) -> T:
    """Run a function of an SQLAlchemy connection on a database of either kind."""
    path = sqlite_path(url)
    if path is not None:
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        with engine.connect() as connection:
            return fn(connection)
    made = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool
    )
    try:
        async with made.connect() as connected:
            return await connected.run_sync(fn)
    finally:
        await made.dispose()


def list_tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def list_triggers(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return {row[0] for row in connection.execute(text(query))}


def revision_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": False}
    )
    return list(compare_metadata(context, metadata))


def test_head_is_the_newest_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


async def test_the_steps_lead_to_the_tables(database_url: str) -> None:
    assert await look(database_url, differences) == []
    assert await look(database_url, revision_of) == schema.HEAD


async def test_tables_of_a_file_are_strict(sqlite_path: Path) -> None:
    with closing(sqlite3.connect(sqlite_path)) as driver:
        found = driver.execute("PRAGMA table_list").fetchall()
    loose = {row[1] for row in found if row[0] == "main" and not row[5]}
    assert loose == {"alembic_version", "sqlite_schema"}


async def test_forward_back_and_forward_again(database_url: str) -> None:
    tables = await look(database_url, list_tables)
    triggers = await look(database_url, list_triggers)
    assert triggers
    await migrate(database_url, "base", backwards=True)
    assert await look(database_url, list_tables) == {"alembic_version"}
    assert await look(database_url, list_triggers) == set()
    await migrate(database_url)
    assert await look(database_url, list_tables) == tables
    assert await look(database_url, list_triggers) == triggers
    assert await look(database_url, differences) == []


async def test_going_forward_twice_keeps_what_is_there(
    database_url: str, clock: ManualClock
) -> None:
    database = await open_database(database_url, clock)
    await database.write(found_company)
    await Company(database).limit(TEAM, 100)
    await database.close()
    await migrate(database_url)
    database = await open_database(database_url, clock)
    assert await Company(database).figures(TEAM) == (100, 0, 0, 100)
    await database.close()


def spend_beside_the_program(connection: Connection) -> None:
    """Spend 5 of what the one hold draws on, as a program of that time would have."""
    sides = connection.execute(text("SELECT dr_acc, cr_acc FROM transfer WHERE kind = 'hold'"))
    debit_id, credit_id = sides.one()
    connection.execute(
        text(
            "INSERT INTO transfer (id, grp, tenant, kind, dr_acc, cr_acc, amount, actor, cause,"
            " at_us) VALUES (:id, :id, 'acme', 'transfer', :debit, :credit, 5, 'x', 'x', 1)"
        ),
        {"id": new_id(), "debit": debit_id, "credit": credit_id},
    )
    connection.commit()


async def test_counters_follow_before_and_after_the_step_of_their_trigger(
    database_url: str, clock: ManualClock
) -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    before = ScriptDirectory.from_config(config).get_revision("0005").down_revision
    database = await open_database(database_url, clock)
    await database.write(found_company)
    await Company(database).limit(TEAM, 100)
    await Company(database).hold(TEAM, 60, "k")
    await database.close()
    await look(database_url, spend_beside_the_program)
    await migrate(database_url, str(before), backwards=True)
    await look(database_url, spend_beside_the_program)
    await migrate(database_url)
    await look(database_url, spend_beside_the_program)
    database = await open_database(database_url, clock)
    books = Company(database)
    assert await books.figures(TEAM) == (100, 15, 60, 25)
    await books.settle(TEAM, 50, "k")
    assert await books.figures(TEAM) == (100, 65, 0, 35)
    await books.assert_sound()
    await database.close()


async def test_hours_are_summed_from_what_was_used_before_their_step(
    database_url: str, clock: ManualClock
) -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    before = ScriptDirectory.from_config(config).get_revision("0019").down_revision
    first_at = datetime(2026, 11, 18, 12, tzinfo=UTC)
    sums = {first_at: 11, first_at + timedelta(hours=1): 7}

    def use(tx: SqlTx) -> None:
        for number in range(3):
            at = first_at + number * timedelta(minutes=40)
            usage = Usage(f"u{number}", TEAM, ANA, "chat", "p", "m", 1, 1, 5 + number, "1", at)
            tx.usage.add(usage, at.date())

    def hours(tx: SqlTx) -> dict[datetime, int]:
        return tx.usage.list_hours(TEAM, "m", first_at, first_at + timedelta(days=1))

    database = await open_database(database_url, clock)
    await database.write(found_company)
    await Company(database).write(use)
    kept = await Company(database).read(hours)
    await database.close()
    await migrate(database_url, str(before), backwards=True)
    await migrate(database_url)
    database = await open_database(database_url, clock)
    assert await Company(database).read(hours) == kept == sums
    await database.close()


async def test_an_interrupted_step_leaves_the_database_as_before(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(database_url, "base", backwards=True)
    with monkeypatch.context() as broken:
        for name in ("SQLITE_UP", "POSTGRES_UP"):
            steps = [*getattr(triggers_0001, name)[:3], "CREATE nonsense"]
            broken.setattr(triggers_0001, name, steps)
        with pytest.raises((DBAPIError, sqlite3.Error, asyncpg.PostgresError)):
            await migrate(database_url)
    assert await look(database_url, list_tables) <= {"alembic_version"}
    assert await look(database_url, list_triggers) == set()
    assert await look(database_url, revision_of) is None
    await migrate(database_url)
    assert await look(database_url, differences) == []


@pytest.mark.parametrize(
    ("found", "remedy"), [(None, "bursar migrate"), ("0000", "bursar migrate"), ("9999", "newer")]
)
async def test_another_schema_is_refused_with_what_to_do(
    database_url: str, clock: ManualClock, found: str | None, remedy: str
) -> None:
    def change(connection: Connection) -> None:
        if found is None:
            connection.execute(text("DELETE FROM alembic_version"))
        else:
            connection.execute(
                text("UPDATE alembic_version SET version_num = :found"), {"found": found}
            )
        connection.commit()

    await look(database_url, change)
    with pytest.raises(SchemaMismatch, match=remedy) as caught:
        await open_database(database_url, clock)
    assert caught.value.facts["found"] == found
