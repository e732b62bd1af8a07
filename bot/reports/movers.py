"""What moved the spend of a day against another, and who or what moved it most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.ids import WalletId
from bot.reports.balance import ReportBooks

MoverKind = Literal["wallet", "model", "person"]
_KINDS: Final[tuple[MoverKind, ...]] = ("wallet", "model", "person")


@dataclass(frozen=True, slots=True)
class Mover:
    """A wallet, a model or a person, by id, whose spend changed the way that all of it did.

    `share_percent` is its part of the whole change, and may be above 100 where others went the
    other way.
    """

    kind: MoverKind
    heading: str
    spent_nanos: int
    before_nanos: int
    share_percent: int

    @property
    def change_nanos(self) -> int:
        """How much more was spent than before; below zero for less."""
        return self.spent_nanos - self.before_nanos


@dataclass(frozen=True, slots=True)
class Movement:
    """A day's spend against another day's, and its largest movers by kind.

    Nothing moved where both days came to the same: then there are no movers.
    """

    day: date
    against: date
    spent_nanos: int
    before_nanos: int
    wallet: Mover | None
    model: Mover | None
    person: Mover | None

    @property
    def change_nanos(self) -> int:
        """How much more was spent than on the other day; below zero for less."""
        return self.spent_nanos - self.before_nanos

    @property
    def change_percent(self) -> int | None:
        """The change in percent of the other day, rounded; None where that had no spend."""
        return _share(self.change_nanos, self.before_nanos) if self.before_nanos > 0 else None

    @property
    def top(self) -> Mover | None:
        """The largest of the movers; of equal ones the wallet, then the model."""
        found = [mover for mover in (self.wallet, self.model, self.person) if mover is not None]
        return max(found, key=lambda mover: mover.share_percent, default=None)


def movers(
    books: ReportBooks,
    day: date,
    *,
    wallet_ids: Sequence[WalletId] | None = None,
    against: date | None = None,
    days: int = 1,
) -> Movement:
    """Compare a local day with the same weekday a week before, or with another day.

    Args:
        books: the open transaction; only read.
        day: a day that is over, or the comparison is with a part of it.
        wallet_ids: the wallets concerned, for a tree what `descendants` returns; None for all.
        against: the day to compare with.
        days: how many days are compared with as many; the days named are the last ones of each.
    """
    other = against or day - timedelta(days=7)
    now, before = (_by_kind(books, on, days, wallet_ids) for on in (day, other))
    spent, was = (sum(found["wallet"].values()) for found in (now, before))
    tops = {
        kind: max(
            _moved(kind, now[kind], before[kind], spent - was),
            # Of equal ones the first by name, so that the same day is always told the same.
            key=lambda mover: abs(mover.change_nanos),
            default=None,
        )
        for kind in _KINDS
    }
    return Movement(day, other, spent, was, tops["wallet"], tops["model"], tops["person"])


def _by_kind(
    books: ReportBooks, on: date, days: int, wallet_ids: Sequence[WalletId] | None
) -> dict[MoverKind, Counter[str]]:
    sums: dict[MoverKind, Counter[str]] = {kind: Counter() for kind in _KINDS}
    first = on - timedelta(days=days - 1)
    for cell in books.usage.sum_across(_KINDS, from_on=first, until_on=on, wallet_ids=wallet_ids):
        for kind, heading in zip(_KINDS, cell.headings, strict=True):
            sums[kind][heading] += cell.cost_nanos
    return sums


def _moved(
    kind: MoverKind, now: Counter[str], before: Counter[str], change: int
) -> Iterator[Mover]:
    for heading in sorted(now.keys() | before.keys()):
        own = now[heading] - before[heading]
        if own * change > 0:
            yield Mover(
                kind, heading, now[heading], before[heading], _share(abs(own), abs(change))
            )


def _share(part: int, whole: int) -> int:
    """Return a part in whole percent, half away from zero."""
    percent = (abs(part) * 200 + whole) // (2 * whole)
    return -percent if part < 0 else percent
