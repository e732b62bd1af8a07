"""A chart in letters: for a terminal, and wherever no picture can be drawn."""

from __future__ import annotations

from typing import Final

from bot.charts.model import BarsChart, Chart, DaysChart
from bot.columns import clip, columns_of

_CELLS: Final = 20
_FULL: Final = "█"
_EMPTY: Final = "░"
_HEIGHTS: Final = "▁▂▃▄▅▆▇█"
_MOST_LABEL: Final = 28
# As many days as a narrow terminal shows in one line.
_MOST_DAYS: Final = 62
_INDENT: Final = 2
_DEEPEST: Final = 6


def chart_text(chart: Chart) -> str:
    """Return a chart as lines of text, without its title."""
    lines = _days(chart) if isinstance(chart, DaysChart) else _bars(chart)
    return "\n".join(line.rstrip() for line in lines)


def _days(chart: DaysChart) -> list[str]:
    first, last = chart.ends
    days = chart.days[-_MOST_DAYS:]
    line = f"{first}  {''.join(_column(day, max(days, default=0)) for day in days)}  {last}"
    lines = [f"{line}  {chart.most}" if chart.most else line]
    if chart.limit is not None:
        bar = _bar(chart.so_far.nanos, chart.limit.nanos, has_track=True)
        lines.append(f"{bar}  {chart.so_far.label}  {chart.limit.label}")
    if chart.ahead is not None:
        lines.append(chart.ahead.label)
    return lines


def _column(day: int, most: int) -> str:
    if day <= 0 or most <= 0:
        return " "
    return _HEIGHTS[min(day * len(_HEIGHTS) // most, len(_HEIGHTS) - 1)]


def _bars(chart: BarsChart) -> list[str]:
    labels = [
        clip(" " * _INDENT * min(bar.depth, _DEEPEST) + bar.label, _MOST_LABEL)
        for bar in chart.bars
    ]
    widest = max((columns_of(label) for label in labels), default=0)
    lines = [
        f"{label}{' ' * (widest - columns_of(label))}  "
        f"{_bar(bar.value, bar.whole, has_track=chart.has_tracks)}  {bar.text}"
        for label, bar in zip(labels, chart.bars, strict=True)
    ]
    return [*lines, chart.rest] if chart.rest else lines


def _bar(value: int, whole: int, *, has_track: bool) -> str:
    if whole <= 0:
        return " " * _CELLS
    full = min(max(value * _CELLS // whole, 1 if value > 0 else 0), _CELLS)
    return _FULL * full + (_EMPTY if has_track else " ") * (_CELLS - full)
