"""A proposal: a stored plan that waits for a yes, and the only ways it may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, Literal, Protocol

from bot.ids import ConversationId, PrincipalId, ProposalId, WalletId

State = Literal["pending", "confirmed", "executed", "failed", "discarded", "expired", "superseded"]
Kind = Literal["draft", "request"]


class Standing(Enum):
    """How a request stands, as people ask for it: a state, and an outcome to tell more."""

    WAITING = ("pending", "")
    APPROVED = ("executed", "")
    REJECTED = ("discarded", "rejected")
    CANCELLED = ("discarded", "cancelled")
    EXPIRED = ("expired", "")
    FAILED = ("failed", "")


DRAFT_LIFE: Final = timedelta(minutes=15)
REQUEST_LIFE: Final = timedelta(hours=48)
# A request that waits is first brought to mind, then brought to somebody else.
REMINDED: Final = 1
LAST_STEP: Final = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """`calls` is the validated plan as JSON. A draft waits for its asker, a request for another.

    `preview` is what its card showed, as JSON. `outcome` is a code: how it ended. `wallet_id` is
    what a request would give to, where that is a wallet. `reminded` counts the steps that were
    taken because it waits.
    """

    id: ProposalId
    kind: Kind
    ref: str
    conversation_id: ConversationId
    requester_id: PrincipalId
    calls: str
    tier: int
    state: State
    version: int
    preview: str
    created_at: datetime
    expires_at: datetime
    decided_by: PrincipalId | None = None
    decided_at: datetime | None = None
    outcome: str | None = None
    note: str | None = None
    wallet_id: WalletId | None = None
    reminded: int = 0


class ProposalStore(Protocol):
    """The proposals of one tenant. Each step is one statement that carries all its guards."""

    def add(self, proposal: Proposal) -> None: ...

    def find(self, proposal_id: ProposalId) -> Proposal | None: ...

    def find_request(self, ref: str) -> Proposal | None:
        """Return the latest request of a reference, whatever its state."""
        ...

    def new_ref(self) -> str:
        """Return a reference that no proposal of the tenant had in the last 90 days."""
        ...

    def list_open_here(self, conversation_id: ConversationId) -> list[Proposal]:
        """Return what waits for an answer in a conversation, newest first.

        Drafts made here, and requests whose card hangs here for the person to decide.
        """
        ...

    def list_requests(
        self,
        *,
        requester_id: PrincipalId | None = None,
        wallet_id: WalletId | None = None,
        standing: Standing | None = None,
        from_at: datetime | None = None,
        until_at: datetime | None = None,
        only_open: bool = True,
        limit: int = 20,
    ) -> list[Proposal]:
        """Return requests, newest first; those for a wallet with those for any below it.

        `from_at` is included, `until_at` is not: when they were made.
        """
        ...

    def is_expired(self, proposal_id: ProposalId) -> bool:
        """Tell whether the database's clock has passed a proposal's end."""
        ...

    def decide(
        self,
        proposal: Proposal,
        to: Literal["confirmed", "discarded", "superseded"],
        *,
        by: PrincipalId,
        outcome: str | None = None,
        note: str | None = None,
    ) -> bool:
        """Take a pending proposal on, if it is still this version and has not expired."""
        ...

    def finish(
        self, proposal_id: ProposalId, to: Literal["executed", "failed"], outcome: str
    ) -> bool:
        """End a confirmed proposal."""
        ...

    def revise(self, proposal: Proposal, *, calls: str, preview: str, tier: int) -> int | None:
        """Give a pending draft other contents; return its new version, None if it moved on."""
        ...

    def set_preview(self, proposal_id: ProposalId, preview: str) -> None:
        """Keep what the card of the present version shows."""
        ...

    def list_expired(self, limit: int) -> list[tuple[str, Proposal]]:
        """Return pending proposals of any tenant past their end, as (tenant, proposal)."""
        ...

    def list_waiting(self, *, long_ago: timedelta, limit: int) -> list[tuple[str, Proposal]]:
        """Return pending requests of any tenant that were made so long ago, as (tenant, request).

        Those for which nothing can be done any more but to wait for their end are left out.
        """
        ...

    def remind(self, request: Proposal, step: int, *, after: timedelta) -> bool:
        """Take a request's next step of waiting, if it is due by the database's clock.

        False if it was taken before, or the request does not wait any more.
        """
        ...

    def expire(self, proposal: Proposal) -> bool:
        """End a pending proposal whose time is over by the database's clock."""
        ...

    def forget_words(self, person_id: PrincipalId) -> None:
        """Take reasons and the words of tasks out of a person's drafts; one that waits ends."""
        ...

    def list_old_drafts(self, before: datetime, limit: int) -> list[ProposalId]:
        """Return drafts that were made before a time and are over, oldest first; for `drop`."""
        ...

    def drop(self, ids: Sequence[ProposalId]) -> int:
        """Forget proposals that are over and have no cards any more; return how many."""
        ...
