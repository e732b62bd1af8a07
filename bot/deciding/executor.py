"""A confirmed proposal -> receipts: one transaction, whole or not at all.

No model is asked here, and nothing a model wrote is believed: the stored calls are read and
checked again, permissions are those of this moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot import telling
from bot.access import Principal, require_anywhere
from bot.actions.approvals import preview_request_card
from bot.actions.asking import list_able
from bot.actions.base import ActionCall, Notice, Preview, Receipt, Tier
from bot.actions.catalog import action_of, dump_calls, parse_calls
from bot.actions.digest import DigestReceipt
from bot.actions.requests import refuse_not_open, requested
from bot.actions.shared_digest import find_running
from bot.audit.chain import AuditFact
from bot.deciding import cards
from bot.deciding.chat_digests import tell_chat
from bot.errors.kinds import BursarError, Conflict, Refused
from bot.ids import PrincipalId, ProposalId, new_id
from bot.messages import Conversation
from bot.ports import Actor, Tx
from bot.proposals.model import DRAFT_LIFE, Proposal
from bot.replies.previews import closed_card_text
from bot.replies.receipts import receipt_text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a confirmed proposal: receipts, or the error that undid all of it.

    `failed` is the action that failed and which step of how many it was, counted from 1; None
    where there was only one.
    """

    receipts: tuple[Receipt, ...] = ()
    error: BursarError | None = None
    failed: tuple[str, int, int] | None = None


def preview_of(call: ActionCall, tx: Tx, actor: Actor) -> Preview:
    """Compute what a call would do, now and for this person.

    Raises:
        Refused: they may not, or it cannot be done.
    """
    action = action_of(call)
    require_anywhere(actor.person, action.permission)
    if action.preview is None:
        raise TypeError(f"{action.name} has nothing to preview")
    shown: Preview = action.preview(call, tx, actor)
    return shown


def _preview_all(calls: Sequence[ActionCall], tx: Tx, actor: Actor) -> Preview:
    first, *others = (preview_of(call, tx, actor) for call in calls)
    return replace(first, also=tuple(others)) if others else first


def _pinned(calls: Sequence[ActionCall], tx: Tx, actor: Actor) -> tuple[ActionCall, ...]:
    """Return calls that name by a number what the asker named in words; see `Action.pin`."""
    return tuple(
        call if (pin := action_of(call).pin) is None else pin(call, tx, actor) for call in calls
    )


def propose(
    tx: Tx,
    actor: Actor,
    calls: Sequence[ActionCall],
    place: Conversation,
    *,
    tier: Tier | None = None,
    life: timedelta = DRAFT_LIFE,
) -> Proposal:
    """Store a plan of writes as a draft and show its card; nothing is done yet.

    One draft at a time in a conversation: it takes the place of an older one.

    Raises:
        Refused: the asker may not, or it cannot be done; nothing was stored.
    """
    for older in tx.proposals.list_open_here(place.id):
        if older.kind == "draft":
            _supersede(tx, actor, older)
    calls = _pinned(calls, tx, actor)
    preview = _preview_all(calls, tx, actor)
    proposal = Proposal(
        id=ProposalId(new_id()),
        kind="draft",
        ref=tx.proposals.new_ref(),
        conversation_id=place.id,
        requester_id=actor.person.id,
        calls=dump_calls(calls),
        tier=max([tier or Tier.T2, *(action_of(call).tier for call in calls)]),
        state="pending",
        version=1,
        preview=cards.dump_preview(preview),
        created_at=tx.now,
        expires_at=tx.now + life,
    )
    tx.proposals.add(proposal)
    _record(tx, actor, "proposal.created", proposal, calls)
    cards.show(tx, proposal, preview, actor.person, place)
    return proposal


def revise(
    tx: Tx, actor: Actor, proposal: Proposal, calls: Sequence[ActionCall], place: Conversation
) -> Proposal:
    """Give a draft other contents and show them; buttons of the old version no longer count.

    Raises:
        ProposalNotOpen: it was decided or has expired meanwhile.
        Refused: what it asks for now cannot be done; the draft stays as it was.
    """
    calls = _pinned(calls, tx, actor)
    preview = _preview_all(calls, tx, actor)
    tier = max(proposal.tier, *(action_of(call).tier for call in calls))
    version = tx.proposals.revise(
        proposal, calls=dump_calls(calls), preview=cards.dump_preview(preview), tier=tier
    )
    if version is None:
        raise refuse_not_open(proposal, tx)
    revised = tx.proposals.find(proposal.id)
    if revised is None:
        raise LookupError(f"proposal {proposal.id} is gone")
    _record(tx, actor, "proposal.revised", revised, calls)
    cards.show(tx, revised, preview, actor.person, place)
    return revised


