"""Slips at the command line: each is named, with what to do about it."""

import asyncio
import os
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.cli import commands
from bot.clock import SystemClock
from bot.company.file import CompanyFile, read_company
from bot.company.founding import found_company
from bot.errors.storage import StorageBusy
from storage.engine import open_database
from storage.snapshot import open_snapshot
from tests.servers import PostgresServer

HERE = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def empty_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BURSAR_")]:  # noqa: TID251  # to clean it
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["backup"], "Missing argument 'file'"),
        (["restore"], "Missing argument 'file'"),
        (["import", "usage", "october.csv"], "Missing option '--provider'"),
    ],
)
def test_what_is_missing_is_named(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.run(arguments) == 2
    assert named in capsys.readouterr().err


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["--version"]) == 0
    assert capsys.readouterr().out == f"bursar {version('bursar')}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["audit", "--help"], ["config", "--help"]])
def test_help_cuts_no_sentence_at_80_columns(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert commands.run(arguments) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line.endswith("...")] == [shown[0]]


@pytest.mark.parametrize(
    ("arguments", "what", "remedy"),
    [
        (
            ["restore", "nope.backup"],
            "file: there is no nope.backup.",
            "use a file made by `bursar backup`.",
        ),
        (
            ["restore", "."],
            "file: . cannot be read (Is a directory).",
            "use a file made by `bursar backup`.",
        ),
        (
            ["import", "usage", "nope.csv", "--provider", "openai"],
            "nope.csv: cannot be read (No such file or directory).",
            "use a file exported from the provider.",
        ),
        (
            ["export", "focus", "--from", "2026-13-01"],
            "--from: 2026-13-01 is not a day.",
            "use --from 2026-11-01.",
        ),
    ],
)
def test_a_file_or_a_day_that_is_none_is_told_with_what_would_do(
    arguments: list[str], what: str, remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.run(arguments) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"bursar: {what}",
        "Nothing was changed.",
        f"What to do: {remedy}",
    ]


def test_a_backup_where_nothing_can_be_written_names_the_folder_as_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found(f"sqlite:///{tmp_path}/var/bursar.db")
    assert commands.run(["backup", "nowhere/x.backup"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "bursar: file: nowhere/x.backup cannot be written (No such file or directory).",
        "Nothing was changed.",
        "What to do: use a folder that is there and that you may write to.",
    ]


def found(url: str) -> None:
    def describe() -> CompanyFile:
        return read_company((HERE / "docs/company.example.toml").read_text())

    asyncio.run(found_company(url, SystemClock(), describe))


@pytest.mark.parametrize("url", ["mysql://host/name", "var/bursar.db", "sqlite://bursar.db"])
def test_a_database_of_no_kind_that_is_known_is_named_by_its_setting(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BURSAR_DATABASE__URL", url)
    assert commands.run(["audit", "verify"]) == 3
    said = capsys.readouterr().err
    assert said.startswith("bursar: database.url must begin with sqlite:/// or postgresql://")
    assert url not in said


async def test_why_a_server_cannot_be_used_is_told_without_the_password(
    postgres: PostgresServer,
) -> None:
    clock = SystemClock()
    for wrong, told in (
        (postgres.url("nosuch"), "the database server has no database 'nosuch'"),
        ("postgresql://ana:canary@127.0.0.1:1/x", "cannot be reached at 127.0.0.1:1: look"),
    ):
        with pytest.raises(StorageBusy, match=told) as opened:
            await open_database(wrong, clock)
        with pytest.raises(StorageBusy, match=told):
            async with open_snapshot(wrong, clock):
                pass
        assert "canary" not in str(opened.value)
