"""Making a company on a fresh machine, on a server, and where there is one already."""

from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.company.file import CompanyFile, CompanyFileInvalid, read_company
from bot.company.founding import found_company
from bot.company.making import CompanyExists
from storage.engine import open_database
from tests.servers import PostgresServer

EXAMPLE = Path(__file__).parents[2] / "docs" / "company.example.toml"


def describe() -> CompanyFile:
    return read_company(EXAMPLE.read_text(encoding="utf-8"))


def describe_badly() -> CompanyFile:
    return read_company("name = 1")


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def names_in(url: str, clock: ManualClock) -> list[str]:
    database = await open_database(url, clock)
    try:
        tenants = await database.read(lambda tx: tx.people.list_tenants())
    finally:
        await database.close()
    return [tenant.name for tenant in tenants]


async def test_a_fresh_machine_gets_its_database(tmp_path: Path, clock: ManualClock) -> None:
    url = f"sqlite:///{tmp_path}/var/bursar.db"
    await found_company(url, clock, describe)
    assert await names_in(url, clock) == ["Acme"]
    assert files_in(tmp_path / "var") == ["bursar.db", "bursar.db.lock"]


async def test_a_bad_file_makes_nothing(tmp_path: Path, clock: ManualClock) -> None:
    with pytest.raises(CompanyFileInvalid):
        await found_company(f"sqlite:///{tmp_path}/var/bursar.db", clock, describe_badly)
    assert files_in(tmp_path) == []


async def test_what_a_crash_left_is_no_company(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "bursar.db.new").write_bytes(b"half a file")
    url = f"sqlite:///{tmp_path}/bursar.db"
    await found_company(url, clock, describe)
    assert await names_in(url, clock) == ["Acme"]


async def test_a_second_company_is_not_even_asked_for(
    database_url: str, clock: ManualClock
) -> None:
    await found_company(database_url, clock, describe)
    with pytest.raises(CompanyExists):
        await found_company(database_url, clock, describe_badly)
    assert await names_in(database_url, clock) == ["Acme"]


async def test_an_empty_server_database_gets_its_tables(
    postgres: PostgresServer, clock: ManualClock
) -> None:
    postgres.run("CREATE DATABASE empty_for_init")
    url = postgres.url("empty_for_init")
    await found_company(url, clock, describe)
    assert await names_in(url, clock) == ["Acme"]
