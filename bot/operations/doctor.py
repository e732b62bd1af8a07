"""`bursar doctor`: is everything in order, and what to do where it is not."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.audit.anchors import find_last_anchor
from bot.clock import Clock, SystemClock, from_us
from bot.errors.kinds import BursarError
from bot.errors.storage import DatabaseInUse
from bot.operations.verification import verify_ledger_in_words
from bot.settings.model import Settings, load_settings
from storage.chain import verify_chain
from storage.engine import sqlite_path
from storage.snapshot import open_snapshot
from storage.sqlite_file import connect_file, take_lock
from storage.statements import Statement
from storage.transaction import SqlTx

# From 3.7.0 to 3.51.2 two connections that write and checkpoint at once can spoil the log
# (sqlite.org/releaselog/3_51_3.html). Bursar's one writer avoids it; a newer library is better.
_SOUND_SQLITE: Final = (3, 51, 3)
_LEAST_FREE_BYTES: Final = 1 << 30
_MAX_CLOCK_GAP: Final = timedelta(seconds=5)
_PYTHONS: Final = ((3, 11), (3, 14))


class Colour(StrEnum):
    """How much a finding matters: only red is a failure."""

    green = "ok"
    yellow = "warning"
    red = "FAILED"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check showed, and what to do if it is not green."""

    check: str
    colour: Colour
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        line = f"{self.colour.value:<8} {self.check}: {self.what}"
        return f"{line}\n         What to do: {self.remedy}" if self.remedy else line


def run_doctor(tell: Callable[[str], None], clock: Clock | None = None) -> bool:
    """Run every check and tell each finding at once; True when none is red."""
    is_sound = True
    for finding in list_findings(clock or SystemClock()):
        tell(str(finding))
        is_sound = is_sound and finding.colour is not Colour.red
    return is_sound


def list_findings(clock: Clock) -> Iterator[Finding]:
    """Yield what each check shows, the cheap ones first; without settings the rest is left out."""
    yield check_python(sys.version_info[:2])
    yield check_sqlite(sqlite3.sqlite_version_info)
    yield check_zones()
    try:
        settings = load_settings()
    except BursarError as error:
        yield _red("settings", error)
        return
    yield Finding("settings", Colour.green, f"{len(settings.origins)} set, the rest are defaults")
    path = sqlite_path(settings.database.url.get_secret_value())
    yield from check_modes(_private_files(settings, path))
    yield check_space(path or settings.audit.anchor_file)
    if path is not None:
        yield check_lock(path)
    yield from check_database(settings, clock)
    yield from check_platforms(settings, clock)
    if settings.channels:
        from bot.operations.channels import check_channels

        yield from check_channels(settings, clock)
    if settings.models.planner != "off":
        from bot.operations.doctor_models import check_models

        yield from check_models(settings, clock)


