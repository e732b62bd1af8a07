"""Pictures as PNG files, without an imaging library: one colour a pixel, eight bits each."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Final

# Red, green, blue, opacity; each 0 to 255.
Colour = tuple[int, int, int, int]
Paint = Callable[[float, float], Colour]

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_TRUECOLOUR_WITH_ALPHA: Final = 6
# Points looked at within each pixel, each way: edges come out smooth.
_POINTS: Final = 3


def draw(size: int, paint: Paint) -> bytes:
    """Return a square picture; `paint` says the colour at a point, both ways 0 to 1."""
    rows = []
    for y in range(size):
        row = bytearray([0])  # no filter
        for x in range(size):
            row += bytes(_pixel(x, y, size, paint))
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", size, size, 8, _TRUECOLOUR_WITH_ALPHA, 0, 0, 0)
    return (
        _SIGNATURE
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"".join(rows), 9))
        + _chunk(b"IEND", b"")
    )


def _pixel(x: int, y: int, size: int, paint: Paint) -> Colour:
    """Mix the points of a pixel; one that is not there gives no colour."""
    red = green = blue = alpha = 0
    for across in range(_POINTS):
        for down in range(_POINTS):
            at = ((x + (across + 0.5) / _POINTS) / size, (y + (down + 0.5) / _POINTS) / size)
            r, g, b, a = paint(*at)
            red, green, blue, alpha = red + r * a, green + g * a, blue + b * a, alpha + a
    if not alpha:
        return 0, 0, 0, 0
    return red // alpha, green // alpha, blue // alpha, alpha // _POINTS**2


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
