"""Providers of models and what they cost -> words."""

from __future__ import annotations

from bot.actions.base import Preview
from bot.actions.providers import ModelPriceSet, ProvidersReceipt
from bot.replies.amounts import usd
from bot.replies.parts import shown
from bot.replies.reader import Language, Reader
from bot.replies.tables import table
from bot.replies.words import say
from bot.routing.hosts import USUAL_URLS


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
        )
        for one in receipt.providers
    ]
    head = say(language, "providers", number=len(rows))
    return f"{head}\n{table(rows, 'LLlLL', language)}"


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
