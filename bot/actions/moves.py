"""Moving unspent budget from one wallet to another, and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.access import Principal, Reach, require
from bot.actions.asking import (
    MoveBudget,
    approvers,
    chain_ids,
    reach_of,
    running_budget,
    send_request,
)
from bot.actions.base import Action, ActionCall, AmountNanos, Preview, Receipt, Tier
from bot.economy import budgets, limit_changes
from bot.economy.budgets import list_budgets
from bot.economy.periods import period_at
from bot.errors.kinds import Conflict, InvalidInput
from bot.ids import WalletId
from bot.ports import Actor, Tx


class MoveBack(ActionCall):
    """Move budget back, in the period in which it was moved."""

    action: Literal["move_back"] = "move_back"
    from_wallet_id: WalletId
    to_wallet_id: WalletId
    amount_nanos: AmountNanos
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetMoved(Receipt):
    """Budget went from one wallet to another; what each has free now."""

    source: str
    target: str
    amount_nanos: int
    source_free_nanos: int
    target_free_nanos: int


def preview_move(call: MoveBudget, tx: Tx, actor: Actor) -> Preview:
    """Show what both wallets would have, and who decides where the asker may not."""
    decides: list[Principal] = []
    own = _own_reach(call, actor.person, tx)
    if not own.covers(call.amount_nanos):
        require(actor.person, "budget.request", chain_ids(tx, call.to_wallet_id))
        decides = approvers(tx, actor.person, call)
    return replace(
        show_move(call, tx),
        decides=tuple(person.name for person in decides),
        own_nanos=(own.most_nanos or None) if decides else None,
    )


def show_move(call: MoveBudget, tx: Tx) -> Preview:
    """Show what a move would change, whoever asks."""
    if call.from_wallet_id == call.to_wallet_id:
        raise InvalidInput("wallet", "same on both sides", example="from Data to Design")
    source = running_budget(tx, call.from_wallet_id)
    target = budgets.get_open_wallet(tx, call.to_wallet_id)
    if not any(x.limit.span == source.limit.span for x in list_budgets(tx, [target])):
        raise InvalidInput(
            "wallet", f"target has no {source.limit.span} limit", example="set a limit first"
        )
    budgets.check_free(source, call.amount_nanos)
    return Preview(
        action=call.action,
        subject=source.wallet.name,
        target=target.name,
        before=source.limit_nanos,
        after=source.limit_nanos - call.amount_nanos,
        amount_nanos=call.amount_nanos,
        span=source.limit.span,
        used_nanos=source.used_nanos,
        reason=call.reason,
    )


def move_budget(call: MoveBudget, tx: Tx, actor: Actor) -> Receipt:
    """Move unspent budget of the running period; ask somebody where the asker may not so much.

    Raises:
        InsufficientFunds: the source has less free; nothing moved.
    """
    if _own_reach(call, actor.person, tx).covers(call.amount_nanos):
        return apply_move(call, tx, actor)
    require(actor.person, "budget.request", chain_ids(tx, call.to_wallet_id))
    show_move(call, tx)
    return send_request(call, tx, actor)


def apply_move(call: MoveBudget, tx: Tx, actor: Actor) -> BudgetMoved:
    """Move budget for somebody whose right to do so was checked."""
    period = limit_changes.move_budget(
        tx,
        call.from_wallet_id,
        call.to_wallet_id,
        call.amount_nanos,
        key=actor.key,
        actor=actor.person.id,
    )
    source, target = running_budget(tx, call.from_wallet_id), running_budget(tx, call.to_wallet_id)
    return BudgetMoved(
        source=source.wallet.name,
        target=target.wallet.name,
        amount_nanos=call.amount_nanos,
        source_free_nanos=source.free_nanos,
        target_free_nanos=target.free_nanos,
        undo=MoveBack(
            from_wallet_id=call.to_wallet_id,
            to_wallet_id=call.from_wallet_id,
            amount_nanos=call.amount_nanos,
            period=period.key,
        ),
        topic=call.to_wallet_id,
    )


def preview_move_back(call: MoveBack, tx: Tx, actor: Actor) -> Preview:
    """Show a move the other way round."""
    _require_move(call, tx, actor)
    return show_move(_as_move(call), tx)


def move_back(call: MoveBack, tx: Tx, actor: Actor) -> Receipt:
    """Move budget back while the period lasts. Raises `Conflict` afterwards."""
    _require_move(call, tx, actor)
    return apply_move(_as_move(call), tx, actor)


def _own_reach(call: MoveBudget, person: Principal, tx: Tx) -> Reach:
    # Both sides: a lead may not reach into another team's budget, nor push into it.
    return reach_of(tx, person, "budget.move", call.from_wallet_id, call.to_wallet_id)


def _require_move(call: MoveBack, tx: Tx, actor: Actor) -> None:
    for wallet_id in (call.from_wallet_id, call.to_wallet_id):
        require(actor.person, "budget.move", chain_ids(tx, wallet_id))
    _refuse_other_period(call, tx)


def _refuse_other_period(call: MoveBack, tx: Tx) -> None:
    span = budgets.main_limit(tx, call.to_wallet_id).span
    if period_at(span, tx.now, tx.zone).key != call.period:
        raise Conflict("the period in which it was moved is over")


def _as_move(call: MoveBack) -> MoveBudget:
    return MoveBudget(
        from_wallet_id=call.from_wallet_id,
        to_wallet_id=call.to_wallet_id,
        amount_nanos=call.amount_nanos,
    )


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        MoveBudget,
        Tier.T3,
        # Whoever may only ask has it decided by somebody who may move.
        "budget.request",
        move_budget,
        preview_move,
        examples={"en": ("move 100 from data to design",), "es": ("mueve 100 de datos a diseño",)},
    ),
    Action(MoveBack, Tier.T3, "undo", move_back, preview_move_back, is_hidden=True),
)