def check_platforms(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Are the platforms that are configured set up?"""
    if settings.telegram.token.get_secret_value():
        from bot.operations.doctor_telegram import check_telegram

        yield from check_telegram(settings, clock)
    if settings.slack.bot_token.get_secret_value():
        from bot.operations.slack_setup import check_slack

        for check in check_slack(settings.slack, clock):
            colour = Colour.red if check.remedy else Colour.green
            yield Finding(check.name, colour, check.what, check.remedy)
    teams = settings.teams
    if teams.app_id or teams.app_password.get_secret_value() or teams.anonymous:
        from bot.operations.teams_setup import list_teams_findings

        yield from list_teams_findings(settings, clock)


def check_python(version: tuple[int, ...]) -> Finding:
    """Is this a Python that Bursar is tested on?"""
    shown = ".".join(map(str, version))
    if _PYTHONS[0] <= version < _PYTHONS[1]:
        return Finding("Python", Colour.green, shown)
    return Finding("Python", Colour.red, shown, "run Bursar with Python 3.11, 3.12 or 3.13")


def check_sqlite(version: tuple[int, ...]) -> Finding:
    """Does the SQLite library have the mend of its log?"""
    shown = ".".join(map(str, version))
    if version >= _SOUND_SQLITE:
        return Finding("SQLite library", Colour.green, shown)
    return Finding(
        "SQLite library",
        Colour.yellow,
        f"{shown} is older than 3.51.3, which mended a rare fault in its log",
        "use a Python built with SQLite 3.51.3 or later, and let no other program write to the"
        " database while Bursar runs",
    )


def check_zones() -> Finding:
    """Is there time zone data?"""
    try:
        ZoneInfo("Europe/Madrid")
    except ZoneInfoNotFoundError:
        return Finding(
            "time zones", Colour.red, "no data", "install the package `tzdata` beside Bursar"
        )
    return Finding("time zones", Colour.green, "found")


def check_modes(files: Iterable[tuple[Path, int]]) -> Iterator[Finding]:
    """May nobody but the owner look into what must stay closed? Takes (path, allowed mode)."""
    open_ones = []
    for path, allowed in files:
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except OSError:
            continue
        if mode & ~allowed:
            open_ones.append(f"chmod {allowed:o} {path}")
    if open_ones:
        yield Finding(
            "file permissions",
            Colour.red,
            f"{len(open_ones)} files or folders are open to other users",
            " && ".join(open_ones),
        )
    else:
        yield Finding("file permissions", Colour.green, "closed to other users")


def check_space(path: Path, *, usage: Callable[[Path], int] | None = None) -> Finding:
    """Is there room beside the database for it to grow and to be copied?"""
    folder = next((parent for parent in path.absolute().parents if parent.is_dir()), Path("/"))
    free = (usage or (lambda at: shutil.disk_usage(at).free))(folder)
    shown = f"{free / 1e9:,.1f} GB free in {folder}"
    if free >= _LEAST_FREE_BYTES:
        return Finding("disk space", Colour.green, shown)
    return Finding(
        "disk space", Colour.red, shown, "free at least 1 GB there, or move the database"
    )


def check_lock(path: Path) -> Finding:
    """Does a Bursar have the file open? That is as it should be, and worth knowing."""
    if not path.exists():
        return Finding("lock", Colour.green, "nobody has the database open")
    try:
        take_lock(path).close()
    except DatabaseInUse:
        return Finding("lock", Colour.green, "a running Bursar has the database open")
    except OSError as error:
        return Finding(
            "lock",
            Colour.red,
            f"the lock file beside {path} cannot be opened ({error.strerror})",
            "run Bursar as the user that owns the database's folder",
        )
    return Finding("lock", Colour.green, "nobody has the database open")


def check_database(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Reach the database, then its schema, file, clock, ledger and audit chain."""
    try:
        yield from asyncio.run(_look(settings, clock))
    except BursarError as error:
        yield _red("database", error)


async def _look(settings: Settings, clock: Clock) -> list[Finding]:
    from bot.operations.doctor_messages import check_messages
    from bot.operations.doctor_schedules import check_schedules

    url = settings.database.url.get_secret_value()
    anchor = find_last_anchor(settings.audit.anchor_file)
    path = sqlite_path(url)
    async with open_snapshot(url, clock) as snapshot:
        findings = [
            Finding("database", Colour.green, f"{settings.database.shown}, schema current")
        ]
        if path is not None:
            findings.append(_check_integrity(path, clock))
        findings.append(await snapshot.run(_check_clock))
        findings += await snapshot.run(check_schedules)
        findings += await snapshot.run(check_messages)
        if settings.channels:
            from bot.operations.channels import check_owners

            findings += await snapshot.run(lambda tx: check_owners(tx, settings.channels))
        findings.append(_check_ledger(await snapshot.run(verify_ledger_in_words)))
        chain = await snapshot.run(lambda tx: verify_chain(tx, anchor))
    if chain.fault is not None:
        what = f"breaks at row {chain.fault.seq}: {chain.fault.why}"
    else:
        what = chain.mismatch
    if what:
        findings.append(
            Finding("audit chain", Colour.red, what, "run `bursar audit verify` and follow it")
        )
    else:
        said = "no anchor yet" if anchor is None else f"anchored at row {anchor.head.seq}"
        findings.append(Finding("audit chain", Colour.green, f"{chain.head.seq} rows, {said}"))
    return findings


def _check_integrity(path: Path, clock: Clock) -> Finding:
    driver = connect_file(path, clock, mode="ro")
    try:
        verdict = driver.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError:
        verdict = "cannot be read"
    finally:
        driver.close()
    if verdict == "ok":
        return Finding("database file", Colour.green, "sound")
    return Finding(
        "database file",
        Colour.red,
        "damaged",
        f"stop Bursar and run `bursar restore --force FILE` with the latest backup ({path} is put"
        " aside)",
    )


def _check_ledger(faults: list[str]) -> Finding:
    if not faults:
        return Finding("ledger", Colour.green, "every counter follows from its transfers")
    return Finding(
        "ledger",
        Colour.red,
        f"{len(faults)} things do not add up, the first: {faults[0]}",
        "stop Bursar, keep the database, and restore the latest backup that is sound",
    )


def _check_clock(tx: SqlTx) -> Finding:
    from sqlalchemy import func, select

    row = tx.connection.row(Statement(select(func.bursar_now().label("now_us"))))
    assert row is not None  # noqa: S101  # a SELECT without FROM
    gap = abs(from_us(row["now_us"]) - tx.now)
    if gap <= _MAX_CLOCK_GAP:
        return Finding("clock", Colour.green, "this machine and the database agree")
    return Finding(
        "clock",
        Colour.red,
        f"this machine and the database differ by {gap.total_seconds():.0f} s",
        "set both clocks by NTP",
    )


def _private_files(settings: Settings, path: Path | None) -> Iterator[tuple[Path, int]]:
    for origin in settings.origins.values():
        if origin.secret_file is not None:
            yield origin.secret_file, 0o600
    if path is not None:
        # Whoever may write there could put another file in its place.
        yield path.parent, 0o755
        for end in ("", "-wal", "-shm"):
            yield path.with_name(path.name + end), 0o600


def _red(check: str, error: BursarError) -> Finding:
    what, _, remedy = str(error).partition(": ")
    if "remedy" in error.facts:
        remedy = str(error.facts["remedy"])
        what = str(error).removesuffix(f": {remedy}")
    return Finding(check, Colour.red, what, remedy or "run the command again in a minute")
