"""`bursar init`: from a file or from answers to a database with a company in it.

A new SQLite file is made under another name and takes its place when it is whole, so that a
machine that stops in between leaves nothing that a later start would take for a company.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.clock import Clock
from bot.company.file import CompanyFile
from bot.company.making import create_company, refuse_second
from bot.errors.storage import SchemaMismatch
from storage.engine import SQLITE, migrate, open_database, sqlite_path


async def found_company(
    url: str, clock: Clock, describe: Callable[[], CompanyFile]
) -> CompanyFile:
    """Make the company that `describe` returns; it is asked only once it could be made.

    Raises:
        CompanyExists, CompanyFileInvalid: nothing was made.
        Broken: the database is there and cannot be used; the message holds the remedy.
    """
    path = sqlite_path(url)
    if path is None:
        await _prepare(url, clock)
        company = describe()
        await _create(url, clock, company)
    elif path.exists():
        await _look(url, clock)
        company = describe()
        await _create(url, clock, company)
    else:
        company = describe()
        await _create_file(path, clock, company)
    return company


async def _create_file(path: Path, clock: Clock, company: CompanyFile) -> None:
    """Make a database file with a company, or no file at all."""
    new = path.with_name(path.name + ".new")
    leftovers = [new.with_name(new.name + end) for end in ("", "-wal", "-shm", ".lock")]
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        for each in leftovers:
            each.unlink(missing_ok=True)
        await migrate(f"{SQLITE}{new}")
        await _create(f"{SQLITE}{new}", clock, company)
        new.rename(path)
    finally:
        for each in leftovers:
            each.unlink(missing_ok=True)


async def _prepare(url: str, clock: Clock) -> None:
    """Give an empty server database its tables; refuse one that has a company."""
    try:
        await _look(url, clock)
    except SchemaMismatch as error:
        if error.facts.get("found") is not None:
            raise
        await migrate(url)


async def _look(url: str, clock: Clock) -> None:
    database = await open_database(url, clock)
    try:
        await database.read(refuse_second)
    finally:
        await database.close()


async def _create(url: str, clock: Clock, company: CompanyFile) -> None:
    database = await open_database(url, clock)
    try:
        await database.write(lambda tx: create_company(tx, company))
    finally:
        await database.close()
