"""Budgets as plain dictionaries: what the ledger must come to, written a second time.

It knows nothing of accounts, entries and triggers. A budget is a wallet's limit in a window and
period, and everything that draws on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.economy.periods import SPANS, Span, period_at
from bot.ids import WalletId

Outcome = tuple[object, ...]
DONE: Outcome = ("done",)
PERCENTS = (80, 90, 95, 100)


@dataclass
class Pot:
    """A budget in a period."""

    wallet_id: WalletId
    period: str
    limit: int
    raises: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    handed_on: int = 0
    used: int = 0
    held: int = 0
    overrun: int = 0
    crossed: set[int] = field(default_factory=set)

    def limit_at(self, now: datetime) -> int:
        lasting = sum(amount for amount, until_at in self.raises.values() if until_at > now)
        return self.limit + lasting - self.handed_on

    def free_at(self, now: datetime) -> int:
        return self.limit_at(now) - self.used - self.held


@dataclass
class Held:
    """A spend that began. `pots` are those it was held on; `end` how it ended."""

    wallet_id: WalletId
    amount: int
    pots: list[Pot]
    expires_at: datetime
    end: str = "open"
    is_charged: bool = False


class Oracle:
    """The money of one company. `parents` is its tree."""

    def __init__(self, parents: dict[WalletId, WalletId | None], zone: ZoneInfo) -> None:
        self.parents = parents
        self.zone = zone
        self.closed: set[WalletId] = set()
        self.limits: dict[tuple[WalletId, Span], int] = {}
        self.raises: dict[str, tuple[WalletId, Span, int, datetime]] = {}
        self.pots: dict[tuple[WalletId, str], Pot] = {}
        self.spends: dict[str, Held] = {}

    def chain(self, wallet_id: WalletId) -> Iterator[WalletId]:
        at: WalletId | None = wallet_id
        while at is not None:
            yield at
            at = self.parents[at]

    def pot(self, wallet_id: WalletId, span: Span, now: datetime) -> Pot:
        """Return a running pot; one that nothing was done with yet, as it would begin now."""
        period = period_at(span, now, self.zone).key
        found = self.pots.get((wallet_id, period))
        if found is None:
            found = Pot(wallet_id, period, self.limits.get((wallet_id, span), 0))
            found.raises = {
                raise_id: (amount, until_at)
                for raise_id, (owner, of, amount, until_at) in self.raises.items()
                if (owner, of) == (wallet_id, span) and until_at > now
            }
        return found

    def open(self, *pots: Pot) -> None:
        """Begin pots for good: from now on they follow no other period's limit.

        Where the clock never goes back that makes no difference. Where it does, a limit may be
        changed in a period when a later one has begun already.
        """
        for pot in pots:
            self.pots[pot.wallet_id, pot.period] = pot

    def pots_of(self, wallet_id: WalletId, now: datetime) -> list[Pot]:
        return self.running(self.chain(wallet_id), now)

    def running(self, wallet_ids: Iterable[WalletId], now: datetime) -> list[Pot]:
        return [
            self.pot(owner, span, now)
            for owner in wallet_ids
            for span in SPANS
            if (owner, span) in self.limits
        ]

    def main_span(self, wallet_id: WalletId) -> Span | None:
        spans: tuple[Span, ...] = ("month", "total", "week", "day")
        return next((span for span in spans if (wallet_id, span) in self.limits), None)

    def closed_in(self, wallet_id: WalletId) -> Outcome | None:
        for owner in self.chain(wallet_id):
            if owner in self.closed:
                return "wallet_closed", owner
        return None

    def set_limit(
        self, wallet_id: WalletId, span: Span, amount: int | None, now: datetime
    ) -> Outcome:
        closed = self.closed_in(wallet_id)
        if closed:
            return closed
        pot = self.pot(wallet_id, span, now)
        before = self.limits.get((wallet_id, span))
        if before == amount:
            return "done", before
        if before is not None:
            self.open(pot)
        self.limits.pop((wallet_id, span), None)
        if amount is not None:
            self.limits[wallet_id, span] = amount
        pot.limit += (amount or 0) - (before or 0)
        if (amount or 0) < (before or 0):
            self._cross([wallet_id], now)
        return "done", before

    def hold(
        self, wallet_id: WalletId, amount: int, key: str, expires_at: datetime, now: datetime
    ) -> Outcome:
        closed = self.closed_in(wallet_id)
        if closed:
            return closed
        pots = self.pots_of(wallet_id, now)
        for pot in pots:
            if pot.free_at(now) < amount:
                return "insufficient_funds", pot.wallet_id, amount, pot.free_at(now), pot.period
        self.open(*pots)
        for pot in pots:
            pot.held += amount
        self.spends[key] = Held(wallet_id, amount, pots, expires_at)
        return DONE

    def settle(self, key: str, cost: int, now: datetime) -> Outcome:
        spend = self.spends[key]
        if spend.end == "settled" or spend.end == "released" or spend.is_charged:
            return ("hold_resolved",)
        pots, rest, least = self.pots_of(spend.wallet_id, now), cost, 0
        if spend.pots and spend.end == "open":
            for pot in spend.pots:
                pot.held -= spend.amount
                pot.used += min(cost, spend.amount)
            pots, rest = spend.pots, cost - spend.amount
            spend.end, least = "settled", spend.amount
        else:
            self.open(*pots)
        overrun = 0
        if rest > 0:
            for pot in pots:
                spend.is_charged = True
                if pot.free_at(now) >= rest:
                    pot.used += rest
                else:
                    pot.overrun += rest
                    overrun = rest
        return "done", overrun, self._cross(self.chain(spend.wallet_id), now, least)

    def _cross(
        self, wallet_ids: Iterable[WalletId], now: datetime, least: int = 0
    ) -> list[tuple[object, ...]]:
        """Note what use has passed: all of it too where less is left than a call may cost."""
        crossings: list[tuple[object, ...]] = []
        for pot in self.running(wallet_ids, now):
            limit = pot.limit_at(now)
            for percent in PERCENTS:
                if limit <= 0 or pot.used * 100 < min(percent, 99) * limit:
                    break
                if percent == 100 and limit - pot.used >= max(least, 1):
                    break
                if percent not in pot.crossed:
                    pot.crossed.add(percent)
                    crossings.append((pot.wallet_id, pot.period, percent, pot.used, limit))
        return crossings

    def give_back(self, key: str, how: str) -> Outcome:
        spend = self.spends[key]
        is_open = bool(spend.pots) and spend.end == "open"
        if is_open:
            spend.end = how
            for pot in spend.pots:
                pot.held -= spend.amount
        return "done", is_open

    def list_expired(self, now: datetime) -> list[str]:
        return sorted(
            key
            for key, spend in self.spends.items()
            if spend.pots and spend.end == "open" and spend.expires_at <= now
        )

    def raise_limit(
        self, wallet_id: WalletId, amount: int, key: str, until_at: datetime, now: datetime
    ) -> Outcome:
        closed = self.closed_in(wallet_id)
        if closed:
            return closed
        span = self.main_span(wallet_id)
        if span is None:
            return ("invalid_input",)
        for pot in self.pots_of(wallet_id, now):
            if pot.wallet_id != wallet_id and pot.free_at(now) < amount:
                return "insufficient_funds", pot.wallet_id, amount, pot.free_at(now), pot.period
        pot = self.pot(wallet_id, span, now)
        self.open(pot)
        pot.raises[key] = (amount, until_at)
        self.raises[key] = (wallet_id, span, amount, until_at)
        return DONE

    def end_raise(self, key: str, now: datetime) -> Outcome:
        found = self.raises.get(key)
        if found is None or found[3] <= now:
            return ("conflict",)
        wallet_id, span, _, _ = self.raises.pop(key)
        pot = self.pot(wallet_id, span, now)
        if (wallet_id, span) in self.limits:
            self.open(pot)
        pot.raises.pop(key, None)
        self._cross([wallet_id], now)
        return DONE

    def move(self, source: WalletId, target: WalletId, amount: int, now: datetime) -> Outcome:
        if source == target:
            return ("invalid_input",)
        for wallet_id in (source, target):
            closed = self.closed_in(wallet_id)
            if closed:
                return closed
        span = self.main_span(source)
        if span is None or (target, span) not in self.limits:
            return ("invalid_input",)
        debit, credit = self.pot(source, span, now), self.pot(target, span, now)
        if debit.free_at(now) < amount:
            return "insufficient_funds", source, amount, debit.free_at(now), debit.period
        self.open(debit, credit)
        debit.handed_on += amount
        credit.handed_on -= amount
        self._cross([source], now)
        return DONE

    def overruns(self) -> dict[tuple[WalletId, str], int]:
        """Return what was charged beyond holds and budgets, by wallet and period."""
        return {
            (pot.wallet_id, pot.period): pot.overrun for pot in self.pots.values() if pot.overrun
        }

    def figures(self, now: datetime) -> dict[tuple[WalletId, Span], tuple[int, int, int, int]]:
        """Return limit, used, held and free of every running limit."""
        found = {}
        for wallet_id, span in self.limits:
            pot = self.pot(wallet_id, span, now)
            found[wallet_id, span] = pot.limit_at(now), pot.used, pot.held, pot.free_at(now)
        return found
