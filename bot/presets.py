"""Presets: how far a turn goes and how much of the talk it takes along, by who writes where.

Values and nothing else: every message takes the same way, whatever its preset. What an operator
may set of them stands in `bot/settings/presets.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

PresetName = Literal["onboarding", "chat", "admin"]

# Whoever came this lately is new; whoever has never confirmed anything, so much longer.
FIRST_DAYS: Final = timedelta(days=3)
UNTRIED_FOR: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Steps:
    """How many steps of each tier a turn may take, each counted apart."""

    t1: int = 10
    t2: int = 3
    t3: int = 1


@dataclass(frozen=True, slots=True)
class Preset:
    """What holds for a turn.

    With `confirms_by_going_on`, going on with the talk within `window_s` of a draft that can be
    undone, by whoever asked for it and where they did, confirms it. `history` is how
    many messages of the talk a model sees. `action_time_out_s` bounds one action. `model` names
    the model that reads, empty for the company's usual one; `most_tokens` bounds its answer.
    `caches_context` asks the provider to keep the part of a prompt that is always the same.
    """

    name: PresetName
    window_s: float
    history: int
    action_time_out_s: float
    model: str = ""
    most_tokens: int = 1500
    steps: Steps = Steps()
    caches_context: bool = True
    confirms_by_going_on: bool = False


ONBOARDING: Final = Preset("onboarding", window_s=300.0, history=30, action_time_out_s=10.0)
CHAT: Final = Preset("chat", window_s=30.0, history=10, action_time_out_s=5.0)
ADMIN: Final = Preset("admin", window_s=120.0, history=20, action_time_out_s=5.0)


@dataclass(frozen=True, slots=True)
class Presets:
    """The preset of each name, as the operator has set them."""

    onboarding: Preset = ONBOARDING
    chat: Preset = CHAT
    admin: Preset = ADMIN

    def of(self, name: PresetName) -> Preset:
        """Return the preset of a name."""
        preset: Preset = getattr(self, name)
        return preset


USUAL: Final = Presets()


def choose_preset(
    *,
    is_manager: bool,
    is_private: bool,
    added_at: datetime | None,
    has_confirmed: bool,
    now: datetime,
) -> PresetName:
    """Return which preset somebody gets in a conversation.

    New people need more patience, whatever their role: in their first three days, and as long as
    they have confirmed nothing yet, a month at most. `is_manager` are owners and admins; they get
    theirs where nobody reads along. `added_at` None is long ago.
    """
    if added_at is not None:
        age = now - added_at
        if age < FIRST_DAYS or (not has_confirmed and age < UNTRIED_FOR):
            return "onboarding"
    return "admin" if is_manager and is_private else "chat"
