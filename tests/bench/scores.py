"""How an evaluation reports: one row a measure, with its target."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One measure: `hits` of `total`, and whether the share must stay `below` or reach `least`."""

    name: str
    hits: int
    total: int
    least: float | None = None
    below: float | None = None

    @property
    def share(self) -> float:
        """The share of hits, 0 where there was nothing to measure."""
        return self.hits / self.total if self.total else 0.0

    @property
    def upper_bound(self) -> float:
        """The upper end of Wilson's 95 % interval for the share."""
        if not self.total:
            return 1.0
        z = 1.959964
        n, p = self.total, self.share
        centre = p + z * z / (2 * n)
        spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (centre + spread) / (1 + z * z / n)

    @property
    def passed(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.least is not None:
            return self.share >= self.least
        if self.below is not None:
            return self.share < self.below or self.hits == 0
        return None


def as_table(scores: Iterable[Score]) -> str:
    """Lay scores out as a table for a terminal."""
    lines = [f"{'measure':<52} {'hits':>6} {'of':>6} {'share':>8} {'upper':>8}  target"]
    for score in scores:
        target = ""
        if score.least is not None:
            target = f">= {score.least:.1%}"
        elif score.below is not None:
            target = f"<  {score.below:.1%}"
        mark = {True: "ok", False: "MISSED", None: ""}[score.passed]
        lines.append(
            f"{score.name:<52} {score.hits:>6} {score.total:>6} {score.share:>8.2%} "
            f"{score.upper_bound:>8.2%}  {target} {mark}"
        )
    return "\n".join(lines)
