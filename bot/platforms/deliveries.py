"""What became of a message on its way to a platform, and what follows from it.

A card that nobody saw must not wait in silence: whoever asked hears of it, the next one who may
decide is asked instead, and administrators are told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot import telling
from bot.access import Role
from bot.actions.channels import asked_in
from bot.actions.shared_digest import find_running
from bot.audit.chain import AuditFact
from bot.clock import to_us
from bot.deciding import cards
from bot.deciding.executor import ask_another
from bot.ids import ConversationId, PrincipalId, ProposalId
from bot.messages import OutboxItem
from bot.platforms.outgoing import Outcome
from bot.ports import Tx
from bot.replies import short
from bot.replies.channels import tried_text

# Who looks after what does not arrive.
_KEEPERS: Final[tuple[Role, ...]] = ("owner", "admin")


def keep_outcome(tx: Tx, outcome: Outcome) -> None:
    """Note how sending went, in the caller's transaction, with all that follows from it."""
    item = outcome.item
    tx.enter(item.tenant)
    is_kept = tx.outbox.end(
        item.id,
        outcome.state,
        platform_msg_id=outcome.message_id,
        not_before_us=0 if outcome.not_before is None else to_us(outcome.not_before),
        why=outcome.why,
        was_tried=outcome.was_tried,
        is_try=outcome.is_try,
    )
    if not is_kept:
        # Kept before, in a commit whose answer was lost: nothing may follow from it twice.
        return
    conversation_id = item.message.conversation_id
    asked_in_id = asked_in(item.message.reference)
    if asked_in_id is not None:
        _tell_test(tx, outcome, asked_in_id)
    if outcome.moved_to:
        tx.conversations.move(item.platform, item.chat, outcome.moved_to)
        tx.shared_digests.move(item.platform, item.chat, outcome.moved_to)
        _follow(tx, item, outcome.moved_to)
        _end_overtaken(tx, item)
    if outcome.state != "dead":
        return
    detail: dict[str, object] = {"platform": item.platform, "code": outcome.why}
    tx.record(AuditFact(tx.tenant, "bursar", "message.undelivered", conversation_id, detail))
    if outcome.ends_chat:
        tx.conversations.lose(conversation_id)
    if item.message.message_class == "card" and item.message.card:
        reader = tx.conversations.get(conversation_id).principal_id
        _miss_card(tx, ProposalId(item.message.card), reader)


def _tell_test(tx: Tx, outcome: Outcome, asked_in_id: ConversationId) -> None:
    """Tell who tried a channel how it went: at the first try, and at the end."""
    is_final = outcome.state != "queued"
    if not is_final and outcome.item.attempts:
        return
    place = tx.conversations.get(asked_in_id)
    person = tx.people.get(place.principal_id)
    reader = telling.reader_of(person, tx.now)
    why = "" if outcome.state == "sent" else outcome.why
    text = tried_text(outcome.item.platform, why, reader, is_final=is_final)
    telling.tell(tx, person, text, message_class="reply", place=place, is_urgent=True)


def _follow(tx: Tx, item: OutboxItem, new_chat: str) -> None:
    """Send on what waits in a chat whose reader was heard under its new id already.

    Their conversation stands under that id, so the old one cannot take it.
    """
    old = tx.conversations.get(item.message.conversation_id)
    if old.chat == new_chat:
        return
    tx.conversations.lose(old.id)
    place = tx.conversations.find(item.platform, new_chat, old.thread, old.principal_id)
    if place is None:
        raise LookupError(f"conversation {old.id} was neither moved nor known")
    tx.shared_digests.reseat(old.id, place.id)
    for message in tx.outbox.take_back(old.id):
        proposal = tx.proposals.find(ProposalId(message.card)) if message.card else None
        if proposal is not None and proposal.state == "pending" and message.buttons:
            # Its buttons count only where they are shown.
            person = tx.people.get(place.principal_id)
            cards.show(tx, proposal, cards.load_preview(proposal), person, place)
        else:
            tx.outbox.add(replace(message, conversation_id=place.id), place.platform)


def _end_overtaken(tx: Tx, item: OutboxItem) -> None:
    """End the digest of a chat's old id where one was ordered under its new id: a chat has one."""
    here = tx.conversations.get(item.message.conversation_id)
    found = find_running(tx, replace(here, platform=item.platform, chat=item.chat))
    if found is not None:
        tx.schedules.end(found[1])


def _miss_card(tx: Tx, proposal_id: ProposalId, missed_id: PrincipalId) -> None:
    """Ask somebody else to decide a request, and tell who asked for it and who looks after it."""
    request = tx.proposals.find(proposal_id)
    if request is None or request.kind != "request" or request.state != "pending":
        return
    if tx.proposals.is_expired(request.id):
        return
    if missed_id == request.requester_id:
        return
    missed, asker = tx.people.get(missed_id), tx.people.get(request.requester_id)
    following = ask_another(tx, request)
    told = {person.id: person for person in tx.people.list_with_role(_KEEPERS)}
    told[asker.id] = asker
    for person in told.values():
        if person.id == missed_id or person.is_disabled:
            continue
        reader = telling.reader_of(person, tx.now)
        text = short.card_missed(
            request.ref, missed.name, None if following is None else following.name, reader
        )
        telling.tell(tx, person, text, message_class="reply")
