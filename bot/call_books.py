"""The books of paid calls: one is let in, charged what it came to, or given up for lost.

Plain functions of an open transaction. `admit` and `begin` run in the one that lets a call in,
`charge` in the one that ends it; `reap` ends a call whose process did not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import orjson

from bot import telling
from bot.allowances import Allowance, Allowances
from bot.asks import Ask, Try
from bot.economy import spending
from bot.economy.budgets import Budget, get_open_wallet, list_budgets
from bot.economy.calls import CallOutcome, ModelCall
from bot.economy.caps import Caps, hold_caps, hold_under, release_caps, settle_caps
from bot.economy.ledger import Movement
from bot.economy.periods import period_at
from bot.economy.prices import bound_nanos
from bot.economy.quotas import Quota, count_use, notice_of, use_of
from bot.economy.usage import Usage
from bot.errors.kinds import KeyReused
from bot.ports import Tx
from bot.replies.short import quota_nearly_used
from bot.routing.choice import Choice
from bot.routing.kept import dump_choice
from bot.routing.plan_rule import within_plan
from bot.routing.policy import ModelPolicy, check_open, check_shown, within_reach
from bot.routing.providers import Provider
from bot.routing.rules import CallFacts, RuleBook

# How long after its own end a call is given up for lost, and how much later its hold ends.
GRACE: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class CallLimits:
    """What everybody's calls are bound by: `calls_per_day` a person, and what plans say.

    `caps` are what they may cost where a company has not set its own.
    """

    calls_per_day: int = 1000
    caps: Caps = field(default_factory=Caps)
    allowances: Allowances = field(default_factory=Allowances)


@dataclass(frozen=True, slots=True)
class Admitted:
    """What lets a call be made at the moment.

    `known` are all providers, `reach` those where the company lets models be asked, `allowed`
    what the person's plan leaves of them.
    """

    policy: ModelPolicy
    allowance: Allowance
    known: Sequence[Provider]
    reach: Sequence[Provider]
    allowed: Sequence[Provider]


def admit(tx: Tx, ask: Ask, limits: CallLimits) -> Admitted:
    """Run every check that comes before a model is chosen, a line a check.

    Raises:
        Refused: the kind says which check.
    """
    policy = tx.policy.get()
    check_open(policy, tx.people.names)
    check_shown(policy, ask.shown_under)
    # Also for what is free: a call is made for a wallet of this company that is open.
    get_open_wallet(tx, ask.wallet_id)
    allowance = limits.allowances.of(tx.people.find_plan(ask.person_id))
    known = tx.providers.list_all()
    reach = within_reach(policy, known)
    return Admitted(policy, allowance, known, reach, within_plan(allowance, reach, ask.wanted))


def facts_of(tx: Tx, ask: Ask, plan: str, book: RuleBook, tokens_in: int) -> CallFacts:
    """Return what rules look at in a call; what no rule looks at is not read."""
    person = tx.people.get(ask.person_id) if book.looks_at_roles else None
    is_paid_for = book.looks_at_wallets or book.looks_at_budgets
    chain = tx.wallets.chain(ask.wallet_id) if is_paid_for else []
    return CallFacts(
        tokens_in,
        ask.most_tokens,
        task=ask.feature,
        plan=plan,
        roles=frozenset() if person is None else frozenset(x.role for x in person.grants),
        wallet_ids=tuple(wallet.id for wallet in chain),
        used_percent=_used_percent(list_budgets(tx, chain) if book.looks_at_budgets else []),
        hour=tx.now.astimezone(tx.zone).hour,
        sticks_to=ask.sticks_to or ask.person_id,
        wanted=ask.wanted,
    )


def _used_percent(budgets: Sequence[Budget]) -> int:
    """Return how much of the tightest budget is used or set aside."""
    return max(
        (
            (budget.used_nanos + budget.held_nanos) * 100 // budget.limit_nanos
            if budget.limit_nanos > 0
            else 100
            for budget in budgets
        ),
        default=0,
    )


def begin(
    tx: Tx,
    ask: Ask,
    choice: Choice,
    tokens_in: int,
    limits: CallLimits,
    caps: Caps,
    rules_version: int,
) -> int:
    """Keep a call that may be made, count it, and set aside the most that it can cost.

    Returns what is set aside, in nano-dollars. The first that refuses ends it, and nothing that
    was kept, counted or set aside stays.

    Raises:
        KeyReused: a call of this key was made before.
        QuotaExceeded: the person has caused as many calls as they may today.
        CostCapReached: models have cost as much as they may.
        InsufficientFunds, WalletClosed: it cannot be paid.
    """
    routes = choice.routes
    most = max(route.bound_nanos for route in routes)
    within = timedelta(seconds=ask.within_s)
    call = ModelCall(
        key=ask.key,
        wallet_id=ask.wallet_id,
        person_id=ask.person_id,
        feature=ask.feature,
        hold_nanos=most,
        prompt_nanos=max(bound_nanos(route.price, tokens_in, 0) for route in routes),
        prompt_tokens=tokens_in,
        route=dump_choice(choice, ask.wanted, rules_version),
        begun_at=tx.now,
        until_at=tx.now + within + GRACE,
    )
    if not tx.calls.begin(call):
        raise KeyReused(ask.key)
    _take(tx, ask, limits.calls_per_day, caps, most, within + 2 * GRACE)
    return most


def _take(tx: Tx, ask: Ask, calls_per_day: int, caps: Caps, most: int, life: timedelta) -> None:
    """Count the call and set its most aside: in one step as a rule."""
    quota = Quota(ask.person_id, "requests", period_at("day", tx.now, tx.zone), calls_per_day)
    use = use_of(tx, quota, 1, key=f"{ask.key}:call")
    under_caps: tuple[Movement, ...] = ()
    of_wallet: tuple[Movement, ...] = ()
    if most:
        key, who, turn = ask.key, ask.person_id, ask.turn or ask.key
        under_caps = hold_under(tx, caps, most, key=key, turn=turn, person_id=who, life=life)
        of_wallet = spending.hold_of(tx, ask.wallet_id, most, key=key, actor=who, life=life)
    if tx.ledger.take_together((use,), under_caps + of_wallet):
        notices = notice_of(tx, quota, use)
    else:
        notices = count_use(tx, quota, use)
        # Caps first, here as when it is settled: what two calls share is taken in one order.
        for movement in under_caps:
            hold_caps(tx, movement)
        for movement in of_wallet:
            spending.set_aside(tx, movement)
    for nearly in notices:
        person = tx.people.get(ask.person_id)
        text = quota_nearly_used(nearly, telling.reader_of(person, tx.now))
        telling.tell(tx, person, text, message_class="alert")


def set_more_aside(tx: Tx, ask: Ask, caps: Caps, amount_nanos: int, number: int) -> None:
    """Set more aside for a call whose tries so far leave too little for another one.

    `number` counts such times, from 1 on.

    Raises:
        CostCapReached: models would cost more than they may; nothing was set aside.
        InsufficientFunds, WalletClosed: it cannot be paid; nothing was set aside.
    """
    key, who, turn = _more_key(ask.key, number), ask.person_id, ask.turn or ask.key
    life = timedelta(seconds=ask.within_s) + 2 * GRACE
    for movement in hold_under(
        tx, caps, amount_nanos, key=key, turn=turn, person_id=who, life=life
    ):
        hold_caps(tx, movement)
    spending.hold(tx, ask.wallet_id, amount_nanos, key=key, actor=who, life=life)


def charge(tx: Tx, ask: Ask, tries: Sequence[Try], latency_ms: int, times_more: int = 0) -> None:
    """End a call: settle its hold and keep a row for each try that was charged.

    What was set aside beyond the hold, so many times, is given back and drawn upon at once.
    """
    cost = sum(one.cost_nanos for one in tries)
    is_answered = bool(tries) and tries[-1].error is None
    attempts = orjson.dumps([_try_as_json(one) for one in tries]).decode()
    outcome = CallOutcome("done" if is_answered else "failed", attempts, cost, latency_ms)
    call = tx.calls.end(ask.key, outcome)
    if call is None:
        # It was given up for lost meanwhile, and charged by what was known.
        return
    for number in range(1, times_more + 1):
        release_caps(tx, key=_more_key(ask.key, number), actor=ask.person_id)
        spending.release(tx, key=_more_key(ask.key, number), actor=ask.person_id)
    used_at = _settle(tx, call, cost)
    for number, one in enumerate(tries, start=1):
        if one.usage is not None:
            _keep_usage(tx, call, one, number, used_at)


def reap(tx: Tx, key: str) -> bool:
    """End a call that its process did not end: charge the prompt, which was surely read.

    False if it was ended before.
    """
    call = tx.calls.give_up(key)
    if call is None:
        return False
    used_at = _settle(tx, call, call.prompt_nanos)
    first = orjson.loads(call.route)["routes"][0]
    tx.usage.add(
        Usage(
            id=call.key,
            wallet_id=call.wallet_id,
            principal_id=call.person_id,
            feature=call.feature,
            provider=first["provider"],
            model=first["model"],
            tokens_in=call.prompt_tokens,
            tokens_out=0,
            cost_nanos=call.prompt_nanos,
            estimate_nanos=call.hold_nanos,
            price_version=first["price"],
            reason=first["reason"],
            at=used_at,
            is_estimated=True,
        ),
        used_at.astimezone(tx.zone).date(),
    )
    return True


def _settle(tx: Tx, call: ModelCall, cost: int) -> datetime:
    """Charge a call; return when it counts as used: in the periods in which it was charged.

    Otherwise the ledger would have a call over the end of a month in the one, and every report
    in the other.
    """
    if not (call.hold_nanos or cost):
        return tx.now
    settle_caps(
        tx,
        cost,
        key=call.key,
        actor=call.person_id,
        begun_at=call.begun_at,
        is_late=tx.now > call.until_at,
    )
    settled = spending.settle(tx, call.wallet_id, cost, key=call.key, actor=call.person_id)
    return call.begun_at if settled.was_held else tx.now


def _more_key(key: str, number: int) -> str:
    return f"{key}:more:{number}"


def _keep_usage(tx: Tx, call: ModelCall, one: Try, number: int, used_at: datetime) -> None:
    assert one.usage is not None  # noqa: S101  # its caller asked
    tx.usage.add(
        Usage(
            id=call.key if number == 1 else f"{call.key}:{number}",
            wallet_id=call.wallet_id,
            principal_id=call.person_id,
            feature=call.feature,
            provider=one.route.key.provider,
            model=one.route.key.model,
            tokens_in=one.usage.tokens_in,
            tokens_out=one.usage.tokens_out,
            tokens_cached=one.usage.cached,
            tokens_reasoning=one.usage.reasoning,
            cost_nanos=one.cost_nanos,
            estimate_nanos=one.route.bound_nanos,
            price_version=one.route.price.version,
            attempt=number,
            reason=one.route.reason,
            latency_ms=one.latency_ms,
            at=used_at,
            is_estimated=one.is_estimated,
        ),
        used_at.astimezone(tx.zone).date(),
    )


def _try_as_json(one: Try) -> dict[str, object]:
    return {
        "provider": one.route.key.provider,
        "model": one.route.key.model,
        "error": None if one.error is None else one.error.code,
        "status": 0 if one.error is None else one.error.status,
        "cost_nanos": one.cost_nanos,
        "is_estimated": one.is_estimated,
        "latency_ms": one.latency_ms,
    }
