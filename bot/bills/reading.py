"""Reading a provider's export: strictly, and whole or not at all.

Which export it is goes by its columns. As they were in 2026: OpenAI, platform.openai.com/usage,
"Export" of usage (completions) and of costs, the latter grouped by line item; Anthropic, the
Console's pages Usage and Cost, "Export". Any other figures can be brought into the plain form:
`date,model,tokens_in,tokens_out,cost_usd`, of which either the tokens or the cost may be missing.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from bot.bills.lines import Bill, BillLine
from bot.economy.money import NANOS_PER_USD
from bot.errors.kinds import Refused

MOST_BYTES: Final = 50_000_000
# So many faults are told; whoever mends those will see what is behind the others.
_MOST_FAULTS: Final = 20
_MOST_DAYS: Final = 366
_LONGEST_NAME: Final = 100
_MOST_TOKENS: Final = 10**15
# Of one cell, and of a whole file: more is no transfer.
_MOST_USD: Final = Decimal(10**9)
# `Decimal` and `fromisoformat` read much more than any export writes: 1_000, other digits, weeks.
_AMOUNT: Final = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,60})?(?:[eE][+-]?[0-9]{1,4})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{5,18}(?:Z|[+-][0-9:]{4,6})?)?")
# What a bill has that is of no model, as search requests are.
OTHER: Final = "other"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of a file; the first one is 1, and 0 is all of it."""

    line: int
    why: str


class BillUnreadable(Refused):
    """A file is not what a provider exports; nothing of it is used. `faults` say where and why."""

    code = "bill_unreadable"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults", count=len(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one row adds to its day and model; None for a row that says nothing."""

    on: date
    model: str
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """An export: the columns by which it is known, and how a row is read."""

    columns: frozenset[str]
    read: Callable[[Row], _Part | None]


@dataclass(slots=True)
class _Sum:
    """What the rows of one day and model come to."""

    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: Decimal | None = None

    def add(self, part: _Part) -> None:
        self.tokens_in = _plus(self.tokens_in, part.tokens_in)
        self.tokens_out = _plus(self.tokens_out, part.tokens_out)
        if part.cost_usd is not None:
            self.cost_usd = (self.cost_usd or Decimal(0)) + part.cost_usd


