"""Providers of models: which there are, adding one, taking one out of use, what a model costs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from bot.access import require
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier, examples, record
from bot.economy.prices import Price
from bot.errors.kinds import Conflict, InvalidInput, NotFound
from bot.guards.secrets import find_secrets
from bot.model_keys import is_key_ref
from bot.ports import Actor, Tx
from bot.routing.hosts import USUAL_URLS, check_address, is_within
from bot.routing.lists import is_model_name
from bot.routing.providers import ModelKey, Provider, ProviderKind

# As somebody typed it: what it may be is checked by the action, which says what is wrong.
Typed = Annotated[str, Field(max_length=800)]
# A million tokens cost less than a million dollars everywhere.
PriceNanos = Annotated[int, Field(strict=True, ge=0, le=10**15)]
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
_MOST_MODELS: Final = 20
_PRICES: Final = {"in_nanos", "out_nanos", "cached_nanos", "to_cache_nanos"}
_EXAMPLE: Final = (
    "/provider add groq compatible llama-3.3-70b-versatile file:groq"
    " https://api.groq.com/openai/v1"
)


class ListProviders(ActionCall):
    """Show where models are asked, and whether each is in use; never a key."""

    action: Literal["list_providers"] = "list_providers"


class AddProvider(ActionCall):
    """Add a provider. `key_ref` says where its key is; without an address it is the usual one."""

    action: Literal["add_provider"] = "add_provider"
    name: Typed
    kind: ProviderKind
    models: tuple[Typed, ...] = Field(min_length=1, max_length=_MOST_MODELS)
    key_ref: Typed = ""
    address: Typed = ""


class DisableProvider(ActionCall):
    """Take a provider out of use: from the next call on nobody asks it."""

    action: Literal["disable_provider"] = "disable_provider"
    name: Typed


class EnableProvider(ActionCall):
    """Take a provider into use again."""

    action: Literal["enable_provider"] = "enable_provider"
    name: Typed


class SetModelPrice(ActionCall):
    """Set what a million tokens read and written cost at a provider, from now on.

    `cached_nanos` is for what it reads from its cache, `to_cache_nanos` for what it puts there;
    without a price of their own both cost as much as the rest.
    """

    action: Literal["set_model_price"] = "set_model_price"
    provider: Typed
    model: Typed
    in_nanos: PriceNanos
    out_nanos: PriceNanos
    cached_nanos: PriceNanos | None = None
    to_cache_nanos: PriceNanos | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvidersReceipt(Receipt):
    """The company's providers in the order in which they were added, disabled ones too."""

    providers: tuple[Provider, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderChanged(Receipt):
    """A provider was added, or taken out of use or back."""

    name: str
    how: Literal["added", "disabled", "enabled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPriceSet(Receipt):
    """What a million tokens of a model cost from now on, in nano-dollars."""

    model: str
    in_nanos: int
    out_nanos: int
    cached_nanos: int | None = None
    to_cache_nanos: int | None = None


def list_providers(call: ListProviders, tx: Tx, actor: Actor) -> Receipt:
    """Read the company's providers."""
    require(actor.person, "providers.manage")
    return ProvidersReceipt(providers=tuple(tx.providers.list_all()))


def preview_add(call: AddProvider, tx: Tx, actor: Actor) -> Preview:
    """Show what would be added, and that its name is free."""
    provider = _checked(call, tx, actor)
    if _find(tx, provider.name) is not None:
        raise _is_taken()
    return Preview(
        action=call.action,
        subject=provider.name,
        target=provider.kind,
        models=", ".join(provider.models),
        address=provider.base_url or USUAL_URLS[provider.kind],
        key_ref=provider.key_ref or None,
    )


def add_provider(call: AddProvider, tx: Tx, actor: Actor) -> Receipt:
    """Add a provider; it is asked from the next call on. Undone by taking it out of use.

    Raises:
        InvalidInput: the name is taken, the address is not allowed, or a key was pasted where
            its place belongs; nothing was kept of it.
    """
    provider = _checked(call, tx, actor)
    if not tx.providers.add(provider):
        raise _is_taken()
    detail: dict[str, object] = {"kind": provider.kind, "models": [*provider.models]}
    record(tx, actor, "provider_added", provider.name, detail)
    return ProviderChanged(name=provider.name, how="added", undo=DisableProvider(name=call.name))


def preview_state(call: DisableProvider | EnableProvider, tx: Tx, actor: Actor) -> Preview:
    """Show which provider would be taken out of use, or back."""
    require(actor.person, "providers.manage")
    provider = _get(tx, call.name)
    if provider.is_disabled is isinstance(call, DisableProvider):
        raise _is_so_already()
    return Preview(action=call.action, subject=provider.name, models=", ".join(provider.models))


def disable_provider(call: DisableProvider, tx: Tx, actor: Actor) -> Receipt:
    """Take a provider out of use. Raises `InvalidInput` where it is so already."""
    name = _set_state(call.name, tx, actor, is_disabled=True)
    return ProviderChanged(name=name, how="disabled", undo=EnableProvider(name=name))


def enable_provider(call: EnableProvider, tx: Tx, actor: Actor) -> Receipt:
    """Take a provider into use again. Raises `InvalidInput` where it is so already."""
    name = _set_state(call.name, tx, actor, is_disabled=False)
    return ProviderChanged(name=name, how="enabled", undo=DisableProvider(name=name))


def preview_price(call: SetModelPrice, tx: Tx, actor: Actor) -> Preview:
    """Show what a model would cost, and what the company had set before."""
    key = _priced(call, tx, actor)
    before = tx.providers.list_prices(tx.now).get(key)
    return Preview(
        action=call.action,
        subject=f"{key.provider}/{key.model}",
        in_nanos=call.in_nanos,
        out_nanos=call.out_nanos,
        cached_nanos=call.cached_nanos,
        to_cache_nanos=call.to_cache_nanos,
        before=None if before is None else before.in_nanos,
        after=call.in_nanos,
    )


def set_model_price(call: SetModelPrice, tx: Tx, actor: Actor) -> Receipt:
    """Set a price from this moment on: calls under way keep theirs, and the old one stays kept.

    Raises:
        Conflict: another price was set at the same moment; nothing changed.
    """
    key = _priced(call, tx, actor)
    price = Price(
        call.in_nanos,
        call.in_nanos if call.cached_nanos is None else call.cached_nanos,
        call.out_nanos,
        f"own:{tx.now:%Y-%m-%dT%H:%M:%S}",
        to_cache_nanos=call.to_cache_nanos,
    )
    if not tx.providers.add_price(key, price, tx.now):
        raise Conflict("another price was set at this moment")
    name = f"{key.provider}/{key.model}"
    prices = call.model_dump(include=_PRICES, exclude_none=True)
    record(tx, actor, "model_price_set", name, prices)
    return ModelPriceSet(model=name, **prices)


def _checked(call: AddProvider, tx: Tx, actor: Actor) -> Provider:
    """Return the provider that is asked for; nothing of what is refused is repeated."""
    require(actor.person, "providers.manage")
    if find_secrets(" ".join((call.name, *call.models, call.key_ref, call.address))):
        raise InvalidInput("key", "is a key itself", example=_EXAMPLE)
    if call.key_ref and not is_key_ref(call.key_ref):
        raise InvalidInput("key", "is no place of a key", example=_EXAMPLE)
    if not _NAME.fullmatch(call.name):
        raise InvalidInput("name", "is no provider's name", example=_EXAMPLE)
    if not all(is_model_name(model) for model in call.models):
        raise InvalidInput("model", "is no model's name", example=_EXAMPLE)
    if not call.address and call.kind not in USUAL_URLS:
        raise InvalidInput("address", "is needed for this kind", example=_EXAMPLE)
    address = call.address or USUAL_URLS[call.kind]
    check_address(address, actor.model_hosts)
    if not is_within(address, tx.policy.get().only_hosts):
        raise InvalidInput("address", "is outside of the company's reach", example="model rules")
    models = tuple(dict.fromkeys(call.models))
    return Provider(call.name, call.kind, models, call.address.rstrip("/"), call.key_ref)


def _set_state(name: str, tx: Tx, actor: Actor, *, is_disabled: bool) -> str:
    require(actor.person, "providers.manage")
    provider = _get(tx, name)
    if not tx.providers.set_disabled(provider.name, is_disabled):
        raise _is_so_already()
    what = "provider_disabled" if is_disabled else "provider_enabled"
    record(tx, actor, what, provider.name, {})
    return provider.name


def _priced(call: SetModelPrice, tx: Tx, actor: Actor) -> ModelKey:
    require(actor.person, "providers.manage")
    provider = _get(tx, call.provider)
    if call.model not in provider.models:
        raise NotFound("model", call.model[:100])
    return ModelKey(provider.name, call.model)


def _find(tx: Tx, name: str) -> Provider | None:
    return next((one for one in tx.providers.list_all() if one.name == name), None)


def _get(tx: Tx, name: str) -> Provider:
    found = _find(tx, name)
    if found is None:
        raise NotFound("provider", name[:100])
    return found


def _is_taken() -> InvalidInput:
    return InvalidInput("name", "is another provider's", example="list providers")


def _is_so_already() -> InvalidInput:
    return InvalidInput("provider", "is so already", example="list providers")


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ListProviders,
        Tier.T1,
        "providers.manage",
        list_providers,
        examples=examples("list providers", "lista los proveedores"),
    ),
    Action(
        AddProvider,
        Tier.T3,
        "providers.manage",
        add_provider,
        preview_add,
        examples=examples(_EXAMPLE),
    ),
    Action(
        DisableProvider,
        Tier.T3,
        "providers.manage",
        disable_provider,
        preview_state,
        examples=examples("disable provider groq", "desactiva el proveedor groq"),
    ),
    Action(
        EnableProvider,
        Tier.T3,
        "providers.manage",
        enable_provider,
        preview_state,
        examples=examples("enable provider groq", "activa el proveedor groq"),
    ),
    Action(
        SetModelPrice,
        Tier.T3,
        "providers.manage",
        set_model_price,
        preview_price,
        examples=dict.fromkeys(
            ("en", "es"),
            (
                "/price groq/llama-3.3-70b-versatile 0.59 0.79",
                "/price anthropic/claude-haiku-4-5 1 5 0.1 1.25",
            ),
        ),
    ),
)
