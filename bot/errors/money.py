"""Errors of wallets, holds, prices and the ledger."""

from bot.errors.kinds import Broken, Conflict, Refused, Unavailable
from bot.ids import HoldId, WalletId


class InsufficientFunds(Refused):
    """A hold or a transfer asked for more than an account has free; the account that binds."""

    code = "insufficient_funds"

    def __init__(
        self,
        wallet_id: WalletId,
        *,
        needed_nanos: int,
        free_nanos: int | None = None,
        period: str = "",
    ) -> None:
        super().__init__(
            f"wallet {wallet_id!r} has less than {needed_nanos} nanos free",
            wallet_id=wallet_id,
            needed_nanos=needed_nanos,
            free_nanos=free_nanos,
            period=period,
        )


class UnknownPrice(Refused):
    """A model has no price and no ceiling is configured: it is never taken for free."""

    code = "unknown_price"


class WalletClosed(Refused):
    """The wallet is closed; nothing is spent from it or moved to it."""

    code = "wallet_closed"

    def __init__(self, wallet_id: WalletId) -> None:
        super().__init__(f"wallet {wallet_id!r} is closed", wallet_id=wallet_id)


class HoldResolved(Conflict):
    """The hold was settled, released or expired before."""

    code = "hold_resolved"

    def __init__(self, hold_id: HoldId) -> None:
        super().__init__(f"hold {hold_id!r} is resolved", hold_id=hold_id)


class LedgerReadOnly(Unavailable):
    """An invariant did not hold, so that money stands still until an operator has looked."""

    code = "ledger_read_only"
    retry_after_s = 300.0


class LedgerBroken(Broken):
    """Counters and transfers disagree; facts name the accounts."""

    code = "ledger_broken"
