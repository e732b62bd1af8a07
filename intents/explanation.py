"""How a sentence was read, for whoever tunes the planner."""

from __future__ import annotations

from collections.abc import Callable

import orjson

from bot.actions.base import ActionCall
from bot.asks import count_prompt
from bot.economy.money import to_decimal_string
from bot.planning import RULES, CriticFacts, Plan, PlanContext
from intents.critic import review
from intents.free_speech.prompt import messages_for
from intents.free_speech.shapes import plan_shape
from intents.planner import RulePlanner


class Explanation:
    """Says what the rules scored, how large the prompt is, what the critic finds, what it cost.

    `tier_of` gives the tier that an action has.
    """

    def __init__(self, tier_of: Callable[[ActionCall], int]) -> None:
        self._rules = RulePlanner()
        self._tier_of = tier_of
        self._shape = len(orjson.dumps(plan_shape().model_json_schema()))

    def __call__(self, text: str, context: PlanContext, plan: Plan) -> dict[str, object]:
        """Explain a plan that was made of a text.

        The prompt is the one that a model gets or would get, the shape of the answer included; its
        tokens are estimated. `not_asked` is the code of what kept a model from being asked.
        """
        read = self._rules.plan_now(text, context)
        messages = messages_for(text, context)
        verdict = review(plan, CriticFacts(context.directory, self._tier_of))
        return {
            "rules": {
                "scores": self._rules.score_now(text, context),
                "intent": read.intent,
                "confidence": read.confidence,
                "actions": [call.action for call in read.actions],
            },
            "prompt": {
                "characters": self._shape + sum(len(message.text) for message in messages),
                "tokens": count_prompt(messages, plan_shape()),
            },
            "critic": [
                {"code": one.code, "steps": list(one.steps), "asks": one.asks}
                for one in verdict.findings
            ],
            "model": None if plan.planner == RULES else plan.planner,
            "not_asked": None if plan.unasked is None else plan.unasked.code,
            "cost": to_decimal_string(plan.cost_nanos),
            "is_estimated": plan.is_estimated,
        }
