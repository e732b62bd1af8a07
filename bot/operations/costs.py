"""`bursar export`: costs as a file of any size, read beside whoever uses the database."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import BinaryIO

from bot.actions.exports import What, days_of, make_file
from bot.clock import Clock, SystemClock
from bot.errors.kinds import InvalidInput
from bot.exports.files import ExportFile, Format
from bot.reports.balance import today
from bot.settings.model import Settings
from storage.snapshot import open_snapshot
from storage.transaction import SqlTx


def export_costs(
    settings: Settings,
    what: What,
    format: Format,
    since: str,
    until: str,
    clock: Clock | None = None,
) -> ExportFile:
    """Return a file of what was used from one local day to another, both included.

    Args:
        settings: say where the database is.
        what: "chargeback" or "focus".
        format: "csv" or "json".
        since: the first day, ISO; last month's where neither is given.
        until: the last day, ISO; today's where only the first is given.
        clock: the present.

    Raises:
        InvalidInput: a day is none, they are more than a year, or there is no company.
    """
    first, last = _to_date(since, "from"), _to_date(until, "until")

    def export(tx: SqlTx) -> ExportFile:
        enter_company(tx)
        _, _, file = make_file(tx, what, format, *days_of(first, last, today(tx)))
        return file

    async def run() -> ExportFile:
        url = settings.database.url.get_secret_value()
        async with open_snapshot(url, clock or SystemClock()) as snapshot:
            return await snapshot.run(export)

    return asyncio.run(run())


def write_out(file: ExportFile, out: Path | None, standard: BinaryIO) -> str:
    """Write a file where it is wanted: a new file, one in a folder, or standard output.

    Returns what to say about it, empty for standard output.

    Raises:
        InvalidInput: it is there already, or cannot be written.
    """
    if out is None:
        standard.write(file.data)
        standard.flush()
        return ""
    path = out / file.name if out.is_dir() else out
    try:
        with path.open("xb") as opened:
            opened.write(file.data)
    except OSError as error:
        why = f"cannot be written ({error.strerror})"
        raise InvalidInput("out", why, example=f"--out {file.name}") from error
    return f"Wrote {path} ({len(file.data):,} bytes)."


def enter_company(tx: SqlTx) -> None:
    """Go on for the company of a database.

    Raises:
        InvalidInput: there is none yet.
    """
    companies = tx.people.list_tenants()
    if not companies:
        raise InvalidInput("database", "holds no company", example="`bursar init` first")
    tx.enter(companies[0].id)


def _to_date(text: str, option: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(
            f"--{option}", f"{text} is not a day", example=f"--{option} 2026-11-01"
        ) from error
