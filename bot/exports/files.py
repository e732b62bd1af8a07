"""A file that is made of rows: as a table or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

import orjson

from bot.economy.money import to_decimal_string
from bot.errors.talk import FileTooLarge
from bot.exports.csv_lines import csv_line

Format = Literal["csv", "json"]
_MEDIA_TYPES: Final[Mapping[Format, str]] = {"csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file: its name, what it is, and its bytes."""

    name: str
    media_type: str
    data: bytes


def write_file(
    stem: str,
    format: Format,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    head: Mapping[str, object],
    most_bytes: int | None = None,
) -> ExportFile:
    """Write rows as a table, or as JSON with what stands in `head` before them.

    Amounts are `Decimal`: numbers in a table, decimal strings in JSON, exact in both. A table has
    nothing above its columns, so that every program reads it.

    Raises:
        FileTooLarge: it would be larger than `most_bytes`.
    """
    parts = _table(columns, rows) if format == "csv" else _json(head, columns, rows)
    size, kept = 0, []
    for part in parts:
        size += len(part)
        if most_bytes is not None and size > most_bytes:
            raise FileTooLarge(most_bytes)
        kept.append(part)
    return ExportFile(f"{stem}.{format}", _MEDIA_TYPES[format], b"".join(kept))


def to_amount(nanos: int) -> Decimal:
    """Return an amount of nano-dollars in dollars, exact, with at least two decimals."""
    return Decimal(to_decimal_string(nanos))


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[bytes]:
    yield csv_line(columns)
    for row in rows:
        yield csv_line(row)


def _json(
    head: Mapping[str, object], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> Iterable[bytes]:
    yield orjson.dumps(head, default=_decimal)[:-1] + b',"lines":['
    comma = b""
    for row in rows:
        yield comma + orjson.dumps(dict(zip(columns, row, strict=True)), default=_decimal)
        comma = b",\n"
    yield b"]}\n"


def _decimal(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(type(value).__name__)
