"""What was used: one row a model call, summed by day and by hour as it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, Protocol

from bot.ids import PrincipalId, WalletId

# The feature of what was posted after a provider's own figures, and is no call.
CORRECTION: Final = "correction"
# In whose name that stands: no person's.
CORRECTED: Final = PrincipalId("bursar")
Grouping = Literal["wallet", "person", "model", "day", "month"]


@dataclass(frozen=True, slots=True)
class Usage:
    """A model call that was paid. `id` is its hold's key, so that it is kept once.

    `tokens_cached` are part of `tokens_in`, `tokens_reasoning` of `tokens_out`. `estimate_nanos`
    is what was expected at most; `attempt` counts from 1; `reason` is why this model was asked.
    """

    id: str
    wallet_id: WalletId
    principal_id: PrincipalId
    feature: str
    provider: str
    model: str
    tokens_in: int
    tokens_out: int
    cost_nanos: int
    price_version: str
    at: datetime
    is_estimated: bool = False
    tokens_cached: int = 0
    tokens_reasoning: int = 0
    estimate_nanos: int = 0
    attempt: int = 1
    reason: str = ""
    latency_ms: int = 0


@dataclass(frozen=True, slots=True)
class SpendLine:
    """What came together under one heading: a wallet's or person's id, a model, a date."""

    heading: str
    cost_nanos: int
    calls: int
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class SpendCell:
    """What came together under several headings at once, in the order that was asked for."""

    headings: tuple[str, ...]
    cost_nanos: int
    calls: int
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class HourSpend:
    """What a person spent from a wallet on a model in the hour of UTC that begins at `at`."""

    at: datetime
    wallet_id: WalletId
    model: str
    person_id: PrincipalId
    cost_nanos: int


class UsageStore(Protocol):
    """The usage of one tenant, by the tenant's local days."""

    def add(self, usage: Usage, on: date) -> bool:
        """Keep a call and add it to its day; False if it was kept before."""
        ...

    def sum_by(
        self,
        grouping: Grouping | None,
        *,
        from_on: date,
        until_on: date,
        wallet_ids: Sequence[WalletId] | None = None,
        person_id: PrincipalId | None = None,
        model: str | None = None,
    ) -> list[SpendLine]:
        """Return sums over days, both ends included.

        By amount, largest first; days and months in order. One line when not grouped, none
        when nothing was spent. No wallets means all of the tenant's.
        """
        ...

    def sum_across(
        self,
        groupings: Sequence[Grouping],
        *,
        from_on: date,
        until_on: date,
        wallet_ids: Sequence[WalletId] | None = None,
    ) -> list[SpendCell]:
        """Return sums over days, both ends included, under several headings, in their order.

        No wallets means all of the tenant's.
        """
        ...

    def list_spent(self, from_at: datetime, until_at: datetime) -> list[HourSpend]:
        """Return what calls cost from one full hour up to another, by hour and the rest.

        Read call by call, so that it can tell persons apart: for hours, not for months.
        """
        ...

    def list_hours(
        self, wallet_id: WalletId, model: str, from_at: datetime, until_at: datetime
    ) -> dict[datetime, int]:
        """Return the spend of each hour, in order, from one up to another; no hour without any."""
        ...

    def find_first_hour(self, wallet_id: WalletId, model: str) -> datetime | None:
        """Return the hour in which a model was first paid for from a wallet."""
        ...

    def list_models(self) -> list[str]:
        """Return the names of all models that were ever paid for, sorted."""
        ...
