"""Amounts and percentages as people read them.

`usd` is exact: it prints every digit that an amount has. `about_usd` speaks in cents, as a bill
does, where the exact one is not needed: calls cost fractions of them. An estimate says so by a
sign.
"""

from __future__ import annotations

from typing import Final, Literal

from bot.economy.money import NANOS_PER_USD
from bot.replies.reader import Language

ABOUT: Final = "≈"
_CENT: Final = NANOS_PER_USD // 100
_SWAP: Final = str.maketrans(",.", ".,")


def usd(nanos: int, language: Language) -> str:
    """Return an amount exactly: "$1,234.56", "$1.234,56"; nine decimals where it has them."""
    whole, fraction = divmod(abs(nanos), NANOS_PER_USD)
    digits = f"{fraction:09d}".rstrip("0").ljust(2, "0")
    return _signed(nanos, f"{whole:,}.{digits}", language)


def about_usd(
    nanos: int, language: Language, towards: Literal["nearest", "less", "more"] = "nearest"
) -> str:
    """Return an amount in whole cents: "$412.80".

    Below a cent it is exact, or nothing would be left of it. What is free is rounded towards
    less, so that it is there to be spent; what is missing towards more, so that it is enough.
    """
    if abs(nanos) < _CENT or nanos % _CENT == 0:
        return usd(nanos, language)
    if towards == "nearest":
        cents = _nearest(nanos, _CENT)
    else:
        cents = nanos // _CENT + (towards == "more")
    return usd(cents * _CENT, language)


def chart_usd(nanos: int, language: Language) -> str:
    """Return an amount beside a bar, where there is little room: without cents from 100,000 on."""
    if abs(nanos) < 100_000 * NANOS_PER_USD:
        return about_usd(nanos, language)
    return _whole_usd(nanos, language)


def forecast_usd(nanos: int, language: Language) -> str:
    """Return an estimate: in whole dollars from 100 on, in cents below, always marked.

    Below a cent it has two digits: nobody foresees more.
    """
    return ABOUT + rough_usd(nanos, language)


def rough_usd(nanos: int, language: Language) -> str:
    """Return an estimate without its mark, where the words beside it say that it is one."""
    if abs(nanos) >= 100 * NANOS_PER_USD:
        return _whole_usd(nanos, language)
    if abs(nanos) < _CENT:
        unit = 10 ** max(len(str(abs(nanos))) - 2, 0)
        return usd(_nearest(nanos, unit) * unit, language)
    return about_usd(nanos, language)


def percent(value: int) -> str:
    """Return a whole percentage: "83 %" in both languages."""
    return f"{value} %"


def share(part: int, whole: int) -> str:
    """Return how much of a whole a part is; "<1 %" and ">99 %" would else read as none or all."""
    if whole <= 0:
        return ""
    value = _nearest(part * 100, whole)
    if value == 0 and part > 0:
        return "<1 %"
    return ">99 %" if value == 100 and part < whole else percent(value)


def count(number: int, language: Language) -> str:
    """Return a whole number with its thousands parted."""
    text = f"{number:,}"
    return text.translate(_SWAP) if language == "es" else text


def _whole_usd(nanos: int, language: Language) -> str:
    return _signed(nanos, f"{_nearest(abs(nanos), NANOS_PER_USD):,}", language)


def _signed(nanos: int, digits: str, language: Language) -> str:
    sign = "-" if nanos < 0 else ""
    return f"{sign}${digits.translate(_SWAP) if language == 'es' else digits}"


def _nearest(value: int, unit: int) -> int:
    # Half away from zero, as people round; Python's own division rounds down.
    half = (2 * abs(value) + unit) // (2 * unit)
    return -half if value < 0 else half
