"""What a wallet has spent and has left, and what it will come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from bot.economy.budgets import Books, Budget, read_budgets
from bot.economy.periods import Period, end_of_month
from bot.economy.usage import UsageStore
from bot.economy.wallets import Wallet
from bot.ids import WalletId
from bot.reports.forecast import DATA_DAYS, Forecast, project


class ReportBooks(Books, Protocol):
    """What reports need of an open transaction."""

    @property
    def usage(self) -> UsageStore: ...


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One limit in its running period. `days_left` counts the days after today."""

    period: Period
    limit_nanos: int
    used_nanos: int
    held_nanos: int
    free_nanos: int
    days_left: int

    @property
    def percent(self) -> int:
        """How much of the limit is used, rounded to the nearest whole."""
        if self.limit_nanos <= 0:
            return 100
        return (self.used_nanos * 200 + self.limit_nanos) // (2 * self.limit_nanos)


@dataclass(frozen=True, slots=True)
class Balance:
    """A wallet at present: its limits, what this month came to, mostly for what, and the pace.

    `top_models` are up to two names with their nano-dollars of this month, the largest first.
    `binding` is the wallet above that has less free than the wallet itself, if one has.
    """

    wallet: Wallet
    lines: tuple[BudgetLine, ...]
    month_nanos: int
    month_on: date
    top_models: tuple[tuple[str, int], ...]
    forecast: Forecast
    binding: tuple[Wallet, BudgetLine] | None = None


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A wallet in the tree: its depth below the first one, what it spent this month, its limit."""

    wallet: Wallet
    depth: int
    used_nanos: int
    limit_nanos: int | None


def today(books: Books) -> date:
    """Return the present date in the tenant's zone."""
    return books.now.astimezone(books.zone).date()


def descendants(wallets: Sequence[Wallet], root_id: WalletId) -> list[WalletId]:
    """Return a wallet and all below it, the wallet first."""
    found = [root_id]
    for wallet_id in found:
        found.extend(wallet.id for wallet in wallets if wallet.parent_id == wallet_id)
    return found


def forecast(
    books: ReportBooks,
    wallet_ids: Sequence[WalletId],
    *,
    period_first: date,
    ends_on: date,
    limit_nanos: int | None,
) -> Forecast:
    """Go on from the last two full weeks to the end of a period."""
    now_on = today(books)
    from_on = min(now_on - timedelta(days=DATA_DAYS), period_first)
    lines = books.usage.sum_by("day", from_on=from_on, until_on=now_on, wallet_ids=wallet_ids)
    spent = {date.fromisoformat(line.heading): line.cost_nanos for line in lines}
    return project(
        spent,
        now_on,
        so_far_nanos=_since(spent, period_first),
        ends_on=ends_on,
        limit_nanos=limit_nanos,
    )


def balance(books: ReportBooks, wallet_id: WalletId) -> Balance:
    """Put together what a person wants to know of a wallet at present."""
    chain = books.wallets.chain(wallet_id)
    wallet = chain[0]
    budgets = read_budgets(books, chain)
    now_on = today(books)
    lines = tuple(_line(budget, now_on) for budget in budgets if budget.wallet.id == wallet_id)
    wallets = books.wallets.list_all()
    ids = descendants(wallets, wallet_id)
    first = now_on.replace(day=1)
    main = main_line(lines)
    period_first = (main.period.first_on if main else None) or first
    # Asked for once: a large company has tens of thousands of sums in a month.
    cells = books.usage.sum_across(
        ("day", "model"),
        from_on=min(now_on - timedelta(days=DATA_DAYS), period_first, first),
        until_on=now_on,
        wallet_ids=ids if len(ids) < len(wallets) else None,
    )
    by_day: Counter[str] = Counter()
    models: Counter[str] = Counter()
    for cell in cells:
        day, model = cell.headings
        by_day[day] += cell.cost_nanos
        if day >= first.isoformat():
            models[model] += cell.cost_nanos
    spent = {date.fromisoformat(day): cost for day, cost in by_day.items()}
    # What is for all time, no day of this month tells.
    is_total = main is not None and main.period.span == "total"
    return Balance(
        wallet=wallet,
        lines=lines,
        month_nanos=models.total(),
        month_on=first,
        top_models=tuple(sorted(models.items(), key=lambda item: (-item[1], item[0]))[:2]),
        forecast=project(
            spent,
            now_on,
            so_far_nanos=main.used_nanos if main and is_total else _since(spent, period_first),
            ends_on=(main.period.last_on if main else None) or end_of_month(now_on),
            limit_nanos=main.limit_nanos if main else None,
        ),
        binding=_binding(budgets, wallet_id, lines, now_on),
    )


