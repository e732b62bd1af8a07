"""Posting a correction: the difference to the ledger, in the periods it is of, and as usage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.bills.imports import BillImport, ImportStore
from bot.bills.variance import Correction, Share, correct_again, count
from bot.economy import spending
from bot.economy.charges import ChargeStore
from bot.economy.ledger import Ledger
from bot.economy.usage import CORRECTED, CORRECTION, Usage, UsageStore
from bot.economy.wallets import WalletStore
from bot.errors.kinds import Refused
from bot.ids import PrincipalId, WalletId


class UsageChanged(Refused):
    """What was counted has changed since a bill was imported; nothing was posted."""

    code = "usage_changed"

    def __init__(self, provider: str) -> None:
        super().__init__(f"usage of {provider!r} has changed", provider=provider)


class AlreadyCorrected(Refused):
    """What a bill corrects was posted before; nothing was posted again."""

    code = "already_corrected"

    def __init__(self, ref: str) -> None:
        super().__init__(f"import {ref!r} was corrected before", ref=ref)


class BillBooks(Protocol):
    """What posting needs of an open transaction."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def wallets(self) -> WalletStore: ...
    @property
    def usage(self) -> UsageStore: ...
    @property
    def charges(self) -> ChargeStore: ...
    @property
    def bills(self) -> ImportStore: ...
    @property
    def now(self) -> datetime: ...
    @property
    def zone(self) -> ZoneInfo: ...


@dataclass(frozen=True, slots=True)
class _BooksOf:
    """The books as of another time: what is posted counts in the periods of `now`."""

    ledger: Ledger
    wallets: WalletStore
    now: datetime
    zone: ZoneInfo


def post(books: BillBooks, kept: BillImport, *, actor: PrincipalId) -> int:
    """Post what a bill corrects, once; return how many rows of usage that made.

    What is charged more is spent, in the periods of the last day that the bill has in a month; it
    goes to the overrun account where nothing is left. What was charged less comes back as budget
    of those periods. Usage has it on the days that it is of. All of it, or nothing.

    Raises:
        AlreadyCorrected: it was posted before.
        UsageChanged: what was counted is not what it was when the bill was imported.
    """
    # First: whoever comes second reads what the first one has posted.
    books.bills.lock(kept.provider)
    if not books.bills.close(kept.id, actor):
        raise AlreadyCorrected(kept.ref)
    counted = count(books.charges, kept.provider, kept.from_on, kept.until_on)
    for one in kept.corrections:
        if correct_again(one, counted, kept.from_on, kept.until_on) != one.ours_nanos:
            raise UsageChanged(kept.provider)
    return sum(
        _post_one(books, kept, one, f"bill:{kept.id[:32]}:{number}", actor)
        for number, one in enumerate(kept.corrections)
    )


def _post_one(
    books: BillBooks, kept: BillImport, one: Correction, key: str, actor: PrincipalId
) -> int:
    """Post what a model was charged in a month: to the ledger once a wallet, as usage by day."""
    at = _moment(one.on, books.zone)
    then = _BooksOf(books.ledger, books.wallets, at, books.zone)
    whole = Counter[WalletId]()
    rows = 0
    for share in one.shares:
        whole[share.wallet_id] += share.amount_nanos
        rows += books.usage.add(_as_usage(kept, one, share, key, books.zone), share.on)
    for wallet_id, nanos in whole.items():
        own = f"{key}:{wallet_id}"
        if nanos > 0:
            spending.settle(then, wallet_id, nanos, key=own, actor=actor)
        else:
            spending.give_back(then, wallet_id, -nanos, key=own, actor=actor)
    return rows


def _as_usage(kept: BillImport, one: Correction, share: Share, key: str, zone: ZoneInfo) -> Usage:
    return Usage(
        id=f"{key}:{share.wallet_id}:{share.on}",
        wallet_id=share.wallet_id,
        principal_id=CORRECTED,
        feature=CORRECTION,
        provider=kept.provider,
        model=one.model,
        tokens_in=0,
        tokens_out=0,
        cost_nanos=share.amount_nanos,
        price_version="bill",
        reason=kept.ref,
        at=_moment(share.on, zone),
    )


def _moment(on: date, zone: ZoneInfo) -> datetime:
    """Return an instant that falls on a date both in UTC, as bills count, and in a zone."""
    moments: Sequence[time] = (time(), time(12), time(23, 59, 59))
    instants = [datetime.combine(on, one, UTC) for one in moments]
    return next((one for one in instants if one.astimezone(zone).date() == on), instants[1])
