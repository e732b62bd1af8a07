"""The app's two icons: a purse with its clasp, in colour and as an outline."""

from __future__ import annotations

from math import hypot
from typing import Final

from adapters.teams.png import Colour, draw

# Teams, app icons: 192 pixels in colour, 32 as a white outline on nothing.
COLOUR_SIZE: Final = 192
OUTLINE_SIZE: Final = 32
ACCENT: Final = "#1F5F5B"

_GROUND: Final[Colour] = (0x1F, 0x5F, 0x5B, 255)
_LIGHT: Final[Colour] = (0xF4, 0xEF, 0xE2, 255)
_GOLD: Final[Colour] = (0xE0, 0xA5, 0x3A, 255)
_WHITE: Final[Colour] = (255, 255, 255, 255)
_NOTHING: Final[Colour] = (0, 0, 0, 0)


def colour_icon() -> bytes:
    """Return the icon in colour."""
    return draw(COLOUR_SIZE, _coloured)


def outline_icon() -> bytes:
    """Return the outline."""
    return draw(OUTLINE_SIZE, _outlined)


def _coloured(x: float, y: float) -> Colour:
    if _clasp(x, y, 0.055):
        return _GOLD
    if _band(x, y):
        return _GROUND
    return _LIGHT if _purse(x, y, 0.0) else _GROUND


def _outlined(x: float, y: float) -> Colour:
    # Larger than in colour, where the ground needs a margin.
    x, y = 0.5 + (x - 0.5) * 0.66, 0.52 + (y - 0.5) * 0.66
    is_line = _purse(x, y, 0.0) and not _purse(x, y, 0.045)
    return _WHITE if is_line or _clasp(x, y, 0.05) else _NOTHING


def _purse(x: float, y: float, inset: float) -> bool:
    """A round body below, a straight mouth above."""
    body = hypot((x - 0.5) / 1.12, y - 0.56) <= 0.25 - inset
    mouth = abs(x - 0.5) <= 0.19 - inset and 0.26 + inset <= y <= 0.5
    return body or mouth


def _band(x: float, y: float) -> bool:
    return abs(x - 0.5) <= 0.19 and 0.375 <= y <= 0.4


def _clasp(x: float, y: float, radius: float) -> bool:
    return hypot(x - 0.5, y - 0.56) <= radius
