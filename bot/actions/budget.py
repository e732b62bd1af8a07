"""Raising what a wallet may spend: asked for, given, ended and taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from bot.access import may, require
from bot.actions.asking import (
    RaiseBudget,
    RequestBudget,
    approvers,
    chain_ids,
    reach_of,
    require_reach,
    running_budget,
    send_request,
)
from bot.actions.base import (
    Action,
    ActionCall,
    AmountNanos,
    Preview,
    PutBack,
    Receipt,
    Tier,
)
from bot.economy import budgets, limit_changes
from bot.economy.budgets import read_budgets
from bot.economy.earlier_spend import charge_earlier
from bot.economy.periods import Span, end_of_day
from bot.errors.kinds import Conflict, InvalidInput
from bot.ids import WalletId
from bot.ports import Actor, Tx
from bot.reports.balance import descendants, forecast


class EndRaise(ActionCall):
    """End a temporary raise before its time: the inverse of one."""

    action: Literal["end_raise"] = "end_raise"
    wallet_id: WalletId
    raise_id: str
    amount_nanos: AmountNanos


class RestoreLimit(PutBack):
    """Set a wallet's limit back."""

    action: Literal["restore_limit"] = "restore_limit"
    wallet_id: WalletId
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRaised(Receipt):
    """A wallet may spend more. `raise_id` is set where the raise ends by itself."""

    wallet: str
    amount_nanos: int
    limit_nanos: int
    until_on: date | None
    span: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRestored(Receipt):
    """A limit, a raise or a move was taken back; the wallet's limit now, None for none."""

    wallet: str
    limit_nanos: int | None
    span: str


def preview_raise(
    call: RequestBudget | RaiseBudget, tx: Tx, actor: Actor, *, wants_approval: bool
) -> Preview:
    """Show what a raise would change and who pays, for an asker or an approver."""
    chain = budgets.open_chain(tx, call.wallet_id)
    wallet = chain[0]
    _refuse_past(call.until_on, tx)
    found = read_budgets(tx, chain)
    running = budgets.main_budget([x for x in found if x.wallet.id == wallet.id])
    above = [x for x in found if x.wallet.id != wallet.id]
    for budget in above:
        budgets.check_free(budget, call.amount_nanos)
    payer = min(above, key=lambda budget: budget.free_nanos, default=None)
    ahead = forecast(
        tx,
        descendants(tx.wallets.list_all(), wallet.id),
        period_first=running.period.first_on or tx.now.astimezone(tx.zone).date(),
        ends_on=running.period.last_on or tx.now.astimezone(tx.zone).date(),
        limit_nanos=running.limit_nanos,
    )
    decides = approvers(tx, actor.person, _as_raise(call)) if wants_approval else []
    return Preview(
        action=call.action,
        subject=wallet.name,
        before=running.limit_nanos,
        after=running.limit_nanos + call.amount_nanos,
        amount_nanos=call.amount_nanos,
        until_on=call.until_on,
        span=running.limit.span,
        pays=payer.wallet.name if payer else None,
        pays_free_nanos=payer.free_nanos if payer else None,
        forecast_nanos=ahead.at_end_nanos if ahead.is_known else None,
        used_nanos=running.used_nanos,
        reason=call.reason,
        decides=tuple(person.name for person in decides),
    )


def preview_request(call: RequestBudget, tx: Tx, actor: Actor) -> Preview:
    """Show a request before it is sent."""
    require(actor.person, "budget.request", chain_ids(tx, call.wallet_id))
    own = reach_of(tx, actor.person, "budget.raise", call.wallet_id)
    if own.covers(call.amount_nanos):
        return preview_raise(call, tx, actor, wants_approval=False)
    shown = preview_raise(call, tx, actor, wants_approval=True)
    return replace(shown, own_nanos=own.most_nanos or None)


def request_budget(call: RequestBudget, tx: Tx, actor: Actor) -> Receipt:
    """Send a request to those who may decide it; raise at once for one who may so much.

    Raises:
        NotAllowed: the asker may not ask, or nobody else could decide.
        InsufficientFunds: a wallet above could not pay for it; nothing was sent.
    """
    require(actor.person, "budget.request", chain_ids(tx, call.wallet_id))
    raising = _as_raise(call)
    if reach_of(tx, actor.person, "budget.raise", call.wallet_id).covers(call.amount_nanos):
        return raise_budget(raising, tx, actor)
    preview_raise(call, tx, actor, wants_approval=True)
    return send_request(raising, tx, actor)


def _as_raise(call: RequestBudget | RaiseBudget) -> RaiseBudget:
    return RaiseBudget(
        wallet_id=call.wallet_id,
        amount_nanos=call.amount_nanos,
        until_on=call.until_on,
        reason=call.reason,
    )


def preview_direct_raise(call: RaiseBudget, tx: Tx, actor: Actor) -> Preview:
    """Show a raise before it is made."""
    require_reach(tx, actor.person, "budget.raise", call.amount_nanos, call.wallet_id)
    return preview_raise(call, tx, actor, wants_approval=False)


def raise_budget(call: RaiseBudget, tx: Tx, actor: Actor) -> Receipt:
    """Raise a wallet's main limit now. Safe to repeat: the ledger keeps one entry a key.

    Raises:
        AboveRight: it is more than the asker may give at a time; nothing was raised.
        InsufficientFunds: a wallet above could not pay for it; nothing was raised.
    """
    require_reach(tx, actor.person, "budget.raise", call.amount_nanos, call.wallet_id)
    return apply_raise(call, tx, actor)


