"""What an operator waits for: backup, restore with all its checks, and the audit chain."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from bot.operations.audit_files import verify_audit
from bot.operations.backup import back_up
from bot.operations.restore import restore_backup
from bot.settings.model import Settings, load_settings
from tests.bench.million import TRANSFERS, make_million
from tests.bench.results import Measure

T = TypeVar("T")


def measure_backup() -> list[Measure]:
    """A million transfers and audit rows, out of one SQLite file and into another."""
    with tempfile.TemporaryDirectory(prefix="bursar-bench-") as name:
        folder = Path(name)
        make_million(folder / "bursar.db")
        size = (folder / "bursar.db").stat().st_size
        here, there = _settings(folder, "bursar.db"), _settings(folder, "restored.db")
        archive = folder / "one.backup"
        audit_s, report = _timed(lambda: verify_audit(here))
        assert report.is_clean, report.text
        backup_s, _ = _timed(lambda: back_up(here, archive))
        restore_s, report = _timed(lambda: restore_backup(there, archive))
        assert report.is_clean, report.text
        packed = archive.stat().st_size
    what = f"{TRANSFERS:,} transfers"
    return [
        Measure(f"{what}: audit verify, rows", TRANSFERS / audit_s, "/s", least=100_000),
        Measure(f"{what}: backup ({size / 1e6:,.0f} MB to {packed / 1e6:,.0f} MB)", backup_s, "s"),
        Measure(f"{what}: restore with ledger and audit verify", restore_s, "s"),
        Measure(f"{what}: backup, restore and verify", backup_s + restore_s, "s", most=60),
    ]


def _settings(folder: Path, name: str) -> Settings:
    return load_settings(
        database={"url": f"sqlite:///{folder / name}"},
        audit={"anchor_file": folder / "anchor.jsonl"},
    )


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


SUBJECTS: Final = {"backup": measure_backup}
