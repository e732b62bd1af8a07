"""Linking: one more platform account for a person, by a token that is used once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.ids import LinkId, PrincipalId, TenantId

LINK_LIFE: Final = timedelta(minutes=10)
# `/start` is how Telegram hands over the payload of a deep link (Bot features, deep linking).
_TOKEN: Final = re.compile(
    r"(?:/?(?:link|vincular|vincula|start)(?:@\w+)?\s+)?([A-Za-z0-9_-]{43})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Account:
    """A platform account of a person. `name` is what it called itself when it was linked."""

    platform: str
    account: str
    external_id: str
    name: str
    linked_at: datetime

    @property
    def label(self) -> str:
        """What it is called among a person's accounts; the end of its id tells it from others."""
        return label_of(self.platform, self.external_id)


def label_of(platform: str, external_id: str) -> str:
    """Return a short name of an account that nobody can choose: "Telegram …4567"."""
    tail = external_id if len(external_id) <= 4 else f"…{external_id[-4:]}"
    return f"{platform.title()} {tail}"


def token_in(text: str) -> str | None:
    """Return the token that a message hands over, alone or after its command; None for others."""
    found = _TOKEN.fullmatch(text.strip())
    return None if found is None else found[1]


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

    def drop_old(self, before: datetime, limit: int) -> int:
        """Forget tokens of any tenant that ended before a time; return how many."""
        ...
