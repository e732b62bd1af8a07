"""Deciding about requests that wait for somebody.

The requester never decides, on no account of theirs; roles are read when it is decided; the
first decision wins, by the statement that makes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from bot.access import Permission
from bot.actions.admissions import admit_person, preview_admission
from bot.actions.asking import (
    AdmitPerson,
    MoveBudget,
    RaiseBudget,
    Reason,
    Requested,
    above_right,
    gainer_of,
    list_able,
    may_decide_on,
    parse_requested,
    reach_of,
    wallets_of,
)
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
from bot.actions.budget import BudgetRaised, apply_raise, preview_raise
from bot.actions.moves import BudgetMoved, apply_move, show_move
from bot.actions.people import PersonAdded
from bot.economy.periods import period_at
from bot.economy.quotas import Quota, add_to, admit
from bot.errors.kinds import InvalidInput, NotAllowed, NotFound, Refused
from bot.errors.talk import ProposalDecided, ProposalExpired, ProposalNotOpen
from bot.ids import PrincipalId, WalletId
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal


class ApproveRequest(ActionCall):
    """Approve a request, with another amount or wallet where one is given.

    `wallet_id` is for letting somebody in: whose member they become.
    """

    action: Literal["approve_request"] = "approve_request"
    ref: Ref
    amount_nanos: AmountNanos | None = None
    wallet_id: WalletId | None = None


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

    `source` is the wallet that gives, for a move. Where somebody asked to be let in, `account` is
    theirs, `wallet` whose member they became, and there is no amount. `code` and `facts` say why
    an approved one could not be done: then nothing moved.
    """

    ref: str
    how: Literal["approved", "failed", "rejected", "cancelled"]
    wallet: str | None
    amount_nanos: int | None
    asked_nanos: int | None
    until_on: date | None
    asked_by: str
    account: str | None = None
    decided_by: str
    decided_at: datetime
    source: str | None = None
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


def requested(request: Proposal, decision: ApproveRequest | None = None) -> Requested:
    """Return what a request asks for, with what its approver changed of it.

    Raises:
        InvalidInput: the change means nothing for it.
    """
    call = parse_requested(request.calls)
    if decision is None:
        return call
    is_joining = isinstance(call, AdmitPerson)
    if (decision.amount_nanos if is_joining else decision.wallet_id) is not None:
        raise InvalidInput("form", "not for this")
    given = {"wallet_id": decision.wallet_id, "amount_nanos": decision.amount_nanos}
    return call.model_copy(update={name: x for name, x in given.items() if x is not None})


def _require_decider(request: Proposal, tx: Tx, actor: Actor) -> None:
    call = requested(request)
    needed: Permission = "people.manage" if isinstance(call, AdmitPerson) else "request.decide"
    if request.requester_id == actor.person.id:
        raise NotAllowed(actor.person.id, needed, own=True, ref=request.ref)
    if not may_decide_on(actor.person, request.requester_id, call, tx):
        raise NotAllowed(actor.person.id, needed, ref=request.ref)


def _require_approver(wanted: Requested, request: Proposal, tx: Tx, actor: Actor) -> None:
    """Let through whose right reaches what is given, which may not be what was asked for."""
    _require_decider(request, tx, actor)
    if isinstance(wanted, AdmitPerson):
        return
    found = reach_of(tx, actor.person, "request.decide", *wallets_of(wanted))
    if not found.covers(wanted.amount_nanos):
        able = [person.name for person in list_able(tx, request.requester_id, wanted)]
        raise above_right(
            actor.person,
            "request.decide",
            found,
            wanted.amount_nanos,
            able,
            wallets_of(wanted)[-1],
        )


def preview_request_card(request: Proposal, tx: Tx, actor: Actor) -> Preview:
    """Show what approving a request would do, from the database's present values."""
    return _as_decision(requested(request), request, tx, actor)


