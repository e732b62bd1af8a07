"""Lines of a table for spreadsheets, in which nothing that anybody wrote is run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

# What a spreadsheet takes for the start of a formula: ASVS 1.2.10, CWE-1236, and the same signs
# in full width, which some programs fold to the plain ones.
_FORMULA: Final = frozenset("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")


def csv_line(cells: Iterable[object]) -> bytes:
    """Return a line as RFC 4180 has it; text that a spreadsheet would run is made inert.

    Numbers stay numbers, exact and without an exponent; None is an empty cell.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    # A lone surrogate could not be written, and a NUL ends the text in some programs.
    return out.getvalue().replace("\0", "").encode("utf-8", "replace")


def _cell(cell: object) -> object:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell if isinstance(cell, (int, float)) else _inert(str(cell))


def _inert(text: str) -> str:
    # Some programs trim a cell before they look at its first sign.
    is_formula = text[:1] in _FORMULA or text.lstrip()[:1] in _FORMULA
    return "'" + text if text and is_formula else text
