"""Providers of models and what they cost -> words."""

from __future__ import annotations

from typing import Final

from bot.actions.base import Preview
from bot.actions.provider_care import ProviderTested, how_asked
from bot.actions.providers import ModelPriceSet, ProvidersReceipt
from bot.replies.amounts import usd
from bot.replies.parts import shown
from bot.replies.reader import Language, Reader
from bot.replies.tables import table
from bot.replies.words import has_words, say
from bot.routing.hosts import USUAL_URLS

_UNKNOWN: Final = 404


def providers_text(receipt: ProvidersReceipt, reader: Reader) -> str:
    """Return where models are asked: name, whether in use, models, address, where the key is."""
    language = reader.language
    if not receipt.providers:
        return say(language, "providers.none")
    rows = [
        (
            shown(one.name),
            say(language, "providers.off" if one.is_disabled else "providers.on"),
            shown(", ".join(one.models)),
            shown(one.base_url or USUAL_URLS.get(one.kind)),
            shown(one.key_ref) if one.key_ref else say(language, "providers.keyless"),
            how_asked(one),
        )
        for one in receipt.providers
    ]
    head = say(language, "providers", number=len(rows))
    return f"{head}\n{table(rows, 'LLlLLL', language)}"


def tested_text(receipt: ProviderTested, reader: Reader) -> str:
    """Return whether a provider answered, or what is wrong and what to do about it."""
    language, provider = reader.language, receipt.provider
    name, model = shown(provider.name), shown(provider.models[0])
    if receipt.code is None:
        return say(
            language,
            "tested.well",
            name=name,
            model=model,
            served_by=shown(receipt.served_by),
        )
    code = _fault(receipt)
    key = f"tested.{code}" if has_words(language, f"tested.{code}") else "tested.other"
    key_ref = shown(provider.key_ref)
    what = say(language, key, name=name, model=model, key_ref=key_ref)
    return f"{what} {say(language, key.replace('tested.', 'mend.'), name=name, key_ref=key_ref)}"


def _fault(receipt: ProviderTested) -> str:
    """Return what kept a provider from answering, as its words are named."""
    if receipt.code == "provider_refused" and receipt.facts.get("status") == _UNKNOWN:
        return "unknown_model"
    if receipt.code == "invalid_input":
        return "key_unusable" if receipt.facts.get("field") == "key" else "address"
    return receipt.code or ""


def price_text(receipt: ModelPriceSet, reader: Reader) -> str:
    """Return what a model costs from now on."""
    return say(
        reader.language,
        "model_price_set",
        model=shown(receipt.model),
        price_in=usd(receipt.in_nanos, reader.language),
        price_out=usd(receipt.out_nanos, reader.language),
        prices=cache_prices(receipt, reader.language),
    )


def cache_prices(priced: ModelPriceSet | Preview, language: Language) -> str:
    """Return what the provider's cache costs, where that was said; empty where it was not."""
    parts = (("cached", priced.cached_nanos), ("to_cache", priced.to_cache_nanos))
    return "".join(
        say(language, f"price.{name}", amount=usd(nanos, language))
        for name, nanos in parts
        if nanos is not None
    )
