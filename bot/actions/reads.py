"""What people ask: balance, spend, wallets, forecast, requests."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.actions.base import ActionCall, Ref
from bot.ids import PrincipalId, WalletId

SpendBy = Literal["wallet", "person", "model", "day", "month"]


class ShowBalance(ActionCall):
    """Show what a wallet has left, the asker's own where none is named."""

    action: Literal["show_balance"] = "show_balance"
    wallet_id: WalletId | None = None


class ShowSpend(ActionCall):
    """Show what was spent from `from_on` to `until_on`, both included; this month by default."""

    action: Literal["show_spend"] = "show_spend"
    wallet_id: WalletId | None = None
    person_id: PrincipalId | None = None
    model: Annotated[str, Field(max_length=100)] | None = None
    by: SpendBy | None = None
    from_on: date | None = None
    until_on: date | None = None


class ShowWallets(ActionCall):
    """Show the wallets as a tree with spend and limit."""

    action: Literal["show_wallets"] = "show_wallets"
    wallet_id: WalletId | None = None


class ShowTopSpenders(ActionCall):
    """Show who spent most from `from_on` to `until_on`, both included; this month by default."""

    action: Literal["show_top_spenders"] = "show_top_spenders"
    wallet_id: WalletId | None = None
    from_on: date | None = None
    until_on: date | None = None
    count: Annotated[int, Field(ge=1, le=20)] = 5


class ShowForecast(ActionCall):
    """Show what a wallet will have spent at the end of its period, and when it runs out."""

    action: Literal["show_forecast"] = "show_forecast"
    wallet_id: WalletId | None = None


class ListRequests(ActionCall):
    """Show requests: those that wait, or the asker's own, or all."""

    action: Literal["list_requests"] = "list_requests"
    which: Literal["open", "mine", "all"] = "open"


class ShowHelp(ActionCall):
    """Show what Bursar can do, or how one action is asked for."""

    action: Literal["show_help"] = "show_help"
    topic: Annotated[str, Field(max_length=40)] | None = None


class Explain(ActionCall):
    """Explain the last refusal, an amount, or the limit that binds; `why` in the chat."""

    action: Literal["explain"] = "explain"
    about: Literal["last", "limit", "amount"] = "last"
    ref: Ref | None = None
    wallet_id: WalletId | None = None