def apply_raise(call: RaiseBudget, tx: Tx, actor: Actor) -> BudgetRaised:
    """Raise a limit for somebody whose right to do so was checked."""
    _refuse_past(call.until_on, tx)
    wallet = budgets.get_open_wallet(tx, call.wallet_id)
    main = budgets.main_limit(tx, wallet.id)
    until_at = None
    if call.until_on is not None:
        until_at = end_of_day(call.until_on, tx.zone)
    temporary = limit_changes.raise_limit(
        tx,
        wallet.id,
        call.amount_nanos,
        until_at=until_at,
        key=actor.key,
        actor=actor.person.id,
    )
    running = next(x for x in read_budgets(tx, [wallet]) if x.limit.span == main.span)
    undo: ActionCall
    if temporary is None:
        undo = RestoreLimit(
            wallet_id=wallet.id,
            span=main.span,
            amount_nanos=main.amount_nanos or None,
            expected_nanos=main.amount_nanos + call.amount_nanos,
        )
    else:
        undo = EndRaise(wallet_id=wallet.id, raise_id=temporary.id, amount_nanos=call.amount_nanos)
    return BudgetRaised(
        wallet=wallet.name,
        amount_nanos=call.amount_nanos,
        limit_nanos=running.limit_nanos,
        until_on=call.until_on,
        span=main.span,
        undo=undo,
        topic=wallet.id,
    )


def preview_end_raise(call: EndRaise, tx: Tx, actor: Actor) -> Preview:
    """Show what is left without the raise."""
    require(actor.person, "request.decide", chain_ids(tx, call.wallet_id))
    running = running_budget(tx, call.wallet_id)
    return Preview(
        action=call.action,
        subject=running.wallet.name,
        before=running.limit_nanos,
        after=running.limit_nanos - call.amount_nanos,
        amount_nanos=call.amount_nanos,
        span=running.limit.span,
        used_nanos=running.used_nanos,
    )


def end_raise(call: EndRaise, tx: Tx, actor: Actor) -> Receipt:
    """End a temporary raise. Raises `Conflict` when it is over already."""
    require(actor.person, "request.decide", chain_ids(tx, call.wallet_id))
    limit_changes.end_raise(tx, call.raise_id, key=actor.key, actor=actor.person.id)
    return _restored(tx, call.wallet_id)


def preview_restore(call: RestoreLimit, tx: Tx, actor: Actor) -> Preview:
    """Show the limit as it was."""
    _require_restore(call, tx, actor)
    wallet = budgets.get_open_wallet(tx, call.wallet_id)
    return Preview(
        action=call.action,
        subject=wallet.name,
        before=call.expected_nanos,
        after=call.amount_nanos,
        span=call.span,
    )


def restore_limit(call: RestoreLimit, tx: Tx, actor: Actor) -> Receipt:
    """Set a limit back. Raises `Conflict` if somebody changed it since."""
    _require_restore(call, tx, actor)
    found = limit_changes.set_limit(
        tx, call.wallet_id, call.span, call.amount_nanos, key=actor.key, actor=actor.person.id
    )
    if found != call.expected_nanos:
        raise Conflict(f"limit of {call.wallet_id!r} was changed since")
    if found is None:
        ids = descendants(tx.wallets.list_all(), call.wallet_id)
        charge_earlier(tx, ids, call.span, key=actor.key, actor=actor.person.id)
    return _restored(tx, call.wallet_id, call.span)


def _restored(tx: Tx, wallet_id: WalletId, span: Span | None = None) -> LimitRestored:
    wallet = tx.wallets.get(wallet_id)
    running = [x for x in read_budgets(tx, [wallet]) if span in {None, x.limit.span}]
    return LimitRestored(
        wallet=wallet.name,
        limit_nanos=running[0].limit_nanos if running else None,
        span=running[0].limit.span if running else span or "month",
        topic=wallet_id,
    )


def _require_restore(call: RestoreLimit, tx: Tx, actor: Actor) -> None:
    # Whoever may decide raises may take their own back; setting limits is more than that.
    chain = chain_ids(tx, call.wallet_id)
    if not may(actor.person, "request.decide", chain):
        require(actor.person, "wallet.limit", chain)


def _refuse_past(until_on: date | None, tx: Tx) -> None:
    if until_on is not None and until_on < tx.now.astimezone(tx.zone).date():
        raise InvalidInput("until", "is past", example="until the end of the month")


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        RequestBudget,
        Tier.T3,
        "budget.request",
        request_budget,
        preview_request,
        examples={
            "en": ("ask for 200 more for design until the end of the month",),
            "es": ("pide 200 más para diseño hasta fin de mes",),
        },
    ),
    Action(
        RaiseBudget,
        Tier.T3,
        "budget.raise",
        raise_budget,
        preview_direct_raise,
        examples={
            "en": ("raise design's budget by 200",),
            "es": ("sube el presupuesto de diseño 200",),
        },
    ),
    Action(EndRaise, Tier.T3, "undo", end_raise, preview_end_raise, is_hidden=True),
    Action(
        RestoreLimit,
        Tier.T3,
        "undo",
        restore_limit,
        preview_restore,
        is_hidden=True,
    ),
)
