"""A person's platform accounts: linking one more, listing them, unlinking one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.access import Principal, require, require_gives
from bot.actions.base import Action, ActionCall, Notice, Preview, Receipt, Tier
from bot.errors.kinds import Ambiguous, Conflict, InvalidInput, NotFound
from bot.errors.talk import NotPrivate
from bot.ids import LinkId, PrincipalId, ProposalId
from bot.people.links import LINK_LIFE, Account, Link, label_of
from bot.ports import Actor, Tx

PlatformName = Annotated[str, Field(min_length=1, max_length=20)]


class LinkAccount(ActionCall):
    """Make a token by which the asker links an account on another platform."""

    action: Literal["link_account"] = "link_account"


class ConfirmLink(ActionCall):
    """Link the account that used a token to the person who made it."""

    action: Literal["confirm_link"] = "confirm_link"
    link_id: LinkId


class ListAccounts(ActionCall):
    """Show the asker's accounts, or those of a person for whoever manages people."""

    action: Literal["list_accounts"] = "list_accounts"
    person_id: PrincipalId | None = None


class UnlinkAccount(ActionCall):
    """Unlink an account; `ends_with` tells it from others of the person on the platform."""

    action: Literal["unlink_account"] = "unlink_account"
    platform: PlatformName
    ends_with: Annotated[str, Field(max_length=200)] | None = None
    person_id: PrincipalId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkMade(Receipt):
    """A token to link one more account with, shown once."""

    token: str
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLinked(Receipt):
    """An account is a person's from now on. `platform` is what they would unlink it by."""

    name: str
    company: str
    account: str
    platform: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsReceipt(Receipt):
    """Accounts, the oldest first; `name` is whose, None for the asker's own."""

    name: str | None
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUnlinked(Receipt):
    """An account is nobody's any more. `name` is whose it was, `by` who did it."""

    account: str
    name: str
    by: str
    is_own: bool


def link_account(call: LinkAccount, tx: Tx, actor: Actor) -> Receipt:
    """Make a token for the asker. Raises `NotPrivate` where others would read it."""
    place = actor.conversation_id
    if place is None or not tx.conversations.get(place).is_private:
        raise NotPrivate
    return LinkMade(token=tx.links.issue(actor.person.id), ends_at=tx.now + LINK_LIFE)


def preview_confirm(call: ConfirmLink, tx: Tx, actor: Actor) -> Preview:
    """Show both names: whose account it would become, and what the account calls itself."""
    link, person = _meant(call, tx)
    return Preview(
        action=call.action,
        subject=person.name,
        target=tx.people.tenant().name,
        asked_by=link.name or None,
        account=label_of(link.platform, link.external_id),
    )


def confirm_link(call: ConfirmLink, tx: Tx, actor: Actor) -> Receipt:
    """Link the account, once.

    Raises:
        Conflict: it is somebody's already, or the person may do nothing any more.
    """
    link, person = _meant(call, tx)
    if not tx.people.relink(link, actor.person.id):
        raise Conflict("the account is linked, or the person is shut out")
    return AccountLinked(
        name=person.name,
        company=tx.people.tenant().name,
        account=label_of(link.platform, link.external_id),
        platform=link.platform,
        # What the account asked for as a stranger is over: it is somebody's.
        redraws=_withdraw(tx, actor),
        notices=(Notice(to=person.id, is_everywhere=True),),
    )


def _meant(call: ConfirmLink, tx: Tx) -> tuple[Link, Principal]:
    link = tx.links.find(call.link_id)
    if link is None:
        raise NotFound("link", "")
    return link, tx.people.get(link.person_id)


def _withdraw(tx: Tx, actor: Actor) -> ProposalId | None:
    for request in tx.proposals.list_requests(requester_id=actor.person.id, limit=1):
        if tx.proposals.decide(request, "discarded", by=actor.person.id, outcome="cancelled"):
            return request.id
    return None


def list_accounts(call: ListAccounts, tx: Tx, actor: Actor) -> Receipt:
    """List accounts. Raises `NotAllowed` for another's, unless the asker manages people."""
    person = _whose(call.person_id, tx, actor)
    return AccountsReceipt(
        name=None if person.id == actor.person.id else person.name,
        accounts=tuple(tx.people.list_accounts(person.id)),
    )


def _whose(person_id: PrincipalId | None, tx: Tx, actor: Actor) -> Principal:
    if person_id is None or person_id == actor.person.id:
        return actor.person
    require(actor.person, "people.manage")
    return tx.people.get(person_id)


def preview_unlink(call: UnlinkAccount, tx: Tx, actor: Actor) -> Preview:
    """Show which account would be unlinked."""
    person, account = _to_unlink(call, tx, actor)
    is_own = person.id == actor.person.id
    return Preview(action=call.action, subject=person.name, account=account.label, is_own=is_own)


def unlink_account(call: UnlinkAccount, tx: Tx, actor: Actor) -> Receipt:
    """Unlink an account, once; nothing more is told there.

    Raises:
        InvalidInput: it is the last account by which an owner is reached.
    """
    person, account = _to_unlink(call, tx, actor)
    if not tx.people.unlink(person.id, account):
        raise InvalidInput("account", "is the last owner's last", example="link account")
    tx.conversations.lose_account(person.id, account.platform, account.external_id)
    return AccountUnlinked(
        account=account.label,
        name=person.name,
        by=actor.person.name,
        is_own=person.id == actor.person.id,
        notices=(Notice(to=person.id, is_everywhere=True),),
    )


def _to_unlink(call: UnlinkAccount, tx: Tx, actor: Actor) -> tuple[Principal, Account]:
    person = _whose(call.person_id, tx, actor)
    if person.id != actor.person.id:
        # Whoever may not take a role away may not take away the way to use it either.
        for grant in person.grants:
            require_gives(actor.person, grant.role)
    found = [x for x in tx.people.list_accounts(person.id) if x.platform == call.platform]
    if call.ends_with:
        wanted = call.ends_with.lstrip("…")
        found = [x for x in found if x.external_id.casefold().endswith(wanted.casefold())]
    if not found:
        raise NotFound("account", call.platform)
    if len(found) > 1:
        raise Ambiguous("account", call.platform, tuple(one.label for one in found))
    return person, found[0]


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        LinkAccount,
        Tier.T2,
        "account.own",
        link_account,
        # A token is nothing until it is used, and then the other side is asked.
        is_at_once=True,
        examples={"en": ("link my telegram account",), "es": ("vincula mi cuenta",)},
    ),
    Action(
        ListAccounts,
        Tier.T1,
        "account.own",
        list_accounts,
        is_free=True,
        examples={"en": ("accounts",), "es": ("cuentas",)},
    ),
    Action(
        UnlinkAccount,
        Tier.T3,
        "account.own",
        unlink_account,
        preview_unlink,
        examples={"en": ("unlink slack",), "es": ("desvincula slack",)},
    ),
    Action(ConfirmLink, Tier.T3, "company.join", confirm_link, preview_confirm, is_hidden=True),
)
