"""The planner for free speech: rules first, then a model where they are unsure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import structlog

from bot.errors.kinds import Refused, Unavailable
from bot.errors.models import NoModel, Unanswered, Withheld
from bot.planning import Intent, Plan, PlanContext, Question
from bot.ports import Database
from intents.free_speech.asking import Asking, PaidPath, Reading, may_ask
from intents.free_speech.grounding import Ground
from intents.free_speech.prompt import messages_for
from intents.free_speech.recall import Recall, Recalled
from intents.free_speech.shapes import plan_shape
from intents.free_speech.showing import make_showable
from intents.names import NameIndex
from intents.planner import READS, RulePlanner
from intents.rules.orders import is_hostile

_log = structlog.get_logger(__name__)

# A model's reading is never so sure that it changes an open draft by itself, as a rule's may.
_SUREST: Final = 0.85
# Rules that are less sure than this read a question for what it is about, not for what it asks.
_SURE_RULES: Final = 0.8
# What the person pays for in one message: the question and one repair.
_FEATURE: Final = "planner"


class FreeSpeechPlanner:
    """Reads by rules, and asks a model about what they do not understand.

    `wanted` names the model, empty for the cheapest. Without a provider, without money, or when
    no model answers, it says what the rules say. With `is_always` a model is asked also where
    they are sure, which is for measuring it.
    """

    def __init__(
        self,
        rules: RulePlanner,
        paid: PaidPath,
        *,
        wanted: str = "",
        database: Database | None = None,
        is_always: bool = False,
    ) -> None:
        """Take what reads and what pays; without a database a message is read by itself."""
        self._rules = rules
        self._is_always = is_always
        self._asking = Asking(paid, wanted=wanted)
        self._recall = None if database is None else Recall(database, self._asking)

    async def plan(self, text: str, context: PlanContext) -> Plan:
        """Read one message. Never raises for what people write or models say; asks instead."""
        plan = self._rules.plan_now(text, context)
        is_wanted = self._is_always or _is_unsure(plan)
        if not is_wanted or not may_ask(context) or not _is_worth_it(text):
            return plan
        showable = make_showable(text, context.directory.personal_data)
        if showable.withheld:
            return replace(plan, unasked=Withheld(showable.withheld))
        seen = showable.redacted
        try:
            before = Recalled() if self._recall is None else await self._recall.before(context)
            messages = messages_for(seen.text, context, before.shown())
            reading = await self._asking.ask(messages, plan_shape(), context, _FEATURE)
        except NoModel:
            return plan
        except (Refused, Unavailable) as error:
            _log.info("model not asked", code=error.code)
            return replace(plan, unasked=error)
        except Unanswered as error:
            _log.info("model did not answer", code=error.code)
            # It may have been read all the same.
            return replace(plan, unasked=error, let_out=showable.let_out)
        made = self._made(
            reading,
            plan,
            Ground(text, plan.language, context, self._index(context), seen.originals),
        )
        signed = replace(reading.sign(made), let_out=showable.let_out)
        return signed if before.reading is None else before.reading.add_cost(signed)

    def _made(self, reading: Reading, plan: Plan, ground: Ground) -> Plan:
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
            wants_results=intent == "read" and spoken.then == "look",
        )

    def _index(self, context: PlanContext) -> NameIndex:
        return self._rules.index_of(context.directory)


def _is_unsure(plan: Plan) -> bool:
    if plan.question is not None:
        return plan.question.code == "not_understood"
    return bool(plan.actions) and plan.confidence < _SURE_RULES


def _is_worth_it(text: str) -> bool:
    """Tell whether a message is one to ask a model about."""
    return bool(text.strip()) and not text.startswith("/") and not is_hostile(text.lower())
