"""What a person says to what is open: by a button, a form or in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot import telling
from bot.actions.approvals import ApproveRequest
from bot.actions.base import ActionCall, Tier
from bot.actions.catalog import parse_calls
from bot.actions.requests import CancelRequest, RejectRequest, refuse_not_open
from bot.deciding import cards, executor
from bot.errors.kinds import InvalidInput, NotFound
from bot.errors.talk import ProposalSuperseded
from bot.messages import Choice, Conversation, InboundMessage
from bot.planning import FormReader, Plan, Question, ReplyReader, ReplyReading
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal
from bot.proposals.naming import find_named, find_other_ref
from bot.replies import short, tasks
from bot.replies.previews import preview_text
from bot.replies.questions import question_text
from bot.replies.reader import Reader
from bot.replies.receipts import receipt_text
from bot.turns.answers import calls_of, has_done_its_work, is_drafted
from bot.turns.edits import edited, is_about_another, only_names
from bot.turns.orders import Orders
from bot.turns.questions import SURE
from bot.turns.scene import Scene
from bot.turns.steps import Step, explain


class CardAnswers:
    """Makes of an answer what becomes of a draft or a request."""

    def __init__(self, orders: Orders, read_reply: ReplyReader, read_form: FormReader) -> None:
        self._orders = orders
        self._read_reply = read_reply
        self._read_form = read_form

    def press(self, scene: Scene, message: InboundMessage) -> Step:
        """Answer a card by its button, with what was typed over in its form."""
        person = scene.person
        today = scene.context.now.astimezone(scene.context.zone).date()
        form = self._read_form(dict(message.fields), language=person.language, today=today)

        def press(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
            pressed = tx.cards.press(message.button, place.id)
            if pressed is None:
                raise NotFound("button", "")
            proposal = tx.proposals.find(pressed.proposal_id)
            if proposal is None:
                raise NotFound("proposal", "")
            if has_done_its_work(pressed, proposal, actor.person.id):
                return ()
            if proposal.state == "pending" and proposal.version != pressed.version:
                raise ProposalSuperseded(proposal.ref)
            if proposal.state == "pending" and pressed.choice != "no":
                if form.question is not None:
                    question = Question(form.question, given=form.given)
                    return (question_text(question, person.language),)
                changed = self._typed_over(proposal, form.changes, scene)
                if changed is not None:
                    if pressed.was_used and is_drafted(
                        changed, tx.proposals.list_open_here(place.id)
                    ):
                        return ()
                    return self._take_over(tx, actor, place, proposal, changed, pressed.choice)
            reading = {"yes": "affirm", "edit": "edit", "no": "negate"}[pressed.choice]
            reason = str(form.changes.get("reason", "")) or None
            return self._act(tx, actor, place, proposal, reading, reason=reason)

        return Step(effect=press, writes=1)

    async def read(self, scene: Scene, text: str) -> Step | None:
        """Read the text as an answer to what is open here; None if it is something else."""
        if not scene.open_here or text.startswith("/"):
            return None
        reader = telling.reader_of(scene.person, scene.context.now)
        named, bare = find_named(scene.open_here, text)
        about = named or scene.open_here[0]
        reading = self._read(scene, about, bare)
        ref = find_other_ref(scene.open_here, text) if named is None else None
        if ref is not None:
            order = await self._orders.plan_alone(scene, text)
            return None if order is not None else _refuse_ref(ref)
        is_no = reading.label == "negate" and named is None
        if is_no and not await self._orders.is_no_alone(scene, text):
            return None
        if scene.question is not None and named is None and about.kind == "draft":
            step = await self._asked_last(scene, about, reading, text)
            if step is not None:
                return step
        if reading.label in {"other", "choose"}:
            return None
        if named is None and len(scene.open_here) > 1:
            if reading.label == "edit":
                order = await self._orders.plan_alone(scene, text)
                if order is not None:
                    return await self._orders.prepare(scene, order, text)
            # A yes with several open is no plain yes: it must say which.
            refs = tuple(proposal.ref for proposal in scene.open_here)
            return Step(texts=(short.name_the_one(refs, reader),))
        if reading.label == "edit":
            return await self._edited(scene, about, reading, text)
        return self._acts(about, reading.label)

    async def _asked_last(
        self, scene: Scene, draft: Proposal, reading: ReplyReading, text: str
    ) -> Step | None:
        """Take for an answer to what was asked last what could be one to an older draft too."""
        reader = telling.reader_of(scene.person, scene.context.now)
        waiting = short.still_waiting(draft.ref, reader)
        if reading.label == "affirm":
            return Step(texts=(short.yes_to_which(draft.ref, reader),), question=scene.question)
        if reading.label == "negate":
            return Step(texts=(short.question_dropped(reader), waiting))
        if reading.label != "edit":
            return None
        plan = await self._orders.plan_answer(scene, text)
        return None if plan is None else await self._orders.prepare(scene, plan, text)

    def read_plain(self, scene: Scene, text: str) -> Step | None:
        """Read the text as a yes or a no to what is open here, and as nothing else."""
        named, bare = find_named(scene.open_here, text)
        about = named or next(iter(scene.open_here), None)
        if about is None:
            return None
        label = self._read(scene, about, bare).label
        return self._acts(about, label) if label in {"affirm", "negate"} else None

    def gone_on(self, scene: Scene, plan: Plan, step: Step) -> Step:
        """Add to a step the yes that going on means, where the preset says that it means one.

        Only to a draft that can be undone, of whoever goes on, within its window, that alone
        waits here; and only if the message is understood as a question or an order of its own.
        """
        if not _goes_on(scene, plan):
            return step
        draft = scene.open_here[0]

        def confirm(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
            texts = self._act(tx, actor, place, draft, "affirm")
            return (*texts, *(step.effect(tx, actor, place) if step.effect else ()))

        return replace(step, effect=confirm, writes=step.writes + 1)

    def _acts(self, proposal: Proposal, label: str) -> Step:
        def act(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
            return self._act(tx, actor, place, proposal, label)

        return Step(effect=act, writes=1)

    def _typed_over(
        self, proposal: Proposal, changes: Mapping[str, object], scene: Scene
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
            return (receipt_text(receipt, telling.reader_of(actor.person, tx.now)),)
        else:
            self._orders.draft(tx, actor, (call,), place)
        return ()

    def _read(self, scene: Scene, proposal: Proposal, text: str) -> ReplyReading:
        calls = parse_calls(calls_of(proposal))
        draft = {"action": calls[0].action, **calls[0].model_dump(mode="json", exclude={"action"})}
        reader = telling.reader_of(scene.person, scene.context.now)
        preview = cards.load_preview(proposal)
        return self._read_reply(
            text,
            # What the person has before them, amounts and all: the stricter a yes is read.
            prompt=preview_text(preview, reader, ref=proposal.ref, version=proposal.version),
            language=scene.person.language,
            draft=draft,
            today=scene.context.now.astimezone(scene.context.zone).date(),
            now=scene.context.now.astimezone(scene.context.zone),
        )

    async def _edited(
        self, scene: Scene, proposal: Proposal, reading: ReplyReading, text: str
    ) -> Step:
        """Change a draft, unless the text is an order of its own."""
        reader = telling.reader_of(scene.person, scene.context.now)
        call, *others = parse_calls(calls_of(proposal))
        if proposal.kind == "request":
            call = ApproveRequest(ref=proposal.ref)
        # Which of several would be changed is nothing to guess.
        changes, unknown = await self._with_wallet(scene, reading.changes)
        changed = None if others else edited(call, changes, scene.context.directory)
        order = await self._orders.plan_alone(scene, text)
        if order is not None and only_names(order) and (changed is not None or unknown):
            # "Use data instead" shows nothing of Data.
            order = None
        if order is not None and (
            changed is None
            or not order.actions
            or order.actions[0].action != call.action
            or (
                is_about_another(order.actions[0], changed)
                and await self._orders.names_itself(scene, order, text)
            )
        ):
            return self.gone_on(scene, order, await self._orders.prepare(scene, order, text))
        unclear = unknown
        if reading.question is not None:
            unclear = Question(reading.question, given=reading.given)
        if unclear is not None:
            asked = question_text(unclear, scene.person.language)
            return Step(texts=(asked, short.still_waiting(proposal.ref, reader)))
        if changed is None:
            return Step(texts=(_what_to_change(proposal, reader),))

        def revise(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
            if proposal.kind == "request":
                self._orders.draft(tx, actor, (changed,), place)
            else:
                executor.revise(tx, actor, proposal, (changed,), place)
            return ()

        return Step(effect=revise, writes=1)

    async def _with_wallet(
        self, scene: Scene, changes: Mapping[str, object]
    ) -> tuple[Mapping[str, object], Question | None]:
        """Return changes with the wallet that they name, in whatever words; a question if none."""
        for name in ("wallet", "maybe_wallet"):
            if name not in changes:
                continue
            found = await self._orders.find_wallet(scene, str(changes[name]))
            if not isinstance(found, Question):
                return {**changes, name: str(found)}, None
            return changes, found if name == "wallet" else None
        return changes, None

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
        reader = telling.reader_of(actor.person, tx.now)
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
            why = explain(tx, place, actor.person, outcome.error)
            if outcome.failed is not None:
                why = short.step_failed(outcome.failed, why, reader)
            return (why,)
        return tuple(receipt_text(receipt, reader) for receipt in outcome.receipts)


def _refuse_ref(ref: str) -> Step:
    """Say what became of a request that does not wait here, or that there is none."""

    def refuse(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
        raise NotFound("request", ref)

    return Step(effect=refuse, writes=1)


def _what_to_change(proposal: Proposal, reader: Reader) -> str:
    preview = cards.load_preview(proposal)
    if preview.also:
        return short.several_steps(proposal.ref, reader)
    if preview.action in tasks.EDITED:
        return short.what_about_task(proposal.ref, reader)
    if preview.account is not None:
        return short.what_wallet(proposal.ref, reader)
    return short.what_to_change(proposal.ref, reader)


def _goes_on(scene: Scene, plan: Plan) -> bool:
    preset = scene.preset
    if not preset.confirms_by_going_on or len(scene.open_here) != 1:
        return False
    draft = scene.open_here[0]
    age_s = (scene.context.now - draft.created_at).total_seconds()
    return (
        draft.kind == "draft"
        and draft.tier <= Tier.T2
        and draft.requester_id == scene.person.id
        and age_s <= preset.window_s
        and bool(plan.actions)
        and plan.confidence >= SURE
    )
