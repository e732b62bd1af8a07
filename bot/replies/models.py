"""Providers of models, what they cost, and which is asked by what rule -> words."""

from __future__ import annotations

from typing import Final

from bot.actions.base import Preview
from bot.actions.provider_care import ProviderTested, how_asked
from bot.actions.providers import ModelPriceSet, ProvidersReceipt
from bot.actions.routing import RegionSet, RoutingReceipt
from bot.replies.amounts import percent, usd
from bot.replies.parts import role_name, shown
from bot.replies.reader import Language, Reader
from bot.replies.tables import table
from bot.replies.words import has_words, say
from bot.routing.hosts import USUAL_URLS
from bot.routing.rules import Rule

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
            shown(one.region) if one.region else "",
        )
        for one in receipt.providers
    ]
    head = say(language, "providers", number=len(rows))
    return f"{head}\n{table(rows, 'LLlLLLl', language)}"


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


def region_text(receipt: RegionSet, reader: Reader) -> str:
    """Return where a provider's answers are made from now on."""
    key = "region_set" if receipt.region else "region_set.none"
    return say(reader.language, key, name=shown(receipt.name), region=shown(receipt.region))


def routing_text(receipt: RoutingReceipt, reader: Reader) -> str:
    """Return the rules in the order in which they are looked at."""
    language = reader.language
    if not receipt.rules:
        return say(language, "routing_rules.none")
    head = say(language, "routing_rules", number=len(receipt.rules), version=receipt.version)
    lines = [
        f"{rule.priority} · {shown(rule.name)}: "
        + rule_words(rule, receipt.wallets.get(rule.wallet_id), language)
        for rule in receipt.rules
    ]
    return "\n".join((head, *lines, say(language, "routing_rules.hint")))


def rule_words(rule: Rule, wallet: str | None, language: Language) -> str:
    """Return when a rule holds and what is asked then."""
    conditions: list[tuple[str, str]] = [
        ("task", rule.task),
        ("plan", rule.plan),
        ("role", role_name(rule.role, language) if rule.role else ""),
        ("wallet", shown(wallet) if rule.wallet_id or wallet else ""),
        ("used", percent(rule.from_percent) if rule.from_percent else ""),
        ("hours", _hours(rule)),
        ("cost", usd(rule.from_nanos, language) if rule.from_nanos else ""),
        ("region", rule.region),
        ("latency", f"{rule.within_ms} ms" if rule.within_ms else ""),
    ]
    told = [
        say(language, f"rule_part.{name}", value=shown(value))
        for name, value in conditions
        if value
    ]
    when = ", ".join(told) or say(language, "rule_part.always")
    return say(language, "rule_words", when=when, how=_how(rule, language))


def _hours(rule: Rule) -> str:
    if rule.from_hour is None or rule.until_hour is None:
        return ""
    return f"{rule.from_hour:02d}:00-{rule.until_hour:02d}:00"


def _how(rule: Rule, language: Language) -> str:
    weights = rule.weights or (0,) * len(rule.models)
    models = ", ".join(
        shown(f"{model} ×{weight}" if weight else model)
        for model, weight in zip(rule.models, weights, strict=True)
    )
    how = say(language, f"rule_how.{rule.strategy}")
    return say(language, "rule_how.of", how=how, models=models) if models else how
