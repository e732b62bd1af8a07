"""Model calls on their way: what was set aside for them, and what they came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ids import PrincipalId, TenantId, WalletId


@dataclass(frozen=True, slots=True)
class ModelCall:
    """A call as it was let in. `key` is its hold's, and what makes repeating it harmless.

    `prompt_nanos` is charged for one whose outcome nobody learns: a provider reads a prompt
    before anything else can happen. `route` is the choice that was made, as JSON. Its hold is in
    the periods of `begun_at`.
    """

    key: str
    wallet_id: WalletId
    person_id: PrincipalId
    feature: str
    hold_nanos: int
    prompt_nanos: int
    prompt_tokens: int
    route: str
    begun_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """How a call ended. `attempts` tells each try, as JSON."""

    state: str
    attempts: str
    cost_nanos: int
    latency_ms: int


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A call as it is kept, for whoever asks about it. `route` and `attempts` are JSON."""

    feature: str
    state: str
    hold_nanos: int
    cost_nanos: int
    latency_ms: int
    route: str
    attempts: str
    begun_at: datetime


class CallStore(Protocol):
    """The model calls of one tenant."""

    def begin(self, call: ModelCall) -> bool:
        """Keep a call that is about to be made; False if one of that key was kept before."""
        ...

    def end(self, key: str, outcome: CallOutcome) -> ModelCall | None:
        """End a call that is under way and return it; None if it ended before."""
        ...

    def give_up(self, key: str) -> ModelCall | None:
        """End a call of unknown outcome, at its prompt's cost; None if it ended before."""
        ...

    def list_of(self, person_id: PrincipalId, limit: int) -> list[KeptCall]:
        """Return calls that a person caused, latest first."""
        ...

    def list_overdue(self, limit: int) -> list[tuple[TenantId, str]]:
        """Return calls of any tenant that nobody can still be waiting for, oldest first."""
        ...

    def list_old(self, before: datetime, limit: int) -> list[str]:
        """Return the keys of calls that began before a time and are over, in no order.

        With many people that takes a moment: no write should wait for it.
        """
        ...

    def drop_old(self, keys: Sequence[str], before: datetime) -> int:
        """Forget those of some calls that began before a time and are over; return how many.

        What they used and cost stands in the usage and in the ledger.
        """
        ...
