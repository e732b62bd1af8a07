"""Asking for budget, raising it, moving it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.actions.base import ActionCall, AmountNanos
from bot.ids import WalletId

Reason = Annotated[str, Field(max_length=300)]


class RequestBudget(ActionCall):
    """Ask for more budget: for good, or until the end of a day when `until_on` is given."""

    action: Literal["request_budget"] = "request_budget"
    wallet_id: WalletId
    amount_nanos: AmountNanos
    until_on: date | None = None
    reason: Reason | None = None


class RaiseBudget(ActionCall):
    """Give a wallet more budget at once: for good, or until the end of a day."""

    action: Literal["raise_budget"] = "raise_budget"
    wallet_id: WalletId
    amount_nanos: AmountNanos
    until_on: date | None = None
    reason: Reason | None = None


class MoveBudget(ActionCall):
    """Move unspent budget of the present period from one wallet to another."""

    action: Literal["move_budget"] = "move_budget"
    from_wallet_id: WalletId
    to_wallet_id: WalletId
    amount_nanos: AmountNanos
    reason: Reason | None = None
