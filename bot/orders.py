"""What words ask for: read into a plan, and a plan made into what a turn will say and do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot import cards, executor
from bot.actions.base import ActionCall, Receipt, Tier
from bot.actions.catalog import action_of
from bot.actions.reads import BalanceReceipt, ShowBalance
from bot.answers import chosen_calls, shown_request
from bot.errors import BursarError, Refused
from bot.messages import Conversation
from bot.planning import RULES, Critic, Plan, Planner, Question, ReplyReader, Verdict
from bot.ports import Actor, Database, Tx
from bot.replies import short
from bot.replies.findings import findings_text
from bot.replies.greetings import greeting_text
from bot.replies.questions import question_text
from bot.replies.receipts import receipt_text
from bot.replies.signatures import signature
from bot.scene import Scene, critic_facts
from bot.steps import Step
from bot.turn_limits import TurnLimits

# How many questions one message may ask; beside them it may ask for one change.
MOST_READS: Final = 10
# Below this the planner's reading is only a guess: nothing runs on it without a question.
LEAST_CONFIDENCE: Final = 0.6
# From here on a sentence is an order of its own, also where it could change an open draft.
SURE: Final = 0.9


class Orders:
    """Reads what a person wants, and prepares it."""

    def __init__(
        self,
        database: Database,
        planner: Planner,
        critic: Critic,
        read_reply: ReplyReader,
        *,
        limits: TurnLimits,
    ) -> None:
        self._database = database
        self._planner = planner
        self._critic = critic
        self._read_reply = read_reply
        self._limits = limits

    async def plan(self, scene: Scene, text: str) -> Plan:
        """Read the text, with what was asked before if it answers that."""
        plan = await self._planner.plan(text, scene.context)
        asked = scene.question
        if asked is None or text.startswith("/") or plan.intent == "greet":
            return plan
        if asked.choices:
            labels = " / ".join(choice.label for choice in asked.choices)
            reading = self._read_reply(
                text, prompt=f"Which one: {labels}?", language=plan.language
            )
            chosen = chosen_calls(asked, text, reading)
            if chosen is not None:
                return replace(plan, intent="write", confidence=1.0, actions=chosen, question=None)
        if plan.actions and plan.confidence >= LEAST_CONFIDENCE:
            return plan
        together = await self._planner.plan(f"{asked.text} {text}", scene.context)
        understood = together.actions or (
            together.question is not None and together.question.code != "not_understood"
        )
        return together if understood else plan

    async def plan_alone(self, scene: Scene, text: str) -> Plan | None:
        """Read the text as an order of its own, whatever waits here; None if it is none surely."""
        # What a model reads is never as sure as that: nobody pays for asking one.
        context = replace(scene.context, is_rules_only=True)
        plan = await self._planner.plan(text, context)
        return plan if plan.actions and plan.confidence >= SURE else None

    def drops_question(self, scene: Scene, text: str) -> bool:
        """Tell whether a text only says no to what was asked last here."""
        if scene.question is None or scene.open_here:
            return False
        return self._read_reply(text, language=scene.person.language).label == "negate"

    async def prepare(self, scene: Scene, plan: Plan, text: str) -> Step:
        """Turn a plan into what will be said and done, signed by what read the words."""
        step = await self._prepared(scene, plan, text)
        if not scene.context.directory.has_model or not step.texts:
            return step
        reader = cards.reader_of(scene.person, scene.context.now)
        *before, last = step.texts
        return replace(step, texts=(*before, f"{last}\n{signature(plan, reader)}"))

    async def _prepared(self, scene: Scene, plan: Plan, text: str) -> Step:
        reader = cards.reader_of(scene.person, scene.context.now)
        if plan.intent == "greet":
            return await self._greeting(scene)
        if plan.question is not None or not plan.actions:
            return self._asks(scene, plan, text)
        reads = [call for call in plan.actions if action_of(call).tier is Tier.T1]
        writes = [call for call in plan.actions if action_of(call).tier is not Tier.T1]
        if plan.confidence < LEAST_CONFIDENCE or len(reads) > MOST_READS or len(writes) > 1:
            question = Question("one_at_a_time", text=text)
            return Step(texts=(question_text(question, reader.language),))
        step = await self._read_all(scene, reads)
        if not writes or step.refusal is not None:
            return step
        return await self._drafted(scene, plan, writes, step)

    def draft(
        self,
        tx: Tx,
        actor: Actor,
        calls: Sequence[ActionCall],
        place: Conversation,
        tier: Tier | None = None,
    ) -> None:
        """Draft writes, with a card for their yes. Raises `Refused`; then nothing was stored."""
        executor.propose(tx, actor, calls, place, tier=tier, life=self._limits.draft_life)

    def _asks(self, scene: Scene, plan: Plan, text: str) -> Step:
        reader = cards.reader_of(scene.person, scene.context.now)
        question = plan.question or Question("not_understood", text=text)
        if question.code == "not_understood":
            bare = self._read_reply(text, language=scene.person.language)
            if not scene.open_here and bare.label in {"affirm", "negate"}:
                return Step(texts=(short.nothing_open(reader),))
            if scene.open_here:
                waiting = short.still_waiting(scene.open_here[0].ref, reader)
                return Step(texts=(question_text(question, reader.language), waiting))
            return Step(texts=(question_text(question, reader.language),))
        if question.code == "pasted_key":
            # Nothing to answer: what was meant is said anew, without the key.
            return Step(texts=(question_text(question, reader.language),))
        return Step(texts=(question_text(question, reader.language),), question=question)

    async def _greeting(self, scene: Scene) -> Step:
        reader = cards.reader_of(scene.person, scene.context.now)
        found, refusal = await self._run_reads(scene, [ShowBalance()])
        balance = found[0] if found and isinstance(found[0], BalanceReceipt) else None
        text = greeting_text(balance, reader, len(scene.open_here))
        return Step(texts=(text,), reads=0 if refusal else 1)

    async def _read_all(self, scene: Scene, calls: Sequence[ActionCall]) -> Step:
        if not calls:
            return Step()
        reader = cards.reader_of(scene.person, scene.context.now)
        receipts, refusal = await self._run_reads(scene, calls)
        topics = [receipt.topic for receipt in receipts if receipt.topic is not None]
        return Step(
            texts=tuple(receipt_text(receipt, reader) for receipt in receipts),
            topic=topics[-1] if topics else None,
            refusal=refusal,
            reads=sum(not action_of(call).is_free for call in calls),
        )

    async def _run_reads(
        self, scene: Scene, calls: Sequence[ActionCall]
    ) -> tuple[list[Receipt], BursarError | None]:
        """Run what only reads; stop at the first that is refused."""
        receipts: list[Receipt] = []

        def run(tx: Tx) -> BursarError | None:
            receipts.clear()
            actor = Actor(
                tx.people.get(scene.person.id),
                scene.place.id if scene.place else None,
                allowances=self._limits.allowances,
            )
            try:
                receipts.extend(executor.read(tx, actor, call) for call in calls)
            except Refused as refusal:
                return refusal
            return None

        refusal = await self._database.read(run, tenant=scene.tenant)
        return receipts, refusal

    async def _drafted(
        self, scene: Scene, plan: Plan, writes: Sequence[ActionCall], step: Step
    ) -> Step:
        """Turn writes into a draft; a request whose card hangs here is decided at once."""
        reader = cards.reader_of(scene.person, scene.context.now)
        call = writes[0]
        shown = shown_request(scene, call)
        if shown is not None:
            decision = call

            def decide(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
                receipt = executor.decide_request(tx, actor, shown, decision)
                return (receipt_text(receipt, cards.reader_of(actor.person, tx.now)),)

            return replace(step, effect=decide, writes=1)
        if action_of(call).is_at_once:

            def do(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
                receipt = executor.do_at_once(tx, actor, call)
                return (receipt_text(receipt, cards.reader_of(actor.person, tx.now)),)

            return replace(step, effect=do, begins=1, writes=1)
        verdict = await self._judge(scene, replace(plan, actions=tuple(writes)))
        remarks = findings_text(verdict, reader)
        if plan.planner != RULES:
            remarks = (*remarks, signature(plan, reader))
        if verdict.asks:
            return replace(step, texts=(*step.texts, *remarks))

        def draft(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
            for remark in remarks:
                cards.say(tx, place, remark)
            tier = Tier(max(verdict.tiers, default=int(Tier.T2)))
            self.draft(tx, actor, writes, place, tier)
            return ()

        return replace(step, effect=draft, begins=1, writes=1)

    async def _judge(self, scene: Scene, plan: Plan) -> Verdict:
        facts = await self._database.read(lambda tx: critic_facts(tx, scene), tenant=scene.tenant)
        return self._critic(plan, facts)
