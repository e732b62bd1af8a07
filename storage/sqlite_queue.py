"""What waits for the writer of an SQLite file: first what somebody must be answered for at once.

A platform that is not answered in time delivers again. So a delivery that only has to be kept
overtakes the turns before it, and does not wait for all of a long batch of them either.
"""

from __future__ import annotations

import asyncio
import queue
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from bot.ids import TenantId
from storage.transaction import SqlTx

# So many other writes go through before an urgent one ends their batch: a commit for each would
# cost more than what it carries.
LEAST_BETWEEN: Final = 8


@dataclass(slots=True)
class Write:
    """One waiting write. Any: each has its own type of result."""

    fn: Callable[[SqlTx], Any]
    tenant: TenantId | None
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    is_urgent: bool = False
    result: Any = None
    error: BaseException | None = None


class WriteQueue:
    """Filled from any thread, emptied by the writer's alone."""

    def __init__(self) -> None:
        self._incoming: queue.SimpleQueue[Write | None] = queue.SimpleQueue()
        self._urgent: deque[Write] = deque()
        self._rest: deque[Write] = deque()
        self._is_ended = False

    def put(self, write: Write | None) -> None:
        """Add a write; None says that no more will come."""
        self._incoming.put(write)

    def take(self, most: int) -> list[Write]:
        """Return what is next, up to `most`; wait for it if nothing is there. Empty at the end."""
        if not (self._urgent or self._rest or self._is_ended):
            self._sort(self._incoming.get())
        self._look()
        batch: list[Write] = []
        for waiting in (self._urgent, self._rest):
            while waiting and len(batch) < most:
                batch.append(waiting.popleft())
        return batch

    def in_turn(self, batch: list[Write]) -> Iterator[Write]:
        """Yield a batch's writes. Once an urgent one waits, the batch ends: its rest goes back."""
        others = 0
        for at, write in enumerate(batch):
            if not write.is_urgent:
                others += 1
                if others > LEAST_BETWEEN and self._has_urgent():
                    self._rest.extendleft(reversed(batch[at:]))
                    del batch[at:]
                    return
            yield write

    def take_late(self) -> Iterator[Write]:
        """Yield what came after the end, which nobody will take any more; from any thread."""
        with suppress(queue.Empty):
            while True:
                write = self._incoming.get_nowait()
                if write is not None:
                    yield write

    def _has_urgent(self) -> bool:
        self._look()
        return bool(self._urgent)

    def _look(self) -> None:
        with suppress(queue.Empty):
            while not self._is_ended:
                self._sort(self._incoming.get_nowait())

    def _sort(self, write: Write | None) -> None:
        if write is None:
            self._is_ended = True
        else:
            (self._urgent if write.is_urgent else self._rest).append(write)
