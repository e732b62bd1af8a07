"""A bill beside what was counted here: by day and model, and what would make them the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from bot.bills.lines import Bill, BillLine, model_key
from bot.economy.charges import Charge, ChargeStore
from bot.economy.periods import end_of_month
from bot.ids import WalletId

K = TypeVar("K", date, WalletId)


@dataclass(frozen=True, slots=True)
class Figures:
    """Tokens and cost of one side; None for what a bill does not say."""

    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_nanos: int | None = None


@dataclass(frozen=True, slots=True)
class Variance:
    """One model of a bill, or of ours: what they say and what we counted.

    `on` is a day of UTC, None for all days together. `is_billed` is False for what is only ours.
    """

    model: str
    on: date | None
    theirs: Figures
    ours: Figures
    is_billed: bool

    @property
    def difference_nanos(self) -> int:
        """What they charge beyond what we counted; 0 where they say no cost."""
        if self.theirs.cost_nanos is None:
            return 0
        return self.theirs.cost_nanos - (self.ours.cost_nanos or 0)


@dataclass(frozen=True, slots=True)
class Share:
    """What of a difference a wallet bears on a day of UTC; below zero for what it gets back."""

    wallet_id: WalletId
    amount_nanos: int
    on: date


@dataclass(frozen=True, slots=True)
class Correction:
    """The difference of one model in one month, and who bears it: `shares` add up to it.

    `on` is the last day of the bill in that month, by which the ledger counts it. `ours_nanos` is
    what was counted when they were compared.
    """

    model: str
    on: date
    theirs_nanos: int
    ours_nanos: int
    shares: tuple[Share, ...]

    @property
    def difference_nanos(self) -> int:
        """What is charged, or given back below zero."""
        return self.theirs_nanos - self.ours_nanos


class Counted:
    """What was used of one provider in the days of a bill, as counted here."""

    def __init__(self, by_day: Mapping[date, Sequence[Charge]]) -> None:
        self._by_day = by_day

    @property
    def keys(self) -> set[tuple[date, str]]:
        """Return the days and models, by what names have in common."""
        return {(on, model_key(one.model)) for on, some in self._by_day.items() for one in some}

    def of(self, key: str, days: Iterable[date]) -> list[Charge]:
        """Return what was used of a model on some days."""
        found = (one for on in days for one in self._by_day.get(on, ()))
        return [one for one in found if model_key(one.model) == key]


def count(charges: ChargeStore, provider: str, from_on: date, until_on: date) -> Counted:
    """Return what was counted of a provider on each of some days of UTC."""
    by_day = {}
    for on in _days(from_on, until_on):
        from_at = datetime.combine(on, time(), UTC)
        found = charges.list_between(from_at, from_at + timedelta(days=1))
        by_day[on] = [one for one in found if one.provider == provider]
    return Counted(by_day)


def compare(bill: Bill, counted: Counted) -> list[Variance]:
    """Return the variance of each model over all days, the largest first, then by name."""
    days = _days_of(bill)
    lines: dict[str, list[BillLine]] = defaultdict(list)
    for line in bill.lines:
        lines[model_key(line.model)].append(line)
    keys = {*lines, *(key for _, key in counted.keys)}
    found = [
        Variance(
            key, None, _theirs(lines.get(key, ())), _ours(counted.of(key, days)), key in lines
        )
        for key in keys
    ]
    return sorted(found, key=lambda x: (-abs(x.difference_nanos), x.model))


def compare_days(bill: Bill, counted: Counted) -> list[Variance]:
    """Return the variance of each day and model that differs, in order."""
    lines: dict[tuple[date, str], list[BillLine]] = defaultdict(list)
    for line in bill.lines:
        lines[line.on, model_key(line.model)].append(line)
    found = [
        Variance(key, on, _theirs(lines.get((on, key), ())), _ours(counted.of(key, [on])), True)
        for on, key in sorted({*lines, *counted.keys})
    ]
    return [one for one in found if one.difference_nanos or not _agrees(one)]


def correct(bill: Bill, counted: Counted, root_id: WalletId) -> list[Correction]:
    """Return what would make our figures the bill's, by model and month; none where they agree.

    It lies on the days that differ that way, so that another bill of some of them finds them
    corrected. Who used the model on a day bears what lies there, by what they used; where nobody
    did, who used it in the days of the bill, or else the organisation. Models that only we have
    are left alone: a bill may be of one project of the provider's.
    """
    if not bill.has_costs:
        return []
    lines: dict[tuple[date, str], list[BillLine]] = defaultdict(list)
    for line in bill.lines:
        lines[end_of_month(line.on), model_key(line.model)].append(line)
    corrections = []
    for (month_end, key), billed in sorted(lines.items()):
        days = [on for on in _days_of(bill) if end_of_month(on) == month_end]
        used = counted.of(key, days)
        theirs = sum(line.cost_nanos or 0 for line in billed)
        ours = sum(one.cost_nanos for one in used)
        if theirs == ours:
            continue
        name = _usual_name(used) or billed[0].model
        gaps = Counter({on: -sum(x.cost_nanos for x in counted.of(key, [on])) for on in days})
        for line in billed:
            gaps[line.on] += line.cost_nanos or 0
        shares = [
            Share(wallet_id, nanos, on)
            for on, part in _by_day(theirs - ours, gaps)
            for wallet_id, nanos in _by_use(part, (counted.of(key, [on]), used), root_id)
        ]
        corrections.append(Correction(name, days[-1], theirs, ours, tuple(shares)))
    return corrections


def correct_again(one: Correction, counted: Counted, from_on: date, until_on: date) -> int:
    """Return what is counted now of what a correction was made of."""
    days = [on for on in _days(from_on, until_on) if end_of_month(on) == end_of_month(one.on)]
    return sum(x.cost_nanos for x in counted.of(model_key(one.model), days))


def _days_of(bill: Bill) -> list[date]:
    return _days(bill.from_on, bill.until_on)


def _days(from_on: date, until_on: date) -> list[date]:
    count = (until_on - from_on).days + 1
    return [from_on + timedelta(days=number) for number in range(count)]


def _theirs(lines: Sequence[BillLine]) -> Figures:
    if not lines:
        return Figures(0, 0, 0)
    return Figures(
        _sum([line.tokens_in for line in lines]),
        _sum([line.tokens_out for line in lines]),
        _sum([line.cost_nanos for line in lines]),
    )


def _ours(charges: Sequence[Charge]) -> Figures:
    return Figures(
        sum(one.tokens_in for one in charges),
        sum(one.tokens_out for one in charges),
        sum(one.cost_nanos for one in charges),
    )


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _agrees(one: Variance) -> bool:
    return all(
        theirs is None or theirs == ours
        for theirs, ours in (
            (one.theirs.tokens_in, one.ours.tokens_in),
            (one.theirs.tokens_out, one.ours.tokens_out),
        )
    )


def _usual_name(used: Sequence[Charge]) -> str:
    calls = Counter[str]()
    for one in used:
        calls[one.model] += one.calls
    return max(calls, key=lambda name: (calls[name], name), default="")


def _by_day(amount: int, gaps: Mapping[date, int]) -> list[tuple[date, int]]:
    """Part a difference among the days that have one of its sign: there is one, they add up."""
    return _parted(amount, {on: abs(gap) for on, gap in gaps.items() if gap * amount > 0})


def _by_use(
    amount: int, used: Iterable[Sequence[Charge]], root_id: WalletId
) -> list[tuple[WalletId, int]]:
    """Part an amount by the first of some uses in which there is any."""
    for some in used:
        for weigh in (_cost_of, _tokens_of):
            weights = Counter[WalletId]()
            for one in some:
                weights[one.wallet_id] += weigh(one)
            bearing = {wallet_id: weight for wallet_id, weight in weights.items() if weight > 0}
            if bearing:
                return _parted(amount, bearing)
    return [(root_id, amount)]


def _cost_of(charge: Charge) -> int:
    return charge.cost_nanos


def _tokens_of(charge: Charge) -> int:
    return charge.tokens_in + charge.tokens_out


def _parted(amount: int, weights: Mapping[K, int]) -> list[tuple[K, int]]:
    """Part an amount by weights, to the nano: the largest remainders get what is left."""
    whole, sign = sum(weights.values()), -1 if amount < 0 else 1
    parts = {one: divmod(abs(amount) * weight, whole) for one, weight in sorted(weights.items())}
    left = abs(amount) - sum(part for part, _ in parts.values())
    by_rest = sorted(parts, key=lambda one: (-parts[one][1], one))
    more = set(by_rest[:left])
    found = ((one, part + (one in more)) for one, (part, _) in parts.items())
    return [(one, sign * nanos) for one, nanos in found if nanos]
