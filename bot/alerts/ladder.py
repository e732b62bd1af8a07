"""Who hears of an alert, and who next if nobody acknowledges it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from bot.access import Principal
from bot.ids import WalletId

# Whom an alert is for: the wallet's leads, finance, the owners, and who has just spent.
Circle = Literal["lead", "finance", "owner", "spender"]
# From here on it is finance's matter, and from here on everybody's.
HIGH_PERCENT: Final = 95
FULL_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Ladder:
    """How long an alert waits to be acknowledged, and from which percentage one is urgent.

    What is urgent is told in quiet hours too.
    """

    warning_after: timedelta = timedelta(hours=24)
    high_after: timedelta = timedelta(hours=4)
    urgent_percent: int = FULL_PERCENT

    def is_urgent(self, percent: int) -> bool:
        """Tell whether an alert may be heard in quiet hours."""
        return percent >= self.urgent_percent

    def rung(self, percent: int, step: int) -> frozenset[Circle] | None:
        """Return whom a step of an alert's ladder is for; None past its end."""
        rungs = _rungs(percent)
        return rungs[step] if step < len(rungs) else None

    def wait(self, percent: int, step: int) -> timedelta | None:
        """Return how long after a step the next one comes; None where there is none."""
        if self.rung(percent, step + 1) is None:
            return None
        return self.warning_after if percent < HIGH_PERCENT else self.high_after


def _rungs(percent: int) -> tuple[frozenset[Circle], ...]:
    if percent < HIGH_PERCENT:
        return frozenset({"lead"}), frozenset({"finance"})
    if percent < FULL_PERCENT:
        return frozenset({"finance"}), frozenset({"owner"})
    return frozenset({"lead", "finance", "owner", "spender"}), frozenset({"finance", "owner"})


def list_circle(
    circles: frozenset[Circle],
    people: Sequence[Principal],
    chain: Sequence[WalletId],
    spender: Principal | None = None,
) -> list[Principal]:
    """Return who is in some circles of a wallet, by name, each once.

    Leads are those of the wallet, else of the nearest one above. A circle without anybody falls
    to the next: leads to finance, finance to the owners.
    """
    found: dict[str, Principal] = {}
    for circle in circles:
        members = [spender] if circle == "spender" else _members(circle, people, chain)
        found |= {one.id: one for one in members if one is not None and not one.is_disabled}
    return sorted(found.values(), key=lambda one: one.name)


def _members(
    circle: Circle, people: Sequence[Principal], chain: Sequence[WalletId]
) -> list[Principal]:
    if circle == "lead":
        for wallet_id in chain:
            leads = [one for one in people if _holds(one, "lead", wallet_id)]
            if leads:
                return leads
        circle = "finance"
    able = [one for one in people if any(_holds(one, circle, x) for x in ("", *chain))]
    if able or circle == "owner":
        return able
    return _members("owner", people, chain)


def _holds(person: Principal, role: str, wallet_id: str) -> bool:
    if person.is_disabled:
        return False
    return any(grant.role == role and grant.wallet_id == wallet_id for grant in person.grants)
