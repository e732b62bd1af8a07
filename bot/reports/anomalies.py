"""Hours in which a wallet spent unusually much on a model.

An hour is compared with the same hours of the past four weeks by a robust z-score: how far it is
from their median, in units of their median absolute deviation. Working days are compared with
working days, weekends with weekends, both in the tenant's zone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, Protocol
from zoneinfo import ZoneInfo

from bot.alerts.model import Stage
from bot.economy.money import NANOS_PER_USD
from bot.economy.usage import HourSpend
from bot.ids import PrincipalId, TenantId, WalletId
from bot.reports.balance import ReportBooks

LOOK_BACK_DAYS: Final = 28
LEAST_DAYS: Final = 7
# What an hour must have above the usual before it is worth anybody's attention.
LEAST_NANOS: Final = 5 * NANOS_PER_USD
# A modified z-score above 3.5 is called an outlier by Iglewicz and Hoaglin, "How to Detect and
# Handle Outliers", 1993. Spend has a longer tail than the normal distribution that this is for.
_LEAST_Z: Final = 5
# 1.4826 MAD are one standard deviation of a normal distribution.
_MAD_PER_MILLE: Final = 1483
# Hours that are all alike have no deviation: a quarter of the median stands in for it.
_FLOOR_PART: Final = 4
_LEAST_SAMPLES: Final = 5
_HOUR: Final = timedelta(hours=1)
# How far back the beginning of something unusual is looked for.
_MOST_HOURS: Final = 24

Basis = Literal["same_hours", "busy_hours"]


@dataclass(frozen=True, slots=True)
class Usual:
    """What an hour usually costs: from `low_nanos` to `high_nanos`, one in 20 is above.

    `basis` is what it was compared with: the same hours, or, where a wallet spends now and then
    at any time, the hours in which it did.
    """

    low_nanos: int
    median_nanos: int
    high_nanos: int
    deviation_nanos: int
    basis: Basis

    def is_unusual(self, spent_nanos: int, least_nanos: int = LEAST_NANOS) -> bool:
        """Return whether an hour is far above this, and by an amount that matters."""
        return (
            spent_nanos - self.high_nanos >= least_nanos
            and spent_nanos >= 2 * self.high_nanos
            and spent_nanos - self.median_nanos >= _LEAST_Z * self.deviation_nanos
        )


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A wallet spent unusually much on a model, in the hour of UTC that begins at `hour_at`.

    `day` is that hour's local date. It has been unusual since `since_at`; `since_nanos` is what
    was spent from then on, `person_nanos` what the one who spent most of it did.
    """

    wallet_id: WalletId
    model: str
    day: date
    hour_at: datetime
    spent_nanos: int
    low_nanos: int
    high_nanos: int
    basis: Basis
    since_at: datetime
    since_nanos: int
    person_id: PrincipalId
    person_nanos: int

    @property
    def key(self) -> tuple[date, WalletId, str]:
        """What one is kept by: its day, wallet and model."""
        return self.day, self.wallet_id, self.model


@dataclass(frozen=True, slots=True)
class KeptAnomaly:
    """What was found, and what became of it; `shared_with` are the channels that were told."""

    found: Anomaly
    is_answered: bool
    is_over: bool
    shared: Stage
    shared_with: tuple[str, ...]

    @property
    def stage(self) -> Stage:
        """What there is to tell of it."""
        if self.is_over:
            return Stage.resolved
        return Stage.acknowledged if self.is_answered else Stage.triggered


