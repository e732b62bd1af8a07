"""A digest for everybody in a chat: ordering it where it is to come, and ending it there.

Whoever orders it shows others what they may take costs away of, so that it needs the same right.
It is looked at again at each digest: see `scheduler/jobs/shared_digest.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from bot.access import Permission, Principal, may
from bot.actions.asking import chain_ids
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier, record
from bot.actions.digest_times import USUAL_AT, DigestRhythm, changed_rule, rhythm_of
from bot.actions.quiet import ClockTime
from bot.actions.reach import list_highest
from bot.economy.wallets import Wallet
from bot.errors.kinds import Conflict, NotAllowed, NotFound
from bot.errors.talk import NotShared
from bot.ids import ConversationId, PrincipalId, WalletId
from bot.messages import Conversation
from bot.ports import Actor, Tx
from bot.schedules.model import Plan, Schedule, coming_of, plan
from bot.schedules.recurrence import Recurrence, daily
from bot.schedules.shared_digests import KIND, EndedBy, SharedDigest

SHOWS: Final[Permission] = "spend.export"
DigestId = Annotated[str, Field(max_length=64)]


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
    """Tell this chat as a whole nothing more by itself; as an undo, the chat of `digest_id`."""

    action: Literal["unshare_digest"] = "unshare_digest"
    digest_id: DigestId | None = None


class RestoreSharedDigest(ActionCall):
    """Tell a chat again what it was told before the asker's order took that one's place."""

    action: Literal["restore_shared_digest"] = "restore_shared_digest"
    digest_id: DigestId
    ordered_by: PrincipalId
    wallet_ids: Annotated[tuple[WalletId, ...], Field(min_length=1, max_length=100)]
    how: DigestRhythm
    at: ClockTime


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
    """What would be kept: where, of which wallets and when.

    `was` is what the chat has now, and `had` when that comes.
    """

    place: Conversation
    wallets: tuple[Wallet, ...]
    plan: Plan
    was: SharedDigest | None
    had: Plan | None


def preview_share(call: ShareDigest, tx: Tx, actor: Actor) -> Preview:
    """Show what would be told here, and when it comes first."""
    order = _order(call, tx, actor)
    coming = coming_of(order.plan, tx.schedules.now())
    was = order.was
    is_own = was is None or was.ordered_by == actor.person.id
    return Preview(
        action=call.action,
        subject=", ".join(wallet.name for wallet in order.wallets),
        target=rhythm_of(order.plan.rule),
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
        how=rhythm_of(rule),
        at=rule.at,
        zone=order.plan.zone,
        wallets=order.wallets,
        undo=_undo_of(order, kept),
    )


def _undo_of(order: _Order, kept: SharedDigest) -> ActionCall:
    was, had = order.was, order.had
    if was is None or had is None:
        return UnshareDigest(digest_id=kept.id)
    return RestoreSharedDigest(
        digest_id=kept.id,
        ordered_by=was.ordered_by,
        wallet_ids=was.wallet_ids,
        how=rhythm_of(had.rule),
        at=f"{had.rule.at:%H:%M}",
    )


def preview_restore(call: RestoreSharedDigest, tx: Tx, actor: Actor) -> Preview:
    """Show what the chat would be told again, and who ordered that."""
    wallets = [tx.wallets.find(one) for one in call.wallet_ids]
    return Preview(
        action=call.action,
        subject=", ".join(one.name for one in wallets if one is not None),
        target=call.how,
        asked_by=tx.people.get(call.ordered_by).name,
    )


def restore_shared(call: RestoreSharedDigest, tx: Tx, actor: Actor) -> Receipt:
    """Have the chat told what it was told before, in the name of who ordered that.

    Raises:
        Conflict: the order was ended or changed since, or the other one's place is gone.
        NotAllowed: the wallets are not to be shown any more by whoever ordered that.
    """
    now = tx.shared_digests.find(call.digest_id)
    schedule = None if now is None else tx.schedules.find(KIND, now.id)
    orderer = tx.people.get(call.ordered_by)
    if (
        now is None
        or schedule is None
        or schedule.state == "over"
        or now.ordered_by != actor.person.id
    ):
        raise Conflict("the digest of the chat was changed since")
    here = tx.conversations.get(now.conversation_id)
    place = tx.conversations.find(here.platform, here.chat, here.thread, orderer.id)
    if place is None:
        raise Conflict("the digest of the chat was changed since")
    if why_not(tx, orderer, call.wallet_ids) is not None:
        raise NotAllowed(orderer.id, SHOWS)
    kept = tx.shared_digests.put(place, call.wallet_ids)
    rule = changed_rule(daily(USUAL_AT), call.how, call.at)
    wanted = plan_of(kept, rule, orderer)
    if plan(tx, wanted) is None:
        raise Conflict("the schedule has no time to come")
    record(tx, actor, "digest_shared", kept.id, {"by": orderer.id, "rule": str(rule)})
    wallets = tuple(tx.wallets.get(one) for one in call.wallet_ids)
    return DigestShared(how=call.how, at=rule.at, zone=wanted.zone, wallets=wallets)


def preview_unshare(call: UnshareDigest, tx: Tx, actor: Actor) -> Preview:
    """Show what the chat would be told no more."""
    digest, _ = _to_end(call, tx, actor)
    wallets = [tx.wallets.find(one) for one in digest.wallet_ids]
    names = ", ".join(one.name for one in wallets if one is not None)
    return Preview(action=call.action, subject=names)


def unshare_digest(call: UnshareDigest, tx: Tx, actor: Actor) -> Receipt:
    """End what this chat is told.

    Raises:
        NotShared: nobody else reads here.
        NotFound: it is told nothing.
        NotAllowed: somebody else ordered it, of wallets that are not the asker's to show.
    """
    digest, schedule = _to_end(call, tx, actor)
    tx.schedules.end(schedule)
    record(tx, actor, "digest_unshared", digest.id, {})
    return DigestUnshared()


def _to_end(call: UnshareDigest, tx: Tx, actor: Actor) -> tuple[SharedDigest, Schedule]:
    if call.digest_id is None:
        found = find_running(tx, chat_of(tx, actor))
    else:
        found = _running(tx, tx.shared_digests.find(call.digest_id))
    if found is None:
        raise NotFound("shared_digest", "")
    if not may_end(tx, actor.person, found[0]):
        raise NotAllowed(actor.person.id, SHOWS)
    return found


def find_running(tx: Tx, place: Conversation) -> tuple[SharedDigest, Schedule] | None:
    """Return what the chat of a conversation is told, paused or not; None if nothing."""
    return _running(tx, tx.shared_digests.find_in(place))


def _running(tx: Tx, digest: SharedDigest | None) -> tuple[SharedDigest, Schedule] | None:
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
        if not may(person, SHOWS, chain_ids(tx, wallet_id)):
            return "right"
    return None


def plan_of(digest: SharedDigest, rule: Recurrence, person: Principal) -> Plan:
    """Return when a chat's digest comes: where whoever orders it is."""
    return Plan(kind=KIND, rule=rule, zone=person.zone, subject=digest.id, owner_id=person.id)


