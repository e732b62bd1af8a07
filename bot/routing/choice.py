"""In which order models are asked, and the reasons that are kept with the call.

A decision and nothing else: the call, the company's rules and what there is to choose from go
in, models in order come out, each with why it stands there, and those left out with why not.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from bot.economy.prices import Price, bound_nanos
from bot.routing.providers import ModelKey, Provider
from bot.routing.rules import CallFacts, Rule, Strategy, holds

# "no_price": nobody knows what it costs. "not_allowed", "over_ceiling": what the person's plan
# says of it. "out_of_reach": the company lets no model be asked there. "other_region": the rule
# wants answers made elsewhere. "resting": it failed three times in a row lately; it stands last,
# and is asked once its minute is over.
WhyNot = Literal[
    "no_price", "not_allowed", "over_ceiling", "out_of_reach", "other_region", "resting"
]


@dataclass(frozen=True, slots=True)
class Route:
    """A model that may be asked, what it costs, and why it stands where it stands.

    `bound_nanos` is the most that the call can cost there. `usual_ms` is how long it usually
    takes, None where nobody knows.
    """

    key: ModelKey
    price: Price
    bound_nanos: int
    reason: str
    usual_ms: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A model that is not asked, and why."""

    key: ModelKey
    why: WhyNot


@dataclass(frozen=True, slots=True)
class Choice:
    """The models to ask, first one first; the next only if the one before gave no answer.

    `rule` is the name of the rule that decided, empty where none did.
    """

    routes: tuple[Route, ...]
    left_out: tuple[LeftOut, ...] = ()
    strategy: Strategy = "cheapest"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Market:
    """What there is to choose from.

    Attributes:
        providers: all of the company; disabled ones are passed over.
        price_of: None where nobody knows.
        may_ask: False for a model that rests after failures.
        usual_ms: how long a model usually takes, None where nobody knows.
        tokens_of: how many tokens a prompt has for a model that was taken for so many.
        draw: a number from 0 up to, without, 1; for what is chosen by chance.
    """

    providers: Sequence[Provider]
    price_of: Callable[[ModelKey], Price | None]
    may_ask: Callable[[ModelKey], bool] = lambda _: True
    usual_ms: Callable[[ModelKey], int | None] = lambda _: None
    draw: Callable[[], float] = lambda: 0.5
    tokens_of: Callable[[ModelKey, int], int] = lambda _, tokens: tokens


class _Offer(NamedTuple):
    """A model that can be asked, as the market has it at the moment."""

    key: ModelKey
    price: Price
    bound: int
    usual_ms: int | None
    is_ready: bool


_USUAL: Final = Rule("", "cheapest")


def choose(call: CallFacts, market: Market, rules: Sequence[Rule] = ()) -> Choice:
    """Put the models for a call in order, by the first rule whose conditions it meets.

    Without one the cheapest of each provider's first models is asked. A rule is kept to: where
    none of its models can be asked, no other is. Models that rest stand last.
    """
    usual = candidates_of(market.providers, call.wanted)
    rule = _USUAL if call.wanted else _rule_for(call, market, usual, rules)
    keys = _named(market.providers, rule) if rule.models else usual
    regions = {provider.name: provider.region for provider in market.providers}
    left_out: list[LeftOut] = []
    found: list[_Offer] = []
    for key in keys:
        price = market.price_of(key)
        if rule.region and regions[key.provider] != rule.region:
            left_out.append(LeftOut(key, "other_region"))
        elif price is None:
            left_out.append(LeftOut(key, "no_price"))
        else:
            bound = bound_nanos(price, market.tokens_of(key, call.tokens_in), call.tokens_out)
            found.append(_Offer(key, price, bound, market.usual_ms(key), market.may_ask(key)))
    ranks = _ranks(rule, call, market, found)
    found.sort(key=lambda x: (not x.is_ready, _is_slow(rule, x.usual_ms), ranks[x.key]))
    return Choice(
        tuple(
            Route(x.key, x.price, x.bound, _reason(x, at, len(found), rule.strategy), x.usual_ms)
            for at, x in enumerate(found)
        ),
        (*left_out, *(LeftOut(x.key, "resting") for x in found if not x.is_ready)),
        rule.strategy,
        rule.name,
    )


def candidates_of(providers: Iterable[Provider], wanted: str = "") -> list[ModelKey]:
    """Return what may be asked: a model by name where one is wanted, else each one's first.

    `wanted` is "model" or "provider/model". A model's own name may hold a slash too.
    """
    found: list[ModelKey] = []
    for provider in providers:
        if provider.is_disabled:
            continue
        found.extend(
            ModelKey(provider.name, model)
            for model in (provider.models if wanted else provider.models[:1])
            if wanted in {"", model, f"{provider.name}/{model}"}
        )
    return found


def _named(providers: Sequence[Provider], rule: Rule) -> list[ModelKey]:
    """Return the models that a rule names, in its order, each once."""
    return list(
        dict.fromkeys(key for name in rule.models for key in candidates_of(providers, name))
    )


def _rule_for(
    call: CallFacts, market: Market, usual: Sequence[ModelKey], rules: Sequence[Rule]
) -> Rule:
    bound = 0
    if any(rule.from_nanos for rule in rules):
        prices = [price for key in usual if (price := market.price_of(key)) is not None]
        bounds = [bound_nanos(price, call.tokens_in, call.tokens_out) for price in prices]
        bound = min(bounds, default=0)
    return next((rule for rule in rules if holds(rule, call, bound)), _USUAL)


def _ranks(
    rule: Rule, call: CallFacts, market: Market, found: Sequence[_Offer]
) -> dict[ModelKey, float]:
    """Return by what each model is put in order, lowest first; equal ones stay as they stand."""
    if rule.strategy == "cheapest":
        return {x.key: x.bound for x in found}
    if rule.strategy == "ordered":
        return {x.key: at for at, x in enumerate(found)}
    weights = {x.key: float(_weight(rule, x.key)) for x in found}
    if rule.strategy == "fastest":
        # What nobody has seen yet counts as the fastest, or it would never be seen.
        usual = {x.key: x.usual_ms for x in found}
        fastest = min((ms for ms in usual.values() if ms), default=1)
        weights = {key: weight / (usual[key] or fastest) for key, weight in weights.items()}
    # Efraimidis and Spirakis, "Weighted random sampling with a reservoir": each stands first in
    # proportion to its weight. With a number that follows from who asks, it always does.
    return {
        key: -math.log(
            _steady(call.sticks_to, key) if rule.strategy == "sticky" else 1 - market.draw()
        )
        / weight
        for key, weight in weights.items()
    }


def _weight(rule: Rule, key: ModelKey) -> int:
    for name, weight in zip(rule.models, rule.weights, strict=False):
        if name in {key.model, f"{key.provider}/{key.model}"}:
            return weight
    return 1


def _steady(who: str, key: ModelKey) -> float:
    """Return a number above 0 and up to 1 that is always the same for somebody and a model."""
    digest = hashlib.sha256("\x00".join((who, *key)).encode()).digest()
    return (int.from_bytes(digest[:6]) + 1) / (1 << 48)


def _is_slow(rule: Rule, usual_ms: int | None) -> bool:
    return bool(rule.within_ms) and usual_ms is not None and usual_ms > rule.within_ms


def _reason(offer: _Offer, at: int, of: int, strategy: Strategy) -> str:
    if not offer.is_ready:
        return "rests_after_failures"
    if of == 1:
        return "only_one"
    return strategy if at == 0 else "fallback"
