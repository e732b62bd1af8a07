"""Whether anything is unusual: "anything unusual in design?", "¿hay algo raro?"."""

from __future__ import annotations

from typing import Final

from bot.actions.unusual import ShowUnusual
from intents.rules.asked import Asked, Read

# A sentence that also says one of these tells or orders something.
_OTHER: Final = (
    "if",
    "warn",
    "threshold",
    "raise",
    "lower",
    "move",
    "set",
    "approve",
    "reject",
    "why",
)


def find_unusual(a: Asked) -> Read | None:
    """Return the look at unusual spend that is asked for."""
    if not a.any("unusual") or a.tells or a.unknown > 1 or a.any(*_OTHER):
        return None
    return a.on_wallets(
        lambda wallet_id: ShowUnusual(wallet_id=wallet_id),
        0.9 if not a.unknown else 0.75,
        default=False,
    )
