"""What a digest told, in a few values: whether the next one would tell anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter

from bot.reports.digest import Figures


@dataclass(frozen=True, slots=True)
class Told:
    """What of a digest can be news. `requests` are the references of those that were open.

    Not the forecast, nor what is compared with: they move with the calendar, while nothing
    happens. Nor what Bursar itself cost: of these wallets that is in what was spent.
    """

    wallets: tuple[str, ...]
    month: str
    spent_nanos: int
    month_nanos: int
    limit_nanos: int | None
    requests: tuple[str, ...]

    @classmethod
    def of(cls, figures: Figures, requests: Sequence[str]) -> Told:
        """Return what a digest of these figures tells."""
        return cls(
            tuple(wallet.id for wallet in figures.wallets),
            figures.month_on.isoformat(),
            figures.movement.spent_nanos,
            figures.month_nanos,
            None if figures.line is None else figures.line.limit_nanos,
            tuple(sorted(requests)),
        )

    def dump(self) -> str:
        """Write it as it is kept beside a schedule."""
        return _TOLD.dump_json(self).decode()

    @classmethod
    def load(cls, text: str) -> Told | None:
        """Read what `dump` wrote; None where nothing was told yet."""
        if not text:
            return None
        return _TOLD.validate_json(text)

    def is_news_after(self, last: Told) -> bool:
        """Tell whether somebody who was told the last thing would be told another one now.

        What was spent in the days told of always is. That a new month begins at nothing is none.
        """
        if self.spent_nanos:
            return True
        has_month_moved = (
            self.month_nanos != last.month_nanos if self.month == last.month else self.month_nanos
        )
        return bool(has_month_moved) or (
            (self.wallets, self.spent_nanos, self.limit_nanos, self.requests)
            != (last.wallets, last.spent_nanos, last.limit_nanos, last.requests)
        )


_TOLD: Final = TypeAdapter(Told)
