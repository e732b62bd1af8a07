"""One inbound message and all that follows from it.

A turn reads what it needs, has the words read, runs what only reads, and then writes everything
that follows in one transaction: the end of the message in the inbox, the proposal's step, the
actions, the audit rows and the replies. A crash before that leaves the message to be taken
again; after it, nothing is left to do.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final, Literal

import structlog

from bot import telling
from bot.deciding.answers import CardAnswers
from bot.deciding.taps import OfferTaps
from bot.errors.kinds import Unavailable
from bot.ids import new_ref
from bot.messages import InboundMessage
from bot.people.guests import greet, introduce
from bot.people.links import token_in
from bot.planning import Language, Planner
from bot.ports import Database, Tx
from bot.replies import short
from bot.replies.errors import unexpected_text
from bot.turns.answers import decides, names_request
from bot.turns.limits import TurnLimits
from bot.turns.orders import Orders
from bot.turns.scene import Names, Scene, gather, stranger_context
from bot.turns.steps import Delivery, Step, write_step
from bot.turns.uses import foresees_pause

_log = structlog.get_logger(__name__)

# A command that arrives later than this may no longer be meant.
LATE: Final = timedelta(hours=1)

TurnOutcome = Literal["answered", "unknown", "failed"]


class Turns:
    """Takes messages, one at a time for each lane; which lanes is its caller's business."""

    def __init__(
        self,
        database: Database,
        planner: Planner,
        orders: Orders,
        answers: CardAnswers,
        taps: OfferTaps,
        names: Names,
        *,
        owner: str,
        limits: TurnLimits,
    ) -> None:
        self._database = database
        self._planner = planner
        self._orders = orders
        self._answers = answers
        self._taps = taps
        self._names = names
        self._owner = owner
        self._limits = limits
        self._passing = asyncio.Lock()

    async def take(self, delivery: Delivery) -> TurnOutcome:
        """Do all that a message asks for. When this returns, it is done and will not come again.

        Returns "unknown" for a sender who is not of the company, "failed" after a bug.

        Raises:
            Unavailable: nothing was done; the message is to be taken again later.
        """
        try:
            scene = await self._database.read(lambda tx: self._gather(tx, delivery.message))
            token = token_in(delivery.message.text)
            if scene is None or token is not None:
                return await self._introduce(scene, delivery, token)
            await self._pass_one_by_one()
            step = await self._decide(scene, delivery.message)
            await self._finish(scene, delivery, step)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  # a turn ends here: the next one must go on
            await self._apologise(delivery, error)
            return "failed"
        return "unknown" if scene.person.is_guest else "answered"

    def _gather(self, tx: Tx, message: InboundMessage) -> Scene | None:
        return gather(tx, message, self._names, self._limits.presets)

    async def _pass_one_by_one(self) -> None:
        """Let one turn on in each round of the loop.

        Reading words takes about a millisecond, and a gathered read wakes dozens of turns at
        once: a delivery that has to be answered would wait for all of them.
        """
        async with self._passing:
            await asyncio.sleep(0)

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
        if foresees_pause(scene.person, message, self._limits.pace, scene.context.now):
            return Step(is_swallowed=True)
        is_late = message.sent_at is not None and scene.context.now - message.sent_at > LATE
        reader = telling.reader_of(scene.person, scene.context.now)
        if scene.person.is_disabled:
            return Step(texts=(short.unknown_person(reader),))
        if scene.person.is_guest:
            return self._guest(scene, message)
        if message.button:
            if is_late:
                return Step(texts=(short.late_command(reader),))
            if scene.offered is not None:
                return await self._taps.press(scene, scene.offered)
            return self._answers.press(scene, message)
        text = message.text.strip()
        plan = None
        if names_request(scene, text):
            # "reject 7K2M, too much" says more than a plain no: the planner reads all of it.
            plan = await self._orders.plan(scene, text)
            if not decides(plan):
                plan = None
        if await self._orders.drops_question(scene, text):
            return Step(texts=(short.question_dropped(reader),))
        step = await self._answers.read(scene, text) if plan is None else None
        if step is None:
            plan = plan or await self._orders.plan(scene, text)
            step = await self._orders.prepare(scene, plan, text)
            step = self._answers.gone_on(scene, plan, step)
        if is_late and step.writes:
            return Step(texts=(short.late_command(reader),))
        return step

    def _guest(self, scene: Scene, message: InboundMessage) -> Step:
        """Answer somebody who is not of the company: their card, or what this is."""
        if not message.is_private:
            return Step()
        if message.button:
            return self._answers.press(scene, message)
        return self._answers.read_plain(scene, message.text) or Step(effect=greet)

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
            if not tx.inbox.finish(delivery.id, self._owner, dead=True, reference=reference):
                # Another instance has it by now, and answers.
                return
            scene = self._gather(tx, delivery.message)
            if scene is None:
                return
            person = scene.person
            place = tx.conversations.hear(delivery.message, person.id)
            text = unexpected_text(telling.reader_of(person, tx.now), reference)
            telling.say(tx, place, text, reference=reference)

        await self._database.write(end)
