"""Plans of people: what each may use, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

PlanName = Literal["basic", "premium"]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a plan allows. No `models` are all of them; a ceiling of None bounds no call.

    Spending is looked at from `history_days` before today on.
    """

    plan: PlanName
    reads_per_day: int
    writes_per_day: int
    history_days: int
    models: tuple[str, ...] = ()
    call_ceiling_nanos: int | None = None

    def oldest_on(self, today: date) -> date:
        """Return the first day that may be looked at."""
        return today - timedelta(days=self.history_days)


@dataclass(frozen=True, slots=True)
class Allowances:
    """The plans of a company, and which one somebody has whom nobody put on any."""

    basic: Allowance = Allowance("basic", 40, 40, 30)
    premium: Allowance = Allowance("premium", 400, 400, 365)
    default: PlanName = "basic"

    def of(self, plan: PlanName | None) -> Allowance:
        """Return what a plan allows; None is the plan of those who were put on none."""
        return self.premium if (plan or self.default) == "premium" else self.basic
