"""Running what only reads: at once, or step by step where a model asked for results."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot import telling
from bot.actions.base import ActionCall, Receipt, Tier
from bot.actions.catalog import action_of
from bot.actions.provider_care import ProviderTested, ProviderToTest
from bot.deciding import executor
from bot.errors.kinds import BursarError, InvalidInput, Refused, SettingsError
from bot.errors.models import NoModel, Unanswered
from bot.errors.talk import ActionTooSlow
from bot.planning import Plan
from bot.ports import Actor, Database, OneCall, Tx
from bot.replies import short
from bot.replies.charts import chart_of
from bot.replies.exports import file_of
from bot.replies.receipts import receipt_text
from bot.turns.analysis import Analyst, Found, found_data
from bot.turns.limits import TurnLimits
from bot.turns.scene import Scene
from bot.turns.steps import Step

# Each round is a call that somebody pays for; what is not found by then is not found by asking on.
MOST_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Looked:
    """What reading in steps came to: what to say, and the plan that ended it, with its costs.

    The plan's actions are only changes; they are still to be drafted.
    """

    step: Step
    plan: Plan


class Reading:
    """Runs reads for a turn; `analyst` is what results go to, None where there is none."""

    def __init__(
        self,
        database: Database,
        analyst: Analyst | None = None,
        *,
        limits: TurnLimits,
        one_call: OneCall | None = None,
    ) -> None:
        self._database = database
        self._analyst = analyst
        self._limits = limits
        self._one_call = one_call

    async def run(
        self, scene: Scene, calls: Sequence[ActionCall]
    ) -> tuple[list[Receipt], BursarError | None]:
        """Run what only reads; stop at the first that is refused, or that takes too long."""
        receipts: list[Receipt] = []

        def run(tx: Tx) -> BursarError | None:
            receipts.clear()
            actor = Actor(
                tx.people.get(scene.person.id),
                scene.place.id if scene.place else None,
                allowances=self._limits.allowances,
                model_hosts=self._limits.model_hosts,
                model_caps=self._limits.model_caps,
                channels=self._limits.channels,
            )
            try:
                receipts.extend(executor.read(tx, actor, call) for call in calls)
            except Refused as refusal:
                return refusal
            return None

        most_s = scene.preset.action_time_out_s * len(calls)
        try:
            async with asyncio.timeout(most_s):
                refusal = await self._database.read(run, tenant=scene.tenant)
        except TimeoutError:
            # What was given up may still fill the list: it is not looked at any more.
            return [], ActionTooSlow(most_s)
        # Only now: no transaction is open while a provider answers.
        return [await self._tested(receipt) for receipt in receipts], refusal

    async def _tested(self, receipt: Receipt) -> Receipt:
        """Return what became of a provider that is to be tested; any other receipt as it is."""
        if not isinstance(receipt, ProviderToTest):
            return receipt
        provider = receipt.provider
        if self._one_call is None:
            return ProviderTested(provider=provider, code=NoModel.code)
        try:
            served_by = await self._one_call.ask(provider)
        except (Unanswered, InvalidInput, SettingsError) as error:
            return ProviderTested(provider=provider, code=error.code, facts=error.facts)
        return ProviderTested(provider=provider, served_by=served_by)

    async def show(self, scene: Scene, calls: Sequence[ActionCall]) -> Step:
        """Run reads and say what each of them found."""
        if not calls:
            return Step()
        receipts, refusal = await self.run(scene, calls)
        return _shown(scene, receipts, refusal, calls)

    async def look(self, scene: Scene, plan: Plan, text: str) -> Looked:
        """Run a plan's reads, hand on what they found, and go on until there is an answer.

        Where no model says anything that is borne out, what was found is shown as it is. All
        rounds together run as many reads as the preset allows.
        """
        assert self._analyst is not None  # noqa: S101  # only an analyst's planner wants results
        receipts: list[Receipt] = []
        found: list[Found] = []
        asked: list[ActionCall] = []
        is_used_up = False
        for _ in range(MOST_ROUNDS):
            calls = [call for call in plan.actions if action_of(call).tier is Tier.T1]
            left = scene.preset.steps.t1 - len(asked)
            if len(calls) > left:
                is_used_up = True
                break
            asked += calls
            more, refusal = await self.run(scene, calls)
            receipts += more
            found += [
                Found(call, found_data(receipt, scene.context.zone))
                for call, receipt in zip(calls, more, strict=False)
            ]
            if refusal is not None:
                return Looked(_shown(scene, receipts, refusal, asked), plan)
            plan = await self._analyst.go_on(text, scene.context, plan, found, left - len(calls))
            if not plan.wants_results:
                break
        step = _shown(scene, receipts, None, asked)
        reader = telling.reader_of(scene.person, scene.context.now)
        if plan.answer:
            sources = [*step.texts, *(text for text, _ in step.charts)]
            step = replace(step, texts=(short.answer(plan.answer, sources, reader),))
        if is_used_up or plan.wants_results:
            if is_used_up:
                used_up = short.steps_used_up(1, scene.preset.steps.t1, reader)
            else:
                used_up = short.rounds_used_up(MOST_ROUNDS, reader)
            return Looked(replace(step, texts=(*step.texts, used_up)), replace(plan, actions=()))
        writes = tuple(call for call in plan.actions if action_of(call).tier is not Tier.T1)
        return Looked(step, replace(plan, actions=writes))

    @property
    def has_analyst(self) -> bool:
        """Whether results can go to a model."""
        return self._analyst is not None


def _shown(
    scene: Scene,
    receipts: Sequence[Receipt],
    refusal: BursarError | None,
    calls: Sequence[ActionCall],
) -> Step:
    reader = telling.reader_of(scene.person, scene.context.now)
    topics = [receipt.topic for receipt in receipts if receipt.topic is not None]
    told = [
        (receipt_text(receipt, reader), chart_of(receipt, reader), file_of(receipt, reader))
        for receipt in receipts
    ]
    return Step(
        texts=tuple(text for text, chart, file in told if chart is None and file is None),
        charts=tuple((text, chart) for text, chart, _ in told if chart is not None),
        files=tuple((text, file) for text, _, file in told if file is not None),
        topic=topics[-1] if topics else None,
        refusal=refusal,
        # What was refused is nobody's question.
        reads=sum(not action_of(call).is_free for call, _ in zip(calls, receipts, strict=False)),
    )
