"""Figures in a model's answer: each has to be one that was read, or to follow from two of those.

A model that puts results together may add, subtract and compare; it may also invent. What it
writes is shown only if every figure in it is borne out by the data, to the decimals that it wrote.
What may be put together is kept narrow: among enough figures, any percentage is that of some pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Final

from bot.turns.analysis import Data, Found

# "1,234.50", "1.234,50", "$17", "83 %". A minus is no part of it: "fell by 12" and -12 are one.
_FIGURE: Final = re.compile(r"([$€£]\s?)?(\d+(?:[.,]\d+)*)(\s?[%$€£])?")
# Three digits after each sign are thousands, wherever the company writes.
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
# Days of a month, hours, and how many there are of something that is listed: bare numbers only.
_SMALL: Final = re.compile(r"[12]?\d|3[01]")
_PLAIN: Final = re.compile(r"-?\d+(\.\d+)?")
_DAY: Final = re.compile(r"(\d{4})-(\d\d)")
_USD: Final = "_usd"
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Value:
    """A figure that was read: what it counts, in which read, and under which heading of a list."""

    kind: str
    value: Decimal
    read: int
    heading: str | None


def is_borne_out(answer: str, found: Sequence[Found], text: str) -> bool:
    """Tell whether every figure of an answer is in the results, in the question, or follows.

    Names that hold digits may be named. What follows is a sum or a difference of two of a kind,
    how many percent a line is of its whole, and by how many two wholes or two lines of one
    heading differ.
    """
    left = answer
    for name in sorted({*_names([one.data for one in found])}, key=len, reverse=True):
        if len(name) > 1:
            left = left.replace(name, " ")
    said = [_reading(figure[2]) for figure in _FIGURE.finditer(text)]
    values = [x for read, one in enumerate(found) for x in _values(one.data, "", read, None)]
    return all(_is_known(figure, values, said) for figure in _FIGURE.finditer(left))


def _is_known(figure: re.Match[str], values: Sequence[_Value], said: Sequence[Decimal]) -> bool:
    value = _reading(figure[2])
    signs = f"{figure[1] or ''}{figure[3] or ''}".strip()
    if not signs and _SMALL.fullmatch(figure[2]):
        return True
    if "%" in signs:
        candidates = [x.value for x in values if "percent" in x.kind] + [*_percents(values)]
    else:
        usable = [x for x in values if not signs or x.kind == _USD]
        candidates = [x.value for x in usable] + [*_together(usable)]
    unit = Decimal(1).scaleb(int(value.as_tuple().exponent))
    # Rounded, half either way, or cut off.
    return any(-unit <= 2 * (abs(one) - value) < 2 * unit for one in (*candidates, *said))


def _together(values: Sequence[_Value]) -> Iterator[Decimal]:
    for one, other in combinations(values, 2):
        if one.kind == other.kind and _are_comparable(one, other):
            yield one.value + other.value
            yield one.value - other.value


def _percents(values: Sequence[_Value]) -> Iterator[Decimal]:
    for one, other in combinations(values, 2):
        if one.kind != other.kind:
            continue
        for part, whole in ((one, other), (other, one)):
            if not whole.value:
                continue
            is_share = part.read == whole.read and whole.heading is None
            if is_share or (part.heading is None and whole.heading is None):
                yield part.value * _HUNDRED / whole.value
            if part.heading == whole.heading:
                yield (part.value - whole.value) * _HUNDRED / whole.value


def _are_comparable(one: _Value, other: _Value) -> bool:
    return one.read == other.read or one.heading == other.heading


def _reading(figure: str) -> Decimal:
    if _THOUSANDS.fullmatch(figure):
        return Decimal(re.sub(r"[.,]", "", figure))
    point = max(".,", key=figure.rfind)
    whole, mark, decimals = figure.rpartition(point)
    return Decimal(re.sub(r"[.,]", "", whole) + mark.replace(",", ".") + decimals)


def _names(data: Data) -> Iterator[str]:
    """Yield the texts that hold digits and are no figures themselves: names, days, times."""
    if isinstance(data, str):
        if any(char.isdigit() for char in data) and not _PLAIN.fullmatch(data):
            yield data
    elif isinstance(data, Mapping):
        for inner in data.values():
            yield from _names(inner)
    elif isinstance(data, Sequence):
        for inner in data:
            yield from _names(inner)


def _values(data: Data, kind: str, read: int, heading: str | None) -> Iterator[_Value]:
    """Yield every figure under a field; `heading` is what names the item of a list it is in."""
    if isinstance(data, bool) or data is None:
        return
    if isinstance(data, (int, Decimal)):
        yield _Value(kind, Decimal(data), read, heading)
    elif isinstance(data, str):
        if _PLAIN.fullmatch(data):
            yield _Value(_USD if kind.endswith(_USD) else kind, Decimal(data), read, heading)
        elif day := _DAY.match(data):
            # A year and a month, however they are written.
            yield from (_Value("day", Decimal(part), read, "") for part in day.groups())
    elif isinstance(data, Mapping):
        for name, inner in data.items():
            yield from _values(inner, name, read, heading)
    else:
        for number, inner in enumerate(data):
            yield from _values(inner, kind, read, _heading_of(inner) or f"{heading}/{number}")


def _heading_of(item: Data) -> str | None:
    if not isinstance(item, Mapping):
        return None
    return next((x for x in item.values() if isinstance(x, str) and not _PLAIN.fullmatch(x)), None)
