"""Files on a platform that asks first: offered by a card, handed over once, to whom they are for.

An acceptance changes the file's state and queues the message that hands it over, in one
transaction. That message is sent like any other: tried again, gone on with after a restart, in
the order of its conversation; what its platform's adapter does then follows from the state alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from bot.access import Principal
from bot.audit.chain import AuditFact
from bot.deciding.offers import OFFER_LIFE
from bot.errors.kinds import Refused
from bot.errors.talk import FileNotOffered, NoDestination
from bot.messages import (
    Conversation,
    FileBlock,
    HandoverPart,
    InboundMessage,
    OutboundMessage,
    OutboxItem,
)
from bot.platforms.offered_files import Destination, FileAnswer, Handover, OfferedFile
from bot.ports import Database, Tx
from bot.replies.notices import file_elsewhere, file_left
from bot.turns.steps import explain

_OVER: Final[Mapping[str, str]] = {"taken": "taken", "handed_over": "taken", "left": "left"}


class Handovers:
    """Offered files behind an adapter; see `bot.platforms.model.Handovers`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def offer(self, item: OutboxItem) -> Mapping[int, str]:
        return await self._database.write(lambda tx: _offer(tx, item), tenant=item.tenant)

    async def answer(self, message: InboundMessage, answer: FileAnswer) -> None:
        # The platform waits for it, and delivers again if there is none.
        await self._database.write(
            lambda tx: _answer(tx, message.storable(), answer), is_urgent=True
        )

    async def find(self, item: OutboxItem, file_id: str) -> Handover | None:
        return await self._database.read(lambda tx: _find(tx, file_id), tenant=item.tenant)

    async def finish(self, item: OutboxItem, file_id: str) -> None:
        await self._database.write(
            lambda tx: tx.offered_files.hand_over(file_id), tenant=item.tenant
        )

    async def put_back(self, item: OutboxItem, file_id: str) -> None:
        await self._database.write(
            lambda tx: tx.offered_files.put_back(file_id, tx.now + OFFER_LIFE),
            tenant=item.tenant,
        )


def _offer(tx: Tx, item: OutboxItem) -> Mapping[int, str]:
    person_id = tx.conversations.get(item.message.conversation_id).principal_id
    return {
        number: tx.offered_files.offer(
            item.id,
            number,
            person_id=person_id,
            name=block.name,
            expires_at=tx.now + OFFER_LIFE,
        )
        for number, block in enumerate(item.message.blocks)
        # Nothing can be put at the end of an upload of no bytes.
        if isinstance(block, FileBlock) and block.content
    }


def _answer(tx: Tx, message: InboundMessage, answer: FileAnswer) -> None:
    person = tx.people.find_linked(message.platform, message.account, message.external_id)
    if person is None or person.is_disabled or person.is_guest:
        return
    tx.enter(person.tenant)
    place = tx.conversations.hear(message, person.id)
    if answer.destination is not None:
        _take(tx, person, place, answer, answer.destination)
    elif answer.outside:
        _refuse(tx, person, place, NoDestination(answer.outside), shown_in="")
    elif tx.offered_files.leave(answer.file_id, person.id):
        found = tx.offered_files.find(answer.file_id)
        text = file_left(person.language, "" if found is None else found.name)
        _say(tx, place, text, HandoverPart("", answer.shown_in))
    else:
        found = _own(tx, person, answer.file_id)
        if found is None or found.state != "left":
            _refuse_over(tx, person, place, found, answer.shown_in)


def _take(
    tx: Tx, person: Principal, place: Conversation, answer: FileAnswer, to: Destination
) -> None:
    digest = hashlib.sha256(to.upload_url.encode()).hexdigest()
    is_taken = tx.offered_files.take(answer.file_id, person.id, to, digest)
    found = _own(tx, person, answer.file_id)
    if is_taken and found is not None:
        tx.record(AuditFact(tx.tenant, person.id, "file.taken", str(found.outbox_id)))
        text = file_elsewhere(person.language, found.name)
        _say(tx, place, text, HandoverPart(found.id, answer.shown_in))
    elif found is None or found.url_digest != digest:
        # Each acceptance has an address of its own: with the same one it was delivered again.
        _refuse_over(tx, person, place, found, answer.shown_in)


def _own(tx: Tx, person: Principal, file_id: str) -> OfferedFile | None:
    found = tx.offered_files.find(file_id)
    return found if found is not None and found.person_id == person.id else None


def _refuse_over(
    tx: Tx, person: Principal, place: Conversation, found: OfferedFile | None, shown_in: str
) -> None:
    """Say why a file is not offered any more, and have the card that offers it taken away."""
    outcome, at = "gone", None
    if found is not None:
        outcome = _OVER.get(found.state, "expired")
        at = found.expires_at if outcome == "expired" else found.answered_at
    name = "" if found is None else found.name
    error = FileNotOffered(name, outcome=outcome, at=at)
    _refuse(tx, person, place, error, shown_in=shown_in)


def _refuse(
    tx: Tx, person: Principal, place: Conversation, error: Refused, *, shown_in: str
) -> None:
    text = explain(tx, place, person, error, question=place.question)
    _say(tx, place, text, HandoverPart("", shown_in) if shown_in else None)


def _say(tx: Tx, place: Conversation, text: str, handover: HandoverPart | None) -> None:
    message = OutboundMessage(
        conversation_id=place.id, text=text, message_class="receipt", handover=handover
    )
    tx.outbox.add(message, place.platform)


def _find(tx: Tx, file_id: str) -> Handover | None:
    found = tx.offered_files.find(file_id)
    if found is None:
        return None
    return Handover(found, tx.outbox.find_file(found.outbox_id, found.number))
