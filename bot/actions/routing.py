"""Rules about which models are asked: which there are, adding one, taking one away; regions."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from bot.access import Role, require
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier, examples, record
from bot.errors.kinds import Conflict, InvalidInput, NotFound
from bot.ids import WalletId
from bot.ports import Actor, Tx
from bot.routing.choice import candidates_of
from bot.routing.rules import USUAL_PRIORITY, Rule, RuleBook, Strategy, in_order

_TAG: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
# Each call looks at all of them.
_MOST_RULES: Final = 50
_EXAMPLE: Final = "/route add nights cheapest task=summary hours=20-6"
Tag = Annotated[str, Field(max_length=100)]
Hour = Annotated[int, Field(strict=True, ge=0, le=23)]


class ListRoutingRules(ActionCall):
    """Show by which rules models are chosen, in the order in which they are looked at."""

    action: Literal["list_routing_rules"] = "list_routing_rules"


class AddRoutingRule(ActionCall):
    """Say which models are asked for what; see `bot.routing.rules.Rule` for its parts."""

    action: Literal["add_routing_rule"] = "add_routing_rule"
    name: Tag
    strategy: Strategy
    priority: Annotated[int, Field(strict=True, ge=1, le=1000)] = USUAL_PRIORITY
    models: tuple[Tag, ...] = Field(default=(), max_length=20)
    weights: tuple[Annotated[int, Field(strict=True, ge=1, le=1000)], ...] = ()
    task: Tag = ""
    plan: Tag = ""
    role: Role | None = None
    wallet: Tag = ""
    from_percent: Annotated[int, Field(strict=True, ge=0, le=1000)] = 0
    from_hour: Hour | None = None
    until_hour: Hour | None = None
    from_nanos: Annotated[int, Field(strict=True, ge=0, le=10**15)] = 0
    region: Tag = ""
    within_ms: Annotated[int, Field(strict=True, ge=0, le=600_000)] = 0


class RemoveRoutingRule(ActionCall):
    """Take a rule away: from the next call on nobody looks at it."""

    action: Literal["remove_routing_rule"] = "remove_routing_rule"
    name: Tag


class SetProviderRegion(ActionCall):
    """Say where a provider's answers are made; an empty region takes the tag away."""

    action: Literal["set_provider_region"] = "set_provider_region"
    name: Tag
    region: Tag = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingReceipt(Receipt):
    """The rules in their order; `wallets` are the names of those that they name."""

    version: int
    rules: tuple[Rule, ...]
    wallets: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChanged(Receipt):
    """A rule was added or taken away."""

    name: str
    how: Literal["added", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSet(Receipt):
    """Where a provider's answers are made was said; empty where that was taken back."""

    name: str
    region: str


def list_rules(call: ListRoutingRules, tx: Tx, actor: Actor) -> Receipt:
    """Read the company's rules."""
    require(actor.person, "providers.manage")
    book = tx.routing.get()
    return RoutingReceipt(version=book.version, rules=book.rules, wallets=_wallet_names(tx, book))


def preview_add(call: AddRoutingRule, tx: Tx, actor: Actor) -> Preview:
    """Show the rule as it would be kept."""
    rule, _ = _checked(call, tx, actor)
    return Preview(
        action=call.action, subject=rule.name, rule=rule, target=call.wallet.strip() or None
    )


def add_rule(call: AddRoutingRule, tx: Tx, actor: Actor) -> Receipt:
    """Add a rule; it holds from the next call on.

    Raises:
        InvalidInput, NotFound: a part of it is not what it may be; nothing changed.
        Conflict: somebody changed the rules at the same moment; nothing changed.
    """
    rule, book = _checked(call, tx, actor)
    _save(tx, book, (*book.rules, rule))
    detail = {name: value for name, value in asdict(rule).items() if value}
    record(tx, actor, "routing_rule_added", rule.name, detail)
    return RuleChanged(name=rule.name, how="added", undo=RemoveRoutingRule(name=rule.name))


def preview_remove(call: RemoveRoutingRule, tx: Tx, actor: Actor) -> Preview:
    """Show which rule would be taken away."""
    require(actor.person, "providers.manage")
    book = tx.routing.get()
    rule = _get(book, call.name)
    return Preview(
        action=call.action,
        subject=rule.name,
        rule=rule,
        target=_wallet_names(tx, book).get(rule.wallet_id),
    )


def remove_rule(call: RemoveRoutingRule, tx: Tx, actor: Actor) -> Receipt:
    """Take a rule away. Undone by adding it again.

    Raises:
        NotFound: there is no such rule.
        Conflict: somebody changed the rules at the same moment; nothing changed.
    """
    require(actor.person, "providers.manage")
    book = tx.routing.get()
    rule = _get(book, call.name)
    _save(tx, book, tuple(one for one in book.rules if one is not rule))
    record(tx, actor, "routing_rule_removed", rule.name, {})
    values = asdict(rule)
    wallet = _wallet_names(tx, book).get(values.pop("wallet_id"), "")
    again = AddRoutingRule(**{**values, "role": rule.role or None, "wallet": wallet})
    return RuleChanged(name=rule.name, how="removed", undo=again)


def preview_region(call: SetProviderRegion, tx: Tx, actor: Actor) -> Preview:
    """Show where a provider's answers would be said to be made."""
    _region_before(call, tx, actor)
    return Preview(action=call.action, subject=call.name, address=call.region or None)


def set_region(call: SetProviderRegion, tx: Tx, actor: Actor) -> Receipt:
    """Say where a provider's answers are made.

    Raises:
        Conflict: somebody said otherwise at the same moment; nothing changed.
    """
    before = _region_before(call, tx, actor)
    if not tx.providers.set_region(call.name, call.region, expected=before):
        raise Conflict("another region was set at this moment")
    record(tx, actor, "provider_region_set", call.name, {"region": call.region})
    undo = SetProviderRegion(name=call.name, region=before)
    return RegionSet(name=call.name, region=call.region, undo=undo)


def _region_before(call: SetProviderRegion, tx: Tx, actor: Actor) -> str:
    require(actor.person, "providers.manage")
    if call.region and not _TAG.fullmatch(call.region):
        raise InvalidInput("region", "is no tag", example="/provider region openai us")
    found = next((one for one in tx.providers.list_all() if one.name == call.name), None)
    if found is None:
        raise NotFound("provider", call.name)
    if found.region == call.region:
        raise InvalidInput("provider", "is so already", example="list providers")
    return found.region


def _checked(call: AddRoutingRule, tx: Tx, actor: Actor) -> tuple[Rule, RuleBook]:
    """Return the rule that is asked for, and the rules that there are."""
    require(actor.person, "providers.manage")
    tags = (call.name, call.task, call.plan, call.region)
    if not call.name or not all(_TAG.fullmatch(tag) for tag in tags if tag):
        raise InvalidInput("name", "is no tag", example=_EXAMPLE)
    if (call.from_hour is None) is not (call.until_hour is None):
        raise InvalidInput("hours", "need both ends", example=_EXAMPLE)
    if call.weights and len(call.weights) != len(call.models):
        raise InvalidInput("weights", "are not as many as models", example=_EXAMPLE)
    providers = tx.providers.list_all()
    for model in call.models:
        if not candidates_of(providers, model):
            raise NotFound("model", model)
    book = tx.routing.get()
    if book.find(call.name) is not None:
        raise InvalidInput("name", "is another rule's", example="list routing rules")
    if len(book.rules) >= _MOST_RULES:
        raise InvalidInput("rules", "are as many as there may be", example="list routing rules")
    wallet = tx.wallets.find_by_name(call.wallet) if call.wallet else None
    if call.wallet and wallet is None:
        raise NotFound("wallet", call.wallet)
    values = call.model_dump(exclude={"action", "wallet", "role"})
    wallet_id = "" if wallet is None else wallet.id
    return Rule(**values, role=call.role or "", wallet_id=wallet_id), book


def _get(book: RuleBook, name: str) -> Rule:
    rule = book.find(name)
    if rule is None:
        raise NotFound("rule", name)
    return rule


def _save(tx: Tx, book: RuleBook, rules: tuple[Rule, ...]) -> None:
    if not tx.routing.save(in_order(rules), book.version):
        raise Conflict("the rules were changed at this moment")


def _wallet_names(tx: Tx, book: RuleBook) -> dict[str, str]:
    named = {rule.wallet_id for rule in book.rules if rule.wallet_id}
    found = [tx.wallets.find(WalletId(one)) for one in named]
    return {wallet.id: wallet.name for wallet in found if wallet is not None}


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ListRoutingRules,
        Tier.T1,
        "providers.manage",
        list_rules,
        examples=examples("list routing rules", "lista las reglas de enrutado"),
    ),
    Action(
        AddRoutingRule,
        Tier.T3,
        "providers.manage",
        add_rule,
        preview_add,
        examples=examples(_EXAMPLE),
    ),
    Action(
        RemoveRoutingRule,
        Tier.T3,
        "providers.manage",
        remove_rule,
        preview_remove,
        examples=examples("/route remove nights", "/ruta quitar nights"),
    ),
    Action(
        SetProviderRegion,
        Tier.T3,
        "providers.manage",
        set_region,
        preview_region,
        examples=examples("/provider region openai us"),
    ),
)