def confirm(tx: Tx, actor: Actor, proposal: Proposal) -> Outcome:
    """Do what a draft says, once: its guarded step, every action, audit and messages together.

    Raises:
        ProposalNotOpen: it was decided, changed or has expired; nothing was done.
    """
    if not tx.proposals.decide(proposal, "confirmed", by=actor.person.id, outcome="yes"):
        raise refuse_not_open(proposal, tx)
    calls = parse_calls(proposal.calls)
    receipts: list[Receipt] = []
    try:
        with tx.savepoint():
            for step, call in enumerate(calls):
                own = replace(actor, proposal_id=proposal.id)
                receipts.append(_run(tx, own, call, proposal.id, step))
    except (Refused, Conflict) as error:
        tx.proposals.finish(proposal.id, "failed", error.code)
        _record(tx, actor, "proposal.failed", proposal, (), code=error.code)
        cards.close(tx, proposal.id)
        at = len(receipts)
        failed = (calls[at].action, at + 1, len(calls)) if len(calls) > 1 else None
        return Outcome(error=error, failed=failed)
    tx.proposals.finish(proposal.id, "executed", "done")
    _record(tx, actor, "proposal.executed", proposal, ())
    cards.close(tx, proposal.id)
    _note_confirmed(tx, actor.person)
    _tell_others(tx, receipts, actor)
    return Outcome(tuple(receipts))


def decide_request(tx: Tx, actor: Actor, request: Proposal, call: ActionCall) -> Receipt:
    """Decide a request whose card its approver has before them: the tap is the yes.

    Raises:
        ProposalNotOpen: somebody decided before, or its time is over.
        NotAllowed: they may not, any more.
    """
    require_anywhere(actor.person, action_of(call).permission)
    # A request is decided once, so its own id is the key of what follows.
    receipt = _run(tx, actor, call, request.id, 0)
    _note_confirmed(tx, actor.person)
    _tell_others(tx, (receipt,), actor)
    return receipt


def do_tapped(tx: Tx, actor: Actor, call: ActionCall, offer_id: str) -> Receipt:
    """Do what a button names, where a tap on it is the yes; see `Action.is_tapped`.

    The caller has used the offer up in this transaction: its id is the key of what follows.

    Raises:
        Refused, Conflict: nothing is left behind once the caller has rolled back.
    """
    action = action_of(call)
    if not action.is_tapped:
        raise TypeError(f"{action.name} needs a yes")
    receipt = _run(tx, actor, call, ProposalId(offer_id), 0)
    _note_confirmed(tx, actor.person)
    _tell_others(tx, (receipt,), actor)
    return receipt


def _note_confirmed(tx: Tx, person: Principal) -> None:
    """Keep that a person has said yes to a change: they are not new to it any more."""
    if not (person.has_confirmed or person.is_guest):
        tx.people.note_confirmed(person.id)


def discard(tx: Tx, actor: Actor, proposal: Proposal, outcome: str = "no") -> None:
    """Drop a draft. Raises `ProposalNotOpen` when it was decided or has expired meanwhile."""
    if not tx.proposals.decide(proposal, "discarded", by=actor.person.id, outcome=outcome):
        raise refuse_not_open(proposal, tx)
    _record(tx, actor, "proposal.discarded", proposal, (), code=outcome)
    cards.close(tx, proposal.id)


def _supersede(tx: Tx, actor: Actor, proposal: Proposal) -> None:
    # One that was decided meanwhile stays so.
    if tx.proposals.decide(proposal, "superseded", by=actor.person.id, outcome="superseded"):
        _record(tx, actor, "proposal.superseded", proposal, ())
        cards.close(tx, proposal.id)


def expire(tx: Tx, proposal: Proposal) -> bool:
    """End a proposal whose time is over; its requester hears of a request that nobody decided."""
    if not tx.proposals.expire(proposal):
        return False
    tx.record(
        AuditFact(tx.tenant, "bursar", "proposal.expired", proposal.id, {"ref": proposal.ref})
    )
    cards.close(tx, proposal.id)
    if proposal.kind == "request":
        _tell_expired(tx, proposal)
    return True


def read(tx: Tx, actor: Actor, call: ActionCall) -> Receipt:
    """Run a T1 action. Raises `Refused` when the asker may not see it."""
    action = action_of(call)
    if action.tier is not Tier.T1:
        raise TypeError(f"{action.name} is no read")
    require_anywhere(actor.person, action.permission)
    receipt: Receipt = action.apply(call, tx, actor)
    return receipt


