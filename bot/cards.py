"""Cards: a proposal as people see it, one message a place, edited through its life."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot.access import Principal
from bot.actions.base import Preview
from bot.ids import ConversationId, PrincipalId, ProposalId, new_token
from bot.messages import Button, Choice, Conversation, MessageClass, OutboundMessage
from bot.ports import Tx
from bot.proposals.model import Proposal
from bot.replies.previews import button_labels, closed_card_text, preview_text
from bot.replies.reader import Reader

_PREVIEW: Final = TypeAdapter(Preview)
_CHOICES: Final[tuple[Choice, ...]] = ("yes", "edit", "no")


def dump_preview(preview: Preview) -> str:
    """Write a preview as a proposal keeps it."""
    return _PREVIEW.dump_json(preview).decode()


def load_preview(proposal: Proposal) -> Preview:
    """Read what a proposal's card showed."""
    return _PREVIEW.validate_json(proposal.preview)


def reader_of(person: Principal, now: datetime) -> Reader:
    """Return for whom words are made: their language, zone and name."""
    return Reader(person.language, ZoneInfo(person.zone), now, person.name)


def show(
    tx: Tx, proposal: Proposal, preview: Preview, person: Principal, place: Conversation
) -> None:
    """Show a proposal's present version to a person, with buttons that are theirs alone."""
    reader = reader_of(person, tx.now)
    labels = button_labels(person.language)
    tokens = [(new_token(), choice) for choice in _CHOICES]
    tx.proposals.add_buttons(proposal, place.id, tokens)
    tx.proposals.show_card(proposal, place.id)
    _queue(
        tx,
        place,
        preview_text(preview, reader, ref=proposal.ref, version=proposal.version),
        "card",
        card=proposal.id,
        buttons=tuple(Button(labels[choice], token, choice) for token, choice in tokens),
    )


def close(tx: Tx, proposal_id: ProposalId, *, besides: ConversationId | None = None) -> None:
    """Make every copy of a card say how it ended, in each reader's words."""
    proposal = tx.proposals.find(proposal_id)
    if proposal is None:
        return
    by = None if proposal.decided_by is None else tx.people.get(proposal.decided_by).name
    for conversation_id, _ in tx.proposals.list_cards(proposal_id):
        if conversation_id == besides:
            continue
        place = tx.conversations.get(conversation_id)
        reader = reader_of(tx.people.get(place.principal_id), tx.now)
        text = closed_card_text(
            load_preview(proposal),
            reader,
            ref=proposal.ref,
            state=proposal.state,
            outcome=proposal.outcome,
            by=by,
            at=proposal.decided_at,
            note=proposal.note,
        )
        _queue(tx, place, text, "card", card=proposal.id)


def say(
    tx: Tx,
    place: Conversation,
    text: str,
    *,
    message_class: MessageClass = "reply",
    reference: str = "",
) -> None:
    """Queue a message of its own."""
    _queue(tx, place, text, message_class, reference=reference)


def place_of(tx: Tx, person_id: PrincipalId) -> Conversation:
    """Return where a person is told things; a terminal of theirs if they never wrote."""
    found = tx.conversations.find_of_person(person_id)
    if found is not None:
        return found
    return tx.conversations.open("terminal", "terminal", "", person_id)


def _queue(
    tx: Tx,
    place: Conversation,
    text: str,
    message_class: MessageClass,
    *,
    card: str = "",
    buttons: tuple[Button, ...] = (),
    reference: str = "",
) -> None:
    tx.outbox.add(
        OutboundMessage(
            conversation_id=place.id,
            text=text,
            message_class=message_class,
            buttons=buttons,
            card=card,
            reference=reference,
        ),
        place.platform,
    )