class AnomalyStore(Protocol):
    """What was found unusual in one tenant."""

    def claim(self, found: Anomaly, at: datetime) -> bool:
        """Keep one; False where its wallet, model and day have one: it was told then."""
        ...

    def list_since(self, from_on: date) -> list[Anomaly]:
        """Return what was kept from a day on, newest first."""
        ...

    def list_running(self) -> list[Anomaly]:
        """Return what was kept and is not over."""
        ...

    def end(self, found: Anomaly, at: datetime) -> bool:
        """Note that one is over; False if it was."""
        ...

    def acknowledge(self, wallet_id: WalletId, by: PrincipalId) -> int:
        """Note who sees to what runs and nobody has seen to in a wallet; return how many."""
        ...

    def drop_old(self, before: date) -> int:
        """Forget what was found on the oldest day before one and is over; return how much."""
        ...

    def has_unseen_to(self, wallet_id: WalletId) -> bool:
        """Tell whether something runs in a wallet that nobody has seen to."""
        ...

    def list_unshared(self, limit: int) -> list[tuple[TenantId, KeptAnomaly]]:
        """Return those of any tenant of which channels do not know all, oldest first."""
        ...

    def share(self, kept: KeptAnomaly, channels: Sequence[str]) -> bool:
        """Note that `channels` know one's stage, once, if it is still what was read."""
        ...


class AnomalyBooks(ReportBooks, Protocol):
    """What finding needs of an open transaction."""

    @property
    def anomalies(self) -> AnomalyStore: ...


def usual(
    spent: Mapping[datetime, int], hour_at: datetime, first_at: datetime, zone: ZoneInfo
) -> Usual | None:
    """Return what an hour usually costs; None under seven days of data, and where none tells.

    Args:
        spent: nano-dollars by the first instant of an hour of UTC; an hour without is zero. What
            is not older than `hour_at` is not looked at, nor what is older by over four weeks.
        hour_at: the hour in question.
        first_at: when spending began: hours before it are not zero but unknown.
        zone: whose days and hours are compared.
    """
    if hour_at - first_at < timedelta(days=LEAST_DAYS):
        return None
    same = [spent.get(one, 0) for one in _same_hours(hour_at, first_at, zone)]
    from_at = max(first_at, hour_at - timedelta(days=LOOK_BACK_DAYS))
    busy = [cost for at, cost in spent.items() if from_at <= at < hour_at and cost > 0]
    active = sum(cost > 0 for cost in same)
    if 2 * active >= len(same):
        return _usual(same, "same_hours")
    hours = (hour_at - from_at) // _HOUR
    # Spread over the day, so many busy hours would leave these all empty less than once in a
    # hundred times: then it is no chance that they were, but the night. Or nothing was spent.
    is_quiet = 100 * (hours - len(busy)) ** len(same) < hours ** len(same)
    if not active and (is_quiet or not busy):
        return _usual(same, "same_hours")
    return _usual(busy, "busy_hours") if len(busy) >= _LEAST_SAMPLES else None


def list_unusual(
    books: ReportBooks, at: datetime, *, least_nanos: int = LEAST_NANOS
) -> list[Anomaly]:
    """Return what is unusual in the hour that runs and the one before, largest first.

    The running hour counts with what it has come to: what is too much already will not become
    less. Only reads.
    """
    running_at = _hour_of(at)
    found = []
    totals: Counter[tuple[WalletId, str, datetime]] = Counter()
    for one in books.usage.list_spent(running_at - _HOUR, running_at + _HOUR):
        totals[one.wallet_id, one.model, one.at] += one.cost_nanos
    worth = {key[:2] for key, cost in totals.items() if cost >= least_nanos}
    for wallet_id, model in sorted(worth):
        first_at = books.usage.find_first_hour(wallet_id, model)
        if first_at is None or running_at - first_at < timedelta(days=LEAST_DAYS):
            continue
        from_at = running_at - timedelta(days=LOOK_BACK_DAYS) - _MOST_HOURS * _HOUR
        spent = books.usage.list_hours(wallet_id, model, from_at, running_at + _HOUR)
        for hour_at in (running_at, running_at - _HOUR):
            seen = usual(spent, hour_at, first_at, books.zone)
            if seen is not None and seen.is_unusual(spent.get(hour_at, 0), least_nanos):
                since_at = _since(spent, hour_at, first_at, books.zone, least_nanos)
                part = books.usage.list_spent(since_at, running_at + _HOUR)
                found.append(_anomaly(wallet_id, model, hour_at, seen, part, books.zone))
                break
    return sorted(found, key=lambda one: (-one.spent_nanos, one.wallet_id, one.model))


