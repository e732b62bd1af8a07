"""What a company lets go to each channel that is no chat: all, the gravest, some wallets'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.alerts.events import ChannelName
from bot.ids import WalletId

# What is unusual weighs as much as the first threshold that a wallet has by default.
UNUSUAL_PERCENT: Final = 80

# The channels that are configured, each with the name of the company that it belongs to; empty is
# the first company of the database.
ChannelOwners = Mapping[ChannelName, str]


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """What goes to a channel: nothing new while it is paused, and nothing below `from_percent`.

    Of `wallet_ids` and of what is below them, in the order of their ids; empty is of all. What
    began there is ended there all the same, so that no incident stays open.
    """

    name: str
    is_paused: bool = False
    from_percent: int = 0
    wallet_ids: tuple[WalletId, ...] = ()

    def takes(self, percent: int, chain: Sequence[WalletId]) -> bool:
        """Tell whether an alert of this percentage may begin there, or go on.

        `chain` is its wallet and those above it.
        """
        if self.is_paused or percent < self.from_percent:
            return False
        return not self.wallet_ids or not set(self.wallet_ids).isdisjoint(chain)


class ChannelStore(Protocol):
    """The rules of a tenant."""

    def list_rules(self) -> list[ChannelRule]:
        """Return the rules that were ever set, by name."""
        ...

    def set_rule(self, rule: ChannelRule, *, expected: ChannelRule) -> bool:
        """Set a rule; False if it is not the expected one any more."""
        ...


def list_own(owners: ChannelOwners, company: str, first: str) -> tuple[ChannelName, ...]:
    """Return the channels that belong to a company, by its name and the first company's."""
    return tuple(name for name, owner in owners.items() if (owner or first) == company)


def list_taking(
    store: ChannelStore, channels: Sequence[ChannelName], percent: int, chain: Sequence[WalletId]
) -> list[ChannelName]:
    """Return the channels to which an alert of this percentage and wallet may go; see `takes`."""
    rules = {one.name: one for one in store.list_rules()}
    return [one for one in channels if one not in rules or rules[one].takes(percent, chain)]
