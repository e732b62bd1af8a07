"""The planner for free speech: rules first, then a model where they are unsure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import structlog

from bot.completions import Ask, Paid
from bot.errors import BursarError, NoModel, Refused, Unanswered, Unavailable
from bot.guards.redaction import Redacted
from bot.guards.scan import clean, find_removable
from bot.ids import TenantId, new_id
from bot.models import ModelMessage
from bot.planning import Intent, Plan, PlanContext, Question
from intents.free_speech.grounding import Ground
from intents.free_speech.prompt import messages_again, messages_for
from intents.free_speech.shapes import plan_shape
from intents.names import NameIndex
from intents.planner import READS, RulePlanner
from intents.rules.orders import is_hostile

_log = structlog.get_logger(__name__)

# A plan takes a few hundred tokens; more is no plan.
_MOST_TOKENS: Final = 1500
_WITHIN_S: Final = 20.0
# A model's reading is never so sure that it changes an open draft by itself, as a rule's may.
_SUREST: Final = 0.85
# Rules that are less sure than this read a question for what it is about, not for what it asks.
_SURE_RULES: Final = 0.8
# What the person pays for in one message: the question and one repair.
_FEATURE: Final = "planner"


class PaidPath(Protocol):
    """What makes a paid call."""

    async def ask(self, ask: Ask) -> Paid:
        """Make one call and pay for it; see `bot.completions`."""
        ...


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a model said, if it had the shape, and what asking it came to."""

    value: Any  # Any: an instance of the generated shape, or None
    model: str = ""
    cost_nanos: int = 0
    is_estimated: bool = False
    is_fallback: bool = False


class FreeSpeechPlanner:
    """Reads by rules, and asks a model about what they do not understand.

    `wanted` names the model, empty for the cheapest. Without a provider, without money, or when
    no model answers, it says what the rules say.
    """

    def __init__(self, rules: RulePlanner, paid: PaidPath, *, wanted: str = "") -> None:
        self._rules = rules
        self._paid = paid
        self._wanted = wanted

    async def plan(self, text: str, context: PlanContext) -> Plan:
        """Read one message. Never raises for what people write or models say; asks instead."""
        plan = self._rules.plan_now(text, context)
        if context.tenant is None or not _is_unsure(plan) or not _may_ask(text, context):
            return plan
        found = find_removable(text)
        # What was taken out may lay bare more, so that it is looked through again, but only then.
        seen = clean(text) if found else Redacted(text)
        if any(one.kind == "secret" for one in found):
            plan = replace(plan, notes=(*plan.notes, "revoke"))
        try:
            reading = await self._read(seen.text, context, context.tenant)
        except NoModel:
            return plan
        except (Refused, Unanswered, Unavailable) as error:
            _log.info("model not asked", code=error.code)
            return replace(plan, notes=(*plan.notes, f"no_model:{error.code}"))
        made = self._made(
            reading,
            plan,
            Ground(text, plan.language, context, self._index(context), seen.originals),
        )
        return replace(
            made,
            planner=reading.model,
            cost_nanos=reading.cost_nanos,
            is_estimated=reading.is_estimated,
            notes=(*made.notes, "fallback") if reading.is_fallback else made.notes,
        )

    async def _read(self, text: str, context: PlanContext, tenant: TenantId) -> _Reading:
        """Ask a model, and once more if its answer had not the shape."""
        messages = messages_for(text, context)
        first = await self._paid.ask(_ask(messages, context, tenant, self._wanted))
        reading = _Reading(
            first.answer.value,
            first.model.model,
            first.cost_nanos,
            first.is_estimated,
            first.is_fallback,
        )
        if reading.value is not None or first.answer.ending == "refused":
            return reading
        again = messages_again(messages, first.answer.text)
        try:
            second = await self._paid.ask(_ask(again, context, tenant, self._wanted))
        except BursarError as error:
            # What the first one cost is paid; that there is no second changes nothing.
            _log.info("model not asked again", code=error.code)
            return reading
        return _Reading(
            second.answer.value,
            second.model.model,
            first.cost_nanos + second.cost_nanos,
            first.is_estimated or second.is_estimated,
            first.is_fallback or second.is_fallback,
        )

    def _made(self, reading: _Reading, plan: Plan, ground: Ground) -> Plan:
        """Make a plan of what a model said; the rules' one where it said nothing usable."""
        spoken = reading.value
        if spoken is None or not spoken.actions:
            return plan
        calls = []
        for step in spoken.actions:
            call = ground.call_of(step)
            if isinstance(call, Question):
                return Plan("ask", plan.language, 0.5, question=call, notes=plan.notes)
            calls.append(call)
        intent: Intent = "read" if all(call.action in READS for call in calls) else "write"
        return Plan(
            intent,
            plan.language,
            min(spoken.confidence, _SUREST),
            tuple(dict.fromkeys(calls)),
            scope=getattr(calls[0], "wallet_id", None),
            notes=plan.notes,
        )

    def _index(self, context: PlanContext) -> NameIndex:
        return self._rules.index_of(context.directory)


def _is_unsure(plan: Plan) -> bool:
    if plan.question is not None:
        return plan.question.code == "not_understood"
    return bool(plan.actions) and plan.confidence < _SURE_RULES


def _may_ask(text: str, context: PlanContext) -> bool:
    """Tell whether a message is one to ask a model about, and somebody there to pay for it."""
    if context.is_rules_only or not context.directory.has_model:
        return False
    if context.home_wallet_id is None or context.speaker_id is None:
        return False
    return bool(text.strip()) and not text.startswith("/") and not is_hostile(text.lower())


def _ask(
    messages: tuple[ModelMessage, ...], context: PlanContext, tenant: TenantId, wanted: str
) -> Ask:
    assert context.home_wallet_id is not None  # noqa: S101  # `_may_ask`
    assert context.speaker_id is not None  # noqa: S101  # `_may_ask`
    return Ask(
        key=new_id(),
        tenant=tenant,
        person_id=context.speaker_id,
        wallet_id=context.home_wallet_id,
        feature=_FEATURE,
        messages=messages,
        most_tokens=_MOST_TOKENS,
        answer=plan_shape(),
        wanted=wanted,
        within_s=_WITHIN_S,
    )
