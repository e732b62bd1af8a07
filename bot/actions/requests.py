"""Deciding about requests that wait for somebody.

The requester never decides, on no account of theirs; roles are read when it is decided; the
first decision wins, by the statement that makes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from bot.access import require
from bot.actions.base import (
    Action,
    ActionCall,
    AmountNanos,
    Notice,
    Preview,
    Receipt,
    Ref,
    Tier,
)
from bot.actions.budget import RaiseBudget, Reason, apply_raise, chain_ids, preview_raise
from bot.errors import (
    NotAllowed,
    NotFound,
    ProposalDecided,
    ProposalExpired,
    ProposalNotOpen,
    Refused,
)
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal


class ApproveRequest(ActionCall):
    """Approve a request, with another amount where `amount_nanos` is given."""

    action: Literal["approve_request"] = "approve_request"
    ref: Ref
    amount_nanos: AmountNanos | None = None


class RejectRequest(ActionCall):
    """Reject a request, with a reason for the one who asked."""

    action: Literal["reject_request"] = "reject_request"
    ref: Ref
    reason: Reason | None = None


class CancelRequest(ActionCall):
    """Take back a request of one's own."""

    action: Literal["cancel_request"] = "cancel_request"
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDecided(Receipt):
    """A request was decided. `how` is approved, failed, rejected or cancelled.

    `code` and `facts` say why an approved one could not be done: then nothing moved.
    """

    ref: str
    how: Literal["approved", "failed", "rejected", "cancelled"]
    wallet: str
    amount_nanos: int
    asked_nanos: int
    until_on: date | None
    asked_by: str
    decided_by: str
    decided_at: datetime
    limit_nanos: int | None = None
    span: str = "month"
    reason: str | None = None
    code: str | None = None
    facts: dict[str, object] | None = None


def refuse_not_open(proposal: Proposal, tx: Tx) -> ProposalNotOpen:
    """Return why a proposal cannot be decided any more: who did, and when, or its end."""
    current = tx.proposals.find(proposal.id) or proposal
    if current.state == "pending" and not tx.proposals.is_expired(proposal.id):
        return ProposalNotOpen(current.ref, state=current.state)
    if current.state in {"expired", "pending"}:
        return ProposalExpired(current.ref, expires_at=current.expires_at)
    by = current.decided_by
    return ProposalDecided(
        current.ref,
        state=current.state,
        outcome=current.outcome,
        by=None if by is None else tx.people.get(by).name,
        at=current.decided_at,
    )


def get_request(ref: str, tx: Tx) -> Proposal:
    """Return a request that still waits. Raises `NotFound` or why it is not open."""
    request = tx.proposals.find_request(ref)
    if request is None:
        raise NotFound("request", ref)
    if request.state != "pending" or tx.proposals.is_expired(request.id):
        raise refuse_not_open(request, tx)
    return request


def raise_of(request: Proposal, amount_nanos: int | None = None) -> RaiseBudget:
    """Return what a request asks for, with the approver's amount where there is one."""
    call = RaiseBudget.model_validate_json(request.calls)
    return call if amount_nanos is None else call.model_copy(update={"amount_nanos": amount_nanos})


def _require_decider(request: Proposal, tx: Tx, actor: Actor) -> None:
    call = raise_of(request)
    if request.requester_id == actor.person.id:
        raise NotAllowed(actor.person.id, "request.decide", own=True, ref=request.ref)
    require(actor.person, "request.decide", chain_ids(tx, call.wallet_id))


def preview_request_card(request: Proposal, tx: Tx, actor: Actor) -> Preview:
    """Show what approving a request would do, from the database's present values."""
    call = raise_of(request)
    return _as_decision(preview_raise(call, tx, actor, wants_approval=False), request, tx)


def _as_decision(shown: Preview, request: Proposal, tx: Tx) -> Preview:
    return replace(
        shown,
        action="approve_request",
        ref=request.ref,
        asked_by=tx.people.get(request.requester_id).name,
        expires_at=request.expires_at,
    )


def preview_approve(call: ApproveRequest, tx: Tx, actor: Actor) -> Preview:
    """Show what an approval would do."""
    request = get_request(call.ref, tx)
    _require_decider(request, tx, actor)
    raising = raise_of(request, call.amount_nanos)
    return _as_decision(preview_raise(raising, tx, actor, wants_approval=False), request, tx)


