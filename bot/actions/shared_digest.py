"""A digest for everybody in a chat: ordering it where it is to come, and ending it there.

Whoever orders it shows others what they may take costs away of, so that it needs the same right.
It is looked at again at each digest: see `scheduler/jobs/shared_digest.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any, Final, Literal

from bot.access import Permission, Principal, may
from bot.actions.asking import chain_ids
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier, record
from bot.actions.digest_times import USUAL_AT, DigestRhythm, changed_rule, rhythm_of
from bot.actions.quiet import ClockTime
from bot.actions.reach import list_highest
from bot.economy.wallets import Wallet
from bot.errors.kinds import Conflict, NotAllowed, NotFound
from bot.errors.talk import NotShared
from bot.ids import ConversationId, WalletId
from bot.messages import Conversation
from bot.ports import Actor, Tx
from bot.schedules.model import Plan, Schedule, coming_of, plan
from bot.schedules.recurrence import Recurrence, daily
from bot.schedules.shared_digests import KIND, EndedBy, SharedDigest

_SHOWS: Final[Permission] = "spend.export"


class ShareDigest(ActionCall):
    """Tell everybody in this chat of a wallet's spend, every day or on Mondays, at a time of day.

    Of the wallet, else of the highest that the asker may show. What is not said stays as it was
    in the chat: daily, at 9:00, where it had none.
    """

    action: Literal["share_digest"] = "share_digest"
    how: DigestRhythm | None = None
    at: ClockTime | None = None
    wallet_id: WalletId | None = None


class UnshareDigest(ActionCall):
    """Tell this chat as a whole nothing more by itself."""

    action: Literal["unshare_digest"] = "unshare_digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestShared(Receipt):
    """What a chat is told of from now on, and when."""

    how: DigestRhythm
    at: time
    zone: str
    wallets: tuple[Wallet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestUnshared(Receipt):
    """A chat is told nothing more."""


@dataclass(frozen=True, slots=True)
class _Order:
    """What would be kept: where, of which wallets and when; `was` is what the chat has now."""

    place: Conversation
    wallets: tuple[Wallet, ...]
    plan: Plan
    was: SharedDigest | None


def preview_share(call: ShareDigest, tx: Tx, actor: Actor) -> Preview:
    """Show what would be told here, and when it comes first."""
    order = _order(call, tx, actor)
    coming = coming_of(order.plan, tx.schedules.now())
    was = order.was
    is_own = was is None or was.ordered_by == actor.person.id
    return Preview(
        action=call.action,
        subject=", ".join(wallet.name for wallet in order.wallets),
        span="week" if rhythm_of(order.plan.rule) == "weekly" else "day",
        comes_at=None if coming is None else coming.at,
        asked_by=None if was is None or is_own else tx.people.get(was.ordered_by).name,
    )


def share_digest(call: ShareDigest, tx: Tx, actor: Actor) -> Receipt:
    """Have the chat told. Repeating it is safe: a chat has one digest.

    Raises:
        NotShared: nobody else reads here.
        NotAllowed: the wallet, or what the chat is told of now, is not the asker's to show.
        Conflict: its time comes no more.
    """
    order = _order(call, tx, actor)
    kept = tx.shared_digests.put(order.place, [wallet.id for wallet in order.wallets])
    if plan(tx, plan_of(kept, order.plan.rule, actor.person)) is None:
        raise Conflict("the schedule has no time to come")
    detail: dict[str, object] = {"wallets": list(kept.wallet_ids), "rule": str(order.plan.rule)}
    record(tx, actor, "digest_shared", kept.id, detail)
    rule = order.plan.rule
    return DigestShared(
        how=rhythm_of(rule), at=rule.at, zone=order.plan.zone, wallets=order.wallets
    )


def unshare_digest(call: UnshareDigest, tx: Tx, actor: Actor) -> Receipt:
    """End what this chat is told.

    Raises:
        NotShared: nobody else reads here.
        NotFound: it is told nothing.
        NotAllowed: somebody else ordered it, of wallets that are not the asker's to show.
    """
    found = find_running(tx, _place(tx, actor))
    if found is None:
        raise NotFound("shared_digest", "")
    digest, schedule = found
    if not may_end(tx, actor.person, digest):
        raise NotAllowed(actor.person.id, _SHOWS)
    tx.schedules.end(schedule)
    record(tx, actor, "digest_unshared", digest.id, {})
    return DigestUnshared()


def find_running(tx: Tx, place: Conversation) -> tuple[SharedDigest, Schedule] | None:
    """Return what the chat of a conversation is told, paused or not; None if nothing."""
    digest = tx.shared_digests.find_in(place)
    schedule = None if digest is None else tx.schedules.find(KIND, digest.id)
    if digest is None or schedule is None or schedule.state == "over":
        return None
    return digest, schedule


def is_told_here(tx: Tx, actor: Actor) -> bool:
    """Tell whether somebody who speaks among others may end what that chat is told."""
    if actor.conversation_id is None:
        return False
    place = tx.conversations.get(actor.conversation_id)
    found = None if place.is_private else find_running(tx, place)
    return found is not None and may_end(tx, actor.person, found[0])


def may_end(tx: Tx, person: Principal, digest: SharedDigest) -> bool:
    """Tell whether a person may end or replace a chat's digest: theirs, or what they may show."""
    return person.id == digest.ordered_by or why_not(tx, person, digest.wallet_ids) is None


