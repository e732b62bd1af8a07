"""Alerts as they are kept, who has muted which wallet, and what keeps both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Literal, Protocol

from bot.economy.ledger import Crossing
from bot.ids import PrincipalId, TenantId, WalletId

AlertState = Literal["open", "acknowledged", "ended"]


class Stage(IntEnum):
    """What channels that are no chats know of an alert; they are told each once, and forwards."""

    unknown = 0
    triggered = 1
    acknowledged = 2
    resolved = 3


@dataclass(frozen=True, slots=True)
class Alert:
    """A threshold of a wallet's limit that was passed and told.

    `account_id` is the limit's account in its period. `step` counts the
    rungs of its ladder that were climbed; `due_at` is the next one's time, None after the last.
    `until_at` is the end of its period, None for one without end. `snoozed_by` is told again at
    `due_at`. `answered_by` acknowledged it. `shared_with` are the channels that were told when it
    began, `shared_step` is the rung of which they know.
    """

    id: str
    wallet_id: WalletId
    period: str
    percent: int
    account_id: int
    opened_at: datetime
    due_at: datetime | None
    until_at: datetime | None
    state: AlertState = "open"
    step: int = 0
    snoozed_by: PrincipalId | None = None
    answered_by: PrincipalId | None = None
    shared: Stage = Stage.unknown
    shared_step: int = 0
    shared_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mute:
    """A person hears no alerts of a wallet until a time; None is for good.

    `covers_below` says that they hear none of the wallets below it either.
    """

    wallet_id: WalletId
    until_at: datetime | None
    covers_below: bool = False


class AlertStore(Protocol):
    """The alerts of a tenant. Every change carries its check; all run in the caller's write."""

    def list_untold(self, limit: int) -> list[tuple[TenantId, int]]:
        """Return accounts of any tenant with a threshold that was passed and not told yet."""
        ...

    def take_crossings(self, account_id: int) -> list[Crossing]:
        """Take what an account has passed and nobody has told yet, lowest first; each once."""
        ...

    def forget_crossing(self, account_id: int, percent: int) -> bool:
        """Have a threshold told when it is passed again, that a raise undid before it was told."""
        ...

    def open(self, alert: Alert) -> None:
        """Keep an alert; earlier ones of the same account end, for this one says more."""
        ...

    def list_due(self, limit: int) -> list[tuple[TenantId, Alert]]:
        """Return open alerts of any tenant whose next rung, or whose end, is due."""
        ...

    def climb(self, alert: Alert, due_at: datetime | None) -> bool:
        """Take an alert's next rung, once, if it is still open and due; see `due_at`."""
        ...

    def end(self, alert_id: str) -> bool:
        """End an open alert: there is nothing more to say; False if it was not open."""
        ...

    def list_unshared(self, limit: int, after: Alert | None) -> list[tuple[TenantId, Alert]]:
        """Return alerts of any tenant of which channels may not know all, oldest first.

        Those that come after one, where it is given.
        """
        ...

    def share(self, alert: Alert, stage: Stage, channels: Sequence[str]) -> bool:
        """Note that channels are told of an alert's stage and step, once.

        `channels` are those that know of it. False if the alert has changed since it was read.
        """
        ...

    def list_open(self) -> list[Alert]:
        """Return the open alerts whose period runs, newest first."""
        ...

    def acknowledge(self, wallet_id: WalletId, by: PrincipalId) -> list[str]:
        """Acknowledge a wallet's open alerts; return their ids, none if nothing was open."""
        ...

    def reopen(self, ids: Sequence[str], by: PrincipalId) -> int:
        """Open alerts again that the same person acknowledged; return how many."""
        ...

    def snooze(self, wallet_id: WalletId, until_at: datetime, by: PrincipalId) -> list[str]:
        """Put off a wallet's open alerts; return their ids, none if nothing was open."""
        ...

    def drop_old(self, before: datetime, limit: int) -> int:
        """Forget alerts of any tenant that began before a time and are over; return how many."""
        ...

    def mute(self, person_id: PrincipalId, mute: Mute) -> None:
        """Let a person hear no alerts of a wallet; a later time takes the place of an earlier."""
        ...

    def unmute(self, person_id: PrincipalId, wallet_id: WalletId) -> bool:
        """Let a person hear alerts of a wallet again; False if it was not muted."""
        ...

    def list_mutes(self, person_id: PrincipalId) -> list[Mute]:
        """Return what a person has muted and that is not over."""
        ...

    def list_deaf(self, chain: Sequence[WalletId]) -> set[PrincipalId]:
        """Return who has muted a wallet, or one above with all below; see `chain_ids`."""
        ...
