"""People and what they may do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.access import Grant, Principal, RoleLimit, require, require_anywhere, require_gives
from bot.actions.base import Action, ActionCall, Name, Notice, Preview, Receipt, Tier
from bot.economy import budgets
from bot.economy.wallets import clean_name, name_key
from bot.errors.kinds import Conflict, InvalidInput
from bot.ids import PrincipalId, WalletId, new_id
from bot.ports import Actor, Tx

Role = Literal["owner", "admin", "finance", "lead", "member", "viewer"]


class AddPerson(ActionCall):
    """Add a person, as a member of a wallet where one is given."""

    action: Literal["add_person"] = "add_person"
    name: Name
    wallet_id: WalletId | None = None
    language: Literal["en", "es"] = "en"
    email: Annotated[str, Field(max_length=254)] | None = None


class GiveRole(ActionCall):
    """Give a person a role; lead, member and viewer may be for one wallet only."""

    action: Literal["give_role"] = "give_role"
    person_id: PrincipalId
    role: Role
    wallet_id: WalletId | None = None


class TakeRole(ActionCall):
    """Take a role from a person."""

    action: Literal["take_role"] = "take_role"
    person_id: PrincipalId
    role: Role
    wallet_id: WalletId | None = None


class ListPeople(ActionCall):
    """Show who is here and what they may do."""

    action: Literal["list_people"] = "list_people"
    wallet_id: WalletId | None = None


class DisablePerson(ActionCall):
    """Shut a person out: the inverse of adding them."""

    action: Literal["disable_person"] = "disable_person"
    person_id: PrincipalId


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Receipt):
    """A person is here; `handle` is what they are called in the terminal."""

    name: str
    handle: str
    wallet: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDisabled(Receipt):
    """A person may do nothing any more."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChanged(Receipt):
    """A role was given or taken."""

    how: Literal["given", "taken"]
    name: str
    role: Role
    wallet: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleReceipt(Receipt):
    """Who is here, as (name, handle, roles with their wallets).

    `limits` are what the roles that are shown may do at a time, where something bounds it.
    """

    people: tuple[tuple[str, str, tuple[tuple[Role, str | None], ...]], ...]
    limits: tuple[RoleLimit, ...] = ()


# Roles that hold in the whole company: giving one for a single wallet would say less than it does.
_EVERYWHERE = {"owner", "admin", "finance"}
_HANDLE = re.compile(r"[^a-z0-9]+")


def preview_add(call: AddPerson, tx: Tx, actor: Actor) -> Preview:
    """Show who is added, and where."""
    require(actor.person, "people.manage")
    name = clean_name(call.name)
    _refuse_same_name(name, tx)
    wallet = None if call.wallet_id is None else budgets.get_open_wallet(tx, call.wallet_id)
    return Preview(
        action=call.action, subject=name, target=wallet.name if wallet else None, role="member"
    )


def add_person(call: AddPerson, tx: Tx, actor: Actor) -> Receipt:
    """Add a person. Raises `InvalidInput` when the name cannot be told from another."""
    require(actor.person, "people.manage")
    name = clean_name(call.name)
    _refuse_same_name(name, tx)
    wallet = None if call.wallet_id is None else budgets.get_open_wallet(tx, call.wallet_id)
    company = tx.people.tenant()
    person = Principal(
        id=PrincipalId(new_id()),
        tenant=company.id,
        name=name,
        handle=new_handle(name, tx),
        language=call.language,
        zone=company.zone,
        home_wallet_id=wallet.id if wallet else None,
    )
    tx.people.add(person, email=call.email)
    tx.people.link(person.id, "terminal", "bursar", person.handle)
    if wallet is not None:
        tx.people.give(person.id, "member", wallet.id)
    return PersonAdded(
        name=name,
        handle=person.handle,
        wallet=wallet.name if wallet else None,
        undo=DisablePerson(person_id=person.id),
    )


def preview_disable(call: DisablePerson, tx: Tx, actor: Actor) -> Preview:
    """Show who is shut out."""
    return Preview(action=call.action, subject=_to_disable(call, tx, actor).name)


def disable_person(call: DisablePerson, tx: Tx, actor: Actor) -> Receipt:
    """Shut a person out, once.

    Raises:
        InvalidInput: nobody else would be left who is an owner.
        Conflict: they are shut out already.
    """
    person = _to_disable(call, tx, actor)
    if not tx.people.set_disabled(person.id, True):
        if not person.is_disabled and person.has_role("owner"):
            raise InvalidInput("role", "is the last owner's", example="make ana owner")
        raise Conflict(f"{person.id!r} is disabled already")
    return PersonDisabled(name=person.name)


def _to_disable(call: DisablePerson, tx: Tx, actor: Actor) -> Principal:
    require(actor.person, "people.manage")
    person = tx.people.get(call.person_id)
    # Whoever may not take a role away may not shut out who has it.
    for grant in person.grants:
        require_gives(actor.person, grant.role)
    return person


def preview_role(call: GiveRole | TakeRole, tx: Tx, actor: Actor) -> Preview:
    """Show whose role changes, and for which wallet.

    Raises:
        InvalidInput: a role that is to be taken is not held, or is the last owner's.
    """
    person, wallet = _role(call, tx, actor)
    if isinstance(call, TakeRole):
        _check_taken(call, person, tx)
    return Preview(action=call.action, subject=person.name, role=call.role, target=wallet)


