"""Offers as they are kept: a button's token, whose it is, and the call that it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.ids import ConversationId, PrincipalId

# What a tap that writes came to: done at once, or drafted for a yes.
OfferOutcome = Literal["done", "drafted"]


@dataclass(frozen=True, slots=True)
class NewOffer:
    """A button that is to be kept; `call` is JSON, the token is kept as a hash only."""

    id: str
    token: str
    label: str
    call: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A button that was found by its token; `used_at` and `outcome` once a tap has written.

    One that `is_shared` stands where a whole chat reads: it is anybody's of the company, and what
    it does is for whoever taps to be allowed.
    """

    id: str
    token: str
    conversation_id: ConversationId
    person_id: PrincipalId
    label: str
    call: str
    expires_at: datetime
    is_expired: bool
    used_at: datetime | None
    outcome: str
    is_shared: bool = False


class OfferStore(Protocol):
    """The offers of a tenant."""

    def add(
        self,
        offers: Sequence[NewOffer],
        *,
        conversation_id: ConversationId,
        person_id: PrincipalId,
        expires_at: datetime,
        is_shared: bool = False,
    ) -> None:
        """Keep the buttons of one message."""
        ...

    def find(self, token: str) -> Offered | None:
        """Return what a token stands for; None if it is no offer of this tenant."""
        ...

    def use(self, offer_id: str, outcome: OfferOutcome) -> bool:
        """Use an offer up; False if it was before, or is over by the database's clock."""
        ...

    def drop_old(self, age: timedelta, limit: int) -> int:
        """Forget some offers, of any tenant, that ended so long ago; return how many."""
        ...
