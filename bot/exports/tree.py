"""Which team and which cost centre a wallet belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.economy.wallets import Wallet
from bot.ids import WalletId


@dataclass(frozen=True, slots=True)
class Belonging:
    """A wallet with what it is charged to.

    `team` is the nearest wallet of that kind, itself included; the organisation where there is
    none. `cost_centre` is the nearest that is set, empty where none is.
    """

    wallet: Wallet
    team: Wallet
    cost_centre: str


def belongings(wallets: Iterable[Wallet]) -> Mapping[WalletId, Belonging]:
    """Return what each wallet belongs to."""
    by_id = {wallet.id: wallet for wallet in wallets}
    found = {}
    for wallet in by_id.values():
        chain = _chain(wallet, by_id)
        team = next((one for one in chain if one.kind == "team"), chain[-1])
        centre = next((one.cost_centre for one in chain if one.cost_centre), "")
        found[wallet.id] = Belonging(wallet, team, centre)
    return found


def _chain(wallet: Wallet, by_id: Mapping[WalletId, Wallet]) -> Sequence[Wallet]:
    chain = [wallet]
    while (parent_id := chain[-1].parent_id) is not None and parent_id in by_id:
        chain.append(by_id[parent_id])
    return chain
