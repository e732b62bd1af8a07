"""What may be asked of somebody else, and who decides about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from bot.access import (
    AmountPermission,
    Permission,
    Principal,
    Reach,
    list_approvers,
    list_doorkeepers,
    may,
    may_decide,
    may_let_in,
    narrowest,
    reach,
    require,
    roles_with,
)
from bot.actions.base import ActionCall, AmountNanos, Notice, Receipt, Tier
from bot.economy import budgets
from bot.economy.budgets import Budget, read_budgets
from bot.errors.kinds import AboveRight, NotAllowed
from bot.ids import PrincipalId, ProposalId, WalletId, new_id
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal

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


class AdmitPerson(ActionCall):
    """Let a guest in, as a member of a wallet where one is given."""

    action: Literal["admit_person"] = "admit_person"
    person_id: PrincipalId
    wallet_id: WalletId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSent(Receipt):
    """A request waits for somebody. `approver` is the first who may decide.

    A guest is not told who that is: names of the company are for its people.
    """

    ref: str
    approver: str | None
    expires_at: datetime


Requested = RaiseBudget | MoveBudget | AdmitPerson
_REQUESTED: TypeAdapter[Requested] = TypeAdapter(
    Annotated[Requested, Field(discriminator="action")]
)


def parse_requested(text: str) -> Requested:
    """Read what a stored request asks for, and check it again."""
    return _REQUESTED.validate_json(text)


def wallets_of(call: Requested) -> tuple[WalletId, ...]:
    """Return the wallets that a request is about, the one that gains last; maybe none."""
    if isinstance(call, RaiseBudget):
        return (call.wallet_id,)
    if isinstance(call, AdmitPerson):
        return () if call.wallet_id is None else (call.wallet_id,)
    return call.from_wallet_id, call.to_wallet_id


def gainer_of(call: Requested) -> WalletId | None:
    """Return the wallet that a request would give to, or whose member it would make."""
    return next(reversed(wallets_of(call)), None)


def may_read_on(person: Principal, call: Requested, tx: Tx) -> bool:
    """Tell whether a person may see a request that is not theirs."""
    if isinstance(call, AdmitPerson):
        return may(person, "people.manage")
    concerned: tuple[Permission, ...] = ("request.decide", "spend.read")
    return any(
        may(person, permission, chain_ids(tx, wallet_id))
        for wallet_id in wallets_of(call)
        for permission in concerned
    )


def may_decide_on(person: Principal, requester_id: PrincipalId, call: Requested, tx: Tx) -> bool:
    """Tell whether a person may decide a request: of every wallet in it, and never their own."""
    if isinstance(call, AdmitPerson):
        return may_let_in(person, requester_id)
    return all(
        may_decide(person, requester_id, chain_ids(tx, wallet_id))
        for wallet_id in wallets_of(call)
    )


def approvers(tx: Tx, requester: Principal, call: Requested) -> list[Principal]:
    """Return whose right reaches a person's request, nearest first.

    Raises:
        NotAllowed: nobody but the asker could decide it, or nobody's right reaches so far.
    """
    able = list_able(tx, requester.id, call)
    if not able:
        if isinstance(call, AdmitPerson):
            raise NotAllowed(requester.id, "people.manage", nobody=True)
        people = tx.people.list_with_role(roles_with("request.decide"))
        is_too_much = any(may_decide_on(x, requester.id, call, tx) for x in people)
        raise NotAllowed(
            requester.id,
            "request.decide",
            wallet_id=wallets_of(call)[-1],
            nobody=True,
            needed_nanos=call.amount_nanos if is_too_much else None,
        )
    return able


def list_able(tx: Tx, requester_id: PrincipalId, call: Requested) -> list[Principal]:
    """Return who may decide a request for as much as it asks, nearest first; maybe nobody."""
    if isinstance(call, AdmitPerson):
        people = tx.people.list_with_role(roles_with("people.manage"))
        return list_doorkeepers(people, requester_id)
    able = tx.people.list_with_role(roles_with("request.decide"))
    limits = tx.rights.list_all()
    for wallet_id in wallets_of(call):
        # By the wallet that gains, which comes last, it is decided who is near.
        chain = chain_ids(tx, wallet_id)
        able = list_approvers(able, requester_id, chain, call.amount_nanos, limits)
    return able


def reach_of(
    tx: Tx, person: Principal, permission: AmountPermission, *wallet_ids: WalletId
) -> Reach:
    """Return how much a person may do at a time in all of some wallets, as of now."""
    limits = tx.rights.list_all()
    return narrowest(reach(person, permission, chain_ids(tx, x), limits) for x in wallet_ids)


def require_reach(
    tx: Tx,
    person: Principal,
    permission: AmountPermission,
    amount_nanos: int | None,
    wallet_id: WalletId,
) -> None:
    """Raise unless a person may do so much of something by themselves; None is without bound.

    Raises:
        NotAllowed: they may not do it at all.
        AboveRight: they may, but not so much at a time.
    """
    require(person, permission, chain_ids(tx, wallet_id))
    found = reach_of(tx, person, permission, wallet_id)
    if not found.covers(amount_nanos):
        able = [
            other.name
            for other in tx.people.list_with_role(roles_with(permission))
            if reach_of(tx, other, permission, wallet_id).covers(amount_nanos)
        ]
        raise above_right(person, permission, found, amount_nanos, able, wallet_id)


def above_right(
    person: Principal,
    permission: AmountPermission,
    found: Reach,
    needed_nanos: int | None,
    able: Sequence[str],
    wallet_id: WalletId,
) -> AboveRight:
    """Return the refusal of somebody whose right is too small, with who may instead."""
    return AboveRight(
        person.id,
        permission,
        role=found.role,
        most_nanos=found.most_nanos,
        needed_nanos=needed_nanos,
        able=tuple(able),
        wallet_id=wallet_id,
    )


def list_lifters(tx: Tx, wallet_id: WalletId) -> list[Principal]:
    """Return who can raise a wallet's limit by themselves, by name."""
    limits, chain = tx.rights.list_all(), chain_ids(tx, wallet_id)
    people = tx.people.list_with_role(roles_with("budget.raise"))
    # A right of nothing reaches nobody; how far one that is bounded goes is seen when it is used.
    return [x for x in people if reach(x, "budget.raise", chain, limits).most_nanos != 0]


def send_request(call: Requested, tx: Tx, actor: Actor) -> RequestSent:
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
        wallet_id=gainer_of(call),
    )
    tx.proposals.add(request)
    # Whoever else may decide is found by the reminder, or finds it by asking.
    return RequestSent(
        ref=request.ref,
        approver=None if actor.person.is_guest else first.name,
        expires_at=request.expires_at,
        notices=(Notice(to=first.id, card_of=request.id),),
        topic=gainer_of(call),
    )


def chain_ids(tx: Tx, wallet_id: WalletId) -> list[WalletId]:
    """Return a wallet and its ancestors, as permissions are asked for."""
    return [wallet.id for wallet in tx.wallets.chain(wallet_id)]


def running_budget(tx: Tx, wallet_id: WalletId) -> Budget:
    """Return the running budget of an open wallet's main limit."""
    wallet = budgets.get_open_wallet(tx, wallet_id)
    return budgets.main_budget(read_budgets(tx, [wallet]))
