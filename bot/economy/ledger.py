"""Accounts and transfers: what the ledger keeps and what it is asked to do.

Both sides of a movement stand in one row, so an unbalanced one cannot be written. Counters of
an account change only through such rows, and the statement that writes one also checks that the
account may be drawn on. `cr - dr - held` is what is free.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.errors.kinds import Refused
from bot.ids import HoldId, IdempotencyKey, TenantId, WalletId

Unit = Literal["nusd", "requests", "tokens", "reads", "writes"]
AccountKind = Literal["budget", "quota", "source", "sink", "overrun"]
Resolution = Literal["post", "void", "expire"]


@dataclass(frozen=True, slots=True)
class AccountKey:
    """What makes an account the one that it is, within a tenant."""

    kind: AccountKind
    owner: str
    unit: Unit
    period: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account's counters, in its unit.

    `moved` is the part of `dr` that was credit handed on or taken back, not spent. `lapsed` is
    credit whose time is over.
    """

    id: int
    key: AccountKey
    cr: int
    dr: int
    held: int
    moved: int
    overdraft: int
    floor: int | None
    lapsed: int = 0

    @property
    def free(self) -> int:
        """What may still be drawn; below zero when a limit was lowered under what was used."""
        return self.cr - self.dr - self.held - self.lapsed + self.overdraft

    @property
    def limit(self) -> int:
        """The credit that counts at present."""
        return self.cr - self.moved - self.lapsed

    @property
    def used(self) -> int:
        """What was spent."""
        return self.dr - self.moved


@dataclass(frozen=True, slots=True)
class Entry:
    """A movement of `amount` from one account to another.

    `moves_credit` tells budget that is handed on from budget that is spent: an overdraft may be
    spent, but not handed on. `expires_at` is the end of a hold, or of a temporary raise's credit.
    `is_forced` draws below what is free: only for taking back credit, never for a spend.
    """

    debit_id: int
    credit_id: int
    amount: int
    expires_at: datetime | None = None
    moves_credit: bool = False
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class Movement:
    """Entries that happen together or not at all; `key` makes repeating them harmless."""

    key: IdempotencyKey
    actor: str
    cause: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class OpenHold:
    """One held entry of a group that was not resolved yet."""

    id: HoldId
    group: str
    debit_id: int
    credit_id: int
    amount: int
    expires_at: datetime


class Shortfall(Refused):
    """An account has less free than an entry asks for; nothing of its movement was kept."""

    code = "shortfall"

    def __init__(self, account: Account, needed: int) -> None:
        super().__init__(f"account {account.id} has less than {needed} free")
        self.account = account
        self.needed = needed


@dataclass(frozen=True, slots=True)
class Crossing:
    """A use passed a threshold of a period's limit for the first time; a quota has no wallet."""

    account_id: int
    wallet_id: WalletId
    period: str
    percent: int
    used_nanos: int
    limit_nanos: int


class Ledger(Protocol):
    """The entries and counters of one tenant. All methods run in the caller's transaction."""

    def find_account(self, key: AccountKey) -> Account | None: ...

    def list_accounts(
        self, kind: AccountKind, owners: Sequence[str], periods: Sequence[str], unit: Unit
    ) -> list[Account]:
        """Return the accounts that exist, in no order."""
        ...

    def list_later(self, key: AccountKey) -> list[Account]:
        """Return accounts as one, of later periods of the same window, by period.

        There are some where a clock was ahead.
        """
        ...

    def find_ids(
        self, kind: AccountKind, places: Sequence[tuple[str, str]], unit: Unit
    ) -> Mapping[tuple[str, str], int]:
        """Return the ids of accounts by owner and period; one that is not there yet is left out.

        There may be others among them, of one place's owner and another's period.
        """
        ...

    def open_account(
        self, key: AccountKey, *, is_bottomless: bool = False, overdraft: int = 0
    ) -> tuple[Account, bool]:
        """Return the account, made empty if it was not there; True if this call made it."""
        ...

    def make_account(
        self, key: AccountKey, *, is_bottomless: bool = False, overdraft: int = 0
    ) -> tuple[Account, bool]:
        """Do as `open_account` where the account was not there a moment ago."""
        ...

    def open_id(
        self, key: AccountKey, *, is_bottomless: bool = False, overdraft: int = 0
    ) -> tuple[int, bool]:
        """Return an account's id, as `open_account`, where nobody asks what stands on it."""
        ...

    def transfer(self, movement: Movement) -> bool:
        """Post a movement, whole or not at all; False when the same one was posted before.

        Raises:
            Shortfall: an account has too little free; nothing was posted.
            KeyReused: the key stands for other entries; nothing was posted.
        """
        ...

    def hold(self, movement: Movement) -> bool:
        """Set amounts aside; every entry has an `expires_at`. As `transfer` otherwise."""
        ...

    def take_together(self, uses: Sequence[Movement], holds: Sequence[Movement]) -> bool:
        """Post the uses and set the holds aside in one step, where that can be; all or nothing.

        False where nothing was done: one after the other then, so that what stands in the way of
        one is told by that one.
        """
        ...

    def list_open_holds(self, group: str) -> list[OpenHold]:
        """Return what of a group is still held, from the last entry to the first.

        That is the organisation's first: whoever draws on shared accounts must take them in the
        same order.
        """
        ...

    def list_expired_holds(self, group: str) -> list[OpenHold]:
        """Return what of a group expired, as `list_open_holds`: nothing was charged of it."""
        ...

    def has_posted(self, key: IdempotencyKey) -> bool:
        """Tell whether a movement of that key was kept before."""
        ...

    def list_expired_groups(self, limit: int) -> list[tuple[TenantId, str]]:
        """Return groups of any tenant with a hold past its end by the database's clock."""
        ...

    def resolve(
        self,
        holds: Sequence[OpenHold],
        how: Resolution,
        amount: int = 0,
        *,
        actor: str,
        cause: str,
    ) -> None:
        """End holds alike: post `amount` of each (the rest is free again), void or expire them.

        Raises:
            HoldResolved: one was ended before; the caller must take back the transaction.
        """
        ...

    def how_resolved(self, group: str) -> Resolution | None:
        """Tell how a group's holds ended; None when it never held anything, or still does."""
        ...

    def record_crossing(self, crossing: Crossing) -> bool:
        """Keep that a threshold was passed; False when it was known for that period."""
        ...

    def moved_to(self, account_id: int) -> tuple[int, int]:
        """Return credit and debits of an account as this transaction's movements have left them.

        The account is held until the commit, so that nobody else has changed them since.
        """
        ...

    def lower_floor(self, account_id: int, by: int) -> None:
        """Let an account fall by `by` below what it has, for a limit set under its use."""
        ...

    def set_overdraft(self, account_id: int, overdraft: int) -> None:
        """Let an account be drawn so far beyond its credit from now on."""
        ...

    def refresh(self, account_id: int) -> Account:
        """Read an account's counters."""
        ...
