"""What may be set about presets: how far a turn goes, by who writes where."""

from __future__ import annotations

from dataclasses import replace

from pydantic import Field

from bot.presets import ADMIN, CHAT, ONBOARDING, Preset, Presets, Steps
from bot.settings.sections import Section

_HISTORY = "Messages of the talk that a model sees beside a new one."
_MODEL = "Model that reads, as `model` or `provider/model`; empty takes `models.planner`."
_GOES_ON = (
    "Whether going on with the talk confirms a draft of small changes that can be undone; money,"
    " limits, people and models always need a yes."
)
_WINDOW = "Seconds in which going on confirms, where it does."
_TIME_OUT = "Seconds that one action may take."
_CACHES = "Whether a provider is asked to keep the part of prompts that is always the same."
_TOKENS = "The most tokens of a model's answer, reasoning included."
_T1, _T2, _T3 = (
    f"Steps of a turn that {what}."
    for what in ("only read", "change what can be undone", "move money or cannot be undone")
)


class _PresetSettings(Section):
    """What holds for a turn."""

    history: int = Field(CHAT.history, ge=0, le=100, description=_HISTORY)
    model: str = Field(CHAT.model, max_length=200, description=_MODEL)
    most_tokens: int = Field(CHAT.most_tokens, ge=100, le=32_000, description=_TOKENS)
    confirms_by_going_on: bool = Field(CHAT.confirms_by_going_on, description=_GOES_ON)
    window_s: float = Field(CHAT.window_s, ge=0, le=900, description=_WINDOW)
    action_time_out_s: float = Field(CHAT.action_time_out_s, gt=0, le=60, description=_TIME_OUT)
    caches_context: bool = Field(CHAT.caches_context, description=_CACHES)
    steps_t1: int = Field(CHAT.steps.t1, ge=0, le=50, description=_T1)
    steps_t2: int = Field(CHAT.steps.t2, ge=0, le=20, description=_T2)
    steps_t3: int = Field(CHAT.steps.t3, ge=0, le=5, description=_T3)

    def of(self, preset: Preset) -> Preset:
        """Return a preset with what is set."""
        return replace(
            preset,
            history=self.history,
            model=self.model,
            most_tokens=self.most_tokens,
            confirms_by_going_on=self.confirms_by_going_on,
            window_s=self.window_s,
            action_time_out_s=self.action_time_out_s,
            caches_context=self.caches_context,
            steps=Steps(self.steps_t1, self.steps_t2, self.steps_t3),
        )


class ChatPreset(_PresetSettings):
    """What holds for most messages."""


class OnboardingPreset(_PresetSettings):
    """What holds for people in their first days, and until they confirm a first change."""

    history: int = Field(ONBOARDING.history, ge=0, le=100, description=_HISTORY)
    window_s: float = Field(ONBOARDING.window_s, ge=0, le=900, description=_WINDOW)
    action_time_out_s: float = Field(
        ONBOARDING.action_time_out_s, gt=0, le=60, description=_TIME_OUT
    )


class AdminPreset(_PresetSettings):
    """What holds for owners and admins in a private chat."""

    history: int = Field(ADMIN.history, ge=0, le=100, description=_HISTORY)
    window_s: float = Field(ADMIN.window_s, ge=0, le=900, description=_WINDOW)


class PresetsSettings(Section):
    """How far a turn goes and how much of the talk it takes along, by who writes where."""

    onboarding: OnboardingPreset = Field(default_factory=lambda: OnboardingPreset())
    chat: ChatPreset = Field(default_factory=lambda: ChatPreset())
    admin: AdminPreset = Field(default_factory=lambda: AdminPreset())

    @property
    def presets(self) -> Presets:
        """The presets as a turn takes them."""
        return Presets(
            self.onboarding.of(ONBOARDING),
            self.chat.of(CHAT),
            self.admin.of(ADMIN),
        )
