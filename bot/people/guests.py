"""People whom nobody knows, and accounts that become somebody's.

A guest is a principal without a role, made when an unknown account first writes in private. So
what they are told, asked and decide goes the way of everybody's, and they may do nothing else.
In a group an unknown account is not answered at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal

import structlog

from bot import telling
from bot.access import Principal
from bot.actions.accounts import ConfirmLink
from bot.actions.admissions import AskToJoin, last_asked, may_ask_at
from bot.audit.chain import AuditFact
from bot.deciding import executor
from bot.economy.periods import period_at, short_window
from bot.economy.quotas import Quota, admit
from bot.economy.wallets import clean_name
from bot.errors.kinds import InvalidInput
from bot.errors.plans import QuotaExceeded
from bot.errors.talk import OutOfTurn
from bot.ids import PrincipalId, new_id
from bot.messages import Conversation, InboundMessage
from bot.people.links import Account, Link, label_of
from bot.ports import Actor, Tx
from bot.replies import short
from bot.turns.limits import TurnLimits
from bot.turns.steps import Delivery, claim

_log = structlog.get_logger(__name__)

# A guest is answered once in this time, whatever they write; the card they get waits as long.
GREET_EVERY: Final = timedelta(hours=1)
# In a company; who comes after them is answered tomorrow.
MOST_NEW_A_DAY: Final = 200
# A guest who brings codes that do not count is answered so often in an hour.
MOST_BAD_CODES: Final = 3
_LONGEST_NAME: Final = 80


def introduce(
    tx: Tx,
    delivery: Delivery,
    token: str | None,
    language: Literal["en", "es"],
    *,
    owner: str,
    limits: TurnLimits,
) -> bool:
    """Take a message that brings a link token, or that comes from an account nobody knows.

    All that follows stands in the caller's transaction. Returns whether one of the company's
    people wrote it.

    Raises:
        OutOfTurn: an earlier message of the conversation is not finished.
    """
    message = delivery.message
    if not claim(tx, delivery, owner):
        return False
    link, person_id = None, None
    if token is not None:
        link, person_id = spend_token(tx, message, token, language)
        if link is not None and person_id is None:
            tell_owner(tx, link, is_leaked=True)
    if person_id is None and link is None and message.is_private:
        person_id = meet(tx, message, language)
    if person_id is None:
        return False
    person = tx.people.get(person_id)
    if person.is_guest and not message.is_private:
        return False
    place = tx.conversations.hear(message, person_id)
    actor = Actor(person, place.id, request_life=limits.request_life)
    texts = greet(tx, actor, place) if token is None else answer_link(tx, actor, place, link)
    for text in texts:
        telling.say(tx, place, text)
    return not person.is_guest


def meet(tx: Tx, message: InboundMessage, language: Literal["en", "es"]) -> PrincipalId | None:
    """Make a guest of an unknown account that writes in private; None where that may not be.

    The transaction goes on in the company that the account would belong to. Repeating it, also
    from two chats at once, makes no second guest.
    """
    host = tx.people.find_host(message.platform, message.account)
    if host is None:
        # Several companies: nobody can tell whose guest this would be.
        _log.info("unknown account of no company", platform=message.platform)
        return None
    tx.enter(host)
    quota = Quota("guests", "writes", period_at("day", tx.now, tx.zone), MOST_NEW_A_DAY)
    key = f"guest:{message.platform}:{message.account}:{message.external_id}"
    try:
        admit(tx, quota, 1, key=f"{key}:{quota.period.key}")
    except QuotaExceeded:
        _log.warning("too many unknown accounts today", platform=message.platform)
        return None
    return _make_guest(tx, message, language)


def _make_guest(tx: Tx, message: InboundMessage, language: Literal["en", "es"]) -> PrincipalId:
    guest_id = new_id()
    guest = Principal(
        id=PrincipalId(guest_id),
        tenant=tx.tenant,
        name=account_name(message),
        # Nobody types it, and nobody who is let in keeps it.
        handle=guest_id,
        language=language,
        zone=tx.people.tenant().zone,
        is_guest=True,
    )
    tx.people.add(guest)
    if not tx.people.link(
        guest.id, message.platform, message.account, message.external_id, guest.name
    ):
        raise OutOfTurn("the account was met elsewhere at this moment")
    detail: dict[str, object] = {"platform": message.platform}
    tx.record(AuditFact(tx.tenant, "bursar", "guest.met", guest.id, detail))
    return guest.id


def account_name(message: InboundMessage) -> str:
    """Return what an account calls itself, or its label where that cannot be shown as a name."""
    try:
        return clean_name(message.sender_name[:_LONGEST_NAME])
    except InvalidInput:
        return label_of(message.platform, message.external_id)


def greet(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
    """Answer a guest, once an hour: what this is, and a button to ask to be let in."""
    if not tx.people.greet(actor.person.id, GREET_EVERY):
        return ()
    reader = telling.reader_of(actor.person, tx.now)
    asked = last_asked(tx, actor.person)
    if asked is None:
        executor.propose(tx, actor, [AskToJoin()], place, life=GREET_EVERY)
        return ()
    if asked.state == "pending" and not tx.proposals.is_expired(asked.id):
        return (short.join_waits(asked.ref, reader),)
    return (short.join_again(may_ask_at(asked), reader),)


def spend_token(
    tx: Tx, message: InboundMessage, token: str, language: Literal["en", "es"]
) -> tuple[Link | None, PrincipalId | None]:
    """Use a link token up for the account of a message; nothing is linked by that.

    Returns the link, if the token counted, and who writes: whoever the account belongs to, or a
    guest, who is made where the token counted and came in private. The transaction goes on in
    their company.
    """
    link = tx.links.redeem(
        token, message.platform, message.account, message.external_id, account_name(message)
    )
    known = tx.people.find_linked(message.platform, message.account, message.external_id)
    if known is not None:
        tx.enter(known.tenant)
    if link is None:
        return None, None if known is None else known.id
    detail: dict[str, object] = {"platform": link.platform, "is_private": message.is_private}
    tx.record(AuditFact(link.tenant, "bursar", "link.used", link.person_id, detail))
    if known is not None and (known.tenant == link.tenant or not _forget_guest(tx, known, link)):
        return link, known.id
    tx.enter(link.tenant)
    return link, _make_guest(tx, message, language) if message.is_private else None


def _forget_guest(tx: Tx, guest: Principal, link: Link) -> bool:
    """Free the account of another company's guest; False if it is one of its people's."""
    if not guest.is_guest:
        return False
    account = Account(link.platform, link.account, link.external_id, link.name, tx.now)
    return tx.people.unlink(guest.id, account)


def answer_link(tx: Tx, actor: Actor, place: Conversation, link: Link | None) -> Sequence[str]:
    """Answer whoever brought a token: a card with both names, or why it links nothing.

    Whoever made a token that somebody else has brought, or that others could read, is told.
    """
    person = actor.person
    reader = telling.reader_of(person, tx.now)
    if link is None:
        return (short.link_bad(reader),) if _may_err(tx, person) else ()
    if not place.is_private:
        tell_owner(tx, link, is_leaked=True)
        return (short.link_in_group(reader),)
    if not person.is_guest:
        is_own = (person.tenant, person.id) == (link.tenant, link.person_id)
        if not is_own:
            tell_owner(tx, link, is_leaked=False)
        return (short.link_useless(is_own=is_own, platform=link.platform, reader=reader),)
    executor.propose(tx, actor, [ConfirmLink(link_id=link.id)], place)
    return ()


def _may_err(tx: Tx, person: Principal) -> bool:
    """Tell whether a bad code is answered: a guest's only so often, so that trying is no talk."""
    if not person.is_guest:
        return True
    quota = Quota(person.id, "reads", short_window(60, tx.now), MOST_BAD_CODES)
    try:
        admit(tx, quota, 1, key=f"code:{new_id()}")
    except QuotaExceeded:
        return False
    return True


def tell_owner(tx: Tx, link: Link, *, is_leaked: bool) -> None:
    """Tell whoever made a token that it was used where it may not count."""
    here = tx.tenant
    tx.enter(link.tenant)
    person = tx.people.get(link.person_id)
    text = short.link_misused(
        label_of(link.platform, link.external_id),
        is_leaked=is_leaked,
        reader=telling.reader_of(person, tx.now),
    )
    for place in tx.conversations.list_private(person.id):
        telling.say(tx, place, text, message_class="alert")
    tx.enter(here)
