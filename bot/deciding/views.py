"""A card as somebody may see it at this moment, for platforms that ask for it anew."""

from __future__ import annotations

from bot.access import Principal
from bot.actions.approvals import preview_request_card
from bot.actions.asking import may_decide_on
from bot.actions.requests import requested
from bot.deciding import cards
from bot.ids import ProposalId
from bot.messages import Conversation, InboundMessage, OutboundMessage
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal


def view_card(tx: Tx, message: InboundMessage, card: str) -> OutboundMessage | None:
    """Return a proposal's card for the sender of a message; None if it is none of theirs to see.

    Whoever may decide it gets buttons of their own, made here; whoever asked for it can take it
    back; everybody else of the company sees how a request stands, and nobody else's draft.
    """
    person = tx.people.find_linked(message.platform, message.account, message.external_id)
    if person is None:
        return None
    tx.enter(person.tenant)
    proposal = tx.proposals.find(ProposalId(card))
    if proposal is None or person.is_disabled:
        return None
    is_own = proposal.requester_id == person.id
    if not is_own and (proposal.kind == "draft" or person.is_guest):
        return None
    place = tx.conversations.hear(message, person.id)
    if proposal.state != "pending" or tx.proposals.is_expired(proposal.id):
        return cards.closed_card(tx, proposal, person, place)
    if proposal.kind == "draft":
        return cards.open_card(tx, proposal, cards.load_preview(proposal), person, place)
    if is_own:
        return cards.own_card(tx, proposal, person, place)
    if not may_decide_on(person, proposal.requester_id, requested(proposal), tx):
        return cards.read_only_card(tx, proposal, person, place)
    return _to_decide(tx, proposal, person, place)


def _to_decide(
    tx: Tx, request: Proposal, person: Principal, place: Conversation
) -> OutboundMessage:
    preview = preview_request_card(request, tx, Actor(person, place.id))
    return cards.open_card(tx, request, preview, person, place)
