"""A chart as a picture: PNG, for a phone, on paper of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.charts.canvas import FAINT, INK, PAPER, WIDTH, Canvas, Side, cut, lines_of, width_of
from bot.charts.model import Bar, BarsChart, Chart, DaysChart, Tone

_HEIGHT: Final = 450
_MARGIN: Final = 26
_TITLE: Final = 29
_TITLE_LINES: Final = 3
_WORDS: Final = 22
_LINE: Final = 1.3

_SPENT: Final = "#1f6fb2"
_BEFORE: Final = "#a9cbe8"
_OVER: Final = "#c62828"
_LIMIT: Final = "#b3261e"
_AHEAD: Final = "#b85c00"
_BAND: Final = "#fbe0bd"
_TRACK: Final = "#e6eaef"
_TONES: Final[dict[Tone, str]] = {
    "plain": _SPENT,
    "near": "#d98200",
    "over": _OVER,
    "rest": "#8a96a3",
}

_LOWEST: Final = 260
_ROW: Final = 44
_TALLEST_ROW: Final = 74
_INDENT: Final = 22
_DEEPEST: Final = 6
_GAP: Final = 14
# Of the width: names may take so much, and less where what stands behind the bars needs it: a name
# may be cut, an amount would be another one. A bar is left so much in any case.
_MOST_LABEL: Final = 0.36
_MOST_TEXT: Final = 0.62
_LEAST_BAR: Final = 80


def draw(chart: Chart) -> bytes:
    """Return a chart as PNG; the same chart always gives the same bytes.

    Raises:
        ImportError: the extra `charts` is not installed.
    """
    return _draw_days(chart) if isinstance(chart, DaysChart) else _draw_bars(chart)


def _title(canvas: Canvas, title: str) -> float:
    """Write the title; return where it ends."""
    lines = lines_of(title, _TITLE, WIDTH - 2 * _MARGIN, _TITLE_LINES)
    y = _MARGIN + _TITLE / 2
    for line in lines:
        canvas.write(_MARGIN, y, line, _TITLE, is_bold=True)
        y += _TITLE * _LINE
    return y - _TITLE / 2


# Days


@dataclass(slots=True)
class _Plot:
    """Where the days stand: amounts go up from `bottom`, days to the right from `left`."""

    canvas: Canvas
    top: float
    bottom: float
    most: int
    count: int
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def step(self) -> float:
        return (WIDTH - 2 * _MARGIN) / self.count

    def x(self, day: float) -> float:
        return _MARGIN + day * self.step

    def y(self, nanos: int) -> float:
        return self.bottom - (self.bottom - self.top) * nanos / self.most

    def label(self, x: float, y: float, text: str, colour: str, side: Side) -> None:
        """Write beside a point, above it or else below, where nothing is written yet."""
        canvas = self.canvas
        text = cut(text, _WORDS, WIDTH - 2 * _MARGIN, is_bold=True)
        width = width_of(text, _WORDS, is_bold=True)
        left = {"left": x, "center": x - width / 2, "right": x - width}[side]
        left = min(max(left, _MARGIN), WIDTH - _MARGIN - width)
        beside = _WORDS * 0.85
        at = next(
            (
                middle
                for n in range(1, 7)
                for middle in (y - n * beside, y + n * beside)
                if self._is_free(left, middle, width)
            ),
            y - beside,
        )
        self.taken.append((left, at - _WORDS / 2, left + width, at + _WORDS / 2))
        canvas.write(left, at, text, _WORDS, colour=colour, is_bold=True, halo=PAPER)

    def _is_free(self, left: float, middle: float, width: float) -> bool:
        above, below = middle - _WORDS * 0.6, middle + _WORDS * 0.6
        if above < self.top - _WORDS * 1.5 or below > self.bottom:
            return False
        return all(
            left + width < taken[0] or left > taken[2] or below < taken[1] or above > taken[3]
            for taken in self.taken
        )


def _draw_days(chart: DaysChart) -> bytes:
    canvas = Canvas(_HEIGHT)
    top = _title(canvas, chart.title) + _WORDS * 1.7
    total = sum(chart.days)
    highest = [total]
    if chart.limit is not None:
        highest.append(chart.limit.nanos)
    if chart.ahead is not None:
        highest.append(chart.ahead.high_nanos)
    bottom = _HEIGHT - _MARGIN - _WORDS * 1.3
    plot = _Plot(canvas, top, bottom, max(*highest, 1), max(chart.count, len(chart.days), 1))
    _draw_ahead(plot, chart, total)
    _draw_spent(plot, chart)
    canvas.line([(_MARGIN, bottom), (WIDTH - _MARGIN, bottom)], FAINT, width=1.5)
    for day, label in chart.labels:
        _write_day(plot, day, label)
    if chart.limit is not None:
        y = plot.y(chart.limit.nanos)
        canvas.line([(_MARGIN, y), (WIDTH - _MARGIN, y)], _LIMIT, width=3)
        plot.label(_MARGIN, y, chart.limit.label, _LIMIT, "left")
    if chart.ahead is not None:
        plot.label(
            WIDTH - _MARGIN, plot.y(chart.ahead.high_nanos), chart.ahead.label, _AHEAD, "right"
        )
    if total:
        plot.label(plot.x(len(chart.days)), plot.y(total), chart.so_far.label, INK, "right")
    return canvas.to_png()


def _draw_spent(plot: _Plot, chart: DaysChart) -> None:
    """Draw for each day what had come together before it, and what it added."""
    gap = 0.14 * plot.step if plot.step > 5 else 0.0
    limit = None if chart.limit is None else chart.limit.nanos
    before = 0
    for day, spent in enumerate(chart.days):
        x, width = plot.x(day) + gap / 2, plot.step - gap
        after = before + spent
        for low, high, colour in ((0, before, _BEFORE), (before, after, _SPENT)):
            under = high if limit is None else min(high, max(limit, low))
            _draw_part(plot, x, width, low, under, colour)
            _draw_part(plot, x, width, under, high, _OVER)
        before = after


def _draw_part(plot: _Plot, x: float, width: float, low: int, high: int, colour: str) -> None:
    if high > low:
        plot.canvas.box(x, plot.y(high), width, plot.y(low) - plot.y(high), colour)


def _draw_ahead(plot: _Plot, chart: DaysChart, total: int) -> None:
    ahead = chart.ahead
    if ahead is None or len(chart.days) >= plot.count:
        return
    x, end = plot.x(len(chart.days)), plot.x(plot.count)
    start = plot.y(total)
    band = [(x, start), (end, plot.y(ahead.high_nanos)), (end, plot.y(ahead.low_nanos))]
    plot.canvas.area(band, _BAND)
    plot.canvas.line([(x, start), (end, plot.y(ahead.nanos))], _AHEAD, width=3, is_dashed=True)


def _write_day(plot: _Plot, day: int, label: str) -> None:
    width = width_of(label, _WORDS)
    left = min(max(plot.x(day + 0.5) - width / 2, _MARGIN), WIDTH - _MARGIN - width)
    plot.canvas.write(left, plot.bottom + _WORDS, label, _WORDS, colour=FAINT)


# Bars


def _draw_bars(chart: BarsChart) -> bytes:
    count = len(chart.bars) + bool(chart.rest)
    row = min(max((_HEIGHT - 3 * _MARGIN - 2 * _TITLE) / max(count, 1), _ROW), _TALLEST_ROW)
    lines = lines_of(chart.title, _TITLE, WIDTH - 2 * _MARGIN, _TITLE_LINES)
    title = _MARGIN + len(lines) * _TITLE * _LINE
    canvas = Canvas(max(_LOWEST, round(title + count * row + 1.5 * _MARGIN)))
    y = _title(canvas, chart.title) + _MARGIN / 2
    texts = [cut(bar.text, _WORDS, WIDTH * _MOST_TEXT) for bar in chart.bars]
    behind = max((width_of(text, _WORDS) for text in texts), default=0)
    room = min(WIDTH * _MOST_LABEL, WIDTH - 2 * _MARGIN - 2 * _GAP - _LEAST_BAR - behind)
    indents = [_INDENT * min(bar.depth, _DEEPEST) for bar in chart.bars]
    labels = [
        cut(bar.label, _WORDS, room - indent)
        for bar, indent in zip(chart.bars, indents, strict=True)
    ]
    left = max(
        (
            _MARGIN + indent + width_of(label, _WORDS) + _GAP
            for label, indent in zip(labels, indents, strict=True)
        ),
        default=_MARGIN,
    )
    right = WIDTH - _MARGIN - behind - _GAP
    for bar, label, text, indent in zip(chart.bars, labels, texts, indents, strict=True):
        middle = y + row / 2
        canvas.write(_MARGIN + indent, middle, label, _WORDS)
        _draw_bar(canvas, chart, bar, (left, right), middle, row)
        canvas.write(WIDTH - _MARGIN, middle, text, _WORDS, side="right")
        y += row
    if chart.rest:
        canvas.write(_MARGIN, y + row / 2, chart.rest, _WORDS, colour=FAINT)
    return canvas.to_png()


def _draw_bar(
    canvas: Canvas,
    chart: BarsChart,
    bar: Bar,
    ends: tuple[float, float],
    middle: float,
    row: float,
) -> None:
    if bar.whole <= 0:
        return
    left, right = ends
    height = row * 0.56
    if chart.has_tracks:
        canvas.box(left, middle - height / 2, right - left, height, _TRACK)
    length = (right - left) * min(bar.value, bar.whole) / bar.whole
    if bar.value > 0:
        # A little is seen too.
        canvas.box(left, middle - height / 2, max(length, 2), height, _TONES[bar.tone])