def approve_request(call: ApproveRequest, tx: Tx, actor: Actor) -> Receipt:
    """Approve: the guarded step and the raise it stands for, in one transaction.

    Where the raise cannot be made any more (funds gone, wallet closed), the request has failed
    with that reason and nothing moved.

    Raises:
        NotAllowed: the asker may not decide it, or asked for it.
        ProposalNotOpen: somebody decided before, or its time is over.
    """
    request = get_request(call.ref, tx)
    _require_decider(request, tx, actor)
    if not tx.proposals.decide(request, "confirmed", by=actor.person.id, outcome="approved"):
        raise refuse_not_open(request, tx)
    raising = raise_of(request, call.amount_nanos)
    asked = raise_of(request).amount_nanos
    requester = tx.people.get(request.requester_id)
    common = {
        "ref": request.ref,
        "amount_nanos": raising.amount_nanos,
        "asked_nanos": asked,
        "until_on": raising.until_on,
        "asked_by": requester.name,
        "decided_by": actor.person.name,
        "decided_at": tx.now,
        "redraws": request.id,
        "notices": (Notice(to=requester.id),),
        "topic": raising.wallet_id,
    }
    try:
        with tx.savepoint():
            done = apply_raise(raising, tx, actor)
    except Refused as refusal:
        tx.proposals.finish(request.id, "failed", refusal.code)
        return RequestDecided(
            how="failed",
            wallet=tx.wallets.get(raising.wallet_id).name,
            code=refusal.code,
            facts=dict(refusal.facts),
            **_any(common),
        )
    tx.proposals.finish(request.id, "executed", "approved")
    return RequestDecided(
        how="approved",
        wallet=done.wallet,
        limit_nanos=done.limit_nanos,
        span=done.span,
        undo=done.undo,
        **_any(common),
    )


def _any(values: dict[str, object]) -> dict[str, Any]:
    return values  # Any: the fields of a receipt, which differ in type


def preview_reject(call: RejectRequest, tx: Tx, actor: Actor) -> Preview:
    """Show what is rejected."""
    request = get_request(call.ref, tx)
    _require_decider(request, tx, actor)
    return _ending(call.action, request, tx, call.reason)


def reject_request(call: RejectRequest, tx: Tx, actor: Actor) -> Receipt:
    """Reject, once. Raises as `approve_request` does."""
    request = get_request(call.ref, tx)
    _require_decider(request, tx, actor)
    return _end(request, "rejected", call.reason, tx, actor, told=request.requester_id)


def preview_cancel(call: CancelRequest, tx: Tx, actor: Actor) -> Preview:
    """Show what is taken back."""
    request = get_request(call.ref, tx)
    _require_own(request, actor)
    return _ending(call.action, request, tx, None)


def cancel_request(call: CancelRequest, tx: Tx, actor: Actor) -> Receipt:
    """Take back a request of one's own, once. Raises `NotAllowed` for another's."""
    request = get_request(call.ref, tx)
    _require_own(request, actor)
    return _end(request, "cancelled", None, tx, actor, told=None)


def _require_own(request: Proposal, actor: Actor) -> None:
    if request.requester_id != actor.person.id:
        raise NotAllowed(actor.person.id, "request.cancel", ref=request.ref)


def _ending(action: str, request: Proposal, tx: Tx, reason: str | None) -> Preview:
    call = raise_of(request)
    return Preview(
        action=action,
        subject=tx.wallets.get(call.wallet_id).name,
        amount_nanos=call.amount_nanos,
        until_on=call.until_on,
        ref=request.ref,
        asked_by=tx.people.get(request.requester_id).name,
        reason=reason,
    )


def _end(
    request: Proposal,
    how: Literal["rejected", "cancelled"],
    reason: str | None,
    tx: Tx,
    actor: Actor,
    *,
    told: Any,  # Any: a principal's id or None
) -> Receipt:
    if not tx.proposals.decide(request, "discarded", by=actor.person.id, outcome=how, note=reason):
        raise refuse_not_open(request, tx)
    call = raise_of(request)
    return RequestDecided(
        ref=request.ref,
        how=how,
        wallet=tx.wallets.get(call.wallet_id).name,
        amount_nanos=call.amount_nanos,
        asked_nanos=call.amount_nanos,
        until_on=call.until_on,
        asked_by=tx.people.get(request.requester_id).name,
        decided_by=actor.person.name,
        decided_at=tx.now,
        reason=reason,
        redraws=request.id,
        notices=() if told is None else (Notice(to=told),),
        topic=call.wallet_id,
    )


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ApproveRequest,
        Tier.T3,
        "request.decide",
        approve_request,
        preview_approve,
        moves_money=True,
        examples={"en": ("approve 7K2M",), "es": ("aprueba 7K2M",)},
    ),
    Action(
        RejectRequest,
        Tier.T3,
        "request.decide",
        reject_request,
        preview_reject,
        examples={
            "en": ("reject 7K2M, too much",),
            "es": ("rechaza 7K2M, es demasiado",),
        },
    ),
    Action(
        CancelRequest,
        Tier.T2,
        "request.cancel",
        cancel_request,
        preview_cancel,
        examples={"en": ("cancel my request 7K2M",), "es": ("cancela mi solicitud 7K2M",)},
    ),
)