def give_role(call: GiveRole, tx: Tx, actor: Actor) -> Receipt:
    """Give a role, once. Raises `InvalidInput` when it is held already."""
    person, wallet = _role(call, tx, actor)
    if not tx.people.give(person.id, call.role, call.wallet_id):
        raise InvalidInput("role", "is held already", example="make ana lead of design")
    return RoleChanged(
        how="given",
        name=person.name,
        role=call.role,
        wallet=wallet,
        undo=TakeRole(person_id=person.id, role=call.role, wallet_id=call.wallet_id),
        notices=_told(person, actor),
    )


def take_role(call: TakeRole, tx: Tx, actor: Actor) -> Receipt:
    """Take a role, once. Raises `InvalidInput` when it is not held, or is the last owner's."""
    person, wallet = _role(call, tx, actor)
    if not tx.people.take(person.id, call.role, call.wallet_id):
        why = "is the last owner's" if person.has_role("owner") else "is not held"
        raise InvalidInput("role", why, example="take lead of design from ben")
    return RoleChanged(
        how="taken",
        name=person.name,
        role=call.role,
        wallet=wallet,
        undo=GiveRole(person_id=person.id, role=call.role, wallet_id=call.wallet_id),
        notices=_told(person, actor),
    )


def list_people(call: ListPeople, tx: Tx, actor: Actor) -> Receipt:
    """List who is here; those who were shut out are left out."""
    require_anywhere(actor.person, "people.read")
    names = {wallet.id: wallet.name for wallet in tx.wallets.list_all()}
    people = [
        person
        for person in tx.people.list_all()
        if not person.is_disabled
        and (call.wallet_id is None or call.wallet_id in _wallets_of(person))
    ]
    return PeopleReceipt(
        people=tuple(
            (
                person.name,
                person.handle,
                tuple((grant.role, names.get(grant.wallet_id)) for grant in person.grants),
            )
            for person in people
        ),
        limits=tuple(
            limit
            for limit in tx.rights.list_all()
            if any(person.has_role(limit.role) for person in people)
        ),
    )


def _wallets_of(person: Principal) -> set[WalletId | None]:
    return {person.home_wallet_id, *(grant.wallet_id for grant in person.grants)}


def _role(call: GiveRole | TakeRole, tx: Tx, actor: Actor) -> tuple[Principal, str | None]:
    require_gives(actor.person, call.role)
    if (call.role in _EVERYWHERE) != (call.wallet_id is None) and call.role != "viewer":
        if call.wallet_id is None:
            raise InvalidInput("wallet", "is missing", example=f"make ana {call.role} of design")
        raise InvalidInput("wallet", "this role is for everything", example="make ana finance")
    wallet = None if call.wallet_id is None else budgets.get_open_wallet(tx, call.wallet_id)
    return tx.people.get(call.person_id), wallet.name if wallet else None


def _check_taken(call: TakeRole, person: Principal, tx: Tx) -> None:
    """Raise `InvalidInput` where a role cannot be taken as things stand; taking looks again."""
    why = ""
    if Grant(call.role, call.wallet_id or WalletId("")) not in person.grants:
        why = "is not held"
    elif call.role == "owner" and len(tx.people.list_with_role(("owner",))) < 2:
        why = "is the last owner's"
    if why:
        raise InvalidInput("role", why, example="take lead of design from ben")


def _told(person: Principal, actor: Actor) -> tuple[Notice, ...]:
    return () if person.id == actor.person.id else (Notice(to=person.id),)


def _refuse_same_name(name: str, tx: Tx) -> None:
    if any(name_key(person.name) == name_key(name) for person in tx.people.list_all()):
        raise InvalidInput("name", "is somebody else's", example=f"{name} (Data)")


def new_handle(name: str, tx: Tx) -> str:
    """Return a short name for the terminal that nobody has yet."""
    folded = unicodedata.normalize("NFKD", name.split()[0].casefold())
    stem = _HANDLE.sub("", folded.encode("ascii", "ignore").decode()) or "person"
    taken = {person.handle for person in tx.people.list_all()}
    number, handle = 1, stem
    while handle in taken:
        number += 1
        handle = f"{stem}{number}"
    return handle


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        AddPerson,
        Tier.T3,
        "people.manage",
        add_person,
        preview_add,
        examples={"en": ("add Gina Rossi to design",), "es": ("añade a Gina Rossi a diseño",)},
    ),
    Action(
        GiveRole,
        Tier.T3,
        "people.manage",
        give_role,
        preview_role,
        examples={"en": ("make ana lead of design",), "es": ("haz a ana líder de diseño",)},
    ),
    Action(
        TakeRole,
        Tier.T3,
        "people.manage",
        take_role,
        preview_role,
        examples={
            "en": ("ben is no longer lead of design",),
            "es": ("ben ya no es líder de diseño",),
        },
    ),
    Action(
        ListPeople,
        Tier.T1,
        "people.read",
        list_people,
        examples={"en": ("people",), "es": ("personas",)},
    ),
    Action(DisablePerson, Tier.T3, "undo", disable_person, preview_disable, is_hidden=True),
)