def _as_decision(call: Requested, request: Proposal, tx: Tx, actor: Actor) -> Preview:
    asker = tx.people.get(request.requester_id)
    if isinstance(call, RaiseBudget):
        shown = preview_raise(call, tx, actor, wants_approval=False)
    elif isinstance(call, MoveBudget):
        shown = show_move(call, tx)
    else:
        shown = preview_admission(call, tx, actor)
    return replace(
        shown,
        action="approve_request",
        ref=request.ref,
        asked_by=asker.name,
        expires_at=request.expires_at,
    )


def preview_approve(call: ApproveRequest, tx: Tx, actor: Actor) -> Preview:
    """Show what an approval would do."""
    request = get_request(call.ref, tx)
    wanted = requested(request, call)
    _require_approver(wanted, request, tx, actor)
    return _as_decision(wanted, request, tx, actor)


def approve_request(call: ApproveRequest, tx: Tx, actor: Actor) -> Receipt:
    """Approve: the guarded step and the raise it stands for, in one transaction.

    Where the raise cannot be made any more (funds gone, wallet closed), the request has failed
    with that reason and nothing moved.

    Raises:
        NotAllowed: the asker may not decide it, or asked for it.
        AboveRight: they may not approve so much at a time.
        ProposalNotOpen: somebody decided before, or its time is over.
        QuotaExceeded: the approver has given as much this month as one person may.
    """
    request = get_request(call.ref, tx)
    wanted = requested(request, call)
    _require_approver(wanted, request, tx, actor)
    _count_approval(wanted, request, tx, actor)
    if not tx.proposals.decide(request, "confirmed", by=actor.person.id, outcome="approved"):
        raise refuse_not_open(request, tx)
    decided = _receipt(request, "approved", wanted, tx, actor, told=request.requester_id)
    try:
        with tx.savepoint():
            done = _apply(wanted, tx, actor)
    except Refused as refusal:
        tx.proposals.finish(request.id, "failed", refusal.code)
        _take_back_count(wanted, request, tx, actor)
        facts = dict(refusal.facts)
        if "wallet_id" in facts:
            facts["wallet"] = tx.wallets.get(WalletId(str(facts["wallet_id"]))).name
        return replace(decided, how="failed", code=refusal.code, facts=facts)
    tx.proposals.finish(request.id, "executed", "approved")
    if isinstance(done, PersonAdded):
        decided = replace(decided, asked_by=done.name)
    if isinstance(done, BudgetRaised):
        decided = replace(decided, limit_nanos=done.limit_nanos, span=done.span)
    return replace(decided, undo=done.undo)


def _apply(wanted: Requested, tx: Tx, actor: Actor) -> BudgetRaised | BudgetMoved | PersonAdded:
    if isinstance(wanted, RaiseBudget):
        return apply_raise(wanted, tx, actor)
    if isinstance(wanted, MoveBudget):
        return apply_move(wanted, tx, actor)
    return admit_person(wanted, tx, actor)


def _count_approval(wanted: Requested, request: Proposal, tx: Tx, actor: Actor) -> None:
    # Many small approvals are one large one: whoever may give so much a month gives no more.
    quota = _month_of(actor, tx)
    if quota is not None and not isinstance(wanted, AdmitPerson):
        admit(tx, quota, wanted.amount_nanos, key=f"approval:{request.id}")


def _take_back_count(wanted: Requested, request: Proposal, tx: Tx, actor: Actor) -> None:
    # Nothing was given.
    quota = _month_of(actor, tx)
    if quota is not None and not isinstance(wanted, AdmitPerson):
        key = f"approval:{request.id}:failed"
        add_to(tx, quota, wanted.amount_nanos, key=key, actor=actor.person.id)


def _month_of(actor: Actor, tx: Tx) -> Quota | None:
    """Return what an approver may give in this month, None where nothing bounds it."""
    if actor.month_cap_nanos is None:
        return None
    month = period_at("month", tx.now, tx.zone)
    return Quota(f"approvals:{actor.person.id}", "nusd", month, actor.month_cap_nanos)


