"""What people changed and may take back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ids import PrincipalId, ProposalId


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was done and may be taken back; `undo` is the inverse call as JSON."""

    id: int
    action: str
    undo: str


class ChangeStore(Protocol):
    """What the people of one tenant changed."""

    def add(
        self,
        proposal_id: ProposalId,
        principal_id: PrincipalId,
        step: int,
        action: str,
        undo: str | None,
    ) -> None:
        """Keep what was done, once for each step of a proposal."""
        ...

    def find_last(self, principal_id: PrincipalId) -> Change | None:
        """Return a person's latest change if it can be taken back and was not."""
        ...

    def mark_undone(self, change_id: int) -> bool:
        """Mark a change as taken back; False when it was before."""
        ...

    def forget_tasks(self, person_id: PrincipalId) -> None:
        """Take back what would put a person's tasks back, words and all."""
        ...

    def drop_old(self, before: datetime, limit: int) -> int:
        """Forget what anybody of any tenant changed before a time; return how many changes."""
        ...
