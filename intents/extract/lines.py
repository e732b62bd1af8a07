"""One line of `bursar extract`: a text in, its amounts and times out, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import Clock
from bot.errors.kinds import InvalidInput
from bot.planning import Language
from intents.extract.money import find_amounts
from intents.extract.numeric_dates import Order
from intents.extract.times import find_times

_REF_EXAMPLE: Final = "2026-11-30T17:30:00+01:00"


def extract_line(row: object, *, clock: Clock | None = None) -> dict[str, object]:
    """Read one text against its own clock.

    Args:
        row: `text`; optionally `ref` (ISO time that the text was said at, local in `tz` unless it
            names an offset), `tz` (IANA name, UTC when absent) and `lang` ("en" or "es", guessed
            when absent; "en-US" and "en-GB" also settle what 3/4 means).
        clock: gives the reference time of rows without `ref`.

    Returns:
        `amounts` with a currency, `times` as local ISO times with offset (`until` exclusive, null
        for a point), and `ambiguous` places; offsets count code points, `end` exclusive.

    Raises:
        InvalidInput: the row is no object, or a field of it is not as above.
    """
    if not isinstance(row, Mapping):
        raise InvalidInput("line", "not an object", example='{"text": "200 usd until Friday"}')
    text = row.get("text")
    if not isinstance(text, str):
        raise InvalidInput("text", "missing or not a string", example="200 usd until Friday")
    zone = _zone(row.get("tz"))
    now = _now(row.get("ref"), zone, clock)
    language, order = _language(row.get("lang"))
    amounts = find_amounts(text, language=language)
    times = find_times(text, now=now, zone=zone, language=language, order=order)
    unsure = [(a.start, a.end, a.why) for a in amounts.ambiguous if a.marked]
    unsure += [(a.start, a.end, a.why) for a in times.ambiguous]
    return {
        "amounts": [
            {"start": a.start, "end": a.end, "value": plain_decimal(a.value), "unit": a.unit}
            for a in amounts.marked
        ],
        "times": [
            {
                "start": t.start,
                "end": t.end,
                "from": t.from_at.isoformat(),
                "until": t.until_at.isoformat() if t.until_at else None,
                "grain": t.grain,
            }
            for t in times.found
        ],
        "ambiguous": [{"start": s, "end": e, "why": why} for s, e, why in sorted(unsure)],
    }


def plain_decimal(value: Decimal) -> str:
    """Return a decimal without exponent and without trailing zeros after the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _zone(name: object) -> ZoneInfo:
    if name is None:
        return ZoneInfo("UTC")
    try:
        return ZoneInfo(name if isinstance(name, str) else "")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput("tz", "not a known time zone", example="Europe/Madrid") from error


def _now(ref: object, zone: ZoneInfo, clock: Clock | None) -> datetime:
    if ref is None:
        if clock is None:
            raise InvalidInput("ref", "missing", example=_REF_EXAMPLE)
        return clock.now()
    try:
        at = datetime.fromisoformat(ref if isinstance(ref, str) else "")
        aware = at if at.tzinfo else at.replace(tzinfo=zone)
        if not 1900 <= aware.year <= 2999:
            raise InvalidInput("ref", "outside 1900 to 2999", example=_REF_EXAMPLE)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidInput("ref", "not an ISO time", example=_REF_EXAMPLE) from error


def _language(tag: object) -> tuple[Language | None, Order]:
    if tag is None:
        return None, None
    if isinstance(tag, str):
        name, _, land = tag.replace("_", "-").partition("-")
        if name.lower() == "es":
            return "es", "dmy"
        if name.lower() == "en":
            return "en", {"US": "mdy", "GB": "dmy"}.get(land.upper())
    raise InvalidInput("lang", "neither en nor es", example="en")
