"""`bursar restore`: a backup back in its place, checked before anything is replaced."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot.audit.anchors import Anchor, find_last_anchor
from bot.clock import Clock, SystemClock
from bot.errors.kinds import InvalidInput
from bot.errors.storage import SchemaMismatch, StorageDamaged
from bot.operations.report import Report
from bot.operations.verification import verify_all
from bot.settings.model import Settings
from storage.backups import Manifest, sync
from storage.chain import ChainFinding
from storage.engine import migrate, sqlite_path
from storage.restoring import load_postgres, read_manifest, unpack_sqlite
from storage.schema import HEAD
from storage.snapshot import is_there, open_snapshot
from storage.sqlite_file import take_lock
from storage.transaction import SqlTx


def restore_backup(
    settings: Settings, source: Path, *, is_forced: bool = False, clock: Clock | None = None
) -> Report:
    """Restore and check; a chain that ends before the last anchor is restored, and reported.

    Raises:
        InvalidInput: there is a database already, and it was not forced.
        StorageDamaged: the backup is not as it was written, or what is in it does not hold
            together. Nothing was replaced.
        SchemaMismatch: it was made by another version.
        DatabaseInUse, StorageBusy: a Bursar has the database open.
    """
    clock = clock or SystemClock()
    manifest = read_manifest(source)
    url = settings.database.url.get_secret_value()
    path = sqlite_path(url)
    engine = "postgresql" if path is None else "sqlite"
    if manifest.engine != engine:
        raise InvalidInput(
            "file",
            f"{source} is a backup of {manifest.engine}, and the database is {engine}",
            example="a database URL of the same kind",
        )
    if manifest.schema != HEAD:
        raise SchemaMismatch(
            f"{source} has schema {manifest.schema} and this Bursar knows {HEAD}:"
            " restore it with the Bursar that made it, then run `bursar migrate`"
        )
    anchor = find_last_anchor(settings.audit.anchor_file)
    check = _Check(manifest, anchor, source)
    notes: list[str] = []
    if path is None:
        finding = asyncio.run(_restore_postgres(url, source, check, clock, is_forced))
    else:
        finding, notes = _restore_sqlite(path, source, check, clock, is_forced)
    lines = [
        f"Restored {source}, made {manifest.at:%Y-%m-%d %H:%M:%S} UTC.",
        f"Checked: ledger, and the audit chain up to row {finding.head.seq}.",
        *notes,
    ]
    if finding.mismatch:
        lines += [
            f"WARNING: {finding.mismatch}",
            "What to do: if you meant to go back, run `bursar audit verify` again after the next"
            " anchor was written; else restore a later backup.",
        ]
    elif anchor is None:
        lines.append("There is no anchor to compare the chain's end with.")
    return Report("\n".join(lines), is_clean=not finding.mismatch)


@dataclass(frozen=True, slots=True)
class _Check:
    """What a restored database must pass."""

    manifest: Manifest
    anchor: Anchor | None
    source: Path

    def __call__(self, tx: SqlTx) -> ChainFinding:
        faults, finding = verify_all(tx, self.anchor)
        if finding.fault is not None:
            faults.append(f"audit row {finding.fault.seq}: {finding.fault.why}")
        elif finding.head != self.manifest.head:
            faults.append("the audit chain ends elsewhere than the backup says")
        if faults:
            raise StorageDamaged(
                f"what is in {self.source} does not hold together ({faults[0]}): use an earlier"
                " backup",
                path=str(self.source),
            )
        return finding


def _restore_sqlite(
    path: Path, source: Path, check: _Check, clock: Clock, is_forced: bool
) -> tuple[ChainFinding, list[str]]:
    if is_there(path) and not is_forced:
        raise InvalidInput(
            "database", f"{path} is there already", example="`--force`, which puts it aside"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with take_lock(path):
        fresh = path.with_name(path.name + ".restoring")
        fresh.unlink(missing_ok=True)
        unpack_sqlite(source, fresh)
        try:
            finding = asyncio.run(_look(fresh, check, clock))
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        notes = _put_aside(path, clock)
        fresh.replace(path)
        sync(path.parent)
    return finding, notes


async def _look(path: Path, check: _Check, clock: Clock) -> ChainFinding:
    async with open_snapshot(f"sqlite:///{path}", clock) as snapshot:
        return await snapshot.run(check)


def _put_aside(path: Path, clock: Clock) -> list[str]:
    """Rename what stands in the way, log and all, so that it can still be opened."""
    if not is_there(path):
        return []
    aside = path.with_name(f"{path.name}.replaced-{clock.now():%Y%m%dT%H%M%S}")
    # The file goes first: a log without its file is nothing, a file without its log is older.
    for end in ("-wal", "-shm", ""):
        part = path.with_name(path.name + end)
        if part.exists():
            part.rename(aside.with_name(aside.name + end))
    return [f"What was there is now {aside}."]


async def _restore_postgres(
    url: str, source: Path, check: _Check, clock: Clock, is_forced: bool
) -> ChainFinding:
    await migrate(url)
    return await load_postgres(url, source, check, clock, is_forced=is_forced)
