"""What a chart shows, in its reader's words: everything is decided before it is drawn.

A chart is small and a picture is not, so that a chart is what is kept until it is sent. Two that
are equal are drawn once. Labels are inert text of one line; whatever draws them cuts them to fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pydantic import TypeAdapter

# What stands out and what does not: all well, nearly full, over, and what is only beside it.
Tone = Literal["plain", "near", "over", "rest"]


@dataclass(frozen=True, slots=True)
class Level:
    """An amount in nano-dollars, and what is written beside it."""

    nanos: int
    label: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where it goes on to: the amount at the end, between the least and the most expected."""

    nanos: int
    low_nanos: int
    high_nanos: int
    label: str


@dataclass(frozen=True, slots=True)
class DaysChart:
    """What was spent day by day, adding up from the first day to the last.

    `days` are the amounts of days that have been, oldest first; `labels` stand below the days by
    their number from 0, days to come included; `count` is how many there are with those. `ends`
    are the first and the last day that have been, in words. `most` names the dearest one.
    """

    title: str
    alt: str
    days: tuple[int, ...]
    count: int
    labels: tuple[tuple[int, str], ...]
    so_far: Level
    ends: tuple[str, str]
    most: str = ""
    limit: Level | None = None
    ahead: Ahead | None = None
    kind: Literal["days"] = "days"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its label, how far its bar goes (`value` of `whole`), and what stands behind it.

    A `whole` of 0 has no bar. `depth` is how far it is below the first one in a tree.
    """

    label: str
    text: str
    value: int = 0
    whole: int = 0
    tone: Tone = "plain"
    depth: int = 0


@dataclass(frozen=True, slots=True)
class BarsChart:
    """Rows with bars beside each other. `has_tracks`: a whole bar means something, as a limit.

    `rest` says how many rows are left out, empty for none.
    """

    title: str
    alt: str
    bars: tuple[Bar, ...]
    has_tracks: bool = False
    rest: str = ""
    kind: Literal["bars"] = "bars"


Chart: TypeAlias = DaysChart | BarsChart
_CHART: Final[TypeAdapter[Chart]] = TypeAdapter(Chart)


def dump_chart(chart: Chart) -> str:
    """Write a chart as JSON; equal charts give equal text."""
    return _CHART.dump_json(chart).decode()


def load_chart(text: str) -> Chart:
    """Read what `dump_chart` wrote."""
    return _CHART.validate_json(text)
