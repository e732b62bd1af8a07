import asyncio
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.clock import SystemClock
from bot.operations.doctor import (
    Colour,
    Finding,
    check_lock,
    check_modes,
    check_python,
    check_space,
    check_sqlite,
    run_doctor,
)
from storage.engine import migrate
from storage.sqlite_file import take_lock


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh installation in the folder where Bursar is started."""
    import os

    for name in [name for name in os.environ if name.startswith("BURSAR_")]:  # noqa: TID251  # to clean it
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    # How full the disk of this machine is says nothing about Bursar.
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1 << 40))
    asyncio.run(migrate("sqlite:///var/bursar.db"))
    return tmp_path / "var" / "bursar.db"


def findings() -> tuple[bool, dict[str, str]]:
    told: list[str] = []
    is_sound = run_doctor(told.append, SystemClock())
    return is_sound, {text[9:].partition(":")[0]: text for text in told}


def test_a_fresh_installation_is_sound(database: Path) -> None:
    is_sound, told = findings()
    assert is_sound, told
    assert set(told) == {
        "Python",
        "SQLite library",
        "time zones",
        "settings",
        "file permissions",
        "disk space",
        "lock",
        "database",
        "database file",
        "clock",
        "schedules",
        "messages",
        "ledger",
        "audit chain",
    }


def test_what_is_red_has_a_remedy(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database.unlink()
    is_sound, told = findings()
    assert not is_sound
    assert "bursar restore FILE" in told["database"]
    monkeypatch.setenv("BURSAR_SERVER__PORT", "many")
    is_sound, told = findings()
    assert not is_sound
    assert "BURSAR_SERVER__PORT" in told["settings"]
    assert "database" not in told


def test_a_damaged_file_is_red(database: Path) -> None:
    database.write_bytes(b"no database" * 1000)
    is_sound, told = findings()
    assert not is_sound
    assert told["database"].startswith("FAILED")


def test_a_ledger_that_does_not_add_up_is_red(database: Path) -> None:
    driver = sqlite3.connect(database)
    driver.execute("INSERT INTO tenant VALUES ('t', 'T', 'UTC', 'en', 0)")
    driver.execute(
        "INSERT INTO account (tenant, unit, kind, owner, period, dr, floor)"
        " VALUES ('t', 'nusd', 'source', 's', 'total', 5, NULL)"
    )
    driver.commit()
    driver.close()
    is_sound, told = findings()
    assert not is_sound
    assert told["ledger"].startswith("FAILED")


def test_files_open_to_others_are_red_with_the_command_that_closes_them(database: Path) -> None:
    database.chmod(0o644)
    is_sound, told = findings()
    assert not is_sound
    assert "chmod 600 var/bursar.db" in told["file permissions"]


def test_a_secret_file_open_to_others_is_red(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "url"
    secret.write_text("sqlite:///var/bursar.db")
    secret.chmod(0o640)
    monkeypatch.setenv("BURSAR_DATABASE__URL_FILE", str(secret))
    is_sound, told = findings()
    assert not is_sound
    assert f"chmod 600 {secret}" in told["file permissions"]


def test_a_running_bursar_is_no_fault(database: Path) -> None:
    with take_lock(database):
        assert check_lock(database).colour is Colour.green
        assert findings()[0]


@pytest.mark.parametrize(
    ("version", "colour"),
    [
        ((3, 10), Colour.red),
        ((3, 11), Colour.green),
        ((3, 13), Colour.green),
        ((3, 14), Colour.red),
    ],
)
def test_pythons_that_are_not_tested_are_red(version: tuple[int, ...], colour: Colour) -> None:
    assert check_python(version).colour is colour


@pytest.mark.parametrize(
    ("version", "colour"),
    [((3, 40, 1), Colour.yellow), ((3, 51, 2), Colour.yellow), ((3, 51, 3), Colour.green)],
)
def test_an_sqlite_without_the_mended_log_is_a_warning(
    version: tuple[int, ...], colour: Colour
) -> None:
    assert check_sqlite(version).colour is colour


def test_a_full_disk_is_red(tmp_path: Path) -> None:
    assert check_space(tmp_path / "x", usage=lambda _: 10**8).colour is Colour.red
    assert check_space(tmp_path / "x", usage=lambda _: 10**10).colour is Colour.green


def test_files_that_are_not_there_are_no_finding(tmp_path: Path) -> None:
    (finding,) = check_modes([(tmp_path / "none", 0o600)])
    assert finding == Finding("file permissions", Colour.green, "closed to other users")
