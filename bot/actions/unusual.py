"""Whether anything is unusual: hours in which a wallet spent far more than it usually does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from bot.access import may
from bot.actions.asking import chain_ids
from bot.actions.base import Action, ActionCall, Receipt, Tier, examples
from bot.actions.reach import readable
from bot.ids import WalletId
from bot.ports import Actor, Tx
from bot.reports.anomalies import LEAST_DAYS, Anomaly, list_unusual
from bot.reports.balance import descendants, today

# How far back what was told is shown again.
_DAYS: Final = 7


class ShowUnusual(ActionCall):
    """Show hours of unusual spend, now and in the last week.

    Of a wallet and those below it, of every one that the asker may read where none is named.
    """

    action: Literal["show_unusual"] = "show_unusual"
    wallet_id: WalletId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusualLine:
    """Something unusual, with the names of its wallet and of who spent most of it."""

    found: Anomaly
    wallet: str
    spender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusualReceipt(Receipt):
    """What is unusual now, most first, and what was since `from_on`, newest first.

    `least_days` is how many days of spend it takes to tell.
    """

    wallet: str | None
    from_on: date
    least_days: int
    now: tuple[UnusualLine, ...]
    before: tuple[UnusualLine, ...]


def show_unusual(call: ShowUnusual, tx: Tx, actor: Actor) -> Receipt:
    """Look at the hour that runs and the one before, and at what was found in the last week."""
    wallets = {wallet.id: wallet for wallet in tx.wallets.list_all()}
    if call.wallet_id is not None:
        looked_at = set(descendants(list(wallets.values()), readable(call.wallet_id, tx, actor)))
    else:
        looked_at = {one for one in wallets if may(actor.person, "spend.read", chain_ids(tx, one))}
    from_on = today(tx) - timedelta(days=_DAYS - 1)
    now = [one for one in list_unusual(tx, tx.now) if one.wallet_id in looked_at]
    told = {(one.wallet_id, one.model, one.day) for one in now}
    before = [
        one
        for one in tx.anomalies.list_since(from_on)
        if one.wallet_id in looked_at and (one.wallet_id, one.model, one.day) not in told
    ]
    names = tx.people.names(one.person_id for one in (*now, *before))

    def line(one: Anomaly) -> UnusualLine:
        return UnusualLine(
            found=one,
            wallet=wallets[one.wallet_id].name,
            spender=names.get(one.person_id, one.person_id),
        )

    return UnusualReceipt(
        wallet=None if call.wallet_id is None else wallets[call.wallet_id].name,
        from_on=from_on,
        least_days=LEAST_DAYS,
        now=tuple(map(line, now)),
        before=tuple(map(line, before)),
        topic=call.wallet_id,
    )


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ShowUnusual,
        Tier.T1,
        "spend.read",
        show_unusual,
        examples=examples("anything unusual?", "¿algo raro?"),
    ),
)
