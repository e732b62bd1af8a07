"""What one of several processes does alone: a lease in the database, kept by taking it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.ids import new_id
from storage.database import Database

# Longer than whoever holds it needs until they take it again: a poll of 50 s and its grace.
LIFE: Final = timedelta(seconds=90)


class DatabaseLease:
    """One process's claim to a lease of a name."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._name = name
        self._owner = new_id()
        self._fence: int | None = None

    async def hold(self) -> bool:
        """Take or keep it; False while another process has it.

        Raises:
            Unavailable: nobody can tell.
        """
        self._fence = await self._database.write(
            lambda tx: tx.leases.take(self._name, self._owner, LIFE)
        )
        return self._fence is not None

    async def release(self) -> None:
        """Give it back, so that another process need not wait for its end."""
        fence, self._fence = self._fence, None
        if fence is not None:
            await self._database.write(
                lambda tx: tx.leases.release(self._name, self._owner, fence)
            )
