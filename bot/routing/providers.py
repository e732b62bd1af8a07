"""Providers of models as a company has configured them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from bot.economy.prices import Price
from bot.ids import TenantId
from bot.models import TimeOuts

ProviderKind = Literal["openai", "anthropic", "compatible"]


class ModelKey(NamedTuple):
    """One model of one provider, by the names that the company uses."""

    provider: str
    model: str


class CompanyModel(NamedTuple):
    """A model as one company asks it: what another calls the same may be another server."""

    tenant: TenantId
    provider: str
    model: str


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a server takes that speaks OpenAI's chat completions.

    Attributes:
        structure: how it is told the shape of an answer: "schema" by a JSON schema in
            `response_format`, "json" by JSON mode with the schema in the prompt, "prompt" by the
            prompt alone.
        bound: what it calls the bound on an answer's tokens. Mistral and older servers know
            "max_tokens" only, reasoning models of OpenAI and Azure "max_completion_tokens" only.
    """

    structure: Literal["schema", "json", "prompt"] = "schema"
    bound: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider: how it is spoken to, where it is, and which models may be asked there.

    `key_ref` says where its key is, "env:NAME" or "file:NAME" (`bot/model_keys.py`), or is empty
    for one that takes none; the key itself is never kept. The first model is the one that is
    meant where none is named. `region` is where its answers are made, by a tag of the company.
    """

    name: str
    kind: ProviderKind
    models: tuple[str, ...]
    base_url: str = ""
    key_ref: str = ""
    time_outs: TimeOuts = field(default_factory=TimeOuts)
    abilities: Abilities = field(default_factory=Abilities)
    is_disabled: bool = False
    region: str = ""


class PriceTable(Protocol):
    """Where prices are known from, unless a company has set its own."""

    def load(self) -> None:
        """Get ready, which may take a moment. Repeating it does nothing."""
        ...

    def find(
        self, kind: ProviderKind, base_url: str, model: str, at: datetime, tokens_in: int
    ) -> Price | None:
        """Return what a prompt of so many tokens costs at a time; None where nobody knows.

        An empty address is the kind's usual one.
        """
        ...


class ProviderStore(Protocol):
    """The providers of one tenant, and prices that it has set itself."""

    def add(self, provider: Provider) -> bool:
        """Keep a provider; False if there is one of that name."""
        ...

    def list_all(self) -> list[Provider]:
        """Return all, disabled ones too, in the order in which they were added."""
        ...

    def set_disabled(self, name: str, is_disabled: bool) -> bool:
        """Take a provider out of use, or back; False when it was so before."""
        ...

    def tune(self, before: Provider, after: Provider) -> bool:
        """Set time-outs and abilities; False when they are not as before any more."""
        ...

    def set_region(self, name: str, region: str, *, expected: str) -> bool:
        """Say where a provider's answers are made; False when it is not as expected any more."""
        ...

    def add_price(self, key: ModelKey, price: Price, from_at: datetime) -> bool:
        """Set what a model costs from a time on; False if that was set before."""
        ...

    def list_prices(self, at: datetime) -> dict[ModelKey, Price]:
        """Return what the company has set itself, as it holds at a time."""
        ...
