"""Charts that are asked for: spend by day, models by share, wallets as a tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.actions.base import Action, ActionCall, Receipt, Tier
from bot.actions.reach import asked_days, readable
from bot.actions.spend import ShowWallets, WalletsReceipt, show_wallets
from bot.economy.periods import end_of_month
from bot.economy.usage import SpendLine
from bot.economy.wallets import Wallet
from bot.ids import WalletId
from bot.ports import Actor, Tx
from bot.reports.balance import (
    Balance,
    BudgetLine,
    TreeNode,
    balance,
    descendants,
    main_line,
    today,
)
from bot.reports.forecast import Forecast

ChartOf = Literal["days", "models", "wallets"]


class ShowChart(ActionCall):
    """Draw what was spent: by day against the limit, by model, or by wallet.

    From `from_on` to `until_on`, both included; this month by default, and for wallets always.
    """

    action: Literal["show_chart"] = "show_chart"
    of: ChartOf = "days"
    wallet_id: WalletId | None = None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysReceipt(Receipt):
    """What was spent from day to day, and where it goes on to.

    `days` has a line for each day that anything was spent on, oldest first; `until_on` is the last
    day that has been, `ends_on` the last one that is drawn. `line` and `forecast` are there where
    the days are those of the limit's running period. Of several wallets all is added up.
    """

    wallets: tuple[Wallet, ...]
    from_on: date
    until_on: date
    ends_on: date
    total_nanos: int
    days: tuple[SpendLine, ...]
    line: BudgetLine | None = None
    forecast: Forecast | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesReceipt(Receipt):
    """What was spent on which model, most first."""

    wallet: Wallet
    from_on: date
    until_on: date
    total_nanos: int
    models: tuple[SpendLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeReceipt(Receipt):
    """The wallets as a tree, with what each spent this month of which limit."""

    nodes: tuple[TreeNode, ...]
    month_on: date


def show_chart(call: ShowChart, tx: Tx, actor: Actor) -> Receipt:
    """Read what a chart shows. Drawing it is no matter of a transaction's."""
    if call.of == "wallets":
        tree = show_wallets(ShowWallets(wallet_id=call.wallet_id), tx, actor)
        assert isinstance(tree, WalletsReceipt)  # noqa: S101  # that is what it returns
        return TreeReceipt(nodes=tree.nodes, month_on=tree.month_on, topic=call.wallet_id)
    wallet_id = readable(call.wallet_id, tx, actor)
    if call.of == "models":
        return _shares(call, wallet_id, tx, actor)
    found = balance(tx, wallet_id)
    running = _running(found, call, tx)
    if running is not None and (running.period.first_on or date.min) >= _oldest(tx, actor):
        return days_of(found, running, tx)
    from_on, until_on = asked_days(call.from_on, call.until_on, tx, actor)
    return _days(found, tx, from_on, until_on)


def days_of(found: Balance, line: BudgetLine | None, tx: Tx) -> DaysReceipt:
    """Return the days of a limit's running period, or of this month where there is no limit."""
    if line is None or line.period.first_on is None:
        return _days(found, tx, today(tx).replace(day=1), today(tx))
    return _days(found, tx, line.period.first_on, today(tx), line)


def month_line(found: Balance) -> BudgetLine | None:
    """Return the limit against which a wallet's days are drawn: the month's or the week's."""
    line = main_line(found.lines)
    return line if line is not None and line.period.span in {"month", "week"} else None


def _running(found: Balance, call: ShowChart, tx: Tx) -> BudgetLine | None:
    """Return the limit whose running period is asked for, if it is one's."""
    line = month_line(found)
    if line is None or line.period.first_on is None:
        return None
    now_on = today(tx)
    is_default = call.from_on is None and call.until_on is None
    is_present = call.from_on == line.period.first_on and (call.until_on or now_on) >= now_on
    return line if is_default or is_present else None


def _oldest(tx: Tx, actor: Actor) -> date:
    return actor.allowances.of(actor.person.plan).oldest_on(today(tx))


def _days(
    found: Balance, tx: Tx, from_on: date, until_on: date, line: BudgetLine | None = None
) -> DaysReceipt:
    wallet_id = found.wallet.id
    lines = tx.usage.sum_by(
        "day",
        from_on=from_on,
        until_on=until_on,
        wallet_ids=descendants(tx.wallets.list_all(), wallet_id),
    )
    ends_on = until_on
    if line is not None and line.period.last_on is not None:
        ends_on = line.period.last_on
    elif from_on == today(tx).replace(day=1) and until_on == today(tx):
        ends_on = end_of_month(until_on)
    return DaysReceipt(
        wallets=(found.wallet,),
        from_on=from_on,
        until_on=until_on,
        ends_on=ends_on,
        total_nanos=sum(one.cost_nanos for one in lines),
        days=tuple(lines),
        line=line,
        forecast=found.forecast if ends_on == found.forecast.ends_on else None,
        topic=wallet_id,
    )


def _shares(call: ShowChart, wallet_id: WalletId, tx: Tx, actor: Actor) -> SharesReceipt:
    from_on, until_on = asked_days(call.from_on, call.until_on, tx, actor)
    lines = tx.usage.sum_by(
        "model",
        from_on=from_on,
        until_on=until_on,
        wallet_ids=descendants(tx.wallets.list_all(), wallet_id),
    )
    return SharesReceipt(
        wallet=tx.wallets.get(wallet_id),
        from_on=from_on,
        until_on=until_on,
        total_nanos=sum(line.cost_nanos for line in lines),
        models=tuple(lines),
        topic=wallet_id,
    )


ACTIONS: tuple[Action[Any], ...] = (  # Any: it has its own type of call
    Action(
        ShowChart,
        Tier.T1,
        "spend.read",
        show_chart,
        examples={
            "en": ("chart of design's spend this month", "chart by model"),
            "es": ("gráfico del gasto de diseño este mes", "gráfico por modelo"),
        },
    ),
)
