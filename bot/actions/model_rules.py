"""A company's own rules for models: what they may cost, where they are asked, what they see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from bot.access import require
from bot.actions.base import Action, ActionCall, AmountNanos, Preview, Receipt, Tier
from bot.actions.pause import name_of
from bot.audit.chain import AuditFact
from bot.economy.caps import KINDS, CapKind, Caps, CapUse, read_caps
from bot.errors.kinds import Conflict, InvalidInput
from bot.guards.policy import POLICIES, Policy
from bot.ports import Actor, Tx
from bot.routing.hosts import is_host
from bot.routing.policy import ModelPolicy

# Which rule: a cap of a kind, what happens with personal data, or where models are asked.
Rule = Literal["turn", "person_day", "bot_day", "personal_data", "hosts"]
_Hosts = Annotated[tuple[Annotated[str, Field(max_length=260)], ...], Field(max_length=50)]
_Kept = Annotated[str, Field(max_length=14_000)]


class ShowModelRules(ActionCall):
    """Show the rules for models: caps and what is used of them, personal data, hosts, a pause."""

    action: Literal["show_model_rules"] = "show_model_rules"


class SetCostCap(ActionCall):
    """Set what models may cost in a turn, for a person in a day, or in all in a day.

    None leaves it to the operator again.
    """

    action: Literal["set_cost_cap"] = "set_cost_cap"
    kind: CapKind
    amount_nanos: AmountNanos | None


class SetPersonalData(ActionCall):
    """Set whether personal data is let through to models, taken out before, or stops a call."""

    action: Literal["set_personal_data"] = "set_personal_data"
    policy: Policy


class SetModelHosts(ActionCall):
    """Narrow where models are asked to some hosts; none for wherever the operator allows."""

    action: Literal["set_model_hosts"] = "set_model_hosts"
    hosts: _Hosts = ()


class RestoreModelRule(ActionCall):
    """Set a rule to what it was, if it is still what it became; both as `_written` writes them."""

    action: Literal["restore_model_rule"] = "restore_model_rule"
    rule: Rule
    value: _Kept
    expected: _Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRulesReceipt(Receipt):
    """The rules as they hold for the asker; `own` are the caps that the company has set itself."""

    caps: tuple[CapUse, ...]
    own: frozenset[str]
    personal_data: Policy
    hosts: tuple[str, ...]
    operator_hosts: tuple[str, ...]
    paused_by: str | None = None
    paused_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRuleSet(Receipt):
    """A rule is this from now on; None is the operator's."""

    rule: Rule
    value: int | str | None


def show_rules(call: ShowModelRules, tx: Tx, actor: Actor) -> Receipt:
    """Read the company's rules, and how much of its caps is used today."""
    require(actor.person, "providers.manage")
    policy = tx.policy.get()
    caps = policy.caps.over(actor.model_caps)
    return ModelRulesReceipt(
        caps=read_caps(tx, caps, actor.person.id),
        own=frozenset(kind for kind in KINDS if policy.caps.of(kind) is not None),
        personal_data=policy.personal_data,
        hosts=policy.only_hosts,
        operator_hosts=actor.model_hosts,
        paused_by=None if policy.pause is None else name_of(policy.pause, tx),
        paused_at=None if policy.pause is None else policy.pause.at,
    )


def preview_rule(
    call: SetCostCap | SetPersonalData | SetModelHosts | RestoreModelRule, tx: Tx, actor: Actor
) -> Preview:
    """Show a rule before and after."""
    before, after = _asked(call, tx, actor)
    rule = _rule_of(call)
    return Preview(
        action=call.action,
        subject=rule,
        before=_shown(before, rule),
        after=_shown(after, rule),
    )


def set_rule(
    call: SetCostCap | SetPersonalData | SetModelHosts | RestoreModelRule, tx: Tx, actor: Actor
) -> Receipt:
    """Change one rule; it holds from the next call on, with what was used before.

    Raises:
        InvalidInput: it is so already, or no host's name was given.
        Conflict: the rules were changed at the same moment, or since; nothing changed.
    """
    before, after = _asked(call, tx, actor)
    rule = _rule_of(call)
    if not tx.policy.replace(after):
        raise Conflict("the rules for models were changed at this moment")
    was, now = _written(before, rule), _written(after, rule)
    detail: dict[str, object] = {"before": was, "after": now}
    tx.record(AuditFact(tx.tenant, actor.person.id, "model_rule_set", rule, detail))
    undo = RestoreModelRule(rule=rule, value=was, expected=now)
    return ModelRuleSet(rule=rule, value=_shown(after, rule), undo=undo)


