"""Linking: one more platform account for a person, by a token that is used once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from bot.ids import LinkId, PrincipalId, TenantId

LINK_LIFE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Link:
    """A token that an account has used: whose it was, and which account that is.

    `name` is what the account calls itself, which proves nothing.
    """

    id: LinkId
    tenant: TenantId
    person_id: PrincipalId
    platform: str
    account: str
    external_id: str
    name: str


class Links(Protocol):
    """The link tokens of a tenant. Whoever redeems one finds the tenant by it."""

    def issue(self, person_id: PrincipalId, life: timedelta = LINK_LIFE) -> str:
        """Make a token for a person and return it: 43 characters, of which only a hash is kept."""
        ...

    def redeem(
        self, token: str, platform: str, account: str, external_id: str, name: str
    ) -> Link | None:
        """Use a token up for an account, in whatever tenant it was made; links nothing yet.

        None when it was used before, its time is over by the database's clock, or there never
        was one. The caller goes on in the link's tenant.
        """
        ...

    def find(self, link_id: LinkId) -> Link | None:
        """Return a token that was used; None for one that was not, or is another tenant's."""
        ...
