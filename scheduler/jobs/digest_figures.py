"""The figures of digests, gathered once for all who are told the same at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.actions.digest_times import days_of
from bot.ids import TenantId, WalletId
from bot.ports import Tx
from bot.reports.digest import Figures, gather_figures
from bot.schedules.model import Run

# Whoever is due at the same minute and may read the same is told the same.
_KEPT_FOR: Final = timedelta(minutes=10)
_MOST_KEPT: Final = 256

_Key = tuple[TenantId, tuple[WalletId, ...], date, int]


class KeptFigures:
    """Figures of the same wallets at the same time, gathered once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, tuple[datetime, Figures]] = OrderedDict()

    def of(self, tx: Tx, roots: Sequence[WalletId], run: Run) -> Figures:
        """Return the figures that a run tells.

        The days come from the run and not from the clock, so that one that is late, or tried
        again, tells of the same days.
        """
        days = days_of(run.schedule.plan.rule, run.occasion.local_date)
        # Amounts are counted by the company's days: the last one that is over there too.
        here_on = run.occasion.at.astimezone(tx.zone).date()
        until_on = min(run.occasion.local_date, here_on) - timedelta(days=1)
        key = (tx.tenant, tuple(roots), until_on, days)
        kept = self._kept.get(key)
        if kept is not None and tx.now - kept[0] < _KEPT_FOR:
            return kept[1]
        figures = gather_figures(tx, roots, until_on, days=days)
        self._kept[key] = (tx.now, figures)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return figures
