"""A place in a text that a guard found, and which of several overlapping ones counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["pii", "secret", "injection"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place: what it is, where it stands and how sure that is.

    `type` is a lower-case word such as "phone". `start` and `end` (exclusive) count characters of
    the text that was looked through; `score` is above 0 and at most 1.
    """

    kind: Kind
    type: str
    start: int
    end: int
    score: float


def without_overlaps(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings that share no character, in the order of the text.

    Of two that overlap a secret stays rather than personal data, then the surer one, then the
    longer one. It is widened over the other one, so that no part of what was found is forgotten.
    """
    kept: list[Finding] = []
    for found in sorted(findings, key=lambda one: (one.start, -one.end)):
        if kept and found.start < kept[-1].end:
            kept[-1] = _joined(kept[-1], found)
        else:
            kept.append(found)
    return kept


def _joined(one: Finding, other: Finding) -> Finding:
    best = max(one, other, key=_weight)
    return replace(best, start=min(one.start, other.start), end=max(one.end, other.end))


def _weight(found: Finding) -> tuple[bool, float, int, int]:
    return (found.kind == "secret", found.score, found.end - found.start, -found.start)
