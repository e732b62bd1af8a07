"""Requests that wait: whoever may decide is reminded, then somebody else is asked.

What runs these is no matter of theirs: each takes its step once, whoever calls, however often.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot import telling
from bot.access import Principal
from bot.actions.approvals import preview_request_card
from bot.actions.asking import may_decide_on
from bot.actions.requests import requested
from bot.audit.chain import AuditFact
from bot.deciding import cards, executor
from bot.errors.kinds import Refused
from bot.ports import Actor, Tx
from bot.proposals.model import LAST_STEP, REMINDED, Proposal
from bot.replies import short

REMIND_AFTER: Final = timedelta(hours=4)
ESCALATE_AFTER: Final = timedelta(hours=24)


def remind_due(tx: Tx, request: Proposal) -> bool:
    """Take the step of waiting that is due for a request; False if none is, or it was taken.

    After four hours whoever has its card is reminded, after a day the next one who may decide is
    asked too. Whoever asked hears of both.
    """
    if tx.proposals.remind(request, LAST_STEP, after=ESCALATE_AFTER):
        _escalate(tx, request)
        return True
    if tx.proposals.remind(request, REMINDED, after=REMIND_AFTER):
        _remind(tx, request)
        return True
    return False


def _remind(tx: Tx, request: Proposal) -> None:
    reminded = _remind_deciders(tx, request)
    if not reminded:
        # Whoever had it may decide no more: waiting longer for them helps nobody.
        _escalate(tx, request)
        return
    _record(tx, request, "request.reminded")
    asker = tx.people.get(request.requester_id)
    names = () if asker.is_guest else tuple(person.name for person in reminded)
    _tell_asker(tx, request, asker, short.request_reminded, names)


def _escalate(tx: Tx, request: Proposal) -> None:
    following = executor.ask_another(tx, request)
    _record(tx, request, "request.escalated")
    asker = tx.people.get(request.requester_id)
    if following is None:
        reminded = _remind_deciders(tx, request)
        names = () if asker.is_guest else tuple(person.name for person in reminded)
        _tell_asker(tx, request, asker, short.request_reminded, names)
        return
    names = () if asker.is_guest else (following.name,)
    _tell_asker(tx, request, asker, short.request_escalated, names)


def _remind_deciders(tx: Tx, request: Proposal) -> list[Principal]:
    """Remind everybody who has the card and may still decide; return them by name."""
    people = [tx.people.get(one) for one in executor.deciders(tx, request)]
    wanted = requested(request)
    able = [x for x in people if may_decide_on(x, request.requester_id, wanted, tx)]
    asker = tx.people.get(request.requester_id)
    for person in able:
        text = short.request_waits(
            request.ref,
            asker.name,
            request.created_at,
            request.expires_at,
            telling.reader_of(person, tx.now),
        )
        _show_again(tx, request, person, text)
    return sorted(able, key=lambda person: person.name)


def _show_again(tx: Tx, request: Proposal, person: Principal, lead: str) -> None:
    place = telling.place_of(tx, person.id)
    try:
        preview = preview_request_card(request, tx, Actor(person, place.id))
    except Refused:
        # As it was when it was asked for; the approval itself looks again.
        preview = cards.load_preview(request)
    cards.show_again(tx, request, preview, person, place, lead)


def _tell_asker(
    tx: Tx,
    request: Proposal,
    asker: Principal,
    words: short.AboutWaiting,
    names: tuple[str, ...],
) -> None:
    text = words(request.ref, names, request.expires_at, telling.reader_of(asker, tx.now))
    telling.tell(tx, asker, text, message_class="receipt")


def _record(tx: Tx, request: Proposal, what: str) -> None:
    tx.record(AuditFact(tx.tenant, "bursar", what, request.id, {"ref": request.ref}))
