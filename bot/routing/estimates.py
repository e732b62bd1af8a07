"""How many tokens a prompt will have for a model, learnt from what its provider counted."""

from __future__ import annotations

from typing import Final

from bot.routing.providers import CompanyModel

# So many counts until an estimate is corrected by them.
_LEAST: Final = 5
# What one more count weighs, once there are many.
_WEIGHT: Final = 0.1
# Above what was learnt, so that a hold is rarely too small; below the floor nobody goes.
_MARGIN: Final = 1.15
_FLOOR: Final = 0.4
_CEILING: Final = 2.5


class Estimates:
    """The ratio of counted to estimated tokens of each company's models, as this process saw it.

    Only holds are made of it: what is charged is what a provider counted.
    """

    def __init__(self) -> None:
        self._seen: dict[CompanyModel, tuple[int, float]] = {}

    def note(self, key: CompanyModel, estimated: int, counted: int) -> None:
        """Note what a prompt was taken for, before any correction, and what was counted."""
        if estimated <= 0 or counted <= 0:
            return
        number, ratio = self._seen.get(key, (0, 0.0))
        weight = max(_WEIGHT, 1 / (number + 1))
        self._seen[key] = (number + 1, ratio + (counted / estimated - ratio) * weight)

    def correct(self, key: CompanyModel, estimated: int) -> int:
        """Return how many tokens to set aside for; as estimated until enough was counted."""
        number, ratio = self._seen.get(key, (0, 0.0))
        if number < _LEAST:
            return estimated
        return round(estimated * min(_CEILING, max(_FLOOR, ratio * _MARGIN)))
