"""What bounds a turn: plans, pace, and how long things wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from bot.alerts.channels import ChannelOwners
from bot.allowances import Allowances
from bot.cooldowns import Pace
from bot.economy.caps import Caps
from bot.presets import USUAL, Presets
from bot.proposals.model import DRAFT_LIFE, REQUEST_LIFE
from bot.settings.model import Settings
from bot.turns.asked import QUESTION_LIFE


@dataclass(frozen=True, slots=True)
class TurnLimits:
    """What one person may do in a span, how long things wait, where models may be asked.

    `channels` are those that are no chats and are configured, any company's.
    """

    allowances: Allowances = field(default_factory=Allowances)
    pace: Pace = field(default_factory=Pace)
    draft_life: timedelta = DRAFT_LIFE
    request_life: timedelta = REQUEST_LIFE
    question_life: timedelta = QUESTION_LIFE
    approver_month_nanos: int | None = None
    model_hosts: tuple[str, ...] = ()
    model_caps: Caps = field(default_factory=Caps)
    channels: ChannelOwners = field(default_factory=dict)
    presets: Presets = USUAL
    # Whether what is said is kept for a model that reads later messages.
    has_memory: bool = True


def turn_limits(settings: Settings) -> TurnLimits:
    """Return the limits that the settings say."""
    return TurnLimits(
        allowances=settings.plans.allowances,
        pace=settings.pace.pace,
        draft_life=timedelta(seconds=settings.limits.draft_life_s),
        request_life=timedelta(seconds=settings.limits.request_life_s),
        question_life=timedelta(seconds=settings.limits.question_life_s),
        approver_month_nanos=settings.limits.approver_month_limit_nanos,
        model_hosts=settings.models.hosts,
        model_caps=Caps(*settings.models.caps_nanos),
        channels=settings.channels,
        presets=settings.presets.presets,
        has_memory=settings.models.planner != "off",
    )
