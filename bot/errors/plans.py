"""Errors of what a person may use: counts, pace, models, costs."""

from datetime import date, datetime

from bot.errors.kinds import Refused


class QuotaExceeded(Refused):
    """A person or wallet has used up so many uses in a span; `plan` is the one that says so."""

    code = "quota_exceeded"

    def __init__(
        self,
        unit: str,
        *,
        limit: int,
        period: str,
        asked: int = 1,
        left: int = 0,
        opens_at: datetime | None = None,
        plan: str | None = None,
    ) -> None:
        super().__init__(
            f"{unit} used up",
            unit=unit,
            limit=limit,
            period=period,
            asked=asked,
            left=left,
            opens_at=None if opens_at is None else opens_at.isoformat(),
            plan=plan,
        )


class TooFast(Refused):
    """More messages or changes than there may be in a stretch: nothing is done until `until`."""

    code = "too_fast"

    def __init__(self, cause: str, *, most: int, within_s: int, until: datetime) -> None:
        super().__init__(
            f"too many {cause}",
            cause=cause,
            most=most,
            within_s=within_s,
            until=until.isoformat(),
        )


class BeyondHistory(Refused):
    """A question about spending reaches further back than the person's plan."""

    code = "beyond_history"

    def __init__(self, plan: str, *, days: int, from_on: date) -> None:
        super().__init__(
            f"looks back before {from_on}", plan=plan, days=days, from_on=from_on.isoformat()
        )


class CostCapReached(Refused):
    """Models have cost as much as they may: in a turn, for a person in a day, or in all in a day.

    `cap` is "turn", "person_day" or "bot_day"; `used_nanos` is with what is set aside. A turn's
    never opens again.
    """

    code = "cost_cap_reached"

    def __init__(
        self,
        cap: str,
        *,
        limit_nanos: int,
        used_nanos: int,
        needed_nanos: int,
        opens_at: datetime | None,
    ) -> None:
        super().__init__(
            f"the cap {cap} has less than {needed_nanos} nanos left",
            cap=cap,
            limit_nanos=limit_nanos,
            used_nanos=used_nanos,
            needed_nanos=needed_nanos,
            opens_at=None if opens_at is None else opens_at.isoformat(),
        )


class NotInPlan(Refused):
    """The person's plan does not allow the model that is wanted, or any that there is."""

    code = "not_in_plan"

    def __init__(self, plan: str, *, model: str) -> None:
        super().__init__(f"{model!r} is not in {plan}", plan=plan, model=model)


class CallTooDear(Refused):
    """A call could cost more than the person's plan lets one cost; `model` is the cheapest."""

    code = "call_too_dear"

    def __init__(self, plan: str, *, model: str, needed_nanos: int, ceiling_nanos: int) -> None:
        super().__init__(
            f"a call of {model!r} may cost {needed_nanos} nanos",
            plan=plan,
            model=model,
            needed_nanos=needed_nanos,
            ceiling_nanos=ceiling_nanos,
        )
