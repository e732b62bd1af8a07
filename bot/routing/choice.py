"""In which order models are asked, and the reason that is kept with the call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.economy.prices import Price, bound_nanos
from bot.routing.providers import ModelKey, Provider


@dataclass(frozen=True, slots=True)
class Route:
    """A model that may be asked, what it costs, and why it stands where it stands.

    `bound_nanos` is the most that the call can cost there.
    """

    key: ModelKey
    price: Price
    bound_nanos: int
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The models to ask, first one first; the next only if the one before gave no answer.

    `unpriced` are those that nobody knows the price of, so that they cannot be asked.
    """

    routes: tuple[Route, ...]
    unpriced: tuple[ModelKey, ...] = ()


def candidates_of(providers: Iterable[Provider], wanted: str = "") -> list[ModelKey]:
    """Return what may be asked: a model by name where one is wanted, else each one's first.

    `wanted` is "model" or "provider/model". A model's own name may hold a slash too.
    """
    found = []
    for provider in providers:
        if provider.is_disabled:
            continue
        for model in provider.models if wanted else provider.models[:1]:
            if wanted in {"", model, f"{provider.name}/{model}"}:
                found.append(ModelKey(provider.name, model))
    return found


def choose(
    keys: Sequence[ModelKey],
    price_of: Callable[[ModelKey], Price | None],
    tokens_in: int,
    tokens_out: int,
    *,
    may_ask: Callable[[ModelKey], bool],
) -> Choice:
    """Put models in order: those that rest after failures last, then the cheapest for the call.

    Equal ones stay in the order in which they were given.
    """
    priced: list[tuple[ModelKey, Price, int]] = []
    unpriced = []
    for key in keys:
        price = price_of(key)
        if price is None:
            unpriced.append(key)
        else:
            priced.append((key, price, bound_nanos(price, tokens_in, tokens_out)))
    ready = {key for key, _, _ in priced if may_ask(key)}
    priced.sort(key=lambda x: (x[0] not in ready, x[2]))
    routes = tuple(
        Route(key, price, bound, _reason(at, len(priced), key in ready))
        for at, (key, price, bound) in enumerate(priced)
    )
    return Choice(routes, tuple(unpriced))


def _reason(at: int, of: int, is_ready: bool) -> str:
    if not is_ready:
        return "rests_after_failures"
    if of == 1:
        return "only_one"
    return "cheapest" if at == 0 else "fallback"
