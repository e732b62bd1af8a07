"""`bursar backup`: the database in one file, while others use it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.clock import Clock, SystemClock
from bot.settings.model import Settings
from storage.backups import write_backup


def back_up(settings: Settings, target: Path, clock: Clock | None = None) -> str:
    """Write a backup; return what to tell. Raises as `storage.backups.write_backup`."""
    url = settings.database.url.get_secret_value()
    manifest = asyncio.run(write_backup(url, target, clock or SystemClock()))
    size = target.stat().st_size
    return (
        f"Wrote {target} ({size / 1e6:,.1f} MB): schema {manifest.schema}, audit chain up to row"
        f" {manifest.head.seq}, as of {manifest.at:%Y-%m-%d %H:%M:%S} UTC.\n"
        "It holds everything that the database holds: keep it as closed as the database."
    )
