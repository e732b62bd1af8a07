"""Rules that say which models are asked for what: conditions on a call, and how to choose then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final, Literal, Protocol

import orjson

from bot.ids import WalletId

Strategy = Literal["cheapest", "ordered", "weighted", "fastest", "sticky"]
# Where several have the same number, the name decides.
USUAL_PRIORITY: Final = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; empty and 0 set no condition.

    Attributes:
        name: what it goes by in its company.
        strategy: how models are put in order. "cheapest" by what the call can cost, "ordered" as
            they stand, "weighted" by chance in proportion to weights, "fastest" in proportion to
            weights and how fast each answered lately, "sticky" as "weighted", but the same for
            the same person.
        priority: lower ones are looked at first.
        models: "model" or "provider/model"; none are each provider's first.
        weights: one a model, or none where all weigh the same.
        task: the feature that asks: "planner", "critic", "summary", "analysis" or a tag.
        plan: what the person's plan is called.
        role: a role that the person holds, anywhere.
        wallet_id: the wallet that pays, or one above it.
        from_percent: how much of the tightest budget is used, at least.
        from_hour: 0 to 23 in the company's zone; with `until_hour`, which is not part of it.
            The span may go over midnight.
        from_nanos: what the call can cost at the cheapest of each provider's first, at least.
        region: where a provider's answers are made, by the tag that an admin gave it: others are
            not asked.
        within_ms: models that usually take longer stand behind those that do not.
    """

    name: str
    strategy: Strategy
    priority: int = USUAL_PRIORITY
    models: tuple[str, ...] = ()
    weights: tuple[int, ...] = ()
    task: str = ""
    plan: str = ""
    role: str = ""
    wallet_id: str = ""
    from_percent: int = 0
    from_hour: int | None = None
    until_hour: int | None = None
    from_nanos: int = 0
    region: str = ""
    within_ms: int = 0


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What rules look at in a call. `wallet_ids` is the paying one and those above it.

    `used_percent` is of the tightest budget above the call, `hour` in the company's zone.
    `sticks_to` is whoever keeps a model under "sticky". `wanted` names a model, "provider/model"
    or is empty: who names one gets it, whatever the rules say.
    """

    tokens_in: int
    tokens_out: int
    task: str = ""
    plan: str = "basic"
    roles: frozenset[str] = frozenset()
    wallet_ids: tuple[WalletId, ...] = ()
    used_percent: int = 0
    hour: int = 0
    sticks_to: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of a company as they stand; each change makes the next version."""

    version: int = 0
    rules: tuple[Rule, ...] = ()

    def find(self, name: str) -> Rule | None:
        """Return the rule of a name."""
        return next((rule for rule in self.rules if rule.name == name), None)

    @property
    def looks_at_budgets(self) -> bool:
        return any(rule.from_percent for rule in self.rules)

    @property
    def looks_at_wallets(self) -> bool:
        return any(rule.wallet_id for rule in self.rules)

    @property
    def looks_at_roles(self) -> bool:
        return any(rule.role for rule in self.rules)


class RuleStore(Protocol):
    """The rules of one tenant."""

    def get(self) -> RuleBook:
        """Return the rules in the order in which they are looked at."""
        ...

    def save(self, rules: Sequence[Rule], version: int) -> bool:
        """Keep rules as the version after `version`; False if somebody was faster."""
        ...


def in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return rules in the order in which they are looked at."""
    return tuple(sorted(rules, key=lambda rule: (rule.priority, rule.name)))


def holds(rule: Rule, call: CallFacts, bound_nanos: int) -> bool:
    """Tell whether a call meets every condition of a rule; `bound_nanos` is what it can cost."""
    return (
        rule.task in {"", call.task}
        and rule.plan in {"", call.plan}
        and (not rule.role or rule.role in call.roles)
        and (not rule.wallet_id or rule.wallet_id in call.wallet_ids)
        and call.used_percent >= rule.from_percent
        and bound_nanos >= rule.from_nanos
        and _is_within(call.hour, rule.from_hour, rule.until_hour)
    )


def _is_within(hour: int, begins: int | None, ends: int | None) -> bool:
    if begins is None or ends is None:
        return True
    if begins < ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


def dump_rules(rules: Iterable[Rule]) -> str:
    """Write rules as they are stored."""
    return orjson.dumps([asdict(rule) for rule in rules]).decode()


@lru_cache(maxsize=64)
def parse_rules(text: str) -> tuple[Rule, ...]:
    """Read stored rules."""
    return in_order(map(_to_rule, orjson.loads(text)))


def _to_rule(values: dict[str, Any]) -> Rule:  # Any: JSON
    return Rule(
        **{**values, "models": tuple(values["models"]), "weights": tuple(values["weights"])}
    )
