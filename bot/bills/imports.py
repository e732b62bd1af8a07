"""A bill that was imported, and what it would correct: kept until somebody says yes, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from bot.bills.variance import Correction
from bot.ids import PrincipalId

ImportState = Literal["open", "corrected"]


@dataclass(frozen=True, slots=True)
class BillImport:
    """A bill beside what was counted when it was imported; `id` is that of the bill.

    From `from_on` to `until_on`, days of UTC. `ref` is what people call it by.
    """

    id: str
    ref: str
    provider: str
    from_on: date
    until_on: date
    corrections: tuple[Correction, ...]
    state: ImportState = "open"

    @property
    def theirs_nanos(self) -> int:
        """What the provider charges for what would be corrected."""
        return sum(one.theirs_nanos for one in self.corrections)

    @property
    def ours_nanos(self) -> int:
        """What was counted of the same."""
        return sum(one.ours_nanos for one in self.corrections)


class ImportStore(Protocol):
    """The imported bills of one tenant."""

    def keep(self, new: BillImport) -> BillImport:
        """Keep a bill; return it as it is kept.

        The same file again has what it would correct computed anew while that is open, and
        changes nothing once it was done; its reference stays.
        """
        ...

    def find(self, ref: str) -> BillImport | None: ...

    def lock(self, provider: str) -> None:
        """Let nobody else correct this provider's usage before the end of the transaction."""
        ...

    def close(self, import_id: str, by: PrincipalId) -> bool:
        """Take what a bill corrects for done; False if it was done before."""
        ...
