"""People and what they may do."""

from typing import Annotated, Literal

from pydantic import Field

from bot.actions.base import ActionCall, Name
from bot.ids import PrincipalId, WalletId

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
