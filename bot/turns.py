"""One inbound message and all that follows from it.

A turn reads what it needs, has the words read, runs what only reads, and then writes everything
that follows in one transaction: the end of the message in the inbox, the proposal's step, the
actions, the audit rows and the replies. A crash before that leaves the message to be taken
again; after it, nothing is left to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, Literal

import structlog

from bot import cards, executor
from bot.actions.base import ActionCall, Receipt, Tier
from bot.actions.catalog import action_of, parse_calls
from bot.actions.reads import BalanceReceipt, ShowBalance
from bot.actions.requests import (
    ApproveRequest,
    CancelRequest,
    RejectRequest,
    refuse_not_open,
)
from bot.answers import (
    calls_of,
    chosen_calls,
    decides,
    find_named,
    names_request,
    shown_request,
)
from bot.edits import edited, is_about_another
from bot.errors import (
    BursarError,
    InvalidInput,
    NotFound,
    ProposalSuperseded,
    Refused,
    Unavailable,
)
from bot.guests import greet, introduce
from bot.ids import new_ref
from bot.links import token_in
from bot.messages import Choice, Conversation, InboundMessage
from bot.planning import (
    Critic,
    FormReader,
    Language,
    Plan,
    Planner,
    Question,
    ReplyReader,
    ReplyReading,
    Verdict,
)
from bot.ports import Actor, Database, Tx
from bot.proposals.model import Proposal
from bot.replies import short
from bot.replies.errors import unexpected_text
from bot.replies.findings import findings_text
from bot.replies.greetings import greeting_text
from bot.replies.previews import preview_text
from bot.replies.questions import question_text
from bot.replies.reader import Reader
from bot.replies.receipts import receipt_text
from bot.scene import Names, Scene, critic_facts, gather, stranger_context
from bot.steps import Delivery, Step, TurnLimits, explain, write_step

_log = structlog.get_logger(__name__)

# How many questions one message may ask; beside them it may ask for one change.
MOST_READS: Final = 10
# Below this the planner's reading is only a guess: nothing runs on it without a question.
LEAST_CONFIDENCE: Final = 0.6
# From here on a sentence is an order of its own, also where it could change an open draft.
SURE: Final = 0.9
# A command that arrives later than this may no longer be meant.
LATE: Final = timedelta(hours=1)

TurnOutcome = Literal["answered", "unknown", "failed"]


class Turns:
    """Takes messages, one at a time for each lane; which lanes is its caller's business."""

    def __init__(
        self,
        database: Database,
        planner: Planner,
        critic: Critic,
        read_reply: ReplyReader,
        read_form: FormReader,
        names: Names,
        *,
        owner: str,
        limits: TurnLimits | None = None,
    ) -> None:
        self._database = database
        self._planner = planner
        self._critic = critic
        self._read_reply = read_reply
        self._read_form = read_form
        self._names = names
        self._owner = owner
        self._limits = limits or TurnLimits()

    async def take(self, delivery: Delivery) -> TurnOutcome:
        """Do all that a message asks for. When this returns, it is done and will not come again.

        Returns "unknown" for a sender who is not of the company, "failed" after a bug.

        Raises:
            Unavailable: nothing was done; the message is to be taken again later.
        """
        try:
            scene = await self._database.read(lambda tx: gather(tx, delivery.message, self._names))
            token = token_in(delivery.message.text)
            if scene is None or token is not None:
                return await self._introduce(scene, delivery, token)
            step = await self._decide(scene, delivery.message)
            await self._finish(scene, delivery, step)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  # a turn ends here: the next one must go on
            await self._apologise(delivery, error)
            return "failed"
        return "unknown" if scene.person.is_guest else "answered"

    async def _introduce(
        self, scene: Scene | None, delivery: Delivery, token: str | None
    ) -> Literal["answered", "unknown"]:
        """Meet whoever nobody knows, and use up a link token, whoever brings it."""
        message = delivery.message
        language: Language = "en"
        if scene is not None:
            language = scene.person.language
        else:
            context = await self._database.read(lambda tx: stranger_context(tx, message))
            if context is not None:
                language = (await self._planner.plan(message.text, context)).language
        is_known = await self._database.write(
            lambda tx: introduce(
                tx, delivery, token, language, owner=self._owner, limits=self._limits
            )
        )
        return "answered" if is_known else "unknown"

    async def _decide(self, scene: Scene, message: InboundMessage) -> Step:
        """Read the words and work out what follows; changes nothing."""
        is_late = message.sent_at is not None and scene.context.now - message.sent_at > LATE
        reader = cards.reader_of(scene.person, scene.context.now)
        if scene.person.is_disabled:
            return Step(texts=(short.unknown_person(reader),))
        if scene.person.is_guest:
            return self._guest(scene, message)
        if message.button:
            if is_late:
                return Step(texts=(short.late_command(reader),))
            return self._pressed(scene, message)
        text = message.text.strip()
        plan = None
        if names_request(scene, text):
            # "reject 7K2M, too much" says more than a plain no: the planner reads all of it.
            plan = await self._plan(scene, text)
            if not decides(plan):
                plan = None
        if scene.question is not None and not scene.open_here and self._drops(scene, text):
            return Step(texts=(short.question_dropped(reader),))
        step = await self._answered(scene, text) if plan is None else None
        if step is None:
            step = await self._planned(scene, plan or await self._plan(scene, text), text)
        if is_late and step.writes:
            return Step(texts=(short.late_command(reader),))
        return step

    def _guest(self, scene: Scene, message: InboundMessage) -> Step:
        """Answer somebody who is not of the company: their card, or what this is."""
        if not message.is_private:
            return Step()
        if message.button:
            return self._pressed(scene, message)
        named, bare = find_named(scene.open_here, message.text)
        about = named or next(iter(scene.open_here), None)
        if about is not None:
            label = self._read(scene, about, bare).label
            if label in {"affirm", "negate"}:
                return self._acts(about, label)
        return Step(effect=greet)

    def _acts(self, proposal: Proposal, label: str) -> Step:
        def act(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
            return self._act(tx, actor, place, proposal, label)

        return Step(effect=act, writes=1)

    def _drops(self, scene: Scene, text: str) -> bool:
        return self._read_reply(text, language=scene.person.language).label == "negate"

    def _pressed(self, scene: Scene, message: InboundMessage) -> Step:
        """Answer a card by its button, with what was typed over in its form."""
        person = scene.person
        today = scene.context.now.astimezone(scene.context.zone).date()
        form = self._read_form(dict(message.fields), language=person.language, today=today)

        def press(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
            pressed = tx.proposals.press(message.button, place.id)
            if pressed is None:
                raise NotFound("button", "")
            proposal = tx.proposals.find(pressed.proposal_id)
            if proposal is None:
                raise NotFound("proposal", "")
            if proposal.state == "pending" and proposal.version != pressed.version:
                raise ProposalSuperseded(proposal.ref)
            if proposal.state == "pending" and pressed.choice != "no":
                if form.question is not None:
                    question = Question(form.question, given=form.given)
                    return (question_text(question, person.language),)
                changed = self._typed_over(tx, proposal, form.changes, scene)
                if changed is not None:
                    return self._take_over(tx, actor, place, proposal, changed, pressed.choice)
            reading = {"yes": "affirm", "edit": "edit", "no": "negate"}[pressed.choice]
            reason = str(form.changes.get("reason", "")) or None
            return self._act(tx, actor, place, proposal, reading, reason=reason)

        return Step(effect=press, writes=1)

    def _typed_over(
        self, tx: Tx, proposal: Proposal, changes: Mapping[str, object], scene: Scene
    ) -> ActionCall | None:
        """Return the call that a filled-in form makes of a proposal; None if it changes nothing.

        Raises:
            InvalidInput: one of the fields means nothing for it.
        """
        call = parse_calls(calls_of(proposal))[0]
        decision = ApproveRequest(ref=proposal.ref) if proposal.kind == "request" else None
        if decision is not None:
            changes = {name: x for name, x in changes.items() if name in {"amount", "wallet"}}
        if not changes:
            return None
        amended = edited(call, changes, scene.context.directory)
        if amended is None and "wallet" in changes:
            raise NotFound("wallet", str(changes["wallet"]))
        if amended is None:
            raise InvalidInput("form", "not for this")
        if amended == call:
            return None
        return amended if decision is None else edited(decision, changes, scene.context.directory)

    def _take_over(
        self,
        tx: Tx,
        actor: Actor,
        place: Conversation,
        proposal: Proposal,
        call: ActionCall,
        choice: Choice,
    ) -> Sequence[str]:
        """Do what a form says: an approver's yes to another amount decides; a draft is changed."""
        if proposal.kind == "draft":
            if proposal.requester_id != actor.person.id:
                raise NotFound("proposal", proposal.ref)
            executor.revise(tx, actor, proposal, (call,), place)
        elif choice == "yes":
            receipt = executor.decide_request(tx, actor, proposal, call)
            return (receipt_text(receipt, cards.reader_of(actor.person, tx.now)),)
        else:
            self._propose(tx, actor, (call,), place)
        return ()

    def _propose(
        self,
        tx: Tx,
        actor: Actor,
        calls: Sequence[ActionCall],
        place: Conversation,
        tier: Tier | None = None,
    ) -> None:
        """Draft a write. One draft at a time in a conversation: it takes an older one's place."""
        for older in tx.proposals.list_open_here(place.id):
            if older.kind == "draft":
                executor.supersede(tx, actor, older)
        executor.propose(tx, actor, calls, place, tier=tier, life=self._limits.draft_life)

    async def _answered(self, scene: Scene, text: str) -> Step | None:
        """Read the text as an answer to what is open here; None if it is something else."""
        if not scene.open_here or text.startswith("/"):
            return None
        reader = cards.reader_of(scene.person, scene.context.now)
        named, bare = find_named(scene.open_here, text)
        about = named or scene.open_here[0]
        reading = self._read(scene, about, bare)
        if reading.label in {"other", "choose"}:
            return None
        if named is None and len(scene.open_here) > 1:
            if reading.label == "edit":
                plan = await self._planner.plan(text, scene.context)
                if plan.actions and plan.confidence >= SURE:
                    return await self._planned(scene, plan, text)
            # A yes with several open is no plain yes: it must say which.
            refs = tuple(proposal.ref for proposal in scene.open_here)
            return Step(texts=(short.name_the_one(refs, reader),))
        if reading.label == "edit":
            return await self._edited(scene, about, reading, text)
        return self._acts(about, reading.label)

    def _read(self, scene: Scene, proposal: Proposal, text: str) -> ReplyReading:
        calls = parse_calls(calls_of(proposal))
        draft = {"action": calls[0].action, **calls[0].model_dump(mode="json", exclude={"action"})}
        reader = cards.reader_of(scene.person, scene.context.now)
        preview = cards.load_preview(proposal)
        return self._read_reply(
            text,
            # What the person has before them, amounts and all: the stricter a yes is read.
            prompt=preview_text(preview, reader, ref=proposal.ref, version=proposal.version),
            language=scene.person.language,
            draft=draft,
            today=scene.context.now.astimezone(scene.context.zone).date(),
        )

    async def _edited(
        self, scene: Scene, proposal: Proposal, reading: ReplyReading, text: str
    ) -> Step:
        """Change a draft, unless the text is an order of its own."""
        reader = cards.reader_of(scene.person, scene.context.now)
        call = parse_calls(calls_of(proposal))[0]
        if proposal.kind == "request":
            call = ApproveRequest(ref=proposal.ref)
        changed = edited(call, reading.changes, scene.context.directory)
        plan = await self._planner.plan(text, scene.context)
        is_order = bool(plan.actions) and plan.confidence >= SURE
        if is_order and (
            changed is None
            or plan.actions[0].action != call.action
            or is_about_another(plan.actions[0], changed, text, scene.context.directory)
        ):
            return await self._planned(scene, plan, text)
        if changed is None:
            return Step(texts=(_what_to_change(proposal, reader),))

        def revise(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
            if proposal.kind == "request":
                self._propose(tx, actor, (changed,), place)
            else:
                executor.revise(tx, actor, proposal, (changed,), place)
            return ()

        return Step(effect=revise, writes=1)

    def _act(
        self,
        tx: Tx,
        actor: Actor,
        place: Conversation,
        proposal: Proposal,
        label: str,
        *,
        reason: str | None = None,
    ) -> Sequence[str]:
        """Answer a proposal: confirm or drop a draft, decide a request or take it back."""
        reader = cards.reader_of(actor.person, tx.now)
        if proposal.state != "pending":
            raise refuse_not_open(proposal, tx)
        if proposal.kind == "draft" and proposal.requester_id != actor.person.id:
            raise NotFound("proposal", proposal.ref)
        if label == "edit":
            return (_what_to_change(proposal, reader),)
        if proposal.kind == "request":
            call: ActionCall
            if label == "affirm":
                call = ApproveRequest(ref=proposal.ref)
            elif proposal.requester_id == actor.person.id:
                call = CancelRequest(ref=proposal.ref)
            else:
                call = RejectRequest(ref=proposal.ref, reason=reason)
            receipt = executor.decide_request(tx, actor, proposal, call)
            return (receipt_text(receipt, reader),)
        if label == "negate":
            executor.discard(tx, actor, proposal)
            return (short.draft_discarded(proposal.ref, reader),)
        outcome = executor.confirm(tx, actor, proposal)
        if outcome.error is not None:
            return (explain(tx, place, actor.person, outcome.error),)
        return tuple(receipt_text(receipt, reader) for receipt in outcome.receipts)

    async def _plan(self, scene: Scene, text: str) -> Plan:
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

    async def _planned(self, scene: Scene, plan: Plan, text: str) -> Step:
        """Turn a plan into what will be said and done."""
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
            reads=len(calls),
        )

    async def _run_reads(
        self, scene: Scene, calls: Sequence[ActionCall]
    ) -> tuple[list[Receipt], BursarError | None]:
        """Run what only reads; stop at the first that is refused."""
        receipts: list[Receipt] = []

        def run(tx: Tx) -> BursarError | None:
            receipts.clear()
            actor = Actor(tx.people.get(scene.person.id), scene.place.id if scene.place else None)
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

            return replace(step, effect=do, writes=1)
        verdict = await self._judge(scene, replace(plan, actions=tuple(writes)))
        remarks = findings_text(verdict, reader)
        if verdict.asks:
            return replace(step, texts=(*step.texts, *remarks))

        def draft(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
            for remark in remarks:
                cards.say(tx, place, remark)
            tier = Tier(max(verdict.tiers, default=int(Tier.T2)))
            self._propose(tx, actor, writes, place, tier)
            return ()

        return replace(step, effect=draft, writes=1)

    async def _judge(self, scene: Scene, plan: Plan) -> Verdict:
        facts = await self._database.read(lambda tx: critic_facts(tx, scene), tenant=scene.tenant)
        return self._critic(plan, facts)

    async def _finish(self, scene: Scene, delivery: Delivery, step: Step) -> None:
        await self._database.write(
            lambda tx: write_step(
                tx, scene, delivery, step, owner=self._owner, limits=self._limits
            ),
            tenant=scene.tenant,
        )

    async def give_up(self, delivery: Delivery) -> None:
        """End a message that was begun too often without an end, and say so."""
        await self._apologise(delivery, RuntimeError("begun too often"))

    async def _apologise(self, delivery: Delivery, error: Exception) -> None:
        """End a message that ran into a bug: say so, with a reference that finds the log line."""
        reference = new_ref()
        _log.error("turn failed", reference=reference, exc_info=error)

        def end(tx: Tx) -> None:
            tx.inbox.finish(delivery.id, self._owner, dead=True, reference=reference)
            scene = gather(tx, delivery.message, self._names)
            if scene is None:
                return
            person = scene.person
            place = tx.conversations.hear(delivery.message, person.id)
            text = unexpected_text(cards.reader_of(person, tx.now), reference)
            cards.say(tx, place, text, reference=reference)

        await self._database.write(end)


def _what_to_change(proposal: Proposal, reader: Reader) -> str:
    if cards.load_preview(proposal).account is not None:
        return short.what_wallet(proposal.ref, reader)
    return short.what_to_change(proposal.ref, reader)