@dataclass(slots=True)
class _Table:
    """The rows of a file: what they come to, and what is wrong with which."""

    sums: dict[tuple[date, str], _Sum] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_bill(data: bytes, provider: str) -> Bill:
    """Read a file of a provider's usage or costs.

    Raises:
        BillUnreadable: with each bad line's number and why; nothing of the file is used.
    """
    if len(data) > MOST_BYTES:
        raise BillUnreadable([Fault(0, f"larger than {MOST_BYTES // 1_000_000} MB")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BillUnreadable([Fault(line, "not UTF-8")]) from error
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    table = _Table()
    try:
        header = [cell.strip() for cell in next(rows, [])]
        form = _form_of(header)
        for cells in rows:
            _take(table, form, header, cells, rows.line_num)
    except csv.Error as error:
        table.faults.append(Fault(rows.line_num, f"no CSV: {error}"))
    if not table.faults and not table.sums:
        table.faults.append(Fault(0, "no usage in it"))
    if sum(abs(one.cost_usd or Decimal()) for one in table.sums.values()) > _MOST_USD:
        table.faults.append(Fault(0, "costs more than a billion dollars"))
    days = [on for on, _ in table.sums]
    if days and (max(days) - min(days)).days >= _MOST_DAYS:
        table.faults.append(Fault(0, "longer than a year"))
    if table.faults:
        raise BillUnreadable(table.faults[:_MOST_FAULTS])
    lines = tuple(
        BillLine(on, model, found.tokens_in, found.tokens_out, _nanos(found.cost_usd))
        for (on, model), found in sorted(table.sums.items())
    )
    # The same bytes as another provider's are another bill: that they are this one's is no more
    # than what somebody typed.
    digest = hashlib.sha256(provider.encode() + b"\0" + data)
    return Bill(digest.hexdigest(), provider, lines)


def _form_of(header: Sequence[str]) -> _Form:
    columns = set(header)
    if len(columns) != len(header):
        raise BillUnreadable([Fault(1, "two columns have the same name")])
    for form in _FORMS:
        if form.columns <= columns:
            return form
    raise BillUnreadable(
        [Fault(1, "not the columns of an export that is known; see docs/month-end.md")]
    )


def _take(
    table: _Table, form: _Form, header: Sequence[str], cells: Sequence[str], line: int
) -> None:
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) != len(header):
        table.faults.append(Fault(line, f"{len(cells)} cells under {len(header)} columns"))
        return
    try:
        part = form.read(dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    except ValueError as error:
        table.faults.append(Fault(line, str(error)))
        return
    if part is not None:
        table.sums.setdefault((part.on, part.model), _Sum()).add(part)


# Values. Each raises `ValueError` with what is wrong.


def _day(row: Row, column: str) -> date:
    text = row[column]
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        # A time may follow: 2026-10-01T00:00:00Z. With an offset it may be another day of UTC.
        at = datetime.fromisoformat(text)
        return at.date() if at.tzinfo is None else at.astimezone(UTC).date()
    except (ValueError, OverflowError):
        raise ValueError(f"{column} is no date: {text[:40]!r}") from None


def _unix_day(row: Row, column: str) -> date:
    text = row[column]
    if not (text.isascii() and text.isdigit() and len(text) <= 11):
        raise ValueError(f"{column} is no time in seconds: {text[:40]!r}")
    return datetime.fromtimestamp(int(text), UTC).date()


def _model(text: str) -> str:
    if not text.isprintable() or len(text) > _LONGEST_NAME:
        raise ValueError(f"no name of a model: {text[:40]!r}")
    return text


def _named(row: Row, column: str) -> str:
    if not row[column]:
        raise ValueError(f"{column} is empty")
    return _model(row[column])


def _count(row: Row, column: str) -> int:
    text = row.get(column, "")
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text[:20]) > _MOST_TOKENS:
        # Exports of several kinds of usage write whole numbers with a point.
        whole, _, fraction = text.partition(".")
        if not (
            whole.isascii() and whole.isdigit() and len(whole) < 16 and set(fraction) == {"0"}
        ):
            raise ValueError(f"{column} is no count: {text[:40]!r}")
        text = whole
    return int(text)


def _usd(row: Row, column: str) -> Decimal:
    text = row[column]
    value = Decimal(text) if _AMOUNT.fullmatch(text) else None
    if value is None or abs(value) > _MOST_USD:
        raise ValueError(f"{column} is no amount: {text[:40]!r}")
    return value


# Forms


def _openai_usage(row: Row) -> _Part | None:
    on = _unix_day(row, "start_time")
    if not row["model"] and not row["input_tokens"]:
        # A span in which nothing was asked.
        return None
    model = _named(row, "model")
    return _Part(on, model, _count(row, "input_tokens"), _count(row, "output_tokens"))


def _openai_costs(row: Row) -> _Part | None:
    on = _unix_day(row, "start_time")
    if not row["amount_value"]:
        return None
    if row["amount_currency"].casefold() != "usd":
        raise ValueError(f"amount_currency is not usd: {row['amount_currency'][:10]!r}")
    if not row["line_item"]:
        raise ValueError("line_item is empty: export costs grouped by line item")
    # "gpt-5-2025-08-07, input"
    model = _model(row["line_item"].partition(",")[0].strip())
    return _Part(on, model, cost_usd=_usd(row, "amount_value"))


_ANTHROPIC_IN: Final = (
    "usage_input_tokens_no_cache",
    "usage_input_tokens_cache_write_5m",
    "usage_input_tokens_cache_write_1h",
    "usage_input_tokens_cache_read",
)


def _anthropic_usage(row: Row) -> _Part:
    return _Part(
        _day(row, "usage_date_utc"),
        _named(row, "model_version"),
        sum(_count(row, column) for column in _ANTHROPIC_IN),
        _count(row, "usage_output_tokens"),
    )


def _anthropic_costs(row: Row) -> _Part:
    # What is not asked of a model, such as web searches, may name none.
    model = _model(row["model"]) or OTHER
    return _Part(_day(row, "usage_date_utc"), model, cost_usd=_usd(row, "cost_usd"))


def _plain(row: Row) -> _Part:
    has_tokens = "tokens_in" in row or "tokens_out" in row
    return _Part(
        _day(row, "date"),
        _named(row, "model"),
        _count(row, "tokens_in") if has_tokens else None,
        _count(row, "tokens_out") if has_tokens else None,
        _usd(row, "cost_usd") if "cost_usd" in row else None,
    )


_FORMS: Final = (
    _Form(frozenset({"start_time", "model", "input_tokens", "output_tokens"}), _openai_usage),
    _Form(
        frozenset({"start_time", "amount_value", "amount_currency", "line_item"}), _openai_costs
    ),
    _Form(
        frozenset(
            {
                "usage_date_utc",
                "model_version",
                "usage_input_tokens_no_cache",
                "usage_output_tokens",
            }
        ),
        _anthropic_usage,
    ),
    _Form(frozenset({"usage_date_utc", "model", "token_type", "cost_usd"}), _anthropic_costs),
    _Form(frozenset({"date", "model", "cost_usd"}), _plain),
    _Form(frozenset({"date", "model", "tokens_in", "tokens_out"}), _plain),
)


def _plus(one: int | None, other: int | None) -> int | None:
    return one if other is None else (one or 0) + other


def _nanos(usd: Decimal | None) -> int | None:
    """Return nano-dollars: rounded once for a day and model, half to even, and not by row."""
    return None if usd is None else int((usd * NANOS_PER_USD).to_integral_value())
