"""Approving what somebody asked for: the guarded step and what it stands for, in one commit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from bot.actions.admissions import admit_person, preview_admission
from bot.actions.asking import (
    AdmitPerson,
    MoveBudget,
    RaiseBudget,
    Requested,
    above_right,
    list_able,
    reach_of,
    wallets_of,
)
from bot.actions.base import Action, ActionCall, AmountNanos, Preview, Receipt, Ref, Tier
from bot.actions.budget import BudgetRaised, apply_raise, preview_raise
from bot.actions.moves import BudgetMoved, apply_move, show_move
from bot.actions.people import PersonAdded
from bot.actions.requests import (
    decided_receipt,
    get_request,
    refuse_not_open,
    requested,
    require_decider,
)
from bot.economy.periods import period_at
from bot.economy.quotas import Quota, add_to, admit
from bot.errors.kinds import InvalidInput, Refused
from bot.ids import WalletId
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


def _changed(request: Proposal, decision: ApproveRequest) -> Requested:
    """Return what a request asks for, with what its approver changed of it.

    Raises:
        InvalidInput: the change means nothing for it.
    """
    call = requested(request)
    is_joining = isinstance(call, AdmitPerson)
    if (decision.amount_nanos if is_joining else decision.wallet_id) is not None:
        raise InvalidInput("form", "not for this")
    given = {"wallet_id": decision.wallet_id, "amount_nanos": decision.amount_nanos}
    return call.model_copy(update={name: x for name, x in given.items() if x is not None})


def _require_approver(wanted: Requested, request: Proposal, tx: Tx, actor: Actor) -> None:
    """Let through whose right reaches what is given, which may not be what was asked for."""
    require_decider(request, tx, actor)
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
    wanted = _changed(request, call)
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
    wanted = _changed(request, call)
    _require_approver(wanted, request, tx, actor)
    _count_approval(wanted, request, tx, actor)
    if not tx.proposals.decide(request, "confirmed", by=actor.person.id, outcome="approved"):
        raise refuse_not_open(request, tx)
    decided = decided_receipt(request, "approved", wanted, tx, actor, told=request.requester_id)
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


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ApproveRequest,
        Tier.T3,
        "request.answer",
        approve_request,
        preview_approve,
        examples={"en": ("approve 7K2M",), "es": ("aprueba 7K2M",)},
    ),
)
