"""Making, naming and closing wallets, and what they may spend."""

from typing import Annotated, Literal

from pydantic import Field

from bot.actions.base import ActionCall, AmountNanos, Name
from bot.ids import WalletId

Window = Literal["day", "week", "month", "total"]
Percent = Annotated[int, Field(strict=True, ge=1, le=100)]


class SetLimit(ActionCall):
    """Set what a wallet may spend in a window; without an amount the limit is taken away."""

    action: Literal["set_limit"] = "set_limit"
    wallet_id: WalletId
    window: Window = "month"
    amount_nanos: AmountNanos | None = None


class SetThresholds(ActionCall):
    """Set at which percentages of its limit a wallet warns."""

    action: Literal["set_thresholds"] = "set_thresholds"
    wallet_id: WalletId
    percents: Annotated[tuple[Percent, ...], Field(min_length=1, max_length=5)]


class CreateWallet(ActionCall):
    """Make a wallet below another one, with a month limit where one is given."""

    action: Literal["create_wallet"] = "create_wallet"
    name: Name
    parent_id: WalletId
    kind: Literal["team", "project", "person"] = "project"
    limit_nanos: AmountNanos | None = None


class RenameWallet(ActionCall):
    """Give a wallet another name; its history stays."""

    action: Literal["rename_wallet"] = "rename_wallet"
    wallet_id: WalletId
    name: Name


class CloseWallet(ActionCall):
    """Close a wallet: nothing is spent from it any more; its history stays."""

    action: Literal["close_wallet"] = "close_wallet"
    wallet_id: WalletId
