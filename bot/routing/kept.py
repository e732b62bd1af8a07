"""What is kept with a call about its choice and its tries, as JSON; for whoever asks why."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from bot.routing.choice import Choice, Route


@dataclass(frozen=True, slots=True)
class KeptRoute:
    """A model that could have been asked. `usual_ms` is None where nobody knew."""

    provider: str
    model: str
    reason: str
    bound_nanos: int
    usual_ms: int | None = None


@dataclass(frozen=True, slots=True)
class KeptTry:
    """One try; `error` is the code of how it failed, empty for the one that answered."""

    provider: str
    model: str
    error: str
    status: int
    cost_nanos: int
    latency_ms: int


@dataclass(frozen=True, slots=True)
class KeptChoice:
    """A choice as it was made. `left_out` are provider, model and why.

    `rule` is empty where none decided, `version` then that of the rules that did not.
    """

    routes: tuple[KeptRoute, ...]
    left_out: tuple[tuple[str, str, str], ...]
    strategy: str
    rule: str
    version: int
    wanted: str


def dump_choice(choice: Choice, wanted: str, version: int) -> str:
    """Write a choice; `version` is the rules'."""
    return orjson.dumps(
        {
            "wanted": wanted,
            "rule": choice.rule,
            "version": version,
            "strategy": choice.strategy,
            "left_out": [[*one.key, one.why] for one in choice.left_out],
            "routes": [_as_json(route) for route in choice.routes],
        }
    ).decode()


def parse_choice(text: str) -> KeptChoice:
    """Read a choice; what was not kept then is empty."""
    values = orjson.loads(text)
    return KeptChoice(
        routes=tuple(
            KeptRoute(
                one["provider"],
                one["model"],
                one["reason"],
                one["bound_nanos"],
                one.get("usual_ms"),
            )
            for one in values["routes"]
        ),
        left_out=tuple((one[0], one[1], one[2]) for one in values.get("left_out", ())),
        strategy=values.get("strategy", "cheapest"),
        rule=values.get("rule", ""),
        version=values.get("version", 0),
        wanted=values.get("wanted", ""),
    )


def parse_tries(text: str) -> tuple[KeptTry, ...]:
    """Read the tries of a call, first one first."""
    return tuple(
        KeptTry(
            one["provider"],
            one["model"],
            one["error"] or "",
            one["status"],
            one["cost_nanos"],
            one["latency_ms"],
        )
        for one in orjson.loads(text)
    )


def _as_json(route: Route) -> dict[str, object]:
    return {
        "provider": route.key.provider,
        "model": route.key.model,
        "reason": route.reason,
        "price": route.price.version,
        "is_ceiling": route.price.is_ceiling,
        "bound_nanos": route.bound_nanos,
        "usual_ms": route.usual_ms,
    }