def why_not(tx: Tx, person: Principal, wallet_ids: tuple[WalletId, ...]) -> EndedBy | None:
    """Tell why a person may not show some wallets to others; None if they may."""
    if person.is_disabled or person.is_guest:
        return "left"
    for wallet_id in wallet_ids:
        wallet = tx.wallets.find(wallet_id)
        if wallet is None or wallet.is_closed:
            return "wallet"
        if not may(person, _SHOWS, chain_ids(tx, wallet_id)):
            return "right"
    return None


def plan_of(digest: SharedDigest, rule: Recurrence, person: Principal) -> Plan:
    """Return when a chat's digest comes: where whoever orders it is."""
    return Plan(kind=KIND, rule=rule, zone=person.zone, subject=digest.id, owner_id=person.id)


def _place(tx: Tx, actor: Actor) -> Conversation:
    place_id: ConversationId | None = actor.conversation_id
    place = None if place_id is None else tx.conversations.get(place_id)
    if place is None or place.is_private:
        raise NotShared
    return place


def _order(call: ShareDigest, tx: Tx, actor: Actor) -> _Order:
    place = _place(tx, actor)
    found = find_running(tx, place)
    was = None if found is None else found[0]
    if was is not None and not may_end(tx, actor.person, was):
        raise NotAllowed(actor.person.id, _SHOWS)
    if call.wallet_id is not None:
        ids: tuple[WalletId, ...] = (call.wallet_id,)
    elif was is not None:
        ids = was.wallet_ids
    else:
        ids = tuple(list_highest(tx, actor, _SHOWS))
    if not ids or why_not(tx, actor.person, ids) is not None:
        raise NotAllowed(actor.person.id, _SHOWS)
    rule = changed_rule(
        daily(USUAL_AT) if found is None else found[1].plan.rule, call.how, call.at
    )
    kept = was or SharedDigest("", place.id, actor.person.id, ids)
    wallets = tuple(tx.wallets.get(one) for one in ids)
    return _Order(place, wallets, plan_of(kept, rule, actor.person), was)


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ShareDigest,
        # What others have read cannot be taken back.
        Tier.T3,
        _SHOWS,
        share_digest,
        preview_share,
        examples={
            "en": ("digest here daily", "digest of Design here weekly at 8:30"),
            "es": ("resumen aquí cada día", "resumen de Diseño aquí cada semana a las 8:30"),
        },
    ),
    Action(
        UnshareDigest,
        Tier.T2,
        "account.own",
        unshare_digest,
        # It stops something, and is ordered again as easily.
        is_at_once=True,
        examples={"en": ("digest here off",), "es": ("sin resumen aquí",)},
    ),
)
