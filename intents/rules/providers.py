"""Providers of models: "list providers", "disable provider openai", and their commands."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, cast, get_args

from bot.actions.model_lists import ListModels
from bot.actions.providers import (
    AddProvider,
    DisableProvider,
    EnableProvider,
    ListProviders,
    SetModelPrice,
)
from bot.guards.redaction import names_secret
from bot.guards.secrets import find_secrets
from bot.planning import Question
from bot.routing.providers import ProviderKind
from intents.extract.letters import fold
from intents.rules.patterns import Outcome
from intents.rules.provider_care import read_test, read_tuning
from intents.rules.routing import read_region
from intents.rules.typed import courteous

_PROVIDER: Final = r"(?:(?:the|el|al|model|our|my) )*(?:provider|proveedor)(?: de modelos)?"
_SHOWS: Final = re.compile(
    r"(?:(?:list|show(?: me)?|which are|what are|lista|muestra(?:me)?|ver|cuales son) )?"
    r"(?:(?:the|all|our|my|los|todos|nuestros|mis) )*(?:model )?"
    r"(?:providers|proveedores)(?: de modelos)?"
)
_MODELS: Final = re.compile(
    r"(?:(?:list|show(?: me)?|lista|muestra(?:me)?|ver) )?"
    r"(?:(?:the|all|our|los|todos|nuestros) )*(?:models|modelos)"
    r"(?: (?:at|of|from|de|en) (?:(?:the|el) )?(?:(?:provider|proveedor) )?"
    r"(?P<name>[a-z0-9][a-z0-9_.-]{0,39}))?"
    r"|(?:which|what) models (?:are there|are (?:set up|offered|available)|do we have"
    r"|can we use)|que modelos (?:hay|tenemos|estan (?:configurados|disponibles)|se ofrecen)"
)
_NAMED: Final = r" (?P<name>[a-z0-9][a-z0-9_.-]{0,39})"
_OFF: Final = re.compile(
    rf"(?:disable|turn off|switch off|deactivate|desactiva|deshabilita|apaga) {_PROVIDER}{_NAMED}"
)
_ON: Final = re.compile(
    rf"(?:enable|turn on|switch on|activate|activa|habilita|enciende) {_PROVIDER}{_NAMED}"
)
_ABOUT: Final = re.compile(r"\b(?:provider|proveedor|api[ _-]?key|clave)\b")
_PRICE: Final = re.compile(r"\$?(\d{1,6}(?:\.\d{1,9})?)", re.ASCII)
_ORDERS: Final = {
    "add": "add", "anadir": "add", "anade": "add",
    "disable": "disable", "off": "disable", "desactivar": "disable", "desactiva": "disable",
    "enable": "enable", "on": "enable", "activar": "enable", "activa": "enable",
    "list": "list", "lista": "list",
    "test": "test", "probar": "test", "prueba": "test",
    "set": "set", "ajustar": "set", "ajusta": "set",
    "region": "region",
}  # fmt: skip


def find_providers(typed: str) -> Outcome | None:
    """Return what a sentence wants of providers; None if it is about something else."""
    text = courteous(typed)
    if _SHOWS.fullmatch(text):
        return ListProviders()
    found = _MODELS.fullmatch(text)
    if found is not None:
        return ListModels(provider=found["name"] or "")
    found = _OFF.fullmatch(text)
    if found is not None:
        return DisableProvider(name=found["name"])
    found = _ON.fullmatch(text)
    if found is not None:
        return EnableProvider(name=found["name"])
    return _pasted(typed) if _ABOUT.search(text) else None


def read_provider(typed: str) -> Outcome:
    """Read what stands behind `/provider`: "add NAME KIND MODEL [KEY_REF] [URL]".

    Without a word for what to do, as behind `/add_provider`, one is added.
    """
    pasted = _pasted(typed)
    if pasted is not None:
        return pasted
    head, *rest = typed.split() or ["list"]
    order = _ORDERS.get(fold(head))
    if order == "list" and not rest:
        return ListProviders()
    if order == "test":
        return read_test(" ".join(rest))
    if order == "set":
        return read_tuning(" ".join(rest))
    if order in {"add", None}:
        return _added(rest if order else [head, *rest])
    if order in {"disable", "enable"} and len(rest) == 1:
        name = rest[0].lower()
        return DisableProvider(name=name) if order == "disable" else EnableProvider(name=name)
    if order == "region":
        return read_region(" ".join(rest))
    return _unread("add_provider", "disable_provider", "enable_provider")


def read_models(typed: str) -> Outcome:
    """Read what stands behind `/models`: nothing, or a provider's name."""
    name = typed.strip().lower()
    return ListModels(provider=name) if len(name) <= 40 else _unread("list_models")


def read_one(typed: str, order: str) -> Outcome:
    """Read a command that is named after its action, such as `/disable_provider`."""
    return read_provider(f"{order} {typed}")


def read_price(typed: str) -> Outcome:
    """Read what stands behind `/price`, in dollars for a million tokens.

    "PROVIDER/MODEL IN OUT", and if need be what reading from the cache and writing to it cost.
    """
    parts = typed.split()
    if not 3 <= len(parts) <= 5:
        return _unread("set_model_price")
    provider, slash, model = parts[0].partition("/")
    prices = [_PRICE.fullmatch(part) for part in parts[1:]]
    nanos = [int(Decimal(found[1]).scaleb(9)) for found in prices if found is not None]
    if not slash or len(nanos) != len(parts) - 1:
        return _unread("set_model_price")
    names = ("in_nanos", "out_nanos", "cached_nanos", "to_cache_nanos")
    return SetModelPrice(
        provider=provider.lower(), model=model, **dict(zip(names, nanos, strict=False))
    )


def _added(parts: list[str]) -> Outcome:
    if not 3 <= len(parts) <= 5 or parts[1].lower() not in get_args(ProviderKind):
        return _unread("add_provider")
    name, kind, models, *rest = parts
    # Whichever of the two has "://" is the address; a key's place has none.
    addresses = [part for part in rest if "://" in part]
    key_refs = [part for part in rest if "://" not in part]
    if len(addresses) > 1 or len(key_refs) > 1:
        return _unread("add_provider")
    return AddProvider(
        name=name.lower(),
        kind=cast("ProviderKind", kind.lower()),  # one of its words, as was just seen
        models=tuple(model for model in models.split(",") if model),
        key_ref="".join(key_refs),
        address="".join(addresses),
    )


def _pasted(typed: str) -> Question | None:
    """Return what is said of a key that stands in the message itself; nothing is kept of it."""
    has_key = names_secret(typed) or bool(find_secrets(typed))
    return Question("pasted_key") if has_key else None


def _unread(*near: str) -> Question:
    return Question("not_understood", near=near)