def _asked(
    call: SetCostCap | SetPersonalData | SetModelHosts | RestoreModelRule, tx: Tx, actor: Actor
) -> tuple[ModelPolicy, ModelPolicy]:
    """Return the rules as they are and as they would be. Raises `InvalidInput`, `Conflict`."""
    require(actor.person, "providers.manage")
    before = tx.policy.get()
    rule = _rule_of(call)
    if isinstance(call, RestoreModelRule):
        if _written(before, rule) != call.expected:
            raise Conflict("the rule was changed since")
        after = _read(before, rule, call.value)
    elif isinstance(call, SetCostCap):
        after = _read(before, rule, "" if call.amount_nanos is None else str(call.amount_nanos))
    elif isinstance(call, SetPersonalData):
        after = _read(before, rule, call.policy)
    else:
        hosts = dict.fromkeys(host.lower() for host in call.hosts)
        if not all(is_host(host) for host in hosts):
            raise InvalidInput("hosts", "are no hosts", example="/model_hosts inside")
        after = _read(before, rule, " ".join(sorted(hosts)))
    if after == before:
        raise InvalidInput("rule", "is that already for models", example="model rules")
    return before, after


def _rule_of(call: SetCostCap | SetPersonalData | SetModelHosts | RestoreModelRule) -> Rule:
    if isinstance(call, RestoreModelRule):
        return call.rule
    if isinstance(call, SetCostCap):
        return call.kind
    return "personal_data" if isinstance(call, SetPersonalData) else "hosts"


def _written(policy: ModelPolicy, rule: Rule) -> str:
    """Return a rule as text: a cap in nano-dollars, a word, hosts with blanks between them."""
    if rule == "personal_data":
        return policy.personal_data
    if rule == "hosts":
        return " ".join(policy.only_hosts)
    cap = policy.caps.of(rule)
    return "" if cap is None else str(cap)


def _read(policy: ModelPolicy, rule: Rule, text: str) -> ModelPolicy:
    """Return the rules with one of them as a text says."""
    if rule == "personal_data":
        found = next((one for one in POLICIES if one == text), policy.personal_data)
        return replace(policy, personal_data=found)
    if rule == "hosts":
        return replace(policy, only_hosts=tuple(text.split()))
    cap = int(text) if text else None
    caps: dict[str, int | None] = {kind: policy.caps.of(kind) for kind in KINDS}
    return replace(policy, caps=Caps(**(caps | {rule: cap})))


def _shown(policy: ModelPolicy, rule: Rule) -> int | str | None:
    if rule == "personal_data":
        return policy.personal_data
    if rule == "hosts":
        return ", ".join(policy.only_hosts) or None
    return policy.caps.of(rule)


_EXAMPLES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "show": {"en": ("model rules",), "es": ("reglas de los modelos",)},
    "cap": {
        "en": ("cap models at $20 a day", "cap models at $2 per person and day"),
        "es": ("limita los modelos a $20 al día", "limita los modelos a $0.50 por mensaje"),
    },
    "data": {
        "en": ("personal data: redact", "personal data: block"),
        "es": ("datos personales: ocultar", "datos personales: avisar"),
    },
    "hosts": {
        "en": ("/model_hosts inside", "/model_hosts api.mistral.ai"),
        "es": ("/model_hosts inside",),
    },
}

ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ShowModelRules,
        Tier.T1,
        "providers.manage",
        show_rules,
        examples=_EXAMPLES["show"],
    ),
    Action(
        SetCostCap,
        Tier.T3,
        "providers.manage",
        set_rule,
        preview_rule,
        examples=_EXAMPLES["cap"],
    ),
    Action(
        SetPersonalData,
        Tier.T3,
        "providers.manage",
        set_rule,
        preview_rule,
        examples=_EXAMPLES["data"],
    ),
    Action(
        SetModelHosts,
        Tier.T3,
        "providers.manage",
        set_rule,
        preview_rule,
        examples=_EXAMPLES["hosts"],
    ),
    Action(
        RestoreModelRule,
        Tier.T3,
        "undo",
        set_rule,
        preview_rule,
        is_hidden=True,
    ),
)
