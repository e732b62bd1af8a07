"""A change that a person asked of a draft, put into the call that it is about."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from pydantic import ValidationError

from bot.actions.base import ActionCall, Tier
from bot.actions.catalog import action_of
from bot.economy.money import from_decimal
from bot.ids import WalletId
from bot.planning import ASKED, Directory, Plan

_WALLET_FIELDS = ("wallet_id", "to_wallet_id", "parent_id")


def edited(
    call: ActionCall, changes: Mapping[str, object], directory: Directory
) -> ActionCall | None:
    """Return the call with the changes in it; None when one of them means nothing for it.

    Nothing is guessed: a change that does not fit is left to be asked for.
    """
    fields = type(call).model_fields
    values: dict[str, object] = {}
    for name, value in changes.items():
        found = _field(name, value, fields, directory)
        if found is None:
            return None
        values |= found
    if not values:
        return None
    try:
        return type(call).model_validate({**call.model_dump(), **values})
    except ValidationError:
        return None


def is_about_another(call: ActionCall, changed: ActionCall) -> bool:
    """Tell whether an order is about a wallet that the changed call is not about.

    "raise data by 3" beside a draft for Launch is an order of its own and no change to it, unless
    its words name no wallet and one was only filled in.
    """
    return bool(_wallets_in(call) - _wallets_in(changed))


def only_names(plan: Plan) -> bool:
    """Tell whether a plan shows what a text names without asking to see it: "use data"."""
    if plan.question is not None:
        return plan.intent == "read"
    is_read = all(action_of(call).tier is Tier.T1 for call in plan.actions)
    return is_read and ASKED not in plan.notes


def _wallets_in(call: ActionCall) -> set[WalletId]:
    found = (getattr(call, name, None) for name in (*_WALLET_FIELDS, "from_wallet_id"))
    return {WalletId(value) for value in found if value is not None}


def _field(
    name: str, value: object, fields: Mapping[str, object], directory: Directory
) -> dict[str, object] | None:
    if name in {"amount", "amount_nanos", "limit"}:
        target = "amount_nanos" if "amount_nanos" in fields else "limit_nanos"
        try:
            nanos = from_decimal(Decimal(str(value)))
        except InvalidOperation:
            return None
        return {target: nanos} if nanos and target in fields else None
    if name in {"until", "until_on"} and "until_on" in fields:
        try:
            return {"until_on": date.fromisoformat(str(value))}
        except ValueError:
            return None
    if name == "for_good" and "until_on" in fields:
        return {"until_on": None}
    if name == "reason" and "reason" in fields:
        return {"reason": str(value)[:300]}
    if name in {"wallet", "maybe_wallet"}:
        wanted = str(value).casefold()
        ids = [x.id for x in directory.wallets if wanted in {x.name.casefold(), str(x.id)}]
        field = next((one for one in _WALLET_FIELDS if one in fields), None)
        if name == "maybe_wallet" and not ids:
            return {}
        return {field: ids[0]} if len(ids) == 1 and field else None
    if name in {"begins", "ends"} and name in fields:
        return {name: str(value)}
    if name in {"text", "due_on", "clock", "repeats"} and name in fields:
        return {name: value}
    if name == "name" and "name" in fields:
        return {"name": str(value)}
    return None
