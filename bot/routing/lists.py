"""Which models providers offer, as they listed them last, and what of it is news.

A list only informs: no model is ever asked because a provider began to offer it, and one that is
configured is asked whether it is listed or not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from bot.routing.providers import Provider

# Of those that there are, OpenRouter lists the most, under a thousand.
MOST_MODELS: Final = 20_000
_MODEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/@+-]{0,99}")
# What makers put behind the name of a model for one of its versions: "-20251001", "-2025-08-07".
_VERSION: Final = re.compile(r"[-@](?:\d{8}|\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class ModelList:
    """What a provider offers, by the names that it gives: empty while it never listed any.

    Attributes:
        provider: its name.
        models: what it listed last.
        listed_at: when that was; None while it never did.
        asked_at: when it was asked last.
        why: the code of why it did not list any then; empty if it did.
        missing: those of its configured models that are not in the list, as was told.
        unpriced: those of its configured models of which nobody knows the price, as was told.
    """

    provider: str
    models: tuple[str, ...] = ()
    listed_at: datetime | None = None
    asked_at: datetime | None = None
    why: str = ""
    missing: tuple[str, ...] = ()
    unpriced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListNews:
    """What is to be told of one provider: each thing once, when it becomes so."""

    provider: str
    new: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unpriced: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.missing or self.unpriced)


class ModelListStore(Protocol):
    """What the providers of one tenant offer."""

    def list_all(self) -> Mapping[str, ModelList]:
        """Return the lists by the provider's name; those that were never asked are left out."""
        ...

    def ask_again(self, kept: ModelList) -> bool:
        """Note that one that listed nothing is asked again; False if somebody else does."""
        ...

    def put(self, found: ModelList) -> None:
        """Keep a provider's list in place of the one before."""
        ...


def is_model_name(text: str) -> bool:
    """Tell whether a text can be a model's name."""
    return _MODEL.fullmatch(text) is not None


def is_offered(model: str, listed: Collection[str]) -> bool:
    """Tell whether a model is in a list, by its own name or by one that stands for it.

    Anthropic lists the versions that a name stands for, Ollama the tag that it stands for, and
    Gemini puts "models/" before each.
    """
    base = model.removesuffix("-latest")
    if not {model, f"models/{model}", f"{model}:latest"}.isdisjoint(listed):
        return True
    return any(
        one.startswith(base) and _VERSION.fullmatch(one, len(base)) is not None for one in listed
    )


def compare(
    before: ModelList | None,
    provider: Provider,
    listed: Sequence[str],
    priced: Collection[str],
    at: datetime,
) -> tuple[ModelList, ListNews]:
    """Return what is to be kept of a list that just came, and what of it is news.

    `priced` are the configured models whose price is known. A first list has nothing new in it.
    """
    offered = frozenset(listed)
    missing = tuple(one for one in provider.models if not is_offered(one, offered))
    unpriced = tuple(one for one in provider.models if one not in priced)
    was = before or ModelList(provider.name)
    known = frozenset(was.models)
    news = ListNews(
        provider.name,
        new=tuple(one for one in listed if one not in known) if known else (),
        missing=tuple(one for one in missing if one not in was.missing),
        unpriced=tuple(one for one in unpriced if one not in was.unpriced),
    )
    kept = ModelList(provider.name, tuple(listed), at, at, "", missing, unpriced)
    return kept, news


def unanswered(before: ModelList | None, name: str, why: str, at: datetime) -> ModelList:
    """Return what is kept of a provider that listed nothing: what it listed before."""
    return replace(before or ModelList(name), asked_at=at, why=why)
