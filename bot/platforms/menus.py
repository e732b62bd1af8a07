"""The commands that a platform's menu offers: read off the catalogue, at most ten a menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.replies.parts import action_words
from bot.replies.reader import Language

# The commands by what they do, most used first, as (action, English name, Spanish name).
_PRIVATE: Final[tuple[tuple[str, str, str], ...]] = (
    ("show_balance", "balance", "saldo"),
    ("show_spend", "spend", "gasto"),
    ("show_forecast", "forecast", "prevision"),
    ("request_budget", "request", "pedir"),
    ("list_requests", "requests", "peticiones"),
    ("show_top_spenders", "top", "ranking"),
    ("show_wallets", "wallets", "carteras"),
    ("explain", "why", "porque"),
    ("undo", "undo", "deshacer"),
    ("show_help", "help", "ayuda"),
)
# In a group the answer comes in private: what is worth asking there.
_SHARED: Final[tuple[tuple[str, str, str], ...]] = tuple(
    entry for entry in _PRIVATE if entry[0] in {"show_balance", "request_budget", "show_help"}
)


def menu_commands(language: Language, *, is_private: bool) -> Sequence[tuple[str, str]]:
    """Return a menu's commands as (name, description), in the order in which they are shown."""
    return [
        (spanish if language == "es" else english, _described(action, language))
        for action, english, spanish in (_PRIVATE if is_private else _SHARED)
    ]


def _described(action: str, language: Language) -> str:
    words = action_words(action, language)
    return words[0].upper() + words[1:]
