"""Calls as a model may see them: in names and plain amounts, never ids or nano-dollars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson

from bot.actions.base import ActionCall
from bot.economy.money import to_decimal_string
from bot.guards.inert import inert
from bot.planning import Directory
from bot.turns.analysis import Data
from intents.free_speech.shapes import slots_of


def named_call(call: ActionCall, directory: Directory) -> Mapping[str, Data]:
    """Return a call's arguments as the model would name them; what is not set is left out.

    An id that is in no directory has no name here, and is told as unknown.
    """
    names: dict[str, str] = {wallet.id: wallet.path for wallet in directory.wallets}
    names |= {person.id: person.name for person in directory.people}
    values = call.model_dump(mode="json")
    told: dict[str, Data] = {"action": call.action}
    for slot in slots_of(type(call)):
        value = values[slot.field]
        if slot.kind == "when":
            said = [str(values[name]) for name in (slot.field, *slot.more) if values[name]]
            value = " ".join(said) or None
        if value is None:
            continue
        if slot.kind in {"wallet", "person"}:
            told[slot.spoken] = names.get(value, "(unknown)")
        elif slot.kind == "amount":
            told[slot.spoken] = to_decimal_string(value)
        else:
            told[slot.spoken] = value
    return told


def as_json(data: Data) -> str:
    """Write data as JSON in which every text is inert."""
    if isinstance(data, str):
        return inert(data)
    if isinstance(data, Mapping):
        items = (f"{inert(key)}: {as_json(value)}" for key, value in data.items())
        return f"{{{', '.join(items)}}}"
    if isinstance(data, Sequence):
        return f"[{', '.join(map(as_json, data))}]"
    return orjson.dumps(data, default=str).decode()
