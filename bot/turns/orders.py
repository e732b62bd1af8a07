"""What words ask for: read into a plan, and a plan made into what a turn will say and do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot import telling
from bot.actions.base import ActionCall, Tier
from bot.actions.catalog import action_of
from bot.actions.spend import BalanceReceipt, ShowBalance
from bot.deciding import executor
from bot.ids import WalletId
from bot.messages import Conversation
from bot.planning import (
    RULES,
    Critic,
    Directory,
    Plan,
    Planner,
    Question,
    ReplyReader,
    SecondCritic,
    Verdict,
)
from bot.ports import Actor, Database, Tx
from bot.replies import short
from bot.replies.findings import findings_text
from bot.replies.greetings import greeting_text
from bot.replies.questions import question_text
from bot.replies.reader import Reader
from bot.replies.receipts import receipt_text
from bot.replies.signatures import signature
from bot.turns.answers import chosen_calls, shown_request
from bot.turns.limits import TurnLimits
from bot.turns.questions import (
    LEAST_CONFIDENCE,
    goes_first,
    goes_on,
    is_free,
    is_name_of_none,
    is_of_its_own,
    names_only,
    still_asked,
    tells_time,
    with_answer,
    without_lead,
)
from bot.turns.reading import Reading
from bot.turns.scene import Scene, critic_facts
from bot.turns.steps import Step

# What is only said, and waits for no answer.
_STATEMENTS: Final = frozenset({"no_argument", "no_calendar", "no_lists"})
_NOES: Final = frozenset({"undo", "reject_request"})


class Orders:
    """Reads what a person wants, and prepares it."""

    def __init__(
        self,
        database: Database,
        planner: Planner,
        critic: Critic,
        reading: Reading,
        read_reply: ReplyReader,
        *,
        limits: TurnLimits,
        second_critic: SecondCritic | None = None,
    ) -> None:
        self._database = database
        self._planner = planner
        self._critic = critic
        self._reading = reading
        self._read_reply = read_reply
        self._limits = limits
        self._second_critic = second_critic

    async def plan_answer(self, scene: Scene, text: str) -> Plan | None:
        """Read the text as the answer to what was asked last here; None if it brings no answer."""
        rules = replace(scene, context=replace(scene.context, is_rules_only=True))
        plan = await self.plan(rules, text)
        return (
            plan
            if plan.actions and plan != await self._planner.plan(text, rules.context)
            else None
        )

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
        if is_free(asked):
            return (
                plan if goes_first(asked, plan, text) else await self._answered(scene, plan, text)
            )
        is_sure = plan.actions and plan.confidence >= LEAST_CONFIDENCE
        if is_sure and not names_only(asked, plan, text):
            return plan
        name = without_lead(text)
        if is_name_of_none(asked, text) and not await self._names_something(scene, name):
            # "Yes" and "please" name nothing: what is done without a name was not ordered.
            return plan if plan.actions else replace(plan, intent="ask", question=asked)
        together = await self._planner.plan(with_answer(asked, text), scene.context)
        return together if goes_on(asked, plan, together) else plan

    async def _answered(self, scene: Scene, plan: Plan, text: str) -> Plan:
        """Read the answer to a question that any words may answer with what was asked about."""
        asked = scene.question
        if asked is None:
            return plan
        together = await self._planner.plan(f"{asked.text} {text}", scene.context)
        if asked.code == "which_time":
            context = replace(scene.context, is_rules_only=True)
            before = await self._planner.plan(asked.text, context)
            # "Whenever" leaves the task as it was, and says when: at no time.
            if together.actions != before.actions and not tells_time(before, together):
                is_other = plan.actions and plan.confidence >= LEAST_CONFIDENCE
                asks = plan.question is not None and plan.question.code != "not_understood"
                again = replace(
                    before, intent="ask", actions=(), question=replace(asked, given="")
                )
                return plan if is_other or asks else again
        if plan.actions and not together.actions:
            return plan
        return together if _is_understood(together) else plan

    async def plan_alone(self, scene: Scene, text: str) -> Plan | None:
        """Read the text as an order of its own, whatever waits here; None if it is none surely.

        An order with a name that nobody has, or that several have, is one too: its question.
        """
        # What a model reads is never as sure as that: nobody pays for asking one.
        context = replace(scene.context, is_rules_only=True)
        plan = await self._planner.plan(text, context)
        if is_of_its_own(plan):
            return plan
        if plan.question is None or plan.question.code == "not_understood":
            return None
        # "Lower design by 50" lacks something and is an order still; "double it" may be an edit.
        return plan if await self._names_something(scene, text) else None

    async def _names_something(self, scene: Scene, text: str) -> bool:
        """Tell whether a text would say something else where nobody has a name."""
        context = replace(scene.context, is_rules_only=True)
        plan = await self._planner.plan(text, context)
        nobody = await self._planner.plan(text, replace(context, directory=Directory()))
        return (plan.actions, plan.question) != (nobody.actions, nobody.question)

    async def is_no_alone(self, scene: Scene, text: str) -> bool:
        """Tell whether a text that reads as a no says nothing else: "mute design" is an order.

        To undo and to turn down are what a no does to the draft or the request that waits.
        """
        if " " not in text:
            return True
        order = await self.plan_alone(scene, text)
        calls = () if order is None else order.actions
        return not calls or any(call.action in _NOES for call in calls)

    async def find_wallet(self, scene: Scene, name: str) -> WalletId | Question:
        """Return the wallet that somebody calls so; else the question which one it is."""
        context = replace(scene.context, is_rules_only=True)
        plan = await self._planner.plan(f"/balance {name}", context)
        if plan.question is not None:
            return replace(plan.question, given=name)
        return plan.scope or Question("which_wallet", given=name)

    async def names_itself(self, scene: Scene, order: Plan, text: str) -> bool:
        """Tell whether an order says by itself which wallet it is about, in whatever words."""
        bare = replace(
            scene.context, is_rules_only=True, home_wallet_id=None, topic_wallet_id=None
        )
        return (await self._planner.plan(text, bare)).actions == order.actions

    async def drops_question(self, scene: Scene, text: str) -> bool:
        """Tell whether a text only says no to what was asked last here."""
        if scene.question is None or scene.open_here or text.startswith("/"):
            return False
        label = self._read_reply(text, language=scene.person.language).label
        return label == "negate" and await self.is_no_alone(scene, text)

    async def prepare(self, scene: Scene, plan: Plan, text: str) -> Step:
        """Turn a plan into what will be said and done, signed by what read the words."""
        asked = [call.action for call in plan.actions]
        if plan.wants_results and self._is_sure(plan) and self._reading.has_analyst:
            looked = await self._reading.look(scene, plan, text)
            step, plan = looked.step, looked.plan
            over = self._over(scene, plan.actions)
            if over is not None:
                step = replace(step, texts=(*step.texts, *over.texts))
            elif plan.actions and step.refusal is None and self._is_sure(plan):
                step = await self._changed(scene, plan, plan.actions, step, text)
        else:
            step = await self._prepared(scene, plan, text)
        asked += [call.action for call in plan.actions]
        step = replace(
            step,
            unasked=plan.unasked,
            read_by=plan.planner,
            actions=tuple(dict.fromkeys(asked)),
        )
        if not scene.context.directory.has_model or step.is_signed:
            return step
        return step.signed(signature(plan, self._reader(scene)))

    async def _prepared(self, scene: Scene, plan: Plan, text: str) -> Step:
        if plan.intent == "greet":
            return await self._greeting(scene)
        if plan.question is not None or not plan.actions:
            return self._asks(scene, plan, text)
        if not self._is_sure(plan):
            near = tuple(call.action for call in plan.actions)
            return self._asks(scene, replace(plan, question=_not_understood(text, near)), text)
        reads = [call for call in plan.actions if action_of(call).tier is Tier.T1]
        writes = [call for call in plan.actions if action_of(call).tier is not Tier.T1]
        most = scene.preset.steps.t1
        if len(reads) > most:
            return Step(texts=(short.steps_used_up(1, most, self._reader(scene)),))
        if (over := self._over(scene, writes)) is not None:
            return over
        step = await self._reading.show(scene, reads)
        if not writes or step.refusal is not None:
            return still_asked(scene, plan, step)
        return await self._changed(scene, plan, writes, step, text)

    def _is_sure(self, plan: Plan) -> bool:
        return plan.confidence >= LEAST_CONFIDENCE

    def _reader(self, scene: Scene) -> Reader:
        return telling.reader_of(scene.person, scene.context.now)

    def _over(self, scene: Scene, writes: Sequence[ActionCall]) -> Step | None:
        """Say which tier a message asks too much of, None if none; each is counted apart."""
        steps = scene.preset.steps
        for tier, most in ((Tier.T2, steps.t2), (Tier.T3, steps.t3)):
            if sum(action_of(call).tier is tier for call in writes) > most:
                return Step(texts=(short.steps_used_up(int(tier), most, self._reader(scene)),))
        return None

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
        reader = self._reader(scene)
        question = plan.question or _not_understood(text)
        if question.code == "not_understood":
            bare = self._read_reply(text, language=scene.person.language)
            if scene.lapsed is not None and not scene.open_here:
                return Step(texts=(short.question_lapsed(scene.lapsed, reader),))
            if not scene.open_here and bare.label in {"affirm", "negate"}:
                return Step(texts=(short.nothing_open(reader),))
            if scene.open_here:
                waiting = short.still_waiting(scene.open_here[0].ref, reader)
                return Step(texts=(question_text(question, reader.language), waiting))
            return Step(texts=(question_text(question, reader.language),))
        if question.code in _STATEMENTS and not question.choices:
            return Step(texts=(question_text(question, reader.language),))
        if question.code == "pasted_key":
            # Nothing to answer: what was meant is said anew, without the key.
            return Step(texts=(question_text(question, reader.language),), has_warned=True)
        return Step(texts=(question_text(question, reader.language),), question=question)

    async def _greeting(self, scene: Scene) -> Step:
        reader = self._reader(scene)
        found, refusal = await self._reading.run(scene, [ShowBalance()])
        balance = found[0] if found and isinstance(found[0], BalanceReceipt) else None
        text = greeting_text(balance, reader, len(scene.open_here))
        return Step(texts=(text,), reads=0 if refusal else 1)

    async def _changed(
        self, scene: Scene, plan: Plan, writes: Sequence[ActionCall], step: Step, text: str
    ) -> Step:
        """Add to a step what is to be changed: a draft, or what is done at once."""
        # What a model read is a draft, whatever it is: nobody said it in words that we know.
        is_sure = len(writes) == 1 and plan.planner == RULES
        at_once = self._at_once(scene, writes[0], step) if is_sure else None
        return at_once or await self._drafted(scene, plan, writes, step, text)

    def _at_once(self, scene: Scene, call: ActionCall, step: Step) -> Step | None:
        """Add what needs no draft: to decide a request whose card hangs here, or a small write."""
        shown = shown_request(scene, call)
        if shown is not None:

            def decide(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
                receipt = executor.decide_request(tx, actor, shown, call)
                return (receipt_text(receipt, telling.reader_of(actor.person, tx.now)),)

            return replace(step, effect=decide, writes=1)
        if action_of(call).is_at_once:

            def do(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
                receipt = executor.do_at_once(tx, actor, call)
                return (receipt_text(receipt, telling.reader_of(actor.person, tx.now)),)

            return replace(step, effect=do, begins=1, writes=1)
        return None

    async def _drafted(
        self, scene: Scene, plan: Plan, writes: Sequence[ActionCall], step: Step, text: str
    ) -> Step:
        """Turn writes into a draft, after the critic has looked at them."""
        reader = self._reader(scene)
        verdict, plan = await self._judge(scene, replace(plan, actions=tuple(writes)), text)
        remarks = findings_text(verdict, reader)
        if plan.planner != RULES or plan.cost_nanos or plan.unasked is not None:
            # Below a draft, once a message: what looked at it last has cost something too.
            remarks = (*remarks, signature(plan, reader))
            step = replace(step, is_signed=True)
        if verdict.asks:
            return replace(step, texts=(*step.texts, *remarks))

        def draft(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
            for remark in remarks:
                telling.say(tx, place, remark)
            tier = Tier(max(verdict.tiers, default=int(Tier.T2)))
            self.draft(tx, actor, writes, place, tier)
            return ()

        return replace(step, effect=draft, begins=1, writes=1)

    async def _judge(self, scene: Scene, plan: Plan, text: str) -> tuple[Verdict, Plan]:
        facts = await self._database.read(lambda tx: critic_facts(tx, scene), tenant=scene.tenant)
        verdict = self._critic(plan, facts)
        if self._second_critic is None or verdict.asks:
            return verdict, plan
        return await self._second_critic.look(text, scene.context, plan, facts, verdict)


def _is_understood(plan: Plan) -> bool:
    asks = plan.question is not None and plan.question.code != "not_understood"
    return bool(plan.actions) or asks


def _not_understood(text: str, near: tuple[str, ...] = ()) -> Question:
    return Question("not_understood", text=text, near=near)
