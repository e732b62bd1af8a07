"""Requests that wait for somebody: what they ask for, and how they end without being granted.

The requester never decides, on no account of theirs; roles are read when it is decided; the
first decision wins, by the statement that makes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from bot.access import Permission
from bot.actions.admissions import preview_admission
from bot.actions.asking import (
    AdmitPerson,
    MoveBudget,
    RaiseBudget,
    Reason,
    Requested,
    gainer_of,
    may_decide_on,
    parse_requested,
)
from bot.actions.base import (
    Action,
    ActionCall,
    Notice,
    Preview,
    Receipt,
    Ref,
    Tier,
)
from bot.errors.kinds import NotAllowed, NotFound
from bot.errors.talk import ProposalDecided, ProposalExpired, ProposalNotOpen
from bot.ids import PrincipalId
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal


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


def requested(request: Proposal) -> Requested:
    """Return what a request asks for."""
    return parse_requested(request.calls)


def require_decider(request: Proposal, tx: Tx, actor: Actor) -> None:
    """Let through who may decide a request at all.

    Raises:
        NotAllowed: the asker may not, or asked for it.
    """
    call = requested(request)
    needed: Permission = "people.manage" if isinstance(call, AdmitPerson) else "request.decide"
    if request.requester_id == actor.person.id:
        raise NotAllowed(actor.person.id, needed, own=True, ref=request.ref)
    if not may_decide_on(actor.person, request.requester_id, call, tx):
        raise NotAllowed(actor.person.id, needed, ref=request.ref)


def preview_reject(call: RejectRequest, tx: Tx, actor: Actor) -> Preview:
    """Show what is rejected."""
    request = get_request(call.ref, tx)
    require_decider(request, tx, actor)
    return _ending(call.action, request, tx, actor, call.reason)


def reject_request(call: RejectRequest, tx: Tx, actor: Actor) -> Receipt:
    """Reject, once. Raises `NotAllowed`, or `ProposalNotOpen` after another decision."""
    request = get_request(call.ref, tx)
    require_decider(request, tx, actor)
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
    return replace(decided_receipt(request, how, call, tx, actor, told=told), reason=reason)


def decided_receipt(
    request: Proposal,
    how: Literal["approved", "rejected", "cancelled"],
    wanted: Requested,
    tx: Tx,
    actor: Actor,
    *,
    told: PrincipalId | None,
) -> RequestDecided:
    """Return the receipt of a decision that was just made; `told` hears of it too."""
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