def _since(spent: Mapping[date, int], first_on: date) -> int:
    return sum(cost for on, cost in spent.items() if on >= first_on)


def main_line(lines: Sequence[BudgetLine]) -> BudgetLine | None:
    """Return the line that stands for the wallet: the month's, else the widest, else None."""
    by_span = {line.period.span: line for line in lines}
    return next(
        (by_span[span] for span in ("month", "total", "week", "day") if span in by_span), None
    )


def wallet_tree(books: ReportBooks, root_ids: Sequence[WalletId]) -> list[TreeNode]:
    """Return the open wallets below some, parents before children, siblings by name."""
    everything = books.wallets.list_all()
    wallets = [wallet for wallet in everything if not wallet.is_closed]
    now_on = today(books)
    own = {
        line.heading: line.cost_nanos
        for line in books.usage.sum_by("wallet", from_on=now_on.replace(day=1), until_on=now_on)
    }
    budgets = {
        budget.wallet.id: budget
        for budget in read_budgets(books, wallets)
        if budget.limit.span == "month"
    }
    by_id = {wallet.id: wallet for wallet in wallets}
    nodes: list[TreeNode] = []

    def visit(wallet: Wallet, depth: int) -> None:
        # What was spent before a wallet was closed stays spent by those above it.
        ids = descendants(everything, wallet.id)
        budget = budgets.get(wallet.id)
        nodes.append(
            TreeNode(
                wallet,
                depth,
                sum(own.get(wallet_id, 0) for wallet_id in ids),
                budget.limit_nanos if budget else None,
            )
        )
        for child in wallets:
            if child.parent_id == wallet.id:
                visit(child, depth + 1)

    for root_id in root_ids:
        if root_id in by_id:
            visit(by_id[root_id], 0)
    return nodes


def tightest(books: Books, wallet_id: WalletId) -> tuple[Wallet, BudgetLine] | None:
    """Return the budget on the way up that has the least free: the one that binds."""
    budgets = read_budgets(books, books.wallets.chain(wallet_id))
    if not budgets:
        return None
    budget = min(budgets, key=lambda found: found.free_nanos)
    return budget.wallet, _line(budget, today(books))


def _line(budget: Budget, now_on: date) -> BudgetLine:
    last_on = budget.period.last_on
    return BudgetLine(
        period=budget.period,
        limit_nanos=budget.limit_nanos,
        used_nanos=budget.used_nanos,
        held_nanos=budget.held_nanos,
        free_nanos=budget.free_nanos,
        days_left=(last_on - now_on).days if last_on else 0,
    )


def _binding(
    budgets: Sequence[Budget], wallet_id: WalletId, lines: Sequence[BudgetLine], now_on: date
) -> tuple[Wallet, BudgetLine] | None:
    own = min((line.free_nanos for line in lines), default=None)
    above = [budget for budget in budgets if budget.wallet.id != wallet_id]
    if own is None or not above:
        return None
    budget = min(above, key=lambda found: found.free_nanos)
    return (budget.wallet, _line(budget, now_on)) if budget.free_nanos < own else None
