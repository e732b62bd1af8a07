"""Being let in: somebody whom nobody knows asks, and whoever manages people decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, Literal

from bot.access import Principal, require
from bot.actions.asking import AdmitPerson, RequestSent, send_request
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier
from bot.actions.people import DisablePerson, PersonAdded, new_handle
from bot.economy import budgets
from bot.economy.periods import period_at
from bot.economy.quotas import Quota, admit
from bot.economy.wallets import name_key
from bot.errors.kinds import Conflict, InvalidInput
from bot.errors.plans import QuotaExceeded
from bot.ids import WalletId
from bot.people.links import label_of
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal

# Whoever was told no asks again tomorrow.
ASK_AGAIN: Final = timedelta(days=1)
# In a company: as many as somebody can look through; a flood of them hides the honest ones.
MOST_ASKED_A_DAY: Final = 20


class AskToJoin(ActionCall):
    """Ask to be let in."""

    action: Literal["ask_to_join"] = "ask_to_join"


def last_asked(tx: Tx, guest: Principal) -> Proposal | None:
    """Return the request of a guest that keeps them from asking again, None if they may."""
    for request in tx.proposals.list_requests(requester_id=guest.id, only_open=False, limit=1):
        if request.created_at > tx.now - ASK_AGAIN:
            return request
        if request.state == "pending" and not tx.proposals.is_expired(request.id):
            return request
    return None


def may_ask_at(request: Proposal) -> datetime:
    """Return from when on the guest of a request may ask again."""
    return request.created_at + ASK_AGAIN


def preview_ask(call: AskToJoin, tx: Tx, actor: Actor) -> Preview:
    """Show what is asked, and of whom."""
    return Preview(action=call.action, subject=tx.people.tenant().name)


def ask_to_join(call: AskToJoin, tx: Tx, actor: Actor) -> Receipt:
    """Send the request, one a day for a person.

    Raises:
        InvalidInput: they have asked, or too many ask today.
        Conflict: they are no guest any more.
    """
    if not tx.people.lock_guest(actor.person.id):
        raise Conflict(f"{actor.person.id!r} is no guest")
    if last_asked(tx, actor.person) is not None:
        raise InvalidInput("request", "was asked lately")
    quota = Quota("joining", "writes", period_at("day", tx.now, tx.zone), MOST_ASKED_A_DAY)
    try:
        admit(tx, quota, 1, key=f"joining:{actor.key}")
    except QuotaExceeded as full:
        raise InvalidInput("request", "too many ask today") from full
    # The card says so: a yes to it alone should let them do something.
    admission = AdmitPerson(person_id=actor.person.id, wallet_id=_company_wallet(tx))
    sent: RequestSent = send_request(admission, tx, actor)
    return sent


def _company_wallet(tx: Tx) -> WalletId | None:
    """Return the wallet that stands above all others; None in a company that has none yet."""
    return next((x.id for x in tx.wallets.list_all() if x.parent_id is None), None)


def preview_admission(call: AdmitPerson, tx: Tx, actor: Actor) -> Preview:
    """Show who would be let in: the account decides, not the name that it gives itself."""
    guest = tx.people.get(call.person_id)
    accounts = tx.people.list_accounts(guest.id)
    wallet = None if call.wallet_id is None else tx.wallets.get(call.wallet_id)
    return Preview(
        action=call.action,
        subject=guest.name,
        account=", ".join(label_of(x.platform, x.external_id) for x in accounts) or "?",
        asked_by=guest.name,
        target=None if wallet is None else wallet.name,
        role="member",
        is_own=False,
    )


def admit_person(call: AdmitPerson, tx: Tx, actor: Actor) -> PersonAdded:
    """Let a guest in, once.

    Raises:
        WalletClosed, NotFound: the wallet cannot have members.
        Conflict: they are here already.
    """
    require(actor.person, "people.manage")
    wallet = None if call.wallet_id is None else budgets.get_open_wallet(tx, call.wallet_id)
    guest = tx.people.get(call.person_id)
    name = _own_name(guest, tx)
    handle = new_handle(name, tx)
    if not tx.people.admit(guest.id, name, handle, None if wallet is None else wallet.id):
        raise Conflict(f"{guest.id!r} is no guest")
    tx.people.link(guest.id, "terminal", "bursar", handle)
    if wallet is not None:
        tx.people.give(guest.id, "member", wallet.id)
    return PersonAdded(
        name=name,
        handle=handle,
        wallet=None if wallet is None else wallet.name,
        undo=DisablePerson(person_id=guest.id),
    )


def _own_name(guest: Principal, tx: Tx) -> str:
    """Return the guest's name, told from that of anybody here by the account it came with."""
    taken = {name_key(person.name) for person in tx.people.list_all()}
    if name_key(guest.name) not in taken:
        return guest.name
    for account in tx.people.list_accounts(guest.id):
        name = f"{guest.name[:60]} ({label_of(account.platform, account.external_id)[:37]})"
        if name_key(name) not in taken:
            return name
    raise InvalidInput("name", "is somebody else's")


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(AskToJoin, Tier.T3, "company.join", ask_to_join, preview_ask, is_hidden=True),
    Action(
        AdmitPerson,
        Tier.T3,
        "people.manage",
        admit_person,
        preview_admission,
        is_hidden=True,
    ),
)
