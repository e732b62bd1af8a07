"""What was used, as whoever sells it bills it: by provider, and from one instant to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ids import PrincipalId, WalletId


@dataclass(frozen=True, slots=True)
class Charge:
    """What one person used of a provider's model from one wallet.

    `is_correction` tells what was posted after the provider's own figures from what calls cost.
    """

    provider: str
    model: str
    wallet_id: WalletId
    person_id: PrincipalId
    is_correction: bool
    calls: int
    tokens_in: int
    tokens_out: int
    tokens_cached: int
    cost_nanos: int


class ChargeStore(Protocol):
    """The charges of one tenant."""

    def list_between(
        self, from_at: datetime, until_at: datetime, wallet_ids: Sequence[WalletId] | None = None
    ) -> list[Charge]:
        """Return what was used from one instant to before another, ordered by what it is.

        Read call by call: for a day at a time. No wallets means all of the tenant's.
        """
        ...
