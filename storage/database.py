"""What both databases are to the rest: run a plain function of an open transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

from bot.clock import Clock
from bot.ids import TenantId
from storage.scope import LedgerGuard
from storage.transaction import SqlTx

T = TypeVar("T")

# How many writes one commit may carry. 128 gave 52,000 transfers a second on two cores, one
# 4,590; beyond 256 only the wait grows.
MAX_BATCH = 256


class Database(ABC):
    """An open database. `fn` must be a plain function: it may be run again after a conflict."""

    # Whether no other process can have it open: what one left behind is then free to take.
    is_exclusive = False
    # Whether nothing is kept without what was handed over before it, unless that failed.
    keeps_order = False

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.guard = LedgerGuard()
        self._listeners: list[Callable[[list[object]], None]] = []
        self._counters: list[Callable[[int, int], None]] = []

    @abstractmethod
    async def read(
        self,
        fn: Callable[[SqlTx], T],
        *,
        tenant: TenantId | None = None,
        is_long: bool = False,
    ) -> T:
        """Run a function on one consistent view; it can change nothing.

        `is_long` says that it takes long: no other read is to wait for its end.
        """

    @abstractmethod
    async def write(
        self,
        fn: Callable[[SqlTx], T],
        *,
        tenant: TenantId | None = None,
        is_urgent: bool = False,
        may_rest: bool = False,
    ) -> T:
        """Run a function in a transaction, alone or gathered with others, and commit.

        Returns only after the commit. What `fn` raises leaves nothing of it behind. An urgent
        one goes before others that wait for the same writer. One that may rest has its place
        among them, but the writer is woken for it a moment later, or for what follows it: the
        writer's work would hold up whoever handed it over.

        Raises:
            Unavailable: the whole batch was rolled back; it may be tried again.
        """

    @abstractmethod
    async def close(self) -> None:
        """Finish what was begun and let go of the files or the server."""

    def on_commit(self, listener: Callable[[list[object]], None]) -> None:
        """Call `listener` on the event loop with what transactions announced, after commits."""
        self._listeners.append(listener)

    def _announce(self, events: list[object]) -> None:
        if events:
            for listener in self._listeners:
                listener(events)

    def on_batch(self, counter: Callable[[int, int], None]) -> None:
        """Call `counter` on the event loop with the writes of each batch, and how many failed."""
        self._counters.append(counter)

    def _count(self, size: int, failed: int) -> None:
        for counter in self._counters:
            counter(size, failed)
