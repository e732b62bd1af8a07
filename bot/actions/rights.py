"""How much a role may do at a time; only an owner changes it, and an owner is never bounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bot.access import AmountPermission, Role, require, roles_with
from bot.actions.base import (
    Action,
    ActionCall,
    AmountNanos,
    Preview,
    PutBack,
    Receipt,
    Tier,
)
from bot.errors.kinds import Conflict, InvalidInput
from bot.ports import Actor, Tx


class SetRoleLimit(ActionCall):
    """Set how much a role may do of something at a time; without an amount nothing bounds it."""

    action: Literal["set_role_limit"] = "set_role_limit"
    role: Role
    permission: AmountPermission
    amount_nanos: AmountNanos | None = None


class RestoreRoleLimit(PutBack):
    """Set a role's limit back."""

    action: Literal["restore_role_limit"] = "restore_role_limit"
    role: Role
    permission: AmountPermission


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLimitSet(Receipt):
    """How much a role may do at a time was changed; None is without a bound."""

    role: Role
    permission: AmountPermission
    before_nanos: int | None
    limit_nanos: int | None


def preview_role_limit(call: SetRoleLimit, tx: Tx, actor: Actor) -> Preview:
    """Show a role's limit before and after."""
    return _shown(call, _changeable(call, tx, actor))


def set_role_limit(call: SetRoleLimit, tx: Tx, actor: Actor) -> Receipt:
    """Set or take away a role's limit: from this commit on every click is checked by it.

    Raises:
        Conflict: somebody changed it at the same moment; nothing changed.
    """
    return _set(call, _changeable(call, tx, actor), tx)


def preview_restore(call: RestoreRoleLimit, tx: Tx, actor: Actor) -> Preview:
    """Show a role's limit as it was."""
    require(actor.person, "rights.manage")
    return _shown(call, call.expected_nanos)


def restore_role_limit(call: RestoreRoleLimit, tx: Tx, actor: Actor) -> Receipt:
    """Set a role's limit back. Raises `Conflict` if somebody changed it since."""
    require(actor.person, "rights.manage")
    return _set(call, call.expected_nanos, tx)


def _changeable(call: SetRoleLimit, tx: Tx, actor: Actor) -> int | None:
    """Return the limit that there is; raise unless it can be changed to what is asked for."""
    require(actor.person, "rights.manage")
    if call.role == "owner":
        raise InvalidInput("role", "an owner is never limited", example="take owner from ben")
    if call.role not in roles_with(call.permission):
        raise InvalidInput("role", "may not do that at all", example="let leads approve up to 500")
    limits = {(x.role, x.permission): x.amount_nanos for x in tx.rights.list_all()}
    before = limits.get((call.role, call.permission))
    if before == call.amount_nanos:
        raise InvalidInput("limit", "is that already", example="let leads approve up to 500")
    return before


def _shown(call: SetRoleLimit | RestoreRoleLimit, before: int | None) -> Preview:
    return Preview(
        action=call.action,
        subject=call.role,
        role=call.role,
        target=call.permission,
        before=before,
        after=call.amount_nanos,
    )


def _set(call: SetRoleLimit | RestoreRoleLimit, before: int | None, tx: Tx) -> RoleLimitSet:
    if not tx.rights.set_limit(call.role, call.permission, call.amount_nanos, expected=before):
        raise Conflict(f"limit of {call.role!r} was changed since")
    return RoleLimitSet(
        role=call.role,
        permission=call.permission,
        before_nanos=before,
        limit_nanos=call.amount_nanos,
        undo=RestoreRoleLimit(
            role=call.role,
            permission=call.permission,
            amount_nanos=before,
            expected_nanos=call.amount_nanos,
        ),
    )


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        SetRoleLimit,
        Tier.T3,
        "rights.manage",
        set_role_limit,
        preview_role_limit,
        examples={
            "en": ("let leads approve up to 500",),
            "es": ("un líder puede aprobar hasta 500",),
        },
    ),
    Action(
        RestoreRoleLimit,
        Tier.T3,
        "undo",
        restore_role_limit,
        preview_restore,
        is_hidden=True,
    ),
)
