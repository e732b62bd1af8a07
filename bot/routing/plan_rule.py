"""What a person's plan says of models: which may be asked, and how much one call may cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.allowances import Allowance
from bot.errors.plans import CallTooDear, NotInPlan
from bot.routing.choice import Choice, LeftOut, candidates_of
from bot.routing.providers import Provider


def within_plan(
    allowance: Allowance, providers: Iterable[Provider], wanted: str
) -> Sequence[Provider]:
    """Return the providers with those of their models that a plan allows, in their order.

    Raises:
        NotInPlan: the model that is wanted is not among them, or none is left.
    """
    known = list(providers)
    if not allowance.models:
        return known
    allowed = [
        replace(provider, models=models)
        for provider in known
        if (models := tuple(x for x in provider.models if _allows(allowance, provider.name, x)))
    ]
    if candidates_of(known, wanted) and not candidates_of(allowed, wanted):
        raise NotInPlan(allowance.plan, model=wanted)
    return allowed


def within_ceiling(allowance: Allowance, choice: Choice) -> Choice:
    """Leave out the models at which the call could cost more than a plan lets one cost.

    Raises:
        CallTooDear: it could at each of them.
    """
    ceiling = allowance.call_ceiling_nanos
    if ceiling is None:
        return choice
    routes = tuple(route for route in choice.routes if route.bound_nanos <= ceiling)
    if choice.routes and not routes:
        least = min(choice.routes, key=lambda route: route.bound_nanos)
        raise CallTooDear(
            allowance.plan,
            model=least.key.model,
            needed_nanos=least.bound_nanos,
            ceiling_nanos=ceiling,
        )
    dear = (LeftOut(x.key, "over_ceiling") for x in choice.routes if x.bound_nanos > ceiling)
    return replace(choice, routes=routes, left_out=(*choice.left_out, *dear))


def kept_out(
    known: Sequence[Provider], reach: Sequence[Provider], allowed: Sequence[Provider], wanted: str
) -> tuple[LeftOut, ...]:
    """Return what could have been asked but for where it is, or for the person's plan."""
    if sum(len(x.models) for x in allowed) == sum(len(x.models) for x in known):
        return ()
    near, mine = candidates_of(reach, wanted), candidates_of(allowed, wanted)
    far = (LeftOut(x, "out_of_reach") for x in candidates_of(known, wanted) if x not in near)
    return (*far, *(LeftOut(x, "not_allowed") for x in near if x not in mine))


def _allows(allowance: Allowance, provider: str, model: str) -> bool:
    return model in allowance.models or f"{provider}/{model}" in allowance.models