def preview_reject(call: RejectRequest, tx: Tx, actor: Actor) -> Preview:
    """Show what is rejected."""
    request = get_request(call.ref, tx)
    _require_decider(request, tx, actor)
    return _ending(call.action, request, tx, actor, call.reason)


def reject_request(call: RejectRequest, tx: Tx, actor: Actor) -> Receipt:
    """Reject, once. Raises as `approve_request` does."""
    request = get_request(call.ref, tx)
    _require_decider(request, tx, actor)
    return _end(request, "rejected", call.reason, tx, actor, told=request.requester_id)


def preview_cancel(call: CancelRequest, tx: Tx, actor: Actor) -> Preview:
    """Show what is taken back."""
    request = get_request(call.ref, tx)
    _require_own(request, actor)
    return _ending(call.action, request, tx, actor, None)


def cancel_request(call: CancelRequest, tx: Tx, actor: Actor) -> Receipt:
    """Take back a request of one's own, once. Raises `NotAllowed` for another's."""
    request = get_request(call.ref, tx)
    _require_own(request, actor)
    return _end(request, "cancelled", None, tx, actor, told=None)


def _require_own(request: Proposal, actor: Actor) -> None:
    if request.requester_id != actor.person.id:
        raise NotAllowed(actor.person.id, "request.cancel", ref=request.ref)


def _ending(action: str, request: Proposal, tx: Tx, actor: Actor, reason: str | None) -> Preview:
    call = requested(request)
    asker = tx.people.get(request.requester_id)
    if isinstance(call, AdmitPerson):
        shown = preview_admission(call, tx, actor)
    else:
        shown = Preview(
            action=action,
            subject=_gainer(call, tx) or "",
            amount_nanos=call.amount_nanos,
            until_on=call.until_on if isinstance(call, RaiseBudget) else None,
        )
    return replace(shown, action=action, ref=request.ref, asked_by=asker.name, reason=reason)


def _end(
    request: Proposal,
    how: Literal["rejected", "cancelled"],
    reason: str | None,
    tx: Tx,
    actor: Actor,
    *,
    told: PrincipalId | None,
) -> Receipt:
    if not tx.proposals.decide(request, "discarded", by=actor.person.id, outcome=how, note=reason):
        raise refuse_not_open(request, tx)
    call = requested(request)
    return replace(_receipt(request, how, call, tx, actor, told=told), reason=reason)


def _receipt(
    request: Proposal,
    how: Literal["approved", "rejected", "cancelled"],
    wanted: Requested,
    tx: Tx,
    actor: Actor,
    *,
    told: PrincipalId | None,
) -> RequestDecided:
    asker, asked = tx.people.get(request.requester_id), requested(request)
    account = None
    if isinstance(wanted, AdmitPerson):
        account = preview_admission(wanted, tx, actor).account
    return RequestDecided(
        ref=request.ref,
        how=how,
        wallet=_gainer(wanted, tx),
        source=_giver(wanted, tx),
        amount_nanos=_amount(wanted),
        asked_nanos=_amount(asked),
        until_on=wanted.until_on if isinstance(wanted, RaiseBudget) else None,
        asked_by=asker.name,
        account=account,
        decided_by=actor.person.name,
        decided_at=tx.now,
        redraws=request.id,
        notices=() if told is None else (Notice(to=told),),
        topic=gainer_of(wanted),
    )


def _amount(call: Requested) -> int | None:
    return None if isinstance(call, AdmitPerson) else call.amount_nanos


def _gainer(call: Requested, tx: Tx) -> str | None:
    wallet_id = gainer_of(call)
    return None if wallet_id is None else tx.wallets.get(wallet_id).name


def _giver(call: Requested, tx: Tx) -> str | None:
    if isinstance(call, MoveBudget):
        return tx.wallets.get(call.from_wallet_id).name
    return None


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ApproveRequest,
        Tier.T3,
        "request.answer",
        approve_request,
        preview_approve,
        examples={"en": ("approve 7K2M",), "es": ("aprueba 7K2M",)},
    ),
    Action(
        RejectRequest,
        Tier.T3,
        "request.answer",
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
