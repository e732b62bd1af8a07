"""What was read for a question goes back to the model that asked for it: as data, never as prose.

A receipt becomes names, numbers and dates under their fields. No id and no sentence of ours or of
anybody's is in it, so that there is nothing in it to obey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from bot.actions.base import ActionCall, Receipt
from bot.economy.money import to_decimal_string
from bot.planning import Plan, PlanContext

# What a list has beyond this is told by its number alone.
MOST_ITEMS: Final = 40
Data: TypeAlias = "str | int | bool | Decimal | Sequence[Data] | Mapping[str, Data] | None"

# What a receipt holds for the chat and not for whoever reads it.
_NOT_TOLD: Final = frozenset({"undo", "notices", "redraws", "topic", "names", "file"})


@dataclass(frozen=True, slots=True)
class Found:
    """One read that ran: what was asked, and what is known, by field.

    Amounts are decimal strings in US dollars under a name that ends with `_usd`, days are ISO
    dates, times are ISO with the reader's offset.
    """

    call: ActionCall
    data: Mapping[str, Data]


class Analyst(Protocol):
    """What reads results and says what follows."""

    async def go_on(
        self, text: str, context: PlanContext, plan: Plan, found: Sequence[Found], left: int
    ) -> Plan:
        """Return what follows from what was found: more reads, an answer, or a change to draft.

        `plan` is the one whose reads were run last, `left` how many more may be run. Never raises
        for what models say; a plan without an answer and without actions says that there is none.
        """
        ...


def found_data(receipt: Receipt, zone: ZoneInfo) -> Mapping[str, Data]:
    """Return what a receipt says, as data. Ids are left out, or stand as the names they have."""
    names: Mapping[str, str] = getattr(receipt, "names", {})
    return _fields_of(receipt, zone, names)


def _fields_of(value: object, zone: ZoneInfo, names: Mapping[str, str]) -> dict[str, Data]:
    items = {field.name: getattr(value, field.name) for field in fields(value)}  # type: ignore[arg-type]  # its caller looked
    return _items_of(items, zone, names)


def _items_of(
    items: Mapping[str, object], zone: ZoneInfo, names: Mapping[str, str]
) -> dict[str, Data]:
    told: dict[str, Data] = {}
    for name, inner in items.items():
        if name in _NOT_TOLD or name == "id" or name.endswith(("_id", "_ids")):
            continue
        if name.endswith("_nanos"):
            told[name.removesuffix("_nanos") + "_usd"] = _usd(inner)
        elif name == "top_models":
            told[name] = [[model, _usd(nanos)] for model, nanos in _pairs(inner)]
        elif name == "heading":
            told[name] = names.get(str(inner), str(inner))
        else:
            told[name] = _told(inner, zone, names)
    return told


def _pairs(value: object) -> Sequence[tuple[str, object]]:
    """Return names with their amounts, as a receipt holds them."""
    return value if isinstance(value, tuple) else ()


def _usd(value: object) -> Data:
    return to_decimal_string(value) if isinstance(value, int) else None


def _told(value: object, zone: ZoneInfo, names: Mapping[str, str]) -> Data:
    if value is None or isinstance(value, (str, bool, int, Decimal)):
        return value
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return _fields_of(value, zone, names)
    if isinstance(value, Mapping):
        return _items_of({str(key): inner for key, inner in value.items()}, zone, names)
    if isinstance(value, Sequence):
        told = [_told(inner, zone, names) for inner in value[:MOST_ITEMS]]
        left = len(value) - len(told)
        return [*told, f"and {left} more"] if left else told
    # A kind of value that nobody has decided about is not told.
    return None
