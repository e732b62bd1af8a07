"""Asking for budget, raising it, moving it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from bot.access import Principal, list_approvers, may, may_decide, require
from bot.actions.base import (
    Action,
    ActionCall,
    AmountNanos,
    Notice,
    Preview,
    Receipt,
    Tier,
)
from bot.economy import budgets
from bot.economy.budgets import Budget, list_budgets
from bot.economy.periods import Span, period_at, start_of_day
from bot.economy.wallets import Wallet
from bot.errors import Conflict, InvalidInput, NotAllowed
from bot.ids import PrincipalId, ProposalId, WalletId, new_id
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal
from bot.reports.balance import descendants, forecast

Reason = Annotated[str, Field(max_length=300)]


class RequestBudget(ActionCall):
    """Ask for more budget: for good, or until the end of a day when `until_on` is given."""

    action: Literal["request_budget"] = "request_budget"
    wallet_id: WalletId
    amount_nanos: AmountNanos
    until_on: date | None = None
    reason: Reason | None = None


class RaiseBudget(ActionCall):
    """Give a wallet more budget at once: for good, or until the end of a day."""

    action: Literal["raise_budget"] = "raise_budget"
    wallet_id: WalletId
    amount_nanos: AmountNanos
    until_on: date | None = None
    reason: Reason | None = None


class MoveBudget(ActionCall):
    """Move unspent budget of the present period from one wallet to another."""

    action: Literal["move_budget"] = "move_budget"
    from_wallet_id: WalletId
    to_wallet_id: WalletId
    amount_nanos: AmountNanos
    reason: Reason | None = None


class EndRaise(ActionCall):
    """End a temporary raise before its time: the inverse of one."""

    action: Literal["end_raise"] = "end_raise"
    wallet_id: WalletId
    raise_id: str
    amount_nanos: AmountNanos


class MoveBack(ActionCall):
    """Move budget back, in the period in which it was moved."""

    action: Literal["move_back"] = "move_back"
    from_wallet_id: WalletId
    to_wallet_id: WalletId
    amount_nanos: AmountNanos
    period: str


class RestoreLimit(ActionCall):
    """Set a limit to what it was, if nobody has changed it since."""

    action: Literal["restore_limit"] = "restore_limit"
    wallet_id: WalletId
    span: Span
    amount_nanos: AmountNanos | None
    expected_nanos: AmountNanos | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSent(Receipt):
    """A request waits for somebody. `approver` is the first who may decide."""

    ref: str
    approver: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRaised(Receipt):
    """A wallet may spend more. `raise_id` is set where the raise ends by itself."""

    wallet: str
    amount_nanos: int
    limit_nanos: int
    until_on: date | None
    span: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetMoved(Receipt):
    """Budget went from one wallet to another; what each has free now."""

    source: str
    target: str
    amount_nanos: int
    source_free_nanos: int
    target_free_nanos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRestored(Receipt):
    """A limit, a raise or a move was taken back; the wallet's limit now, None for none."""

    wallet: str
    limit_nanos: int | None
    span: str


def chain_ids(tx: Tx, wallet_id: WalletId) -> list[WalletId]:
    """Return a wallet and its ancestors, as permissions are asked for."""
    return [wallet.id for wallet in tx.wallets.chain(wallet_id)]


def may_raise(person: Principal, tx: Tx, wallet_id: WalletId) -> bool:
    """Tell whether a person's own yes raises a wallet's budget."""
    return may(person, "budget.raise", chain_ids(tx, wallet_id))


Requested = RaiseBudget | MoveBudget
_REQUESTED: TypeAdapter[Requested] = TypeAdapter(
    Annotated[Requested, Field(discriminator="action")]
)


def parse_requested(text: str) -> Requested:
    """Read what a stored request asks for, and check it again."""
    return _REQUESTED.validate_json(text)


def wallets_of(call: Requested) -> tuple[WalletId, ...]:
    """Return the wallets that a request is about, the one that gains last."""
    if isinstance(call, RaiseBudget):
        return (call.wallet_id,)
    return call.from_wallet_id, call.to_wallet_id


def may_decide_on(person: Principal, requester_id: PrincipalId, call: Requested, tx: Tx) -> bool:
    """Tell whether a person may decide a request: of every wallet in it, and never their own."""
    return all(
        may_decide(person, requester_id, chain_ids(tx, wallet_id))
        for wallet_id in wallets_of(call)
    )


def approvers(tx: Tx, requester: Principal, call: Requested) -> list[Principal]:
    """Return who may decide a person's request, nearest first.

    Raises:
        NotAllowed: nobody but the asker could decide it.
    """
    wallet_ids = wallets_of(call)
    nearest = list_approvers(tx.people.list_all(), requester.id, chain_ids(tx, wallet_ids[-1]))
    found = [person for person in nearest if may_decide_on(person, requester.id, call, tx)]
    if not found:
        raise NotAllowed(requester.id, "request.decide", wallet_id=wallet_ids[-1], nobody=True)
    return found


