"""Which wallets somebody may look into, and how far back."""

from __future__ import annotations

from datetime import date

from bot.access import Permission, list_given, may
from bot.allowances import Allowance
from bot.errors.kinds import InvalidInput, NotAllowed
from bot.errors.plans import BeyondHistory
from bot.ids import WalletId
from bot.ports import Actor, Tx
from bot.reports.balance import today


def list_highest(tx: Tx, actor: Actor, permission: Permission = "spend.read") -> list[WalletId]:
    """Return the wallets that somebody may read and that are below none such, by name."""
    if may(actor.person, permission):
        return [wallet.id for wallet in tx.wallets.list_all() if wallet.parent_id is None]
    given = frozenset(list_given(actor.person, permission))
    chains = [tx.wallets.chain(wallet_id) for wallet_id in given]
    highest = [own for own, *above in chains if not any(one.id in given for one in above)]
    return [wallet.id for wallet in sorted(highest, key=lambda one: (one.name, one.id))]


def may_read(wallet_id: WalletId, tx: Tx, actor: Actor) -> bool:
    """Tell whether somebody may see what a wallet spends."""
    chain = [wallet.id for wallet in tx.wallets.chain(wallet_id)]
    return may(actor.person, "spend.read", chain)


def readable(
    wallet_id: WalletId | None, tx: Tx, actor: Actor, *, widest: bool = False
) -> WalletId:
    """Return the wallet that is asked about; raise unless the asker may read it.

    Where none is named it is the asker's own, or the highest that they may read.
    """
    person = actor.person
    if wallet_id is None:
        candidates = [
            *([] if widest else [person.home_wallet_id]),
            *(wallet.id for wallet in tx.wallets.list_all() if wallet.parent_id is None),
            person.home_wallet_id,
            *(grant.wallet_id for grant in person.grants if grant.wallet_id),
        ]
        for candidate in candidates:
            if candidate and tx.wallets.find(candidate) and may_read(candidate, tx, actor):
                return candidate
        raise NotAllowed(person.id, "spend.read")
    if not may_read(wallet_id, tx, actor):
        raise NotAllowed(person.id, "spend.read", wallet_id=wallet_id)
    return wallet_id


def asked_days(
    from_on: date | None, until_on: date | None, tx: Tx, actor: Actor
) -> tuple[date, date]:
    """Return the days that are asked about.

    What reaches further back than the asker's plan is refused as a whole: the sum of a part would
    be read as the sum of all.
    """
    # What has not been yet cannot have been spent: "this month" runs to today.
    last = min(until_on or today(tx), today(tx)) if from_on != until_on else until_on or today(tx)
    allowance = allowance_of(actor)
    oldest = allowance.oldest_on(today(tx))
    first = from_on or max(last.replace(day=1), oldest)
    if min(first, last) < oldest:
        raise BeyondHistory(allowance.plan, days=allowance.history_days, from_on=oldest)
    if from_on is not None and from_on > today(tx):
        raise InvalidInput("period", "is yet to come", example="from 1 to 15 November")
    if first > last:
        raise InvalidInput("period", "ends before it begins", example="from 1 to 15 November")
    return first, last


def allowance_of(actor: Actor) -> Allowance:
    """Return what the asker's plan allows."""
    return actor.allowances.of(actor.person.plan)
