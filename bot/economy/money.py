"""Nano-dollars and the decimal strings that stand for them at the edges.

1 USD = 1_000_000_000 nanos: prices are per million tokens, so that smaller units would lose
cents over a month. Money is an integer everywhere inside and never a float.
"""

import re
from decimal import Decimal
from typing import Final

from bot.errors.kinds import InvalidInput

NANOS_PER_USD: Final = 1_000_000_000
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,9})?", re.ASCII)
_MAX_NANOS: Final = 10**18


def parse_usd(text: str) -> int:
    """Read a decimal string such as `12.5` as nanos: the one grammar of files and interfaces.

    Raises:
        InvalidInput: anything but plain ASCII digits with at most nine decimals, zero, or more
            than a billion dollars; nothing is rounded and no sign, exponent or blank is read.
    """
    if not _DECIMAL.fullmatch(text):
        raise InvalidInput("amount", "not a plain decimal number", example="250.00")
    whole, _, fraction = text.partition(".")
    nanos = int(whole) * NANOS_PER_USD + int(fraction.ljust(9, "0") or 0)
    if not 0 < nanos <= _MAX_NANOS:
        raise InvalidInput("amount", "out of range", example="250.00")
    return nanos


def to_decimal_string(nanos: int) -> str:
    """Return the exact decimal string of an amount: at least two decimals, no exponent."""
    sign = "-" if nanos < 0 else ""
    whole, fraction = divmod(abs(nanos), NANOS_PER_USD)
    digits = f"{fraction:09d}".rstrip("0").ljust(2, "0")
    return f"{sign}{whole}.{digits}"


def from_decimal(value: Decimal) -> int | None:
    """Return the nanos of a decimal number of dollars, None when they are not whole."""
    nanos = value * NANOS_PER_USD
    return int(nanos) if nanos == nanos.to_integral_value() else None