def preview_raise(
    call: RequestBudget | RaiseBudget, tx: Tx, actor: Actor, *, wants_approval: bool
) -> Preview:
    """Show what a raise would change and who pays, for an asker or an approver."""
    wallet = budgets.get_open_wallet(tx, call.wallet_id)
    _refuse_past(call.until_on, tx)
    main = budgets.main_limit(tx, wallet.id)
    running = next(x for x in list_budgets(tx, [wallet]) if x.limit.span == main.span)
    payer = _payer(tx, wallet)
    budgets.check_above(tx, wallet.id, call.amount_nanos)
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
        span=main.span,
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
    direct = may_raise(actor.person, tx, call.wallet_id)
    return preview_raise(call, tx, actor, wants_approval=not direct)


def request_budget(call: RequestBudget, tx: Tx, actor: Actor) -> Receipt:
    """Send a request to those who may decide it; raise at once for one who may.

    Raises:
        NotAllowed: the asker may not ask, or nobody else could decide.
        InsufficientFunds: a wallet above could not pay for it; nothing was sent.
    """
    require(actor.person, "budget.request", chain_ids(tx, call.wallet_id))
    raising = _as_raise(call)
    if may_raise(actor.person, tx, call.wallet_id):
        return raise_budget(raising, tx, actor)
    preview_raise(call, tx, actor, wants_approval=True)
    return _send(raising, tx, actor)


def _as_raise(call: RequestBudget | RaiseBudget) -> RaiseBudget:
    return RaiseBudget(
        wallet_id=call.wallet_id,
        amount_nanos=call.amount_nanos,
        until_on=call.until_on,
        reason=call.reason,
    )


def _send(call: Requested, tx: Tx, actor: Actor) -> RequestSent:
    """Keep a request under its draft's reference and show it to the nearest who may decide."""
    draft = tx.proposals.find(actor.proposal_id) if actor.proposal_id else None
    if draft is None:
        raise LookupError("a request comes out of a draft")
    first = approvers(tx, actor.person, call)[0]
    request = Proposal(
        id=ProposalId(new_id()),
        kind="request",
        ref=draft.ref,
        conversation_id=draft.conversation_id,
        requester_id=actor.person.id,
        calls=call.model_dump_json(),
        tier=Tier.T3,
        state="pending",
        version=1,
        preview="{}",
        created_at=tx.now,
        expires_at=tx.now + actor.request_life,
    )
    tx.proposals.add(request)
    # Whoever else may decide is found by the reminder, or finds it by asking.
    return RequestSent(
        ref=request.ref,
        approver=first.name,
        expires_at=request.expires_at,
        notices=(Notice(to=first.id, card_of=request.id),),
        topic=wallets_of(call)[-1],
    )


def preview_direct_raise(call: RaiseBudget, tx: Tx, actor: Actor) -> Preview:
    """Show a raise before it is made."""
    require(actor.person, "budget.raise", chain_ids(tx, call.wallet_id))
    return preview_raise(call, tx, actor, wants_approval=False)


def raise_budget(call: RaiseBudget, tx: Tx, actor: Actor) -> Receipt:
    """Raise a wallet's main limit now. Safe to repeat: the ledger keeps one entry a key.

    Raises:
        InsufficientFunds: a wallet above could not pay for it; nothing was raised.
    """
    require(actor.person, "budget.raise", chain_ids(tx, call.wallet_id))
    return apply_raise(call, tx, actor)


def apply_raise(call: RaiseBudget, tx: Tx, actor: Actor) -> BudgetRaised:
    """Raise a limit for somebody whose right to do so was checked."""
    _refuse_past(call.until_on, tx)
    wallet = budgets.get_open_wallet(tx, call.wallet_id)
    main = budgets.main_limit(tx, wallet.id)
    until_at = None
    if call.until_on is not None:
        until_at = start_of_day(call.until_on + timedelta(days=1), tx.zone)
    temporary = budgets.raise_limit(
        tx,
        wallet.id,
        call.amount_nanos,
        until_at=until_at,
        key=actor.key,
        actor=actor.person.id,
    )
    running = next(x for x in list_budgets(tx, [wallet]) if x.limit.span == main.span)
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


def preview_move(call: MoveBudget, tx: Tx, actor: Actor) -> Preview:
    """Show what both wallets would have, and who decides where the asker may not."""
    decides: list[Principal] = []
    if not _may_move(call, actor.person, tx):
        require(actor.person, "budget.request", chain_ids(tx, call.to_wallet_id))
        decides = approvers(tx, actor.person, call)
    return replace(show_move(call, tx), decides=tuple(person.name for person in decides))


