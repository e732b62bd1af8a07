"""Rules about which models are asked: "list routing rules", and what stands behind `/route`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, get_args

from bot.actions.routing import (
    AddRoutingRule,
    ListRoutingRules,
    RemoveRoutingRule,
    SetProviderRegion,
)
from bot.planning import Question
from bot.routing.rules import Strategy
from intents.extract.letters import fold
from intents.rules.patterns import Outcome
from intents.rules.typed import courteous

_SHOWS: Final = re.compile(
    r"(?:(?:list|show(?: me)?|which are|what are|lista|muestra(?:me)?|ver|cuales son) )?"
    r"(?:(?:the|all|our|my|los|las|todas|nuestras|mis) )*"
    r"(?:routing rules|reglas de enrutado)"
)
_ORDERS: Final = {
    "add": "add", "anadir": "add", "anade": "add",
    "remove": "remove", "delete": "remove", "quitar": "remove", "quita": "remove",
    "list": "list", "lista": "list",
}  # fmt: skip
_PARTS: Final = {
    "tarea": "task", "rol": "role", "cartera": "wallet", "usado": "used", "horas": "hours",
    "coste": "cost", "modelos": "models", "prioridad": "priority", "latencia": "latency",
}  # fmt: skip
_COUNT: Final = re.compile(r"\d{1,6}", re.ASCII)
_HOURS: Final = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)
_USD: Final = re.compile(r"\$?(\d{1,6}(?:\.\d{1,9})?)", re.ASCII)
_Values = dict[str, Any]  # Any: the fields of a call, of several types


def find_routing(typed: str) -> Outcome | None:
    """Return what a sentence wants of the rules; None if it is about something else."""
    return ListRoutingRules() if _SHOWS.fullmatch(courteous(typed)) else None


def read_route(typed: str) -> Outcome:
    """Read what stands behind `/route`: "add NAME STRATEGY PART=VALUE...", "remove NAME"."""
    head, *rest = typed.split() or ["list"]
    order = _ORDERS.get(fold(head))
    if order == "list" and not rest:
        return ListRoutingRules()
    if order == "remove" and len(rest) == 1:
        return RemoveRoutingRule(name=rest[0].lower())
    if order == "add" and len(rest) >= 2:
        return _added(*rest)
    return _unread()


def read_region(typed: str) -> Outcome:
    """Read "NAME REGION", or "NAME" alone, which takes the tag away."""
    name, *rest = typed.lower().split() or [""]
    if not name or len(rest) > 1:
        return Question("not_understood", near=("set_provider_region",))
    return SetProviderRegion(name=name, region="".join(rest))


def _added(name: str, strategy: str, *parts: str) -> Outcome:
    if strategy.lower() not in get_args(Strategy):
        return _unread()
    values: _Values = {}
    for part in parts:
        key, _, value = part.partition("=")
        read = _READ.get(_PARTS.get(fold(key), fold(key)))
        more = None if read is None or not value else read(value)
        if more is None or more.keys() & values.keys():
            return _unread()
        values |= more
    return AddRoutingRule(name=name.lower(), strategy=strategy.lower(), **values)


def _tag(field: str) -> Callable[[str], _Values | None]:
    return lambda value: {field: value.lower()}


def _count(field: str) -> Callable[[str], _Values | None]:
    return lambda value: {field: int(value)} if _COUNT.fullmatch(value) else None


def _percent(value: str) -> _Values | None:
    return _count("from_percent")(value.removesuffix("%"))


def _hours(value: str) -> _Values | None:
    found = _HOURS.fullmatch(value)
    # Until midnight is until 24 to people and until 0 to a clock.
    return found and {"from_hour": int(found[1]), "until_hour": int(found[2]) % 24}


def _usd(value: str) -> _Values | None:
    found = _USD.fullmatch(value)
    return found and {"from_nanos": int(Decimal(found[1]).scaleb(9))}


def _models(value: str) -> _Values | None:
    """Read "a,b" or "a*3,b*1"."""
    pairs = [part.partition("*") for part in value.split(",")]
    weights = [weight for _, star, weight in pairs if star]
    if not all(model for model, _, _ in pairs) or len(weights) not in {0, len(pairs)}:
        return None
    if not all(_COUNT.fullmatch(weight) for weight in weights):
        return None
    models = tuple(model for model, _, _ in pairs)
    return {"models": models, "weights": tuple(int(weight) for weight in weights)}


_READ: Final[dict[str, Callable[[str], _Values | None]]] = {
    "task": _tag("task"),
    "plan": _tag("plan"),
    "role": _tag("role"),
    # A name with spaces is written with "_", which no name begins or ends with.
    "wallet": lambda value: {"wallet": value.replace("_", " ")},
    "region": _tag("region"),
    "used": _percent,
    "hours": _hours,
    "cost": _usd,
    "latency": _count("within_ms"),
    "priority": _count("priority"),
    "models": _models,
}


def _unread() -> Question:
    return Question("not_understood", near=("add_routing_rule", "remove_routing_rule"))
