"""What people ask to see as a picture: "chart of design's spend", "gráfico por modelo"."""

from __future__ import annotations

from typing import Final

from bot.actions.base import ActionCall
from bot.actions.charts import ChartOf, ShowChart
from bot.actions.spend import SpendBy
from bot.ids import WalletId
from bot.planning import Question
from intents.names import Named
from intents.rules.asked import Asked, Read
from intents.rules.spending import spend_by

_OF: Final[dict[SpendBy, ChartOf]] = {"model": "models", "wallet": "wallets"}
# Words beside it that nobody knows: a chart is only looked at.
_MOST_UNKNOWN: Final = 2


def find_chart(a: Asked) -> Read | None:
    """Return the chart that is asked for; people's own spend is not drawn."""
    if not a.any("chart") or a.unknown > _MOST_UNKNOWN:
        return None
    if any(isinstance(piece.value, Named) and piece.value.people for piece in a.names):
        return None
    days = a.days()
    if isinstance(days, Question):
        return Read(days, 0.5)
    of = _of(a)

    def make(wallet_id: WalletId | None) -> ActionCall:
        return ShowChart(of=of, wallet_id=wallet_id, from_on=days[0], until_on=days[1])

    return a.on_wallets(make, 0.9 if not a.unknown else 0.8, default=of != "wallets")


def _of(a: Asked) -> ChartOf:
    if a.any("models", "model"):
        return "models"
    if a.any("wallets", "teams", "projects"):
        return "wallets"
    by = spend_by(a)
    return "days" if by is None else _OF.get(by, "days")
