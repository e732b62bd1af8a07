"""What may be set about plans of people, and about how fast they may go."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from bot.allowances import Allowance, Allowances, PlanName
from bot.cooldowns import Pace
from bot.settings.sections import Section, Usd

_MODELS = "Models that may be asked, as `model` or `provider/model`; none named stands for all."
_READS = "Questions about the company that a person may ask in a day."
_WRITES = "Changes that a person may begin in a day."
_HISTORY = "How many days before today a question about spending may reach back."
_CEILING = (
    "The most that one call to a model may cost, in US dollars as text; a model that could cost"
    " more is not asked. Empty for no bound."
)


class _PlanSettings(Section):
    """What a plan allows."""

    models: tuple[str, ...] = Field((), description=_MODELS)
    reads_per_day: int = Field(40, ge=1, description=_READS)
    writes_per_day: int = Field(40, ge=1, description=_WRITES)
    history_days: int = Field(30, ge=1, le=3650, description=_HISTORY)
    call_ceiling: Usd = Field("0.50", description=_CEILING)

    def allowance(self, plan: PlanName) -> Allowance:
        """Return it as the rules take it."""
        ceiling = int(Decimal(self.call_ceiling).scaleb(9)) if self.call_ceiling else None
        return Allowance(
            plan=plan,
            reads_per_day=self.reads_per_day,
            writes_per_day=self.writes_per_day,
            history_days=self.history_days,
            models=self.models,
            call_ceiling_nanos=ceiling,
        )


class BasicPlan(_PlanSettings):
    """The plan `basic`."""


class PremiumPlan(_PlanSettings):
    """The plan `premium`."""

    reads_per_day: int = Field(400, ge=1, description=_READS)
    writes_per_day: int = Field(400, ge=1, description=_WRITES)
    history_days: int = Field(365, ge=1, le=3650, description=_HISTORY)
    call_ceiling: Usd = Field("5.00", description=_CEILING)


class PlansSettings(Section):
    """Plans of people. An administrator puts somebody on one in the chat."""

    default: PlanName = Field(
        "basic", description="The plan of whoever was not put on one by somebody."
    )
    basic: BasicPlan = Field(default_factory=lambda: BasicPlan())
    premium: PremiumPlan = Field(default_factory=lambda: PremiumPlan())

    @property
    def allowances(self) -> Allowances:
        """The plans as the rules take them."""
        return Allowances(
            self.basic.allowance("basic"), self.premium.allowance("premium"), self.default
        )


class PaceSettings(Section):
    """How fast a person may write. Whoever goes faster gets a pause, which ends by itself."""

    messages: int = Field(12, ge=1, le=1000, description="Messages in `messages_s` seconds.")
    messages_s: int = Field(60, ge=1, le=86_400, description="Seconds in which they are counted.")
    writes: int = Field(5, ge=1, le=1000, description="Changes begun in `writes_s` seconds.")
    writes_s: int = Field(600, ge=1, le=86_400, description="Seconds in which they are counted.")
    cooldown_s: int = Field(300, ge=1, le=86_400, description="Seconds that the pause lasts.")
    exempt: tuple[str, ...] = Field(
        ("terminal",),
        description=(
            "Platforms on which it does not hold: in a terminal sits the operator, and a script"
            " may write many lines at once."
        ),
    )

    @property
    def pace(self) -> Pace:
        """The bounds as the rules take them."""
        return Pace(
            self.messages,
            self.messages_s,
            self.writes,
            self.writes_s,
            self.cooldown_s,
            self.exempt,
        )
