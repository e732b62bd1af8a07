"""A picture that is drawn by its dots: boxes, lines and words that are cut to fit.

The only place that knows matplotlib, and it is imported when the first chart is drawn: `Figure`
and Agg alone, with the font that comes along, so that the same chart gives the same bytes on any
machine. Dollar signs are dollar signs and no formula.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

Side = Literal["left", "center", "right"]

# As wide as two dots for each of a phone's.
WIDTH: Final = 800
_DPI: Final = 100
# Agg measures in points.
_POINTS: Final = 72 / _DPI
# Of colours that are shown on paper of our own, whatever is around it: a chat may be dark.
PAPER: Final = "#ffffff"
INK: Final = "#17212b"
FAINT: Final = "#56616d"
_EDGE: Final = "#c3cad2"
# A quarter of the bytes, and nothing that is seen.
_COLOURS: Final = 24
_PLACEHOLDER: Final = "\ufffd"
# A sign is measured in a row of so many, for what is left of its width by rounding.
_MANY: Final = 20
_WIDTHS: Final[dict[tuple[str, int, bool], float]] = {}
_FONTS: Final = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}


class Canvas:
    """A picture of so many dots; (0, 0) is its upper left corner."""

    def __init__(self, height: int) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.height = height
        self._figure: Any = Figure((WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=PAPER)
        # Any: half of matplotlib has no types.
        agg: Any = FigureCanvasAgg(self._figure)
        self._agg, self._measure = agg, agg.get_renderer()
        self._areas: list[tuple[list[tuple[float, float]], str]] = []
        far_x, far_y = WIDTH - 1, height - 1
        self.line([(1, 1), (far_x, 1), (far_x, far_y), (1, far_y), (1, 1)], _EDGE)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a box whose upper left corner is at (x, y)."""
        right, below = x + width, y + height
        self.area([(x, y), (right, y), (right, below), (x, below)], colour)

    def area(self, points: list[tuple[float, float]], colour: str) -> None:
        """Fill what is between points; above all areas that were filled before."""
        self._areas.append(([(x, self.height - y) for x, y in points], colour))

    def line(
        self,
        points: list[tuple[float, float]],
        colour: str,
        *,
        width: float = 2,
        is_dashed: bool = False,
    ) -> None:
        """Draw a line through points."""
        from matplotlib.lines import Line2D

        self._add(
            Line2D(
                [x for x, _ in points],
                [self.height - y for _, y in points],
                color=colour,
                linewidth=width * _POINTS,
                linestyle=(0, (4, 3)) if is_dashed else "-",
            )
        )

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        *,
        colour: str = INK,
        side: Side = "left",
        is_bold: bool = False,
        halo: str = "",
    ) -> None:
        """Write one line; `y` is its middle, `size` its height in dots."""
        from matplotlib.text import Text

        written = Text(
            x,
            self.height - y,
            _known(text, is_bold=is_bold),
            color=colour,
            fontproperties=_font(size, is_bold=is_bold),
            horizontalalignment=side,
            verticalalignment="center_baseline",
            parse_math=False,
        )
        if halo:
            written.set_bbox({"facecolor": halo, "edgecolor": "none", "pad": 2})
        self._add(written)

    def width_of(self, text: str, size: int, *, is_bold: bool = False) -> float:
        """Return how wide a line would be, as if none of its signs moved closer to another."""
        known = _known(text, is_bold=is_bold)
        return sum(self._width_of_sign(char, size, is_bold) for char in known)

    def _width_of_sign(self, char: str, size: int, is_bold: bool) -> float:
        # Asking for the width of a line costs as much as drawing it.
        width = _WIDTHS.get((char, size, is_bold))
        if width is None:
            measured = self._measure.get_text_width_height_descent(
                char * _MANY, _font(size, is_bold=is_bold), ismath=False
            )
            width = _WIDTHS[char, size, is_bold] = float(measured[0]) / _MANY
        return width

    def cut(self, text: str, size: int, most: float, *, is_bold: bool = False) -> str:
        """Return as much of a line as fits; a sign at its end says that there was more."""
        if self.width_of(text, size, is_bold=is_bold) <= most:
            return text
        fits, too_long = 0, len(text)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            is_fitting = self.width_of(text[:middle] + "…", size, is_bold=is_bold) <= most
            fits, too_long = (middle, too_long) if is_fitting else (fits, middle)
        return text[:fits].rstrip() + "…"

    def lines_of(self, text: str, size: int, width: float, most: int) -> list[str]:
        """Break a bold text into at most so many lines that fit; the last one is cut."""
        lines: list[str] = []
        # A number and what it counts stay together.
        rest = text.replace(" %", "\u00a0%").split(" ")
        while rest:
            taken = len(rest)
            while taken > 1 and self.width_of(" ".join(rest[:taken]), size, is_bold=True) > width:
                taken -= 1
            if len(lines) == most - 1:
                taken = len(rest)
            lines.append(self.cut(" ".join(rest[:taken]), size, width, is_bold=True))
            rest = rest[taken:]
        return lines

    def to_png(self) -> bytes:
        """Return the picture, without a word on when or by what it was made."""
        from matplotlib.collections import PolyCollection
        from PIL import Image

        shapes, colours = [list(x) for x in zip(*self._areas, strict=True)] or ([], [])
        # In one go, below lines and words.
        self._add(PolyCollection(shapes, facecolors=colours, linewidths=0, antialiaseds=False))
        self._agg.draw()
        drawn = Image.frombuffer(
            "RGBA", (WIDTH, self.height), self._agg.buffer_rgba(), "raw", "RGBA", 0, 1
        )
        few = drawn.convert("RGB").quantize(
            _COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        file = io.BytesIO()
        few.save(file, "PNG", compress_level=6)
        return file.getvalue()

    def _add(self, artist: Any) -> None:  # Any: matplotlib has a class for each
        # In dots of the picture, not of a plot in it.
        artist.set_transform(None)
        self._figure.add_artist(artist)


@lru_cache(maxsize=32)
def _font(size: int, *, is_bold: bool) -> Any:  # Any: matplotlib is imported late
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_file(is_bold=is_bold), size=size * _POINTS)


def _known(text: str, *, is_bold: bool) -> str:
    """Return a text with a sign in the place of what the font has none for."""
    if text.isascii():
        return text
    signs = _signs(is_bold=is_bold)
    return "".join(char if ord(char) in signs else _PLACEHOLDER for char in text)


@lru_cache(maxsize=2)
def _signs(*, is_bold: bool) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(_file(is_bold=is_bold)).get_charmap())


def _file(*, is_bold: bool) -> Path:
    from matplotlib import get_data_path

    return Path(get_data_path(), "fonts", "ttf", _FONTS[is_bold])