def find_anomalies(
    books: AnomalyBooks, at: datetime, *, least_nanos: int = LEAST_NANOS
) -> list[Anomaly]:
    """Return what is unusual and was not returned before for its wallet, model and day.

    Each is claimed in the open transaction: whoever tells them tells them in the same one, so
    that of several processes one does. What was, and is no more, is noted as over.
    """
    found = list_unusual(books, at, least_nanos=least_nanos)
    keys = {one.key for one in found}
    for one in books.anomalies.list_running():
        if one.key not in keys:
            books.anomalies.end(one, at)
    return [one for one in found if books.anomalies.claim(one, at)]


def _hour_of(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _same_hours(hour_at: datetime, first_at: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the hours of UTC at the same time of earlier days; of the same kind of day if it can.

    The kind is left aside while there are too few days of it, as of weekends in a second week.
    """
    local = hour_at.astimezone(zone)
    alike: list[datetime] = []
    others: list[datetime] = []
    for count in range(1, LOOK_BACK_DAYS + 1):
        on = local.date() - timedelta(days=count)
        one = _hour_of(datetime.combine(on, time(local.hour, local.minute), zone))
        if one >= first_at:
            is_alike = (on.weekday() < 5) == (local.weekday() < 5)
            (alike if is_alike else others).append(one)
    return alike if len(alike) >= _LEAST_SAMPLES else alike + others


def _usual(samples: Sequence[int], basis: Basis) -> Usual:
    ordered = sorted(samples)
    median = _median(ordered)
    deviation = _median(sorted(abs(one - median) for one in ordered)) * _MAD_PER_MILLE // 1000
    # One in 20 at each end is left out, and at least one: an outlier must not hide the next.
    outside = max(1, len(ordered) // 20)
    return Usual(
        low_nanos=ordered[outside],
        median_nanos=median,
        high_nanos=ordered[-1 - outside],
        deviation_nanos=max(deviation, median // _FLOOR_PART),
        basis=basis,
    )


def _median(ordered: Sequence[int]) -> int:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2


def _since(
    spent: Mapping[datetime, int],
    hour_at: datetime,
    first_at: datetime,
    zone: ZoneInfo,
    least_nanos: int,
) -> datetime:
    """Return the first of the hours in a row that are unusual, up to one."""
    since_at = hour_at
    for _ in range(_MOST_HOURS):
        earlier_at = since_at - _HOUR
        seen = usual(spent, earlier_at, first_at, zone)
        if seen is None or not seen.is_unusual(spent.get(earlier_at, 0), least_nanos):
            break
        since_at = earlier_at
    return since_at


def _anomaly(
    wallet_id: WalletId,
    model: str,
    hour_at: datetime,
    seen: Usual,
    spent: Sequence[HourSpend],
    zone: ZoneInfo,
) -> Anomaly:
    mine = [one for one in spent if (one.wallet_id, one.model) == (wallet_id, model)]
    people: Counter[PrincipalId] = Counter()
    for one in mine:
        people[one.person_id] += one.cost_nanos
    # Of equal ones the first by id.
    person_id, person_nanos = min(people.items(), key=lambda item: (-item[1], item[0]))
    return Anomaly(
        wallet_id=wallet_id,
        model=model,
        day=hour_at.astimezone(zone).date(),
        hour_at=hour_at,
        spent_nanos=sum(one.cost_nanos for one in mine if one.at == hour_at),
        low_nanos=seen.low_nanos,
        high_nanos=seen.high_nanos,
        basis=seen.basis,
        since_at=min(one.at for one in mine),
        since_nanos=people.total(),
        person_id=person_id,
        person_nanos=person_nanos,
    )
