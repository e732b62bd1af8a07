"""What is odd about a plan, told without a model: it can make a plan wait, never hasten it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from bot.actions.approvals import ApproveRequest
from bot.actions.asking import MoveBudget, RaiseBudget, RequestBudget
from bot.actions.base import ActionCall, Tier
from bot.actions.limits import SetLimit, SetThresholds
from bot.actions.people import GiveRole, TakeRole
from bot.actions.requests import CancelRequest, RejectRequest
from bot.actions.wallets import CloseWallet, CreateWallet, RenameWallet
from bot.planning import CriticFacts, Finding, Plan, Verdict

# Enough to tell what is usual, and how far above it is worth a second look.
_LEAST_PAST: Final = 3
_FAR_ABOVE: Final = 10
_MOST_WRITES: Final = 3
_WALLET_FIELDS: Final = ("wallet_id", "from_wallet_id", "to_wallet_id", "parent_id")


def review(plan: Plan, facts: CriticFacts) -> Verdict:
    """Read a plan against what is known; the same plan and facts give the same verdict."""
    tiers = [facts.tier_of(call) for call in plan.actions]
    findings = (
        *_unresolved(plan, facts),
        *_repeated(plan, tiers),
        *_open_already(plan, facts, tiers),
        *_contradictions(plan),
        *_unusual(plan, facts),
        *_bulk(tiers),
    )
    for finding in findings:
        for step in finding.steps:
            if tiers[step] > Tier.T1:
                tiers[step] = Tier.T3
    return Verdict(findings, tuple(int(tier) for tier in tiers))


def _unresolved(plan: Plan, facts: CriticFacts) -> Iterator[Finding]:
    wallets = {wallet.id for wallet in facts.directory.wallets}
    people = {person.id for person in facts.directory.people}
    for step, call in enumerate(plan.actions):
        named = [getattr(call, name, None) for name in _WALLET_FIELDS]
        person = getattr(call, "person_id", None)
        missing = [one for one in named if one is not None and one not in wallets]
        missing += [person] if person is not None and person not in people else []
        for one in missing:
            yield Finding("unresolved_name", (step,), asks=True, name=str(one))


def _repeated(plan: Plan, tiers: list[int]) -> Iterator[Finding]:
    for (i, first), (j, second) in combinations(enumerate(plan.actions), 2):
        if first == second and tiers[j] > Tier.T1:
            yield Finding("duplicate_in_plan", (i, j), asks=True)


def _open_already(plan: Plan, facts: CriticFacts, tiers: list[int]) -> Iterator[Finding]:
    for step, call in enumerate(plan.actions):
        if tiers[step] == Tier.T1:
            continue
        for proposal in facts.open_proposals:
            if any(_same_effect(call, waiting) for waiting in proposal.calls):
                yield Finding("duplicate_of_open", (step,), asks=True, ref=proposal.ref)


def _same_effect(call: ActionCall, waiting: ActionCall) -> bool:
    """Tell whether two calls would do the same; the words of a reason make no difference."""
    if type(call) is not type(waiting):
        return False
    left, right = call.model_dump(), waiting.model_dump()
    left.pop("reason", None)
    right.pop("reason", None)
    return left == right


def _contradictions(plan: Plan) -> Iterator[Finding]:
    for (i, first), (j, second) in combinations(enumerate(plan.actions), 2):
        if _contradict(first, second) or _contradict(second, first):
            yield Finding("contradiction", (i, j), asks=True)


def _contradict(first: ActionCall, second: ActionCall) -> bool:
    if isinstance(first, CloseWallet):
        return first.wallet_id in _changed_wallets(second)
    if isinstance(first, GiveRole) and isinstance(second, TakeRole):
        return (first.person_id, first.role, first.wallet_id) == (
            second.person_id,
            second.role,
            second.wallet_id,
        )
    if isinstance(first, SetLimit) and isinstance(second, SetLimit):
        same = (first.wallet_id, first.window) == (second.wallet_id, second.window)
        return same and first.amount_nanos != second.amount_nanos
    if isinstance(first, SetThresholds) and isinstance(second, SetThresholds):
        return first.wallet_id == second.wallet_id and first.percents != second.percents
    if isinstance(first, RenameWallet) and isinstance(second, RenameWallet):
        return first.wallet_id == second.wallet_id and first.name != second.name
    if isinstance(first, MoveBudget) and isinstance(second, MoveBudget):
        return (first.from_wallet_id, first.to_wallet_id) == (
            second.to_wallet_id,
            second.from_wallet_id,
        )
    decisions = (ApproveRequest, RejectRequest, CancelRequest)
    if isinstance(first, decisions) and isinstance(second, decisions):
        return first.ref == second.ref and first != second
    return False


def _changed_wallets(call: ActionCall) -> tuple[str, ...]:
    if isinstance(call, RaiseBudget | RequestBudget | SetLimit | SetThresholds | RenameWallet):
        return (call.wallet_id,)
    if isinstance(call, MoveBudget):
        return (call.from_wallet_id, call.to_wallet_id)
    if isinstance(call, CreateWallet):
        return (call.parent_id,)
    if isinstance(call, GiveRole):
        return (call.wallet_id,) if call.wallet_id is not None else ()
    return ()


def _unusual(plan: Plan, facts: CriticFacts) -> Iterator[Finding]:
    for step, call in enumerate(plan.actions):
        if not isinstance(call, RaiseBudget | RequestBudget | MoveBudget):
            continue
        wallet_id = call.to_wallet_id if isinstance(call, MoveBudget) else call.wallet_id
        usual = facts.usual.get(wallet_id)
        if usual is None or usual.count < _LEAST_PAST:
            continue
        # What was once given before is not unusual, however small the median.
        ceiling = max(usual.median_nanos * _FAR_ABOVE, usual.max_nanos)
        if call.amount_nanos > ceiling:
            yield Finding(
                "unusual_amount",
                (step,),
                amount_nanos=call.amount_nanos,
                usual_nanos=usual.median_nanos,
            )


def _bulk(tiers: list[int]) -> Iterator[Finding]:
    writes = tuple(step for step, tier in enumerate(tiers) if tier > Tier.T1)
    if len(writes) > _MOST_WRITES:
        yield Finding("bulk_change", writes, asks=True)
