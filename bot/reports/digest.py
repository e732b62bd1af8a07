"""What a digest is made of: the figures of some wallets, the same for everybody who reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.economy.caps import own_cost_nanos
from bot.economy.periods import end_of_month, period_at
from bot.economy.usage import SpendLine
from bot.economy.wallets import Wallet
from bot.ids import WalletId
from bot.reports.balance import (
    BudgetLine,
    ReportBooks,
    balance,
    descendants,
    forecast,
    today,
)
from bot.reports.forecast import Forecast
from bot.reports.movers import Movement, movers


@dataclass(frozen=True, slots=True)
class Figures:
    """Some wallets, none below another, up to a day: what they spent, and where it goes on to.

    `from_on` to `until_on` are the days that are told of: yesterday, the days since the last
    workday, or the week before.
    `movement` compares them with as many a week earlier; `names` are those of its wallets. The
    month is the present one, with its days. `line` is the limits of all of them together, None
    where one has none. `own_nanos` is what Bursar's own calls came to in the days told of.
    """

    wallets: tuple[Wallet, ...]
    from_on: date
    until_on: date
    movement: Movement
    names: Mapping[str, str]
    month_on: date
    month_nanos: int
    days: tuple[SpendLine, ...]
    forecast: Forecast
    line: BudgetLine | None
    own_nanos: int

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was spent, in the days told of and in those that they compare with."""
        return not (self.movement.spent_nanos or self.movement.before_nanos or self.own_nanos)


def gather_figures(
    books: ReportBooks, wallet_ids: Sequence[WalletId], until_on: date, *, days: int = 1
) -> Figures:
    """Put together what a digest tells of some wallets, none of which is below another.

    `until_on` is the last local day that is over, and the last of the `days` that are told of.
    """
    wallets = books.wallets.list_all()
    names = {str(wallet.id): wallet.name for wallet in wallets}
    ids = [one for root in wallet_ids for one in descendants(wallets, root)]
    now_on = today(books)
    month_on = now_on.replace(day=1)
    spent = books.usage.sum_by("day", from_on=month_on, until_on=now_on, wallet_ids=ids)
    month_nanos = sum(line.cost_nanos for line in spent)
    line = _limit(books, wallet_ids, month_nanos)
    from_on = until_on - timedelta(days=days - 1)
    movement = movers(books, until_on, wallet_ids=ids, days=days)
    by_id = {wallet.id: wallet for wallet in wallets}
    return Figures(
        wallets=tuple(by_id[one] for one in wallet_ids),
        from_on=from_on,
        until_on=until_on,
        movement=movement,
        names=names,
        month_on=month_on,
        month_nanos=month_nanos,
        days=tuple(spent),
        forecast=forecast(
            books,
            ids,
            period_first=month_on,
            ends_on=end_of_month(now_on),
            limit_nanos=None if line is None else line.limit_nanos,
        ),
        line=line,
        own_nanos=sum(own_cost_nanos(books, from_on + timedelta(days=day)) for day in range(days)),
    )


def _limit(
    books: ReportBooks, wallet_ids: Sequence[WalletId], month_nanos: int
) -> BudgetLine | None:
    """Return the month's limits of some wallets as one; None where one of them has none."""
    found = [
        line
        for wallet_id in wallet_ids
        for line in balance(books, wallet_id).lines
        if line.period.span == "month"
    ]
    if len(found) < len(wallet_ids) or not found:
        return None
    return BudgetLine(
        period=period_at("month", books.now, books.zone),
        limit_nanos=sum(line.limit_nanos for line in found),
        used_nanos=month_nanos,
        held_nanos=sum(line.held_nanos for line in found),
        free_nanos=sum(line.free_nanos for line in found),
        days_left=found[0].days_left,
    )