def show_move(call: MoveBudget, tx: Tx) -> Preview:
    """Show what a move would change, whoever asks."""
    if call.from_wallet_id == call.to_wallet_id:
        raise InvalidInput("wallet", "same on both sides", example="from Data to Design")
    source = _running(tx, call.from_wallet_id)
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
    """Move unspent budget of the running period; ask somebody where the asker may not.

    Raises:
        InsufficientFunds: the source has less free; nothing moved.
    """
    if _may_move(call, actor.person, tx):
        return apply_move(call, tx, actor)
    require(actor.person, "budget.request", chain_ids(tx, call.to_wallet_id))
    show_move(call, tx)
    return _send(call, tx, actor)


def apply_move(call: MoveBudget, tx: Tx, actor: Actor) -> BudgetMoved:
    """Move budget for somebody whose right to do so was checked."""
    period = budgets.move_budget(
        tx,
        call.from_wallet_id,
        call.to_wallet_id,
        call.amount_nanos,
        key=actor.key,
        actor=actor.person.id,
    )
    source, target = _running(tx, call.from_wallet_id), _running(tx, call.to_wallet_id)
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


def preview_end_raise(call: EndRaise, tx: Tx, actor: Actor) -> Preview:
    """Show what is left without the raise."""
    require(actor.person, "request.decide", chain_ids(tx, call.wallet_id))
    running = _running(tx, call.wallet_id)
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
    budgets.end_raise(tx, call.raise_id, key=actor.key, actor=actor.person.id)
    return _restored(tx, call.wallet_id)


def preview_move_back(call: MoveBack, tx: Tx, actor: Actor) -> Preview:
    """Show a move the other way round."""
    _require_move(call, tx, actor)
    return show_move(_as_move(call), tx)


def move_back(call: MoveBack, tx: Tx, actor: Actor) -> Receipt:
    """Move budget back while the period lasts. Raises `Conflict` afterwards."""
    _require_move(call, tx, actor)
    return apply_move(_as_move(call), tx, actor)


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
    limits = {x.span: x.amount_nanos for x in tx.wallets.list_limits([call.wallet_id])}
    if limits.get(call.span) != call.expected_nanos:
        raise Conflict(f"limit of {call.wallet_id!r} was changed since")
    budgets.set_limit(
        tx, call.wallet_id, call.span, call.amount_nanos, key=actor.key, actor=actor.person.id
    )
    return _restored(tx, call.wallet_id, call.span)


def _restored(tx: Tx, wallet_id: WalletId, span: Span | None = None) -> LimitRestored:
    wallet = tx.wallets.get(wallet_id)
    running = [x for x in list_budgets(tx, [wallet]) if span in {None, x.limit.span}]
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


def _may_move(call: MoveBudget, person: Principal, tx: Tx) -> bool:
    # Both sides: a lead may not reach into another team's budget, nor push into it.
    return all(
        may(person, "budget.move", chain_ids(tx, wallet_id))
        for wallet_id in (call.from_wallet_id, call.to_wallet_id)
    )


def _require_move(call: MoveBack, tx: Tx, actor: Actor) -> None:
    for wallet_id in (call.from_wallet_id, call.to_wallet_id):
        require(actor.person, "budget.move", chain_ids(tx, wallet_id))
    _refuse_other_period(call, tx)


def _running(tx: Tx, wallet_id: WalletId) -> Budget:
    wallet = budgets.get_open_wallet(tx, wallet_id)
    main = budgets.main_limit(tx, wallet_id)
    return next(x for x in list_budgets(tx, [wallet]) if x.limit.span == main.span)


def _payer(tx: Tx, wallet: Wallet) -> Budget | None:
    above = list_budgets(tx, tx.wallets.chain(wallet.id)[1:])
    return min(above, key=lambda budget: budget.free_nanos, default=None)


def _refuse_past(until_on: date | None, tx: Tx) -> None:
    if until_on is not None and until_on < tx.now.astimezone(tx.zone).date():
        raise InvalidInput("until", "is past", example="until the end of the month")


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
        RequestBudget,
        Tier.T3,
        "budget.request",
        request_budget,
        preview_request,
        moves_money=True,
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
        moves_money=True,
        examples={
            "en": ("raise design's budget by 200",),
            "es": ("sube el presupuesto de diseño 200",),
        },
    ),
    Action(
        MoveBudget,
        Tier.T3,
        # Whoever may only ask has it decided by somebody who may move.
        "budget.request",
        move_budget,
        preview_move,
        moves_money=True,
        examples={"en": ("move 100 from data to design",), "es": ("mueve 100 de datos a diseño",)},
    ),
    Action(
        EndRaise, Tier.T3, "undo", end_raise, preview_end_raise, moves_money=True, is_hidden=True
    ),
    Action(
        MoveBack, Tier.T3, "undo", move_back, preview_move_back, moves_money=True, is_hidden=True
    ),
    Action(
        RestoreLimit,
        Tier.T3,
        "undo",
        restore_limit,
        preview_restore,
        moves_money=True,
        is_hidden=True,
    ),
)
