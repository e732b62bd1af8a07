"""What the gateway asks of a running app: can it work, and how much waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from sqlalchemy import Table, func, select, text

from bot.clock import to_us
from bot.errors.kinds import BursarError
from bot.gateway.metrics import Depth, Metrics
from storage.database import Database
from storage.statements import Statement
from storage.tables.messages import inbox, outbox
from storage.tables.models import model_policy
from storage.transaction import SqlTx


def _waiting(table: Table, since: str, states: str) -> Statement:
    # Written as the partial indexes have it, so that only what waits is read.
    return Statement(
        select(func.count().label("waiting"), func.min(table.c[since]).label("since_us"))
        .select_from(table)
        .where(text(f"state IN ({states})"))
    )


_QUEUES: Final[tuple[tuple[Literal["inbox", "outbox"], Statement], ...]] = (
    ("inbox", _waiting(inbox, "received_us", "'new', 'leased'")),
    ("outbox", _waiting(outbox, "queued_us", "'queued', 'sending'")),
)


class Watch:
    """Looks at a database and at whether the process is about to end."""

    def __init__(
        self, database: Database, metrics: Metrics, is_stopping: Callable[[], bool]
    ) -> None:
        self._database = database
        self._metrics = metrics
        self._is_stopping = is_stopping

    async def find_faults(self) -> Sequence[str]:
        """Return why no work can be done at present, as short sentences."""
        faults = ["stopping"] if self._is_stopping() else []
        if self._database.guard.is_read_only:
            faults.append("the ledger is read-only until an operator has looked at it")
        try:
            await self._database.read(lambda tx: tx.audit.head())
        except BursarError as error:
            faults.append(f"the database cannot be read ({error.code})")
        return faults

    async def measure(self) -> Sequence[Depth]:
        """Return how much waits in inbox and outbox; note whether money or models stand still."""
        self._metrics.set_read_only(self._database.guard.is_read_only)
        depths, paused = await self._database.read(_measure)
        self._metrics.set_paused(paused)
        return depths


_PAUSED: Final = Statement(
    select(func.count()).select_from(model_policy).where(model_policy.c.paused_us.is_not(None))
)


def _measure(tx: SqlTx) -> tuple[list[Depth], int]:
    depths = []
    for queue, statement in _QUEUES:
        row = tx.connection.row(statement)
        assert row is not None  # noqa: S101  # an aggregate always has one
        oldest_s = 0.0 if row["since_us"] is None else (to_us(tx.now) - row["since_us"]) / 1e6
        depths.append(Depth(queue, row["waiting"], max(oldest_s, 0.0)))
    paused = tx.connection.row(_PAUSED)
    return depths, 0 if paused is None else paused[0]