def do_at_once(tx: Tx, actor: Actor, call: ActionCall) -> Receipt:
    """Run a write that needs no yes; see `Action.is_at_once`. Raises `Refused`."""
    action = action_of(call)
    if not action.is_at_once:
        raise TypeError(f"{action.name} needs a yes")
    require_anywhere(actor.person, action.permission)
    receipt: Receipt = action.apply(call, tx, actor)
    tx.record(AuditFact(tx.tenant, actor.person.id, f"action.{action.name}", actor.person.id, {}))
    return receipt


def _run(tx: Tx, actor: Actor, call: ActionCall, proposal_id: ProposalId, step: int) -> Receipt:
    action = action_of(call)
    require_anywhere(actor.person, action.permission)
    receipt: Receipt = action.apply(call, tx, replace(actor, key=f"{proposal_id}:{step}"))
    undo = None if receipt.undo is None else receipt.undo.model_dump_json()
    tx.changes.add(proposal_id, actor.person.id, step, action.name, undo)
    tx.record(
        AuditFact(
            tx.tenant,
            actor.person.id,
            f"action.{action.name}",
            proposal_id,
            _without_words(call.model_dump(mode="json")),
        )
    )
    return receipt


def _without_words(values: dict[str, object]) -> dict[str, object]:
    """Leave out what people wrote: the chain keeps ids and numbers for ever."""
    return {key: value for key, value in values.items() if key not in _WORDS}


_WORDS: Final = frozenset({"reason", "action", "email", "text", "task"})


def _record(
    tx: Tx,
    actor: Actor,
    what: str,
    proposal: Proposal,
    calls: Sequence[ActionCall],
    **detail: object,
) -> None:
    shown: dict[str, object] = {"ref": proposal.ref, "version": proposal.version, **detail}
    if calls:
        shown["calls"] = [
            {"action": call.action, **_without_words(call.model_dump(mode="json"))}
            for call in calls
        ]
    tx.record(AuditFact(tx.tenant, actor.person.id, what, proposal.id, shown))


def _tell_others(tx: Tx, receipts: Sequence[Receipt], actor: Actor) -> None:
    for receipt in receipts:
        if receipt.redraws is not None:
            cards.close(tx, receipt.redraws)
        if isinstance(receipt.for_all, DigestReceipt) and actor.conversation_id is not None:
            place = tx.conversations.get(actor.conversation_id)
            again = find_running(tx, place) is not None
            tell_chat(tx, place, actor.person, receipt.for_all, comes_again=again)
        for notice in receipt.notices:
            if notice.card_of is not None:
                show_request(tx, notice.card_of, notice.to)
            else:
                person = tx.people.get(notice.to)
                text = receipt_text(receipt, telling.reader_of(person, tx.now), is_other=True)
                for place in _places(tx, notice, actor):
                    telling.say(tx, place, text, message_class="receipt")


def _places(tx: Tx, notice: Notice, actor: Actor) -> Sequence[Conversation]:
    if not notice.is_everywhere:
        return (telling.place_of(tx, notice.to),)
    places = tx.conversations.list_private(notice.to)
    return [place for place in places if place.id != actor.conversation_id]


def show_request(tx: Tx, request_id: ProposalId, to: PrincipalId) -> None:
    """Show a request to somebody who may decide it, where they are told things."""
    request = tx.proposals.find(request_id)
    if request is None:
        raise LookupError(f"request {request_id} is gone")
    person, place = tx.people.get(to), telling.place_of(tx, to)
    preview = preview_request_card(request, tx, Actor(person, place.id))
    tx.proposals.set_preview(request.id, cards.dump_preview(preview))
    cards.show(tx, request, preview, person, place)


def ask_another(tx: Tx, request: Proposal) -> Principal | None:
    """Show a request to the nearest who may decide it and has no card; None if there is none."""
    have_it = deciders(tx, request)
    for person in list_able(tx, request.requester_id, requested(request)):
        if person.id not in have_it:
            show_request(tx, request.id, person.id)
            return person
    return None


def deciders(tx: Tx, request: Proposal) -> set[PrincipalId]:
    """Return who has the card of a request before them."""
    shown_in = [conversation_id for conversation_id, _ in tx.cards.list_places(request.id)]
    return {tx.conversations.get(one).principal_id for one in shown_in}


def _tell_expired(tx: Tx, request: Proposal) -> None:
    place = tx.conversations.get(request.conversation_id)
    person = tx.people.get(request.requester_id)
    text = closed_card_text(
        cards.load_preview(request),
        telling.reader_of(person, tx.now),
        ref=request.ref,
        state="expired",
        outcome="expired",
        by=None,
        at=request.expires_at,
        note=None,
    )
    telling.tell(tx, person, text, message_class="receipt", place=place)
