"""A tap on an offer: the stored call, as if that person had given the order now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError

from bot import telling
from bot.actions.base import ActionCall, Tier
from bot.actions.catalog import action_of, parse_call
from bot.deciding import executor
from bot.errors.kinds import BursarError, NotFound
from bot.errors.talk import OfferExpired, OfferUsed
from bot.messages import Conversation
from bot.planning import Plan
from bot.ports import Actor, Tx
from bot.proposals.offers import Offered, OfferOutcome
from bot.replies.receipts import receipt_text
from bot.turns.orders import Orders
from bot.turns.scene import Scene
from bot.turns.steps import Effect, Step


class OfferTaps:
    """Makes of a tap on an offer what becomes of it."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    async def press(self, scene: Scene, offered: Offered) -> Step:
        """Answer a tap; what writes uses the offer up in the transaction that writes.

        A refused tap leaves it unused. A tap by somebody else, after its end, or after it was
        used changes nothing and says why.
        """
        refusal = _refusal(scene, offered)
        call = None if refusal is not None else _call_of(offered)
        if call is None:
            return Step(refusal=refusal or NotFound("button", ""))
        action = action_of(call)
        is_read = action.tier is Tier.T1
        plan = Plan(
            intent="read" if is_read else "write",
            language=scene.person.language,
            confidence=1.0,
            actions=(call,),
        )
        if action.is_tapped:
            return Step(
                effect=_once(offered, "done", _doing(offered, call)),
                begins=1,
                writes=1,
                actions=(action.name,),
            )
        step = await self._orders.prepare(scene, plan, offered.label)
        if is_read or step.effect is None:
            return step
        outcome: OfferOutcome = "done" if action.is_at_once else "drafted"
        return replace(step, effect=_once(offered, outcome, step.effect))


def _refusal(scene: Scene, offered: Offered) -> BursarError | None:
    if offered.is_shared:
        # Whoever has its token reads where it stands; what they may is asked of what it does.
        return _ended(offered)
    is_here = scene.place is not None and scene.place.id == offered.conversation_id
    if offered.person_id != scene.person.id or not is_here:
        return NotFound("button", "")
    return _ended(offered)


def _ended(offered: Offered) -> BursarError | None:
    if offered.used_at is not None:
        return OfferUsed(offered.label, outcome=offered.outcome, at=offered.used_at)
    if offered.is_expired:
        return OfferExpired(offered.label, at=offered.expires_at)
    return None


def _call_of(offered: Offered) -> ActionCall | None:
    """Return the stored call; None for one of an earlier release that there is no more."""
    try:
        return parse_call(offered.call)
    except (KeyError, ValidationError):
        return None


def _once(offered: Offered, outcome: OfferOutcome, effect: Effect) -> Effect:
    def run(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
        if not tx.offers.use(offered.id, outcome):
            now = tx.offers.find(offered.token)
            raise (None if now is None else _ended(now)) or NotFound("button", "")
        return effect(tx, actor, place)

    return run


def _doing(offered: Offered, call: ActionCall) -> Effect:
    def do(tx: Tx, actor: Actor, place: Conversation) -> Sequence[str]:
        receipt = executor.do_tapped(tx, actor, call, offered.id)
        return (receipt_text(receipt, telling.reader_of(actor.person, tx.now)),)

    return do
