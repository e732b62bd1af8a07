"""Cards: a proposal as people see it, one message a place, edited through its life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pydantic import TypeAdapter

from bot import telling
from bot.access import Principal
from bot.actions.base import Preview
from bot.ids import ConversationId, ProposalId, new_token
from bot.messages import (
    Button,
    Choice,
    Conversation,
    FormField,
    OutboundMessage,
)
from bot.ports import Tx
from bot.proposals.model import Proposal
from bot.replies.previews import (
    button_labels,
    cancel_label,
    closed_card_text,
    form_fields,
    past_card_text,
    preview_text,
)

_PREVIEW: Final = TypeAdapter(Preview)


def dump_preview(preview: Preview) -> str:
    """Write a preview as a proposal keeps it."""
    return _PREVIEW.dump_json(preview).decode()


def load_preview(proposal: Proposal) -> Preview:
    """Read what a proposal's card showed."""
    return _PREVIEW.validate_json(proposal.preview)


def show(
    tx: Tx, proposal: Proposal, preview: Preview, person: Principal, place: Conversation
) -> None:
    """Show a proposal's present version to a person, with buttons that are theirs alone."""
    tx.outbox.add(open_card(tx, proposal, preview, person, place), place.platform)


def show_again(
    tx: Tx, proposal: Proposal, preview: Preview, person: Principal, place: Conversation, lead: str
) -> None:
    """Show a request below what was said since, with new buttons, after a person's quiet hours.

    `lead` says why. The card that was shown there loses its buttons: one a place can be answered.
    """
    held_until = telling.quiet_until(person, tx.now)
    tx.outbox.drop_held(place.id, proposal.id)
    if any(one == place.id for one, _ in tx.cards.list_places(proposal.id)):
        reader = telling.reader_of(person, tx.now)
        past = _card(proposal, place, past_card_text(preview, reader, ref=proposal.ref))
        past = replace(past, shows="past", held_until=held_until)
        tx.outbox.add(past, place.platform)
    card = open_card(tx, proposal, replace(preview, expires_at=None), person, place)
    text = f"{lead}\n{card.text}"
    anew = replace(
        card, text=text, blocks=telling.titled(text), shows="anew", held_until=held_until
    )
    tx.outbox.add(anew, place.platform)


def close(tx: Tx, proposal_id: ProposalId, *, besides: ConversationId | None = None) -> None:
    """Make every copy of a card say how it ended, in each reader's words."""
    proposal = tx.proposals.find(proposal_id)
    if proposal is None:
        return
    for conversation_id, _ in tx.cards.list_places(proposal_id):
        if proposal.reminded:
            tx.outbox.drop_held(conversation_id, proposal.id)
        if conversation_id == besides:
            continue
        place = tx.conversations.get(conversation_id)
        person = tx.people.get(place.principal_id)
        tx.outbox.add(closed_card(tx, proposal, person, place), place.platform)


def open_card(
    tx: Tx, proposal: Proposal, preview: Preview, person: Principal, place: Conversation
) -> OutboundMessage:
    """Make the card on which a person answers; its buttons count only for them and here."""
    text = _open_text(tx, proposal, preview, person)
    buttons = _buttons(tx, proposal, place, button_labels(preview, person.language))
    form = form_fields(preview, person.language)
    return _card(proposal, place, text, buttons=buttons, form=form)


def own_card(
    tx: Tx, proposal: Proposal, person: Principal, place: Conversation
) -> OutboundMessage:
    """Make the card of a request as the one who asked for it sees it: it can be taken back."""
    # Whose member they would be is not told to somebody who is not of the company.
    preview = replace(load_preview(proposal), is_own=True)
    text = _open_text(tx, proposal, preview, person)
    labels: dict[Choice, str] = {"no": cancel_label(person.language)}
    return _card(proposal, place, text, buttons=_buttons(tx, proposal, place, labels))


def read_only_card(
    tx: Tx, proposal: Proposal, person: Principal, place: Conversation
) -> OutboundMessage:
    """Make the card of a request for somebody who may see it and no more."""
    return _card(proposal, place, _open_text(tx, proposal, load_preview(proposal), person))


def closed_card(
    tx: Tx, proposal: Proposal, person: Principal, place: Conversation
) -> OutboundMessage:
    """Make a card that waits no more: what it was, who ended it, when and why."""
    by = None if proposal.decided_by is None else tx.people.get(proposal.decided_by).name
    text = closed_card_text(
        load_preview(proposal),
        telling.reader_of(person, tx.now),
        ref=proposal.ref,
        state="expired" if proposal.state == "pending" else proposal.state,
        outcome=proposal.outcome,
        by=by,
        at=proposal.decided_at,
        note=proposal.note,
    )
    return _card(proposal, place, text)


def _open_text(tx: Tx, proposal: Proposal, preview: Preview, person: Principal) -> str:
    reader = telling.reader_of(person, tx.now)
    return preview_text(preview, reader, ref=proposal.ref, version=proposal.version)


def _buttons(
    tx: Tx, proposal: Proposal, place: Conversation, labels: Mapping[Choice, str]
) -> tuple[Button, ...]:
    tokens = [(new_token(), choice) for choice in labels]
    tx.cards.add_buttons(proposal, place.id, tokens)
    tx.cards.show(proposal, place.id)
    return tuple(Button(labels[choice], token, choice) for token, choice in tokens)


def _card(
    proposal: Proposal,
    place: Conversation,
    text: str,
    *,
    buttons: tuple[Button, ...] = (),
    form: tuple[FormField, ...] = (),
) -> OutboundMessage:
    return OutboundMessage(
        conversation_id=place.id,
        text=text,
        message_class="card",
        buttons=buttons,
        card=proposal.id,
        reply_to=place.reply_to,
        blocks=telling.titled(text),
        form=form,
    )