def chat_of(tx: Tx, actor: Actor) -> Conversation:
    """Return where somebody speaks among others. Raises `NotShared` where they do not."""
    place_id: ConversationId | None = actor.conversation_id
    place = None if place_id is None else tx.conversations.get(place_id)
    if place is None or place.is_private:
        raise NotShared
    return place


def _order(call: ShareDigest, tx: Tx, actor: Actor) -> _Order:
    place = chat_of(tx, actor)
    found = find_running(tx, place)
    was = None if found is None else found[0]
    if was is not None and not may_end(tx, actor.person, was):
        raise NotAllowed(actor.person.id, SHOWS)
    ids = shown_wallets(tx, actor, call.wallet_id, was)
    rule = changed_rule(
        daily(USUAL_AT) if found is None else found[1].plan.rule, call.how, call.at
    )
    kept = was or SharedDigest("", place.id, actor.person.id, ids)
    wallets = tuple(tx.wallets.get(one) for one in ids)
    had = None if found is None else found[1].plan
    return _Order(place, wallets, plan_of(kept, rule, actor.person), was, had)


def shown_wallets(
    tx: Tx, actor: Actor, wallet_id: WalletId | None, was: SharedDigest | None
) -> tuple[WalletId, ...]:
    """Return of which wallets a chat would be told: the named one, those it has, the highest.

    Raises:
        NotAllowed: one of them is not the asker's to show, or there is none.
    """
    if wallet_id is not None:
        ids: tuple[WalletId, ...] = (wallet_id,)
    elif was is not None:
        ids = was.wallet_ids
    else:
        ids = tuple(list_highest(tx, actor, SHOWS))
    if not ids or why_not(tx, actor.person, ids) is not None:
        raise NotAllowed(actor.person.id, SHOWS)
    return ids


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ShareDigest,
        # What others have read cannot be taken back.
        Tier.T3,
        SHOWS,
        share_digest,
        preview_share,
        examples={
            "en": ("digest here daily", "digest of Design here weekly at 8:30"),
            "es": ("resumen aquí cada día", "resumen de Diseño aquí cada semana a las 8:30"),
        },
    ),
    Action(
        RestoreSharedDigest,
        Tier.T3,
        SHOWS,
        restore_shared,
        preview_restore,
        is_hidden=True,
    ),
    Action(
        UnshareDigest,
        Tier.T2,
        "account.own",
        unshare_digest,
        preview_unshare,
        # It stops something, and is ordered again as easily.
        is_at_once=True,
        examples={"en": ("digest here off",), "es": ("sin resumen aquí",)},
    ),
)
