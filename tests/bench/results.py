"""How a benchmark reports: one row a measure, with its target, its baseline and the ratio."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One number. `least` and `most` bound it; `least_ratio` bounds it against `baseline`."""

    name: str
    value: float
    unit: str
    least: float | None = None
    most: float | None = None
    baseline: float | None = None
    baseline_name: str = ""
    least_ratio: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the baseline, None where there is none."""
        return self.value / self.baseline if self.baseline else None

    @property
    def passed(self) -> bool | None:
        """Whether every target is met; None where there is none."""
        claims = []
        if self.least is not None:
            claims.append(self.value >= self.least)
        if self.most is not None:
            claims.append(self.value <= self.most)
        if self.least_ratio is not None:
            claims.append((self.ratio or 0.0) >= self.least_ratio)
        return all(claims) if claims else None


def as_table(measures: Iterable[Measure]) -> str:
    """Lay measures out as a table for a terminal."""
    lines = [f"{'measure':<58} {'value':>11} {'unit':<6} {'baseline':>10} {'ratio':>7}  target"]
    for one in measures:
        baseline = "" if one.baseline is None else f"{one.baseline:,.1f}"
        ratio = "" if one.ratio is None else f"{one.ratio:.1f}x"
        targets = []
        if one.least is not None:
            targets.append(f">= {one.least:,.0f}")
        if one.most is not None:
            targets.append(f"<= {one.most:,.0f}")
        if one.least_ratio is not None:
            targets.append(f">= {one.least_ratio:g}x")
        mark = {True: "ok", False: "MISSED", None: ""}[one.passed]
        lines.append(
            f"{one.name:<58} {one.value:>11,.1f} {one.unit:<6} {baseline:>10} {ratio:>7}"
            f"  {' and '.join(targets)} {mark}".rstrip()
        )
        if one.baseline_name:
            lines.append(f"    baseline: {one.baseline_name}")
    return "\n".join(lines)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that so large a share does not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * share) - 1, 0)] if ordered else 0.0
