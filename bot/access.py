"""Roles, and what they may do. Nobody may do anything that no rule here allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from bot.allowances import PlanName
from bot.errors.kinds import NotAllowed
from bot.ids import PrincipalId, TenantId, WalletId
from bot.people.quiet import QuietHours

Role = Literal["owner", "admin", "finance", "lead", "member", "viewer"]
Permission = Literal[
    "spend.read",
    # To take costs away as files: of all that is spent, or of the wallets that one leads.
    "spend.export",
    # To make usage what a provider charged.
    "usage.correct",
    "people.read",
    "help.read",
    "budget.request",
    "budget.raise",
    "budget.move",
    "request.decide",
    "request.cancel",
    "wallet.limit",
    "wallet.manage",
    "people.manage",
    "rights.manage",
    # To answer requests at all; which ones, the request itself says.
    "request.answer",
    # To see what did not arrive, and to send it again.
    "delivery.manage",
    # To see, to pause and to have done what Bursar does by itself for the company.
    "schedules.manage",
    # Where models are asked, and what they cost.
    "providers.manage",
    # What everybody has who is here, whatever their roles.
    "account.own",
    # What guests have, and nobody else needs.
    "company.join",
    "undo",
]
# What moves money: how much a role may do of it at a time is for the company to say.
AmountPermission = Literal["request.decide", "budget.raise", "budget.move", "wallet.limit"]

# What a role may do in the wallets that it is given for; owner, admin and finance are given for
# the whole tenant. Anything not listed is denied.
_MAY: Final[dict[Role, frozenset[Permission]]] = {
    "owner": frozenset(Permission.__args__) - {"company.join"},  # type: ignore[attr-defined]  # every permission
    "admin": frozenset(
        {
            "spend.read",
            "spend.export",
            "people.read",
            "help.read",
            "budget.request",
            "request.cancel",
            "request.answer",
            "delivery.manage",
            "schedules.manage",
            "providers.manage",
            "wallet.manage",
            "people.manage",
            "undo",
        }
    ),
    "finance": frozenset(
        {
            "spend.read",
            "spend.export",
            "usage.correct",
            "people.read",
            "help.read",
            "budget.request",
            "budget.raise",
            "budget.move",
            "request.answer",
            "request.decide",
            "request.cancel",
            "wallet.limit",
            "undo",
        }
    ),
    "lead": frozenset(
        {
            "spend.read",
            "spend.export",
            "people.read",
            "help.read",
            "budget.request",
            "budget.move",
            "request.answer",
            "request.decide",
            "request.cancel",
            "undo",
        }
    ),
    "member": frozenset(
        {"spend.read", "people.read", "help.read", "budget.request", "request.cancel", "undo"}
    ),
    "viewer": frozenset({"spend.read", "people.read", "help.read"}),
}
_EVERYWHERE: Final = WalletId("")
_EVERYBODY: Final[frozenset[Permission]] = frozenset({"account.own"})
_GUESTS: Final[frozenset[Permission]] = frozenset({"company.join", "request.cancel"})
# Who may hand out a role: nobody makes somebody more than what they are themselves.
_GIVES: Final[dict[Role, frozenset[Role]]] = {
    "owner": frozenset(_MAY),
    "admin": frozenset({"admin", "lead", "member", "viewer"}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that a person holds, for a wallet and all below it; everywhere when empty."""

    role: Role
    wallet_id: WalletId = _EVERYWHERE


@dataclass(frozen=True, slots=True)
class Principal:
    """A person of a tenant. `language` is "en" or "es", `zone` an IANA name.

    A guest wrote and is nobody of the company; guests are in no list of its people. `added_at` is
    None for somebody who is not kept yet; `has_confirmed` says that they once said yes to a
    change.
    """

    id: PrincipalId
    tenant: TenantId
    name: str
    handle: str
    language: Literal["en", "es"]
    zone: str
    home_wallet_id: WalletId | None = None
    is_disabled: bool = False
    grants: tuple[Grant, ...] = ()
    is_guest: bool = False
    quiet: QuietHours | None = None
    added_at: datetime | None = None
    has_confirmed: bool = False
    # None for the company's usual one.
    plan: PlanName | None = None
    # The end of their pause; told only of whoever writes, and maybe past.
    cooled_until: datetime | None = None

    def has_role(self, *roles: Role) -> bool:
        """Tell whether one of the roles is held anywhere."""
        return any(grant.role in roles for grant in self.grants)


