"""A picture that is drawn by its dots: boxes, lines and words that are cut to fit.

The only place that knows matplotlib, and it is imported when the first chart is drawn: the Agg
renderer alone, without figures and their plots, which take half a second to load and ten times as
long to draw words. Those are set by Pillow, which comes along, in matplotlib's own font, so that
the same chart gives the same bytes on any machine.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

Side = Literal["left", "center", "right"]

# As wide as two dots for each of a phone's.
WIDTH: Final = 800
# A point of Agg's is a dot then.
_DPI: Final = 72
# Of colours that are shown on paper of our own, whatever is around it: a chat may be dark.
PAPER: Final = "#ffffff"
INK: Final = "#17212b"
FAINT: Final = "#56616d"
_EDGE: Final = "#c3cad2"
# A quarter of the bytes, and nothing that is seen.
_COLOURS: Final = 24
_PLACEHOLDER: Final = "\ufffd"
_FONTS: Final = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
# Of its size: how far a line's middle is above the foot of its letters.
_MIDDLE: Final = 0.36
_ANCHORS: Final[dict[Side, str]] = {"left": "ls", "center": "ms", "right": "rs"}
_HALO: Final = 3


@dataclass(frozen=True, slots=True)
class _Words:
    """A line that is written; (x, y) is where its letters stand, seen from its `side`."""

    x: float
    y: float
    text: str
    font: FreeTypeFont
    colour: str
    side: Side
    halo: str

    def set(self, paper: ImageDraw) -> None:
        at, anchor = (self.x, self.y), _ANCHORS[self.side]
        if self.halo:
            left, top, right, bottom = paper.textbbox(at, self.text, self.font, anchor)
            around = (left - _HALO, top - _HALO, right + _HALO, bottom + _HALO)
            paper.rectangle(around, fill=self.halo)
        paper.text(at, self.text, self.colour, self.font, anchor)


class Canvas:
    """A picture of so many dots; (0, 0) is its upper left corner.

    What is drawn later lies above what was drawn before, and words lie above everything.
    """

    def __init__(self, height: int) -> None:
        from matplotlib.backends.backend_agg import RendererAgg

        self.height = height
        renderer: Any = RendererAgg  # Any: half of matplotlib has no types
        self._agg = renderer(WIDTH, height, _DPI)
        self._words: list[_Words] = []
        self.box(0, 0, WIDTH, height, PAPER)
        far_x, far_y = WIDTH - 1, height - 1
        self.line([(1, 1), (far_x, 1), (far_x, far_y), (1, far_y), (1, 1)], _EDGE)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a box whose upper left corner is at (x, y)."""
        right, below = x + width, y + height
        self.area([(x, y), (right, y), (right, below), (x, below)], colour)

    def area(self, points: list[tuple[float, float]], colour: str) -> None:
        """Fill what is between points."""
        pen = self._pen(colour, 0)
        pen.set_antialiased(False)
        self._draw([*points, points[0]], pen, fill=pen.get_rgb())

    def line(
        self,
        points: list[tuple[float, float]],
        colour: str,
        *,
        width: float = 2,
        is_dashed: bool = False,
    ) -> None:
        """Draw a line through points."""
        pen = self._pen(colour, width)
        if is_dashed:
            pen.set_dashes(0, (4 * width, 3 * width))
        self._draw(points, pen)

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
        known, font = _known(text, is_bold=is_bold), _font(size, is_bold=is_bold)
        foot = round(y + _MIDDLE * size)
        self._words.append(_Words(x, foot, known, font, colour, side, halo))

    def to_png(self) -> bytes:
        """Return the picture, without a word on when or by what it was made."""
        from PIL import Image
        from PIL.ImageDraw import ImageDraw

        size = (WIDTH, self.height)
        drawn = Image.frombuffer("RGBA", size, self._agg.buffer_rgba(), "raw", "RGBA", 0, 1)
        picture = drawn.convert("RGB")
        paper = ImageDraw(picture)
        for words in self._words:
            words.set(paper)
        few = picture.quantize(
            _COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        file = io.BytesIO()
        few.save(file, "PNG", compress_level=6)
        return file.getvalue()

    def _pen(self, colour: str, width: float) -> Any:  # Any: matplotlib has no type for it
        pen = self._agg.new_gc()
        pen.set_foreground(colour)
        pen.set_linewidth(width)
        return pen

    def _draw(
        self, points: list[tuple[float, float]], pen: Any, fill: Any = None
    ) -> None:  # Any: as above
        from matplotlib.path import Path as Outline
        from matplotlib.transforms import IdentityTransform

        outline = Outline([(x, self.height - y) for x, y in points])
        self._agg.draw_path(pen, outline, IdentityTransform(), fill)


def width_of(text: str, size: int, *, is_bold: bool = False) -> float:
    """Return how wide a line would be, in dots."""
    return _font(size, is_bold=is_bold).getlength(_known(text, is_bold=is_bold))


def cut(text: str, size: int, most: float, *, is_bold: bool = False) -> str:
    """Return as much of a line as fits; a sign at its end says that there was more."""
    if width_of(text, size, is_bold=is_bold) <= most:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        is_fitting = width_of(text[:middle] + "…", size, is_bold=is_bold) <= most
        fits, too_long = (middle, too_long) if is_fitting else (fits, middle)
    return text[:fits].rstrip() + "…"


def lines_of(text: str, size: int, width: float, most: int) -> list[str]:
    """Break a bold text into at most so many lines that fit; the last one is cut."""
    lines: list[str] = []
    # A number and what it counts stay together.
    rest = text.replace(" %", "\u00a0%").split(" ")
    while rest:
        taken = len(rest)
        while taken > 1 and width_of(" ".join(rest[:taken]), size, is_bold=True) > width:
            taken -= 1
        if len(lines) == most - 1:
            taken = len(rest)
        lines.append(cut(" ".join(rest[:taken]), size, width, is_bold=True))
        rest = rest[taken:]
    return lines


@lru_cache(maxsize=32)
def _font(size: int, *, is_bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(_file(is_bold=is_bold), size)


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
