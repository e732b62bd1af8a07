"""Asking a model for a shape on the paid path, and once more if its answer had not the shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import structlog
from pydantic import BaseModel

from bot.asks import Ask, Paid
from bot.errors.kinds import BursarError
from bot.ids import new_id
from bot.models import ModelMessage
from bot.planning import Plan, PlanContext

_log = structlog.get_logger(__name__)

_WITHIN_S: Final = 20.0
_AGAIN: Final = (
    "That was not an object of the schema. Answer with that object alone and nothing around it."
)


class PaidPath(Protocol):
    """What makes a paid call."""

    async def ask(self, ask: Ask) -> Paid:
        """Make one call and pay for it; see `bot/completions.py`."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model said, if it had the shape, and what asking it came to."""

    value: Any  # Any: an instance of the wanted shape, or None
    model: str
    cost_nanos: int
    is_estimated: bool
    is_fallback: bool

    def sign(self, plan: Plan) -> Plan:
        """Return a plan with who made it, and what asking cost on top of what it cost before."""
        notes = plan.notes
        if self.is_fallback and "fallback" not in notes:
            notes = (*notes, "fallback")
        return replace(self.add_cost(plan), planner=self.model, notes=notes)

    def add_cost(self, plan: Plan) -> Plan:
        """Return a plan with what asking cost on top of what it cost before."""
        return replace(
            plan,
            cost_nanos=plan.cost_nanos + self.cost_nanos,
            is_estimated=plan.is_estimated or self.is_estimated,
        )


class Asking:
    """Asks models for shapes; the speaker pays from their own wallet.

    `wanted` names the model where the speaker's preset names none, empty for the cheapest.
    """

    def __init__(self, paid: PaidPath, *, wanted: str = "") -> None:
        self._paid = paid
        self._wanted = wanted

    async def ask(
        self,
        messages: tuple[ModelMessage, ...],
        shape: type[BaseModel],
        context: PlanContext,
        feature: str,
    ) -> Reading:
        """Ask for a shape, and once more if the answer had it not; `value` is None without it.

        Raises:
            NoModel: there is no model to ask.
            Refused, Unanswered, Unavailable: as `Completions.ask`; nothing is owed then.
        """
        first = await self._paid.ask(self._ask(messages, shape, context, feature))
        reading = _reading(first)
        if reading.value is not None or first.answer.ending == "refused":
            return reading
        again = _again(messages, first.answer.text)
        try:
            second = _reading(await self._paid.ask(self._ask(again, shape, context, feature)))
        except BursarError as error:
            # What the first one cost is paid; that there is no second changes nothing.
            _log.info("model not asked again", code=error.code)
            return reading
        return replace(
            second,
            cost_nanos=reading.cost_nanos + second.cost_nanos,
            is_estimated=reading.is_estimated or second.is_estimated,
            is_fallback=reading.is_fallback or second.is_fallback,
        )

    def _ask(
        self,
        messages: tuple[ModelMessage, ...],
        shape: type[BaseModel],
        context: PlanContext,
        feature: str,
    ) -> Ask:
        assert context.tenant is not None  # noqa: S101  # `may_ask`
        assert context.home_wallet_id is not None  # noqa: S101  # `may_ask`
        assert context.speaker_id is not None  # noqa: S101  # `may_ask`
        return Ask(
            key=new_id(),
            tenant=context.tenant,
            person_id=context.speaker_id,
            wallet_id=context.home_wallet_id,
            feature=feature,
            messages=messages,
            most_tokens=context.preset.most_tokens,
            answer=shape,
            wanted=context.preset.model or self._wanted,
            within_s=_WITHIN_S,
            turn=context.turn,
            caches_context=context.preset.caches_context,
            shown_under=context.directory.personal_data,
            sticks_to=context.conversation_id or "",
        )


def may_ask(context: PlanContext) -> bool:
    """Tell whether there is a model that may be asked, and somebody there to pay for it."""
    if context.is_rules_only or not context.directory.has_model or context.tenant is None:
        return False
    return context.home_wallet_id is not None and context.speaker_id is not None


def _reading(paid: Paid) -> Reading:
    return Reading(
        paid.answer.value,
        paid.model.model,
        paid.cost_nanos,
        paid.is_estimated,
        paid.is_fallback,
    )


def _again(messages: tuple[ModelMessage, ...], answered: str) -> tuple[ModelMessage, ...]:
    return (
        *messages,
        ModelMessage("assistant", answered[:4000] or "(nothing)"),
        ModelMessage("user", _AGAIN),
    )