@dataclass(frozen=True, slots=True)
class RoleLimit:
    """The most that one of a role's permissions is good for at a time, in nano-dollars."""

    role: Role
    permission: AmountPermission
    amount_nanos: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How much a person may do of something at a time.

    `most_nanos` is None where nothing bounds it and 0 where no role allows it; `role` is the one
    whose limit binds.
    """

    most_nanos: int | None
    role: Role | None = None

    def covers(self, amount_nanos: int | None) -> bool:
        """Tell whether an amount is within it; None is one without bound."""
        if self.most_nanos is None:
            return True
        return amount_nanos is not None and amount_nanos <= self.most_nanos


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """Return the roles that have a permission: whoever holds none of them has not."""
    return tuple(role for role, permissions in _MAY.items() if permission in permissions)


def may(
    principal: Principal, permission: Permission, chain: Sequence[WalletId] | None = None
) -> bool:
    """Tell whether a person has a permission for a wallet.

    `chain` is the wallet and its ancestors; None asks about the tenant as a whole, for which
    only roles that are given everywhere count.
    """
    if principal.is_disabled:
        return False
    if principal.is_guest:
        return permission in _GUESTS
    if permission in _EVERYBODY:
        return True
    reach = {_EVERYWHERE, *(chain or ())}
    return any(
        permission in _MAY[grant.role] and grant.wallet_id in reach for grant in principal.grants
    )


def list_given(principal: Principal, permission: Permission) -> list[WalletId]:
    """Return the wallets for which a person's roles give a permission, in no order.

    Nothing of what lies below them, and none for roles that are given everywhere.
    """
    if principal.is_disabled or principal.is_guest:
        return []
    return [
        grant.wallet_id
        for grant in principal.grants
        if grant.wallet_id and permission in _MAY[grant.role]
    ]


def may_anywhere(principal: Principal, permission: Permission) -> bool:
    """Tell whether a person has a permission for at least one wallet."""
    if principal.is_disabled or principal.is_guest or permission in _EVERYBODY:
        return may(principal, permission)
    return any(permission in _MAY[grant.role] for grant in principal.grants)


def require(
    principal: Principal, permission: Permission, chain: Sequence[WalletId] | None = None
) -> None:
    """Raise `NotAllowed` unless the person has the permission for the wallet."""
    if not may(principal, permission, chain):
        raise NotAllowed(principal.id, permission)


def require_anywhere(principal: Principal, permission: Permission) -> None:
    """Raise `NotAllowed` unless the person has the permission for some wallet."""
    if not may_anywhere(principal, permission):
        raise NotAllowed(principal.id, permission)


def require_gives(giver: Principal, role: Role) -> None:
    """Raise `NotAllowed` unless the person may hand out, and take away, a role."""
    allowed: set[Role] = set()
    for grant in giver.grants:
        if grant.wallet_id == _EVERYWHERE:
            allowed |= _GIVES.get(grant.role, frozenset())
    if giver.is_disabled or role not in allowed:
        raise NotAllowed(giver.id, "people.manage", role=role)


def reach(
    principal: Principal,
    permission: AmountPermission,
    chain: Sequence[WalletId],
    limits: Iterable[RoleLimit],
) -> Reach:
    """Return how far a permission goes for a wallet: the farthest of the roles held for it.

    A role without a limit is bounded by nothing, and neither is an owner, whatever the limits
    say: or nobody could lift them any more.
    """
    most = {x.role: x.amount_nanos for x in limits if x.permission == permission}
    held = [
        grant.role
        for grant in principal.grants
        if permission in _MAY[grant.role] and grant.wallet_id in {_EVERYWHERE, *chain}
    ]
    if principal.is_disabled or not held:
        return Reach(0)
    if any(role == "owner" or role not in most for role in held):
        return Reach(None)
    widest = max(held, key=lambda role: most[role])
    return Reach(most[widest], widest)


def narrowest(reaches: Iterable[Reach]) -> Reach:
    """Return the least of several: what is good for all of some wallets at once."""
    return min(reaches, key=lambda x: (x.most_nanos is None, x.most_nanos or 0))


def may_decide(principal: Principal, requester_id: PrincipalId, chain: Sequence[WalletId]) -> bool:
    """Tell whether a person may decide a request for a wallet: never one of their own.

    A person is who they are on every platform: accounts are linked to one principal, and it is
    the principal that is compared.
    """
    return principal.id != requester_id and may(principal, "request.decide", chain)


def list_approvers(
    people: Iterable[Principal],
    requester_id: PrincipalId,
    chain: Sequence[WalletId],
    amount_nanos: int,
    limits: Sequence[RoleLimit],
) -> list[Principal]:
    """Return whose right to decide reaches an amount.

    Nearest first: leads from the wallet upwards, finance, owners.
    """
    distance = {wallet_id: index for index, wallet_id in enumerate(chain)}

    def nearness(person: Principal) -> tuple[int, str]:
        ranks = [
            distance.get(grant.wallet_id, len(chain))
            if grant.role == "lead"
            else len(chain) + {"finance": 1, "owner": 2}.get(grant.role, 9)
            for grant in person.grants
            if "request.decide" in _MAY[grant.role]
        ]
        return min(ranks, default=99), person.name

    able = [
        person
        for person in people
        if may_decide(person, requester_id, chain)
        and reach(person, "request.decide", chain, limits).covers(amount_nanos)
    ]
    return sorted(able, key=nearness)


def may_let_in(principal: Principal, requester_id: PrincipalId) -> bool:
    """Tell whether a person may let somebody in who asked for it."""
    return principal.id != requester_id and may(principal, "people.manage")


def list_doorkeepers(people: Iterable[Principal], requester_id: PrincipalId) -> list[Principal]:
    """Return who may let somebody in: administrators, then owners, by name."""
    able = [person for person in people if may_let_in(person, requester_id)]
    return sorted(able, key=lambda person: (not person.has_role("admin"), person.name))
